"""What a store holds, at a glance."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from kg.store.interface import Store
from kg.web.page.facets import Choice, Facet, Filter, narrowed
from kg.web.page.things import Source, Thing, things_of
from kg.web.page.timeline import Bar, bars

#: Documents and entities that the first page shows.
DOCUMENTS: Final = 8
ENTITIES: Final = 6
#: Documents of a page of the list.
LISTED: Final = 50

#: Kinds of entities that the first page lists, with headings.
_KINDS: Final = (
    ("State", "States"),
    ("Person", "People"),
    ("Coalition", "Coalitions"),
    ("Organization", "Organizations"),
    ("Force", "Forces"),
    ("Mechanism", "Mechanisms"),
    ("Meeting", "Meetings"),
    ("Agreement", "Agreements"),
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a store holds.

    Attributes:
        documents: how many documents there are.
        claims: how many claims.
        entities: how many entities claims name.
        facets: claims by standing, kind and source.
        latest: the newest documents, with the number of their claims.
        kinds: the entities that most claims name, by kind.
        months: claims by month.
    """

    documents: int
    claims: int
    entities: int
    facets: tuple[Facet, ...]
    latest: tuple[tuple[Source, int], ...]
    kinds: tuple[tuple[str, tuple[tuple[Thing, int], ...], int], ...]
    months: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Documents, newest first.

    Attributes:
        documents: those of the page, with the number of their claims.
        sites: hosts or names of sources, with the number of documents.
        site: the one that is asked for.
        total: documents that come from it.
        page: this page, from 1.
        pages: how many there are.
    """

    documents: tuple[tuple[Source, int], ...]
    sites: tuple[Choice, ...]
    site: str
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class EntityList:
    """Entities by the number of their claims.

    Attributes:
        entities: those of the page.
        kinds: kinds, with the number of entities.
        kind: the one that is asked for.
        q: letters that the names hold.
        total: entities that fit.
        page: this page, from 1.
        pages: how many there are.
    """

    entities: tuple[tuple[Thing, int], ...]
    kinds: tuple[Choice, ...]
    kind: str
    q: str
    total: int
    page: int
    pages: int


def overview(store: Store) -> Overview:
    """What a store holds."""
    things = things_of(store)
    counted = _counted(store)
    kinds = []
    for kind, heading in _KINDS:
        of_kind = [item for item in counted if item[0].kind == kind]
        if of_kind:
            kinds.append((heading, tuple(of_kind[:ENTITIES]), len(of_kind)))
    facets = narrowed(things, Filter()).facets
    return Overview(
        documents=len(things.sources),
        claims=len(things.rows),
        entities=len(counted),
        facets=tuple(facet for facet in facets if facet.name in ("standing", "kind", "source")),
        latest=tuple(_documents(store)[:DOCUMENTS]),
        kinds=tuple(kinds),
        months=bars(things.rows.values()),
    )


def document_list(store: Store, site: str = "", page: int = 1, size: int = LISTED) -> DocumentList:
    """Documents, newest first, perhaps of one source."""
    every = _documents(store)
    sites = Counter(source.site or "none" for source, _ in every)
    chosen = [item for item in every if not site or (item[0].site or "none") == site]
    pages = max(1, -(-len(chosen) // size))
    page = min(max(1, page), pages)
    ranked = sorted(sites, key=lambda name: (-sites[name], name))
    choices = tuple(Choice(name, name, sites[name], name == site) for name in ranked)
    return DocumentList(tuple(chosen[(page - 1) * size : page * size]), choices, site, len(chosen), page, pages)


def entity_list(store: Store, kind: str = "", q: str = "", page: int = 1, size: int = LISTED) -> EntityList:
    """Entities that claims name, the most claims first, perhaps of one kind."""
    every = _counted(store)
    kinds = Counter(thing.kind for thing, _ in every)
    letters = q.casefold()
    chosen = [item for item in every if kind in ("", item[0].kind) and letters in item[0].label.casefold()]
    pages = max(1, -(-len(chosen) // size))
    page = min(max(1, page), pages)
    choices = tuple(Choice(name, name, kinds[name], name == kind) for name in sorted(kinds))
    return EntityList(tuple(chosen[(page - 1) * size : page * size]), choices, kind, q, len(chosen), page, pages)


def _documents(store: Store) -> list[tuple[Source, int]]:
    things = things_of(store)
    found = sorted(things.sources.values(), key=lambda source: (source.title, source.id))
    found.sort(key=lambda source: source.date, reverse=True)
    return [(source, len(things.by_document.get(source.path, ()))) for source in found]


def _counted(store: Store) -> list[tuple[Thing, int]]:
    things = things_of(store)
    counted = [(things.thing(path), len(rows)) for path, rows in things.by_entity.items()]
    return sorted(counted, key=lambda item: (-item[1], item[0]))
