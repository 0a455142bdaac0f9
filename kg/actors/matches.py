"""Names of the gazetteer in a text: longest matches, left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.actors.gazetteer import Gazetteer, Sense
from kg.actors.words import Words, is_hyphen, listed, title_words

_LOWER_STARTS: Final = frozenset({"al", "el", "coalition", "de", "ould"})


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the gazetteer in the text: tokens ``start`` to ``end`` (excluded), and its readings."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    @property
    def relation(self) -> str:
        """Relation of the likeliest reading."""
        return self.senses[0].relation

    @property
    def kind(self) -> str:
        """Kind of the likeliest reading."""
        return self.senses[0].entity.kind


def find_matches(words: Words, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Longest matches of the gazetteer, left to right, not overlapping."""
    found: list[Match] = []
    i, n = 0, len(words.text)
    first_in_sentence = set(words.starts)
    while i < n:
        if words.capital(i) or words.lower[i] in _LOWER_STARTS:
            size, senses = gazetteer.longest(words.text, i)
            while size and is_hyphen(words.text[i + size - 1]):
                size -= 1
            if (
                size
                and words.sentence[i] == words.sentence[i + size - 1]
                and _believable(words, i, size, senses, first_in_sentence)
            ):
                if words.lower[i] == "the" and _goes_on(words, i + size):
                    i += 1  # The National Weather Service is not The National's
                    continue
                if (
                    size > 1
                    and words.lower[i] == "the"
                    and (bare := gazetteer.longest(words.text, i + 1))[0] == size - 1
                ):
                    i, size, senses = i + 1, size - 1, bare[1]
                title = int(size > 1 and senses[0].entity.kind == "Person" and words.lower[i] in title_words().heads)
                found.append(Match(i + title, i + size, senses))
                i += size
                continue
        i += 1
    return tuple(found)


def _goes_on(words: Words, i: int) -> bool:
    """Whether a name goes on at a token."""
    return i < len(words.text) and words.capital(i) and words.pos[i] == "PROPN"


def _believable(words: Words, i: int, size: int, senses: Sequence[Sense], first: set[int]) -> bool:
    """A single word that is also a common word must not just be the first of its sentence ("May", "Nice")."""
    if size > 1 or words.pos[i] in ("PROPN", "ADJ", "NOUN"):
        return words.lower[i] not in listed("calendar") or size > 1
    return i not in first and words.pos[i] not in ("DET", "ADP", "PRON", "AUX")
