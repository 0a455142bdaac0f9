"""Any SPARQL 1.1 endpoint as a store."""

import uuid
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

import pyoxigraph as ox

from kg.errors import ServiceError
from kg.quads import Quad, iri
from kg.store.connection import Address, Connection, TooLargeError
from kg.store.interface import Results, Store, data_block
from kg.store.offsets import restored
from kg.store.tokens import form, names_data_set

#: Bytes of one request that adds quads.
BATCH: Final = 1 << 20

#: Graphs in which quads wait until all of them have come.
STAGING: Final = "urn:foedus:staging:"

#: Asks an Oxigraph server for the union; others answer as they are set up, and pass over it.
_UNION: Final = {"union-default-graph": "true"}


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
        pattern = " ".join(term or f"?{name}" for name, term in (("s", subject), ("p", predicate), ("o", object)))
        places = [] if graph == "" else [f"GRAPH {graph or '?g'} {{ {pattern} }}"]
        if not graph:
            apart = f" FILTER NOT EXISTS {{ GRAPH ?any {{ {pattern} }} }}" if self._mixes() else ""
            places.append(f"{pattern}{apart}")
        rows = self._select(f"SELECT * {{ {' UNION '.join(f'{{ {place} }}' for place in places)} }}")
        for row in rows:
            where = row.get("g", graph or "")
            if not where.startswith(f"<{STAGING}"):
                yield restored(Quad(subject or row["s"], predicate or row["p"], object or row["o"], where))

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
            self._add_staged([first, *([second] if second else [])], batches)

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
        return sum(1 for _ in self.quads())

    # ------------------------------------------------------------ adding in parts

    def _add_staged(self, first: list[list[Quad]], rest: Iterator[list[Quad]]) -> None:
        stage = f"{STAGING}{uuid.uuid4().hex}"
        staged: dict[str, str] = {}
        try:
            for batch in (*first, *rest):
                self._stage(batch, stage, staged)
            moves = [f"ADD {here} TO {f'GRAPH {to}' if to else 'DEFAULT'}" for to, here in sorted(staged.items())]
            self.update(" ;\n".join((*moves, *_drops(staged.values()))))
        except BaseException:
            self.update(" ;\n".join(_drops(staged.values())) or "CLEAR SILENT GRAPH <urn:foedus:staging:none>")
            raise

    def _stage(self, batch: list[Quad], stage: str, staged: dict[str, str]) -> None:
        by_graph: dict[str, list[Quad]] = {}
        for quad in batch:
            by_graph.setdefault(quad.graph, []).append(quad)
        for graph, quads in by_graph.items():
            here = staged.setdefault(graph, iri(f"{stage}:{len(staged)}"))
            self._send(here, quads)

    def _send(self, graph: str, quads: list[Quad]) -> None:
        """Send quads to a graph, in halves where the server finds them too many."""
        try:
            triples = "".join(f"{' '.join(quad[:3])} .\n" for quad in quads)
            if not self._connection.post_graph(graph[1:-1], triples.encode()):
                self.update(f"INSERT DATA {{ GRAPH {graph} {{\n{triples}}} }}")
        except TooLargeError:
            if len(quads) == 1:
                raise
            middle = len(quads) // 2
            self._send(graph, quads[:middle])
            self._send(graph, quads[middle:])

    # ------------------------------------------------------------ asking

    def _ask(self, text: str, *, union: bool) -> Results:
        kind = form(text)
        response = self._connection.query(text, kind, _UNION if union else {})
        media = (response.headers.get("Content-Type") or "").partition(";")[0].strip()
        try:
            if kind in ("SELECT", "ASK"):
                return ox.parse_query_results(response.read(), ox.QueryResultsFormat.JSON)
            graph = ox.Store()
            graph.load(BytesIO(response.read()), ox.RdfFormat.from_media_type(media) or ox.RdfFormat.TURTLE)
        except (SyntaxError, ValueError) as error:
            raise ServiceError(
                f"{self.location} answers with what is no {media or 'SPARQL result'}: {error}"
            ) from error
        found = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        return found

    def _select(self, text: str) -> Iterator[dict[str, str]]:
        found = self._ask(text, union=False)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {name: str(row[name]) for name in names if row[name] is not None}

    def _mixes(self) -> bool:
        """Whether the default graph shows the triples of named graphs, too."""
        if self._default_unites is None:
            probe = "{ SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } ?s ?p ?o"
            self._default_unites = bool(self._ask(f"ASK {{ {probe} }}", union=False)) or None
        return bool(self._default_unites)


def _drops(graphs: Iterable[str]) -> list[str]:
    return [f"DROP SILENT GRAPH {graph}" for graph in sorted(graphs)]


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
