"""Standing: whether a text vouches for an act, by the scope of the words around its predicate.

`Standings.of` walks from a predicate up through what governs it. Each governor may open a view on what it governs
(``ontology/lexicon/standing.yaml``): somebody's claim, a plan, a mere possibility, a denial, a condition. The walk is
one for all frames; FactBank (Saurí and Pustejovsky 2009) and its de facto annotator describe the idea.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml
from spacy.tokens import Doc, Token

from kg.claims import Modality
from kg.errors import OntologyError
from kg.extraction.frames import Frame
from kg.language.clauses import Clauses, is_passive
from kg.resources import resource

Relation: TypeAlias = Literal["clause", "infinitive", "participle", "noun"]

_POS: Final = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADV": "adverbs"}
_STRENGTH: Final[tuple[Modality, ...]] = ("actual", "planned", "possible", "conditional")
_MAX_STEPS: Final = 25
#: Verbs that ask only with a preposition: "call for".
_PREPOSITIONAL: Final = frozenset({"call", "appeal", "push", "press"})
#: Nouns of the phrases that open a condition: not themselves what is awaited.
_CONDITION_NOUNS: Final = frozenset({"case", "event", "condition", "exchange", "return"})


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


@dataclass(frozen=True, slots=True)
class StandingWords:
    """The words of ``standing.yaml``, indexed.

    Attributes:
        views: views that a lemma opens, by (part of speech, lemma).
        modals: modality of a modal verb's form.
        transparent: lemmas of verbs that add only phase or occurrence.
        negators: words that deny.
        occurrence: conjunctions that open a condition.
        absence: conjunctions that open a negative one.
        phrases: prepositional phrases that open a condition.
        order: conjunctions and prepositions of time that condition what is planned.
    """

    views: Mapping[tuple[str, str], frozenset[str]]
    modals: Mapping[str, Modality]
    transparent: frozenset[str]
    negators: frozenset[str]
    occurrence: frozenset[str]
    absence: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    order: frozenset[str]

    @classmethod
    @cache
    def load(cls, path: Path | None = None) -> "StandingWords":
        """Read the words; `OntologyError` if the file lacks a part."""
        path = path or resource("ontology", "lexicon", "standing.yaml")
        data = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        views: dict[tuple[str, str], set[str]] = {}
        try:
            sections = [(view, data[view]) for view in ("speech", "planned", "possible")]
            sections += [(f"not {modality}", data["negated"][modality]) for modality in ("actual", "planned")]
            for view, by_pos in sections:
                for pos, lemmas in by_pos.items():
                    for lemma in lemmas:
                        views.setdefault((pos, lemma), set()).add(view)
            return cls(
                views={key: frozenset(value) for key, value in views.items()},
                modals={form: modality for modality, forms in data["modals"].items() for form in forms},
                transparent=frozenset(data["transparent"]),
                negators=frozenset(data["negators"]),
                occurrence=frozenset(data["conditions"]["occurrence"]),
                absence=frozenset(data["conditions"]["absence"]),
                phrases=tuple(tuple(phrase.split()) for phrase in data["conditions"]["phrases"]),
                order=frozenset(data["conditions"]["order"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise OntologyError(f"{path}: {error} is missing or malformed", hint="compare it with the shipped file") from error

    def with_frames(self, frames: Iterable[Frame]) -> "StandingWords":
        """Also what communicative frames make of their content, for words that the list has not."""
        views = dict(self.views)
        for frame in frames:
            view = _view_of(frame)
            for unit in frame.units if view else ():
                key = ({"verb": "verbs", "light": "", "noun": "nouns", "adjective": "adjectives"}[unit.pos], unit.head)
                if key[0] and key not in self.views:
                    views[key] = views.get(key, frozenset()) | {view}
        return replace(self, views=views)

    def of(self, token: Token) -> frozenset[str]:
        """Views that a token opens on what it governs."""
        return self.views.get((_POS.get(token.pos_, ""), token.lemma_.lower()), frozenset())


def _view_of(frame: Frame) -> str:
    content = frame.content
    if content is None:
        return ""
    if content.negated:
        return "not planned" if content.modality == "planned" else "not actual"
    if content.holder:
        return "speech"
    return content.modality if content.modality in ("planned", "possible") else ""


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

    def of(self, token: Token) -> Standing:
        """Standing of the predicate at a token."""
        standing = self._marks(token, Standing())
        node, scope_open = token, True
        for _ in range(_MAX_STEPS):
            head = node.head
            if head == node:
                break
            standing, scope_open, stop = self._step(node, head, standing, scope_open)
            if stop:
                break
            node = head
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
        dep = node.dep_
        if dep == "conj":
            own = _has_own_subject(node)
            if scope and not own:
                standing = self._shared_marks(node, head, standing)
            return standing, scope and not own, False
        if dep == "relcl" and not (_is_infinitive(node) and not _has_own_subject(node)):
            return standing, False, True
        if dep in ("ccomp", "xcomp", "csubj", "csubjpass", "oprd"):
            if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in node.children):
                return standing.weaken("possible"), False, False
            relation: Relation = "infinitive" if _is_infinitive(node) else "clause" if dep == "ccomp" else "participle"
            return self._governed(node, head, standing, scope, relation)
        if dep in ("acl", "relcl"):
            if not _is_infinitive(node) and node.tag_ in ("VBN", "VBG"):
                return standing, False, False
            if scope and _is_infinitive(node) and not self.words.of(head):
                standing = standing.weaken("planned")  # "a force to be deployed", "a deal to export gas"
            return self._governed(node, head, standing, scope, "infinitive" if _is_infinitive(node) else "clause")
        if dep == "advcl":
            return self._adverbial(node, head, standing, scope)
        if dep in ("pobj", "pcomp"):
            if head.lower_ == "without":
                standing = standing.deny()
            return standing, scope, False
        if dep in ("prep", "agent", "dative"):
            if self._opens_condition(node):
                return replace(standing.weaken("conditional"), in_condition=True), False, False
            if scope and node.lower_ in self.words.order and _introduces(node) and self._is_planned(head):
                return standing.weaken("planned"), False, False
            if node.lower_ == "with" and head.pos_ in ("NOUN", "PROPN"):
                return standing, scope, False  # what comes with a thing stands as the thing does
            carried = _carried_by(node)
            relation = "participle" if carried is not None and carried.dep_ == "pcomp" else "noun"
            if node.lower_ in ("during", "after", "before", "since", "amid", "despite", "following", "because", "by", "in", "at", "due",
                               "amidst", "over", "until", "with", "without", "under", "near"):
                return standing, False, False
            return self._governed(node, head, standing, scope, relation)
        if dep in ("amod", "compound", "poss", "nmod"):
            return standing, scope if dep == "compound" else False, False
        return self._governed(node, head, standing, scope, "noun")

    def _governed(
        self, node: Token, head: Token, standing: Standing, scope: bool, relation: Relation
    ) -> tuple[Standing, bool, bool]:
        """What a governing word makes of its content."""
        if head.pos_ not in _POS:
            return standing, scope, False
        views = self.words.of(head)
        if head.lemma_ in _PREPOSITIONAL and relation == "noun" and node.dep_ != "prep":
            views = frozenset()  # "calls the support a declaration of war"
        is_subject = node.dep_ in ("nsubj", "nsubjpass", "csubj")
        if is_subject and not is_passive(head) and head.lemma_ not in self.words.transparent:
            return standing, False, False
        if scope and views:
            standing = self._view(head, standing, views, relation)
        elif "speech" in views and relation in ("clause", "participle"):
            standing = self._claimed(head, standing)
        lets_through = relation != "noun" or bool(views) or head.lemma_ in self.words.transparent
        if scope and lets_through and (relation != "clause" or not views):
            standing = self._marks(head, standing, governor=bool(views))
        return standing, scope and lets_through and relation != "clause", False

    def _view(self, head: Token, standing: Standing, views: frozenset[str], relation: Relation) -> Standing:
        """Apply the view that fits how the content hangs on its governor."""
        order = {
            "clause": ("speech", "not actual", "possible", "planned"),
            "infinitive": ("not planned", "not actual", "planned", "possible", "speech"),
            "participle": ("not actual", "not planned", "speech", "possible", "planned"),
            "noun": ("not planned", "planned", "possible", "speech", "not actual"),
        }[relation]
        match next((view for view in order if view in views), ""):
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
        if head.pos_ in ("VERB", "AUX"):
            holders = self.clauses.subjects(head)
        elif head.pos_ == "ADJ":
            holders = ()
        else:
            holders = self.clauses.noun_owner(head) or self.clauses.predicate(head).get("modifier")
        return replace(standing, holder=holders[0]) if holders else standing.weaken("possible")

    # -- adverbial clauses and conditions ------------------------------------------------------------------------

    def _adverbial(self, node: Token, head: Token, standing: Standing, scope: bool) -> tuple[Standing, bool, bool]:
        marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
        if marks & (self.words.occurrence | self.words.absence) or _is_inverted(node):
            return replace(standing.weaken("conditional"), in_condition=True), False, False
        if "as" in marks and "speech" in self.words.of(node) and scope:
            return standing, scope, False
        if _is_infinitive(node):
            return standing.weaken("planned") if scope else standing, scope, False
        if not marks and node.tag_ in ("VBG", "VBN"):
            if scope:
                standing = self._shared_marks(node, head, standing)
            return standing, scope, False
        if scope and marks & self.words.order and self._is_planned(head):
            return standing.weaken("planned"), False, False
        return standing, False, False

    def _conditions(self, node: Token) -> Iterator[tuple[Token, Token, Token | None, bool]]:
        """Conditions that hang on a verb or noun: first and last token, what is awaited, whether its absence is."""
        for child in node.children:
            if child.dep_ in ("advcl", "ccomp", "relcl"):
                marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
                if marks & (self.words.occurrence | self.words.absence) or _is_inverted(child):
                    yield self.doc[child.left_edge.i], self.doc[child.right_edge.i], child, bool(marks & self.words.absence)
            elif child.dep_ in ("prep", "advmod") and (
                self._opens_condition(child) or (child.lower_ in self.words.order and _introduces(child))
            ):
                inside = (t for t in child.subtree if t.dep_ in ("pobj", "pcomp") and t.lower_ not in _CONDITION_NOUNS)
                yield self.doc[child.left_edge.i], self.doc[child.right_edge.i], next(inside, None), False

    def _opens_condition(self, node: Token) -> bool:
        words = tuple(t.lower_ for t in self.doc[node.i : node.i + 5])
        return any(words[: len(phrase)] == phrase for phrase in self.words.phrases)

    def _is_planned(self, verb: Token) -> bool:
        """Whether a verb lies ahead, by its own auxiliaries or as an infinitive."""
        return self._modal(verb, reported=False) is not None or _is_infinitive(verb)

    # -- marks on the word itself --------------------------------------------------------------------------------

    def _marks(self, node: Token, standing: Standing, *, governor: bool = False) -> Standing:
        """Modals, negation, allegation adverbs and adjectives, conditions that hang on the word itself."""
        modality = self._modal(node, reported=standing.holder is not None)
        if modality:
            standing = standing.weaken(modality)
        if self._is_denied(node):
            standing = standing.weaken("possible") if governor else standing.deny()
        for child in node.children:
            views = self.words.of(child) if child.dep_ in ("amod", "advmod", "compound") else frozenset()
            if "possible" in views and child.pos_ in ("ADJ", "ADV"):
                standing = standing.weaken("possible")
            elif "planned" in views and child.pos_ in ("ADJ", "VERB"):
                standing = standing.weaken("planned")
            elif child.dep_ == "amod" and child.lemma_ in ("plan", "schedule", "propose", "threaten", "allege", "suspect"):
                standing = standing.weaken("planned" if child.lemma_ in ("plan", "schedule") else "possible")
            elif child.dep_ == "amod" and child.lemma_ in ("fail", "cancel"):
                standing = standing.deny()
        for first, last, awaited, absence in self._conditions(node):
            if standing.condition is None:
                standing = replace(standing, condition=(first, last), awaited=awaited, absence=absence)
        return standing

    def _shared_marks(self, node: Token, head: Token, standing: Standing) -> Standing:
        """Modals and conditions of a coordinated or participial clause that has none of its own."""
        if not any(c.dep_ in ("aux", "auxpass") for c in node.children):
            modality = self._modal(head, reported=standing.holder is not None)
            if modality:
                standing = standing.weaken(modality)
        return standing

    def _modal(self, node: Token, *, reported: bool) -> Modality | None:
        """What the auxiliaries say; "is to", "going to" and a headline's "to meet" are plans."""
        auxiliaries = [c for c in node.children if c.dep_ in ("aux", "auxpass")]
        for aux in auxiliaries:
            modality = self.words.modals.get(aux.lower_)
            if modality == "conditional" and not any(True for _ in self._conditions(node)):
                return "planned"
            if modality and not (aux.lower_ == "should" and _is_inverted(node)):
                return modality
        forms = {a.lower_ for a in auxiliaries}
        if "to" in forms and node.dep_ == "ROOT":
            return "planned"
        if "to" in forms and node.dep_ in ("xcomp", "acl") and node.head.lemma_ in ("be", "go", "have"):
            return "possible" if node.head.lemma_ == "have" else "planned"
        return None

    def _is_denied(self, node: Token) -> bool:
        for child in node.children:
            if child.dep_ == "neg" or (child.lower_ in self.words.negators and child.dep_ in ("det", "preconj", "advmod", "aux")):
                return not (child.lower_ in ("not", "no") and _next_is(child, ("only", "just", "less", "fewer", "more")))
            if child.dep_ in ("nsubj", "nsubjpass", "dobj") and node.pos_ in ("VERB", "AUX"):
                if child.lower_ in self.words.negators:
                    return True
                if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children):
                    return True
        return False

    # -- sources -------------------------------------------------------------------------------------------------

    def _source(self, token: Token, standing: Standing) -> Standing:
        """"According to X" in the same sentence or clause; "X says" as a parenthesis."""
        if standing.holder is not None:
            return standing
        for node in (token, *token.ancestors):
            for child in node.children:
                if child.dep_ in ("prep", "advcl") and child.lower_ == "according":
                    source = next((t for t in child.subtree if t.dep_ == "pobj"), None)
                    if source is not None and token not in child.subtree:
                        return replace(standing, holder=source)
                if child.dep_ in ("parataxis", "advcl") and "speech" in self.words.of(child):
                    marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
                    holders = self.clauses.subjects(child) if child.dep_ == "parataxis" or "as" in marks else ()
                    if holders and token not in child.subtree and not _is_infinitive(child):
                        return replace(standing, holder=holders[0])
            if node.dep_ in ("relcl",):
                break
        return standing

    def _quotation(self, token: Token, standing: Standing) -> Standing:
        """What stands inside quotation marks is the speaker's claim."""
        if standing.holder is None:
            for start, end, speaker in self.quoted:
                if start <= token.i < end and speaker is not None and not start <= speaker.i < end and end - start > 4:
                    return replace(standing, holder=speaker)
        return standing


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def _is_inverted(verb: Token) -> bool:
    """"Should Russia attack", "had it not", "were it to": the auxiliary opens the clause before its subject."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    aux = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    if subject is None or aux is None or aux.i > subject.i or aux.lower_ not in ("should", "had", "were"):
        return False
    return verb.dep_ != "ROOT" or aux.lower_ == "should"


def _has_own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in verb.children)


def _carried_by(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)


def _introduces(preposition: Token) -> bool:
    """Whether a noun phrase brings up something new: "after a ceasefire", not "after the recent attacks"."""
    noun = _carried_by(preposition)
    return noun is not None and any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in noun.children)


def _next_is(token: Token, words: tuple[str, ...]) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in words
