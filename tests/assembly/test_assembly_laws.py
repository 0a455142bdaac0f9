"""Laws of merging, contradiction and standing."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given

from kg.assembly import contradictions, merge, standings
from kg.claims import Claim, Entity, Evidence, Role, Span, Time
from kg.diff import diff_claims
from tests.claim_strategies import Said, said

FORCE = Entity("force/peace-corps", "Force", "Peace Corps")
KENYA = Entity("state/KEN", "State", "Kenya", "KEN")


def evidence(document: str) -> tuple[Evidence]:
    return (Evidence(document, Span(0, 1, "x"), "frame"),)


@given(said("a"), said("b"))
def test_merging_is_associative_and_idempotent(a: Said, b: Said) -> None:
    both = [*a.claims, *b.claims]
    assert merge([*merge(a.claims), *merge(b.claims)]) == merge(both) == merge(merge(both)) == merge(reversed(both))


@given(said("a"), said("b"))
def test_merging_loses_no_evidence(a: Said, b: Said) -> None:
    both = [*a.claims, *b.claims]
    assert {(c.key, e) for c in both for e in c.evidence} == {(c.key, e) for c in merge(both) for e in c.evidence}
    assert len({claim.key for claim in both}) == len(merge(both))


def test_the_most_precise_time_stays_in_any_order() -> None:
    times = [None, Time("", "then"), Time("2025", "in 2025"), Time("2025-03-06", "on Thursday")]
    claims = [Claim("Aid", time=time, evidence=evidence("a")) for time in times]
    assert {merge(order)[0].time for order in permutations(claims)} == {Time("2025-03-06")}


def test_a_claim_contradicts_its_denial() -> None:
    said_so, denied = Claim("Aid", (Role("actor", KENYA),)), Claim("Aid", (Role("actor", KENYA),), negated=True)
    [pair] = contradictions([denied, said_so])
    assert (pair.asserted, pair.denied) == (said_so, denied)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("", "", 1),
        ("2025-03-06", "", 1),
        ("2025-03-06", "2025-03", 1),
        ("2025-03-06", "2025-03-07", 0),
        ("2024", "2025", 0),
    ],
)
def test_stated_dates_that_differ_contradict_nothing(first: str, second: str, clash: int) -> None:
    yes, no = Claim("Aid", time=Time(first)), Claim("Aid", time=Time(second), negated=True)
    assert len(contradictions([yes, no])) == clash


@pytest.mark.parametrize("modality", ["planned", "conditional", "possible"])
def test_what_is_not_done_contradicts_nothing(modality: str) -> None:
    planned = Claim("Aid", modality=modality)  # type: ignore[arg-type]
    assert contradictions([planned, Claim("Aid", negated=True)]) == []


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim("Deployment", (Role("force", FORCE),), modality="planned"), {FORCE: ("planned",)}),
        (Claim("Deployment", (Role("force", FORCE),)), {FORCE: ("actual",)}),
        (Claim("Deployment", (Role("force", FORCE),), holder=KENYA), {}),
        (Claim("Deployment", (Role("force", FORCE),), modality="planned", negated=True), {}),
        (Claim("Existence", (Role("of", FORCE),), modality="possible"), {FORCE: ("possible",)}),
        (Claim("Aid", (Role("actor", FORCE), Role("target", KENYA))), {FORCE: ("actual",)}),
        (Claim("Aid", (Role("actor", FORCE),), modality="planned"), {}),
        (Claim("Size", (Role("of", FORCE), Role("number", 3))), {}),
    ],
)
def test_standing(claim: Claim, expected: dict[Entity, tuple[str, ...]]) -> None:
    assert standings([claim]) == expected


def test_standings_add_up() -> None:
    planned = Claim("Deployment", (Role("force", FORCE),), modality="planned")
    assert standings([planned, replace(planned, modality="actual")]) == {FORCE: ("actual", "planned")}


@given(said("a"), said("b"))
def test_a_graph_does_not_differ_from_itself(a: Said, b: Said) -> None:
    assert not diff_claims([*a.claims, *b.claims], [*b.claims, *a.claims])


@given(said("a"), said("b"))
def test_differences_turn_around(a: Said, b: Said) -> None:
    there, back = diff_claims(a.claims, b.claims), diff_claims(b.claims, a.claims)
    assert there.added == back.withdrawn
    assert [(c.before, c.after) for c in there.changed] == [(c.after, c.before) for c in back.changed]


def test_another_occasion_is_an_addition() -> None:
    march, april = (Claim("Aid", (Role("actor", KENYA),), occasion=f"2025-0{month}") for month in (3, 4))
    found = diff_claims([march], [march, april])
    assert (found.added, found.withdrawn, found.changed) == ((april,), (), ())


def test_what_was_planned_and_is_done_has_changed() -> None:
    planned = Claim("Aid", (Role("actor", KENYA),), modality="planned", occasion="2025-03")
    done = Claim("Aid", (Role("actor", KENYA),), occasion="2025-04")
    [change] = diff_claims([planned], [planned, done]).changed
    assert (change.before, change.after) == ((planned,), tuple(sorted((planned, done))))
