"""What most needs a look: texts that contradict each other, actors without a name, claims of one document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.queries import Table, query
from kg.queries.answers import lexical
from kg.store.interface import Store
from kg.web.page.facets import page_of
from kg.web.page.statements import Statement, StatementReader
from kg.web.page.things import Row, Thing, Things, things_of

#: Entries of a list on one page.
LENGTH: Final = 20
#: Kinds whose errors cost most, first.
_WEIGHT: Final = ("Guarantee", "Agree", "Assault", "Threaten", "Deployment", "partyTo", "leads", "memberOf", "Tenure")

#: Lists in the order of the page: name, heading, what it holds.
LISTS: Final = (
    ("contradictions", "Contradictions", "One text presents as done what another, or somebody, denies."),
    ("unlinked", "Actors without a name", "Described, not named: each has a node of its own in its document."),
    ("single", "Claims of one document", "Stated as fact by one document alone and checked by nobody yet."),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that contradict each other."""

    asserted: Statement
    denied: Statement


@dataclass(frozen=True, slots=True)
class QueueView:
    """One of the lists of what needs a look.

    Attributes:
        name: of the list.
        totals: how many entries each list has, by name.
        pairs: contradictions of the page.
        unlinked: things without a name, with the number of their claims.
        single: claims of one document.
        page: this page, from 1.
        pages: how many there are.
    """

    name: str
    totals: Mapping[str, int]
    pairs: tuple[Pair, ...]
    unlinked: tuple[tuple[Thing, int], ...]
    single: tuple[Statement, ...]
    page: int
    pages: int


def queue(store: Store, name: str = "", page: int = 1) -> QueueView:
    """A page of one of the lists; of the first that has entries where none is named."""
    things = things_of(store)
    contradictions, unlinked, single = _contradictions(store, things), _unlinked(things), _single(things)
    found: dict[str, Sequence[object]] = {"contradictions": contradictions, "unlinked": unlinked, "single": single}
    chosen = name if name in found else next((n for n, entries in found.items() if entries), "single")
    pages = max(1, -(-len(found[chosen]) // LENGTH))
    page = min(max(1, page), pages)
    reader = StatementReader(store)
    return QueueView(
        name=chosen,
        totals={each: len(entries) for each, entries in found.items()},
        pairs=tuple(_pairs(reader, page_of_pairs(contradictions, page))) if chosen == "contradictions" else (),
        unlinked=tuple(unlinked[(page - 1) * LENGTH : page * LENGTH]) if chosen == "unlinked" else (),
        single=reader.statements(page_of(single, page, LENGTH)) if chosen == "single" else (),
        page=page,
        pages=pages,
    )


def page_of_pairs(pairs: Sequence[tuple[Row, Row]], page: int) -> Sequence[tuple[Row, Row]]:
    """Contradictions of a page."""
    return pairs[(page - 1) * LENGTH : page * LENGTH]


def _contradictions(store: Store, things: Things) -> list[tuple[Row, Row]]:
    answer = query(store, "contradictions")
    if not isinstance(answer, Table):
        return []
    places = [answer.columns.index(name) for name in ("asserted", "denied")]
    pairs = {}
    for row in answer.rows:
        asserted, denied = (things.rows.get(lexical(t).rpartition("/")[2]) for t in (row[p] for p in places) if t)
        if asserted and denied and "rejected" not in (asserted.verdict, denied.verdict):
            pairs[(asserted.key, denied.key)] = (asserted, denied)
    return list(pairs.values())


def _pairs(reader: StatementReader, rows: Sequence[tuple[Row, Row]]) -> Iterator[Pair]:
    for pair in rows:
        found = reader.statements(pair)
        if len(found) == 2:
            yield Pair(*found)


def _unlinked(things: Things) -> list[tuple[Thing, int]]:
    counted = (
        (things.thing(path), len(rows)) for path, rows in things.by_entity.items() if path.startswith("document/")
    )
    return sorted(counted, key=lambda item: (-item[1], item[0]))


def _single(things: Things) -> list[Row]:
    found = [r for r in things.rows.values() if r.standing == "fact" and len(r.documents) == 1 and not r.verdict]
    return sorted(found, key=lambda row: _WEIGHT.index(row.kind) if row.kind in _WEIGHT else len(_WEIGHT))
