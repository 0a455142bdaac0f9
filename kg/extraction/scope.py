"""How words hang together: what decides how far the view of one reaches down to another."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from spacy.tokens import Token

from kg.extraction.standing_words import StandingWords
from kg.language.sentences import sentence_of


def marks_of(clause: Token) -> set[str]:
    """Words that introduce a clause."""
    return {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(c.tag_ == "TO" for c in verb.children)


def is_past(verb: Token) -> bool:
    """Whether a verb is a finite past form."""
    return verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)

#: Longest headline, in words.
_LONGEST_HEADLINE: Final = 40


def is_full_clause(verb: Token) -> bool:
    """Whether "that …" has its own subject and object: the content of a report, not a clause about it."""
    kinds = {c.dep_ for c in verb.children if c.tag_ not in ("WDT", "WP")}
    that = any(c.lower_ == "that" and c.dep_ in ("mark", "dobj", "pobj", "advmod") for c in verb.children)
    return that and bool(kinds & {"nsubj", "nsubjpass"}) and bool(kinds & {"dobj", "nsubjpass", "prep"})


def is_imperative(verb: Token) -> bool:
    """"Stop the shelling!", "please stop": a bare form without a subject, or a request."""
    if any(c.lower_ == "please" for c in verb.children):
        return True
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp") or verb.pos_ != "VERB":
        return False
    return not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass", "expl") for c in verb.children)


def is_progressive(verb: Token) -> bool:
    """"Is deploying": what goes on, or what its subject has just announced."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in verb.children)


def phrase_before(node: Token, phrases: Mapping[tuple[str, ...], str]) -> str:
    """What a phrase stands for that is right before a word and its own modifiers: "instead of bombing"; or "".

    A phrase whose last word opens the clause itself counts too: "rather than bomb".
    """
    first = node.left_edge.i
    for end in (first, first + 2):
        opens = end == first or (end <= node.i and node.doc[end - 1].dep_ == "mark")
        for size in (1, 2, 3, 4) if opens else ():
            words = tuple(t.lower_ for t in node.doc[max(0, end - size) : end])
            if words in phrases and (end == first or size == 2):
                return phrases[words]
    return ""


def phrase_behind(node: Token, phrases: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """What the phrases stand for that begin at a word: "in the offing"."""
    words = tuple(t.lower_ for t in node.doc[node.i : node.i + 5])
    yield from (view for phrase, view in phrases.items() if words[: len(phrase)] == phrase)


def is_ahead(verb: Token) -> bool:
    """"Is sending two ships next week": a present that means the future."""
    if not is_progressive(verb):
        return False
    times = [c for c in verb.children if c.dep_ in ("npadvmod", "advmod", "prep")]
    return any(t.lower_ in ("next", "tomorrow", "soon", "shortly") for c in times for t in c.subtree)


def is_subjunctive(verb: Token) -> bool:
    """A bare form below a subject of the third person singular, or below any subject where the tagger sees it."""
    if any(c.dep_ == "aux" for c in verb.children):
        return False
    single = any(c.dep_ == "nsubj" and c.tag_ in ("NN", "NNP") for c in verb.children)
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and single) or any(c.lower_ == "be" for c in verb.children)


def is_background(node: Token, words: StandingWords) -> bool:
    """Whether something is told in passing, as known: what somebody says around it is not said of it."""
    match node.dep_:
        case "advcl":
            marks = marks_of(node)
            if marks:
                return bool(marks & words.background) and not ("as" in marks and "speech" in words.of(node))
            # "says that …, dismissing the claims": the participle goes with the saying
            comma = node.i > 0 and node.left_edge.i > 0 and node.left_edge.nbor(-1).text == ","
            return comma and node.tag_ == "VBG" and bool(words.of(node)) and node.head.dep_ == "ccomp"
        case "acl":
            return node.tag_ == "VBN" and not has_own_subject(node)
        case "prep":
            return node.lower_ in words.background
        case "nsubj" | "nsubjpass":
            return node.pos_ == "NOUN" and is_definite(node)
        case _:
            return False


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase is of something known: "the attack", "their attack"."""
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "these")) for c in noun.children)


def is_ranked(noun: Token) -> bool:
    """"The first country to recognise": who is ranked by an act did it."""
    return any(c.lower_ in ("first", "only", "last", "latest", "second", "third") for c in noun.children)


def is_aside(clause: Token) -> bool:
    """Whether a relative clause stands apart, after a comma: the writer's own remark."""
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text in (",", "(", "—", "–")


def is_absent(noun: Token) -> bool:
    """"No soldiers deployed", "without a shot being fired": there is none of which the participle could be true."""
    first = noun.left_edge
    before = first.nbor(-1).lower_ if first.i else ""
    return before == "without" or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in noun.children)


def is_origin(noun: Token) -> bool:
    """From whom something goes: "passed from Ghana"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "from"


def noun_of(node: Token) -> Token:
    """The noun that a preposition governs; a noun itself."""
    return next((c for c in node.children if c.dep_ == "pobj"), node) if node.dep_ in ("prep", "dative") else node


def coordinated_above(node: Token) -> Token | None:
    """The finite verb of a higher clause that a finite verb truly goes with: "says it will go and demands …"."""
    head = node.head
    if node.dep_ != "conj" or node.tag_ not in ("VBZ", "VBD") or head.tag_ != "VB" or has_own_subject(node):
        return None
    return next((a for a in head.ancestors if a.tag_ == node.tag_), None)


def misplaced_above(node: Token) -> Token | None:
    """The clause that a clause goes on: of "if A asks and B agrees", the parser at times hangs "agrees" higher up.

    What tells is the "and", which hangs where it should.
    """
    first = node.left_edge
    if node.dep_ != "conj" or first.i == 0:
        return None
    link = first.nbor(-1)
    right = link.dep_ == "cc" and link.head.dep_ == "advcl" and link.head.head == node.head and link.head != node.head
    return link.head if right else None


def after_colon(token: Token) -> Token | None:
    """The source that closes a headline: "Norway attacked Latvia: minister"."""
    doc, sentence = token.doc, sentence_of(token)
    furthest = min(len(doc), sentence.start + _LONGEST_HEADLINE + 1)
    end = next((t.i for t in doc[token.i : furthest] if "\n" in t.text), furthest)
    if end - sentence.start > _LONGEST_HEADLINE:
        return None
    start = next((t.i + 1 for t in doc[token.i : end] if t.text == ":"), end)
    rest = doc[start:end]
    if not 0 < len(rest) <= 5 or rest[-1].is_punct:
        return None
    if any(t.pos_ not in ("NOUN", "PROPN", "ADJ") for t in rest):
        return None
    return rest[-1]


def has_own_subject(verb: Token) -> bool:
    """Whether a verb has a subject beside it."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in verb.children)


def has_adverb(verb: Token, word: str) -> bool:
    """Whether a verb has an adverb."""
    return any(c.dep_ == "advmod" and c.lower_ == word for c in verb.children)


def has_particle(verb: Token) -> bool:
    """Whether a verb has a particle that makes it another word: "rule out"."""
    return any(c.dep_ == "prt" for c in verb.children)


def next_is(token: Token, words: tuple[str, ...]) -> bool:
    """Whether one of the words follows."""
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in words


def is_denied(node: Token, negators: Collection[str], besides: Token | None = None) -> bool:
    """Whether a word is denied by a particle, or by its subject or object, besides one that is looked at itself."""
    for child in node.children:
        word = child.lower_
        if child.dep_ == "neg" or (word in negators and child.dep_ in ("det", "preconj", "advmod", "aux")):
            return not (word in ("not", "no") and next_is(child, ("only", "just", "less", "fewer", "more")))
        if word == "nor" and child.dep_ == "cc" and child.i < node.i:
            return True  # "nor did it attack"
        if word == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return True
        if child == besides or node.pos_ not in ("VERB", "AUX"):
            continue
        if child.dep_ == "prep" and any(c.dep_ == "pobj" and c.lower_ in negators for c in child.children):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            if word in negators:
                return True
            if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children):
                return True
    return False
