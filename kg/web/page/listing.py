"""Lists of claims, as pages and as tables, and small things that pages need to know."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.export.formats import write_graph
from kg.mapping import vocabulary as v
from kg.quads import Quad
from kg.queries.parameters import is_iri
from kg.store.interface import Store
from kg.web.page.facets import PAGE, Facet, Filter, narrowed, page_of
from kg.web.page.overview import LISTED as LISTED
from kg.web.page.search import Found, matching_claims, search
from kg.web.page.statements import Statement, StatementReader
from kg.web.page.things import Row, Thing, Things, things_of
from kg.web.page.timeline import acts

#: More than any list has.
ALL: Final = 1_000_000_000
#: Entities, documents and claims that a search shows.
FOUND: Final = 10
#: Terms that the editor offers, of each sort.
_TERMS: Final = 500

#: Columns of claims as a table.
COLUMNS: Final = ("claim", "date", "kind", "standing", "performance", "who", "who label", "whom", "whom label",
                  "claimed by", "documents", "review", "words", "sentence")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Claims that a filter lets through.

    Attributes:
        wanted: the filter.
        chosen: what it asks for that no facet shows: field, value, and how people read it.
        statements: those of the page.
        facets: what else there is to choose.
        found: how many the filter lets through.
        total: how many there are in all.
        page: this page, from 1.
        pages: how many there are.
    """

    wanted: Filter
    chosen: tuple[tuple[str, str, str], ...]
    statements: tuple[Statement, ...]
    facets: tuple[Facet, ...]
    found: int
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found, the first of each.

    Attributes:
        q: what was asked for.
        entities: with the number of their claims.
        documents: that hold the words.
        statements: whose sentences do.
        counts: how many entities, documents and claims there are in all.
    """

    q: str
    entities: tuple[tuple[Thing, int], ...]
    documents: tuple[Found, ...]
    statements: tuple[Statement, ...]
    counts: tuple[int, int, int]


def claim_list(store: Store, wanted: Filter, page: int = 1) -> ClaimList:
    """A page of the claims that a filter lets through."""
    things = things_of(store)
    found = narrowed(things, wanted, matching_claims(store, wanted.q) if wanted.q else None)
    pages = max(1, -(-len(found.rows) // PAGE))
    page = min(max(1, page), pages)
    return ClaimList(
        wanted=wanted,
        chosen=tuple(_chosen(things, wanted)),
        statements=StatementReader(store).statements(page_of(found.rows, page)),
        facets=found.facets,
        found=len(found.rows),
        total=found.total,
        page=page,
        pages=pages,
    )


def _chosen(things: Things, wanted: Filter) -> Iterable[tuple[str, str, str]]:
    for name, value in wanted.pairs():
        if name in ("who", "whom", "also"):
            yield name, value, things.thing(value).label
        elif name in ("since", "until"):
            yield name, value, value


def claim_view(store: Store, key: str) -> Statement | None:
    """A claim; None where there is none of that key."""
    row = things_of(store).rows.get(key)
    found = StatementReader(store).statements([row]) if row else ()
    return found[0] if found else None


def search_view(store: Store, q: str) -> SearchPage:
    """The first things that a search finds."""
    found = search(store, q)
    rows = things_of(store).rows
    return SearchPage(
        q=q,
        entities=found.entities[:FOUND],
        documents=found.documents[:FOUND],
        statements=StatementReader(store).statements(rows[key] for key in found.claims[:FOUND]),
        counts=(len(found.entities), len(found.documents), len(found.claims)),
    )


def claim_rows(store: Store, wanted: Filter) -> list[tuple[object, ...]]:
    """All claims that a filter lets through, as a table."""
    things = things_of(store)
    found = narrowed(things, wanted, matching_claims(store, wanted.q) if wanted.q else None)
    return _as_table(store, found.rows)


def act_rows(store: Store, wanted: Filter) -> list[tuple[object, ...]]:
    """All dated acts that a filter lets through, as a table."""
    return _as_table(store, acts(store, wanted).rows)


def _as_table(store: Store, rows: Sequence[Row]) -> list[tuple[object, ...]]:
    reader, things = StatementReader(store), things_of(store)
    found: list[tuple[object, ...]] = []
    for statement in reader.statements(rows):
        row = statement.row
        labels = ("; ".join(things.thing(path).label for path in paths) for paths in (row.who, row.whom))
        sentence = "".join(piece.text for piece in statement.quotes[0].pieces) if statement.quotes else ""
        who, whom = labels
        found.append((row.key, row.date, row.kind, row.standing, row.performance, "; ".join(row.who), who,
                      "; ".join(row.whom), whom, row.holder, "; ".join(row.documents), statement.verdict,
                      statement.words, sentence))  # fmt: skip
    return found


def claims_as_turtle(store: Store, sink: BinaryIO, wanted: Filter) -> None:
    """Write the claims that a filter lets through as Turtle, with their conditions and the names of what they name."""
    things = things_of(store)
    found = narrowed(things, wanted, matching_claims(store, wanted.q) if wanted.q else None)
    write_graph(_quads(store, things, found.rows), "ttl", sink, base=things.base, ontology=things.ontology)


def _quads(store: Store, things: Things, rows: Iterable[Row]) -> Iterator[Quad]:
    on, evidence = things.terms.prop("condition"), things.terms.prop("evidence")
    for row in rows:
        for quad in store.quads(subject=things.node(f"claim/{row.key}")):
            if quad.predicate != evidence:
                yield quad
            if quad.predicate == on:
                yield from store.quads(subject=quad.object)
        for path in row.entities:
            for predicate in (v.TYPE, v.LABEL):
                yield from store.quads(subject=things.node(path), predicate=predicate)


def is_known(store: Store, path: str) -> bool:
    """Whether the graph says anything of what stands at a path."""
    node = things_of(store).node(path)
    return is_iri(node[1:-1]) and next(store.quads(subject=node), None) is not None


def used_terms(store: Store) -> dict[str, object]:
    """Classes and properties that the data uses, the most used first, and its base, for those who write queries."""
    found: dict[str, object] = {"base": things_of(store).base}
    for name, pattern in (("classes", f"?s {v.TYPE} ?term"), ("properties", "?s ?term ?o")):
        text = f"SELECT ?term {{ {pattern} }} GROUP BY ?term ORDER BY DESC(COUNT(*)) ?term LIMIT {_TERMS}"
        rows = store.query(text)
        terms = [row["term"] for row in rows] if isinstance(rows, ox.QuerySolutions) else []
        found[name] = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    return found


def whole_number(text: str, otherwise: int, least: int, most: int) -> int:
    """A number that a URL gives, within bounds.

    >>> whole_number("7", 1, 1, 5), whole_number("x", 1, 1, 5), whole_number("", 3, 1, 5)
    (5, 1, 3)
    """
    return min(max(int(text), least), most) if text.isascii() and text.isdecimal() else otherwise
