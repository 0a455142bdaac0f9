"""Matching: which words evoke which frame, and who fills its roles.

Three rules hold for all frames. The most specific unit wins. A noun that a transparent verb governs ("launched an
attack on", "talks were held with") shares that verb's arguments. A predicate that stands in a slot of another of the
same kind ("killed in an attack by") is the same act, and its arguments join.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex
from kg.extraction.frames import Frame, Slots
from kg.extraction.lexicon import Candidate, Lexicon, spelling
from kg.extraction.standing import StandingWords
from kg.language.clauses import Clauses, Predicate, is_passive

#: Where to look inside a noun phrase that itself names no actor: "a Russian vessel", "the ports of Ukraine".
_INSIDE: Final = ("owner", "modifier", "of", "from", "by", "in", "at", "near", "against", "on", "to", "with", "for")
_INSIDE_DEPTH: Final = 3
_EVENT_POS: Final = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}

Fillers = tuple[ActorMention, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A frame evoked at a place of the text.

    Attributes:
        frame: the frame.
        token: the word that carries the sense; of a light unit, the noun.
        words: every word of the unit, in text order.
        verb: the verb whose arguments it uses, if any: its own or a transparent one.
        slots: heads of its arguments.
        fillers: actors by role.
        merged: heads of further predicates that state the same act.
    """

    frame: Frame
    token: Token
    words: tuple[Token, ...]
    verb: Token | None
    slots: Mapping[str, tuple[Token, ...]]
    fillers: Mapping[str, Fillers]
    merged: tuple[Token, ...] = ()

    @property
    def anchor(self) -> Token:
        """The word whose scope decides the standing: the light verb, if it is one with the noun."""
        return self.verb if self.verb is not None and self.verb in self.words else self.token

    def get(self, role: str) -> Fillers:
        """Actors that fill a role."""
        return self.fillers.get(role, ())


@dataclass(slots=True)
class _Found:
    """What matching one text has found so far."""

    matches: dict[int, Match] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)


class Matcher:
    """Matches frames on the predicates of one text.

    Args:
        doc: the parse.
        clauses: its predicates.
        mentions: its actors.
        lexicon: the frames.
        words: which verbs are transparent.
    """

    def __init__(
        self, doc: Doc, clauses: Clauses, mentions: MentionIndex, lexicon: Lexicon, words: StandingWords
    ) -> None:
        self.doc = doc
        self.clauses = clauses
        self.mentions = mentions
        self.lexicon = lexicon
        self.words = words

    def matches(self) -> list[Match]:
        """All matches, in text order."""
        found = _Found()
        for token in self.doc:
            if token.pos_ in ("VERB", "AUX"):
                self._match_verb(token, found)
        for token in self.doc:
            if token.i in found.consumed or token.i in found.matches:
                continue
            if token.pos_ == "NOUN":
                self._match_noun(token, found)
            elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "attr", "ROOT", "conj", "oprd", "acl", "advcl"):
                self._match_adjective(token, found)
        return self._joined(found)

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _match_verb(self, verb: Token, found: _Found) -> None:
        light = self._light_match(verb)
        if light is not None:
            found.matches[light.token.i] = light
            found.consumed.add(verb.i)
            return
        candidates = self.lexicon.verb(verb.lemma_)
        if not candidates:
            return
        slots = self.clauses.predicate(verb).slots
        present = {c.lower_: c for c in verb.children if c.dep_ in ("prt", "prep", "agent", "advmod", "acomp", "oprd", "attr", "dative")}
        for candidate in candidates:
            if not all(w in present or w in slots or any(w == t.lemma_ for t in slots.get("attribute", ())) for w in candidate.unit.words):
                continue
            match = self._complete(candidate, verb, (verb, *(present[w] for w in candidate.unit.words if w in present)), verb, slots)
            if match is not None:
                absorbed = self._absorbed(match)
                found.consumed |= {t.i for t in absorbed}
                found.matches[verb.i] = match
                return

    def _light_match(self, verb: Token) -> Match | None:
        if not self.lexicon.light_verb(verb.lemma_):
            return None
        slots = self.clauses.predicate(verb).slots
        for slot, tokens in slots.items():
            for noun in tokens:
                if noun.pos_ not in ("NOUN", "PROPN"):
                    continue
                for candidate in self.lexicon.light(verb.lemma_, noun.lemma_):
                    if candidate.unit.slot != slot:
                        continue
                    joined = self._join_slots(slots, self.clauses.predicate(noun).slots, leave=noun)
                    words = tuple(sorted((verb, noun), key=lambda t: t.i))
                    match = self._complete(candidate, noun, words, verb, joined)
                    if match is not None:
                        return match
        return None

    def _absorbed(self, match: Match) -> list[Token]:
        """Event nouns that are part of a verb's act ("lifts sanctions")."""
        return [
            t for slot in match.frame.absorbs for t in match.slots.get(slot, ()) if t.pos_ == "NOUN" and self.lexicon.noun(t.lemma_)
        ]  # fmt: skip

    # -- nouns and adjectives ------------------------------------------------------------------------------------

    def _match_noun(self, noun: Token, found: _Found) -> None:
        candidates = self.lexicon.noun(noun.lemma_)
        if not candidates:
            return
        predicate = self.clauses.predicate(noun)
        verb = self._transparent_host(noun)
        slots = predicate.slots
        if verb is not None:
            host = self.clauses.predicate(verb).slots
            slots = self._join_slots(slots, {k: v for k, v in host.items() if k not in ("object", "complement")}, leave=noun)
        else:
            slots = {k: v for k, v in slots.items() if k != "host"}
        left = [_spellings(t) for t in self.doc[max(noun.sent.start, noun.i - 4) : noun.i]]
        right = [_spellings(t) for t in self.doc[noun.i + 1 : noun.i + 5]]
        for candidate in candidates:
            if not candidate.unit.stands_between(left, right):
                continue
            before, after = len(candidate.unit.before), len(candidate.unit.after)
            words = tuple(self.doc[noun.i - before : noun.i + after + 1])
            match = self._complete(candidate, noun, words, verb, slots)
            if match is not None:
                found.matches[noun.i] = match
                return

    def _transparent_host(self, noun: Token) -> Token | None:
        """The verb whose arguments an event noun shares, because the verb adds only phase, occurrence or intent."""
        top = noun
        while top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top = top.head
        verb = top.head
        if top.dep_ in ("pobj",) and verb.dep_ == "prep":
            verb = verb.head
        elif top.dep_ not in ("dobj", "nsubjpass", "attr", "oprd", "nsubj"):
            return None
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        if top.dep_ == "nsubj" and (is_passive(verb) or verb.lemma_ not in ("resume", "continue", "begin", "start", "follow")):
            return None
        if top.dep_ == "pobj" and not self.words.of(verb) & {"planned", "possible", "not planned"}:
            return None
        if verb.lemma_ in self.words.transparent or self.words.of(verb) & {"planned", "possible", "not planned"}:
            return verb
        return None

    def _match_adjective(self, adjective: Token, found: _Found) -> None:
        for candidate in self.lexicon.adjective(adjective.lemma_):
            slots = self.clauses.predicate(adjective).slots
            if all(w in slots for w in candidate.unit.words):
                match = self._complete(candidate, adjective, (adjective,), None, slots)
                if match is not None:
                    found.matches[adjective.i] = match
                    return

    # -- roles ---------------------------------------------------------------------------------------------------

    def _complete(
        self,
        candidate: Candidate,
        token: Token,
        words: tuple[Token, ...],
        verb: Token | None,
        slots: Mapping[str, tuple[Token, ...]],
    ) -> Match | None:
        """Fill the roles of a candidate; None if its restrictions or needs are not met."""
        unit, frame = candidate
        if not frame.fits(self._held(frame, slots)):
            return None
        for slot in frame.absorbs:
            for noun in slots.get(slot, ()):
                slots = self._join_slots(slots, self.clauses.predicate(noun).slots, leave=None)
        fillers = self._fill(frame, frame.slots(unit.pos), slots, token)
        if any(not fillers.get(role) and not self._fills_by_words(frame, role, slots, unit.pos == "noun") for role in frame.needs):
            return None
        return Match(frame, token, words, verb, slots, fillers)

    def _fills_by_words(self, frame: Frame, role: str, slots: Mapping[str, tuple[Token, ...]], nominal: bool) -> bool:
        wanted = (frame.noun_roles if nominal else frame.roles).get(role, ())
        return any(slots.get(slot) for slot in wanted)

    def _held(self, frame: Frame, slots: Mapping[str, tuple[Token, ...]]) -> dict[str, set[str]]:
        """For each slot that the frame restricts: lemmas and entity classes of what stands there."""
        named = {slot for restriction in (*frame.requires, *frame.excludes) for slot in restriction}
        held: dict[str, set[str]] = {}
        for slot in named:
            for token in slots.get(slot, ()):
                words = held.setdefault(slot, set())
                words |= {token.lemma_.lower(), token.lower_}
                words |= {c.lower_ for c in token.children if c.dep_ in ("compound", "amod")}
                words |= {m.entity.kind for m in self.mentions.at(token)} | ({"Actor"} if self.mentions.at(token) else set())
        return held

    def _fill(self, frame: Frame, roles: Slots, slots: Mapping[str, tuple[Token, ...]], token: Token) -> dict[str, Fillers]:
        fillers: dict[str, Fillers] = {}
        for role, alternatives in roles.items():
            for slot in alternatives:
                found = self._actors(slots.get(slot, ()), frame.types.get(role, ()), modifier=slot == "modifier")
                taken = {m.entity.id for other, held in fillers.items() for m in held if other != role}
                found = tuple(m for m in found if m.entity.id not in taken)
                if found:
                    fillers[role] = found
                    break
        return fillers

    def _actors(self, tokens: Sequence[Token], types: tuple[str, ...], *, modifier: bool = False) -> Fillers:
        found: dict[str, ActorMention] = {}
        for token in tokens:
            for mention in self.actors_of(token, inside=not modifier):
                if not types or "Actor" in types or mention.entity.kind in types:
                    found.setdefault(mention.entity.id, mention)
        return tuple(found.values())

    def actors_of(self, token: Token, *, inside: bool = True, depth: int = 0) -> Fillers:
        """Actors that a noun phrase names, by its head or else by what stands in it."""
        own = self.mentions.at(token)
        if own or not inside or depth >= _INSIDE_DEPTH:
            return own
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"):
            return ()
        slots = self.clauses.predicate(token).slots if token.pos_ in ("NOUN", "PROPN") else {}
        for slot in _INSIDE:
            found = [m for t in slots.get(slot, ()) for m in self.actors_of(t, inside=slot != "modifier", depth=depth + 1)]
            if found:
                return tuple(found)
        return ()

    def _join_slots(
        self, first: Mapping[str, tuple[Token, ...]], second: Mapping[str, tuple[Token, ...]], *, leave: Token | None
    ) -> dict[str, tuple[Token, ...]]:
        joined = {slot: tuple(t for t in tokens if t != leave) for slot, tokens in first.items()}
        for slot, tokens in second.items():
            joined[slot] = (*joined.get(slot, ()), *(t for t in tokens if t != leave and t not in joined.get(slot, ())))
        return {slot: tokens for slot, tokens in joined.items() if tokens}

    # -- the same act twice --------------------------------------------------------------------------------------

    def _joined(self, found: _Found) -> list[Match]:
        """Join a match with another of the same kind that stands in one of its slots."""
        matches = dict(sorted(found.matches.items()))
        for position, match in list(matches.items()):
            for slot, tokens in match.slots.items():
                if slot in ("complement", "purpose", "host") or slot.endswith("-ing"):
                    continue
                for token in tokens:
                    other = matches.get(token.i)
                    if other is not None and other is not match and other.frame.yields == match.frame.yields:
                        matches[position] = match = _join(match, other)
                        del matches[token.i]
        return list(matches.values())


def _join(match: Match, other: Match) -> Match:
    """One match of two: the roles that the first leaves open are filled by the second."""
    fillers = dict(match.fillers)
    for role, mentions in other.fillers.items():
        if not fillers.get(role):
            taken = {m.entity.id for held in fillers.values() for m in held}
            fillers[role] = tuple(m for m in mentions if m.entity.id not in taken)
    return replace(match, fillers=fillers, merged=(*match.merged, other.token, *other.merged))


def _spellings(token: Token) -> set[str]:
    return {token.lower_, token.lemma_.lower(), spelling(token.lemma_)}


def triggers(matches: Sequence[Match]) -> Iterator[tuple[int, Match]]:
    """Every word that a match stands for, with the match."""
    for match in matches:
        for token in (match.token, *match.merged, *((match.verb,) if match.verb is not None and match.verb in match.words else ())):
            yield token.i, match
