"""Questions to single words of a dependency parse, in the labels of the CLEAR scheme."""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

#: Tags of relative pronouns.
RELATIVE_TAGS: Final = frozenset({"WDT", "WP", "WP$"})

#: Verbs that give somebody a post or a name: "named Ana Ribeiro chairwoman".
NAMING: Final = frozenset(
    {"name", "appoint", "elect", "reelect", "nominate", "designate", "declare", "crown", "hire", "make", "install",
     "promote"}
)  # fmt: skip


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: with an auxiliary, or a bare past participle that modifies a noun."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass") for c in verb.children) or _is_misread_participle(verb):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma_ in ("have", "'ve") for c in verb.children):
        return False
    if any(c.dep_ in ("nsubj", "dobj") for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "amod", "relcl", "oprd", "ccomp", "ROOT", "conj", "pcomp")


def _is_misread_participle(verb: Token) -> bool:
    """A participle behind a comma that the tagger takes for a past: "the treaty, concluded by Iran, lapses"."""
    opened = verb.i > 0 and not verb.is_sent_start and verb.nbor(-1).text == ","
    return opened and verb.tag_ == "VBD" and any(c.dep_ == "agent" for c in verb.children)


def inverted_subject(verb: Token) -> list[Token]:
    """Who stands behind the copula of an inverted clause: "Heading the mission is X", "Leading it was X"."""
    if verb.tag_ != "VBG":
        return []
    copulas = [verb.head] if verb.dep_ == "csubj" else [c for c in verb.children if c.dep_ == "aux" and c.i > verb.i]
    return [c for copula in copulas if copula.lemma_ == "be" for c in copula.children if c.dep_ == "attr"]


def agents(verb: Token) -> list[Token]:
    """What "by" governs under a passive; "was accused and sanctioned by X" names it once, under the last."""
    found = [p for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by" for p in c.children
             if p.dep_ == "pobj"]  # fmt: skip
    if not found:  # "led in turn by X", "chaired since May by X": hung on the phrase between
        low = (c for p in verb.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj" for c in t.children)
        found = [p for c in low if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
    if found:
        return found
    last = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN" and c.i - verb.i <= 3]
    return [a for c in last if not any(d.dep_.startswith(("aux", "nsubj")) for d in c.children) for a in agents(c)]


def modifiers(child: Token) -> tuple[Token, ...]:
    """A modifier with its own coordination and the parts of a hyphenated compound: "US-led", "Franco-German"."""
    found = [child]
    for item in found:
        found += [c for c in item.children if c.dep_ in ("conj", "compound", "npadvmod", "amod", "nmod")]
    return tuple(sorted(found, key=lambda t: t.i))


def conjoined_verbs(verb: Token) -> Iterator[Token]:
    """Verbs coordinated with a verb to its right."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            yield child
            yield from conjoined_verbs(child)


def beyond_place(noun: Token) -> Token:
    """"A meeting in Paris, which gathered …": what is said is said of the meeting, not of its place."""
    locative = noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.head.lower_ in ("in", "at")
    above = noun.head.head if locative else noun
    while above.dep_ == "pobj" and above.head.lower_ == "of" and above.pos_ == "PROPN":
        above = above.head.head
    return above if above.pos_ == "NOUN" else noun


def dominates(above: Token, token: Token) -> bool:
    """Whether a token stands in the subtree of another; a subtree is a stretch of the text."""
    return above.left_edge.i <= token.i <= above.right_edge.i


def named_before(noun: Token) -> Token | None:
    """"Named Ana Ribeiro chairwoman": the name that the parser took for a part of the noun after it, if it did."""
    if noun.pos_ != "NOUN":
        return None
    names = [c for c in noun.children if c.i < noun.i and c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod")]
    between = noun.doc[names[-1].i + 1 : noun.i] if names else ()
    apart = any(t.dep_ not in ("amod", "compound", "nmod") for t in between)
    return None if not names or apart or any(c.dep_ == "det" for c in noun.children) else names[-1]


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.tag_ == "TO" for c in verb.children)


def is_bare(verb: Token) -> bool:
    """An infinitive with its own subject ("urged Israel to stop", "let the force land"): it is an object too."""
    if verb.tag_ not in ("VB", "VBG"):
        return False
    return not any(c.dep_ == "mark" or (c.dep_ in ("aux", "auxpass") and c.tag_ != "TO") for c in verb.children)


def has_object_gap(verb: Token) -> bool:
    """Whether a relative clause leaves its object open: "the ships that Iran seized"."""
    subject = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not subject or any(c.dep_ == "dobj" for c in verb.children):
        return False
    return subject[0].tag_ not in RELATIVE_TAGS and subject[0].lower_ != "that"


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own beside it."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def is_for_clause(verb: Token) -> bool:
    """An infinitive whose subject stands behind "for": "for Chad to withdraw"."""
    return any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)
