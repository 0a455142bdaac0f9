"""Offices as claims: roles, status, evidence, and one claim for what is said twice."""

import pytest

from kg.actors import Gazetteer, find_mentions, find_titles
from kg.claims import Claim, Entity
from kg.documents import Document
from kg.extraction.offices import offices
from kg.language import parse

pytestmark = pytest.mark.model


def tenures(text: str, date: str | None = "2025-06-02") -> list[Claim]:
    """Tenure claims of a text."""
    document = Document("doc", text, date)
    doc = parse(document)
    gazetteer = Gazetteer.load()
    mentions = find_mentions(doc, document, gazetteer)
    return offices(doc, document, mentions, find_titles(doc, document, mentions, gazetteer))


def roles(claim: Claim) -> dict[str, str]:
    """Fillers by role, entities by id."""
    return {r.name: r.filler.id if isinstance(r.filler, Entity) else str(r.filler) for r in claim.roles}


def test_roles() -> None:
    (claim,) = tenures("Ukrainian President Volodymyr Zelensky spoke.")
    assert claim.kind == "Tenure"
    assert roles(claim) == {
        "person": "person/volodymyr-zelenskyy", "office": "office/president", "of": "state/UKR", "status": "current",
    }  # fmt: skip
    assert claim.vouched


def test_evidence_quotes_the_text() -> None:
    text = "🙂 “Enough,” said the prime minister of Malta, Ilse Vandamme.\nOthers left."
    (claim,) = tenures(text)
    (evidence,) = claim.evidence
    spans = [evidence.sentence, *(m.span for m in evidence.mentions), *([evidence.trigger] if evidence.trigger else [])]
    assert all(text[span.start : span.end] == span.words for span in spans)
    assert evidence.trigger is not None
    assert evidence.trigger.words == "prime minister"
    assert {m.role: m.name for m in evidence.mentions}["person"] == "Ilse Vandamme"
    assert all(m.reason for m in evidence.mentions)


def test_said_twice_is_one_claim() -> None:
    text = "Maltese president Ilse Vandamme spoke. Later President Vandamme left for Libya."
    assert len(tenures(text)) == 1


def test_acting_is_kept_in_role_and_status() -> None:
    (claim,) = tenures("Malta's acting president, Ilse Vandamme, spoke.")
    assert (roles(claim)["office"], roles(claim)["status"]) == ("office/acting-president", "acting")


def test_denied_office_is_not_vouched() -> None:
    (claim,) = tenures("Ilse Vandamme is not the president of Malta.")
    assert claim.negated
    assert not claim.vouched


def test_short_name_gets_the_full_one() -> None:
    (claim,) = tenures("Ilse Vandamme arrived in Libya. Maltese president Vandamme then left.")
    assert {m.role: m.name for m in claim.evidence[0].mentions}["person"] == "Ilse Vandamme"
