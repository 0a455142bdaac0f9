"""What a governing word makes of its content: somebody's claim, a plan, a wish, a denial.

A view is a property of the governor (``ontology/lexicon/standing.yaml``); which one holds depends on how the content
hangs on it: as a clause, an infinitive, a participle or a noun.
"""

from dataclasses import replace
from typing import Final, Literal, TypeAlias

from spacy.tokens import Token

from kg.extraction.conditions import Conditions
from kg.extraction.scope import (
    has_particle,
    is_background,
    is_definite,
    is_denied,
    is_progressive,
    is_subjunctive,
    noun_of,
    phrase_behind,
)
from kg.extraction.standing_marks import Marks
from kg.extraction.standing_value import Standing
from kg.extraction.standing_words import StandingWords
from kg.language.clauses import Clauses, is_passive

Relation: TypeAlias = Literal["clause", "infinitive", "participle", "noun"]
#: The standing after a step up, whether its modality still reaches down, whether the walk is over.
Step: TypeAlias = tuple[Standing, bool, bool]

#: Verbs that ask only with a preposition: "call for".
PREPOSITIONAL: Final = frozenset({"call", "appeal", "push", "press"})

_NOUNS: Final = ("NOUN", "PROPN")
_VERBS: Final = ("VERB", "AUX")
_ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "clause": ("speech", "not actual", "possible", "planned"),
    "infinitive": ("not planned", "not actual", "planned", "possible", "speech"),
    "participle": ("not actual", "not planned", "speech", "possible", "planned"),
    "noun": ("not planned", "planned", "possible", "speech", "not actual"),
}


class Views:
    """Applies the views of governors in one text.

    Args:
        clauses: its predicates.
        words: the standing words.
        marks: the marks on its predicates.
        conditions: its conditions.
    """

    def __init__(self, clauses: Clauses, words: StandingWords, marks: Marks, conditions: Conditions) -> None:
        self.clauses = clauses
        self.words = words
        self.marks = marks
        self.conditions = conditions

    def governed(self, node: Token, head: Token, standing: Standing, scope: bool, relation: Relation) -> Step:
        """Pass from what is governed to its governor."""
        if head.pos_ == "ADV" and self.conditions.is_condition(node):
            return standing.awaiting(), False, False
        if self.conditions.misread_mark(node) is not None:
            return standing.awaiting(), False, False
        if head.pos_ not in (*_VERBS, *_NOUNS, "ADJ", "ADV"):
            return standing, scope, False
        transparent = head.lemma_ in self.words.transparent
        if node.dep_ in ("nsubj", "nsubjpass", "csubj") and not is_passive(head):
            over = head.lemma_ in self.words.ending
            standing = replace(standing, ended=True) if over else self._predicated(head, standing, scope)
            if not transparent or not _happens(head):
                return self._unspecific(node, head, standing, scope), False, is_background(node, self.words)
        if relation == "noun" and scope and self._presupposes(node, head):
            return standing, False, False
        if node.dep_ == "attr" and scope:
            standing = self._identified(head, standing)
        views = self._views(node, head, relation)
        if "speech" in views and relation in ("clause", "participle") and is_denied(head, self.words.negators):
            return standing.weaken("possible"), False, False  # "did not say that": nobody's claim
        standing = self._seen(node, head, standing, scope, views, relation)
        lets_through = relation != "noun" or bool(views) or transparent
        if scope and lets_through and (relation != "clause" or not views):
            standing = self.marks.on_governor(node, head, standing, views)
        return standing, scope and lets_through and relation != "clause", False

    def _seen(
        self, node: Token, head: Token, standing: Standing, scope: bool, views: frozenset[str], relation: Relation
    ) -> Standing:
        """Under the views of a governor, be it within their scope or as part of what somebody claims."""
        if scope and views:
            standing = self._view(node, head, standing, views, relation)
        elif "speech" in views and (relation in ("clause", "participle") or head.pos_ == "VERB"):
            standing = self.claimed(head, standing)
        elif relation == "clause" and head.lemma_ in self.words.supposing:
            standing = standing.weaken("possible")
        elif scope:
            standing = self._unlisted(node, head, standing, relation)
        if scope and head.lemma_ in self.words.containing and self._is_laid_down(head):
            standing = standing.weaken("planned")  # "the proposal includes the release"
        return standing

    def _unlisted(self, node: Token, head: Token, standing: Standing, relation: Relation) -> Standing:
        """Below a word that no list has: a clause is claimed, an infinitive planned, an event that might be is open."""
        known = head.lemma_ in self.words.transparent | self.words.causing
        match relation:
            case "clause" if head.pos_ == "VERB" and node.i > head.i:
                return standing if known or head.lemma_ in self.words.factive else self.claimed(head, standing)
            case "infinitive" if head.pos_ == "VERB":
                done = known or head.lemma_ in self.words.implicative
                return standing if done else standing.weaken("planned")
            case "infinitive" if head.pos_ == "ADJ":
                return standing if head.lemma_ in self.words.factual else standing.weaken("planned")
            case "noun" if head.pos_ == "VERB" and not known:
                return self._unspecific(node, head, standing, True)
            case _:
                return standing

    def _unspecific(self, node: Token, verb: Token, standing: Standing, scope: bool) -> Standing:
        """"A guarantee would help", "could deter an attack": no particular one."""
        noun = noun_of(node)
        if not scope or noun.pos_ != "NOUN" or is_definite(noun):
            return standing
        unreal = any(c.dep_ == "aux" and c.lower_ in ("would", "'d", "could", "might", "may") for c in verb.children)
        # "will treat an attack on one as": whichever may come
        any_one = any(c.lower_ in ("a", "an", "any") for c in noun.children) and self.marks.is_planned(verb)
        if unreal:
            return standing.weaken("possible")
        return standing.weaken("planned") if any_one else standing

    def _presupposes(self, node: Token, head: Token) -> bool:
        """"An end to the invasion", "repel the attack": what is known, and goes on."""
        if head.lemma_ not in self.words.presupposing:
            return False
        if node.dep_ in ("prep", "agent", "dative") and node.lower_ not in ("to", "of", "against"):
            return False
        return head.lemma_ == "protest" or is_definite(noun_of(node))

    def _identified(self, verb: Token, standing: Standing) -> Standing:
        """"The ostensible reason was an attack", "the demand is a withdrawal": what a subject is said to be."""
        for subject in verb.children:
            if subject.dep_ != "nsubj" or subject.pos_ != "NOUN":
                continue
            views = self.words.of(subject)
            if any("possible" in self.marks.views(c) for c in subject.children) or "possible" in views:
                return standing.weaken("possible")
            if "planned" in views:
                return standing.weaken("planned")
        return standing

    def _is_laid_down(self, verb: Token) -> bool:
        subjects = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
        return any({"planned", "possible"} & self.words.of(c) for c in subjects)

    def _predicated(self, verb: Token, standing: Standing, scope: bool) -> Standing:
        """"A deal is in the offing", "an attack is imminent": what a copula says of its subject."""
        if not scope or verb.lemma_ not in ("be", "remain", "seem", "appear", "look"):
            return standing
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == "among" and child.i < verb.i:
                listed = self.words.of(noun_of(child))  # "among the demands was the withdrawal"
                standing = self.under(next((v for v in ("possible", "planned") if v in listed), ""), standing)
            if child.i < verb.i or child.dep_ not in ("acomp", "prep", "attr", "advmod"):
                continue
            views = self.words.of(child) if child.dep_ in ("acomp", "attr") else frozenset()
            for view in (*phrase_behind(child, self.words.predicates), *sorted(views)):
                standing = self.under(view, standing)
        return standing

    def under(self, view: str, standing: Standing) -> Standing:
        """What a view makes of a standing."""
        match view:
            case "planned" | "possible":
                return standing.weaken("planned" if view == "planned" else "possible")
            case "not planned" if standing.negated:
                return standing.weaken("possible").deny()  # "refuses to rule out"
            case "not planned":
                return standing.weaken("planned").deny()
            case "not actual":
                return standing.deny()
            case "over":
                return replace(standing, ended=True)
            case _:
                return standing

    def extraposed(self, verb: Token, standing: Standing) -> Standing:
        """"Fears grow of a strike": the noun that stands as subject opens its view on what follows the verb."""
        for subject in verb.children:
            views = self.words.of(subject) if subject.dep_ == "nsubj" and subject.pos_ == "NOUN" else frozenset()
            if views & {"possible", "speech"} and not self.words.of(verb):
                return standing.weaken("possible")
        return standing

    def _views(self, node: Token, head: Token, relation: Relation) -> frozenset[str]:
        """Views of a governor that fit how its content hangs on it."""
        prepositional = node.dep_ in ("prep", "agent", "dative")
        views = self.words.of(head, node.lower_ if prepositional else "")
        if prepositional and node.lower_ == "for":
            views -= {"not planned"}  # "banned for attacking": the reason, not what is banned
        if relation == "infinitive" and head.lemma_ in self.words.causing:
            return frozenset()  # "prompted the navy to intervene": it did
        if relation != "noun" or not views:
            return views
        lemma = head.lemma_
        if lemma in PREPOSITIONAL and not prepositional:
            return frozenset()  # "calls the support a declaration of war"
        if head.pos_ in _VERBS:
            if lemma in self.words.transparent and not prepositional:
                return frozenset()  # a treaty that is signed is there
            if "speech" in views and lemma not in (self.words.blaming if prepositional else self.words.reporting):
                views -= {"speech"}
            if lemma in self.words.reporting and noun_of(node).lemma_ in self.words.achieved:
                views -= {"planned"}
        elif head.pos_ in _NOUNS and prepositional and node.lower_ in ("from", "by"):
            return frozenset()  # "pressure from the tariffs"
        elif head.pos_ in _NOUNS and prepositional and node.lower_ not in ("of", "about", "regarding", "that"):
            views -= {"speech"}
        return views

    def _view(
        self, node: Token, head: Token, standing: Standing, views: frozenset[str], relation: Relation
    ) -> Standing:
        """Apply the view that fits how the content hangs on its governor."""
        if relation == "clause" and head.lemma_ in self.words.demanding and is_subjunctive(node):
            return standing.weaken("possible")
        if relation == "participle" and head.lemma_ in self.words.demanding and not has_particle(head):
            return standing.weaken("possible")  # "suggested sending troops"
        match next((view for view in _ORDERS[relation] if view in views), ""):
            case "speech":
                if is_progressive(node) and head.lemma_ in self.words.announcing | {"say"} and self._is_own(node, head):
                    standing = standing.weaken("planned")  # "announces that it is deploying"
                return self.claimed(head, standing)
            case "planned" if head.lemma_ in self.words.intending:
                return replace(standing.weaken("planned"), intended=True)
            case "not actual" if head.lemma_ == "deny":
                return self.claimed(head, standing.deny())
            case view:
                return self.under(view, standing)

    def _is_own(self, verb: Token, speech: Token) -> bool:
        """Whether a speaker speaks of itself, by a pronoun."""
        return any(c.dep_ == "nsubj" and c.lower_ in ("it", "he", "she", "they", "we") for c in verb.children) and bool(
            self.clauses.subjects(speech)
        )

    def claimed(self, head: Token, standing: Standing) -> Standing:
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


def _happens(verb: Token) -> bool:
    """Whether a verb says of its subject only that it happens: "the attack began", not "the attack led to"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    empty = all(o.lemma_ in ("place", "effect", "force") for o in objects)
    return empty and verb.lemma_ not in ("lead", "help", "bring")
