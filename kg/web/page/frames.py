"""A frame in words: which words name it, where its roles stand, an example."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kg.quads import literal
from kg.store.interface import Store
from kg.web.page.things import things_of

_UNITS: Final = (("verbs", "Verbs"), ("light", "Verbs with nouns"), ("nouns", "Nouns"), ("adjectives", "Adjectives"))


@dataclass(frozen=True, slots=True)
class FrameView:
    """A frame of the lexicon.

    Attributes:
        name: by which evidence names it.
        yields: kind of the claims that it makes; empty where the shipped lexicon does not know it.
        mode: finer way of the act; empty where it has none.
        units: words that name it, by part of speech.
        roles: roles, with the places in the sentence where their fillers stand.
        example: a sentence that it matches; empty where it has none.
    """

    name: str
    yields: str
    mode: str
    units: tuple[tuple[str, tuple[str, ...]], ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    example: str


def frame_view(store: Store, name: str) -> FrameView | None:
    """A frame; bare where only the graph knows it (a rule of the program, a user's frame), None where nothing does."""
    if name in _shipped():
        return _shipped()[name]
    used = store.quads(predicate=things_of(store).terms.prop("frame"), object=literal(name))
    return FrameView(name, "", "", (), (), "") if next(used, None) else None


@cache
def _shipped() -> dict[str, FrameView]:
    from kg.extraction.lexicon_files import entries, shipped_files

    return {name: _frame(name, entry.data) for name, entry in entries(shipped_files()).by_name.items()}


def _frame(name: str, data: Any) -> FrameView:
    return FrameView(
        name=name,
        yields=str(data.get("yields", "")).rpartition(":")[2],
        mode=str(data.get("mode", "")),
        units=tuple((heading, tuple(map(str, data[key]))) for key, heading in _UNITS if data.get(key)),
        roles=tuple((role, tuple(_listed(slots))) for role, slots in (data.get("roles") or {}).items()),
        example=str(data.get("example", "")),
    )


def _listed(slots: object) -> Iterable[str]:
    return map(str, slots) if isinstance(slots, list) else (str(slots),)
