"""Claims to facts of the interchange format."""

import json

import pytest

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span, Time
from kg.documents import Document
from kg.facts import TYPES, facts, line

FRANCE = Entity("state/FRA", "State", "France", "FRA")
UKRAINE = Entity("state/UKR", "State", "Ukraine", "UKR")
MACRON = Entity("person/emmanuel-macron", "Person", "Emmanuel Macron")
PRESIDENT = Entity("office/president", "Office", "president")
FORCE = Entity("document/a/force/european-force", "Force", "European force")
PACT = Entity("document/a/agreement/joint-declaration", "Agreement", "joint declaration")
TEXT = "x" * 100
DOCUMENT = Document("a", TEXT, "2025-03-06")


def mention(role: str, entity: Entity, start: int, name: str = "", state: str | None = None) -> Mention:
    return Mention(role, entity.id, Span(start, start + 3, "xxx"), name, "test", state)


def claim(kind: str, *roles: Role, mentions: tuple[Mention, ...] = (), at: int = 10, **more: object) -> Claim:
    evidence = Evidence("a", Span(0, 50, TEXT[:50]), "test-frame", Span(at, at + 3, "act"), mentions)
    return Claim(kind, roles, evidence=(evidence,), **more)  # type: ignore[arg-type]


def test_an_event_names_actors_in_text_order_with_the_words_of_the_text() -> None:
    roles = (Role("actor", FRANCE), Role("actor", MACRON), Role("target", UKRAINE), Role("mode", "visit"))
    found = claim(
        "Consult", *roles, at=20,
        mentions=(mention("actor", FRANCE, 9, "Paris"), mention("actor", MACRON, 1, "Macron", "FRA")),
        modality="planned", negated=True, holder=UKRAINE, place=FRANCE, time=Time("2025-03-07"),
    )  # fmt: skip
    assert facts(DOCUMENT, [found]) == [
        {
            "type": "event", "event": "CONSULT",
            "actor": [{"name": "Macron", "state": "FRA"}, {"name": "Paris", "state": "FRA"}],
            "target": [{"name": "Ukraine", "state": "UKR"}], "trigger": "act", "modality": "planned", "negated": True,
            "holder": {"name": "Ukraine", "state": "UKR"}, "place": "France", "date": "2025-03-07",
            "frame": "test-frame",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "fact"),
    [
        (
            claim("Tenure", Role("person", MACRON), Role("office", PRESIDENT), Role("of", FRANCE),
                  Role("status", "acting"), mentions=(mention("person", MACRON, 3, "Emmanuel Macron", "FRA"),)),
            {"type": "office", "person": {"name": "Emmanuel Macron", "state": "FRA"}, "role": "acting president",
             "of": {"name": "France", "state": "FRA"}, "status": "current"},
        ),
        (
            claim("memberOf", Role("subject", FRANCE), Role("object", FORCE), modality="planned"),
            {"type": "member", "member": {"name": "France", "state": "FRA"},
             "group": {"name": "European force", "state": None}, "modality": "planned"},
        ),
        (
            claim("leads", Role("subject", FRANCE), Role("object", FORCE),
                  mentions=(mention("object", FORCE, 3, "force", "FRA"),)),
            {"type": "leads", "leader": {"name": "France", "state": "FRA"}, "group": {"name": "force", "state": None}},
        ),
        (
            claim("Size", Role("of", PACT), Role("what", "countries"), Role("number", 35)),
            {"type": "count", "of": "joint declaration", "what": "countries", "number": 35},
        ),
        (
            claim("partyTo", Role("subject", FRANCE), Role("object", PACT)),
            {"type": "party", "who": {"name": "France", "state": "FRA"}, "agreement": "joint declaration"},
        ),
        (
            claim("Guarantee", Role("providedBy", FRANCE), Role("beneficiary", UKRAINE), Role("what", "air defence"),
                  performance="conditional", condition=Condition("if attacked")),
            {"type": "guarantee", "by": [{"name": "France", "state": "FRA"}],
             "for": [{"name": "Ukraine", "state": "UKR"}], "what": "air defence", "condition": "if attacked",
             "modality": "conditional"},
        ),
        (
            claim("Deployment", Role("force", FORCE), modality="planned", place=UKRAINE),
            {"type": "force", "name": "European force", "place": "Ukraine", "condition": None, "modality": "planned"},
        ),
        (
            claim("Quotation", Role("speaker", MACRON), Role("words", "we will stay")),
            {"type": "quote", "speaker": {"name": "Emmanuel Macron", "state": None}, "text": "we will stay"},
        ),
    ],
)  # fmt: skip
def test_every_type(found: Claim, fact: dict[str, object]) -> None:
    assert facts(DOCUMENT, [found]) == [{**fact, "frame": "test-frame"}]


def test_facts_stand_by_type_then_by_place_and_equal_claims_are_one() -> None:
    late, early = (claim("Assault", Role("actor", FRANCE), at=at) for at in (40, 12))
    office = claim("Tenure", Role("person", MACRON), Role("office", PRESIDENT), Role("of", FRANCE), at=44)
    other = claim("Reject", Role("actor", FRANCE), at=30)
    found = facts(DOCUMENT, [late, other, early, office])
    assert [fact["type"] for fact in found] == ["office", "event", "event"]
    assert [fact["event"] for fact in found[1:]] == ["ASSAULT", "REJECT"]


def test_what_the_format_has_no_type_for_is_left_out() -> None:
    assert facts(DOCUMENT, [claim("Existence", Role("of", FORCE)), claim("Merger", Role("actor", FRANCE))]) == []


def test_only_claims_of_the_document_count() -> None:
    assert facts(Document("b", TEXT), [claim("Assault", Role("actor", FRANCE))]) == []


def test_a_line_is_json_with_the_text_as_it_stands() -> None:
    text = line(Document("ä", "Zoë: “no”\n"), [{"type": TYPES[0]}])
    assert text.count("\n") == 1
    assert json.loads(text) == {"id": "ä", "text": "Zoë: “no”\n", "facts": [{"type": "office"}]}
