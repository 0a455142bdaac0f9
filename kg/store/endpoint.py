"""Any SPARQL 1.1 endpoint as a store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.errors import ServiceError
from kg.quads import Quad, literal_parts
from kg.store.connection import VARIABLES, Address, Connection, TooLargeError
from kg.store.interface import Results, Store, data_block
from kg.store.offsets import restored
from kg.store.staging import STAGING, Stage, clear_abandoned
from kg.store.tokens import form, names_data_set

#: Bytes of one request that adds quads.
BATCH: Final = 1 << 20

#: Triples that are looked at to see how a server treats its graphs.
_SOME: Final = 100

#: Asks an Oxigraph server for the union; others answer as they are set up, and pass over it.
_UNION: Final = (("union-default-graph", "true"),)


class EndpointStore(Store):
    """A store behind SPARQL 1.1 query and update, and the Graph Store Protocol where there is one.

    Whether queries run over the union of the graphs is the server's matter: most do by default or can be set to;
    `unites` tells.

    Args:
        connection: the service, or the URL at which it takes queries.
    """

    distant = True

    def __init__(self, connection: Connection | str) -> None:
        if isinstance(connection, str):
            connection = Connection(Address.of(connection))
        self._connection: Final = connection
        self.location = connection.address.query
        self._default_unites: bool | None = None

    def query(self, text: str) -> Results:
        """Answer a SPARQL query, over the union of the graphs where the server can."""
        return self._ask(text, union=not names_data_set(text))

    def update(self, text: str) -> None:
        """Have the server run an update."""
        self._connection.update(text)

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Quads that match."""
        for row in self._select(f"SELECT * {{ {self._places(subject, predicate, object, graph)} }}"):
            where = row.get("g", graph or "")
            if not where.startswith(f"<{STAGING}"):
                yield restored(Quad(subject or row["s"], predicate or row["p"], object or row["o"], where))

    def _places(self, subject: str | None, predicate: str | None, object: str | None, graph: str | None) -> str:
        """Pattern of the quads that match; ``?g`` is bound for those of named graphs."""
        pattern = " ".join(term or f"?{name}" for name, term in (("s", subject), ("p", predicate), ("o", object)))
        places = [] if graph == "" else [f"GRAPH {graph or '?g'} {{ {pattern} }}"]
        if not graph:
            apart = f" FILTER NOT EXISTS {{ GRAPH ?any {{ {pattern} }} }}" if self._mixes() else ""
            places.append(f"{pattern}{apart}")
        return " UNION ".join(f"{{ {place} }}" for place in places)

    def graphs(self) -> tuple[str, ...]:
        """Names of the named graphs."""
        found = (row["g"] for row in self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        return tuple(sorted(name for name in found if not name.startswith(f"<{STAGING}")))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or none: what does not fit into one request waits in graphs of its own until all is there."""
        batches = _batches(quads, BATCH)
        first = next(batches, None)
        if first is None:
            return
        second = next(batches, None)
        if second is not None or not self._added_at_once(first):
            self._add_staged(chain([first], [second] if second else [], batches))

    def tidy(self) -> None:
        """Drop what writers have left there that were interrupted."""
        clear_abandoned(self._connection, self._select)

    def _added_at_once(self, quads: list[Quad]) -> bool:
        try:
            self.update(f"INSERT DATA {{\n{data_block(quads)}}}")
        except TooLargeError:
            return False
        return True

    def unites(self) -> bool:
        """Whether queries see the union of all graphs; True also where there are no named graphs to see."""
        probe = "{ SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } OPTIONAL { ?s ?p ?o . BIND(true AS ?seen) }"
        return not bool(self._ask(f"ASK {{ {probe} FILTER(!BOUND(?seen)) }}", union=True))

    def __len__(self) -> int:
        waiting = f'BOUND(?g) && STRSTARTS(STR(?g), "{STAGING}")'
        rows = self._select(
            f"SELECT (COUNT(*) AS ?n) {{ {self._places(None, None, None, None)} FILTER(!({waiting})) }}"
        )
        return sum(int(literal_parts(row["n"])[0]) for row in rows)

    # ------------------------------------------------------------ adding in parts

    def _add_staged(self, batches: Iterable[list[Quad]]) -> None:
        stage = Stage(self._connection)
        try:
            for batch in batches:
                stage.send(batch)
            stage.publish()
        except BaseException:
            stage.discard()
            raise

    # ------------------------------------------------------------ asking

    def _ask(self, text: str, *, union: bool) -> Results:
        kind = form(text)
        response, media = self._answer(text, kind, union=union)
        with response, self._understood(media):
            if kind in ("SELECT", "ASK"):
                return ox.parse_query_results(response.read(), ox.QueryResultsFormat.JSON)
            graph = ox.Store()
            graph.load(BytesIO(response.read()), ox.RdfFormat.from_media_type(media) or ox.RdfFormat.TURTLE)
        found = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        return found

    def _select(self, text: str) -> Iterator[dict[str, str]]:
        """Rows of a query, however many, as they come."""
        response, media = self._answer(text, "SELECT", union=False)
        with response, self._understood(media):
            found = ox.parse_query_results(response, ox.QueryResultsFormat.JSON)
            assert isinstance(found, ox.QuerySolutions)
            names = [variable.value for variable in found.variables]
            for row in found:
                yield {name: str(row[name]) for name in names if row[name] is not None}

    def _answer(self, text: str, kind: str, *, union: bool) -> tuple[HTTPResponse, str]:
        """An answer that is still to be read, and its media type."""
        graphs = [("default-graph-uri", graph) for graph in self._connection.address.graphs]
        response = self._connection.query(text, kind, (*_UNION, *graphs) if union else ())
        return response, (response.headers.get("Content-Type") or "").partition(";")[0].strip()

    @contextmanager
    def _understood(self, media: str) -> Iterator[None]:
        """Puts into words what goes wrong while an answer is read."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            what = media or "SPARQL result"
            raise ServiceError(f"{self.location} answers with what is no {what}: {error}") from error
        except (OSError, HTTPException) as error:
            hint = f"try again; {VARIABLES['timeout']} sets the seconds to wait"
            raise ServiceError(f"{self.location} broke off: {error}", hint=hint) from error

    def _mixes(self) -> bool:
        """Whether the default graph shows the triples of named graphs, too, as far as some of them tell."""
        if self._default_unites is None:
            some = f"{{ SELECT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {_SOME} }}"
            hidden = bool(self._ask(f"ASK {{ {some} FILTER NOT EXISTS {{ ?s ?p ?o }} }}", union=False))
            if hidden or bool(self._ask("ASK { GRAPH ?g { ?s ?p ?o } }", union=False)):
                self._default_unites = not hidden
        return bool(self._default_unites)


def _batches(quads: Iterable[Quad], size: int) -> Iterator[list[Quad]]:
    batch: list[Quad] = []
    length = 0
    for quad in quads:
        batch.append(quad)
        length += sum(map(len, quad))
        if length > size:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
