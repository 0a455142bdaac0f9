"""Names, kinds and roles as the other rooms look them up, with a user's ontology on top."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError, OntologyError
from kg.ontology import Ontology

NAVY = """
@prefix my: <https://example.org/navy#> .
@prefix kg: <https://w3id.org/foedus/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

my:Boarding a owl:Class ; rdfs:subClassOf kg:Coerce .
my:Incident a owl:Class ; rdfs:subClassOf kg:VouchedClaim .
my:Ship a owl:Class ; rdfs:subClassOf kg:Facility ; kg:headWord "tanker" .
my:vessel a owl:ObjectProperty ; kg:roleOf my:Boarding, my:Incident ; kg:fillerType my:Ship .
my:seamen a owl:DatatypeProperty ; kg:roleOf my:Incident ; kg:fillerType <http://www.w3.org/2001/XMLSchema#integer> .
my:Rank a owl:Class ; rdfs:subClassOf kg:Term .
my:captain a my:Rank ; skos:notation "captain" .
my:grade a owl:ObjectProperty ; kg:roleOf my:Incident ; kg:fillerType my:Rank .
my:escorts a owl:ObjectProperty ; rdfs:subPropertyOf kg:relation .
my:Force a owl:Class ; rdfs:subClassOf kg:Entity .
"""


@pytest.fixture(scope="module")
def shipped() -> Ontology:
    return Ontology.load()


@pytest.fixture
def navy(tmp_path: Path) -> Ontology:
    file = tmp_path / "navy.ttl"
    file.write_text(NAVY, encoding="utf-8")
    return Ontology.load([file])


@pytest.mark.parametrize(
    ("role", "filler"),
    [
        ("actor", "entity"), ("content", "claim"), ("mode", "individual"), ("status", "individual"),
        ("theme", "text"), ("words", "text"), ("number", "integer"), ("subject", "entity"), ("holder", "entity"),
    ],
)  # fmt: skip
def test_roles_say_what_fills_them(shipped: Ontology, role: str, filler: str) -> None:
    assert shipped.role(role).filler == filler


@pytest.mark.parametrize(
    ("role", "word", "term"),
    [
        ("mode", "visit", "kg:mode-visit"), ("status", "acting", "kg:acting"), ("Modality", "planned", "kg:planned"),
        ("obligation", "support", "kg:obligation-support"), ("performance", "conditional", "kg:conditional"),
        ("standing", "possible", "kg:possible"),
    ],
)  # fmt: skip
def test_words_become_terms_of_vocabularies(shipped: Ontology, role: str, word: str, term: str) -> None:
    iri = shipped.individual(role, word)
    assert (shipped.curie(iri), shipped.notation(iri)) == (term, word)


@pytest.mark.parametrize(
    ("kind", "binary", "act"),
    [("Assault", False, True), ("Tenure", False, False), ("leads", True, False), ("relation", False, False),
     ("actor", False, False), ("Nonsense", False, False)],
)  # fmt: skip
def test_kinds_are_classes_or_properties(shipped: Ontology, kind: str, binary: bool, act: bool) -> None:
    assert (shipped.is_binary(kind), shipped.is_act(kind)) == (binary, act)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("Tenure", {"person", "office", "of", "status"}),
        ("Guarantee", {"providedBy", "beneficiary", "what", "obligation", "strength", "purpose", "performance"}),
        ("Assault", {"actor", "target", "mode", "content", "purpose", "theme"}),
        ("Size", {"of", "what", "number"}),
        ("memberOf", {"subject", "object"}),
        ("Existence", {"of"}),
    ],
)
def test_kinds_have_their_roles(shipped: Ontology, kind: str, roles: set[str]) -> None:
    assert {info.name for info in shipped.roles(kind)} == roles | {"holder", "place"}


@pytest.mark.parametrize(
    ("identifier", "kind", "names"),
    [
        ("state/PER", "State", ["State"]),
        ("office/prime-minister", "Office", ["Office", "GoverningOffice", "HeadOfGovernmentOffice"]),
        ("office/vice-president", "Office", ["Office"]),
        ("document/a/agreement/joint-declaration", "Agreement", ["Agreement", "Declaration"]),
        ("document/a/force/declaration", "Force", ["Force"]),
    ],
)
def test_ids_tell_classes(shipped: Ontology, identifier: str, kind: str, names: list[str]) -> None:
    assert [shipped.name(iri) for iri in shipped.types_of(identifier, kind)] == names


@pytest.mark.parametrize("look_up", ["cls", "prop", "kind", "role", "expand"])
def test_unknown_names_are_told_with_the_nearest(shipped: Ontology, look_up: str) -> None:
    with pytest.raises(OntologyError, match="has no"):
        getattr(shipped, look_up)("Guarante")


def test_a_near_miss_is_named(shipped: Ontology) -> None:
    with pytest.raises(OntologyError, match="did you mean Guarantee"):
        shipped.cls("Guarante")


def test_names_may_be_prefixed_or_whole(shipped: Ontology) -> None:
    iri = shipped.cls("State")
    assert shipped.cls("kg:State") == shipped.cls(iri) == iri == shipped.expand("kg:State")
    assert shipped.prop("dcterms:title") == "http://purl.org/dc/terms/title"
    assert shipped.base == "https://w3id.org/foedus/id/"


# ---------------------------------------------------------------- a user's ontology


def test_a_class_of_the_users_is_an_act_with_inherited_roles(navy: Ontology) -> None:
    assert navy.cls("Boarding") == "https://example.org/navy#Boarding"
    assert navy.is_act("Boarding")
    assert {"actor", "target", "vessel"} <= {info.name for info in navy.roles("Boarding")}
    assert "vessel" not in {info.name for info in navy.roles("Coerce")}


def test_a_claim_class_of_the_users_has_its_own_roles(navy: Ontology) -> None:
    assert {info.name: info.filler for info in navy.roles("Incident")} == {
        "vessel": "entity", "seamen": "integer", "grade": "individual", "holder": "entity", "place": "entity"
    }  # fmt: skip
    assert navy.individual("grade", "captain") == "https://example.org/navy#captain"


def test_a_relation_of_the_users_is_binary(navy: Ontology) -> None:
    assert navy.is_binary("escorts")
    assert navy.kind("escorts") == "https://example.org/navy#escorts"


def test_ids_tell_the_users_classes(navy: Ontology) -> None:
    assert navy.name(navy.types_of("document/a/facility/oil-tanker", "Facility")[-1]) == "Ship"


def test_of_one_name_ours_is_meant_and_a_prefix_names_the_other(navy: Ontology) -> None:
    assert navy.cls("Force") == navy.expand("kg:Force")
    assert navy.cls("my:Force") == "https://example.org/navy#Force"
    assert navy.name(navy.cls("my:Force")) == "my:Force"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("my:r kg:roleOf kg:Act .", "my:r needs a kg:fillerType"),
        ("my:r kg:roleOf kg:Act ; kg:fillerType kg:State, kg:Mode .", "one sort only"),
        ("my:r kg:roleOf my:Nothing ; kg:fillerType kg:State .", "which no file declares"),
        ("my:r kg:roleOf", "is no Turtle"),
    ],
)
def test_a_broken_ontology_is_refused_in_words(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "mine.ttl"
    prefixes = "@prefix my: <https://example.org/#> . @prefix kg: <https://w3id.org/foedus/ontology#> ."
    file.write_text(f"{prefixes}\n{text}", encoding="utf-8")
    with pytest.raises(OntologyError, match=problem):
        Ontology.load([file])


def test_a_missing_ontology_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Ontology.load([tmp_path / "none.ttl"])


def test_other_formats_are_read(tmp_path: Path) -> None:
    import rdflib

    file = tmp_path / "navy.rdf"
    rdflib.Graph().parse(data=NAVY, format="turtle").serialize(file, format="xml")
    assert Ontology.load([file]).is_act("Boarding")


def test_loading_is_quick_and_lazy() -> None:
    code = "import sys, kg.ontology; assert not {'rdflib', 'pyoxigraph', 'spacy', 'owlready2'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    from kg.ontology import _shipped

    _shipped.cache_clear()
    start = time.process_time()
    Ontology.load()
    assert time.process_time() - start < 0.1
