"""When: dates stand at the act that the text dates, and at no other."""

import pytest

from kg.claims import Claim
from kg.documents import Document
from kg.extraction.extractor import Extractor
from kg.facts import facts

TODAY = "2025-06-05"  # a Thursday


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def claims(extractor: Extractor, text: str, date: str | None = TODAY) -> tuple[Claim, ...]:
    return extractor.extract(Document("test", text, date)).claims


def dated(extractor: Extractor, text: str, date: str | None = TODAY) -> set[tuple[str, str | None]]:
    return {(c.kind, c.time.value if c.time else None) for c in claims(extractor, text, date)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru attacked Chile on Monday.", ("Assault", "2025-06-02")),
        ("On Monday, Peru attacked Chile.", ("Assault", "2025-06-02")),
        ("Peru will withdraw its troops from Chile on Monday.", ("Retreat", "2025-06-09")),
        ("Chile condemned Monday's attack by Peru.", ("Assault", "2025-06-02")),
        ("Chile condemned Monday's attack by Peru.", ("Accuse", None)),
        ("Peru has attacked Chile since 2023.", ("Assault", "2023/..")),
        ("Peru invaded Chile in March 2020.", ("Assault", "2020-03")),
        ("Talks between Peru and Chile began on Tuesday.", ("Consult", "2025-06-03")),
        ("Peru bombed Chile overnight.", ("Assault", "")),
        ("Peru attacked Chile.", ("Assault", None)),
    ],
)
def test_an_act_has_the_date_that_the_text_gives_it(
    extractor: Extractor, text: str, expected: tuple[str, str | None]
) -> None:
    assert expected in dated(extractor, text)


def test_a_date_in_a_name_is_none(extractor: Extractor) -> None:
    assert ("Assault", None) in dated(extractor, "The March 23 Movement attacked Chile.")


def test_without_a_document_date_the_words_are_kept(extractor: Extractor) -> None:
    (claim,) = (c for c in claims(extractor, "Peru attacked Chile on Monday.", None) if c.kind == "Assault")
    assert claim.time is not None
    assert (claim.time.value, claim.time.words, claim.occasion) == ("", "on Monday", "test")


def test_stated_dates_tell_acts_apart_and_undated_ones_are_of_the_document(extractor: Extractor) -> None:
    found = [c for c in claims(extractor, "Peru attacked Chile on Monday.") if c.kind == "Assault"]
    other = [c for c in claims(extractor, "Peru attacked Chile.", "2025-06-02") if c.kind == "Assault"]
    assert [c.occasion for c in found] == ["2025-06-02"]
    assert [c.key for c in found] == [c.key for c in other]


def test_evidence_has_the_words_and_why(extractor: Extractor) -> None:
    text = "Peru attacked Chile on Monday."
    (claim,) = (c for c in claims(extractor, text) if c.kind == "Assault")
    (mention,) = (m for m in claim.evidence[0].mentions if m.role == "time")
    assert text[mention.span.start : mention.span.end] == mention.span.words == "on Monday"
    assert (mention.name, mention.reason) == ("2025-06-02", f"seen from {TODAY}")


def test_facts_have_the_date(extractor: Extractor) -> None:
    document = Document("test", "Peru attacked Chile on Monday.", TODAY)
    found = facts(document, extractor.extract(document).claims)
    assert [fact.get("date") for fact in found if fact["type"] == "event"] == ["2025-06-02"]
