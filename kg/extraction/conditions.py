"""Conditions that hang on a predicate: "if", "unless", "provided that", "subject to", "should Sweden attack"."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.scope import is_past, marks_of, misplaced_above
from kg.extraction.standing_words import StandingWords

_CLAUSES: Final = frozenset({"advcl", "ccomp", "relcl"})
#: Nouns of the phrases that open a condition: not themselves what is awaited.
_CONDITION_NOUNS: Final = frozenset({"case", "event", "condition", "exchange", "return"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Hanging:
    """A condition where it stands: first and last token, what it waits for, whether for its absence."""

    first: Token
    last: Token
    awaited: Token | None
    absence: bool = False


class Conditions:
    """Conditions in one parsed text.

    Args:
        doc: the parse.
        words: the words that open them.
    """

    def __init__(self, doc: Doc, words: StandingWords) -> None:
        self.doc = doc
        self.words = words

    def of(self, node: Token) -> Iterator[Hanging]:
        """Those that hang on a verb or noun, in text order."""
        for child in node.children:
            if child.dep_ in _CLAUSES:
                marks = marks_of(child)
                if "if" in marks and child.left_edge.lower_ == "as":
                    continue  # "as if it were its own"
                absence = bool(marks & self.words.absence)
                if absence or marks & self.words.occurrence or is_inverted(child) or self.opens(child.left_edge):
                    yield Hanging(child.left_edge, _last(child), self._content(child), absence)
                    continue
            mark = self.misread_mark(child)
            if mark is not None:
                yield Hanging(mark, child.right_edge, child, mark.lower_ in self.words.absence)
            elif child.dep_ in ("prep", "advmod", "oprd", "acomp", "amod", "dobj", "conj", "npadvmod", "attr"):
                yield from self._phrases(child)

    def _phrases(self, child: Token) -> Iterator[Hanging]:
        opens = self.opens(child) or self.opens(child.left_edge)
        if opens or (child.lower_ in self.words.order and child.dep_ in ("prep", "advmod") and introduces(child)):
            yield Hanging(child.left_edge, self._end(child), self._content(child))
        elif child.dep_ == "dobj":  # "withdraw its troops subject to a vote": the parser at times hangs it on the noun
            for inner in child.children:
                if inner.i > child.i and self.opens(inner):
                    yield Hanging(inner, inner.right_edge, self._content(inner))

    def _content(self, opener: Token) -> Token | None:
        """The head of what is awaited: the clause's verb, the noun behind the preposition."""
        verbal = opener.pos_ in ("VERB", "AUX") or opener.dep_ in _CLAUSES
        if verbal and opener.lower_ not in ("provided", "providing", "assuming"):
            return opener
        tokens = self.doc[opener.left_edge.i : self._end(opener).i + 1]
        inside = [t for t in tokens if t.lower_ not in _CONDITION_NOUNS and t.i > opener.i]
        clausal = opener.dep_ in (*_CLAUSES, "advmod")
        wanted = ("advcl", "ccomp", "acl") if clausal else ("pobj", "pcomp", "acl", "advcl")
        return next((t for t in inside if t.dep_ in wanted), next((t for t in inside if t.dep_ == "pobj"), None))

    def _end(self, opener: Token) -> Token:
        """The last token, also where the parser hangs "to a vote" not on "subject" but beside it."""
        size = max(self._phrase_size(opener), 1)
        last = self.doc[opener.i + size - 1].right_edge
        return last if last.i > opener.right_edge.i else opener.right_edge

    def opens(self, node: Token) -> bool:
        """Whether a phrase of the list begins at a token; "only after talks did they sign" tells of the past."""
        size = self._phrase_size(node)
        if size and node.lower_ == "only":
            verb = next((t for t in node.ancestors if t.dep_ not in ("prep", "advmod", "advcl")), node)
            return not is_past(verb)
        return size > 0

    def _phrase_size(self, node: Token) -> int:
        words = tuple(t.lower_ for t in self.doc[node.i : node.i + 5])
        return max((len(phrase) for phrase in self.words.phrases if words[: len(phrase)] == phrase), default=0)

    def misread_mark(self, noun: Token) -> Token | None:
        """The "if" of a clause that the parser reads as a noun phrase: "If Sweden attacks, Norway will defend it"."""
        if noun.dep_ != "nsubj" or noun.right_edge.i + 1 >= len(self.doc) or noun.right_edge.nbor(1).text != ",":
            return None
        first = noun.left_edge
        if first.lower_ in ("if", "unless"):
            return first
        before = first.nbor(-1) if first.i > 0 else None
        marks = before is not None and before.head == noun.head and before.lower_ in ("if", "unless")
        return before if marks and sum(c.dep_ == "nsubj" for c in noun.head.children) > 1 else None

    def is_condition(self, clause: Token) -> bool:
        """Whether a clause only says on what something depends."""
        if marks_of(clause) & (self.words.occurrence | self.words.absence):
            return True
        # "as long as Latvia pays" hangs below "long", "provided that" is read as a verb
        above = clause.head
        opens = above.pos_ == "ADV" or above.lower_ in ("provided", "providing", "assuming")
        opener = above.left_edge if opens else None
        return is_inverted(clause) or self.opens(clause.left_edge) or (opener is not None and self.opens(opener))


def _last(clause: Token) -> Token:
    """The last token of a condition, with the clause that goes on behind its "and"."""
    following = (c for c in clause.head.children if misplaced_above(c) == clause)
    return next(following, clause).right_edge


def is_inverted(clause: Token) -> bool:
    """"Should Russia attack", "had it not", "were it to": the auxiliary opens the clause before its subject."""
    first = clause.left_edge
    if clause.dep_ == "advcl" and first.tag_ in ("MD", "VBD") and first.lower_ in ("should", "were", "had"):
        return first != clause or any(c.dep_ == "nsubj" and c.i > first.i for c in clause.children)
    subject = next((c for c in clause.children if c.dep_ in _SUBJECTS), None)
    aux = next((c for c in clause.children if c.dep_ in ("aux", "auxpass")), None)
    if subject is None or aux is None or aux.i > subject.i or aux.lower_ not in ("should", "had", "were"):
        return False
    return clause.dep_ != "ROOT" or aux.lower_ == "should"


def introduces(preposition: Token) -> bool:
    """Whether a noun phrase brings up something new: "after a ceasefire", not "after the recent attacks"."""
    noun = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    return noun is not None and any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in noun.children)
