"""Operations on claims: merge what documents say alike, find what they say against each other, say what exists.

Pure functions over iterables; none depends on the order of its input.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kg.claims import Claim, Entity, Modality, most_precise

#: Kinds whose modality is the standing of what they are about, with the role that names it.
STANDING_ROLES: Final = {"Deployment": "force", "Existence": "of"}


@dataclass(frozen=True, order=True, slots=True)
class Contradiction:
    """Two claims of one content of which at most one can hold.

    Attributes:
        asserted: the claim that says so.
        denied: the claim that says the opposite.
    """

    asserted: Claim
    denied: Claim


def merge(claims: Iterable[Claim]) -> list[Claim]:
    """Unite equal claims with all their evidence, in the order of claims.

    >>> from kg.claims import Evidence, Span
    >>> said = Claim("Assault", evidence=(Evidence("a", Span(0, 3, "Foo"), "attack"),))
    >>> again = Claim("Assault", evidence=(Evidence("b", Span(0, 3, "Bar"), "attack"),))
    >>> [[evidence.document for evidence in claim.evidence] for claim in merge([again, said, said])]
    [['a', 'b']]
    """
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.key].append(claim)
    return sorted(_united(group) for group in groups.values())


def _united(group: list[Claim]) -> Claim:
    if len(group) == 1:
        return group[0]
    time = most_precise(claim.time for claim in group if claim.time)
    evidence = tuple(item for claim in group for item in claim.evidence)
    return replace(group[0], evidence=evidence, time=time)


def contradictions(claims: Iterable[Claim]) -> list[Contradiction]:
    """Pairs of claims with one content, one presented as done and one denied, whose stated dates do not differ.

    What is planned, feared or made dependent on something contradicts nothing yet. Attributed claims count: the
    caller sees by `Claim.holder` whether two sources disagree or the texts themselves.

    >>> [pair.denied.negated for pair in contradictions([Claim("Assault"), Claim("Assault", negated=True)])]
    [True]
    >>> from kg.claims import Time
    >>> march, april = (Claim("Assault", time=Time(f"2025-0{month}")) for month in (3, 4))
    >>> contradictions([march, replace(april, negated=True)])
    []
    """
    groups: defaultdict[str, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for claim in merge(claims):
        if claim.modality == "actual":
            groups[claim.content_key][claim.negated].append(claim)
    return sorted(
        (
            Contradiction(asserted, denied)
            for yes, no in groups.values()
            for asserted in yes
            for denied in no
            if _may_be_one_time(asserted, denied)
        ),
        key=lambda pair: (pair.asserted, pair.denied),
    )


def _may_be_one_time(first: Claim, second: Claim) -> bool:
    """Whether the stated dates have a day in common; open dates agree with all."""
    if first.time is None or second.time is None or not first.time.value or not second.time.value:
        return True
    (begin, end), (other_begin, other_end) = first.time.bounds, second.time.bounds
    return begin <= other_end and other_begin <= end


def standings_of(claim: Claim) -> tuple[tuple[Entity, Modality], ...]:
    """What one claim says about the existence of entities.

    A deployment gives its force, and an existence what it is about, its modality; a vouched act presupposes those
    who act. What is denied, or actual only by somebody's word, says nothing.

    >>> force = Entity("force/peace-force", "Force", "Peace Force")
    >>> from kg.claims import Role
    >>> standings_of(Claim("Deployment", (Role("force", force),), modality="planned"))
    ((Entity(id='force/peace-force', kind='Force', label='Peace Force', state=None), 'planned'),)
    """
    if claim.negated:
        return ()
    role = STANDING_ROLES.get(claim.kind, "actor")
    if not claim.vouched and (claim.modality == "actual" or role == "actor"):
        return ()
    return tuple((filler, claim.modality) for filler in claim.fillers(role) if isinstance(filler, Entity))


def standings(claims: Iterable[Claim]) -> dict[Entity, tuple[Modality, ...]]:
    """The standings that claims give to entities, sorted: as many values as documents give."""
    found: defaultdict[Entity, set[Modality]] = defaultdict(set)
    for claim in claims:
        for entity, modality in standings_of(claim):
            found[entity].add(modality)
    return {entity: tuple(sorted(found[entity])) for entity in sorted(found)}
