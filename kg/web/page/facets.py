"""Narrowing down claims: filters that a URL holds, counts for what else there is to choose, pages of what is left."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Final, TypeAlias

from kg.web.page.things import STANDINGS, Row, Things

#: Rows of a page.
PAGE: Final = 50
#: Values of a facet that are shown before the rest is asked for.
SHOWN: Final = 8

Values: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What of all claims is wanted; every field narrows it, values within one widen it.

    Attributes:
        kind: kinds.
        standing: how far they are presented as fact.
        source: hosts or names of sources.
        document: ids of documents.
        entity: paths of entities that they name.
        also: paths of entities that they name as well.
        who: paths of those who act.
        whom: paths of those to whom they do.
        holder: paths of whose claims they are.
        verdict: ``confirmed``, ``rejected``, or ``none`` for claims that nobody has checked.
        since: first date.
        until: last date.
        q: words that their sentences hold.
    """

    kind: Values = ()
    standing: Values = ()
    source: Values = ()
    document: Values = ()
    entity: Values = ()
    also: Values = ()
    who: Values = ()
    whom: Values = ()
    holder: Values = ()
    verdict: Values = ()
    since: str = ""
    until: str = ""
    q: str = ""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Filter":
        """The filter that the parameters of a URL describe; others are left alone.

        >>> Filter.of([("kind", "Aid"), ("kind", "Agree"), ("since", "2025"), ("page", "2")]).pairs()
        [('kind', 'Agree'), ('kind', 'Aid'), ('since', '2025')]
        """
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                found.setdefault(name, []).append(value.strip())
        given = {}
        for each in fields(cls):
            if each.name in found:
                values = found[each.name]
                given[each.name] = values[-1] if each.name in _SINGLE else tuple(sorted(set(values)))
        return cls(**given)  # type: ignore[arg-type]

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as parameters of a URL."""
        found = []
        for each in fields(self):
            value = getattr(self, each.name)
            found += [(each.name, item) for item in ([value] if isinstance(value, str) else value) if item]
        return found

    def toggled(self, name: str, value: str) -> "Filter":
        """The filter with a value of a field chosen, or not chosen any more."""
        pairs = self.pairs()
        if (name, value) in pairs:
            return Filter.of(pair for pair in pairs if pair != (name, value))
        return Filter.of([*pairs, (name, value)])

    def without(self, name: str) -> "Filter":
        """The filter with nothing chosen in a field."""
        return Filter.of(pair for pair in self.pairs() if pair[0] != name)

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not self.pairs()


_SINGLE: Final = ("since", "until", "q")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet.

    Attributes:
        value: as the URL has it.
        label: as people read it.
        count: claims that have it, among those that the other facets let through.
        chosen: whether the filter asks for it.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow claims down.

    Attributes:
        name: the filter's field.
        label: as people read it.
        choices: its values: those chosen, then by count.
        more: how many values are not among them.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Claims that a filter lets through, newest first, and what else there is to choose."""

    rows: tuple[Row, ...]
    facets: tuple[Facet, ...] = field(default=())
    total: int = 0


def narrowed(
    things: Things,
    wanted: Filter,
    matching: Container[str] | None = None,
    among: Callable[[Row], bool] = lambda _: True,
) -> Narrowed:
    """Claims that a filter lets through, with counts for the other choices.

    Args:
        things: all claims.
        wanted: the filter.
        matching: keys of the claims that hold its words; needed where it has any.
        among: which claims come into question at all.
    """
    tests = {name: test for name, test in _tests(things, wanted, matching).items() if test}
    passed: list[Row] = []
    others: dict[str, list[Row]] = {name: [] for name, _, _ in _FACETS}
    for row in filter(among, _candidates(things, wanted)):
        failed = [name for name, test in tests.items() if not test(row)]
        if not failed:
            passed.append(row)
        elif len(failed) == 1 and failed[0] in others:
            others[failed[0]].append(row)
    facets = (_facet(things, wanted, name, label, values, [*passed, *others[name]]) for name, label, values in _FACETS)
    return Narrowed(tuple(passed), tuple(f for f in facets if f.choices), len(things.rows))


def page_of(rows: Sequence[Row], page: int, size: int = PAGE) -> Sequence[Row]:
    """Rows of a page, which counts from 1."""
    return rows[(page - 1) * size : page * size]


def _candidates(things: Things, wanted: Filter) -> Iterable[Row]:
    """Claims to look at: those of a single entity or document at once, where one is asked for."""
    if len(wanted.entity) == 1:
        return things.by_entity.get(wanted.entity[0], ())
    return things.rows.values()


Test: TypeAlias = Callable[[Row], bool]


def _tests(things: Things, wanted: Filter, matching: Container[str] | None) -> Mapping[str, Test | None]:
    """The test of each field that narrows."""

    def any_of(values: Values, of: Callable[[Row], Iterable[str]]) -> Test | None:
        chosen = frozenset(values)
        return (lambda row: not chosen.isdisjoint(of(row))) if chosen else None

    found: dict[str, Test | None] = {
        name: any_of(getattr(wanted, name), lambda row, values=values: values(things, row))  # type: ignore[misc]
        for name, values in _VALUES.items()
    }
    found["since"] = (
        (lambda row: row.date >= wanted.since or wanted.since.startswith(row.date or "-")) if (wanted.since) else None
    )
    found["until"] = (
        (lambda row: bool(row.date) and row.date[: len(wanted.until)] <= wanted.until) if (wanted.until) else None
    )
    found["q"] = (lambda row: row.key in (matching or ())) if wanted.q else None
    return found


def _sources(things: Things, row: Row) -> Iterator[str]:
    return (source.site or "none" for source in map(things.sources.get, row.documents) if source)


def _documents(things: Things, row: Row) -> Iterator[str]:
    return (source.id for source in map(things.sources.get, row.documents) if source)


_VALUES: Final[Mapping[str, Callable[[Things, Row], Iterable[str]]]] = {
    "kind": lambda _, row: (row.kind,),
    "standing": lambda _, row: (row.standing,),
    "source": _sources,
    "document": _documents,
    "entity": lambda _, row: row.entities,
    "also": lambda _, row: row.entities,
    "who": lambda _, row: row.who,
    "whom": lambda _, row: row.whom,
    "holder": lambda _, row: (row.holder,) if row.holder else (),
    "verdict": lambda _, row: (row.verdict or "none",),
}

_FACETS: Final = (
    ("standing", "Standing", _VALUES["standing"]),
    ("kind", "Kind", _VALUES["kind"]),
    ("entity", "About", _VALUES["entity"]),
    ("source", "Source", _VALUES["source"]),
    ("document", "Document", _VALUES["document"]),
    ("holder", "Claimed by", _VALUES["holder"]),
    ("verdict", "Review", _VALUES["verdict"]),
)


def _facet(
    things: Things,
    wanted: Filter,
    name: str,
    label: str,
    values: Callable[[Things, Row], Iterable[str]],
    rows: Iterable[Row],
) -> Facet:
    counts = Counter(value for row in rows for value in set(values(things, row)))
    chosen: Values = getattr(wanted, name)
    order = {value: place for place, value in enumerate(STANDINGS)} if name == "standing" else {}
    ranked = sorted(counts, key=lambda v: (v not in chosen, order.get(v, 0), -counts[v], v))
    missing = [value for value in chosen if value not in counts]
    shown = [*missing, *ranked[: max(SHOWN, sum(v in chosen for v in ranked))]]
    if name in ("verdict", "source") and len(ranked) < 2 and not chosen:
        return Facet(name, label, ())
    choices = tuple(Choice(v, _label(things, name, v), counts[v], v in chosen) for v in shown)
    return Facet(name, label, choices, len(ranked) + len(missing) - len(shown))


def _label(things: Things, name: str, value: str) -> str:
    match name:
        case "entity" | "also" | "who" | "whom" | "holder":
            return things.thing(value).label
        case "document":
            found = next((s.title for s in things.sources.values() if s.id == value), value)
            return found or value
        case "kind":
            return things.ontology.label(things.ontology.kind(value)) if things.ontology.is_kind(value) else value
    return value
