"""What the tests of mentions share: texts read with the model, and parses built by hand."""

from collections.abc import Callable
from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc

from kg.actors import ActorMention, Gazetteer, MentionIndex, Title, find_mentions, find_titles
from kg.documents import Document
from kg.language import parse

DATE = "2025-06-02"


class Text:
    """A text with what was read in it."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc, self.document = doc, document
        self.index: MentionIndex = find_mentions(doc, document, Gazetteer.load())

    def at(self, word: str, number: int = 0) -> tuple[ActorMention, ...]:
        """Mentions at the ``number``-th token that reads so."""
        return self.index.at([t.i for t in self.doc if t.text == word][number])

    def names(self, word: str, number: int = 0) -> list[str]:
        """Their names."""
        return [mention.name for mention in self.at(word, number)]

    def states(self, word: str, number: int = 0) -> list[str | None]:
        """Their states."""
        return [mention.state for mention in self.at(word, number)]

    def titles(self) -> list[tuple[str, str, str, str]]:
        """Titles as (person, role, of, status)."""
        found: tuple[Title, ...] = find_titles(self.doc, self.document, self.index, Gazetteer.load())
        return [(t.person.name, t.role, t.of.name, t.status) for t in found]


@pytest.fixture(scope="session")
def read() -> Callable[..., Text]:
    """Read a text with the model."""

    def reading(text: str, date: str | None = DATE) -> Text:
        document = Document("doc", text, date)
        return Text(parse(document), document)

    return reading


@pytest.fixture(scope="session")
def build() -> Callable[..., Text]:
    """Read a parse given token by token, as ``word/TAG/POS/dep/head``."""

    def building(*tokens: str) -> Text:
        rows = [token.split("/") for token in tokens]
        words, tags, pos, deps, heads = (list(column) for column in zip(*rows, strict=True))
        spaces = [b not in (",", ".", "'s", "-") and a != "-" for a, b in pairwise([*words, "."])]
        doc = Doc(
            spacy.blank("en").vocab, words=words, spaces=spaces, tags=tags, pos=pos, deps=deps,
            heads=[int(head) for head in heads], lemmas=[word.lower() for word in words],
        )  # fmt: skip
        return Text(doc, Document("doc", doc.text, DATE))

    return building
