"""The graph: actors as nodes, their acts and relations as edges; as much of it as stays readable."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

from kg.store.interface import Store
from kg.web.page.facets import Facet, Filter, narrowed
from kg.web.page.search import matching_claims
from kg.web.page.things import Row, Thing, things_of

#: Nodes that are drawn unless fewer are asked for.
MOST: Final = 300
#: Ties that are drawn: more of them hide each other.
MOST_TIES: Final = 600
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
        ties: what ties them; where there are too many, the strongest of each entity.
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

    @property
    def things(self) -> dict[str, Thing]:
        """Entities by path."""
        return {node.thing.path: node.thing for node in self.nodes}


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
    every = _ties(found.rows)
    degrees = _degrees(every)
    centres = frozenset(around)
    near = [tie for tie in every if not centres or not centres.isdisjoint(tie[:2])]
    inside = {end for tie in near for end in tie[:2]}
    kept = sorted(inside, key=lambda path: (path not in centres, -degrees[path], path))[:most]
    drawn = frozenset(kept)
    strongest = _strongest({tie: every[tie] for tie in near if drawn.issuperset(tie[:2])}, kept)
    label = {kind: things.ontology.label(things.ontology.kind(kind)) for kind in {tie[2] for tie in strongest}}
    return NetworkView(
        wanted=wanted,
        nodes=tuple(Node(things.thing(path), degrees[path], path in centres) for path in kept),
        ties=tuple(
            Tie(source, target, kind, label[kind], standing, directed, len(keys), tuple(keys[:_KEYS]))
            for (source, target, kind, standing, directed), keys in sorted(strongest.items())
        ),
        facets=tuple(f for f in found.facets if f.name in ("standing", "kind", "source", "document")),
        all_nodes=len(inside),
        all_ties=len(near),
    )


#: Ends, kind, standing, and whether one end acts and the other does not.
_Tie: TypeAlias = tuple[str, str, str, str, bool]


def _ties(rows: Iterable[Row]) -> dict[_Tie, list[str]]:
    """Keys of the claims of each tie."""
    found: dict[_Tie, list[str]] = {}
    for row in rows:
        for source, target, directed in ends(row):
            found.setdefault((source, target, row.kind, row.standing, directed), []).append(row.key)
    return found


def _strongest(ties: Mapping[_Tie, list[str]], nodes: Sequence[str]) -> dict[_Tie, list[str]]:
    """All ties, or where they are too many, in turn the next strongest of each entity."""
    if len(ties) <= MOST_TIES:
        return dict(ties)
    ranked = sorted(ties, key=lambda tie: (-len(ties[tie]), tie))
    of: dict[str, list[_Tie]] = {}
    for tie in reversed(ranked):
        of.setdefault(tie[0], []).append(tie)
        of.setdefault(tie[1], []).append(tie)
    chosen: dict[_Tie, list[str]] = {}
    while len(chosen) < MOST_TIES:
        for node in nodes:
            if of.get(node) and len(chosen) < MOST_TIES:
                tie = of[node].pop()
                chosen[tie] = ties[tie]
    return chosen


def ends(row: Row) -> Iterator[tuple[str, str, bool]]:
    """Pairs of entities that a claim ties, and whether one acts and the other does not."""
    if row.whom:
        yield from ((who, whom, True) for who in row.who for whom in row.whom if who != whom)
    else:
        yield from ((one, other, False) for one, other in combinations(sorted(row.who), 2))


def _degrees(ties: Iterable[_Tie]) -> Counter[str]:
    tied = {pair for source, target, *_ in ties for pair in ((source, target), (target, source))}
    return Counter(path for path, _ in tied)
