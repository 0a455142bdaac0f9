"""Sizes: how many countries, members or leaders a coalition, meeting, organisation, force or agreement has.

A counted unit ("35 countries", "four-nation", "the seventh member", "two dozen leaders") is tied to what it is the size
of by the grammar: its owner ("its 19 members"), the noun it stands before ("a five-nation flotilla"), the verb that
says what the whole comprises ("groups nine states") or what the units do together ("fourteen delegations signed").
Numbers without a whole, of people hurt, of money or of things give nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, MentionIndex, naming
from kg.claims import Claim, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.extraction.described import describe
from kg.extraction.lexicon import Lexicon
from kg.extraction.numbers import cardinal, ordinal
from kg.language.clauses import Clauses
from kg.language.sentences import sentence_of, text_of

FRAME: Final = "size"

_GROUPS: Final = frozenset(
    {"Organization", "Coalition", "Force", "Mechanism", "Meeting", "Agreement", "Treaty", "Ceasefire", "Declaration"}
)
#: Lists of nouns that describe a whole, with the class of what they describe.
_KINDS: Final = (
    ("coalition-noun", "Coalition"), ("meeting-noun", "Meeting"), ("mechanism-noun", "Mechanism"),
    ("force-noun", "Force"), ("agreement", "Agreement"), ("group-noun", "Organization"),
)  # fmt: skip
_AMOUNT: Final = frozenset({"dozen", "score", "hundred", "thousand", "million"})
_HERE: Final = ("at", "for", "in", "under", "into", "to")
_MAX_STEPS: Final = 6
#: Sentences that "the four parties" may look back for what they are parties to.
_LOOK_BACK: Final = 3
#: Units that presuppose a whole even where none is named beside them.
_PARTS: Final = frozenset({"member", "signatory", "founder", "contributor", "party"})
_ORGANS: Final = frozenset({"parliament", "assembly", "senate", "congress", "council", "cabinet", "house"})
#: Words that make a number a part of the whole: "the other fourteen members".
_PARTIAL: Final = frozenset({"other", "remaining", "new", "more", "further", "additional", "such"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with the unit that it counts."""

    unit: Token
    number: int
    figures: tuple[Token, ...]
    rank: bool = False


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the units make up, and why."""

    entity: Entity
    span: Span
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Text:
    """One text with what is asked of it again and again."""

    doc: Doc
    document: Document
    mentions: MentionIndex
    lexicon: Lexicon
    clauses: Clauses

    def listed(self, token: Token, name: str) -> bool:
        """Whether a token is in a list of words."""
        return token.lemma_.lower() in self.lexicon.words(name)


def counts(doc: Doc, document: Document, mentions: MentionIndex) -> list[Claim]:
    """A claim for each size that the text gives.

    Args:
        doc: the parse of the document's whole text.
        document: the document.
        mentions: its actors.
    """
    text = _Text(doc, document, mentions, Lexicon.load(), Clauses(doc))
    found = []
    for counted in _all_counted(text):
        whole = _whole(text, counted)
        if whole is not None:
            found.append(_claim(text, counted, whole))
    return found


def _claim(text: _Text, counted: _Counted, whole: _Whole) -> Claim:
    sentence = sentence_of(counted.unit)
    words = text_of(text.doc)[sentence.start_char : sentence.end_char].rstrip()
    first = min(t.idx for t in (*counted.figures, counted.unit))
    last = max(t.idx + len(t) for t in (*counted.figures, counted.unit))
    mention = Mention("of", whole.entity.id, whole.span, whole.name, whole.reason)
    evidence = Evidence(
        text.document.id,
        Span(sentence.start_char, sentence.start_char + len(words), words),
        FRAME,
        Span(first, last, text_of(text.doc)[first:last]),
        (mention,),
    )
    roles = (Role("of", whole.entity), Role("what", _what(counted.unit)), Role("number", counted.number))
    return Claim("Size", roles, evidence=(evidence,))


# -- numbers and units -----------------------------------------------------------------------------------------------


def _all_counted(text: _Text) -> Iterator[_Counted]:
    for token in text.doc:
        if token.pos_ != "NOUN" or (token.lemma_ == "member" and _is_member_state(token)):
            continue
        if any(text.listed(token, name) for name in ("counted-unit", "owned-unit", "attendee")):
            counted = _counted(token) or _number_of(text, token)
            if counted is not None and counted.number > 1:
                yield counted


def _is_member_state(member: Token) -> bool:
    """The first word of "member state": the second is what is counted."""
    return member.dep_ in ("compound", "nmod") and member.head.lemma_ in ("state", "country", "nation")


def _counted(unit: Token) -> _Counted | None:
    """The number that stands before a unit: "35 countries", "the seventh member", "two dozen states"."""
    if any(c.lower_ in _PARTIAL for c in unit.lefts):
        return None
    children = [*unit.children, *(g for c in unit.children if _is_member_state(c) for g in c.children)]
    for child in children:
        figures = tuple(t for t in child.subtree if t.pos_ == "NUM" or t.lower_ in _AMOUNT)
        if child.dep_ in ("nummod", "amod", "compound", "nmod", "quantmod") and figures:
            number = cardinal([t.text for t in figures])
            if number is not None and not (unit.tag_ == "NN" and unit.dep_ not in ("compound", "amod", "nmod")):
                return _Counted(unit, number, figures)
        if child.dep_ in ("amod", "compound", "nummod"):
            rank = ordinal(child.text)
            if rank is not None:
                return _Counted(unit, rank, (child,), rank=True)
    return None


def _number_of(text: _Text, unit: Token) -> _Counted | None:
    """"Bringing to nine the number of countries in it", "raised its membership to nine countries"."""
    of = unit.head
    number = of.head
    if of.lower_ != "of" or number.lemma_ != "number":
        return None
    verb = number.head
    if verb.pos_ != "VERB" or not text.listed(verb, "growing-verb"):
        return None
    figure = next((t for t in text.clauses.predicate(verb).get("to") if t.pos_ == "NUM"), None)
    value = cardinal([figure.text]) if figure is not None else None
    return _Counted(unit, value, (figure,)) if figure is not None and value is not None else None


def _what(unit: Token) -> str:
    """What is counted, in the plural: "countries", "member states", "heads of state or government"."""
    before = [t for t in unit.lefts if t.dep_ in ("compound", "amod") and t.i == unit.i - 1 and ordinal(t.text) is None]
    words = [t.lower_ for t in before if t.is_alpha and t.pos_ != "PROPN"] + [_plural(unit)]
    if unit.lemma_ == "head":
        of = next((c for c in unit.rights if c.lower_ == "of"), None)
        words += [t.lower_ for t in of.subtree if t.is_alpha and t.i <= unit.i + 4] if of is not None else []
    return " ".join(words)


def _plural(unit: Token) -> str:
    word = unit.lower_
    if unit.tag_ in ("NNS", "NNPS"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


# -- wholes ----------------------------------------------------------------------------------------------------------


def _whole(text: _Text, counted: _Counted) -> _Whole | None:
    """What some counted units are the size of."""
    unit = counted.unit
    if unit.dep_ in ("compound", "nmod", "amod", "npadvmod", "nummod"):
        return _of(text, _modified(unit), "counted before it") if not counted.rank else None
    if counted.rank:
        return _owned(text, unit, counted) or _ranked(text, unit)
    if text.listed(unit, "owned-unit"):
        return _owned(text, unit, counted) if any(c.dep_ == "poss" for c in unit.children) else None
    if text.listed(unit, "attendee"):
        return _acting(text, counted, only=("attend", "gather"))
    return (
        _number_whole(text, unit)
        or _owned(text, unit, counted)
        or (_comprised(text, unit) if counted.number > 2 else None)
        or _acting(text, counted)
        or _presupposed(text, unit)
    )


def _modified(unit: Token) -> Token:
    """The noun that "five-nation" stands before."""
    head = unit.head
    while head.dep_ in ("compound", "nmod", "amod") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return head


def _number_whole(text: _Text, unit: Token) -> _Whole | None:
    """The whole of "the number of countries in it"."""
    if unit.head.lower_ == "of" and unit.head.head.lemma_ == "number":
        inside = [*text.clauses.predicate(unit.head.head).get("in"), *text.clauses.predicate(unit).get("in")]
        found = next(filter(None, (_of(text, t, "what the number is of") for t in inside)), None)
        return found or _before(text, unit, _GROUPS)
    return None


def _presupposed(text: _Text, unit: Token) -> _Whole | None:
    """"The four parties", "the 27 member states": of the treaty or organisation named before."""
    parts = unit.lemma_ in _PARTS or any(_is_member_state(c) for c in unit.children)
    if not parts or not any(c.lower_ == "the" or c.dep_ == "poss" for c in unit.children):
        return None
    return _before(text, unit, frozenset({"Agreement"}) if unit.lemma_ in ("party", "signatory") else _GROUPS)


def _before(text: _Text, unit: Token, kinds: frozenset[str]) -> _Whole | None:
    """The named group that the text spoke of last."""
    earliest = sentence_of(unit).start
    for _ in range(_LOOK_BACK):
        earliest = sentence_of(text.doc[max(0, earliest - 1)]).start
    for token in reversed(text.doc[earliest : unit.i]):
        named = [m for m in text.mentions.at(token) if m.named and m.head == token.i and m.entity.kind in kinds]
        named = [m for m in named if m.category not in ("state", "organ", "person")]
        if named:
            return _from_mention(text, named[-1], "the group named before")
        if token.pos_ == "PROPN" and "Agreement" in kinds and text.listed(token, "agreement"):
            return _of(text, token, "the agreement named before")
    return None


def _owned(text: _Text, unit: Token, counted: _Counted) -> _Whole | None:
    """"Its 19 members", "the six states of the group", "the 23 delegations at the conference"; no part of a whole."""
    slots = text.clauses.predicate(unit).slots
    for owner in slots.get("owner", ()):
        whole = _of(text, owner, "owner of what is counted")
        if whole is None and owner.pos_ == "PRON" and unit.lemma_ in _PARTS:
            whole = _ranked(text, unit) if counted.rank else _before(text, unit, _GROUPS)
        if whole is not None:
            return whole
    definite = counted.rank or any(c.lower_ in ("the", "all", "these", "those") for c in unit.children)
    if definite:
        for slot in ("of", "at", "in"):
            for token in slots.get(slot, ()):
                whole = _of(text, token, "what the units are of")
                if whole is not None:
                    return whole
    before = [c for c in unit.lefts if c.dep_ in ("compound", "nmod") and text.mentions.at(c)] if definite else []
    return next(filter(None, (_of(text, c, "what the units are of") for c in before)), None)


def _comprised(text: _Text, unit: Token) -> _Whole | None:
    """"A coalition of 35 countries", "it comprises five states", "a meeting that gathered leaders of 30 nations"."""
    node, sizes = unit, True
    for _ in range(_MAX_STEPS):
        head = node.head
        if head is node:
            return None
        if head.dep_ in ("prep", "agent") and head.lower_ in ("of", "from", "including", "with", "among"):
            governor = head.head
            if governor.pos_ in ("NOUN", "PROPN") and sizes:
                whole = _of(text, governor, "made up of what is counted")
                if whole is not None:
                    return whole
            node, head = governor, governor.head
            sizes = sizes and text.listed(governor, "counted-unit")
            if governor.pos_ == "VERB":
                return _subject_whole(text, governor)
            continue
        if head.pos_ == "VERB" and node.dep_ in ("dobj", "attr", "conj"):
            return _subject_whole(text, head)
        node = head
    return None


def _subject_whole(text: _Text, verb: Token) -> _Whole | None:
    """The subject (of "composed": the object) of a verb that says what a whole comprises."""
    if not text.listed(verb, "comprising-verb"):
        return None
    passive = verb.lemma_ in ("compose", "make", "draw", "form")
    subjects = list(text.clauses.objects(verb) if passive else text.clauses.subjects(verb))
    if verb.dep_ == "relcl":  # "a meeting of the bloc in Paris, which gathered": the clause may be any of these nouns'
        subjects += [t for t in verb.head.ancestors if t.pos_ in ("NOUN", "PROPN")]
    return next(filter(None, (_of(text, s, "made up of what is counted") for s in subjects)), None)


def _acting(text: _Text, counted: _Counted, only: tuple[str, ...] = ()) -> _Whole | None:
    """What the units sign, attend, join or gather for: "fourteen delegations signed the compact".

    "The two countries signed" says nothing of a size: two are only the two sides.
    """
    unit = counted.unit
    verb = _verb_of(unit)
    if verb is None or counted.number == 2 or not text.listed(verb, "joining-verb"):
        return None
    if only and verb.lemma_ not in only:
        return None
    slots = text.clauses.predicate(verb).slots
    tokens = [*slots.get("object", ()), *(t for slot in _HERE for t in slots.get(slot, ()))]
    tokens += [t for c in slots.get("complement", ()) for t in text.clauses.predicate(c).get("object")]
    rest = (t for t in sentence_of(verb) if t.i >= verb.i and t.dep_ == "pobj")
    tokens += [t for t in rest if text.listed(t, "meeting-noun")]
    found = (_of(text, t, "what the units take part in") for t in tokens if t is not unit)
    return next(filter(None, found), None) or _meeting(text, verb)


def _meeting(text: _Text, verb: Token) -> _Whole | None:
    """The meeting that a verb speaks of without a noun: "leaders of 30 countries gather in Cairo"."""
    if not text.listed(verb, "gathering-verb"):
        return None
    span = Span(verb.idx, verb.idx + len(verb), verb.text)
    entity = naming.scoped(text.document.id, "Meeting", "meeting")
    return _Whole(entity, span, "meeting", f"the meeting that '{verb.text}' speaks of")


def _verb_of(unit: Token) -> Token | None:
    """The verb whose logical subject the units are, also as "leaders of 30 countries" and "attended by …"."""
    clause = next((c for c in unit.children if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD", "VBG")), None)
    if clause is not None:
        return clause
    node = unit
    for _ in range(_MAX_STEPS):
        head = node.head
        if node.dep_ in ("nsubj", "nsubjpass") and head.pos_ in ("VERB", "AUX"):
            return next((c for c in head.children if c.dep_ == "acomp"), head) if head.lemma_ == "be" else head
        if head.dep_ == "agent" or (head.lower_ in ("among", "between") and head.head.pos_ == "VERB"):
            return head.head
        if node.dep_ in ("pobj", "prep", "conj", "appos"):
            node = head
            continue
        return next((c for c in node.children if c.dep_ in ("acl", "relcl")), None)
    return None


def _ranked(text: _Text, unit: Token) -> _Whole | None:
    """"The fifth country to ratify the treaty", "acceded to the convention, the fifth country to do so"."""
    verbs = [c for c in unit.children if c.dep_ in ("acl", "relcl")]
    if unit.head.lower_ == "as" and unit.head.head.pos_ == "VERB":
        verbs.append(unit.head.head)
    if any(v.lemma_ == "do" for v in verbs) or unit.dep_ == "appos":
        verbs += [t for t in reversed([*sentence_of(unit)]) if t.i < unit.i and t.pos_ == "VERB"]
    for verb in verbs:
        if text.listed(verb, "joining-verb"):
            slots = text.clauses.predicate(verb).slots
            tokens = [t for slot in ("object", "to", "in") for t in slots.get(slot, ())]
            whole = next(filter(None, (_of(text, t, "what the units join") for t in tokens if t is not unit)), None)
            if whole is not None:
                return whole
    return None


# -- from words to entities ------------------------------------------------------------------------------------------


def _of(text: _Text, token: Token, reason: str) -> _Whole | None:
    """The whole that a token names or describes; of a meeting of a group, the group."""
    named = [m for m in text.mentions.at(token) if m.entity.kind in _GROUPS and _is_whole(text, m)]
    if named:
        return _from_mention(text, named[0], reason)
    if token.pos_ == "PRON" or (token.head.lower_ == "of" and token.head.head.lemma_ == "head"):
        return None
    kind = next((kind for name, kind in _KINDS if text.listed(token, name)), None)
    if kind is None:
        return None
    if kind == "Meeting":
        slots = text.clauses.predicate(token).slots
        for other in (*slots.get("of", ()), *slots.get("owner", ())):
            groups = [m for m in text.mentions.at(other) if m.entity.kind in ("Coalition", "Organization") and m.named]
            if groups:
                return _from_mention(text, groups[0], reason)
    described = describe(text.doc, text.document, token, kind)
    return _Whole(described.entity, described.span, described.name, f"{reason}; described")


def _is_whole(text: _Text, mention: ActorMention) -> bool:
    """No state, no government, no people, and not the counted units themselves."""
    if mention.category in ("state", "person"):
        return False
    if mention.category == "organ" and mention.name.split()[-1].lower() not in _ORGANS:
        return False
    return mention.named or not text.listed(text.doc[mention.head], "counted-unit")


def _from_mention(text: _Text, mention: ActorMention, reason: str) -> _Whole:
    span = Span(mention.start, mention.end, text_of(text.doc)[mention.start : mention.end])
    return _Whole(mention.entity, span, mention.name, f"{reason}; {mention.reason}")
