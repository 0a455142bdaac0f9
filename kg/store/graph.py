"""An rdflib data set as a store."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import rdflib
from pyparsing import ParseException
from rdflib.plugins import sparql
from rdflib.term import Node

from kg.errors import QueryError
from kg.quads import Quad, is_iri, literal, literal_parts
from kg.store.interface import Results, Store
from kg.store.tokens import form, names_data_set


class GraphStore(Store):
    """Quads in an rdflib data set, for those who have one.

    Args:
        dataset: the data set; a new one in memory unless given. Its default graph is the union of all graphs.
    """

    location = "rdflib graph"

    def __init__(self, dataset: rdflib.Dataset | None = None) -> None:
        self.dataset = rdflib.Dataset(default_union=True) if dataset is None else dataset
        sparql.SPARQL_LOAD_GRAPHS = False  # FROM names graphs that are here; nothing is fetched

    def query(self, text: str) -> Results:
        """Answer a SPARQL query."""
        kind = form(text)
        graph: Any = rdflib.Dataset(store=self.dataset.store) if names_data_set(text) else self.dataset
        try:
            with _quiet():
                found = graph.query(text)
                if kind in ("SELECT", "ASK"):
                    return ox.parse_query_results(found.serialize(format="json") or b"", ox.QueryResultsFormat.JSON)
                triples = found.graph.serialize(format="nt", encoding="utf-8")
        except ParseException as error:
            raise QueryError(f"the query does not parse: {error}", hint="mend it there") from error
        memory = ox.Store()
        memory.load(triples, ox.RdfFormat.N_TRIPLES)
        constructed = memory.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(constructed, ox.QueryTriples)
        return constructed

    def update(self, text: str) -> None:
        """Run a SPARQL update."""
        try:
            with _quiet():
                rdflib.Dataset(store=self.dataset.store).update(text)
        except ParseException as error:
            raise QueryError(f"the update does not parse: {error}", hint="mend it there") from error

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Quads that match."""
        terms = tuple(None if term is None else _node(term) for term in (subject, predicate, object))
        names = [rdflib.URIRef(graph[1:-1])] if graph else [None] if graph == "" else self._names()
        for name in names:
            where = "" if name is None else f"<{name}>"
            for found in self._part(name).triples(terms):  # type: ignore[arg-type]
                yield Quad(_term(found[0]), _term(found[1]), _term(found[2]), where)

    def graphs(self) -> tuple[str, ...]:
        """Names of the named graphs."""
        return tuple(sorted(f"<{name}>" for name in self._names() if name is not None and len(self._part(name))))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        for part, triple in [(self._part_of(quad), tuple(map(_node, quad[:3]))) for quad in quads]:
            part.add(triple)  # type: ignore[arg-type]

    def change(self, *, remove: Iterable[Quad] = (), drop: Iterable[str] = (), add: Iterable[Quad] = ()) -> None:
        """Remove quads, drop graphs and add quads."""
        for quad in list(remove):
            self._part_of(quad).remove(tuple(map(_node, quad[:3])))  # type: ignore[arg-type]
        for name in drop:
            self.dataset.remove_graph(rdflib.URIRef(name[1:-1]))
        self.add(add)

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    def _names(self) -> list[rdflib.URIRef | None]:
        found = [graph.identifier for graph in self.dataset.graphs()]
        default = self.dataset.default_graph.identifier
        return [None, *sorted(rdflib.URIRef(name) for name in found if name != default)]

    def _part(self, name: rdflib.URIRef | None) -> rdflib.Graph:
        """One graph by itself."""
        identifier = self.dataset.default_graph.identifier if name is None else name
        return rdflib.Graph(store=self.dataset.store, identifier=identifier)

    def _part_of(self, quad: Quad) -> rdflib.Graph:
        if quad.graph:
            self.dataset.graph(rdflib.URIRef(quad.graph[1:-1]))
        return self._part(rdflib.URIRef(quad.graph[1:-1]) if quad.graph else None)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without warnings about what rdflib still calls of itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _node(term: str) -> Node:
    if is_iri(term):
        return rdflib.URIRef(term[1:-1])
    text, language, datatype = literal_parts(term)
    if language:
        return rdflib.Literal(text, lang=language)
    return rdflib.Literal(text, datatype=rdflib.URIRef(datatype)) if datatype else rdflib.Literal(text)


def _term(node: Node) -> str:
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    assert isinstance(node, rdflib.Literal)
    return literal(str(node), language=node.language or "", datatype=str(node.datatype or ""))
