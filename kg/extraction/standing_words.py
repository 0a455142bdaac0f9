"""The words that decide how far a text vouches for what they govern, read from ``standing.yaml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from spacy.tokens import Token

from kg.claims import Modality
from kg.errors import OntologyError
from kg.extraction.frames import Frame
from kg.resources import resource

_POS: Final = {
    "VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADV": "adverbs",
}  # fmt: skip
_UNITS: Final = {"verb": "verbs", "noun": "nouns", "adjective": "adjectives"}
#: Lists of single words, by the attribute that holds them.
_LISTS: Final = (
    "transparent", "negators", "reporting", "blaming", "dismissing", "demanding", "presupposing", "achieved",
    "phases", "background", "undecided", "containing", "announcing", "disputing", "causing", "intending", "expressing",
    "uttered", "supposing", "ending", "states", "nearly", "unreal", "feigned", "implicative", "factive", "factual",
    "accounts", "giving",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandingWords:
    """The words of ``standing.yaml``, indexed.

    Attributes:
        views: views that a lemma opens, by (part of speech, lemma); of a verb also with its particle or preposition.
        modals: modality of a modal verb's form.
        transparent: lemmas of verbs that add only phase or occurrence.
        negators: words that deny.
        reporting: verbs of speech whose object, an event noun, is what they claim.
        blaming: verbs of speech whose prepositional noun is what they claim.
        dismissing: verbs whose subject does not share the claim that is their object.
        disputing: verbs whose subject says that the claim that is their object is not so.
        demanding: verbs of speech that demand, where the verb of their clause is a bare subjunctive.
        presupposing: verbs against something: of what is there already, where the noun phrase is definite.
        achieved: event nouns that are there once they are announced.
        phases: verbs that end what is named by a participle: it took place.
        background: conjunctions and prepositions of what is told as known, whoever speaks.
        undecided: verbs of a plan whose denial leaves it open.
        announcing: verbs whose object stands as it would without them, only announced.
        containing: verbs by which a plan or proposal says what belongs to it.
        causing: verbs that bring about what their infinitive says: "prompted the navy to intervene".
        intending: words of a plan that is no promise.
        expressing: verbs whose act is the saying itself: done where it is what a crowd marches to do.
        uttered: nouns and verbs of threats, offers, demands: made, whatever their content hangs on.
        supposing: verbs whose whole clause, with all that hangs on it, is only imagined.
        ending: verbs that end a state: who ceases to lead does not lead.
        bygone: adverbs and phrases of a state that is over, beside a past verb.
        states: verbs of a state, over where they stand in the past perfect.
        nearly: adverbs of what did not quite happen.
        unreal: nouns and phrases of worlds that are not real: "novel", "in theory".
        feigned: adjectives of what only looks like it.
        implicative: verbs whose infinitive is done: "managed to free".
        factive: verbs whose clause is taken as known: "discovered that".
        factual: adjectives whose infinitive is done: "was quick to condemn".
        accounts: nouns by which a phrase names a source: "by Libya's account".
        giving: verbs by which a lead goes from their subject to somebody else.
        before: view that a phrase opens on the word that it stands before: "instead of", "on the brink of".
        predicates: view that a phrase behind a copula opens on its subject: "in the offing".
        occurrence: conjunctions that open a condition.
        absence: conjunctions that open a negative one.
        phrases: prepositional phrases and conjunctions of several words that open a condition.
        order: conjunctions and prepositions of time that condition what is planned.
    """

    views: Mapping[tuple[str, str], frozenset[str]]
    modals: Mapping[str, Modality]
    transparent: frozenset[str]
    negators: frozenset[str]
    reporting: frozenset[str]
    blaming: frozenset[str]
    dismissing: frozenset[str]
    demanding: frozenset[str]
    presupposing: frozenset[str]
    achieved: frozenset[str]
    phases: frozenset[str]
    background: frozenset[str]
    undecided: frozenset[str]
    containing: frozenset[str]
    announcing: frozenset[str]
    disputing: frozenset[str]
    causing: frozenset[str]
    intending: frozenset[str]
    expressing: frozenset[str]
    uttered: frozenset[str]
    supposing: frozenset[str]
    ending: frozenset[str]
    bygone: Mapping[tuple[str, ...], str]
    states: frozenset[str]
    nearly: frozenset[str]
    unreal: frozenset[str]
    feigned: frozenset[str]
    implicative: frozenset[str]
    factive: frozenset[str]
    factual: frozenset[str]
    accounts: frozenset[str]
    giving: frozenset[str]
    before: Mapping[tuple[str, ...], str]
    predicates: Mapping[tuple[str, ...], str]
    occurrence: frozenset[str]
    absence: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    order: frozenset[str]

    @classmethod
    @cache
    def load(cls, path: Path | None = None) -> "StandingWords":
        """Read the words; `OntologyError` if the file lacks a part."""
        path = path or resource("ontology", "lexicon", "standing.yaml")
        data = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        try:
            return cls(
                views=_views(data),
                modals={form: modality for modality, forms in data["modals"].items() for form in forms},
                occurrence=frozenset(data["conditions"]["occurrence"]),
                absence=frozenset(data["conditions"]["absence"]),
                phrases=_phrases(data["conditions"]["phrases"]),
                before=_by_phrase(data["before"]),
                predicates=_by_phrase(data["predicates"]),
                bygone=_by_phrase({"over": data["bygone"]}),
                order=frozenset(data["conditions"]["order"]),
                **{name: frozenset(data[name]) for name in _LISTS},
            )
        except (KeyError, TypeError, AttributeError) as error:
            problem = f"{path}: {error} is missing or malformed"
            raise OntologyError(problem, hint="compare it with the shipped file") from error

    def with_frames(self, frames: Iterable[Frame]) -> "StandingWords":
        """Also what communicative frames make of their content, for single words that the list has not.

        A unit of several words says nothing of its head alone: "go on" is speech, "go" is not.
        """
        views = dict(self.views)
        for frame in frames:
            view = _view_of(frame)
            for unit in frame.units if view else ():
                key = (_UNITS.get(unit.pos, ""), unit.head)
                alone = not (unit.words or unit.before or unit.after or unit.head in self.transparent)
                if key[0] and alone and key not in self.views:
                    views[key] = views.get(key, frozenset()) | {view}
        return replace(self, views=views)

    def governs(self, token: Token, preposition: str) -> bool:
        """Whether a word opens a view through just this preposition: "attempt at"."""
        return (_POS.get(token.pos_, ""), f"{token.lemma_.lower()} {preposition}") in self.views

    def of(self, token: Token, preposition: str = "") -> frozenset[str]:
        """Views that a token opens on what it governs, be it through a preposition.

        A verb with a particle is a word of its own: "rule out" does not open the view of "rule".
        """
        pos, lemma = _POS.get(token.pos_, ""), token.lemma_.lower()
        particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "") if pos == "verbs" else ""
        if particle:
            return self.views.get((pos, f"{lemma} {particle}"), frozenset())
        through = self.views.get((pos, f"{lemma} {preposition}")) if preposition else None
        return self.views.get((pos, lemma), frozenset()) if through is None else through


def _phrases(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


def _by_phrase(lists: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {phrase: view for view, held in lists.items() for phrase in _phrases(held)}


def _views(data: Mapping[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    views: dict[tuple[str, str], set[str]] = {}
    sections = [(view, data[view]) for view in ("speech", "planned", "possible")]
    sections += [(f"not {modality}", data["negated"][modality]) for modality in ("actual", "planned")]
    for view, by_pos in sections:
        for pos, lemmas in by_pos.items():
            for lemma in lemmas:
                views.setdefault((pos, lemma), set()).add(view)
    return {key: frozenset(value) for key, value in views.items()}


def _view_of(frame: Frame) -> str:
    content = frame.content
    if content is None:
        return ""
    if content.negated:
        return "not planned" if content.modality == "planned" else "not actual"
    if content.holder:
        return "speech"
    return content.modality if content.modality in ("planned", "possible") else ""
