"""Reviews stand beside what texts say: build and forget leave them alone, export honours them."""

import io
from dataclasses import replace

import pytest

from kg.claims import Claim, Entity, Evidence, Role, Span
from kg.documents import Document
from kg.errors import UsageError
from kg.export import Part, export
from kg.forget import forget
from kg.mapping import ClaimReader, Mapper
from kg.quads import Quad, from_line
from kg.reviews import Review, add_review, last_reviews, reviews
from kg.store import Store, open_store

CHILE, PERU = Entity("state/CHL", "State", "Chile", "CHL"), Entity("state/PER", "State", "Peru", "PER")
BODY = Entity("organization/un", "Organization", "United Nations")
SAID = (Evidence("wire", Span(0, 5, "Chile"), "frame"),)
MEMBER = Claim("memberOf", (Role("subject", CHILE), Role("object", BODY)), evidence=SAID)
AID = Claim("Aid", (Role("actor", CHILE), Role("target", PERU)), occasion="2025-05-01", evidence=SAID)
DOCUMENT = Document("wire", "Chile joined the United Nations and helped Peru.", "2025-05-01")


def review(claim: Claim, verdict: str, minute: int = 0, note: str = "") -> Review:
    return Review(claim.key, verdict, "Ana", f"2026-02-01T09:{minute:02}:00Z", note)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Store:
    store = open_store()
    store.add(Mapper().quads([MEMBER, AID], [DOCUMENT]))
    return store


def exported(store: Store, form: str = "nq", *, reviewed: bool = False) -> str:
    stream = io.BytesIO()
    export(store, form, stream, Part(reviewed=reviewed))
    return stream.getvalue().decode()


def quads(store: Store) -> set[Quad]:
    return set(store.quads())


def test_a_review_comes_back_as_it_was_given(store: Store) -> None:
    given = review(MEMBER, "rejected", note='it says "left", not “joined”\n<script>')
    add_review(store, given)
    assert reviews(store) == (given,)


def test_a_review_stands_in_a_graph_of_its_own_and_changes_nothing_else(store: Store) -> None:
    before = quads(store)
    add_review(store, review(MEMBER, "rejected"))
    added = quads(store) - before
    assert before <= quads(store)
    assert {quad.graph for quad in added} == {quad.subject for quad in added}
    assert len({quad.graph for quad in added}) == 1


def test_the_last_review_counts(store: Store) -> None:
    for minute, verdict in ((5, "confirmed"), (1, "rejected"), (3, "undecided")):
        add_review(store, review(AID, verdict, minute))
    assert [found.verdict for found in reviews(store)] == ["rejected", "undecided", "confirmed"]
    assert last_reviews(store)[AID.key].verdict == "confirmed"


def test_export_leaves_out_what_was_rejected_and_what_followed_from_it(store: Store) -> None:
    untouched = open_store()
    untouched.add(Mapper().quads([AID], [DOCUMENT], with_text=False))
    add_review(store, review(MEMBER, "rejected"))
    add_review(store, kept := review(AID, "confirmed"))
    found = {from_line(line) for line in exported(store, reviewed=True).splitlines()}
    of_reviews = {quad for quad in found if "/review/" in quad.graph}
    assert found - of_reviews == quads(untouched)
    assert {quad.graph for quad in of_reviews} == {f"<https://w3id.org/foedus/id/review/{kept.key}>"}


def test_export_without_the_option_has_everything(store: Store) -> None:
    add_review(store, review(MEMBER, "rejected"))
    assert MEMBER.key in exported(store)
    assert "#rejected>" in exported(store)


def test_a_rejection_that_was_taken_back_leaves_nothing_out(store: Store) -> None:
    add_review(store, review(MEMBER, "rejected", 1))
    add_review(store, review(MEMBER, "undecided", 2))
    assert exported(store, "csv", reviewed=True) == exported(store, "csv")


def test_rejected_claims_are_no_edges_of_the_network(store: Store) -> None:
    add_review(store, review(AID, "rejected"))
    assert "state/PER" in exported(store, "csv")
    assert "state/PER" not in exported(store, "csv", reviewed=True)


def test_reviews_outlive_their_documents_and_count_again_when_these_return(store: Store) -> None:
    add_review(store, given := review(MEMBER, "rejected"))
    forget(["wire"], store)
    assert reviews(store) == (given,)
    store.add(Mapper().quads([MEMBER, AID], [replace(DOCUMENT, title="Again")]))
    assert {claim.key for claim in ClaimReader(store).claims()} == {MEMBER.key, AID.key}
    assert MEMBER.key not in exported(store, "nt", reviewed=True)


@pytest.mark.parametrize(
    ("verdict", "who", "note"), [("maybe", "Ana", ""), ("rejected", "", ""), ("rejected", "Ana", "x" * 2_001)]
)
def test_what_is_no_review_is_refused(verdict: str, who: str, note: str) -> None:
    with pytest.raises(UsageError):
        Review("00", verdict, who, "2026-02-01T09:00:00Z", note)  # type: ignore[arg-type]


def test_a_claim_that_is_not_there_cannot_be_reviewed(store: Store) -> None:
    with pytest.raises(UsageError, match="no claim"):
        add_review(store, Review("0" * 20, "rejected", "Ana", "2026-02-01T09:00:00Z"))


def test_annotations_of_others_are_no_reviews(store: Store) -> None:
    note, claim = "<https://example.org/note>", Mapper().claim_iri(AID.key)
    store.add([Quad(note, "<http://www.w3.org/ns/oa#hasTarget>", claim, note)])
    assert reviews(store) == ()
