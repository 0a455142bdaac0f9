"""A parse as plain lists, and the word lists of `ontology/actors/*.yaml`.

Reading attributes of spaCy tokens one by one costs more than all that is decided about them here, so each is read once.
"""

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from spacy.tokens import Doc

from kg.errors import OntologyError
from kg.language.sentences import sentence_starts
from kg.resources import resource

#: Parts inside a personal or place name that stay small.
PARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "ul",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "ibn",
        "bint",
        "abu",
        "ben",
        "y",
        "e",
        "zu",
        "ud",
        "und",
    ]
)
#: Letters before a name's first capital: ʻAna.
_OKINA: Final = frozenset("ʻʼ‘’`")
_HYPHENS: Final = frozenset({"-", "–", "‐", "‑"})


@dataclass(slots=True)
class Words:
    """One parsed text, attribute by attribute; index `i` is the token's index in the `Doc`."""

    doc: Doc
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    idx: list[int]
    spaced: list[bool]
    sentence: list[int]
    starts: list[int]
    children: list[list[int]] = field(default_factory=list)

    def span_text(self, start: int, end: int) -> str:
        """The text of tokens ``start`` to ``end`` (excluded), white space as one space."""
        parts = []
        for i in range(start, end):
            parts.append(self.text[i])
            if self.spaced[i]:
                parts.append(" ")
        return " ".join("".join(parts).split())

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of tokens ``start`` to ``end`` (excluded)."""
        return self.idx[start], self.idx[end - 1] + len(self.text[end - 1])

    def root(self, start: int, end: int) -> int:
        """The token of a span whose head stands outside it; the last of several, as English names end in their head."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end or self.head[i] == i:
                return i
        return end - 1

    def below(self, i: int) -> list[int]:
        """A token and all that hangs on it."""
        found = [i]
        for j in found:
            found += self.children[j]
        return found

    def sentence_end(self, i: int) -> int:
        """Index behind the sentence of token ``i``."""
        number = self.sentence[i] + 1
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def capital(self, i: int) -> bool:
        """Whether a token begins like a name: with a capital, or a digit among capitals (M23)."""
        first = self.text[i][0]
        if first in _OKINA and len(self.text[i]) > 1:
            first = self.text[i][1]
        return first.isupper() or (
            first.isdigit() and not self.text[i].isdigit() and any(map(str.isupper, self.text[i]))
        )


def read_words(doc: Doc) -> Words:
    """Read a parse once."""
    rows = [
        (t.text, t.lower_, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i, t.idx, bool(t.whitespace_))
        for t in doc
    ]
    columns: list[list[Any]] = [list(c) for c in zip(*rows, strict=True)] if rows else [[] for _ in range(9)]
    children: list[list[int]] = [[] for _ in rows]
    for i, head in enumerate(columns[6]):
        if head != i:
            children[head].append(i)
    starts = sentence_starts(doc)
    sentence: list[int] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        sentence += [number] * (end - start)
    text, lower, lemma, pos, tag, dep, head, idx, spaced = columns
    return Words(doc, text, lower, lemma, pos, tag, dep, head, idx, spaced, sentence, starts, children)


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words of offices: see `ontology/actors/titles.yaml`."""

    heads: frozenset[str]
    weak: frozenset[str]
    modified: frozenset[str]
    general: frozenset[str]
    modifiers: frozenset[str]
    complements: frozenset[tuple[str, ...]]
    status: dict[str, str]
    loose: frozenset[str]
    honorifics: frozenset[str]
    owners: dict[str, str]
    synonyms: dict[str, str]
    elect_verbs: frozenset[str]
    take_verbs: frozenset[str]
    leave_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Words of actors: see `ontology/actors/groups.yaml`.

    Attributes:
        nouns: last word of a noun phrase to (phrase, category, organ), longest first; category is organ, people, group
            or thing.
        name_heads: last word of a proper name to what it is a name of.
        descriptions: sort of actor to the nouns of definite descriptions that may stand for one.
        lists: the plain lists, by name.
    """

    nouns: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    name_heads: dict[str, str]
    descriptions: dict[str, frozenset[str]]
    lists: dict[str, frozenset[str]]


def _load(path: Path) -> dict[str, object]:
    try:
        with path.open(encoding="utf-8") as stream:
            loaded = yaml.load(stream, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError(f"cannot read the word lists in {path}: {error}", hint="reinstall foedus") from error
    return dict(loaded)


def _words(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise OntologyError(f"not a list of words: {value!r}", hint="reinstall foedus")
    return frozenset(map(str, value))


@functools.cache
def title_words() -> TitleWords:
    """Words of offices."""
    data = _load(resource("ontology", "actors", "titles.yaml"))
    status = data["status"]
    owners, synonyms = data["owners"], data["synonyms"]
    assert isinstance(status, dict)
    assert isinstance(owners, dict)
    assert isinstance(synonyms, dict)
    return TitleWords(
        heads=_words(data["heads"]),
        weak=_words(data["weak"]),
        modified=_words(data["modified"]),
        general=_words(data["general"]),
        modifiers=_words(data["modifiers"]),
        complements=frozenset(tuple(c.split()) for c in _words(data["complements"])),
        status={word: name for name, words in status.items() for word in words},
        loose=_words(data["loose"]),
        honorifics=_words(data["honorifics"]),
        owners={str(k): str(v) for k, v in owners.items()},
        synonyms={str(k): str(v) for k, v in synonyms.items()},
        elect_verbs=_words(data["elect_verbs"]),
        take_verbs=_words(data["take_verbs"]),
        leave_verbs=_words(data["leave_verbs"]),
    )


@functools.cache
def group_words() -> GroupWords:
    """Words of actors."""
    data = _load(resource("ontology", "actors", "groups.yaml"))
    organs, heads, descriptions = data["organs"], data["name_heads"], data["descriptions"]
    assert isinstance(organs, dict)
    assert isinstance(heads, dict)
    assert isinstance(descriptions, dict)
    nouns: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    seen: set[str] = set()
    entries = [(phrase, "organ", organ) for organ, phrases in organs.items() for phrase in phrases]
    for category in ("people", "groups", "things"):
        entries += [(phrase, category.removesuffix("s"), "") for phrase in sorted(_words(data[category]))]
    for phrase, category, organ in entries:
        if phrase not in seen:
            seen.add(phrase)
            parts = tuple(phrase.split())
            nouns.setdefault(parts[-1], []).append((parts, category, organ))
    return GroupWords(
        nouns={word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in nouns.items()},
        name_heads={word: kind for kind, words in heads.items() for word in words},
        descriptions={kind: _words(words) for kind, words in descriptions.items()},
        lists={name: _words(value) for name, value in data.items() if isinstance(value, list)},
    )


def listed(name: str) -> frozenset[str]:
    """One of the plain word lists of `ontology/actors/groups.yaml`.

    >>> "frigate" in listed("vessels")
    True
    """
    return group_words().lists[name]


def is_hyphen(text: str) -> bool:
    """Whether a token is a hyphen or the dash that joins two names ("Israel–Hamas")."""
    return text in _HYPHENS
