"""What workers do for the graph store protocol: write down a graph, or all of them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from kg.quads import NAMESPACES
from kg.web.answering import TRIPLES, prefixes

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

_OFFSETS: Final = (ox.NamedNode(f"{NAMESPACES['oa']}start"), ox.NamedNode(f"{NAMESPACES['oa']}end"))
_GIVEN: Final = ox.NamedNode(f"{NAMESPACES['xsd']}integer")
_WANTED: Final = ox.NamedNode(f"{NAMESPACES['xsd']}nonNegativeInteger")


def exists(store: "EmbeddedStore", graph: str) -> bool:
    """Whether there is a named graph."""
    return store.engine.contains_named_graph(ox.NamedNode(graph))


def read_graph(store: "EmbeddedStore", sink: BinaryIO, graph: str, form: str) -> None:
    """Write down one graph.

    Args:
        store: what holds it.
        sink: takes the bytes.
        graph: its IRI; empty for the default graph.
        form: format, in the words of ``kg export``.
    """
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    quads = store.engine.quads_for_pattern(None, None, None, name)
    ox.serialize((quad.triple for quad in _restored(quads)), sink, TRIPLES[form], prefixes=prefixes(form))


def read_all(store: "EmbeddedStore", sink: BinaryIO, form: str) -> None:
    """Write down every graph; the same arguments as `read_graph`."""
    ox.serialize(_restored(store.engine), sink, TRIPLES[form], prefixes=prefixes(form))


def _restored(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Quads with offsets as they were written; see `kg.store.offsets`."""
    for quad in quads:
        value = quad.object
        if quad.predicate in _OFFSETS and isinstance(value, ox.Literal) and value.datatype == _GIVEN:
            offset = ox.Literal(value.value, datatype=_WANTED)
            yield ox.Quad(quad.subject, quad.predicate, offset, quad.graph_name)
        else:
            yield quad
