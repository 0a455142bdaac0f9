"""What workers do for linked data: find a thing, and write down what the store says of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.iris import kind_of
from kg.quads import Quad, iri, is_iri, standard

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

_LABEL: Final = standard("rdfs:label")
#: Kinds of nodes that belong to another one and say nothing without it.
_PARTS: Final = ("condition", "evidence", "mention", "words", "position", "quote")


def known(store: "EmbeddedStore", candidates: Sequence[str]) -> str | None:
    """The first of some IRIs of which the store says something.

    Args:
        store: where to look.
        candidates: IRIs.
    """
    for candidate in candidates:
        node = iri(candidate)
        if any(next(store.quads(**{role: node}), None) for role in ("subject", "object", "graph")):
            return candidate
    return None


def describe(store: "EmbeddedStore", sink: BinaryIO, candidates: Sequence[str], form: str, base: str) -> str | None:
    """Write down what a store says of a thing.

    That is what it says of the thing itself, its conditions and evidence, what names it, what its own graph holds, and
    what other things around it are called; of documents not the whole text.

    Args:
        store: what is asked.
        sink: takes the bytes.
        candidates: IRIs of which the first that the store knows is meant.
        form: format, in the words of ``kg export``.
        base: base of the graph's IRIs.

    Returns:
        IRI of the thing; None if it is not known, and nothing is written.
    """
    from kg.export.formats import write_graph
    from kg.ontology import Ontology

    found = known(store, candidates)
    if found is not None:
        ontology = Ontology.load()
        text = iri(ontology.prop("text"))
        quads = (quad for quad in _around(store, iri(found), base) if quad.predicate != text)
        write_graph(quads, form, sink, base=base, ontology=ontology)
    return found


def _around(store: "EmbeddedStore", node: str, base: str) -> Iterator[Quad]:
    named: set[str] = set()
    for quad in (*_with_parts(store, node, base), *store.quads(graph=node), *_naming(store, node, base)):
        named.update((quad.subject, quad.object))
        yield quad
    for name in sorted(filter(is_iri, named)):
        yield from store.quads(subject=name, predicate=_LABEL)


def _with_parts(store: "EmbeddedStore", node: str, base: str) -> Iterator[Quad]:
    """What is said of a thing, and of its parts."""
    queue = [node]
    for subject in queue:
        for quad in store.quads(subject=subject):
            yield quad
            if _is_part(quad.object, base) and quad.object not in queue:
                queue.append(quad.object)


def _naming(store: "EmbeddedStore", node: str, base: str) -> Iterable[Quad]:
    """What names a thing; a part is found where it belongs."""
    return (quad for quad in store.quads(object=node) if _is_part(node, base) or not _is_part(quad.subject, base))


def _is_part(node: str, base: str) -> bool:
    return node.startswith(f"<{base}") and kind_of(node[1 + len(base) : -1]) in _PARTS
