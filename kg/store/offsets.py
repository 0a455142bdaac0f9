"""Offsets of selectors as the Web Annotation standard wants them.

Oxigraph, and other engines that compute with numbers, keep every integer alike and give ``xsd:nonNegativeInteger`` back
as ``xsd:integer``. So that a graph comes out of a store as it went in, the offsets' own datatype is put back.
"""

from typing import Final

from kg.quads import NAMESPACES, Quad, standard

_OFFSETS: Final = (standard("oa:start"), standard("oa:end"))
_GIVEN: Final = f"^^<{NAMESPACES['xsd']}integer>"
_WANTED: Final = f"^^<{NAMESPACES['xsd']}nonNegativeInteger>"
_MARKS: Final = tuple(f"{predicate} ".encode() for predicate in _OFFSETS)


def restored(quad: Quad) -> Quad:
    """The quad with the datatype of an offset put back.

    >>> restored(Quad("<a:p>", standard("oa:end"), '"7"^^<http://www.w3.org/2001/XMLSchema#integer>')).object
    '"7"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'
    """
    if quad.predicate in _OFFSETS and quad.object.endswith(_GIVEN):
        return quad._replace(object=quad.object.removesuffix(_GIVEN) + _WANTED)
    return quad


def restored_line(text: bytes) -> bytes:
    """The same for a line of N-Quads."""
    if any(mark in text for mark in _MARKS):
        return text.replace(_GIVEN.encode(), _WANTED.encode(), 1)
    return text
