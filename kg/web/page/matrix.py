"""Who guarantees what to whom: a row for each provider, a column for each beneficiary."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.store.interface import Store
from kg.web.page.things import Row, Thing, Things, things_of

#: Rows and columns that are shown.
MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """Guarantees of one actor to another.

    Attributes:
        stated: whose undertaking a text vouches for.
        performance: how far what is promised is done, with numbers.
        open: that are only planned, claimed or denied.
    """

    stated: int
    performance: tuple[tuple[str, int], ...]
    open: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Guarantees between actors.

    Attributes:
        providers: rows, the most guarantees first.
        beneficiaries: columns, the most guarantees first.
        cells: by row and column; None where there is no guarantee.
        all_providers: how many there are in all.
        all_beneficiaries: how many there are in all.
        unnamed: guarantees that name no provider or no beneficiary.
    """

    providers: tuple[Thing, ...]
    beneficiaries: tuple[Thing, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    all_providers: int
    all_beneficiaries: int
    unnamed: int


def matrix(store: Store, most: int = MOST) -> MatrixView:
    """The guarantees of a store."""
    things = things_of(store)
    guarantees = [row for row in things.rows.values() if things.ontology.is_a(row.kind, "Guarantee")]
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in guarantees:
        for who in row.who:
            for whom in row.whom:
                pairs.setdefault((who, whom), []).append(row)
    rows = _ranked(things, (who for (who, _), found in pairs.items() for _ in found))
    columns = _ranked(things, (whom for (_, whom), found in pairs.items() for _ in found))
    return MatrixView(
        providers=rows[:most],
        beneficiaries=columns[:most],
        cells=tuple(tuple(_cell(pairs.get((r.path, c.path), ())) for c in columns[:most]) for r in rows[:most]),
        all_providers=len(rows),
        all_beneficiaries=len(columns),
        unnamed=sum(1 for row in guarantees if not (row.who and row.whom)),
    )


def _ranked(things: Things, paths: Iterable[str]) -> tuple[Thing, ...]:
    counts = Counter(paths)
    return tuple(sorted(map(things.thing, counts), key=lambda thing: (-counts[thing.path], thing)))


def _cell(rows: Iterable[Row]) -> Cell | None:
    found = list(rows)
    stated = [row for row in found if row.standing == "fact"]
    order = ("actual", "planned", "conditional", "possible")
    counts = Counter(row.performance for row in stated)
    shown = tuple((word, counts[word]) for word in order if counts[word])
    return Cell(len(stated), shown, len(found) - len(stated)) if found else None
