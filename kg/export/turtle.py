"""Turtle and TriG that a person likes to read: sections, prefixes, one block a subject, always in the same order."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, Final

from kg.export.layout import SECTIONS, Layout
from kg.quads import NAMESPACES, Quad

_TYPE: Final = f"<{NAMESPACES['rdf']}type>"
_WIDTH: Final = 120
#: Sections of small blocks of always the same form.
_LEAVES: Final = ("words", "position", "quote")


def write_turtle(quads: Iterable[Quad], stream: BinaryIO, layout: Layout) -> None:
    """Write the union of all graphs as Turtle."""
    _write(_blocks((quad.triple for quad in quads), layout), stream, layout)


def write_trig(quads: Iterable[Quad], stream: BinaryIO, layout: Layout) -> None:
    """Write the graphs as TriG, the default graph first."""
    _write(_blocks(quads, layout), stream, layout)


def _write(blocks: Iterable[str], stream: BinaryIO, layout: Layout) -> None:
    head = [f"@prefix {prefix}: <{space}> ." for prefix, space in layout.prefixes.items()]
    if layout.base.endswith("/"):
        head.insert(0, f"@base <{layout.base}> .")
    stream.write("".join(f"{line}\n" for line in head).encode())
    for block in blocks:
        stream.write(block.encode())


def _blocks(quads: Iterable[Quad], layout: Layout) -> Iterator[str]:
    for graph, subjects in groupby(layout.subjects(quads), key=lambda found: found[0]):
        if graph:
            yield f"\n{layout.short(graph)} {{\n"
        section, was_short = None, True
        for _, subject, group in subjects:
            now = layout.section(subject)
            if now != section:
                section = now
                yield f"\n# {SECTIONS[now]}\n\n"
                was_short = True
            block = _block(subject, group, layout, one_line=now in _LEAVES)
            is_short = block.count("\n") == 1
            yield block if is_short and was_short else f"{'' if was_short else chr(10)}{block}"
            was_short = is_short
        if graph:
            yield "}\n"


def _block(subject: str, group: Iterable[Quad], layout: Layout, *, one_line: bool) -> str:
    """One subject, on one line where it fits or is asked for."""
    phrases = []
    for predicate, same in groupby(group, key=lambda quad: quad.predicate):
        verb = "a" if predicate == _TYPE else layout.short(predicate)
        phrases.append(f"{verb} {', '.join(layout.short(quad.object) for quad in same)}")
    whole = f"{layout.short(subject)} {' ; '.join(phrases)} .\n"
    if one_line or len(whole) <= _WIDTH:
        return whole
    return f"{layout.short(subject)} {f' ;{chr(10)}    '.join(phrases)} .\n"
