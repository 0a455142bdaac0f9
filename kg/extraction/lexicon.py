"""The lexicon: frames by lemma.

Files of ``ontology/lexicon/`` are lists of two kinds of entries (``frame.schema.json`` is their schema): frames, and
lists of words under a name, so that a frame can say ``$troops`` instead of twenty nouns. A user's files have the same
form; a frame or list that bears the name of one of ours replaces it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kg.extraction.frames import Content, Frame, LexicalUnit, PartOfSpeech, Restriction, Slots
from kg.extraction.lexicon_files import Entries, checked_entries, entries, shipped_files

__all__ = [
    "Candidate", "Content", "Frame", "LexicalUnit", "Lexicon", "PartOfSpeech", "Restriction", "Slots", "spelling",
]  # fmt: skip


class Candidate(NamedTuple):
    """A frame that a word may evoke, and the unit by which it does."""

    unit: LexicalUnit
    frame: Frame


def spelling(lemma: str) -> str:
    """One spelling for British and American forms, under which units are filed.

    >>> spelling("recognise") == spelling("Recognize"), spelling("defence") == spelling("defense")
    (True, True)
    """
    word = lemma.lower()
    if len(word) > 5:
        word = word.replace("isation", "ization").replace("defence", "defense").replace("our", "or")
        if word.endswith(("ise", "yse")):
            word = f"{word[:-2]}ze"
    return word


def lemmas(lemma: str) -> tuple[str, ...]:
    """A verb's lemma, and what it may be where the lemmatizer does not know the verb and cuts its ending wrongly.

    >>> lemmas("readmitte"), lemmas("resupplie"), lemmas("spar")
    (('readmitte', 'readmitt', 'readmit'), ('resupplie', 'resupply'), ('spar', 'spare'))
    """
    if lemma.endswith("ie"):
        return lemma, f"{lemma[:-2]}y"
    if not lemma.endswith("e"):
        return lemma, f"{lemma}e"
    bare = lemma[:-1]
    return (lemma, bare, bare[:-1]) if bare[-1:] == bare[-2:-1] else (lemma, bare)


class Lexicon:
    """Frames, found by the lemmas of their units.

    Args:
        frames: all frames.
        words: lists of words by name.
    """

    def __init__(self, frames: Iterable[Frame], words: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.frames: Final = {frame.name: frame for frame in frames}
        self._words = {name: frozenset(members) for name, members in (words or {}).items()}
        self._index: dict[tuple[PartOfSpeech, str], tuple[Candidate, ...]] = {}
        self._light: dict[tuple[str, str], tuple[Candidate, ...]] = {}
        self._file_units()

    @classmethod
    def load(cls, extra: Iterable[str | Path] = ()) -> "Lexicon":
        """The shipped lexicon, with the user's files on top of it.

        Args:
            extra: YAML files of the same form; they are checked against the schema.

        Raises:
            OntologyError: a file is missing or malformed; the message names file, frame and what to do.
        """
        files = tuple(Path(path) for path in extra)
        return _shipped() if not files else _of(entries(shipped_files()).updated(checked_entries(files)))

    def _file_units(self) -> None:
        by_head: dict[tuple[PartOfSpeech, str], list[Candidate]] = {}
        by_pair: dict[tuple[str, str], list[Candidate]] = {}
        for frame in self.frames.values():
            for unit in frame.units:
                by_head.setdefault((unit.pos, spelling(unit.head)), []).append(Candidate(unit, frame))
                if unit.pos == "light":
                    by_pair.setdefault((spelling(unit.head), spelling(unit.noun)), []).append(Candidate(unit, frame))
        self._index = {key: tuple(sorted(found, key=_specificity)) for key, found in by_head.items()}
        self._light = {key: tuple(sorted(found, key=_specificity)) for key, found in by_pair.items()}

    def verb(self, lemma: str) -> tuple[Candidate, ...]:
        """Frames of a verb, also with particles and prepositions, the most specific first."""
        found = (self._index.get(("verb", spelling(form))) for form in lemmas(lemma))
        return next(filter(None, found), ())

    def noun(self, lemma: str) -> tuple[Candidate, ...]:
        """Frames of an event noun, the most specific first."""
        return self._index.get(("noun", spelling(lemma)), ())

    def adjective(self, lemma: str) -> tuple[Candidate, ...]:
        """Frames of a predicative adjective, the most specific first."""
        return self._index.get(("adjective", spelling(lemma)), ())

    def light(self, verb: str, noun: str) -> tuple[Candidate, ...]:
        """Frames of a verb and a noun together ("take part"); the unit says in which slot the noun stands."""
        return self._light.get((spelling(verb), spelling(noun)), ())

    def light_verb(self, lemma: str) -> bool:
        """Whether any light unit has this verb."""
        return ("light", spelling(lemma)) in self._index

    def words(self, name: str) -> frozenset[str]:
        """A list of words by name; empty if there is none."""
        return self._words.get(name, frozenset())


@cache
def _shipped() -> Lexicon:
    return _of(entries(shipped_files()))


def _of(found: Entries) -> Lexicon:
    return Lexicon(found.frames(), found.words)


def _specificity(candidate: Candidate) -> tuple[int, bool, int, int, int]:
    unit, frame = candidate
    return -unit.size, not frame.own, -bool(frame.requires), -bool(frame.excludes or frame.needs), frame.rank
