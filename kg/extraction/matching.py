"""Matching: which words evoke which frame, and who fills its roles.

Three rules hold for all frames. The most specific unit wins. A noun that a transparent verb governs ("launched an
attack on", "talks were held with") shares that verb's arguments. A predicate that stands in a slot of another of the
same kind ("killed in an attack by") is the same act, and its arguments join.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import MentionIndex
from kg.extraction.answers import answered
from kg.extraction.described import DESCRIBABLE
from kg.extraction.filling import Filling
from kg.extraction.frames import Frame
from kg.extraction.groups import NAME, NAMES, is_body_name
from kg.extraction.joining import joined
from kg.extraction.lexicon import Candidate, Lexicon, spelling
from kg.extraction.match import Match
from kg.extraction.standing import StandingWords
from kg.language.bearers import around
from kg.language.clauses import Clauses, is_passive
from kg.language.sentences import sentence_of
from kg.ontology import Ontology

#: Parts of a verb that a multiword unit may name.
_UNIT_PARTS: Final = frozenset({"prt", "prep", "agent", "advmod", "acomp", "oprd", "attr", "dative"})
#: Slots of a verb whose head a multiword unit may name: "give way", "declare somebody persona non grata".
_UNIT_SLOTS: Final = ("attribute", "object", "complement")
#: Nouns that only count or bundle what follows "of".
_COUNTS: Final = frozenset(
    {"set", "series", "package", "round", "wave", "number", "string", "spate", "barrage", "couple", "range", "host",
     "dozen", "hundred", "raft", "array", "volley", "salvo", "flurry", "new", "majority", "part", "rest", "batch"}
)  # fmt: skip
#: Nouns that say of what sort or size an event is that stands before them.
_SORTS: Final = frozenset(
    {"increase", "hike", "rise", "announcement", "rate", "cut", "reduction", "extension", "regime", "effort",
     "complaint", "case", "vote"}
)  # fmt: skip
#: Acts of two sides alike, of which one may stay unnamed: "the agreement with Chad".
_SYMMETRIC: Final = frozenset({"Agree", "Consult", "Cooperate"})
#: Acts whose object is an act of its own.
_ABOUT_ACTS: Final = frozenset({"Agree", "Reject"})
#: Verbs whose subject is what happens: "talks resume", "clashes erupted".
_OCCURRENCE: Final = frozenset(
    {"resume", "continue", "begin", "start", "follow", "erupt", "occur", "happen", "break", "take", "ensue",
     "intensify"}
)  # fmt: skip


@dataclass(slots=True)
class _Found:
    """What matching one text has found so far: acts by word, and what else the words state beside them."""

    acts: dict[int, Match] = field(default_factory=dict)
    others: list[Match] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)

    def add(self, matches: Sequence[Match], ontology: Ontology) -> None:
        """File the first act, and the first match of each other kind."""
        kinds: set[str] = set()
        for match in matches:
            if ontology.is_act(match.frame.yields):
                if "act" not in kinds:
                    self.acts[match.token.i] = match
                    self.consumed |= {t.i for t in match.words if t != match.token}
                    self.consumed |= {t.i for t in match.merged}
                kinds.add("act")
            elif match.frame.yields not in kinds:
                kinds.add(match.frame.yields)
                self.others.append(match)


class Matcher:
    """Matches frames on the predicates of one text.

    Args:
        doc: the parse.
        clauses: its predicates.
        mentions: its actors.
        lexicon: the frames.
        words: which verbs are transparent.
        ontology: which kinds are acts.
    """

    def __init__(
        self,
        doc: Doc,
        clauses: Clauses,
        mentions: MentionIndex,
        lexicon: Lexicon,
        words: StandingWords,
        ontology: Ontology,
    ) -> None:
        self.doc = doc
        self.clauses = clauses
        self.mentions = mentions
        self.lexicon = lexicon
        self.words = words
        self.ontology = ontology
        self.intents = StandingWords.load()
        self.filling = Filling(doc, clauses, mentions, lexicon)

    def matches(self) -> list[Match]:
        """All matches, in text order; a word may evoke one act, and beside it one frame of each other kind."""
        found = _Found()
        for token in self.doc:
            if token.pos_ in ("VERB", "AUX") and not _is_attribute(token):
                self._match_verb(token, found)
        for token in self.doc:
            unnamed = token.pos_ == "PROPN" and _may_be_common(token) and not self.mentions.at(token)
            if token.pos_ == "NOUN" or unnamed:
                self._match_noun(token, found)
            elif self._is_name(token):
                self._match_noun(token, found, self.lexicon.noun(NAMES))
            elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "attr", "ROOT", "conj", "oprd", "acl", "advcl"):
                self._match_adjective(token, found)
        acts = answered(joined(found.acts, self.lexicon), self.filling.before)
        return sorted([*acts, *found.others], key=lambda m: m.token.i)

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _match_verb(self, verb: Token, found: _Found) -> None:
        light = self._light_matches(verb)
        slots = self.clauses.predicate(verb).slots
        present = {c.lower_: c for c in verb.children if c.dep_ in _UNIT_PARTS}
        held = {t.lemma_ for slot in _UNIT_SLOTS for t in slots.get(slot, ())}
        plain: list[Match] = []
        for candidate in self.lexicon.verb(verb.lemma_):
            words = candidate.unit.words
            if all(w in present or w in slots or w in held for w in words):
                own = (verb, *(present[w] for w in words if w in present))
                match = self._complete(candidate, verb, own, verb, slots)
                if match is not None:
                    plain.append(match)
        found.add([*light, *plain], self.ontology)

    def _light_matches(self, verb: Token) -> list[Match]:
        if not self.lexicon.light_verb(verb.lemma_):
            return []
        matches: list[Match] = []
        slots = self.clauses.predicate(verb).slots
        nouns = [(slot, t) for slot, tokens in slots.items() for t in tokens if t.pos_ in ("NOUN", "PROPN")]
        for slot, noun in nouns:
            for candidate in self.lexicon.light(verb.lemma_, noun.lemma_):
                if candidate.unit.slot == ("object" if slot == "attribute" else slot):
                    shared = _join_slots(slots, self.clauses.predicate(noun).slots, leave=noun)
                    words = tuple(sorted((verb, noun), key=lambda t: t.i))
                    match = self._complete(candidate, noun, words, verb, shared)
                    matches += [match] if match is not None else []
        return matches

    # -- nouns and adjectives ------------------------------------------------------------------------------------

    def _is_name(self, token: Token) -> bool:
        """Whether a token heads the name of a body: of no person, state or known place."""
        if token.pos_ != "PROPN" or token.dep_ in ("compound", "nmod", "amod", "npadvmod"):
            return False
        return token.ent_type_ not in ("DATE", "TIME") and all(is_body_name(m) for m in self.mentions.at(token))

    def _match_noun(self, noun: Token, found: _Found, names: Sequence[Candidate] = ()) -> None:
        candidates = names or self.lexicon.noun(noun.lemma_) or self._singular(noun)
        if not candidates:
            return
        verb = self._transparent_host(noun)
        slots = dict(self.clauses.predicate(noun).slots)
        if _is_inside(noun):  # "a tariff increase on steel": what stands around the head is said of it
            slots = _join_slots(slots, self.clauses.predicate(noun.head).slots, leave=noun)
        if verb is not None and "with" not in slots and self._asks(found.acts.get(verb.i)):
            verb = None
        if verb is not None:
            host = {k: v for k, v in self.clauses.predicate(verb).slots.items() if k not in ("object", "complement")}
            slots = _join_slots(slots, host, leave=noun)
        else:
            slots.pop("host", None)
        slots |= around(self.clauses, noun)
        left = [_spellings(t) for t in self.doc[max(sentence_of(noun).start, noun.i - 4) : noun.i]]
        right = [_spellings(t) for t in self.doc[noun.i + 1 : noun.i + 5]]
        matches: list[Match] = []
        for candidate in candidates:
            if candidate.unit.stands_between(left, right):
                before, after = len(candidate.unit.before), len(candidate.unit.after)
                words = tuple(self.doc[noun.i - before : noun.i + after + 1])
                match = self._complete(candidate, noun, words, verb, slots)
                if match is not None and not (noun.i in found.consumed and self.ontology.is_act(match.frame.yields)):
                    matches.append(match)
        if noun.i in found.acts:
            matches = [m for m in matches if not self.ontology.is_act(m.frame.yields)]
        found.add(matches, self.ontology)

    def _asks(self, match: Match | None) -> bool:
        """Whether somebody else is asked to act: who asks does not."""
        return match is not None and match.frame.yields == "Request" and match.token.lemma_ not in ("seek", "want")

    def _singular(self, noun: Token) -> tuple[Candidate, ...]:
        """Frames of a common noun that a capital made a name of, so that the lemmatizer left its plural."""
        if noun.pos_ != "PROPN":
            return ()
        word = noun.lower_
        forms = (word, word.removesuffix("s"), word.removesuffix("es"))
        return next((found for form in forms if (found := self.lexicon.noun(form))), ())

    def _transparent_host(self, noun: Token) -> Token | None:
        """The verb whose arguments an event noun shares, because the verb adds only phase, occurrence or intent."""
        top = noun.head if _is_inside(noun) else noun
        while (top.dep_ == "conj" and top.head.pos_ == "NOUN") or _is_counted(top):
            top = top.head.head if top.dep_ == "pobj" else top.head
        verb = top.head
        if top.dep_ == "pobj" and verb.dep_ == "prep":
            verb = verb.head
        elif top.dep_ not in ("dobj", "nsubjpass", "attr", "oprd", "nsubj"):
            return None
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        intends = bool(self.intents.of(verb) & {"planned", "possible", "not planned"})
        if top.dep_ == "nsubj":
            return verb if verb.lemma_ in _OCCURRENCE and not is_passive(verb) else None
        if top.dep_ == "pobj":
            return verb if intends else None
        return verb if intends or verb.lemma_ in self.words.transparent else None

    def _match_adjective(self, adjective: Token, found: _Found) -> None:
        slots = self.clauses.predicate(adjective).slots
        matches = [
            self._complete(candidate, adjective, (adjective,), None, slots)
            for candidate in self.lexicon.adjective(adjective.lemma_)
            if all(w in slots for w in candidate.unit.words)
        ]
        found.add([m for m in matches if m is not None], self.ontology)

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
        slots = {**slots, "itself": (token,)}
        if not frame.fits(self._held(frame, slots)):
            return None
        merged: list[Token] = []
        for slot in frame.absorbs:
            for noun in slots.get(slot, ()):
                if self._is_part(noun, frame):
                    merged.append(noun)
                slots = _join_slots(slots, self.clauses.predicate(noun).slots, leave=None)
        fillers = self.filling.fill(frame, frame.slots(unit.pos), slots)
        if frame.content is not None and frame.content.actor == "target" and not fillers.get("target"):
            fillers |= self.filling.asked(frame, slots, {m.entity.id for m in fillers.get("actor", ())})
        nominal = unit.pos == "noun"
        if nominal and "actor" in frame.noun_roles and not fillers.get("actor"):
            fillers |= self.filling.involved(frame, token, {m.entity.id for m in fillers.get("target", ())})
        if not nominal and "actor" in frame.roles and not fillers.get("actor") and is_passive(token):
            fillers |= self.filling.announcer(frame, token, {m.entity.id for m in fillers.get("target", ())})
        one_side = frame.yields in _SYMMETRIC and frame.mutual and fillers.get("target")
        needed = () if one_side else frame.needs
        if any(not fillers.get(r) and not self._fills_by_words(frame, r, slots, nominal) for r in needed):
            return None
        return Match(frame, token, words, verb, slots, fillers, tuple(merged), nominal)

    def _is_part(self, noun: Token, frame: Frame) -> bool:
        """Whether an absorbed noun states no act of its own: what is agreed or rejected does, "lifts sanctions" not."""
        stated = {c.frame.yields for c in self.lexicon.noun(noun.lemma_)}
        return bool(stated) and (frame.yields in stated or frame.yields not in _ABOUT_ACTS)

    def _fills_by_words(self, frame: Frame, role: str, slots: Mapping[str, tuple[Token, ...]], nominal: bool) -> bool:
        if self.ontology.role(role).filler == "entity" and not DESCRIBABLE.intersection(frame.types.get(role, ())):
            return False
        wanted = (frame.noun_roles if nominal else frame.roles).get(role, ())
        return any(slots.get(part) for slot in wanted for part in slot.split("+"))

    def _held(self, frame: Frame, slots: Mapping[str, tuple[Token, ...]]) -> dict[str, set[str]]:
        """For each slot that the frame restricts: lemmas and entity classes of what stands there."""
        named = {slot for restriction in (*frame.requires, *frame.excludes) for slot in restriction}
        held: dict[str, set[str]] = {}
        for slot in named:
            for token in slots.get(slot, ()):
                words = held.setdefault(slot, set())
                kinds = {m.entity.kind for m in self.mentions.at(token)}
                if not (kinds and token.pos_ == "PRON" and slot == "subject"):  # it is whom it stands for
                    words |= {token.lemma_.lower(), token.lower_}
                words |= {c.lower_ for c in token.children if c.dep_ in ("compound", "amod", "det")}
                words |= kinds | {"Actor"} if kinds else kinds
                words |= {NAME} if self._is_name(token) else set()
        return held


def _join_slots(
    first: Mapping[str, tuple[Token, ...]], second: Mapping[str, tuple[Token, ...]], *, leave: Token | None
) -> dict[str, tuple[Token, ...]]:
    found = {slot: tuple(t for t in tokens if t != leave) for slot, tokens in first.items()}
    for slot, tokens in second.items():
        held = found.get(slot, ())
        found[slot] = (*held, *(t for t in tokens if t != leave and t not in held))
    return {slot: tokens for slot, tokens in found.items() if tokens}


def _is_counted(noun: Token) -> bool:
    """"A set of sanctions": the noun that carries the sense stands behind "of"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in _COUNTS


def _is_inside(noun: Token) -> bool:
    """An event noun before one that says only of what sort or size it is: "tariff increase"."""
    return noun.dep_ == "compound" and noun.head.lemma_ in _SORTS and noun.head.i - noun.i <= 2


def _may_be_common(token: Token) -> bool:
    """A word tagged as a name that need be none: in lower case, or with the capital that opens a sentence."""
    return token.text.islower() or bool(token.is_sent_start)


def _is_attribute(verb: Token) -> bool:
    """A participle before a noun that names no doer ("the disputed islands"): a property, not an act."""
    return verb.dep_ == "amod" and not any(c.dep_ in ("npadvmod", "compound", "nmod", "nsubj") for c in verb.children)


def _spellings(token: Token) -> set[str]:
    return {token.lower_, token.lemma_.lower(), spelling(token.lemma_)}
