"""Full-text search over sentences, documents and names; words in any order, "quoted words" together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.mapping import vocabulary as v
from kg.quads import literal
from kg.store.interface import Store
from kg.web.page.things import Source, Thing, Things, things_of

_WORD: Final = re.compile(r'"([^"]+)"|(\S+)')
#: Words of a search that count.
_MOST: Final = 12
#: Characters before and after a find.
_AROUND: Final = 90


@dataclass(frozen=True, slots=True)
class Found:
    """A document that holds the words.

    Attributes:
        source: the document.
        before: what stands before the first of them.
        words: as the document spells them.
        after: what stands after.
        claims: how many claims it states.
    """

    source: Source
    before: str
    words: str
    after: str
    claims: int


@dataclass(frozen=True, slots=True)
class SearchView:
    """What a search found.

    Attributes:
        q: what was asked for.
        entities: things whose names hold the words, with the number of their claims; the most claims first.
        documents: documents whose titles or texts do, newest first.
        claims: keys of the claims whose sentences do.
    """

    q: str
    entities: tuple[tuple[Thing, int], ...]
    documents: tuple[Found, ...]
    claims: tuple[str, ...]


def search(store: Store, q: str) -> SearchView:
    """Everything that holds the words of a search."""
    things, parts = things_of(store), words_of(q)
    if not parts:
        return SearchView(q, (), (), ())
    keys = matching_claims(store, q)
    return SearchView(
        q=q,
        entities=tuple(_entities(things, parts)),
        documents=tuple(_documents(store, things, parts)),
        claims=tuple(row.key for row in things.rows.values() if row.key in keys),
    )


def words_of(q: str) -> tuple[str, ...]:
    """Words and quoted phrases of a search, in small letters.

    >>> words_of('Ukraine "new attack"  force')
    ('ukraine', 'new attack', 'force')
    """
    found = (" ".join((match[1] or match[2]).lower().split()) for match in _WORD.finditer(q))
    return tuple(dict.fromkeys(word for word in found if word.strip('"')))[:_MOST]


def matching_claims(store: Store, q: str) -> frozenset[str]:
    """Keys of the claims whose sentences hold all words of a search."""
    things, parts = things_of(store), words_of(q)
    if not parts:
        return frozenset()
    prop = things.terms.prop
    pattern = f"""?quote {v.EXACT} ?words {_holds("?words", parts)}
        ?evidence {v.HAS_SELECTOR} ?quote ; {prop("frame")} ?frame .
        ?claim {prop("evidence")} ?evidence ."""
    return frozenset(row[0].rpartition("/")[2] for row in _rows(store, f"SELECT DISTINCT ?claim {{ {pattern} }}"))


def _holds(variable: str, parts: Sequence[str]) -> str:
    """The filter that a text holds all words."""
    tests = (f"CONTAINS(LCASE(STR({variable})), {literal(part)})" for part in parts)
    return f"FILTER({' && '.join(tests)})"


def _entities(things: Things, parts: Sequence[str]) -> Iterator[tuple[Thing, int]]:
    found = [t for t in things.entities.values() if all(part in t.label.lower() for part in parts)]
    counted = ((thing, len(things.by_entity.get(thing.path, ()))) for thing in found)
    return iter(sorted((item for item in counted if item[1]), key=lambda item: (-item[1], item[0])))


def _documents(store: Store, things: Things, parts: Sequence[str]) -> list[Found]:
    text = things.terms.prop("text")
    titled = {path for path, s in things.sources.items() if all(part in s.title.lower() for part in parts)}
    query = f"SELECT ?document ?text {{ ?document {text} ?text {_holds('?text', parts)} }}"
    texts = {things.path(row[0]): row[1] for row in _rows(store, query)}
    paths = [path for path in (*titled, *texts) if path in things.sources]
    sources = sorted({things.sources[path] for path in paths}, key=lambda s: s.title)
    sources.sort(key=lambda s: s.date, reverse=True)
    return [
        Found(s, *around(texts.get(s.path, ""), parts[0]), len(things.by_document.get(s.path, ()))) for s in sources
    ]


def around(text: str, word: str) -> tuple[str, str, str]:
    """What stands before the first place of a word in a text, the word as it stands there, and what stands after.

    >>> around("Peru guards its border", "guards")
    ('Peru ', 'guards', ' its border')
    """
    found = re.search(re.escape(word), text, re.IGNORECASE)
    if found is None:
        return "", "", ""
    start, end = found.span()
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return before, text[start:end], after


def _rows(store: Store, text: str) -> Iterator[tuple[str, ...]]:
    rows = store.query(text)
    if not isinstance(rows, ox.QuerySolutions):
        raise KgError("the store answered a SELECT query without rows")
    return (tuple(term.value for term in row) for row in rows)
