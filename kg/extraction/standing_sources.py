"""What stands around a whole clause: its source, the quotation it is part of, a question, a world of fiction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Span, Token

from kg.extraction.scope import after_colon, is_background, is_infinitive, marks_of
from kg.extraction.standing_value import Standing
from kg.extraction.standing_words import StandingWords
from kg.language.clauses import Clauses
from kg.language.grammar import dominates
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
                    if source is not None and not dominates(child, token) and not _parted(token, child):
                        return replace(standing, holder=source)
                if _says_first(child, node) and not dominates(child, token) and "speech" in self.words.of(child):
                    return replace(standing, holder=next(iter(self.clauses.subjects(child)), None))
                account = self._account(child) if not dominates(child, token) else None
                if account is not None:
                    return replace(standing, holder=account)
                if child.dep_ in ("parataxis", "advcl") and "speech" in self.words.of(child):
                    apart = child.dep_ == "parataxis" or "as" in marks_of(child)
                    holders = self.clauses.subjects(child) if apart else ()
                    if holders and not dominates(child, token) and not is_infinitive(child):
                        return replace(standing, holder=holders[0])
            if node.dep_ == "relcl" or is_background(node, self.words):
                return standing
        source = after_colon(token) or self._afterwards(token)
        return standing if source is None else replace(standing, holder=source)

    def _account(self, preposition: Token) -> Token | None:
        """"By Libya's account", "in the words of the mayor": whose it is."""
        if preposition.dep_ != "prep" or preposition.lower_ not in ("by", "in", "on", "from", "to", "per"):
            return None
        noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
        if noun is None or noun.lemma_ not in self.words.accounts:
            return None
        whose = [c for c in noun.children if c.dep_ == "poss"]
        of = [o for c in noun.children if c.lower_ == "of" for o in c.children if o.dep_ == "pobj"]
        return next(iter(whose + of), None)

    def _afterwards(self, token: Token) -> Token | None:
        """The source that the next sentence names: "That, at least, is what Libya says", "Or so Libya says"."""
        end = sentence_of(token).end
        following = sentence_of(token.doc[end]) if end < len(token.doc) else None
        if following is None or len(following) > 14 or token.dep_ == "relcl":
            return None
        words = [t.lower_ for t in following if t.is_alpha]
        if not (words[:2] == ["or", "so"] or words[:1] in (["so"], ["such"]) or {"that", "what"} <= set(words)):
            return None
        speech = (t for t in following if t.pos_ == "VERB" and "speech" in self.words.of(t))
        return next((subject for verb in speech for subject in self.clauses.subjects(verb)), None)

    def quotation(self, token: Token, standing: Standing) -> Standing:
        """What stands inside quotation marks is the speaker's claim, and of no known speaker it is only possible.

        One word or a few that a known speaker is quoted with are also the text's own; of nobody, or of whose act it
        is, they are kept at a distance: Serbia's "aid".
        """
        if standing.holder is not None:
            return standing
        for start, end, speaker in self.quoted:
            if not start <= token.i < end:
                if end - start <= 3 and any(start <= o.i < end for o in _named_by(token)):
                    return standing.weaken("possible")  # the "ceasefire" that it signed
                continue
            if speaker is None or speaker in token.children:
                name = token.text[:1].isupper() and token.pos_ not in _VERBS
                return standing if name else standing.weaken("possible")
            clause = end - start > 1 and token == token.doc[start:end].root and _is_clause(token)
            if not start <= speaker.i < end and (clause or end - start > 4):
                return replace(standing, holder=speaker)
        return standing

    def sentence(self, token: Token, standing: Standing) -> Standing:
        """What a yes-or-no question asks, or what stands behind "Imagine this.", is open."""
        sentence = sentence_of(token)
        if sentence.start:
            before = sentence_of(token.doc[sentence.start - 1])
            if len(before) <= 4 and before[0].lemma_.lower() in self.words.supposing:
                return standing.weaken("possible")
        last = next((t for t in reversed(sentence) if not (t.is_space or t.is_quote)), token)
        return standing.weaken("possible") if last.text == "?" and _is_open(token, sentence) else standing

    def unreal(self, node: Token) -> bool:
        """Whether a clause is told of a world that is not real: "in the novel", "a fake video in which"."""
        if node.dep_ == "relcl" and self._is_unreal(node.head):
            return True
        for child in node.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "under", "on", "at", "for"):
                if any(self._is_unreal(c) for c in child.children if c.dep_ == "pobj"):
                    return True
                phrase = " ".join(t.lower_ for t in child.subtree)
                if phrase in self.words.unreal or any(" " in u and u in phrase for u in self.words.unreal):
                    return True
            if child.dep_ == "prep" and child.lower_ in ("as", "like") and any(map(self._is_unreal, child.subtree)):
                return True
            if child.dep_ == "advmod" and child.lower_ in self.words.unreal and child.nbor(1).text == ",":
                return True
        return False

    def is_tale(self, verb: Token) -> bool:
        """Whether what a story, a rumour or a hoax has somebody do."""
        subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
        return any(self._is_unreal(s) or {"speech", "possible"} & self.words.of(s) for s in subjects)

    def _is_unreal(self, noun: Token) -> bool:
        if noun.lemma_.lower() in self.words.unreal:
            return True
        words = [c for c in noun.children if c.dep_ in ("amod", "compound")]
        pairs = {f"{c.lower_} {noun.lemma_}" for c in words}
        return bool(pairs & self.words.unreal) or any(c.lower_ in self.words.feigned for c in words)


def _says_first(clause: Token, head: Token) -> bool:
    """"The deputy told the chamber, Abuja had promised it": speech that the parser hangs below what is said."""
    if clause.dep_ != "ccomp" or clause.i > head.i:
        return False
    content = any(c.dep_ in ("ccomp", "xcomp") for c in clause.children)
    between = {t.text for t in head.doc[clause.right_edge.i : head.i]}
    return not content and "," in between and ";" not in between


def _parted(token: Token, other: Token) -> bool:
    """Whether a semicolon stands between two words."""
    first, last = sorted((token.i, other.i))
    return any(t.text == ";" for t in token.doc[first:last])


def _is_open(token: Token, sentence: Span) -> bool:
    words = [t.lower_ for t in sentence if t.is_alpha]
    if words[-3:-2] == ["or"] and words[-1] in ("it", "he", "she", "they", "not"):
        return True  # "why did it attack, or did it?"
    for node in (token, *token.ancestors):
        if node.pos_ in _VERBS and _is_inverted(node):
            return not _asks(node)
    return not _ASKING & set(words)


def _named_by(verb: Token) -> list[Token]:
    """The common noun that a verb's act is named by: its object, or what its relative clause is about."""
    if verb.pos_ not in _VERBS:
        return []
    nouns = [c for c in verb.children if c.dep_ == "dobj"] or ([verb.head] if verb.dep_ == "relcl" else [])
    return [n for n in nouns if n.pos_ == "NOUN" and n.text.islower()]


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
