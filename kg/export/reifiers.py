"""RDF 1.2: a claim that is a statement says which one by a triple term (``rdf:reifies``)."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.mapping import vocabulary as v
from kg.quads import Quad, standard
from kg.store import Store

#: Formats that hold triple terms.
HOLD_TRIPLE_TERMS: Final = ("ttl", "trig", "nt", "nq")

_REIFIES: Final = standard("rdf:reifies")
_SUBJECT: Final = standard("rdf:subject")
_OBJECT: Final = standard("rdf:object")


def with_reifiers(quads: Iterable[Quad], store: Store) -> Iterator[Quad]:
    """Quads, and a reifying triple for each statement among them, whether or not it is vouched for.

    Args:
        quads: some of the store's.
        store: where the statements' subjects and objects are looked up.
    """
    for quad in quads:
        yield quad
        node, predicate, kind, graph = quad
        if predicate == v.PREDICATE:
            for subject in store.quads(node, _SUBJECT):
                for object_ in store.quads(node, _OBJECT):
                    yield Quad(node, _REIFIES, f"<<( {subject.object} {kind} {object_.object} )>>", graph)
