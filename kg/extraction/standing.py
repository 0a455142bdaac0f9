"""Standing: whether a text vouches for an act, by the scope of the words around its predicate.

`Standings.of` walks from a predicate up through what governs it. Each governor may open a view on what it governs
(``ontology/lexicon/standing.yaml``): somebody's claim, a plan, a mere possibility, a denial, a condition. The walk is
one for all frames; FactBank (Saurí and Pustejovsky 2009) and its de facto annotator describe the idea.
"""

from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.conditions import Conditions, introduces
from kg.extraction.scope import (
    coordinated_above,
    has_own_subject,
    is_absent,
    is_aside,
    is_background,
    is_full_clause,
    is_infinitive,
    is_past,
    is_ranked,
    marks_of,
    misplaced_above,
    phrase_before,
)
from kg.extraction.standing_marks import Marks
from kg.extraction.standing_sources import Quoted, Sources
from kg.extraction.standing_value import Standing
from kg.extraction.standing_views import PREPOSITIONAL, Step, Views
from kg.extraction.standing_words import StandingWords
from kg.language.clauses import Clauses

__all__ = ["Standing", "StandingWords", "Standings"]

_MAX_STEPS: Final = 25
_NOUNS: Final = ("NOUN", "PROPN")
#: Prepositions of circumstance: what they govern is no part of what the governor says.
_CIRCUMSTANCE: Final = frozenset(
    {
        "during", "after", "before", "since", "amid", "despite", "following", "because", "by", "in", "at", "due",
        "amidst", "over", "until", "with", "without", "under", "near",
    }
)  # fmt: skip
#: Nouns that only count others: "a series of attacks".
_AMOUNTS: Final = frozenset({"set", "series", "round", "wave", "range", "number", "package", "list", "kind", "type"})
#: Verbs by which a threat or an offer comes about, while others say something of one that was made.
_MAKING: Final = frozenset({"make", "issue", "give", "put", "repeat", "renew", "voice", "extend", "table", "prepare"})
#: What an "if" asks of a report rather than of an act: "if it can be trusted".
_DOUBTS: Final = frozenset({"trust", "believe", "credit", "true", "accurate", "correct", "authentic", "reliable"})


class Standings:
    """Standings of the predicates of one parsed text.

    Args:
        doc: the parse.
        clauses: its predicates.
        words: the standing words; the shipped ones by default.
        quoted: spans of tokens inside quotation marks, with the speaker's head token where one is known.
    """

    def __init__(
        self,
        doc: Doc,
        clauses: Clauses,
        words: StandingWords | None = None,
        quoted: tuple[Quoted, ...] = (),
    ) -> None:
        self.doc = doc
        self.clauses = clauses
        self.words = words or StandingWords.load()
        self.conditions = Conditions(doc, self.words)
        self._marks = Marks(self.words, self.conditions)
        self._views = Views(clauses, self.words, self._marks, self.conditions)
        self._sources = Sources(clauses, self.words, quoted)

    def of(self, token: Token) -> Standing:
        """Standing of the predicate at a token."""
        standing, stop = self._marks.on(token, Standing()), self._is_known(token)
        own, node, scope, told = standing, token, True, False
        for _ in range(_MAX_STEPS):
            if scope:
                standing, scope = self._around(node, standing)
            head = node.head
            if head == node or stop:
                break
            before = standing
            standing, scope, stop = self._step(node, head, standing, scope)
            if told and standing.in_condition:
                standing = before  # "if Peru frees the men whom it arrested": it did arrest them
            told = told or (node.dep_ == "relcl" and not scope)
            node = coordinated_above(node) or head
        if not stop:
            standing = self._sources.sentence(token, standing)
        standing = self._conditioned(token, own, standing)
        return self._sources.quotation(token, self._sources.source(token, standing))

    def _is_known(self, token: Token) -> bool:
        """"Its threat to attack": that it was made is known, whatever is said of it."""
        if token.pos_ != "NOUN" or not any(c.dep_ == "poss" for c in token.children):
            return False
        views = self.words.of(token)
        return bool(views & {"planned", "possible"}) and token.lemma_ in self.words.uttered and not (
            token.dep_ == "dobj" and token.head.lemma_ in _MAKING
        )

    def _around(self, node: Token, standing: Standing) -> tuple[Standing, bool]:
        """What a phrase right before a word, or the world that its clause is told of, makes of it."""
        view = phrase_before(node, self.words.before)
        if view:
            return self._views.under(view, standing), view == "over"
        if self._sources.unreal(node):
            return standing.weaken("possible"), True
        return standing, True

    def _conditioned(self, token: Token, own: Standing, standing: Standing) -> Standing:
        """What hangs on a condition is conditional; "once" and "until" tell only the time of what is done.

        What somebody did or said is done, whatever the condition of its content: "offered help if Iran withdraws".
        """
        if standing.condition is None:
            return standing
        first = standing.condition[0]
        if _is_epistemic(standing.awaited):
            return replace(standing.weaken("possible"), condition=None, awaited=None, absence=False)
        bargain = first.i + 1 < len(self.doc) and first.nbor(1).lower_ in ("exchange", "return")
        done = own.condition is not None and own.modality == "actual" and self._is_done(token)
        if standing.modality == "actual" and (done or bargain or first.lower_ in self.words.order | {"pending"}):
            return replace(standing, condition=None, awaited=None, absence=False)
        if bargain and not any(c.lower_ in ("would", "'d", "could") for t in (token, first.head) for c in t.children):
            return standing  # what is agreed in return for something is agreed
        if first.lower_ in self.words.order - self.words.occurrence:
            return standing  # what waits for its time is planned
        return standing.weaken("conditional")

    def _is_done(self, token: Token) -> bool:
        if token.pos_ not in ("VERB", "AUX"):
            return False
        return is_past(token) or (token.tag_ in ("VBZ", "VBP", "VBG") and token.lemma_ in self.words.uttered)

    # -- one step up ---------------------------------------------------------------------------------------------

    def _step(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        """Standing after passing to the governor; whether its modality still reaches down; whether to stop."""
        match node.dep_:
            case "conj":
                return self._conjoined(node, head, standing, scope)
            case "ccomp" | "xcomp" | "csubj" | "csubjpass" | "oprd":
                return self._complement(node, head, standing, scope)
            case "acl" | "relcl":
                return self._noun_clause(node, head, standing, scope)
            case "advcl":
                return self._adverbial(node, head, standing, scope)
            case "pobj" | "pcomp":
                return standing, scope, False
            case "prep" | "agent" | "dative":
                return self._prepositional(node, head, standing, scope)
            case "compound":
                return standing, scope, False
            case "amod" if node.lower_ in ("less", "more", "other"):
                return standing, scope, False  # "nothing less than a withdrawal"
            case "amod" | "poss" | "nmod":
                return standing, False, False
            case _:
                return self._views.governed(node, head, standing, scope, "noun")

    def _conjoined(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        clause = misplaced_above(node)
        if clause is not None:
            return self._adverbial(clause, head, standing, scope)
        own = has_own_subject(node)
        if scope and not own and coordinated_above(node) is None:
            standing = self._marks.shared(node, head, standing)
        # "proposed that X be returned and Y withdraw": the second clause hangs where the first does
        return standing, scope and (head.dep_ == "ccomp" or not own), False

    def _complement(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in node.children):
            return standing.weaken("possible"), False, False
        if self.conditions.is_condition(node):
            return standing.awaiting(), False, False
        if is_infinitive(node):
            return self._views.governed(node, head, standing, scope, "infinitive")
        if node.dep_ == "xcomp" and node.tag_ == "VBG" and head.lemma_ in self.words.phases:
            return self._marks.on_ending(head, standing), scope, False  # who stops attacking did attack
        if head.lemma_ == "have" and node.tag_ == "VBG" and self._sources.is_tale(head):
            return standing.weaken("possible"), False, False
        if node.dep_ == "ccomp" and node.i < head.i and not self.words.of(head):
            return standing, False, True  # a clause of its own before another: "they marched; police made no arrests"
        return self._views.governed(node, head, standing, scope, "clause" if node.dep_ == "ccomp" else "participle")

    def _noun_clause(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        """A clause about a noun: what is told of it in passing is the text's own."""
        infinitive = is_infinitive(node)
        told = bool(self.words.of(head)) and is_full_clause(node)
        if node.dep_ == "relcl" and not told and not (infinitive and not has_own_subject(node)):
            return standing, False, is_aside(node)
        if not infinitive and not told and node.tag_ in ("VBN", "VBG"):
            if is_absent(head):
                return standing.deny(), False, True
            if node.tag_ == "VBG" and node.lemma_ in self.words.expressing and "planned" in self.words.of(head.head):
                return standing, False, True  # "adopts a resolution condemning": it does condemn
            if head.dep_ == "nsubj" and head.head.lemma_ == "await":
                return replace(standing.weaken("planned"), intended=True), False, True  # "an accord … awaits a pen"
            reached = node.tag_ == "VBG" and head.dep_ in ("dobj", "pobj", "nsubjpass")
            governed = reached and bool(self.words.of(head.head))
            return standing, scope and governed, is_background(node, self.words)
        if scope and infinitive and not self.words.of(head) and not is_ranked(head):
            standing = standing.weaken("planned")  # "a force to be deployed", "a deal to export gas"
        return self._views.governed(node, head, standing, scope, "infinitive" if infinitive else "clause")

    def _prepositional(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        if self.conditions.opens(node) or self.conditions.opens(node.left_edge):
            return standing.awaiting(), False, False
        if scope and node.lower_ in self.words.order and introduces(node) and self._marks.is_planned(head):
            return standing.weaken("planned"), False, False
        if head.pos_ in _NOUNS and (
            node.lower_ in ("with", "including") or (node.lower_ == "of" and head.lemma_ in _AMOUNTS)
        ):
            return standing, scope, False  # what comes with a thing, or is counted by it, stands as the thing does
        if node.lower_ == "than" and head.lower_ in ("less", "more", "other"):
            return standing, scope, False
        participle = any(c.dep_ == "pcomp" for c in node.children)
        if scope and participle and node.lower_ == "by":
            return self._marks.as_means(head, standing), True, False
        if node.lower_ in _CIRCUMSTANCE and not self.words.governs(head, node.lower_):
            return standing, False, is_background(node, self.words)
        if scope and head.pos_ == "VERB" and node.lower_ in ("of", "about"):
            standing = self._views.extraposed(head, standing)
        return self._views.governed(node, head, standing, scope, "participle" if participle else "noun")

    # -- adverbial clauses ---------------------------------------------------------------------------------------

    def _adverbial(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        marks = marks_of(node)
        past = is_past(node)
        if self.conditions.is_condition(node) and not (
            past and marks & self.words.order and not marks & self.words.absence and not self._marks.is_planned(head)
        ):
            return standing.awaiting(), False, False
        if "as" in marks and "speech" in self.words.of(node) and scope:
            return standing, scope, False
        if is_infinitive(node):
            return self._purpose(node, head, standing, scope)
        if head.lemma_ == "do" and node.tag_ == "VB" and not marks:  # "nor did Peru, for all its anger, attack"
            return self._marks.on_governor(node, head, standing, frozenset()), scope, False
        if not marks and node.tag_ in ("VBG", "VBN"):
            if is_background(node, self.words):
                return standing, False, True
            if scope:
                standing = self._marks.shared(node, head, standing)
            return standing, scope, False
        if scope and marks & self.words.order and self._marks.is_planned(head) and not past:
            return standing.weaken("planned"), False, False
        return standing, False, is_background(node, self.words)

    def _purpose(self, node: Token, head: Token, standing: Standing, scope: bool) -> Step:
        """An infinitive that hangs on a whole clause: what it is done for is planned."""
        if not scope:
            return standing, scope, False
        accused = next((c.head for c in self.doc[head.i : node.i] if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
        if accused is not None and accused.head == head and head.lemma_ in self.words.blaming:
            return self._views.claimed(head, standing.weaken("planned")), False, False  # "of planning to attack"
        if head.lemma_ in PREPOSITIONAL and "possible" in self.words.of(head):
            return standing.weaken("possible"), scope, False  # "calls for the minister to resign"
        went_on = head.lemma_ == "go" and any(c.lower_ == "on" for c in head.children)
        # "marched to demand": to say it is to do it
        said = node.lemma_ in self.words.expressing and not self.words.of(head)
        return standing if went_on or said else standing.weaken("planned"), scope, False


def _is_epistemic(awaited: Token | None) -> bool:
    """"If the report is true": a doubt about what is told, not a condition of it."""
    if awaited is None:
        return False
    told = [awaited, *(c for c in awaited.children if c.dep_ == "acomp")]
    return any(t.lemma_ in _DOUBTS for t in told)
