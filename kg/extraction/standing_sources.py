"""What stands around a whole clause: its source, the quotation it is part of, a question, a world of fiction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extraction.scope import after_colon, is_background, is_infinitive, marks_of
from kg.extraction.standing_value import Standing
from kg.extraction.standing_words import StandingWords
from kg.language.clauses import Clauses
from kg.language.sentences import sentence_of

#: First token of a stretch inside quotation marks, the token behind its last, and the head of who says it.
Quoted = tuple[int, int, Token | None]

_VERBS: Final = ("VERB", "AUX")
#: Words that ask about one thing and take the rest as given: "who attacked the port?"
_ASKING: Final = frozenset({"why", "who", "whom", "whose", "when", "where", "how", "which", "what"})


class Sources:
    """Sources, quotations, questions and fiction of one text.

    Args:
        clauses: its predicates.
        words: the standing words.
        quoted: what stands inside quotation marks.
    """

    def __init__(self, clauses: Clauses, words: StandingWords, quoted: Sequence[Quoted]) -> None:
        self.clauses = clauses
        self.words = words
        self.quoted = quoted

    def source(self, token: Token, standing: Standing) -> Standing:
        """"According to X" in the same sentence or clause; "X says" as a parenthesis; a headline's ": minister"."""
        if standing.holder is not None:
            return standing
        for node in (token, *token.ancestors):
            for child in node.children:
                if child.dep_ in ("prep", "advcl") and child.lower_ == "according":
                    source = next((t for t in child.subtree if t.dep_ == "pobj"), None)
                    if source is not None and token not in child.subtree:
                        return replace(standing, holder=source)
                if child.dep_ in ("parataxis", "advcl") and "speech" in self.words.of(child):
                    apart = child.dep_ == "parataxis" or "as" in marks_of(child)
                    holders = self.clauses.subjects(child) if apart else ()
                    if holders and token not in child.subtree and not is_infinitive(child):
                        return replace(standing, holder=holders[0])
            if node.dep_ == "relcl" or is_background(node, self.words):
                return standing
        source = after_colon(token)
        return standing if source is None else replace(standing, holder=source)

    def quotation(self, token: Token, standing: Standing) -> Standing:
        """What stands inside quotation marks is the speaker's claim, and of no known speaker it is only possible.

        One word or a few that a known speaker is quoted with are also the text's own; of nobody, or of whose act it
        is, they are kept at a distance: Serbia's "aid".
        """
        if standing.holder is not None:
            return standing
        for start, end, speaker in self.quoted:
            if not start <= token.i < end:
                continue
            if speaker is None or speaker in token.children:
                name = token.text[:1].isupper() and token.pos_ not in _VERBS
                return standing if name else standing.weaken("possible")
            clause = end - start > 1 and token == token.doc[start:end].root and _is_clause(token)
            if not start <= speaker.i < end and (clause or end - start > 4):
                return replace(standing, holder=speaker)
        return standing

    def question(self, token: Token, standing: Standing) -> Standing:
        """What a yes-or-no question asks is open."""
        sentence = sentence_of(token)
        last = next((t for t in reversed(sentence) if not (t.is_space or t.is_quote)), token)
        if last.text != "?":
            return standing
        for node in (token, *token.ancestors):
            if node.pos_ in _VERBS and _is_inverted(node):
                return standing.weaken("possible") if not _asks(node) else standing
        return standing if any(t.lower_ in _ASKING for t in sentence) else standing.weaken("possible")

    def unreal(self, node: Token) -> bool:
        """Whether a clause is told of a world that is not real: "in the novel", "a fake video in which"."""
        if node.dep_ == "relcl" and self._is_unreal(node.head):
            return True
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "under", "on"):
                if any(self._is_unreal(c) for c in child.children if c.dep_ == "pobj"):
                    return True
                phrase = " ".join(t.lower_ for t in child.subtree)
                if phrase in self.words.unreal:
                    return True
            if child.dep_ == "advmod" and child.lower_ in self.words.unreal and child.nbor(1).text == ",":
                return True
        return False

    def _is_unreal(self, noun: Token) -> bool:
        if noun.lemma_.lower() in self.words.unreal:
            return True
        words = [c for c in noun.children if c.dep_ in ("amod", "compound")]
        pairs = {f"{c.lower_} {noun.lemma_}" for c in words}
        return bool(pairs & self.words.unreal) or any(c.lower_ in self.words.feigned for c in words)


def _is_clause(token: Token) -> bool:
    return token.pos_ in _VERBS or token.dep_ == "ROOT"


def _is_inverted(verb: Token) -> bool:
    """"Has Iran armed", "is it true": an auxiliary or copula before the subject."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None:
        return False
    before = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < subject.i]
    return bool(before) or (verb.lemma_ in ("be", "do", "have") and verb.i < subject.i)


def _asks(verb: Token) -> bool:
    return any(t.lower_ in _ASKING for c in verb.children for t in (c, *c.children) if t.i < verb.i)
