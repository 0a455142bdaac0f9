"""Standing: whether a text vouches for an act, by the scope of the words around its predicate.

`Standings.of` walks from a predicate up through what governs it. Each governor may open a view on what it governs
(``ontology/lexicon/standing.yaml``): somebody's claim, a plan, a mere possibility, a denial, a condition. The walk is
one for all frames; FactBank (Saurí and Pustejovsky 2009) and its de facto annotator describe the idea.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from spacy.tokens import Doc, Token

from kg.claims import Modality
from kg.extraction.conditions import Conditions, introduces, is_inverted, marks_of
from kg.extraction.scope import (
    after_colon,
    coordinated_above,
    has_adverb,
    has_own_subject,
    is_background,
    is_definite,
    is_denied,
    is_full_clause,
    is_infinitive,
    is_past,
    is_ranked,
    is_subjunctive,
    noun_of,
)
from kg.extraction.standing_words import StandingWords
from kg.language.clauses import Clauses, is_passive

__all__ = ["Standing", "StandingWords", "Standings"]

Relation: TypeAlias = Literal["clause", "infinitive", "participle", "noun"]

_STRENGTH: Final[tuple[Modality, ...]] = ("actual", "planned", "possible", "conditional")
_MAX_STEPS: Final = 25
_NOUNS: Final = ("NOUN", "PROPN")
_VERBS: Final = ("VERB", "AUX")
#: Verbs that ask only with a preposition: "call for".
_PREPOSITIONAL: Final = frozenset({"call", "appeal", "push", "press"})
#: Prepositions of circumstance: what they govern is no part of what the governor says.
_CIRCUMSTANCE: Final = frozenset(
    {
        "during", "after", "before", "since", "amid", "despite", "following", "because", "by", "in", "at", "due",
        "amidst", "over", "until", "with", "without", "under", "near",
    }
)  # fmt: skip
#: Nouns that only count others: "a series of attacks".
_AMOUNTS: Final = frozenset({"set", "series", "round", "wave", "range", "number", "package", "list", "kind", "type"})
_ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "clause": ("speech", "not actual", "possible", "planned"),
    "infinitive": ("not planned", "not actual", "planned", "possible", "speech"),
    "participle": ("not actual", "not planned", "speech", "possible", "planned"),
    "noun": ("not planned", "planned", "possible", "speech", "not actual"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a text vouches for one predicate.

    Attributes:
        modality: as in `kg.claims.Claim`.
        negated: whether it is said not to happen.
        holder: head of the noun phrase that names whose claim it is.
        condition: first and last token of the words of its condition.
        awaited: head of the clause or noun that the condition waits for.
        absence: whether the condition waits for its absence ("unless").
        in_condition: whether the predicate itself only stands in a condition.
    """

    modality: Modality = "actual"
    negated: bool = False
    holder: Token | None = None
    condition: tuple[Token, Token] | None = None
    awaited: Token | None = None
    absence: bool = False
    in_condition: bool = False

    def weaken(self, modality: Modality) -> "Standing":
        """The weaker of its modality and another: possible weakens planned, planned weakens actual."""
        if _STRENGTH.index(modality) <= _STRENGTH.index(self.modality):
            return self
        return replace(self, modality=modality)

    def deny(self) -> "Standing":
        """Negated once more."""
        return replace(self, negated=not self.negated)


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
        quoted: tuple[tuple[int, int, Token | None], ...] = (),
    ) -> None:
        self.doc = doc
        self.clauses = clauses
        self.words = words or StandingWords.load()
        self.quoted = quoted
        self.conditions = Conditions(doc, self.words)

    def of(self, token: Token) -> Standing:
        """Standing of the predicate at a token."""
        standing = self._marks(token, Standing())
        node, scope = token, True
        for _ in range(_MAX_STEPS):
            head = node.head
            if head == node:
                break
            standing, scope, stop = self._step(node, head, standing, scope)
            if stop:
                break
            node = coordinated_above(node) or head
        return self._quotation(token, self._source(token, self._conditioned(standing)))

    def _conditioned(self, standing: Standing) -> Standing:
        """What hangs on a condition is conditional; "once" and "until" tell only the time of what is done."""
        if standing.condition is None:
            return standing
        first = standing.condition[0]
        bargain = first.i + 1 < len(self.doc) and first.nbor(1).lower_ in ("exchange", "return")
        if standing.modality == "actual" and (bargain or first.lower_ in self.words.order | {"pending"}):
            return replace(standing, condition=None, awaited=None, absence=False)
        if first.lower_ in self.words.order - self.words.occurrence:
            return standing  # what waits for its time is planned
        return standing.weaken("conditional")

    # -- one step up ---------------------------------------------------------------------------------------------

    def _step(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        """Standing after passing to the governor; whether its modality still reaches down; whether to stop."""
        match node.dep_:
            case "conj":
                own = has_own_subject(node)
                if scope and not own and coordinated_above(node) is None:
                    standing = self._shared_marks(node, head, standing)
                return standing, scope and not own, False
            case "ccomp" | "xcomp" | "csubj" | "csubjpass" | "oprd":
                return self._complement(node, head, standing, scope)
            case "acl" | "relcl":
                return self._noun_clause(node, head, standing, scope)
            case "advcl":
                return self._adverbial(node, head, standing, scope)
            case "pobj" | "pcomp":
                return standing.deny() if head.lower_ == "without" else standing, scope, False
            case "prep" | "agent" | "dative":
                return self._prepositional(node, head, standing, scope)
            case "compound":
                return standing, scope, False
            case "amod" | "poss" | "nmod":
                return standing, False, False
            case _:
                return self._governed(node, head, standing, scope, "noun")

    def _complement(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in node.children):
            return standing.weaken("possible"), False, False
        if self.conditions.is_condition(node):
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if is_infinitive(node):
            return self._governed(node, head, standing, scope, "infinitive")
        if node.dep_ == "xcomp" and node.tag_ == "VBG" and head.lemma_ in self.words.phases:
            return standing, scope, False  # who stops attacking did attack
        return self._governed(node, head, standing, scope, "clause" if node.dep_ == "ccomp" else "participle")

    def _noun_clause(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        """A clause about a noun: what is told of it in passing is the text's own."""
        infinitive = is_infinitive(node)
        told = bool(self.words.of(head)) and is_full_clause(node)
        if node.dep_ == "relcl" and not told and not (infinitive and not has_own_subject(node)):
            return standing, False, True
        if not infinitive and not told and node.tag_ in ("VBN", "VBG"):
            governed = node.tag_ == "VBG" and head.dep_ in ("dobj", "pobj") and bool(self.words.of(head.head))
            return standing, scope and governed, is_background(node, self.words)
        if scope and infinitive and not self.words.of(head) and not is_ranked(head):
            standing = standing.weaken("planned")  # "a force to be deployed", "a deal to export gas"
        return self._governed(node, head, standing, scope, "infinitive" if infinitive else "clause")

    def _prepositional(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        if self.conditions.opens(node) or self.conditions.opens(node.left_edge):
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if scope and node.lower_ in self.words.order and introduces(node) and self._is_planned(head):
            return standing.weaken("planned"), False, False
        if head.pos_ in _NOUNS and (
            node.lower_ in ("with", "including") or (node.lower_ == "of" and head.lemma_ in _AMOUNTS)
        ):
            return standing, scope, False  # what comes with a thing, or is counted by it, stands as the thing does
        if node.lower_ in _CIRCUMSTANCE:
            return standing, False, is_background(node, self.words)
        relation: Relation = "participle" if any(c.dep_ == "pcomp" for c in node.children) else "noun"
        return self._governed(node, head, standing, scope, relation)

    def _governed(
        self, node: Token, head: Token, standing: Standing, scope: bool, relation: Relation
    ) -> tuple[Standing, bool, bool]:
        """What a governing word makes of its content."""
        if head.pos_ == "ADV" and self.conditions.is_condition(node):
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if self.conditions.misread_mark(node) is not None:
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if head.pos_ not in (*_VERBS, *_NOUNS, "ADJ", "ADV"):
            return standing, scope, False
        views = self._views(node, head, relation)
        transparent = head.lemma_ in self.words.transparent
        if node.dep_ in ("nsubj", "nsubjpass", "csubj") and not is_passive(head) and not transparent:
            return standing, False, is_background(node, self.words)
        speech = "speech" in views and relation in ("clause", "participle")
        if speech and is_denied(head, self.words.negators):
            return standing.weaken("possible"), False, False  # "did not say that": nobody's claim
        if scope and views:
            standing = self._view(node, head, standing, views, relation)
        elif speech:
            standing = self._claimed(head, standing)
        if scope and head.lemma_ in self.words.containing and self._is_laid_down(head):
            standing = standing.weaken("planned")  # "the proposal includes the release"
        lets_through = relation != "noun" or bool(views) or transparent
        if scope and lets_through and (relation != "clause" or not views):
            standing = self._governor_marks(node, head, standing, views)
        return standing, scope and lets_through and relation != "clause", False

    def _is_laid_down(self, verb: Token) -> bool:
        subjects = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
        return any({"planned", "possible"} & self.words.of(c) for c in subjects)

    def _views(self, node: Token, head: Token, relation: Relation) -> frozenset[str]:
        """Views of a governor that fit how its content hangs on it."""
        prepositional = node.dep_ in ("prep", "agent", "dative")
        views = self.words.of(head, node.lower_ if prepositional else "")
        if relation != "noun" or not views:
            return views
        lemma = head.lemma_
        if lemma in _PREPOSITIONAL and not prepositional:
            return frozenset()  # "calls the support a declaration of war"
        if head.pos_ in _VERBS:
            if lemma in self.words.transparent and not prepositional:
                return frozenset()  # a treaty that is signed is there
            if "speech" in views and lemma not in (self.words.blaming if prepositional else self.words.reporting):
                views -= {"speech"}
            if lemma in self.words.reporting and noun_of(node).lemma_ in self.words.achieved:
                views -= {"planned"}
            if lemma in self.words.presupposing and (lemma == "protest" or is_definite(noun_of(node))):
                return frozenset()
        elif head.pos_ in _NOUNS and prepositional and node.lower_ not in ("of", "about", "regarding", "that"):
            views -= {"speech"}
        return views

    def _view(
        self, node: Token, head: Token, standing: Standing, views: frozenset[str], relation: Relation
    ) -> Standing:
        """Apply the view that fits how the content hangs on its governor."""
        if relation == "clause" and head.lemma_ in self.words.demanding and is_subjunctive(node):
            return standing.weaken("possible")
        match next((view for view in _ORDERS[relation] if view in views), ""):
            case "speech":
                return self._claimed(head, standing)
            case "planned":
                return standing.weaken("planned")
            case "possible":
                return standing.weaken("possible")
            case "not planned":
                return standing.weaken("planned").deny()
            case "":
                return standing
            case _ if head.lemma_ == "deny":
                return self._claimed(head, standing.deny())
            case _:
                return standing.deny()

    def _claimed(self, head: Token, standing: Standing) -> Standing:
        """Somebody's claim: the subject's, the noun's owner's; of nobody named, it is only possible."""
        if standing.holder is not None:
            return standing
        holders: tuple[Token, ...] = ()
        if head.pos_ in _VERBS:
            holders = self.clauses.subjects(head)
        elif head.pos_ in _NOUNS:
            own = any(c.dep_ == "poss" or c.lower_ in ("by", "from") for c in head.children)
            above = head.head
            if head.dep_ == "dobj" and above.lemma_ in self.words.disputing and not own:
                deniers = self.clauses.subjects(above)  # "disputed a report that": the subject says that it is not so
                return replace(standing.deny(), holder=deniers[0]) if deniers else standing.weaken("possible")
            dismissed = above.lemma_ in self.words.dismissing and not own
            holders = () if dismissed else self.clauses.noun_owner(head)
            holders = holders or self.clauses.predicate(head).get("modifier")
        return replace(standing, holder=holders[0]) if holders else standing.weaken("possible")

    # -- adverbial clauses ---------------------------------------------------------------------------------------

    def _adverbial(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        marks = marks_of(node)
        past = is_past(node)
        if self.conditions.is_condition(node) and not (
            past and marks & self.words.order and not marks & self.words.absence and not self._is_planned(head)
        ):
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if "as" in marks and "speech" in self.words.of(node) and scope:
            return standing, scope, False
        if is_infinitive(node):
            accused = next((c.head for c in self.doc[head.i : node.i] if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
            if scope and accused is not None and accused.head == head and head.lemma_ in self.words.blaming:
                return self._claimed(head, standing.weaken("planned")), False, False  # "of planning to attack"
            if scope and head.lemma_ in _PREPOSITIONAL and "possible" in self.words.of(head):
                return standing.weaken("possible"), scope, False  # "calls for the minister to resign"
            went_on = head.lemma_ == "go" and any(c.lower_ == "on" for c in head.children)
            return standing.weaken("planned") if scope and not went_on else standing, scope, False
        if not marks and node.tag_ in ("VBG", "VBN"):
            if is_background(node, self.words):
                return standing, False, True
            if scope:
                standing = self._shared_marks(node, head, standing)
            return standing, scope, False
        if scope and marks & self.words.order and self._is_planned(head) and not past:
            return standing.weaken("planned"), False, False
        return standing, False, is_background(node, self.words)

    def _is_planned(self, verb: Token) -> bool:
        """Whether a verb lies ahead, by its own auxiliaries or as an infinitive."""
        return self._modal(verb, reported=False) is not None or is_infinitive(verb)

    # -- marks on the word itself --------------------------------------------------------------------------------

    def _marks(self, node: Token, standing: Standing) -> Standing:
        """Modals, negation, allegation adverbs and adjectives, conditions that hang on the word itself."""
        if is_denied(node, self.words.negators):
            standing = standing.deny()
        return self._unnegated_marks(node, standing)

    def _governor_marks(
        self, node: Token, head: Token, standing: Standing, views: frozenset[str]
    ) -> Standing:
        """Marks on a governor: what is not planned will not be, what is not asked for may still come."""
        if is_denied(head, self.words.negators, besides=node):
            firm = "planned" in views and head.lemma_ not in self.words.undecided
            standing = standing.weaken("possible") if views and not firm else standing.deny()
        return self._unnegated_marks(head, standing)

    def _unnegated_marks(self, node: Token, standing: Standing) -> Standing:
        modality = self._modal(node, reported=standing.holder is not None)
        if modality:
            standing = standing.weaken(modality)
        if node.dep_ == "xcomp" and node.head.lemma_ == "have" and has_adverb(node.head, "yet"):
            standing = replace(standing.deny(), modality="planned")  # "has yet to sign"
        for child in node.children:
            views = self.words.of(child) if child.dep_ in ("amod", "advmod", "compound") else frozenset()
            if "possible" in views and child.pos_ in ("ADJ", "ADV"):
                standing = standing.weaken("possible")
            elif ("planned" in views and child.pos_ in ("ADJ", "VERB")) or (
                child.dep_ == "amod" and child.lemma_ in ("plan", "schedule")
            ):
                standing = standing.weaken("planned")
            elif child.dep_ == "amod" and child.lemma_ in ("propose", "threaten", "allege", "suspect"):
                standing = standing.weaken("possible")
            elif child.dep_ == "amod" and child.lemma_ in ("fail", "cancel"):
                standing = standing.deny()
        found = next(self.conditions.of(node), None)
        if found is None or standing.condition is not None:
            return standing
        return replace(
            standing, condition=(found.first, found.last), awaited=found.awaited, absence=found.absence
        )

    def _shared_marks(self, node: Token, head: Token, standing: Standing) -> Standing:
        """Modals and denials of a coordinated or participial clause that has none of its own."""
        if not any(c.dep_ in ("aux", "auxpass") for c in node.children):
            modality = self._modal(head, reported=standing.holder is not None)
            if modality:
                standing = standing.weaken(modality)
        nor = any(c.lower_ == "nor" for c in head.children if head.i < c.i < node.i)
        if nor and is_denied(head, self.words.negators):
            standing = standing.deny()
        return standing

    def _modal(self, node: Token, *, reported: bool) -> Modality | None:
        """What the auxiliaries say; "is to", "going to" and a headline's "to meet" are plans."""
        auxiliaries = [c for c in node.children if c.dep_ in ("aux", "auxpass")]
        for aux in auxiliaries:
            modality = self.words.modals.get(aux.lower_)
            if modality == "conditional" and next(self.conditions.of(node), None) is None:
                return "planned"
            if modality and not (aux.lower_ == "should" and is_inverted(node)):
                return modality
        if not any(a.lower_ == "to" for a in auxiliaries):
            return None
        if node.dep_ == "ROOT":
            return "planned"
        if node.dep_ in ("xcomp", "acl") and node.head.lemma_ in ("be", "go", "have") and node.head.pos_ in _VERBS:
            if any(c.dep_ == "prt" or c.lower_ == "on" for c in node.head.children):
                return None  # "went on to sign"
            return "possible" if node.head.lemma_ == "have" and not has_adverb(node.head, "yet") else "planned"
        return None

    # -- sources -------------------------------------------------------------------------------------------------

    def _source(self, token: Token, standing: Standing) -> Standing:
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

    def _quotation(self, token: Token, standing: Standing) -> Standing:
        """What stands inside quotation marks is the speaker's claim."""
        if standing.holder is None:
            for start, end, speaker in self.quoted:
                if start <= token.i < end and speaker is not None and not start <= speaker.i < end and end - start > 4:
                    return replace(standing, holder=speaker)
        return standing
