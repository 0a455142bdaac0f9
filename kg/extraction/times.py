"""When: the date at which a text places what a predicate says, by the parse and the document's date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import MentionIndex
from kg.claims import Mention, Modality, Span, Time
from kg.documents import Document
from kg.extraction.match import Match
from kg.language.times import TimePhrase, find_times

_SUBJECTS: Final = ("nsubj", "nsubjpass")
#: Verbs that say of an event only that it is: their date is the event's.
_HAPPENING: Final = frozenset(
    {"take", "happen", "occur", "begin", "start", "open", "end", "conclude", "continue", "resume", "come", "follow",
     "be", "schedule", "plan", "set", "expect", "hold", "postpone", "call", "break", "last", "carry", "conduct",
     "launch", "make", "sign", "stage", "mount", "announce"}
)  # fmt: skip
#: A date without a year before a noun tells which event is meant ("the June 3 attack"), if it is no older than that.
_RECENT: Final = 60


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date at the word that it modifies."""

    phrase: TimePhrase
    first: int
    attributive: bool


class Times:
    """Dates of one document, at the predicates that they date.

    Args:
        document: the document.
        doc: its parse.
        mentions: its actors; a date in a name is none.
    """

    def __init__(self, document: Document, doc: Doc, mentions: MentionIndex) -> None:
        self.document, self.doc = document, doc
        self.day = _day(document.date)
        self._at: dict[int, list[_Placed]] = {}
        phrases = list(find_times(document.text))
        names = [(m.start, m.end) for m in mentions.all if m.named] if phrases else []
        for phrase in phrases:
            if not any(start <= phrase.first < end for start, end in names):
                self._place(phrase)

    def _place(self, phrase: TimePhrase) -> None:
        span = self.doc.char_span(phrase.first, phrase.first + len(phrase.words), alignment_mode="expand")
        if span is None or (not phrase.before and span.root.pos_ in ("VERB", "AUX")):
            return
        root = span.root
        governor = root.head
        while governor.pos_ in ("ADP", "SCONJ") and governor.head != governor:
            governor = governor.head
        attributive = governor == root.head and root.i < governor.i and governor.pos_ in ("NOUN", "PROPN")
        if governor in span or (phrase.is_year and not phrase.before and not attributive):
            return
        self._at.setdefault(governor.i, []).append(_Placed(phrase, span.start, attributive))

    def of(self, match: Match, modality: Modality) -> tuple[Time, Mention] | None:
        """When a match is placed, and the words that say so; None where none do."""
        if not self._at:
            return None
        found = next(self._found(match), None)
        if found is None:
            return None
        phrase = found.phrase
        value = phrase.value(self.day, future=_is_ahead(match, modality))
        if found.attributive and self._is_far(phrase, value):
            value = ""
        if self.day and value and modality == "actual" and self._is_to_come(value):
            return None  # it dates what is planned
        words = self.document.text[phrase.start : phrase.end]
        span = Span(phrase.start, phrase.end, words)
        reason = "left open" if not value else "as written" if phrase.is_absolute else f"seen from {self.document.date}"
        return Time(value, " ".join(words.split())), Mention("time", "", span, value, reason)

    def _found(self, match: Match) -> Iterator[_Placed]:
        tokens = [match.token, *match.words, *match.merged]
        for token in dict.fromkeys(tokens):
            yield from self._at.get(token.i, ())
        for token in dict.fromkeys(tokens):
            yield from self._inherited(token)

    def _inherited(self, token: Token) -> Iterator[_Placed]:
        """Dates of a clause that what stands in it shares."""
        head = token.head
        if token.pos_ in ("NOUN", "PROPN"):
            if token.dep_ in (*_SUBJECTS, "dobj", "attr") and head.lemma_ in _HAPPENING:
                yield from self._at.get(head.i, ())
        elif token.dep_ == "conj" and head.pos_ == "VERB":  # "On Monday they met and signed"
            yield from (placed for placed in self._at.get(head.i, ()) if placed.first < head.i)
        elif token.dep_ == "advcl" and token.tag_ == "VBG" and not any(c.dep_ == "mark" for c in token.children):
            yield from self._at.get(head.i, ())

    def _is_to_come(self, value: str) -> bool:
        """Whether a date, or a term set to something, lies behind the document's."""
        first, last = Time(value).bounds
        today = str(self.day)
        return first > today or (not first and last > today)

    def _is_far(self, phrase: TimePhrase, value: str) -> bool:
        """Whether a date that tells an event apart is too old to be sure of its year ("the October 7 attacks")."""
        if self.day is None or len(value) != len("2025-01-01") or value[:4] in phrase.words:
            return False
        return abs((date.fromisoformat(value) - self.day).days) > _RECENT


def _is_ahead(match: Match, modality: Modality) -> bool:
    """Whether what a match says lies ahead of the document."""
    if modality in ("planned", "conditional"):
        return True
    verb = match.verb or match.token
    return modality == "possible" and verb.tag_ == "VB"


def _day(value: str | None) -> date | None:
    """The day of a document's date; None where there is none, or only a month or year."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
