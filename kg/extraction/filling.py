"""Filling roles: which actors stand in the slots of a predicate, and who is meant where none does."""

from collections.abc import Mapping, Sequence
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex
from kg.extraction.frames import Frame, Slots
from kg.extraction.lexicon import Lexicon
from kg.extraction.match import Fillers
from kg.language.bearers import apposed, involved
from kg.language.clauses import Clauses, coordinated
from kg.language.sentences import sentence_of

#: Where to look inside a noun phrase that itself names no actor: "a Russian vessel", "the ports of Ukraine".
_INSIDE: Final = ("owner", "modifier", "of", "from", "by", "in", "at", "near", "against", "on", "to", "with", "for")
#: The same for who acts: "strikes in Syria" are not Syria's.
_AGENTS: Final = ("owner", "modifier", "of", "from", "by")
_INSIDE_DEPTH: Final = 3
#: Slots that are no prepositions, and prepositions that belong to a noun.
_NOT_PREPOSITIONS: Final = frozenset(
    {"subject", "object", "indirect", "complement", "attribute", "purpose", "owner", "modifier", "host", "itself",
     "bearer", "governor", "verb", "of", "by"}
)  # fmt: skip


class Filling:
    """Fills roles with the actors of one text.

    Args:
        doc: the parse.
        clauses: its predicates.
        mentions: its actors.
        lexicon: which nouns are events, which are machines.
    """

    def __init__(self, doc: Doc, clauses: Clauses, mentions: MentionIndex, lexicon: Lexicon) -> None:
        self.doc = doc
        self.clauses = clauses
        self.mentions = mentions
        self.lexicon = lexicon

    def fill(self, frame: Frame, roles: Slots, slots: Mapping[str, tuple[Token, ...]]) -> dict[str, Fillers]:
        """Actors by role: for each, of the first of its slots that holds some."""
        fillers: dict[str, Fillers] = {}
        for role, alternatives in roles.items():
            for slot in alternatives:
                if slot == "itself" and any(slots.get(part) for other in alternatives for part in other.split("+")
                                            if other != slot):  # fmt: skip
                    continue  # what is told beside it is meant, though no actor is known by that name
                held = tuple(t for part in slot.split("+") for t in slots.get(part) or self._inside_object(part, slots))
                if not held and slot == "against" and role == "target":
                    held = self._stray(slot, slots["itself"][0])
                types = frame.types.get(role, ())
                found = self.actors(held, types, modifier=slot == "modifier", author=slot == "subject")
                if slot == "object" and role == "target" and frame.yields == "Aid":
                    found = self._receivers(held, found)
                if slot == "clause":
                    found = self._around(slots["itself"][0], types)
                taken = {m.entity.id for other, held in fillers.items() for m in held if other != role}
                found = tuple(m for m in found if m.entity.id not in taken)
                if role == "actor" and slot == "modifier":  # "the Geneva talks", "the Marseille attack"
                    found = tuple(m for m in found if m.entity.kind != "Region" or self.doc[m.head].tag_ == "JJ")
                if found:
                    fillers[role] = found
                    break
        return fillers

    def _inside_object(self, slot: str, slots: Mapping[str, tuple[Token, ...]]) -> tuple[Token, ...]:
        """A preposition that the parser hung on the object: "build hubs across the country"."""
        if slot in _NOT_PREPOSITIONS:
            return ()
        nouns = [t for t in slots.get("object", ()) if t.pos_ == "NOUN"]
        return tuple(t for noun in nouns for t in self.clauses.predicate(noun).get(slot))

    def _stray(self, preposition: str, token: Token) -> tuple[Token, ...]:
        """What a preposition to the right governs that the parser hung on a word that takes none."""
        for later in self.doc[token.i + 1 : sentence_of(token).end]:
            if later.text == preposition and later.dep_ == "prep":
                free = later.head.pos_ in ("NOUN", "PROPN") and not self.lexicon.noun(later.head.lemma_)
                return () if not free else tuple(t for c in later.children if c.dep_ == "pobj" for t in coordinated(c))
        return ()

    def _receivers(self, objects: Sequence[Token], found: Fillers) -> Fillers:
        """Who is helped: of goods and nameless troops, whose they are ("pays the brigade's soldiers")."""
        means = self.lexicon.words("goods") | self.lexicon.words("troops")
        heads = {t.i: t for t in objects if t.lemma_ in means}
        kept: list[ActorMention] = []
        for mention in found:
            if mention.state is not None or mention.head not in heads or mention.named:
                kept.append(mention)
                continue
            goods = self.clauses.predicate(heads[mention.head])
            kept += [m for slot in ("owner", "of", "modifier") for t in goods.get(slot) for m in self.mentions.at(t)]
        return tuple(dict.fromkeys(kept))

    def _around(self, noun: Token, types: tuple[str, ...]) -> Fillers:
        """Who acts in the clause around a noun: "after weeks of talks, Chad withdraws"."""
        above = {noun.i}
        for clause in noun.ancestors:
            if clause.pos_ in ("VERB", "AUX"):
                subjects = [t for t in self.clauses.surface_subjects(clause) if t.i not in above]
                if found := self.actors(subjects, types):
                    return found
            above.add(clause.i)
        return ()

    def actors(
        self, tokens: Sequence[Token], types: tuple[str, ...], *, modifier: bool = False, author: bool = False
    ) -> Fillers:
        """Actors of some heads; of a text that acts ("a resolution condemning …"), its author if ``author``."""
        found: dict[str, ActorMention] = {}
        for token in tokens:
            slots = () if modifier else _AGENTS if author else _INSIDE
            mentions = self._person_beside(token, types) or self.actors_of(token, slots)
            if author and token.lemma_ in self.lexicon.words("machine"):  # who sends it acts
                mentions = tuple(m for m in mentions if m.state is not None)
            if not mentions and author and token.pos_ == "NOUN":
                mentions = tuple(m for t in self.clauses.host(token) for m in self.mentions.at(t))
            for mention in mentions:
                if not types or "Actor" in types or mention.entity.kind in types:
                    found.setdefault(mention.entity.id, mention)
        return tuple(found.values())

    def _person_beside(self, token: Token, types: tuple[str, ...]) -> Fillers:
        """The name behind a description of a person: "a Kenyan, General X"."""
        if "Person" not in types or not all(m.entity.kind == "Actor" for m in self.mentions.at(token)):
            return ()
        named = (m for t in apposed(token) for m in self.mentions.at(t))
        return tuple(m for m in named if m.entity.kind == "Person")

    def actors_of(self, token: Token, inside: Sequence[str] = _INSIDE, depth: int = 0) -> Fillers:
        """Actors that a noun phrase names, by its head or else by what stands in it, in some of its slots."""
        own = self.mentions.at(token)
        if own or not inside or depth >= _INSIDE_DEPTH or (token.dep_ == "conj" and self.lexicon.noun(token.lemma_)):
            return own
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"):
            return ()
        slots = self.clauses.predicate(token).slots if token.pos_ in ("NOUN", "PROPN") else {}
        for slot in inside:
            deeper = inside if slot != "modifier" else ()
            found = [m for t in slots.get(slot, ()) for m in self.actors_of(t, deeper, depth + 1)]
            if found:
                return tuple(found)
        return ()

    def involved(self, frame: Frame, noun: Token, taken: set[str]) -> dict[str, Fillers]:
        """Who is said to have had a part in the act of a noun, or does something else during it to somebody else."""
        tokens = involved(self.clauses, noun)
        found = tuple(m for m in self.actors(tokens, frame.types.get("actor", ())) if m.entity.id not in taken)
        return {"actor": found} if found else {}

    def announcer(self, frame: Frame, verb: Token, taken: set[str]) -> dict[str, Fillers]:
        """Who announces what will be done: "the ministry says that two envoys will be expelled"."""
        above = verb.head
        future = any(c.dep_ == "aux" and c.lemma_ in ("will", "shall") for c in verb.children)
        if verb.dep_ != "ccomp" or above.pos_ != "VERB" or not future:
            return {}
        found = self.actors(self.clauses.subjects(above), frame.types.get("actor", ()))
        return {"actor": kept} if (kept := tuple(m for m in found if m.entity.id not in taken)) else {}

    def asked(self, frame: Frame, slots: Mapping[str, tuple[Token, ...]], taken: set[str]) -> dict[str, Fillers]:
        """"Calls for Norway to join": who is to do what is asked is asked."""
        assert frame.content is not None
        verbs = [t for slot in frame.content.slots for t in slots.get(slot, ()) if t.pos_ == "VERB"]
        subjects = [t for verb in verbs if verb.tag_ in ("VB", "VBN") for t in self.clauses.surface_subjects(verb)]
        found = tuple(m for m in self.actors(subjects, frame.types.get("target", ())) if m.entity.id not in taken)
        return {"target": found} if found else {}

    def before(self, token: Token) -> Fillers:
        """Who acts in the main clause of the sentence before."""
        start = sentence_of(token).start
        root = sentence_of(self.doc[start - 1]).root if start else token
        return self.actors(self.clauses.subjects(root), ()) if root.pos_ in ("VERB", "AUX") and start else ()
