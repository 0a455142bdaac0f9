"""The graph: actors as nodes, their acts and relations as edges; as much of it as stays readable."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.store.interface import Store
from kg.web.page.facets import Facet, Filter, narrowed
from kg.web.page.search import matching_claims
from kg.web.page.things import Row, Thing, things_of

#: Nodes that are drawn unless fewer are asked for.
MOST: Final = 300
#: Claims that an edge names; the others are counted.
_KEYS: Final = 20


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the graph.

    Attributes:
        thing: the entity.
        degree: how many others it is tied to in the whole graph.
        centre: whether the graph is drawn around it.
    """

    thing: Thing
    degree: int
    centre: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Claims of one kind and standing between two entities.

    Attributes:
        source: path of the one that acts; the first in order where all act alike.
        target: path of the other.
        kind: kind of the claims.
        label: as people read it.
        standing: how far they are presented as fact.
        directed: whether one acts and the other does not.
        count: how many claims there are.
        claims: keys of the first of them.
    """

    source: str
    target: str
    kind: str
    label: str
    standing: str
    directed: bool
    count: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A part of the graph.

    Attributes:
        wanted: the filter.
        nodes: entities, the best connected first.
        ties: what ties them.
        facets: what else there is to choose.
        all_nodes: how many entities the filter lets through.
        all_ties: how many ties there are among them.
    """

    wanted: Filter
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    facets: tuple[Facet, ...]
    all_nodes: int
    all_ties: int


def network(store: Store, wanted: Filter, around: Sequence[str] = (), most: int = MOST) -> NetworkView:
    """Entities and what ties them.

    Args:
        store: open for reading.
        wanted: which claims count.
        around: paths of entities; only they and those that are tied to them. All entities where empty.
        most: nodes that are wanted at most; the best connected are taken.
    """
    things = things_of(store)
    found = narrowed(things, wanted, matching_claims(store, wanted.q) if wanted.q else None)
    every: dict[tuple[str, str, str, str, bool], list[str]] = {}
    for row in found.rows:
        for source, target, directed in ends(row):
            every.setdefault((source, target, row.kind, row.standing, directed), []).append(row.key)
    degrees = _degrees((source, target) for source, target, *_ in every)
    centres = set(around)
    tied = {end for source, target, *_ in every if source in centres or target in centres for end in (source, target)}
    near = centres | tied if around else None
    inside = [path for path in degrees if near is None or path in near]
    kept = sorted(inside, key=lambda path: (path not in centres, -degrees[path], path))[:most]
    drawn = set(kept)
    label = {kind: things.ontology.label(things.ontology.kind(kind)) for _, _, kind, *_ in every}
    ties = [
        Tie(source, target, kind, label[kind], standing, directed, len(keys), tuple(keys[:_KEYS]))
        for (source, target, kind, standing, directed), keys in every.items()
        if source in drawn and target in drawn and (near is None or source in centres or target in centres)
    ]
    ties.sort(key=lambda tie: (tie.source, tie.target, tie.kind, tie.standing, tie.directed))
    within = sum(1 for source, target, *_ in every if near is None or source in centres or target in centres)
    facets = tuple(f for f in found.facets if f.name in ("standing", "kind", "source", "document"))
    nodes = tuple(Node(things.thing(path), degrees[path], path in centres) for path in kept)
    return NetworkView(wanted, nodes, tuple(ties), facets, len(inside), within)


def ends(row: Row) -> Iterator[tuple[str, str, bool]]:
    """Pairs of entities that a claim ties, and whether one acts and the other does not."""
    if row.whom:
        yield from ((who, whom, True) for who in row.who for whom in row.whom if who != whom)
    else:
        yield from ((one, other, False) for one, other in combinations(sorted(row.who), 2))


def _degrees(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    tied = {pair for source, target in pairs for pair in ((source, target), (target, source))}
    return Counter(path for path, _ in tied)
