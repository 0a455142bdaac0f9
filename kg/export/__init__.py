"""Writing graphs: RDF in every common format, the network of actors, tables, nanopublications."""

from kg.export.formats import RDF_FORMATS, format_of, write_graph

__all__ = ["RDF_FORMATS", "format_of", "write_graph"]
