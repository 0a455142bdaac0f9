"""What a noun phrase describes where it names no actor: a force, an agreement, a mechanism, or words as they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import ActorMention, naming
from kg.claims import Entity, Span
from kg.documents import Document
from kg.extraction.lexicon import Lexicon
from kg.language.grammar import NAMING, named_before
from kg.language.sentences import text_of

#: Parts before a head noun that belong to its name: "European multinational force".
_NAME_PARTS: Final = frozenset({"amod", "compound", "nmod", "npadvmod", "punct", "advmod"})

#: Classes that a noun phrase may describe without naming an actor.
DESCRIBABLE: Final = frozenset(
    {"Force", "Mechanism", "Facility", "Meeting", "Agreement", "Treaty", "Ceasefire", "Declaration", "Conflict",
     "Coalition", "Organization", "Office"}
)  # fmt: skip


#: What follows a verb or noun and is no part of what is undertaken.
_BEYOND: Final = frozenset({"advcl", "relcl", "mark"})

_UNIFIED: Final = frozenset({"Force", "Mechanism", "Coalition"})

_HYPHENS: Final = frozenset("-‐‑–")
#: What a hyphen joins to who acts: "US-led", "Qatari-brokered" tell nothing of what it is.
_LINKED: Final = frozenset(
    {"led", "backed", "brokered", "mediated", "sponsored", "commanded", "chaired", "headed", "run", "supported",
     "funded"}
)  # fmt: skip
_AGENCY: Final = re.compile(rf"\S+[-‐-–]\s?(?:{'|'.join(sorted(_LINKED))})\b|\bnew\b")


@dataclass(frozen=True, slots=True)
class Described:
    """An entity that words describe, and the words."""

    entity: Entity
    span: Span
    name: str


def phrase(head: Token) -> tuple[int, int]:
    """First and last token of a noun's name: modifiers right before it, without determiner and number."""
    start = head.i
    parts = {c.i for c in head.lefts if c.dep_ in _NAME_PARTS}
    while parts:
        before = start - 1
        lefts = [c for c in head.lefts if c.dep_ in _NAME_PARTS]
        child = next((c for c in lefts if c.left_edge.i <= before <= c.right_edge.i), None)
        if child is None:
            break
        start = child.left_edge.i
        parts.discard(child.i)
    while start + 3 <= head.i and head.doc[start + 1].text in _HYPHENS and head.doc[start + 2].lower_ in _LINKED:
        start += 3  # "the French-led mission" is a mission
    return start, head.i


def span_of(doc: Doc, start: int, end: int) -> Span:
    """Characters of tokens ``start`` to ``end``, both included."""
    first, last = doc[start].idx, doc[end].idx + len(doc[end])
    return Span(first, last, text_of(doc)[first:last])


def describe(doc: Doc, document: Document, head: Token, kind: str) -> Described:
    """The entity that a noun phrase describes: a name that documents share, or a description scoped to this one."""
    start, end = phrase(head)
    while start < end and not doc[start].is_alpha:
        start += 1
    span = span_of(doc, start, end)
    words = " ".join(span.words.split())
    named = all(t.text[:1].isupper() or not t.is_alpha or len(t) < 4 for t in doc[start : end + 1])
    if named and head.pos_ == "PROPN":
        return Described(naming.named(kind, words), span, words)
    return Described(naming.scoped(document.id, kind, words), span, words)


class Descriptions:
    """What a document describes, so that a later phrase for the same thing finds it again.

    Two phrases describe one thing if they have the same head noun and one's modifiers are all among the other's.

    Args:
        doc: the parse.
        document: the document.
        lexicon: which head nouns tell a mechanism from a force.
    """

    def __init__(self, doc: Doc, document: Document, lexicon: Lexicon) -> None:
        self.doc = doc
        self.document = document
        self.lexicon = lexicon
        self._known: dict[tuple[str, str], list[tuple[frozenset[str], Entity]]] = {}

    def describe(self, head: Token, kinds: Sequence[str]) -> Described:
        """The entity that a noun phrase describes, the earlier one where it fits.

        Args:
            head: the phrase's head.
            kinds: classes that it may be of; the head noun decides, else the first.
        """
        lemma = head.lemma_.lower()
        kind = next((k for k in kinds if lemma in self.lexicon.words(f"{k.lower()}-nouns")), kinds[0])
        described = describe(self.doc, self.document, head, kind)
        return replace(described, entity=self.known(described.entity, described.name, lemma))

    def known(self, entity: Entity, name: str, lemma: str) -> Entity:
        """The entity by which an earlier phrase called the same thing, or this one."""
        words = frozenset(_AGENCY.sub("", name.lower()).split())
        known = self._known.setdefault((entity.kind, lemma), [])
        for earlier, held in known:
            if earlier <= words or words <= earlier:
                return held
        known.append((words, entity))
        return entity

    def unified(self, mention: ActorMention) -> ActorMention:
        """A mention of an unnamed force or mechanism, as the entity that earlier words made it."""
        if mention.entity.kind not in _UNIFIED or not mention.entity.id.startswith("document/"):
            return mention
        lemma = self.doc[mention.head].lemma_.lower()
        return replace(mention, entity=self.known(mention.entity, mention.name, lemma))


def clause_words(doc: Doc, head: Token) -> Span:
    """The words of a whole argument, without what follows a comma or stands around it."""
    tokens = [t for t in head.subtree if not t.is_space]
    start, end = tokens[0].i, tokens[-1].i
    if head.pos_ == "VERB":
        start = head.i
    cut = [c.left_edge.i for c in head.rights if c.dep_ in _BEYOND or (c.dep_ == "conj" and c.pos_ == "VERB")]
    end = max(head.i, min([end, *(i - 1 for i in cut)]))
    for token in doc[head.i : end + 1]:
        if token.lower_ in (";", ":", "—") or (token.dep_ in ("punct",) and token.text == "," and token.head == head):
            end = max(head.i, token.i - 1)
            break
    while end > start and (doc[end].is_punct or doc[end].dep_ == "cc"):
        end -= 1
    name = named_before(head)
    if name is not None and head.head.lemma_ in NAMING:  # "named Ana Ribeiro chief executive"
        start = name.i + 1
    while start < end and (doc[start].is_punct or doc[start].dep_ in ("mark", "det")):
        start += 1
    return span_of(doc, start, end)
