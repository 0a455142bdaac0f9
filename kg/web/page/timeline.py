"""What happened when: acts in the order of their dates, and how many fall on each month."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from kg.store.interface import Store
from kg.web.page.facets import PAGE, Facet, Filter, Narrowed, narrowed, page_of
from kg.web.page.search import matching_claims
from kg.web.page.statements import Statement, StatementReader
from kg.web.page.things import Row, things_of

#: Bars of a chart: beyond, months are drawn together as years.
_MOST_BARS: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year.

    Attributes:
        label: ``2025-03``, or ``2025`` where there are too many months.
        count: claims that fall on it.
        facts: those among them that are stated as fact.
    """

    label: str
    count: int
    facts: int


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
    months = [date[:7] for date, _ in dated if len(date) >= 7]
    labels = list(_months(min(months), max(months))) if months else []
    length = 7 if 0 < len(labels) <= _MOST_BARS else 4
    if length == 4:
        years = [int(date[:4]) for date, _ in dated]
        labels = [f"{year:04}" for year in range(min(years), max(years) + 1)] if years else []
    counts = Counter(date[:length] for date, _ in dated if len(date) >= length)
    facts = Counter(date[:length] for date, fact in dated if fact and len(date) >= length)
    return tuple(Bar(label, counts[label], facts[label]) for label in labels)


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (label := f"{year:04}-{month:02}") <= last:
        yield label
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
