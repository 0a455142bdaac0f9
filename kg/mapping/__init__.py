"""Claims to RDF, and back.

`Mapper` writes quads; `ClaimReader` reads claims out of a store that holds them.
"""

from kg.mapping.mapper import Links, Mapper

__all__ = ["Links", "Mapper"]
