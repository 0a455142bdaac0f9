"""Whom a guarantee is for, where its own words do not say: partners, the addressee of the undertaking, the place."""

from collections.abc import Iterator, Mapping
from typing import Final

from spacy.tokens import Doc

from kg.actors import ActorMention, MentionIndex
from kg.claims import Mention, Role
from kg.extraction.described import Descriptions
from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Match

_PLACES: Final = ("object", "for", "of", "in", "on", "at", "to")
#: Governing acts whose addressee may be the beneficiary.
_GOVERNORS: Final = 3


class Beneficiaries:
    """Finds beneficiaries in the words around a guarantee.

    Args:
        doc: the parse.
        mentions: its actors.
        descriptions: what it describes.
        lexicon: which nouns are forces and facilities.
    """

    def __init__(self, doc: Doc, mentions: MentionIndex, descriptions: Descriptions, lexicon: Lexicon) -> None:
        self.doc = doc
        self.mentions = mentions
        self.descriptions = descriptions
        self._served = frozenset().union(*map(lexicon.words, ("deployed", "mechanism-nouns", "facility-nouns")))

    def of(self, match: Match, by_token: Mapping[int, Match]) -> list[ActorMention]:
        """Actors: whose partners promise, whom the promise addresses, whose waters are patrolled.

        Args:
            match: the guarantee.
            by_token: acts by the words that tell them.
        """
        providers = match.get("providedBy")
        own = {m.entity.id for m in providers} | {m.state for m in providers if m.state}
        above = [by_token[a.i] for a in match.token.ancestors if a.i in by_token][:_GOVERNORS]
        for candidates in (self._partners(match), *(a.get("target") for a in above), self._placed(match)):
            others = [m for m in candidates if m.entity.id not in own and m.state not in own]
            found = [m for m in others if m.entity.kind != "Person"]
            if found:
                return found
        return []

    def _partners(self, match: Match) -> list[ActorMention]:
        heads = (self.doc[m.head] for m in match.get("providedBy"))
        return [m for h in heads for c in h.children if c.dep_ == "poss" for m in self.mentions.at(c)]

    def _placed(self, match: Match) -> list[ActorMention]:
        heads = [t for slot in _PLACES for t in match.slots.get(slot, ()) if t.i > match.token.i]
        return [m for t in heads for inner in t.subtree for m in self.mentions.at(inner)]

    def troops(self, match: Match) -> Iterator[tuple[Role, Mention]]:
        """A force or mission that is funded, armed or carried: "pay for the monitors"."""
        for slot in match.roles.get("beneficiary", ()):
            for token in match.slots.get(slot, ()):
                if token.pos_ == "NOUN" and token.lemma_.lower() in self._served:
                    found = self.descriptions.describe(token, ["Force", "Mechanism"])
                    reason = "described in this document"
                    mention = Mention("beneficiary", found.entity.id, found.span, found.name, reason)
                    yield Role("beneficiary", found.entity), mention
