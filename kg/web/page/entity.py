"""An entity: what is stated as fact, what is planned or open, what others claim, and what it claims itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.errors import KgError
from kg.mapping import vocabulary as v
from kg.quads import literal_parts
from kg.store.interface import Store
from kg.web.page.facets import page_of
from kg.web.page.statements import Statement, StatementReader
from kg.web.page.things import Row, Thing, Things, things_of
from kg.web.page.timeline import Bar, bars

#: Statements of a section on one page, neighbours and wordings that are shown.
SECTION: Final = 15
NEIGHBOURS: Final = 18
#: Tenures, the newest ones, that the table of offices is made from.
TENURES: Final = 300
WORDINGS: Final = 12

#: Sections in the order of the page: name, heading.
SECTIONS: Final = (
    ("facts", "Stated as fact"),
    ("plans", "Planned, conditional, possible or denied"),
    ("claimed", "Claimed by others"),
    ("own", "What it claims itself"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Statements of one standing.

    Attributes:
        name: as a URL has it.
        heading: as people read it.
        total: how many there are.
        page: which page of them this is, from 1.
        statements: those of the page.
    """

    name: str
    heading: str
    total: int
    page: int
    statements: tuple[Statement, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // SECTION))


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody holds, held or is to hold.

    Attributes:
        person: who.
        office: which.
        of: whose it is.
        status: current, acting, former or elect.
        first: date of the first document that says so.
        last: date of the last one.
        standing: how far it is presented as fact.
        claims: keys of the claims.
    """

    person: Thing | None
    office: Thing | None
    of: Thing | None
    status: str
    first: str
    last: str
    standing: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity that claims name together with this one."""

    thing: Thing
    count: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that were taken for the entity, and why."""

    words: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity and what is said of it.

    Attributes:
        thing: the entity.
        address: its IRI.
        types: its classes, as people read them.
        standings: whether it exists, as far as texts say: actual, planned, conditional, possible.
        state: the state that it belongs to.
        same: the same thing elsewhere.
        offices: offices of it or in it.
        sections: statements by standing.
        neighbours: who else its claims name, the most claims first.
        months: how many of its claims fall on each month or year.
        wordings: words that mean it.
        count: how many claims name it.
        sources: how many documents do.
    """

    thing: Thing
    address: str
    types: tuple[str, ...]
    standings: tuple[str, ...]
    state: Thing | None
    same: tuple[str, ...]
    offices: tuple[Office, ...]
    sections: tuple[Section, ...]
    neighbours: tuple[Neighbour, ...]
    months: tuple[Bar, ...]
    wordings: tuple[Wording, ...]
    count: int
    sources: int


def entity_view(store: Store, path: str, pages: Mapping[str, int] | None = None) -> EntityView | None:
    """What is said of an entity.

    Args:
        store: open for reading.
        path: the entity's path below the base.
        pages: pages of sections, by name.

    Returns:
        None where nothing is known of it.
    """
    things = things_of(store)
    rows = things.by_entity.get(path, ())
    if path not in things.entities and not rows:
        return None
    reader = StatementReader(store)
    node, prop = things.node(path), things.terms.prop
    about: dict[str, list[str]] = {}
    for quad in store.quads(subject=node):
        about.setdefault(quad.predicate, []).append(quad.object)
    states = [things.path(term[1:-1]) for term in sorted(about.get(prop("ofState"), ()))]
    return EntityView(
        thing=things.thing(path),
        address=node[1:-1],
        types=tuple(_types(things, about.get(v.TYPE, ()))),
        standings=tuple(sorted({things.ontology.notation(t[1:-1]) for t in about.get(prop("standing"), ())})),
        state=things.thing(states[0]) if states else None,
        same=tuple(sorted({t[1:-1] for t in about.get(v.SAME_AS, ())})),
        offices=tuple(_offices(reader, path, rows)),
        sections=tuple(_sections(reader, path, rows, pages or {})),
        neighbours=tuple(_neighbours(things, path, rows)),
        months=bars(rows),
        wordings=tuple(_wordings(store, things, node)),
        count=len(rows),
        sources=len({document for row in rows for document in row.documents}),
    )


def section_of(row: Row, path: str) -> str:
    """Section of an entity's page that a claim stands in."""
    if row.holder:
        return "own" if row.holder == path else "claimed"
    return "facts" if row.standing == "fact" else "plans"


def _sections(reader: StatementReader, path: str, rows: Sequence[Row], pages: Mapping[str, int]) -> Iterator[Section]:
    for name, heading in SECTIONS:
        found = [row for row in rows if section_of(row, path) == name]
        if found:
            last = -(-len(found) // SECTION)
            page = min(max(1, pages.get(name, 1)), last)
            yield Section(name, heading, len(found), page, reader.statements(page_of(found, page, SECTION)))


def _types(things: Things, types: Sequence[str]) -> Iterator[str]:
    """Labels of classes, without those that others of them specialise."""
    names = {name: things.ontology.cls(name) for name in things.ontology.classes()}
    found = [name for name, address in names.items() if f"<{address}>" in types]
    above = {up for name in found for up in things.ontology.superclasses(name) if up != name}
    return (things.ontology.label(names[name]) for name in sorted(found) if name not in above)


def _offices(reader: StatementReader, path: str, rows: Sequence[Row]) -> Iterator[Office]:
    """Offices that tenures name, each with the dates of the first and the last document that says so."""
    grouped: dict[tuple[str, str, str, str, str], list[Row]] = {}
    for row in [row for row in rows if row.kind == "Tenure" and row.standing == "fact"][:TENURES]:
        claim = reader.claim(row.key)
        if claim is not None:
            status = next((str(f) for f in claim.fillers("status")), "")
            office = next((getattr(f, "id", "") for f in claim.fillers("office")), "")
            key = (_one(row.who), office, _one(row.whom), status, row.standing)
            grouped.setdefault(key, []).append(row)
    found = []
    for (person, office, of, status, standing), tenures in grouped.items():
        things = reader.things
        sources = [things.sources[d] for row in tenures for d in row.documents if d in things.sources]
        dates = sorted(source.date[:10] for source in sources if source.date)
        who, which, whose = (things.thing(p) if p else None for p in (person, office, of))
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        found.append(Office(who, which, whose, status, first, last, standing, tuple(row.key for row in tenures)))
    found.sort(key=lambda o: (o.person.label if o.person else "", o.office.label if o.office else "", o.status))
    found.sort(key=lambda o: o.last, reverse=True)
    return iter(found)


def _one(paths: Sequence[str]) -> str:
    return paths[0] if paths else ""


def _neighbours(things: Things, path: str, rows: Sequence[Row]) -> Iterator[Neighbour]:
    kinds: dict[str, Counter[str]] = {}
    for row in rows:
        for other in (*row.who, *row.whom):
            if other != path:
                kinds.setdefault(other, Counter())[row.kind] += 1
    ranked = sorted(kinds, key=lambda other: (-kinds[other].total(), things.thing(other)))
    for other in ranked[:NEIGHBOURS]:
        counted = sorted(kinds[other].items(), key=lambda item: (-item[1], item[0]))
        yield Neighbour(things.thing(other), kinds[other].total(), tuple(counted))


def _wordings(store: Store, things: Things, node: str) -> Iterator[Wording]:
    """Wordings by how often they occur; each mention counts once however many claims it serves."""
    prop = things.terms.prop
    query = f"""SELECT ?words ?reason (COUNT(DISTINCT ?place) AS ?count) {{
        ?mention {prop("entity")} {node} ; {v.HAS_SELECTOR} ?quote, ?place .
        ?quote {v.EXACT} ?words . ?place {v.START} ?start .
        OPTIONAL {{ ?mention {prop("reason")} ?reason }}
        }} GROUP BY ?words ?reason ORDER BY DESC(?count) ?words ?reason LIMIT {WORDINGS}"""
    rows = store.query(query)
    if not isinstance(rows, ox.QuerySolutions):
        raise KgError("the store answered a SELECT query without rows")
    for row in rows:
        words, reason, count = row["words"], row["reason"], row["count"]
        text = " ".join(literal_parts(str(words))[0].split())
        yield Wording(text, literal_parts(str(reason))[0] if reason else "", int(literal_parts(str(count))[0]))
