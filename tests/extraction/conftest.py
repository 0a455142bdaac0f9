"""What the tests of this room share: a parse, and mentions that do not depend on the gazetteer."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.actors import ActorMention, MentionIndex, naming
from kg.actors.model import Category
from kg.documents import Document
from kg.language import parse

Named = dict[str, Category]
KINDS = {
    "person": "Person", "organization": "Organization", "group": "Coalition", "state": "State", "organ": "Organization",
}  # fmt: skip


def index(doc: Doc, named: Named, pronouns: dict[str, str] | None = None) -> MentionIndex:
    """Mentions of the names wherever they stand; a pronoun may stand for a name."""
    found: list[ActorMention] = []
    for name, category in named.items():
        start = doc.text.find(name)
        while start >= 0:
            span = doc.char_span(start, start + len(name), alignment_mode="expand")
            assert span is not None
            entity = naming.named(KINDS.get(category, "Actor"), name)
            found.append(ActorMention(entity, name, start, start + len(name), span.root.i, None, "named", category))
            start = doc.text.find(name, start + 1)
    at = {m.head: (m,) for m in found}
    for word, name in (pronouns or {}).items():
        mention = next(m for m in found if m.name == name)
        at |= {t.i: (mention,) for t in doc if t.text == word}
    return MentionIndex(found, at, {})


Parsed = tuple[Document, Doc, MentionIndex]


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Parsed]:
    """Parse a text and find the given names in it."""

    def parsed(text: str, named: Named | None = None, pronouns: dict[str, str] | None = None) -> Parsed:
        document = Document("test", text)
        doc = parse(document)
        return document, doc, index(doc, named or {}, pronouns)

    return parsed
