"""Extracted facts against gold facts, document by document: pure functions over the interchange format.

What matches what is written in ``docs/facts.md``. A `Tally` counts; tallies add up, so a corpus is the sum of its
documents, and a resampled corpus is a weighted sum.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import InputError
from kg.facts import TYPES, Fact

#: Acts in which actor and target are two sides of one thing: their actors are compared as one set.
MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
ATTRIBUTES: Final = ("modality", "negated", "holder")
_PLAIN_BY_NATURE: Final = ("guarantee", "force")
_DEFAULTS: Final = {"modality": "actual", "negated": False, "holder": None}
_STOP_WORDS: Final = frozenset({"the", "a", "an", "its", "their", "his", "her"})


def norm(text: str | None) -> str:
    """Words in lower case without accents, punctuation, possessives and determiners.

    >>> norm("The U.S.'s Élysée talks")
    'us elysee talks'
    """
    ascii_ = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b|\.", "", ascii_))
    return " ".join(word for word in words if word not in _STOP_WORDS)


def head(text: str | None) -> str:
    """The last word, without a plural's s.

    >>> head("European multinational forces")
    'force'
    """
    words = norm(text).split()
    return words[-1].rstrip("s") if words else ""


def actor_key(actor: Fact) -> str:
    """The state where an actor has one, else its name."""
    return str(actor["state"] or norm(actor["name"]))


def actor_keys(actors: Iterable[Fact]) -> set[str]:
    """Keys of several actors."""
    return {actor_key(actor) for actor in actors}


def _named(actor: Fact) -> str:
    return head(actor["name"])


def _overlap(a: set[str], b: set[str]) -> bool:
    return bool(a & b) or (not a and not b)


def _same_event(gold: Fact, got: Fact) -> bool:
    if gold["event"] != got["event"]:
        return False
    if gold["event"] in MUTUAL:
        both = (actor_keys(fact["actor"]) | actor_keys(fact["target"]) for fact in (gold, got))
        return _overlap(*both)
    return all(_overlap(actor_keys(gold[side]), actor_keys(got[side])) for side in ("actor", "target"))


def _same_quote(gold: Fact, got: Fact) -> bool:
    a, b = set(norm(gold["text"]).split()), set(norm(got["text"]).split())
    return actor_key(gold["speaker"]) == actor_key(got["speaker"]) and len(a & b) * 2 > len(a | b)


def _agree(*tests: tuple[str, Callable[[Any], object]]) -> Callable[[Fact, Fact], bool]:
    return lambda gold, got: all(of(gold[key]) == of(got[key]) for key, of in tests)


_SAME: Final[dict[str, Callable[[Fact, Fact], bool]]] = {
    "event": _same_event,
    "office": _agree(("person", _named), ("role", head), ("of", actor_key)),
    "member": _agree(("member", actor_key), ("group", _named)),
    "leads": _agree(("leader", actor_key), ("group", _named)),
    "count": _agree(("number", lambda number: number), ("what", head)),
    "party": _agree(("who", actor_key), ("agreement", head)),
    "guarantee": lambda gold, got: all(
        _overlap(actor_keys(gold[side]), actor_keys(got[side])) for side in ("by", "for")
    ),
    "force": _agree(("name", head)),
    "quote": _same_quote,
}


def same(gold: Fact, got: Fact) -> bool:
    """Whether two facts of one type state the same, attributes aside."""
    return _SAME[gold["type"]](gold, got)


def plain(fact: Fact) -> bool:
    """Whether a fact is presented as such: actual, nobody's claim, not negated.

    >>> plain({"type": "party"}), plain({"type": "event", "modality": "planned"})
    (True, False)
    """
    return fact.get("modality", "actual") == "actual" and not fact.get("negated") and not fact.get("holder")


def attribute(fact: Fact, name: str) -> object:
    """An attribute as it is compared: a holder by its key."""
    value = fact.get(name, _DEFAULTS[name])
    return (actor_key(value) if value else None) if name == "holder" else value


@dataclass(slots=True)
class Tally:
    """Counts that add up.

    Attributes:
        types: by type of fact: how many were found, are in the gold, were extracted.
        attributes: by attribute: right ones and all, over matched events.
        overclaims: plain facts that matched one that is not plain.
        plain: plain facts that matched.
        unmatched_plain: plain facts that matched nothing.
    """

    types: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    overclaims: int = 0
    plain: int = 0
    unmatched_plain: int = 0

    def count(self, kind: str, *, found: int = 0, gold: int = 0, system: int = 0) -> None:
        """Add to the counts of a type."""
        f, g, s = self.types.get(kind, (0, 0, 0))
        self.types[kind] = (f + found, g + gold, s + system)

    def add(self, other: "Tally", times: int = 1) -> None:
        """Add another tally, perhaps several times."""
        for kind, (found, gold, system) in other.types.items():
            self.count(kind, found=times * found, gold=times * gold, system=times * system)
        for name, (right, of) in other.attributes.items():
            r, o = self.attributes.get(name, (0, 0))
            self.attributes[name] = (r + times * right, o + times * of)
        self.overclaims += times * other.overclaims
        self.plain += times * other.plain
        self.unmatched_plain += times * other.unmatched_plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document's facts, matched.

    Attributes:
        id: the document.
        matched: pairs of gold and extracted facts.
        missed: gold facts that nothing matched.
        wrong: extracted facts that matched nothing.
        tally: the counts.
    """

    id: str
    matched: tuple[tuple[Fact, Fact], ...]
    missed: tuple[Fact, ...]
    wrong: tuple[Fact, ...]
    tally: Tally


def match(identifier: str, gold: Sequence[Fact], system: Sequence[Fact]) -> Outcome:
    """Match a document's extracted facts to its gold facts, each at most once.

    Raises:
        InputError: if a fact lacks a key of its type.
    """
    left, pairs, missed = list(system), [], []
    for fact in gold:
        if fact.get("type") not in TYPES:
            raise InputError(
                f"document {identifier!r}: unknown type of fact {fact.get('type')!r}", hint=", ".join(TYPES)
            )
        try:
            fitting = [got for got in left if got["type"] == fact["type"] and same(fact, got)]
        except (KeyError, TypeError) as error:
            what = f"document {identifier!r}: a fact of type {fact['type']!r} is malformed: {error!r}"
            raise InputError(what, hint="see docs/facts.md for the keys of each type") from error
        if not fitting:
            missed.append(fact)
            continue
        best = max(fitting, key=lambda got: _likeness(fact, got))
        left.remove(best)
        pairs.append((fact, best))
    return Outcome(identifier, tuple(pairs), tuple(missed), tuple(left), _tally(pairs, missed, left))


def _likeness(gold: Fact, got: Fact) -> int:
    """Of several facts that fit, the one whose trigger and standing agree best is taken; the first of equals."""
    return sum(norm(str(got.get(key))) == norm(str(gold.get(key))) for key in ("trigger", "modality", "negated"))


def _tally(pairs: Iterable[tuple[Fact, Fact]], missed: Iterable[Fact], left: Iterable[Fact]) -> Tally:
    tally = Tally()
    right, events = Counter[str](), 0
    for gold, got in pairs:
        tally.count(gold["type"], found=1, gold=1, system=1)
        if gold["type"] == "event":
            events += 1
            right.update(name for name in ATTRIBUTES if attribute(gold, name) == attribute(got, name))
        if gold["type"] not in _PLAIN_BY_NATURE and plain(got):
            tally.plain += 1
            tally.overclaims += not plain(gold)
    for fact in missed:
        tally.count(fact["type"], gold=1)
    for fact in left:
        tally.count(fact["type"], system=1)
        tally.unmatched_plain += fact["type"] not in _PLAIN_BY_NATURE and plain(fact)
    if events:
        tally.attributes = {name: (right[name], events) for name in ATTRIBUTES}
    return tally


def rates(found: int, gold: int, system: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean.

    >>> rates(1, 2, 4)
    (0.25, 0.5, 0.3333333333333333)
    """
    precision, recall = found / system if system else 0.0, found / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def summary(tally: Tally) -> dict[str, Any]:
    """The figures of a tally: by type, over all, attributes, overclaims."""

    def row(found: int, gold: int, system: int) -> dict[str, float]:
        precision, recall, f1 = rates(found, gold, system)
        return {"precision": precision, "recall": recall, "f1": f1, "gold": gold, "system": system}

    result: dict[str, Any] = {kind: row(*counts) for kind, counts in sorted(tally.types.items())}
    found, gold, system = (sum(counts[i] for counts in tally.types.values()) for i in range(3))
    result["all"] = row(found, gold, system)
    result["attributes"] = {name: right / of for name, (right, of) in tally.attributes.items() if of}
    result["overclaim_rate"] = tally.overclaims / tally.plain if tally.plain else 0.0
    result["unmatched_plain"] = tally.unmatched_plain
    return result
