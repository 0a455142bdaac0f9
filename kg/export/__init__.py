"""Writing graphs: RDF in every common format, the network of actors, tables, nanopublications."""

from kg.export.exporting import FORMATS, Part, export
from kg.export.formats import RDF_FORMATS, format_of, write_graph
from kg.export.jsonld import write_context
from kg.export.nanopub import Publication

__all__ = ["FORMATS", "RDF_FORMATS", "Part", "Publication", "export", "format_of", "write_context", "write_graph"]
