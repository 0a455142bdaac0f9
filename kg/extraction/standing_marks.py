"""Marks on a predicate itself: modals, denial, adverbs and adjectives, and the conditions that hang on it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims import Modality
from kg.extraction.conditions import Conditions, is_inverted
from kg.extraction.scope import has_adverb, is_ahead, is_denied, is_imperative, is_infinitive, is_past, phrase_behind
from kg.extraction.standing_value import Standing
from kg.extraction.standing_words import StandingWords

_VERBS: Final = ("VERB", "AUX")


class Marks:
    """Reads the marks on the predicates of one text.

    Args:
        words: the standing words.
        conditions: the conditions of the text.
    """

    def __init__(self, words: StandingWords, conditions: Conditions) -> None:
        self.words = words
        self.conditions = conditions

    def on(self, node: Token, standing: Standing) -> Standing:
        """Modals, negation, allegation adverbs and adjectives, conditions that hang on the word itself."""
        if is_denied(node, self.words.negators):
            standing = standing.deny()
        if self.is_over(node):
            standing = replace(standing, ended=True)
        return self._unnegated(node, standing)

    def on_governor(self, node: Token, head: Token, standing: Standing, views: frozenset[str]) -> Standing:
        """Marks on a governor: what is not planned will not be, what is not asked for may still come."""
        if is_denied(head, self.words.negators, besides=node):
            firm = "planned" in views and head.lemma_ not in self.words.undecided
            standing = standing.weaken("possible") if views and not firm else standing.deny()
        if self.is_over(head):
            standing = replace(standing, ended=True)
        return self._unnegated(head, standing)

    def shared(self, node: Token, head: Token, standing: Standing) -> Standing:
        """Modals and denials of a coordinated or participial clause that has none of its own."""
        own = any(c.dep_ in ("aux", "auxpass") for c in node.children)
        if not own:
            modality = self.modal(head)
            if modality:
                standing = standing.weaken(modality)
        links = {c.lower_ for c in head.children if head.i < c.i < node.i and c.dep_ in ("cc", "preconj", "punct")}
        joined = "nor" in links or (not own and ("or" in links or node.tag_ in ("VB", "VBN")) and "but" not in links)
        if joined and node.dep_ == "conj" and self._is_denied_itself(head):
            standing = standing.deny()
        return standing

    def _is_denied_itself(self, verb: Token) -> bool:
        """By a word of its own, which may reach the verb beside it; not by its subject or object."""
        words = [c for c in verb.children if c.dep_ in ("neg", "preconj", "advmod", "aux")]
        return any(c.lower_ in self.words.negators for c in words) and is_denied(verb, self.words.negators)

    def on_ending(self, head: Token, standing: Standing) -> Standing:
        """Below a verb that ends something: it took place, and is over; "stop attacking!" only says that it may."""
        if is_imperative(head):
            standing = standing.weaken("possible")
        return replace(standing, ended=standing.ended or self.is_over(head))

    def as_means(self, head: Token, standing: Standing) -> Standing:
        """"Will retaliate by expelling": the means stand as what is done by them."""
        modality = self.modal(head)
        if modality:
            standing = standing.weaken(modality)
        return self._conditional(head, standing)

    def is_planned(self, verb: Token) -> bool:
        """Whether a verb lies ahead, by its own auxiliaries or as an infinitive."""
        return self.modal(verb) is not None or is_infinitive(verb)

    def is_over(self, node: Token) -> bool:
        """"Used to lead", "once led", "until May belonged to", "had been a member": a state that is over."""
        if node.lemma_ in self.words.ending and node.pos_ in _VERBS:
            return True
        if node.lemma_ == "use" and node.tag_ == "VBD":
            return any(c.dep_ == "xcomp" and is_infinitive(c) for c in node.children)
        if not is_past(node):
            return node.pos_ not in _VERBS and any(_is_period(t) for t in node.subtree)
        if any(_is_period(c) for c in node.children):
            return True
        told_before = node.dep_ == "relcl" or node.lemma_ in self.words.states
        if has_adverb(node, "home") or (told_before and _is_pluperfect(node)):
            return True
        for child in node.children:
            if child.dep_ in ("advmod", "prep") and any(phrase_behind(child, self.words.bygone)):
                bare = child.lower_ != "once" or child.n_lefts + child.n_rights == 0
                if bare:
                    return True
            if child.dep_ == "prep" and child.lower_ in ("until", "till"):
                return True
        return False

    def modal(self, node: Token) -> Modality | None:
        """What the auxiliaries say; "is to", "going to" and a headline's "to meet" are plans."""
        auxiliaries = [c for c in node.children if c.dep_ in ("aux", "auxpass")]
        for aux in auxiliaries:
            modality = self.words.modals.get(aux.lower_)
            if modality == "conditional" and next(self.conditions.of(node), None) is None:
                return "planned"
            if modality and not (aux.lower_ == "should" and is_inverted(node)):
                return modality
        if is_imperative(node):
            return "possible"
        if is_ahead(node) or _is_to_come(node):
            return "planned"
        to = next((a for a in auxiliaries if a.lower_ == "to"), None)
        if to is None:
            return None
        if to.i and to.nbor(-1).lower_ == "about":
            return "planned"  # "about to sign"
        if node.dep_ == "ROOT":
            return "planned"
        if node.dep_ in ("xcomp", "acl") and node.head.lemma_ in ("be", "go", "have") and node.head.pos_ in _VERBS:
            if any(c.dep_ == "prt" or c.lower_ == "on" for c in node.head.children):
                return None  # "went on to sign"
            if node.head.lemma_ != "have":
                return "planned"
            return None if has_adverb(node.head, "yet") else "possible"
        return None

    def _unnegated(self, node: Token, standing: Standing) -> Standing:
        modality = self.modal(node)
        if modality:
            standing = standing.weaken(modality)
        if node.dep_ == "xcomp" and node.head.lemma_ == "have" and has_adverb(node.head, "yet"):
            standing = standing.deny()  # "has yet to sign"
        for child in node.children:
            standing = self._modified(node, child, standing)
        return self._conditional(node, standing)

    def _modified(self, node: Token, child: Token, standing: Standing) -> Standing:
        """What an adverb or adjective makes of its word."""
        if child.dep_ == "advmod" and node.pos_ in _VERBS and child.lower_ in self.words.nearly:
            return standing if _of_number(child) else standing.deny()
        views = self.views(child)
        if "not planned" in views and child.dep_ == "amod":
            return standing.weaken("planned").deny()
        if "not actual" in views and child.dep_ == "amod":
            return standing.deny()
        if "possible" in views and (child.pos_ in ("ADJ", "ADV") or child.dep_ == "amod"):
            return standing.weaken("possible")
        if "planned" in views and child.pos_ in ("ADJ", "VERB"):
            return standing.weaken("planned")
        return standing

    def views(self, child: Token) -> frozenset[str]:
        """Views that a modifier opens on its word; a participle stands as adjective: "the supposed support"."""
        if child.dep_ not in ("amod", "advmod", "compound"):
            return frozenset()
        adjective = child.dep_ == "amod" and child.pos_ == "VERB"
        alone = self.words.views.get(("adjectives", child.lower_), frozenset()) if adjective else frozenset()
        return self.words.of(child) | alone

    def _conditional(self, node: Token, standing: Standing) -> Standing:
        found = next(self.conditions.of(node), None)
        if found is None or standing.condition is not None:
            return standing
        return replace(standing, condition=(found.first, found.last), awaited=found.awaited, absence=found.absence)


def _is_pluperfect(verb: Token) -> bool:
    """"Had led": before something else that is past; in reported speech it is only the report's tense."""
    had = any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
    return had and not any(t.dep_ == "ccomp" for t in (verb, *verb.ancestors))


def _is_to_come(noun: Token) -> bool:
    """"Peace talks to resume": a headline whose verb is hung below its noun."""
    if noun.pos_ in _VERBS or noun.dep_ != "ROOT":
        return False
    verbs = [c for c in noun.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)]
    return any(not any(c.dep_ == "dobj" for c in verb.children) for verb in verbs)


def _is_period(preposition: Token) -> bool:
    """"Between 2015 and 2019"."""
    if preposition.lower_ not in ("between", "from"):
        return False
    years = [t for t in preposition.subtree if t.like_num and len(t) == 4 and t.text.isdigit()]
    return len(years) == 2


def _of_number(adverb: Token) -> bool:
    """"Nearly 40 ships": the adverb goes with a number, wherever the parser hangs it."""
    after: Iterator[Token] = iter(adverb.doc[adverb.i + 1 : adverb.i + 2])
    return any(t.like_num or t.pos_ == "NUM" for t in after)
