"""The RDF formats that graphs are written in."""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import BinaryIO, Final, TypeAlias

from kg.errors import UsageError
from kg.export.jsonld import write_jsonld
from kg.export.layout import Layout
from kg.export.nlines import write_nquads, write_ntriples
from kg.export.rdfxml import write_rdfxml
from kg.export.turtle import write_trig, write_turtle
from kg.iris import BASE
from kg.ontology import Ontology
from kg.quads import Quad

_Writer: TypeAlias = Callable[[Iterable[Quad], BinaryIO, Layout, Ontology, str], None]

_WRITERS: Final[dict[str, _Writer]] = {
    "ttl": lambda quads, stream, layout, *_: write_turtle(quads, stream, layout),
    "trig": lambda quads, stream, layout, *_: write_trig(quads, stream, layout),
    "nt": lambda quads, stream, *_: write_ntriples(quads, stream),
    "nq": lambda quads, stream, *_: write_nquads(quads, stream),
    "rdfxml": lambda quads, stream, layout, *_: write_rdfxml(quads, stream, layout),
    "jsonld": lambda quads, stream, layout, known, context: write_jsonld(
        quads, stream, layout, known, reference=context
    ),
}

#: Formats that `write_graph` writes.
RDF_FORMATS: Final = tuple(_WRITERS)

#: Format by suffix of a file.
SUFFIXES: Final = {
    ".ttl": "ttl",
    ".turtle": "ttl",
    ".trig": "trig",
    ".nt": "nt",
    ".nq": "nq",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".graphml": "graphml",
    ".csv": "csv",
    ".parquet": "parquet",
}


def format_of(name: str, default: str = "ttl") -> str:
    """Format that a file's name asks for, packed or not; the default where it asks for none.

    >>> format_of("graph.nq"), format_of("-"), format_of("out.ttl.part"), format_of("graph.nq.gz")
    ('nq', 'ttl', 'ttl', 'nq')
    """
    return SUFFIXES.get(PurePath(name.lower().removesuffix(".gz")).suffix, default)


def write_graph(
    quads: Iterable[Quad],
    format: str,
    stream: BinaryIO,
    *,
    base: str = BASE,
    ontology: Ontology | None = None,
    context: str = "",
) -> None:
    """Write quads in an RDF format: the same bytes whatever their order.

    Args:
        quads: what to write; repeated ones are written once.
        format: one of `RDF_FORMATS`; all but ``trig`` and ``nq`` unite the graphs.
        stream: takes the bytes.
        base: base of the graph's own IRIs, for short names and sections.
        ontology: its namespace and terms; the shipped one unless told otherwise.
        context: where JSON-LD finds its context; it is written into the file unless told otherwise.

    Raises:
        UsageError: a format that is none of these.
    """
    if format not in _WRITERS:
        raise UsageError(f"unknown RDF format {format!r}", hint=f"one of {', '.join(RDF_FORMATS)}")
    known = ontology or Ontology.load()
    _WRITERS[format](quads, stream, Layout(base, known), known, context)
