"""Laws of the mapping, on any documents and claims."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assembly import merge
from kg.forget import forget
from kg.mapping import ClaimReader, Mapper
from kg.quads import Quad
from kg.store import open_store
from tests.claim_strategies import Said, said

MAPPER = Mapper()


def mapped(*found: Said) -> set[Quad]:
    return set(MAPPER.quads([c for item in found for c in item.claims], [item.document for item in found]))


@given(said("a"), said("b"))
def test_map_of_union_is_union_of_maps(a: Said, b: Said) -> None:
    assert mapped(a, b) == mapped(a) | mapped(b)


@given(said("a"), said("b"))
def test_merging_first_changes_nothing(a: Said, b: Said) -> None:
    documents = [a.document, b.document]
    assert set(MAPPER.quads(merge([*a.claims, *b.claims]), documents)) == mapped(a, b)


@given(said("a"), st.randoms(use_true_random=False))
def test_order_does_not_matter(a: Said, chance: random.Random) -> None:
    shuffled = list(a.claims)
    chance.shuffle(shuffled)
    assert set(MAPPER.quads(shuffled, [a.document])) == mapped(a)


@given(said("a"), said("b"))
def test_every_triple_stands_in_one_graph(a: Said, b: Said) -> None:
    quads = mapped(a, b)
    assert len({quad.triple for quad in quads}) == len(quads)


@given(said("a"))
def test_no_blank_nodes(a: Said) -> None:
    assert all(term.startswith(("<", '"')) for quad in mapped(a) for term in quad[:3])


@given(said("a"))
def test_only_vouched_claims_are_typed_or_direct(a: Said) -> None:
    quads = mapped(*[Said(a.document, tuple(c for c in a.claims if not c.vouched))])
    ours = MAPPER.terms
    kinds = {kind for kind, name in ours.kinds.items() if name != "Claim"}
    claims = {MAPPER.claim_iri(claim.key) for claim in a.claims}
    assert not [q for q in quads if q.subject in claims and q.predicate.endswith("#type>") and q.object in kinds]
    assert not [q for q in quads if q.predicate in kinds]


@given(said("a"), said("b"))
def test_what_is_read_back_is_what_was_mapped(a: Said, b: Said) -> None:
    store = open_store()
    store.add(mapped(a, b))
    expected = merge([*a.claims, *b.claims])
    found = sorted(ClaimReader(store).claims(with_evidence=True))
    read, meant = ([(claim.key, claim.content_key, claim.time) for claim in claims] for claims in (found, expected))
    assert read == meant
    assert mapped(Said(a.document, tuple(found)), Said(b.document, ())) == mapped(a, b)


@given(said("a"), said("b"), st.sampled_from(["", "<http://example.org/into>"]))
def test_forget_undoes_add(a: Said, b: Said, into: str) -> None:
    store = open_store()
    store.add(quad._replace(graph=into or quad.graph) for quad in mapped(a, b))
    forget(["a"], store)
    assert set(store.quads()) == {quad._replace(graph=into or quad.graph) for quad in mapped(b)}


@given(said("a"), said("b"))
def test_forgetting_all_leaves_nothing(a: Said, b: Said) -> None:
    store = open_store()
    store.add(mapped(a, b))
    forget(["a", "b"], store)
    assert list(store.quads()) == []


@pytest.mark.parametrize("base", ["https://example.org/kg/", "http://localhost:8000/id/", "urn:kg:"])
@given(a=said("a"))
def test_base_replaces_the_base(a: Said, base: str) -> None:
    ours = "https://w3id.org/foedus/id/"
    elsewhere = Mapper(base=base).quads(a.claims, [a.document])
    assert not [quad for quad in elsewhere if any(term.startswith(f"<{ours}") for term in quad)]
    assert len(elsewhere) == len(mapped(a))
