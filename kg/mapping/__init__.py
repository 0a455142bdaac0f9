"""Claims to RDF, and back.

`Mapper` writes quads; `ClaimReader` reads claims out of a store that holds them.
"""

from kg.mapping.mapper import Links, Mapper
from kg.mapping.reader import ClaimReader, base_of

__all__ = ["ClaimReader", "Links", "Mapper", "base_of"]
