"""Writing graphs: RDF in every common format, the network of actors, tables, nanopublications."""

from kg.export.exporting import FORMATS, Part, export
from kg.export.formats import RDF_FORMATS, format_of, write_graph

__all__ = ["FORMATS", "RDF_FORMATS", "Part", "export", "format_of", "write_graph"]
