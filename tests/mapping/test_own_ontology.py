"""Classes, properties and roles of a user's ontology are mapped without a line of Python."""

from pathlib import Path

import pytest

from kg.claims import Claim, Entity, Role
from kg.errors import OntologyError
from kg.mapping import ClaimReader, Mapper
from kg.ontology import Ontology
from kg.quads import Quad, iri, standard
from kg.store import open_store

OWN = """
@prefix kg: <https://w3id.org/foedus/ontology#> . @prefix my: <https://example.org/sea#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Boarding a owl:Class ; rdfs:subClassOf kg:Act ; rdfs:label "boarding"@en .
my:vessel a owl:ObjectProperty ; kg:roleOf my:Boarding ; kg:fillerType kg:Facility .
my:flagOf a owl:ObjectProperty ; rdfs:subPropertyOf kg:relation ; rdfs:label "flag of"@en .
"""
KENYA, SHIP = Entity("state/KEN", "State", "Kenya", "KEN"), Entity("facility/mv-dawn", "Facility", "MV Dawn")
BOARDING = Claim("Boarding", (Role("actor", KENYA), Role("vessel", SHIP)), occasion="2025-03-06")
FLAG = Claim("flagOf", (Role("subject", KENYA), Role("object", SHIP)))


@pytest.fixture
def own(tmp_path: Path) -> Ontology:
    """The shipped ontology with classes of the sea."""
    path = tmp_path / "sea.ttl"
    path.write_text(OWN, encoding="utf-8")
    return Ontology.load([path])


def test_own_kinds_and_roles_are_mapped(own: Ontology) -> None:
    mapper = Mapper(own)
    quads = mapper.quads([BOARDING, FLAG], [])
    node = mapper.claim_iri(BOARDING.key)
    assert Quad(node, standard("rdf:type"), iri("https://example.org/sea#Boarding")) in quads
    assert Quad(node, iri("https://example.org/sea#vessel"), mapper.entity_iri(SHIP.id)) in quads
    direct = Quad(mapper.entity_iri(KENYA.id), iri("https://example.org/sea#flagOf"), mapper.entity_iri(SHIP.id))
    assert direct in quads


def test_own_kinds_are_read_back(own: Ontology) -> None:
    store = open_store()
    store.add(Mapper(own).quads([BOARDING, FLAG], []))
    found = ClaimReader(store, own).claims()
    assert sorted(claim.key for claim in found) == sorted((BOARDING.key, FLAG.key))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (Claim("Boarding"), "Boarding"),
        (Claim("Aid", (Role("vessel", KENYA),)), "vessel"),
        (Claim("Aid", (Role("mode", "by-magic"),)), "by-magic"),
        (Claim("Size", (Role("number", "many"),)), "'many' cannot fill the role number"),
    ],
)
def test_what_the_ontology_lacks_is_named(claim: Claim, said: str) -> None:
    with pytest.raises(OntologyError, match=said):
        Mapper().quads([claim], [])
