"""A document with all its evidence marked: words to statements and back; what was not understood shows as such."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.mapping import vocabulary as v
from kg.quads import literal_parts
from kg.store.interface import Store
from kg.web.page.statements import Quote, Statement, StatementReader
from kg.web.page.things import Source, Thing, Things, things_of

#: Characters of a text that a page shows at a time, at least, up to the next end of a line.
PART: Final = 30_000
#: Statements of a page where the text is not known.
_STATEMENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """Some characters between two borders of evidence.

    Attributes:
        text: the characters.
        numbers: statements whose sentence they are in; empty where nothing was understood.
        triggers: statements that they name.
        roles: role and statement of each part that they fill.
        thing: what they were taken for; None where they name nothing, or several things.
        anchors: statements whose first words they begin with.
        ends: statements whose trigger ends with them.
    """

    text: str
    numbers: tuple[int, ...] = ()
    triggers: tuple[int, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    thing: Thing | None = None
    anchors: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one sentence, with the numbers by which the text names them."""

    start: int
    statements: tuple[tuple[int, Statement], ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, or a part of a long one.

    Attributes:
        source: the document.
        sha256: of the bytes that it was read from.
        lines: the text line by line; empty where the store does not hold it.
        groups: what it says, sentence by sentence.
        count: statements of the whole document.
        understood: share of its characters in sentences that state something, 0 to 1.
        part: which part this is, from 1.
        parts: how many there are.
    """

    source: Source
    sha256: str
    lines: tuple[tuple[Segment, ...], ...]
    groups: tuple[Group, ...]
    count: int
    understood: float
    part: int
    parts: int

    @property
    def statements(self) -> dict[int, Statement]:
        """Statements by number."""
        return {number: statement for group in self.groups for number, statement in group.statements}


def document_view(store: Store, path: str, part: int = 1) -> DocumentView | None:
    """A document with its evidence marked.

    Args:
        store: open for reading.
        path: the document's path below the base.
        part: of a long document.

    Returns:
        None where there is no such document.
    """
    things = things_of(store)
    source = things.sources.get(path)
    if source is None:
        return None
    text, sha256 = (_literal(store, things, path, name) for name in ("text", "sha256"))
    places = _places(store, things, path)
    bounds = part_bounds(text) if text else _bounds_of(sorted(found[0][0] for found in places.values()))
    start, end = bounds[min(max(part, 1), len(bounds)) - 1]
    rows = [row for row in things.by_document.get(path, ()) if row.key in places]
    inside = [row for row in rows if start <= places[row.key][0][0] < end]
    before = sum(1 for row in rows if places[row.key][0][0] < start)
    statements = sorted(StatementReader(store).statements(inside, document=path), key=_place)
    shown = list(enumerate(statements, before + 1))
    return DocumentView(
        source=source,
        sha256=sha256,
        lines=tuple(_lines(text, start, end, shown)) if text else (),
        groups=tuple(_groups(shown)),
        count=len(rows),
        understood=_understood(text, (place for found in places.values() for place in found)),
        part=bounds.index((start, end)) + 1,
        parts=len(bounds),
    )


def _places(store: Store, things: Things, path: str) -> dict[str, list[tuple[int, int]]]:
    """Begin and end of the sentences that state each claim, by the claim's key; the first one first."""
    evidence = things.terms.prop("evidence")
    query = f"""SELECT ?claim ?start ?end {{
        ?evidence {v.HAS_SOURCE} {things.node(path)} ; {v.HAS_SELECTOR} ?place .
        ?place {v.START} ?start ; {v.END} ?end . ?claim {evidence} ?evidence }}"""
    rows = store.query(query)
    if not isinstance(rows, ox.QuerySolutions):
        raise KgError("the store answered a SELECT query without rows")
    found: dict[str, list[tuple[int, int]]] = {}
    for claim, start, end in rows:
        found.setdefault(claim.value.rpartition("/")[2], []).append((int(start.value), int(end.value)))
    return {key: sorted(places) for key, places in found.items()}


def _bounds_of(starts: Sequence[int]) -> list[tuple[int, int]]:
    """Parts of a document whose text is not known, by where its sentences begin.

    >>> _bounds_of([3, 7, 7]), _bounds_of([])
    ([(3, 8)], [(0, 0)])
    """
    firsts = sorted(set(starts[::_STATEMENTS]))
    ends = [*firsts[1:], starts[-1] + 1] if starts else []
    return list(zip(firsts, ends, strict=True)) or [(0, 0)]


def _literal(store: Store, things: Things, path: str, name: str) -> str:
    found = store.quads(things.node(path), things.terms.prop(name))
    return max((literal_parts(quad.object)[0] for quad in found), default="")


def _place(statement: Statement) -> tuple[int, int, str, str]:
    first = statement.quotes[0]
    return first.start, _anchor(first), statement.row.kind, statement.row.key


def _anchor(quote: Quote) -> int:
    """Where the words of a quotation begin: its trigger, else the first role, else the sentence."""
    triggers = [start for role, start, _ in quote.spans if role == "trigger"]
    return min(triggers or [start for _, start, _ in quote.spans] or [quote.start])


def _groups(statements: Iterable[tuple[int, Statement]]) -> Iterator[Group]:
    for start, group in groupby(statements, key=lambda item: item[1].quotes[0].start):
        yield Group(start, tuple(group))


def part_bounds(text: str, size: int = PART) -> list[tuple[int, int]]:
    r"""Begin and end of the parts of a text: each ends with a line, unless that is longer than a part.

    >>> part_bounds("ab\ncd\nef", 3), part_bounds("")
    ([(0, 3), (3, 6), (6, 8)], [(0, 0)])
    """
    bounds, start = [], 0
    while start < len(text):
        line = text.find("\n", start + size - 1, start + 2 * size)
        end = min(len(text), start + 2 * size) if line < 0 else line + 1
        bounds.append((start, end))
        start = end
    return bounds or [(0, 0)]


def _understood(text: str, sentences: Iterable[tuple[int, int]]) -> float:
    covered, end = 0, 0
    for start, stop in sorted(set(sentences)):
        covered += sum(1 for char in text[max(start, end) : stop] if not char.isspace())
        end = max(end, stop)
    whole = sum(1 for char in text if not char.isspace())
    return covered / whole if whole else 0.0


# ---------------------------------------------------------------- the text, cut


def _lines(
    text: str, start: int, end: int, statements: Sequence[tuple[int, Statement]]
) -> Iterator[tuple[Segment, ...]]:
    """Lines of a part of the text that hold anything, as segments."""
    quotes = [(number, quote) for number, statement in statements for quote in statement.quotes]
    borders = {b for _, q in quotes for b in (q.start, q.end, *(b for _, s, e in q.spans for b in (s, e)))}
    position = start
    for line in text[start:end].split("\n"):
        stop = position + len(line)
        if line.strip():
            inside = [(n, q) for n, q in quotes if q.start < stop and position < q.end]
            cuts = sorted({position, stop, *(b for b in borders if position < b < stop)})
            yield tuple(_segment(text, *cut, inside) for cut in pairwise(cuts))
        position = stop + 1


def _segment(text: str, start: int, end: int, quotes: Sequence[tuple[int, Quote]]) -> Segment:
    over = [(number, quote) for number, quote in quotes if quote.start <= start and end <= quote.end]
    spans = [(number, *span) for number, quote in over for span in quote.spans if span[1] <= start and end <= span[2]]
    named = {link.thing for _, q in over for link in q.links if link.thing and link.start <= start and end <= link.end}
    return Segment(
        text=text[start:end],
        numbers=_numbers(number for number, _ in over),
        triggers=_numbers(number for number, role, *_ in spans if role == "trigger"),
        roles=tuple(sorted({(role, number) for number, role, *_ in spans if role != "trigger"})),
        thing=next(iter(named)) if len(named) == 1 else None,
        anchors=_numbers(number for number, quote in over if _anchor(quote) == start),
        ends=_numbers(number for number, role, _, stop in spans if role == "trigger" and stop == end),
    )


def _numbers(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))
