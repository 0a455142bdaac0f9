"""Overclaims: what a text denies, asks for, plans, reports of others or only imagines is never vouched for.

Each entry of the lists beside this file has a text, a plain version that says the same as a fact, and the claim that
the plain version makes and the text does not. No claim of that kind may be vouched for in the text, but for `facts`,
those that it does state; the claim must be found in the plain version for most entries, so that silence does not pass.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.claims import Claim, Entity
from kg.documents import Document
from kg.extraction.extractor import Extractor

pytestmark = pytest.mark.model

FOLDER = Path(__file__).parent
#: Share of the plain versions whose claim must be found.
RECALL = 0.8


@dataclass(frozen=True)
class Pair:
    """A text that does not vouch for a claim, and a plain one that does."""

    name: str
    text: str
    plain: str
    claim: Mapping[str, Any]
    facts: tuple[Mapping[str, Any], ...]


def pairs() -> Iterator[Pair]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            facts = tuple(entry.get("facts", ()))
            yield Pair(f"{path.stem}-{number}", entry["text"], entry["plain"], entry["claim"], facts)


PAIRS = list(pairs())


@cache
def claims(text: str) -> tuple[Claim, ...]:
    return extractor().extract(Document("test", text, "2026-03-02")).claims


@cache
def extractor() -> Extractor:
    return Extractor()


def vouched(text: str, kind: str) -> list[Claim]:
    """What a text states as fact of one kind."""
    return [c for c in claims(text) if c.kind == kind and c.vouched]


def says(claim: Claim, wanted: Mapping[str, Any]) -> bool:
    """Whether a claim has the kind and, in each role, what is wanted there."""
    return claim.kind == wanted["kind"] and all(
        any(value in name for name in names(claim, role)) if isinstance(value, str) else value in names(claim, role)
        for role, value in wanted.items()
        if role != "kind"
    )


def names(claim: Claim, role: str) -> list[Any]:
    """What fills a role, by id and by the state that the text gives it; literals as they are."""
    held: Iterable[Any] = (claim.place,) if role == "place" and claim.place else claim.fillers(role)
    found = [f.id if isinstance(f, Entity) else f for f in held]
    states = [m.state for e in claim.evidence for m in e.mentions if m.role == role and m.state]
    return found + states


@pytest.mark.parametrize("pair", [pytest.param(p, id=p.name) for p in PAIRS])
def test_nothing_is_vouched_for_that_the_text_does_not_state(pair: Pair) -> None:
    overclaims = [c for c in vouched(pair.text, pair.claim["kind"]) if not any(says(c, fact) for fact in pair.facts)]
    assert not overclaims, pair.text


def test_the_plain_versions_are_found() -> None:
    missed = [p.name for p in PAIRS if not any(says(c, p.claim) for c in vouched(p.plain, p.claim["kind"]))]
    assert len(missed) <= (1 - RECALL) * len(PAIRS), missed


def test_the_texts_are_many_and_different() -> None:
    assert len(PAIRS) >= 240
    assert len({p.text for p in PAIRS} | {p.plain for p in PAIRS}) >= 2 * len(PAIRS) - 5
