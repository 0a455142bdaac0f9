"""Whose claim it is: the holder that a standing names, and when a speaker's own act needs none."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.actors import ActorMention, MentionIndex
from kg.claims import Entity, Mention, Role
from kg.documents import Document
from kg.extraction.described import describe
from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Match
from kg.extraction.standing_value import Standing
from kg.extraction.standing_words import StandingWords

#: Lists of nouns that a claim may be attributed to where no actor is found.
_SOURCES: Final = ("speaker-noun", "source-noun", "document-noun")
#: Acts that are done by saying so: who "says that it welcomes the truce" welcomes it.
_SAID: Final = frozenset({"Support", "Request", "Accuse", "Reject", "Threaten"})
_DOERS: Final = ("actor", "subject", "providedBy")


class Holders:
    """Finds the holders of claims in one document.

    Args:
        doc: its parse.
        document: the document.
        mentions: its actors.
        lexicon: which nouns can be a source.
        words: which verbs announce.
    """

    def __init__(
        self, doc: Doc, document: Document, mentions: MentionIndex, lexicon: Lexicon, words: StandingWords
    ) -> None:
        self._doc = doc
        self._document = document
        self._mentions = mentions
        self._nouns = frozenset().union(*(lexicon.words(name) for name in _SOURCES))
        self._announcing = words.announcing

    def settled(self, standing: Standing) -> Standing:
        """A claim of nobody who can be named ("it emerged", "she said") is only possible."""
        if standing.holder is None or self.of(standing) is not None:
            return standing
        return replace(standing, holder=None).weaken("possible")

    def of(self, standing: Standing) -> ActorMention | None:
        """Who claims it: an actor, or a source that words describe ("a witness", "the report")."""
        token = standing.holder
        if token is None:
            return None
        found = self._mentions.at(token)
        if found:
            return found[0]
        if token.pos_ != "PROPN" and not (token.pos_ == "NOUN" and token.lemma_.lower() in self._nouns):
            return None
        described = describe(self._doc, self._document, token, "Actor")
        return ActorMention(
            entity=described.entity, name=described.name, start=described.span.start, end=described.span.end,
            head=token.i, state=None, reason="described in this document", category="group",
            words=described.span.words,
        )  # fmt: skip

    def own(
        self, match: Match, standing: Standing, roles: Iterable[Role], mentions: Iterable[Mention]
    ) -> Standing:
        """An own act that is announced is that act, planned; one that is done by saying so is done: nobody's claim."""
        holder = self.of(standing)
        if holder is None or not _is_own(holder, roles, mentions):
            return standing
        if standing.modality != "actual":
            return replace(standing, holder=None)
        kind, token = match.frame.yields, match.token
        if kind != "Agree" and any(w.lemma_ in self._announcing for w in match.words):
            return replace(standing.weaken("planned"), holder=None)
        if kind in _SAID and token.tag_ in ("VBZ", "VBP"):
            return replace(standing, holder=None)
        return standing


def _is_own(holder: ActorMention, roles: Iterable[Role], mentions: Iterable[Mention]) -> bool:
    """Whether a speaker speaks of an own act: of one's own, or as one of a state of its act."""
    if any(isinstance(r.filler, Entity) and r.name in _DOERS and r.filler.id == holder.entity.id for r in roles):
        return True
    return holder.state is not None and any(m.role in _DOERS and m.state == holder.state for m in mentions)
