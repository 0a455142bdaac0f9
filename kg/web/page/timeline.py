"""What happened when: acts in the order of their dates, and how many fall on each month."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from kg.store.interface import Store
from kg.web.page.facets import PAGE, Facet, Filter, Narrowed, narrowed, page_of
from kg.web.page.search import matching_claims
from kg.web.page.statements import Statement, StatementReader
from kg.web.page.things import Row, things_of

#: Bars of a chart: what was before them is drawn as one.
_MOST_BARS: Final = 60
#: Share of the claims that the bars after the first have to hold; else they are years.
_ENOUGH: Final = 0.9
#: Share of the claims that may be before the others by themselves.
_FEW: Final = 0.02


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, a year, or all that was before.

    Attributes:
        label: ``2025-03``, ``2025``, or ``before 2025-03``.
        count: claims that fall on it.
        facts: those among them that are stated as fact.
        since: where it begins; empty for all that was before.
        until: where it ends, itself included.
    """

    label: str
    count: int
    facts: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as precise as the texts are, and what happened on it."""

    date: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Acts by date.

    Attributes:
        wanted: the filter.
        days: dates of this page, newest first.
        bars: months of all that the filter lets through.
        facets: what else there is to choose.
        total: acts that the filter lets through.
        page: this page, from 1.
        pages: how many there are.
    """

    wanted: Filter
    days: tuple[Day, ...]
    bars: tuple[Bar, ...]
    facets: tuple[Facet, ...]
    total: int
    page: int
    pages: int


def timeline(store: Store, wanted: Filter, page: int = 1) -> TimelineView:
    """Acts that a filter lets through, newest first."""
    found = acts(store, wanted)
    rows = found.rows
    pages = max(1, -(-len(rows) // PAGE))
    shown = page_of(rows, page := min(max(page, 1), pages))
    read = StatementReader(store).statements(shown)
    days = (Day(date, tuple(of)) for date, of in groupby(read, key=lambda statement: statement.row.date))
    facets = tuple(facet for facet in found.facets if facet.name in ("standing", "kind", "entity", "source"))
    return TimelineView(wanted, tuple(days), bars(rows), facets, len(rows), page, pages)


def acts(store: Store, wanted: Filter) -> Narrowed:
    """Dated acts that a filter lets through, newest first."""
    things = things_of(store)
    is_act = cache(things.ontology.is_act)
    matching = matching_claims(store, wanted.q) if wanted.q else None
    return narrowed(things, wanted, matching, lambda row: bool(row.date) and is_act(row.kind))


def bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    """How many claims fall on each month, none left out in between; on each year where months are too many.

    >>> from dataclasses import replace
    >>> row = Row("1", "Aid", "fact", "", "2025-01-07", (), (), (), (), "", "")
    >>> [(bar.label, bar.count) for bar in bars([row, replace(row, date="2025-03")])]
    [('2025-01', 1), ('2025-02', 0), ('2025-03', 1)]
    """
    dated = [(row.date, row.standing == "fact") for row in rows if row.date]
    for length in (7, 4):
        of = sorted((date[:length], fact) for date, fact in dated if len(date) >= length)
        labels = list(_labels(of[int(len(of) * _FEW)][0], of[-1][0], length)) if of else []
        shown = labels[-_MOST_BARS:]
        if shown and (length == 4 or sum(label >= shown[0] for label, _ in of) >= _ENOUGH * len(dated)):
            return (*_earlier(dated, shown[0]), *_bars(of, shown))
    return ()


def _bars(dated: Sequence[tuple[str, bool]], labels: Iterable[str]) -> Iterator[Bar]:
    counts, facts = Counter(date for date, _ in dated), Counter(date for date, fact in dated if fact)
    return (Bar(label, counts[label], facts[label], label, label) for label in labels)


def _earlier(dated: Sequence[tuple[str, bool]], first: str) -> Iterator[Bar]:
    """All that was before the first bar, as one."""
    before = [(date, fact) for date, fact in dated if date[: len(first)] < first]
    if before:
        last = max(date for date, _ in before)
        yield Bar(f"before {first}", len(before), sum(fact for _, fact in before), "", last)


def _labels(first: str, last: str, length: int) -> Iterator[str]:
    """Months or years from the first to the last."""
    if length == 7:
        return _months(first, last)
    return (f"{year:04}" for year in range(int(first), int(last) + 1))


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (label := f"{year:04}-{month:02}") <= last:
        yield label
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
