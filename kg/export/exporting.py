"""The verb: write a store, or a part of it, in any format."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kg.claims import Claim
from kg.errors import UsageError
from kg.export.formats import RDF_FORMATS, write_graph
from kg.export.nanopub import Publication, nanopublications
from kg.export.network import write_csv, write_graphml
from kg.export.reifiers import HOLD_TRIPLE_TERMS, with_reifiers
from kg.export.selection import Selection
from kg.export.sorting import sorted_lines
from kg.export.table import write_parquet
from kg.mapping import ClaimReader, Mapper, base_of
from kg.ontology import Ontology
from kg.quads import Quad, from_line
from kg.store import Store, nearby, open_store

_TABLES: Final[dict[str, Callable[[Iterable[Claim], BinaryIO], None]]] = {
    "graphml": write_graphml,
    "csv": write_csv,
    "parquet": write_parquet,
}

#: Every format that `export` writes.
FORMATS: Final = (*RDF_FORMATS, *_TABLES, "nanopub")


@dataclass(frozen=True, slots=True)
class Part:
    """What of a store to write, and what beside.

    Attributes:
        documents: ids of documents; all where empty.
        since: only documents dated on or after this day (ISO 8601).
        vouched_only: only claims that a text presents as facts.
        reviewed: without claims that a review rejects.
        with_text: the documents' whole texts, too.
        reason: what follows by the ontology, too.
        ontology: the user's ontology files, for reasoning and names.
        rdf12: reifying triples of RDF 1.2, too, for claims that are statements.
        context: where JSON-LD finds its context; written into the file where empty.
        publication: what nanopublications say about themselves.
    """

    documents: Sequence[str] = ()
    since: str = ""
    vouched_only: bool = False
    reviewed: bool = False
    with_text: bool = False
    reason: bool = False
    ontology: Sequence[str | Path] = ()
    rdf12: bool = False
    context: str = ""
    publication: Publication | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out but, perhaps, texts."""
        return not (self.documents or self.since or self.vouched_only or self.reviewed)


def export(source: Store, format: str, stream: BinaryIO, part: Part | None = None) -> None:
    """Write a store, or a part of it: the same bytes whatever the order in which it was filled.

    Args:
        source: the store.
        format: one of `FORMATS`.
        stream: takes the bytes.
        part: what to write; everything but the texts unless told otherwise.

    Raises:
        UsageError: an unknown format or document, or a package that the format needs is missing.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}", hint=f"one of {', '.join(FORMATS)}")
    chosen = part or Part()
    if chosen.rdf12 and format not in HOLD_TRIPLE_TERMS:
        raise UsageError(f"{format} holds no triple terms", hint=f"write one of {', '.join(HOLD_TRIPLE_TERMS)}")
    ontology = Ontology.load(chosen.ontology)
    near = source if chosen.whole and format in RDF_FORMATS and not chosen.rdf12 else nearby(source)
    base = base_of(near, ontology)
    mapper = Mapper(ontology, base=base)
    if format == "nq" and chosen.whole and not (chosen.reason or chosen.rdf12):
        stream.writelines(sorted_lines(_without(near.dumped(), None if chosen.with_text else mapper)))
    elif format in RDF_FORMATS:
        quads = _quads(near, mapper, chosen)
        write_graph(quads, format, stream, base=base, ontology=ontology, context=chosen.context)
    else:
        claims = ClaimReader(_selected(near, mapper, chosen), ontology).claims(with_evidence=True)
        if format in _TABLES:
            _TABLES[format](claims, stream)
        else:
            quads = nanopublications(claims, mapper, chosen.publication)
            write_graph(quads, "trig", stream, base=base, ontology=ontology)


def _quads(store: Store, mapper: Mapper, part: Part) -> Iterator[Quad]:
    """Quads of a part, with what follows from them."""
    chosen = _chosen(store, mapper, part)
    if part.reason:
        from kg.reason import classify  # Java and owlready2 only where they are asked for

        found = list(chosen)
        chosen = iter([*found, *classify(found, ontology=part.ontology)])
    return with_reifiers(chosen, store) if part.rdf12 else chosen


def _chosen(store: Store, mapper: Mapper, part: Part) -> Iterator[Quad]:
    texts = None if part.with_text else mapper.terms.prop("text")
    if part.whole:
        found: Iterator[Quad] = (from_line(line.decode()) for line in store.dumped())
    else:
        found = _selection(store, mapper, part).quads()
    return (quad for quad in found if quad.predicate != texts)


def _selection(store: Store, mapper: Mapper, part: Part) -> Selection:
    return Selection(
        store,
        mapper,
        documents=part.documents,
        since=part.since,
        vouched_only=part.vouched_only,
        reviewed=part.reviewed,
    )


def _selected(store: Store, mapper: Mapper, part: Part) -> Store:
    """A store of a part by itself; the store itself where that is all."""
    if part.whole:
        return store
    memory = open_store()
    memory.add(_selection(store, mapper, part).quads())
    return memory


def _without(lines: Iterable[bytes], mapper: Mapper | None) -> Iterable[bytes]:
    """Lines without the documents' texts; all where there is no mapper to name their property."""
    if mapper is None:
        return lines
    mark = f"> {mapper.terms.prop('text')} ".encode()
    return (line for line in lines if mark not in line or from_line(line.decode()).predicate.encode() != mark[2:-1])
