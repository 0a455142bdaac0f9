"""Predicates and their arguments: one dependency parse brought to one form, for every frame alike.

A verb, an event noun or a predicative adjective is a `Predicate` whose slots hold the heads of its arguments:

- ``subject`` and ``object`` are the logical ones: passives are turned, "by X" is the subject, a relative pronoun is
  replaced by what it stands for, and an argument that the grammar shares (coordination, control, raising,
  participles, purpose clauses) is found where it stands;
- ``indirect``, ``complement`` (clauses and infinitives), every preposition by its name;
- of a noun, ``owner`` ("Israel's strike"), ``modifier`` ("Israeli strike"), ``host`` (the subject of the verb whose
  object the noun is: "X launched a strike"), and prepositions;
- arguments in coordination are listed one by one.

Labels are those of the CLEAR scheme that spaCy's English models use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from spacy.tokens import Doc, Token

from kg.language.governors import (
    CALLING,
    CIRCUMSTANCES,
    LABELLING,
    OBJECT_PARTICIPLE,
    SUBJECT_CONTROL,
)
from kg.language.grammar import (
    NAMING,
    RELATIVE_TAGS,
    agents,
    beyond_place,
    conjoined_verbs,
    has_object_gap,
    has_to,
    inverted_subject,
    is_bare,
    is_for_clause,
    modifiers,
    named_before,
)
from kg.language.grammar import is_passive as is_passive

Slots: TypeAlias = Mapping[str, tuple[Token, ...]]

_SUBJECTS: Final = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS: Final = frozenset({"nsubjpass", "csubjpass"})
_COMPLEMENTS: Final = frozenset({"ccomp", "xcomp"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})

_MAX_DEPTH: Final = 12


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that states something, with its arguments.

    Attributes:
        token: the verb, event noun or adjective.
        kind: its part of speech, as frames distinguish them.
        slots: heads of its arguments by slot, in text order.
    """

    token: Token
    kind: Literal["verb", "noun", "adjective"]
    slots: Slots

    def get(self, slot: str) -> tuple[Token, ...]:
        """Heads in one slot; empty if it has none."""
        return self.slots.get(slot, ())


def coordinated(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it to its right: "France, Germany and Italy".

    Only nouns follow a noun: the parser at times hangs the next clause's verb there.
    """
    found = [token]
    for item in found:
        found += [c for c in item.children if c.dep_ == "conj" and (c.pos_ in _NOUNS or c.pos_ == token.pos_)]
        if len(found) > 100:
            break
    return tuple(found)



class Clauses:
    """Predicates of one parsed text, made on demand and kept.

    Args:
        doc: the parse.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._predicates: dict[int, Predicate] = {}
        self._subjects: dict[int, tuple[Token, ...]] = {}

    def predicate(self, token: Token) -> Predicate:
        """The predicate at a token, whatever its part of speech."""
        known = self._predicates.get(token.i)
        if known is None:
            known = self._predicates[token.i] = self._build(token)
        return known

    def _build(self, token: Token) -> Predicate:
        if token.pos_ in ("VERB", "AUX"):
            return Predicate(token, "verb", self._verb_slots(token))
        if token.pos_ in ("ADJ", "ADV"):
            return Predicate(token, "adjective", self._adjective_slots(token))
        return Predicate(token, "noun", self._noun_slots(token))

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb_slots(self, verb: Token) -> dict[str, tuple[Token, ...]]:
        slots: dict[str, list[Token]] = {}
        _add(slots, "subject", self.subjects(verb))
        _add(slots, "object", self.objects(verb))
        for child in verb.children:
            match child.dep_:
                case "dative" if child.pos_ != "ADP":
                    _add(slots, "indirect", coordinated(child))
                case "dative":
                    _add(slots, child.lower_, _prepositional(child))
                case "prep" | "agent" | "prt":
                    if child.dep_ != "agent" or not is_passive(verb):
                        _add_preposition(slots, child)
                case "ccomp" | "xcomp":
                    _add(slots, "complement", (child, *conjoined_verbs(child)))
                case "attr" | "acomp" | "oprd":
                    _add(slots, "attribute", coordinated(child))
                case "advcl" if has_to(child):
                    asked = verb.lemma_ in CALLING or is_for_clause(child)
                    _add(slots, "complement" if asked else "purpose", (child, *conjoined_verbs(child)))
                    if asked and not any(c.dep_ == "prep" for c in verb.children):  # "calls for Chad to withdraw"
                        _add(slots, "for", self.surface_subjects(child))
                case _:
                    pass
        if verb.lemma_ in NAMING and not is_passive(verb):
            _part_name_and_post(slots)
        if verb.lemma_ in LABELLING and "attribute" not in slots:  # "called the raid 'a disgrace'"
            _add(slots, "attribute", [c for o in slots.get("object", ()) for c in o.rights if c.dep_ == "appos"])
        self._share_coordinated(verb, slots)
        return {slot: tuple(tokens) for slot, tokens in slots.items()}

    def _share_coordinated(self, verb: Token, slots: dict[str, list[Token]]) -> None:
        """"Bombed and shelled the city": the first verb shares the object of the last."""
        if "object" in slots or is_passive(verb):
            return
        last = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"), None)
        if last is not None and last.i - verb.i <= 3 and not any(c.dep_ == "prep" for c in verb.children):
            _add(slots, "object", [c for d in last.children if d.dep_ == "dobj" for c in coordinated(d)])

    def subjects(self, verb: Token, depth: int = 0) -> tuple[Token, ...]:
        """Who does it: the logical subject, wherever the grammar puts it."""
        if verb.i in self._subjects:
            return self._subjects[verb.i]
        found = self._subjects_of(verb, depth)
        if depth == 0:
            self._subjects[verb.i] = found
        return found

    def _subjects_of(self, verb: Token, depth: int) -> tuple[Token, ...]:
        if depth > _MAX_DEPTH:
            return ()
        if is_passive(verb):
            doers = agents(verb)
            if verb.dep_ == "amod":  # "US-backed rebels"
                doers += [c for c in verb.children if c.dep_ in ("npadvmod", "compound", "nsubj", "nmod")]
            return tuple(t for a in doers for t in coordinated(a))
        own = [c for c in verb.children if c.dep_ in _SUBJECTS] or inverted_subject(verb)
        if own:
            return tuple(t for c in own for t in self._antecedents(c, verb))
        return self._shared_subject(verb, depth + 1)

    def surface_subjects(self, verb: Token, depth: int = 0) -> tuple[Token, ...]:
        """What stands before the verb: of a passive, its logical object."""
        return self.objects(verb, depth) if is_passive(verb) else self.subjects(verb, depth)

    def _shared_subject(self, verb: Token, depth: int) -> tuple[Token, ...]:
        """The subject that a clause without one of its own shares with another."""
        head = verb.head
        match verb.dep_:
            case "conj" if head.pos_ in ("VERB", "AUX"):
                return self.surface_subjects(head, depth)
            case "xcomp" | "ccomp" if head.pos_ in ("VERB", "AUX"):
                return self._controller(head, depth)
            case "acomp" if head.pos_ in ("VERB", "AUX"):
                return self.subjects(head, depth)
            case "xcomp" | "ccomp" if head.pos_ == "ADJ":
                return self._adjective_subject(head, depth)
            case "advcl" if head.pos_ in ("VERB", "AUX"):
                asked = has_to(verb) and head.lemma_ in CALLING
                return self._controller(head, depth) if asked else self.surface_subjects(head, depth)
            case "relcl" if has_to(verb) and head.dep_ == "attr":  # "Chad is the last of them to ratify it"
                return self.subjects(head.head, depth)
            case "relcl" if has_to(verb) and head.dep_ == "appos":
                return coordinated(head.head)
            case "relcl":
                return coordinated(head) if not has_object_gap(verb) else ()
            case "acl" if head.pos_ in _NOUNS or head.pos_ == "PRON":
                return self._of_noun_clause(verb, head, depth)
            case "pcomp":
                return self._of_prepositional_clause(verb, head, depth)
            case _:
                return ()

    def _controller(self, head: Token, depth: int) -> tuple[Token, ...]:
        """Who performs an infinitive or participle that a verb governs."""
        if is_passive(head):
            return self.objects(head, depth)
        objects = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
        if objects and head.lemma_ not in SUBJECT_CONTROL:
            return tuple(t for o in objects[-1:] for t in coordinated(o))
        addressee = [p for c in head.children if c.dep_ == "prep" and c.lower_ in ("on", "upon", "for", "to", "with")
                     for p in c.children if p.dep_ == "pobj"]  # fmt: skip
        if addressee and head.lemma_ in CALLING:
            return tuple(t for a in addressee[:1] for t in coordinated(a))
        return self.subjects(head, depth)

    def _of_noun_clause(self, verb: Token, noun: Token, depth: int) -> tuple[Token, ...]:
        if not has_to(verb):
            return coordinated(noun)
        owner = self.noun_owner(noun, depth)
        return owner or coordinated(noun)

    def _of_prepositional_clause(self, verb: Token, preposition: Token, depth: int) -> tuple[Token, ...]:
        governor = preposition.head
        if preposition.lower_ == "with" and preposition.i < governor.i:  # "With fighting continuing, …"
            return ()
        if governor.pos_ in ("VERB", "AUX"):
            blamed = preposition.lower_ in ("of", "with", "for", "from", "over")
            if blamed and governor.lemma_ in OBJECT_PARTICIPLE:
                return self.objects(governor, depth)
            return self.surface_subjects(governor, depth)
        if governor.pos_ in _NOUNS:
            return self.noun_owner(governor, depth)
        return self._adjective_subject(governor, depth) if governor.pos_ == "ADJ" else ()

    def noun_owner(self, noun: Token, depth: int = 0) -> tuple[Token, ...]:
        """Whose act, plan or decision a noun is: its owner, else who announces, makes or has it."""
        owners = [c for c in noun.children if c.dep_ == "poss"]
        if owners:
            return tuple(t for o in owners for t in coordinated(o))
        by = [p for c in noun.children if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from")
              for p in c.children if p.dep_ == "pobj"]  # fmt: skip
        if by:
            return tuple(t for b in by for t in coordinated(b))
        return self.host(noun, depth)

    def host(self, noun: Token, depth: int = 0) -> tuple[Token, ...]:
        """The subject of the verb whose object (or prepositional object) a noun is."""
        if depth > _MAX_DEPTH:
            return ()
        top = noun
        while top.dep_ == "conj" and top.head.pos_ in _NOUNS:
            top = top.head
        governor = top.head
        if top.dep_ in ("dobj", "attr", "oprd") and governor.pos_ in ("VERB", "AUX"):
            return self.subjects(governor, depth + 1)
        if top.dep_ == "nsubjpass":
            return self.subjects(governor, depth + 1)
        if top.dep_ == "pobj" and governor.dep_ in ("prep", "agent"):
            above = governor.head
            if governor.lower_ == "by" and above.pos_ == "VERB" and is_passive(above):
                return ()  # who is hit by it does not do it
            if governor.lower_ in CIRCUMSTANCES:
                return ()
            if above.pos_ in ("VERB", "AUX"):
                return self.surface_subjects(above, depth + 1)
            if above.pos_ in _NOUNS and above != noun:
                return self.noun_owner(above, depth + 1)
        return ()

    def objects(self, verb: Token, depth: int = 0) -> tuple[Token, ...]:
        """To what or whom it is done: the logical object, wherever the grammar puts it."""
        if depth > _MAX_DEPTH:
            return ()
        if is_passive(verb):
            own = [c for v in (verb, *_passive_auxiliaries(verb)) for c in v.children
                   if c.dep_ in _PASSIVE_SUBJECTS or c.dep_ in _SUBJECTS]  # fmt: skip
            if own:
                return tuple(t for c in own for t in self._antecedents(c, verb))
            if verb.dep_ == "amod":  # a conjunct has modifiers of its own
                return (verb.head,)
            if verb.dep_ in ("acl", "relcl"):
                return coordinated(verb.head)
            return self._shared_subject(verb, depth + 1)
        own = [c for c in verb.children if c.dep_ == "dobj"]
        own = own or [p for c in verb.children if c.dep_ == "prt" for p in c.children if p.dep_ == "pobj"]
        if own:
            return tuple(t for c in own for t in self._antecedents(c, verb))
        if verb.dep_ == "relcl" and has_object_gap(verb):
            return coordinated(verb.head)
        bare = [c for c in verb.children if c.dep_ == "ccomp" and (is_bare(c) or c.pos_ == "NOUN")]
        raised = [s for c in bare for s in c.children if s.dep_ == "nsubj"]
        return tuple(t for r in raised for t in coordinated(r))

    def _antecedents(self, argument: Token, verb: Token) -> tuple[Token, ...]:
        """The argument and its coordination; a relative pronoun gives way to the noun that its clause modifies."""
        if argument.tag_ in RELATIVE_TAGS or (argument.lower_ == "that" and verb.dep_ == "relcl"):
            cleft = _cleft(verb)
            if cleft:
                return cleft
            clause = verb
            while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.pos_ in ("VERB", "AUX"):
                clause = clause.head
            if clause.dep_ == "relcl" and clause.head.pos_ in (*_NOUNS, "PRON"):
                noun = beyond_place(clause.head)  # a clause after "X and Y" that hangs on X is said of both
                return (noun, *(t for t in coordinated(noun)[1:] if t.i < clause.i))
        return coordinated(argument)

    # -- nouns and adjectives ------------------------------------------------------------------------------------

    def _noun_slots(self, noun: Token) -> dict[str, tuple[Token, ...]]:
        slots: dict[str, list[Token]] = {}
        for child in noun.children:
            match child.dep_:
                case "poss":
                    _add(slots, "owner", coordinated(child))
                case "amod" | "compound" | "nmod" | "nummod":
                    _add(slots, "modifier", modifiers(child))
                case "prep" | "agent":
                    _add_preposition(slots, child)
                case "acl" | "relcl":
                    _add(slots, "complement", (child,))
                case _:
                    pass
        _add(slots, "host", self.host(noun))
        head = noun
        while head.dep_ == "conj" and head.head.pos_ in _NOUNS:  # "Israeli strikes and shelling": one owner for both
            head = head.head
            for slot in ("owner", "modifier"):
                if slot not in slots:
                    _add(slots, slot, self.predicate(head).get(slot))
            for child in head.children:  # "a surrender or new threats from Russia": the last is nearest to "from"
                if child.dep_ == "prep" and child.i == noun.i + 1:
                    _add_preposition(slots, child)
        return {slot: tuple(tokens) for slot, tokens in slots.items()}

    def _adjective_slots(self, adjective: Token) -> dict[str, tuple[Token, ...]]:
        slots: dict[str, list[Token]] = {}
        _add(slots, "subject", self._adjective_subject(adjective))
        for child in adjective.children:
            if child.dep_ == "prep":
                _add_preposition(slots, child)
            elif child.dep_ in _COMPLEMENTS:
                _add(slots, "complement", (child,))
        return {slot: tuple(tokens) for slot, tokens in slots.items()}

    def _adjective_subject(self, adjective: Token, depth: int = 0) -> tuple[Token, ...]:
        """Of what an adjective is said: "Russia is opposed to …"."""
        if adjective.dep_ in ("acomp", "attr", "oprd") and adjective.head.pos_ in ("VERB", "AUX"):
            return self.subjects(adjective.head, depth + 1)
        if adjective.dep_ == "conj" and adjective.head.pos_ == "ADJ" and depth < _MAX_DEPTH:
            return self._adjective_subject(adjective.head, depth + 1)
        return (adjective.head,) if adjective.dep_ in ("amod", "acl") else ()



def _passive_auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries on which the parser hung the subject: "is co-chaired by"."""
    return [c for c in verb.children if c.dep_ == "auxpass" and c.i < verb.i]


def _add(slots: dict[str, list[Token]], slot: str, tokens: tuple[Token, ...] | list[Token]) -> None:
    if tokens:
        held = slots.setdefault(slot, [])
        held += [t for t in tokens if t not in held]


def _part_name_and_post(slots: dict[str, list[Token]]) -> None:
    """Of a verb of naming whose name and post the parser took for one noun phrase, the name is the object."""
    for slot in ("object", "attribute"):
        for post in slots.get(slot, ()):
            name = named_before(post)
            if name is not None and (slot == "object" or not slots.get("object")):
                slots["object"], slots["attribute"] = [name], [post]
                return


def _add_preposition(slots: dict[str, list[Token]], preposition: Token) -> None:
    """File what a preposition governs under its name; "out of X" goes under its last word."""
    name = preposition.lower_
    for child in preposition.children:
        if child.dep_ == "pobj":
            _add(slots, name, coordinated(child))
        elif child.dep_ == "pcomp":
            _add(slots, f"{name}-ing", (child, *conjoined_verbs(child)))
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            _add_preposition(slots, child)


def _prepositional(preposition: Token) -> tuple[Token, ...]:
    return tuple(t for c in preposition.children if c.dep_ == "pobj" for t in coordinated(c))





def _cleft(verb: Token) -> tuple[Token, ...]:
    """"It was X that did it": X, where the clause hangs on the verb."""
    head = verb.head
    if verb.dep_ not in ("ccomp", "advcl") or head.lemma_ != "be" or not any(c.lower_ == "it" for c in head.children):
        return ()
    return tuple(t for c in head.children if c.dep_ == "attr" for t in coordinated(c))
