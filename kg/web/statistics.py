"""Counting what a store holds, in a worker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.iris import BASE

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

#: Up to so many named graphs are counted one by one.
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a store holds.

    Attributes:
        base: base of the IRIs that its graph mints.
        triples: how many.
        subjects: how many things have some.
        graphs: how many named graphs.
        named: the named graphs with their numbers of triples; none where they are many.
        classes: classes with their numbers of things.
        properties: properties with their numbers of triples.
        example: a thing.
    """

    base: str = BASE
    triples: int = 0
    subjects: int = 0
    graphs: int = 0
    named: tuple[tuple[str, int], ...] = ()
    classes: tuple[tuple[str, int], ...] = ()
    properties: tuple[tuple[str, int], ...] = ()
    example: str = ""


def base(store: "EmbeddedStore") -> str:
    """Base of the IRIs that a store's graph mints."""
    from kg.mapping import base_of
    from kg.ontology import Ontology

    return base_of(store, Ontology.load())


def statistics(store: "EmbeddedStore") -> Statistics:
    """Count what a store holds."""
    graphs = _number(store, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { } }")
    counted = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    properties = _counts(store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    minted = base(store)
    return Statistics(
        base=minted,
        triples=sum(number for _, number in properties),
        subjects=_number(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        graphs=graphs,
        named=_counts(store, counted) if graphs <= LISTED else (),
        classes=_counts(store, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c"),
        properties=properties,
        example=_example(store, minted),
    )


def _counts(store: "EmbeddedStore", text: str) -> tuple[tuple[str, int], ...]:
    """Rows of an IRI and a number, sorted."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    rows = ((row[0], row[1]) for row in found)
    return tuple(sorted((name.value, int(n.value)) for name, n in rows if isinstance(name, ox.NamedNode)))


def _number(store: "EmbeddedStore", text: str) -> int:
    """The number in the first row."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)[0].value)


def _example(store: "EmbeddedStore", minted: str) -> str:
    """A thing that many documents name, by its IRI; empty where there is none."""
    from kg.ontology import Ontology

    state = ox.NamedNode(Ontology.load().cls("State"))
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = (quad.subject for quad in store.engine.quads_for_pattern(None, kind, state))
    return min((node.value for node in found if isinstance(node, ox.NamedNode)), default="")
