"""N-Triples and N-Quads, sorted, however many they are."""

from collections.abc import Iterable
from typing import BinaryIO

from kg.export.sorting import sorted_lines
from kg.quads import Quad, lines


def write_ntriples(quads: Iterable[Quad], stream: BinaryIO) -> None:
    """Write the union of all graphs, each triple once."""
    stream.writelines(sorted_lines(lines(quad.triple for quad in quads)))


def write_nquads(quads: Iterable[Quad], stream: BinaryIO) -> None:
    """Write each quad once."""
    stream.writelines(sorted_lines(lines(quads)))
