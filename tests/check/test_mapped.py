"""What the mapper writes for each kind of claim passes every shape, and its plans and rumours derive no facts."""

from pathlib import Path

import pytest
import rdflib

from kg.check import check
from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.mapping import Mapper
from kg.quads import line

TEXT = "Chile pledged ships to Peru if the strait is mined."
PERU = Entity("state/PER", "State", "Peru", "PER")
CHILE = Entity("state/CHL", "State", "Chile", "CHL")
LIMA = Entity("region/lima", "Region", "Lima")
ROSA = Entity("person/rosa-paredes", "Person", "Rosa Paredes")
PRESIDENT = Entity("office/president", "Office", "president")
GROUP = Entity("coalition/harbour-group", "Coalition", "Harbour Group")
PATROL = Entity("document/note/force/patrol", "Force", "patrol")
PACT = Entity("document/note/agreement/joint-declaration", "Agreement", "joint declaration")


def said(*mentions: Mention) -> tuple[Evidence, ...]:
    return (Evidence("note", Span(0, len(TEXT), TEXT), "frame", Span(6, 13, "pledged"), mentions),)


def claims() -> list[Claim]:
    mining = Claim("Assault", (Role("target", PERU),), modality="conditional", occasion="note", evidence=said())
    aid = Claim("Aid", (Role("actor", CHILE),), modality="planned", occasion="note", evidence=said())
    condition = Condition("if the strait is mined", (mining.ref,), (aid.ref,))
    chile = Mention("actor", CHILE.id, Span(0, 5, "Chile"), "Chile", "name in the gazetteer", "CHL")
    return [
        mining,
        aid,
        Claim("Agree", (Role("actor", CHILE), Role("target", PERU), Role("content", aid.ref), Role("theme", "ships")),
              place=LIMA, occasion="note", evidence=said(chile)),
        Claim("Consult", (Role("actor", CHILE), Role("mode", "visit")), negated=True, occasion="note", evidence=said()),
        Claim("Assault", (Role("actor", CHILE),), holder=PERU, occasion="note", evidence=said()),
        Claim("Tenure", (Role("person", ROSA), Role("office", PRESIDENT), Role("of", CHILE), Role("status", "acting")),
              evidence=said()),
        Claim("Guarantee", (Role("providedBy", CHILE), Role("beneficiary", PERU), Role("what", "ships"),
                            Role("obligation", "support"), Role("strength", "pledge")),
              performance="conditional", condition=condition, evidence=said()),
        Claim("Deployment", (Role("force", PATROL),), modality="planned", place=LIMA, evidence=said()),
        Claim("Size", (Role("of", GROUP), Role("what", "countries"), Role("number", 12)), evidence=said()),
        Claim("Quotation", (Role("speaker", ROSA), Role("words", "never")), evidence=said()),
        Claim("Existence", (Role("of", PACT),), modality="possible", evidence=said()),
        Claim("memberOf", (Role("subject", PERU), Role("object", GROUP)), evidence=said()),
        Claim("leads", (Role("subject", PERU), Role("object", PATROL)), modality="planned", evidence=said()),
        Claim("partyTo", (Role("subject", PERU), Role("object", PACT)), evidence=said()),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def mapped() -> rdflib.Graph:
    document = Document("note", TEXT, "2026-02-03", "A note", None, "0" * 64)
    quads = Mapper().quads(claims(), [document])
    return rdflib.Graph().parse(data="".join(f"{line(quad.triple)}\n" for quad in quads), format="nt")


def test_the_mapper_writes_what_the_shapes_want(mapped: rdflib.Graph) -> None:
    assert check(mapped) == []


@pytest.mark.java
def test_the_reasoner_finds_no_contradiction(mapped: rdflib.Graph) -> None:
    assert check(mapped, reason=True) == []


def test_what_the_mapper_writes_is_declared(mapped: rdflib.Graph) -> None:
    ontology = rdflib.Graph().parse(Path(__file__).parents[2] / "ontology" / "foedus.ttl")
    used = {predicate for predicate in mapped.predicates() if "/22-rdf-syntax" not in str(predicate)}
    assert {predicate for predicate in used if "rdf-schema" not in str(predicate)} - set(ontology.subjects()) == set()
