"""What stands around a noun and tells who or what it is said of: appositions, copulas, appointments, "as", lists.

"Chad, a member of the pact", "its commander is General X", "X was named head of the mission", "admitted as a member",
"members such as Chad", "with Japan at its head": the grammar differs, what is said is the same. Each way adds to one
slot, so that a frame need not know how a text puts it:

- ``bearer``: who is said to be what the noun names;
- ``governor``: of what a noun behind a preposition is said ("a force under X's command": the force);
- ``verb``: the verb whose subject or object it is;
- ``^under`` and the like: what stands with that preposition beside the verb whose subject or object the noun is.
"""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.language.clauses import Clauses, coordinated
from kg.language.governors import INVOLVING, OBJECT_PARTICIPLE, PARTS, PERPETRATORS
from kg.language.grammar import is_passive
from kg.language.sentences import sentence_of

_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_INSIDE_NAME: Final = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case"})
_COPULAS: Final = frozenset({"be", "become", "remain", "stay"})
_APPOINTING: Final = frozenset(
    {"appoint", "name", "elect", "make", "designate", "declare", "choose", "pick", "nominate", "select", "install",
     "confirm", "crown", "reelect", "admit", "accept", "welcome", "recognize", "recognise", "readmit", "list"}
)  # fmt: skip
_SUCCEEDING: Final = frozenset({"replace", "succeed", "relieve", "follow"})
#: Prepositions that open a list of what belongs to a noun: "members including Chad", "members such as Chad".
_LISTING: Final = frozenset({"including", "like", "namely", "as"})
#: Prepositions by which a verb's phrase is said of its subject or object: "is under command", "at the head".
_STATIVE: Final = frozenset({"under", "at", "in"})
_FROM_VERB: Final = frozenset({"of", "from", "to", "with"})


def around(clauses: Clauses, noun: Token) -> dict[str, tuple[Token, ...]]:
    """Slots of a noun that its own phrase does not hold.

    Args:
        clauses: the predicates of its text.
        noun: the noun.
    """
    slots = {"bearer": tuple(dict.fromkeys(_bearers(clauses, noun))), "governor": _governors(clauses, noun)}
    verb = _verb(noun)
    if verb is not None:
        slots["verb"] = (verb,)
        held = clauses.predicate(verb).slots
        slots |= {f"^{name}": held[name] for name in sorted(_FROM_VERB & held.keys())}
        slots["^under"] = tuple(_under(verb))
    return {slot: tokens for slot, tokens in slots.items() if tokens}


def _verb(noun: Token) -> Token | None:
    """The verb whose subject or object a noun is, itself or in coordination."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in _NOUNS:
        top = top.head
    argument = top.dep_ in ("nsubj", "nsubjpass", "dobj") and top.head.pos_ in ("VERB", "AUX")
    return top.head if argument else None


def _under(verb: Token) -> Iterator[Token]:
    """What stands with "under" beside a verb, its infinitive or its object: "is to resume work under X"."""
    for child in verb.children:
        if child.lower_ == "under":
            yield from (t for c in child.children if c.dep_ == "pobj" for t in coordinated(c))
        elif child.dep_ in ("xcomp", "dobj", "attr", "acomp", "oprd"):
            yield from _under(child)


# -- who is said to be it --------------------------------------------------------------------------------------------


def _bearers(clauses: Clauses, noun: Token) -> Iterator[Token]:
    yield from _apposed(noun)
    head = noun.head
    if noun.dep_ == "attr" and head.lemma_ in _COPULAS:
        yield from (t for t in clauses.subjects(head) if t.lower_ not in ("it", "there"))
    elif noun.dep_ == "nsubj" and head.lemma_ in _COPULAS:
        named = (c for c in head.children if c.dep_ in ("attr", "acomp") and c.pos_ in _NOUNS)
        yield from (t for c in named for t in coordinated(c))
    elif noun.dep_ in ("oprd", "dobj") and head.lemma_ in _APPOINTING:
        yield from (t for t in clauses.objects(head) if t != noun)
        if noun.dep_ == "dobj":  # "elected Chad chair", read as one phrase
            yield from (c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN")
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        yield from _as(clauses, head.head)
    elif noun.dep_ == "pobj":
        yield from _absolute(head)
    yield from _listed(noun)


def _apposed(noun: Token) -> Iterator[Token]:
    """"Chad, a member of the pact", "the members, Chad and Niger", "the newest member, Chad"."""
    if noun.dep_ == "appos" and noun.head.pos_ in (*_NOUNS, "PRON"):
        yield from coordinated(noun.head)
    yield from apposed(noun)
    if noun.dep_ == "appos" and noun.head.pos_ == "NOUN":  # "a Kenyan colonel, X, commander of": the name is next to it
        beside = [c for c in noun.head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c != noun]
        yield from (t for c in beside for t in coordinated(c))


def apposed(noun: Token) -> tuple[Token, ...]:
    """What stands in apposition behind a noun, also where the parser takes it for an adverbial of the clause."""
    found = [t for c in noun.children if c.dep_ == "appos" and c.pos_ in _NOUNS for t in coordinated(c)]
    if not found and noun.i + 2 < len(noun.doc) and noun.nbor(1).text == ",":
        head = noun.nbor(2)
        while head.dep_ in _INSIDE_NAME and head.i < head.head.i:
            head = head.head
        found = [head] if head.dep_ == "npadvmod" and head.pos_ in _NOUNS and sentence_of(head).start <= noun.i else []
    return tuple(found)


def _as(clauses: Clauses, governor: Token) -> tuple[Token, ...]:
    """Who acts, serves or is accepted "as" something."""
    if governor.pos_ in ("VERB", "AUX"):
        return _argued(clauses, governor)
    return coordinated(governor) if governor.pos_ in _NOUNS else ()


def _absolute(preposition: Token) -> tuple[Token, ...]:
    """"With Japan at its head": who stands between "with" and the preposition."""
    doc, start = preposition.doc, sentence_of(preposition).start
    place = preposition.i - 1
    if place > start and doc[place].text == ",":
        place -= 1
    if place <= start:
        return ()
    before = doc[place]
    while before.dep_ == "conj" and before.head.pos_ in _NOUNS:
        before = before.head
    if before.dep_ not in ("pobj", "nsubj", "appos"):
        return ()
    first = before.left_edge.i
    opened = any(t.lower_ == "with" for t in doc[max(start, first - 4) : first])
    return coordinated(before) if opened else ()


def _listed(noun: Token) -> Iterator[Token]:
    """"Members including Chad", "members such as Chad", "states, among them Chad"."""
    for child in noun.children:
        listing = child.dep_ == "prep" and (child.lower_ in _LISTING or "among" in (c.lower_ for c in child.children))
        if listing and (child.lower_ != "as" or any(c.lower_ == "such" for c in (*child.children, *noun.children))):
            yield from (t for c in child.children if c.dep_ == "pobj" for t in coordinated(c))


# -- of what it is said ----------------------------------------------------------------------------------------------


def _governors(clauses: Clauses, noun: Token) -> tuple[Token, ...]:
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.dep_ != "prep":
        return ()
    above = preposition.head
    if above.dep_ == "acl" and above.pos_ == "VERB":
        return coordinated(above.head)
    if above.pos_ in _NOUNS:
        return (above,)
    if above.pos_ in ("VERB", "AUX") and preposition.lower_ in _STATIVE:
        return _argued(clauses, above)
    return ()


def _argued(clauses: Clauses, verb: Token) -> tuple[Token, ...]:
    """Of whom a verb's further phrase is said: its object, else its subject; of succession both."""
    objects = clauses.objects(verb)
    if verb.lemma_ in _SUCCEEDING:
        return (*clauses.subjects(verb), *objects)
    if verb.lemma_ == "take" and not objects:  # "takes over from X as head"
        return (*clauses.subjects(verb), *clauses.predicate(verb).get("from"))
    return objects if objects or is_passive(verb) else clauses.subjects(verb)


def involved(clauses: Clauses, noun: Token) -> tuple[Token, ...]:
    """Who has a part in what a noun tells: "their role in it", "claims responsibility for it", "is behind it"."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in _NOUNS:
        top = top.head
    if top.dep_ != "pobj" or top.head.dep_ != "prep":
        return ()
    preposition, above = top.head.lower_, top.head.head
    if above.pos_ in _NOUNS:
        if above.lemma_ in PERPETRATORS:
            return coordinated(above)
        return clauses.noun_owner(above) if above.lemma_ in PARTS else ()
    if above.pos_ in ("VERB", "AUX") and (preposition == "behind" or above.lemma_ in INVOLVING):
        return clauses.surface_subjects(above)
    if above.lemma_ in OBJECT_PARTICIPLE and preposition in ("of", "for", "with"):
        return clauses.objects(above)
    return clauses.predicate(above).get("subject") if above.lemma_ in ("responsible", "complicit", "guilty") else ()
