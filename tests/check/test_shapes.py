"""Every shape has a graph that passes it and one that does not."""

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.check import Finding, check, role_shapes
from kg.ontology import Ontology, RoleInfo
from kg.resources import resource

SOUND = Path(__file__).with_name("sound.ttl")
BASE = "https://w3id.org/foedus/id/"
SHAPES = "https://w3id.org/foedus/shapes#"
PREFIXES = """
PREFIX kg: <https://w3id.org/foedus/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def _odd(info: RoleInfo) -> str:
    """Something that cannot fill a role."""
    return "true" if info.filler in {"text", "integer"} else "<document/note>"


#: For each shape: the node that is to be found, and an update of the sound graph that breaks it.
BROKEN = {
    "evidence-time": ("evidence/2", "INSERT DATA { <evidence/2> kg:timeWords 'in May'@en ; kg:time 'May' }"),
    "evidence-time-from": ("evidence/2", "INSERT DATA { <evidence/2> kg:timeWords 'since May'@en ;"
                           " kg:timeFrom '2025-05'^^xsd:gYearMonth, '2025'^^xsd:gYear }"),
    "evidence-time-to": ("evidence/2", "INSERT DATA { <evidence/2> kg:timeWords 'until May'@en ; kg:timeTo 5 }"),
    "time-words": ("evidence/2", "INSERT DATA { <evidence/2> kg:time '2025-05-06'^^xsd:date }"),
    "time-once": ("evidence/2", "INSERT DATA { <evidence/2> kg:timeWords 'in May'@en ;"
                  " kg:time '2025-05'^^xsd:gYearMonth ; kg:timeTo '2025-06'^^xsd:gYearMonth }"),
    "time-order": ("evidence/2", "INSERT DATA { <evidence/2> kg:timeWords 'from May to June'@en ;"
                   " kg:timeFrom '2025-05'^^xsd:gYearMonth ; kg:timeTo '2024-06'^^xsd:gYearMonth }"),
    "claim-kind": ("claim/size", "DELETE WHERE { <claim/size> kg:kind ?x }"),
    "claim-modality": ("claim/attack", "INSERT DATA { <claim/attack> kg:modality kg:planned }"),
    "claim-negated": ("claim/leads", "DELETE WHERE { <claim/leads> kg:negated ?x }"),
    "claim-evidence": ("claim/attack", "DELETE WHERE { <claim/attack> kg:evidence ?x }"),
    "claim-holder": ("claim/alleged", "INSERT DATA { <claim/alleged> prov:wasAttributedTo <state/CHL> }"),
    "claim-condition": ("claim/plain", "INSERT DATA { <claim/plain> kg:condition <state/PER> }"),
    "known-kind": ("claim/attack", "DELETE WHERE { <claim/attack> kg:kind ?x } ;"
                   " INSERT DATA { <claim/attack> kg:kind kg:State }"),
    "vouched-modality": ("claim/attack", "INSERT DATA { <claim/attack> a kg:Assault }"),
    "vouched-negated": ("claim/size", "DELETE WHERE { <claim/size> kg:negated ?x } ;"
                        " INSERT DATA { <claim/size> kg:negated true }"),
    "vouched-holder": ("claim/alleged", "INSERT DATA { <claim/alleged> a kg:Assault }"),
    "type-is-kind": ("claim/accuse", "INSERT DATA { <claim/accuse> a kg:Assault }"),
    "vouched-is-typed": ("claim/accuse", "DELETE DATA { <claim/accuse> a kg:Accuse }"),
    "direct-is-vouched": ("state/PER", "INSERT DATA { <state/PER> kg:leads <document/note/force/mission> }"),
    "vouched-is-direct": ("claim/member", "DELETE DATA { <state/PER> kg:memberOf <coalition/harbour-group> }"),
    "office-is-held": ("person/aino-koskela",
                       "INSERT DATA { <person/aino-koskela> kg:holdsOffice <office/chancellor> }"),
    "leader-governs": ("person/aino-koskela", "INSERT DATA { <person/aino-koskela> a kg:Leader }"),
    "guarantee-provider": ("claim/guarantee", "DELETE WHERE { <claim/guarantee> kg:providedBy ?x }"),
    "guarantee-performance": ("claim/plain", "DELETE WHERE { <claim/plain> kg:performance ?x }"),
    "promise-waits": ("claim/guarantee", "DELETE WHERE { <claim/guarantee> kg:performance ?x } ;"
                      " INSERT DATA { <claim/guarantee> kg:performance kg:actual }"),
    "tenure-person": ("claim/tenure", "DELETE WHERE { <claim/tenure> kg:person ?x }"),
    "tenure-office": ("claim/former", "DELETE WHERE { <claim/former> kg:office ?x }"),
    "tenure-status": ("claim/former", "DELETE WHERE { <claim/former> kg:status ?x }"),
    "tenure-of": ("claim/former", "INSERT DATA { <claim/former> kg:of <state/CHL> }"),
    "deployment-force": ("claim/deployment", "DELETE WHERE { <claim/deployment> kg:force ?x }"),
    "size-of": ("claim/size", "DELETE WHERE { <claim/size> kg:of ?x }"),
    "size-number": ("claim/size", "DELETE WHERE { <claim/size> kg:number ?x } ;"
                    " INSERT DATA { <claim/size> kg:number 0 }"),
    "quotation-speaker": ("claim/quotation", "DELETE WHERE { <claim/quotation> kg:speaker ?x }"),
    "quotation-words": ("claim/quotation", "DELETE WHERE { <claim/quotation> kg:words ?x }"),
    "existence-of": ("claim/new", "INSERT DATA { <claim/new> a kg:Claim ; kg:kind kg:Existence }"),
    "act": ("claim/accuse", "DELETE WHERE { <claim/accuse> kg:actor ?x } ;"
            " DELETE WHERE { <claim/accuse> kg:target ?x }"),
    "statement-subject": ("claim/leads", "DELETE WHERE { <claim/leads> rdf:subject ?x }"),
    "statement-predicate": ("claim/leads", "DELETE WHERE { <claim/leads> rdf:predicate ?x } ;"
                            " INSERT DATA { <claim/leads> rdf:predicate kg:partyTo }"),
    "statement-object": ("claim/leads", "DELETE WHERE { <claim/leads> rdf:object ?x }"),
    "not-itself": ("coalition/harbour-group",
                   "INSERT DATA { <coalition/harbour-group> kg:memberOf <coalition/harbour-group> }"),
    "mode-fits": ("claim/accuse", "INSERT DATA { <claim/accuse> kg:mode kg:mode-drone }"),
    "one-holder": ("claim/tenure", "INSERT DATA { <claim/other> a kg:Claim, kg:Tenure ; kg:person <person/x> ;"
                   " kg:office <office/president> ; kg:of <state/CHL> ; kg:status kg:current ;"
                   " kg:evidence <evidence/2> }"),
    "condition-words": ("condition/attack", "DELETE WHERE { <condition/attack> kg:words ?x }"),
    "condition-occurrence": ("condition/attack", "INSERT DATA { <condition/attack> kg:onOccurrence <state/PER> }"),
    "condition-absence": ("condition/attack", "INSERT DATA { <condition/attack> kg:onAbsence <state/PER> }"),
    "entity-label": ("state/PER", "INSERT DATA { <state/PER> rdfs:label 'Perú'@en }"),
    "entity-standing": ("state/PER", "INSERT DATA { <state/PER> kg:standing kg:current }"),
    "disjoint": ("state/PER", "INSERT DATA { <state/PER> a kg:Person }"),
    "evidence-source": ("evidence/1", "DELETE WHERE { <evidence/1> oa:hasSource ?x }"),
    "evidence-frame": ("evidence/1", "DELETE WHERE { <evidence/1> kg:frame ?x }"),
    "evidence-position": ("evidence/1", "DELETE WHERE { <evidence/1/position> a ?x }"),
    "evidence-quote": ("evidence/1", "DELETE WHERE { <evidence/1/quote> a ?x }"),
    "evidence-trigger": ("evidence/1", "INSERT DATA { <evidence/1> kg:trigger <evidence/2/quote> }"),
    "position-start": ("evidence/2/position", "DELETE WHERE { <evidence/2/position> oa:start ?x } ;"
                       " INSERT DATA { <evidence/2/position> oa:start '60'^^xsd:nonNegativeInteger }"),
    "position-end": ("evidence/2/position", "DELETE WHERE { <evidence/2/position> oa:end ?x }"),
    "quote-exact": ("evidence/2/quote", "DELETE WHERE { <evidence/2/quote> oa:exact ?x }"),
    "quote-length": ("evidence/1/trigger", "DELETE WHERE { <evidence/1/trigger> oa:exact ?x } ;"
                     " INSERT DATA { <evidence/1/trigger> oa:exact 'leads' }"),
    "quote-text": ("evidence/1", "DELETE WHERE { <evidence/1/quote> oa:exact ?x } ;"
                   " INSERT DATA { <evidence/1/quote> oa:exact 'Fiji will lead a mission.' }"),
    "mention-role": ("evidence/1/actor", "DELETE WHERE { <evidence/1/actor> kg:role ?x }"),
    "mention-entity": ("evidence/1/actor", "INSERT DATA { <evidence/1/actor> kg:entity <state/CHL> }"),
    "document-hash": ("document/note", "DELETE WHERE { <document/note> kg:sha256 ?x }"),
    **{f"role-{info.name}": ("claim/odd", f"INSERT DATA {{ <claim/odd> <{info.iri}> {_odd(info)} }}")
       for info in Ontology.load().all_roles()},
}  # fmt: skip

#: More ways to break what some shapes guard.
ALSO = {
    "a plan as a fact": ("vouched-modality", "claim/deployment", "INSERT DATA { <claim/deployment> a kg:Deployment }"),
    "an unvouched leader": ("leader-governs", "person/rosa-paredes",
                            "DELETE WHERE { <claim/tenure> kg:status ?x } ;"
                            " INSERT DATA { <claim/tenure> kg:status kg:former }"),
    "a coalition that is a state": ("disjoint", "coalition/harbour-group",
                                   "INSERT DATA { <coalition/harbour-group> a kg:State }"),
    "a claim of itself": ("not-itself", "state/PER", "DELETE WHERE { <claim/leads> rdf:object ?x } ;"
                          " INSERT DATA { <claim/leads> rdf:object <state/PER> }"),
    "a claimed tie as a fact": ("direct-is-vouched", "state/PER",
                                "INSERT DATA { <claim/member> prov:wasAttributedTo <state/CHL> }"),
    "an unvouched guarantee without provider": ("guarantee-provider", "claim/new",
        "INSERT DATA { <claim/new> a kg:Claim ; kg:kind kg:Guarantee ; kg:modality kg:possible }"),
    "a condition without type": ("condition-words", "condition/x",
                                 "INSERT DATA { <claim/plain> kg:condition <condition/x> }"),
    "a fact without its type": ("vouched-is-typed", "claim/quotation",
                                "DELETE DATA { <claim/quotation> a kg:Quotation }"),
    "an offset that is no number": ("position-start", "evidence/2/position",
        "DELETE WHERE { <evidence/2/position> oa:start ?x } ; INSERT DATA { <evidence/2/position> oa:start '26' }"),
}  # fmt: skip
WARNINGS = {"promise-waits", "act", "one-holder"}


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """Findings over the sound graph and one broken copy of it for each case, each below a base of its own."""
    text = SOUND.read_text(encoding="utf-8")
    united = rdflib.Graph().parse(data=text, format="turtle")
    cases = {**{shape: (shape, *case) for shape, case in BROKEN.items()}, **ALSO}
    for name, (_, _, update) in cases.items():
        base = f"{BASE}{name.replace(' ', '-')}/"
        broken = rdflib.Graph().parse(data=text.replace(BASE, base), format="turtle")
        broken.update(f"BASE <{base}> {PREFIXES} {update}")
        united += broken
    return check(united)


def of_case(findings: list[Finding], name: str) -> set[tuple[str, str]]:
    base = f"{BASE}{name.replace(' ', '-')}/"
    return {(f.source, f.focus.removeprefix(base)) for f in findings if f.focus.startswith(base)}


def test_a_sound_graph_has_no_findings() -> None:
    assert check(SOUND) == []


@pytest.mark.parametrize("shape", BROKEN)
def test_a_shape_finds_what_breaks_it(findings: list[Finding], shape: str) -> None:
    assert (shape, BROKEN[shape][0]) in of_case(findings, shape)


@pytest.mark.parametrize("name", ALSO)
def test_a_shape_finds_it_in_other_guises(findings: list[Finding], name: str) -> None:
    shape, focus, _ = ALSO[name]
    assert (shape, focus) in of_case(findings, name)


def test_every_shape_with_a_message_is_tried() -> None:
    shapes = rdflib.Graph().parse(resource("ontology", "shapes.ttl"))
    queries = {query: shape for shape, query in shapes.subject_objects(SH.sparql)}
    spoken = {str(queries.get(shape, shape)) for shape in shapes.subjects(SH.message)}
    assert {name.removeprefix(SHAPES) for name in spoken} == {*BROKEN, "named"}


def test_every_message_says_what_to_do(findings: list[Finding]) -> None:
    for finding in findings:
        assert len(finding.message.split()) > 6
        assert "http" not in finding.message


def test_doubts_are_warnings_and_the_rest_violations(findings: list[Finding]) -> None:
    assert {f.source for f in findings if f.severity == "warning"} == WARNINGS
    assert not {f.source for f in findings if f.severity == "violation"} & WARNINGS


def test_blank_nodes_are_found() -> None:
    graph = rdflib.Graph().parse(SOUND)
    graph.update(
        f"BASE <{BASE}> {PREFIXES} INSERT DATA {{ <claim/plain> kg:condition [ a kg:Condition ; kg:words 'x'@en ] }}"
    )
    (found,) = [finding for finding in check(graph) if finding.source == "named"][:1]
    assert "blank node" in found.message


@pytest.mark.parametrize("info", Ontology.load().all_roles(), ids=lambda info: str(info.name))
def test_role_shapes_agree_with_the_ontology(info: RoleInfo) -> None:
    made = rdflib.Graph().parse(data=role_shapes([info], Ontology.load()), format="turtle")
    written = rdflib.Graph().parse(resource("ontology", "shapes.ttl"))
    (ours,) = set(written.subjects(SH.targetSubjectsOf, rdflib.URIRef(info.iri)))
    (theirs,) = made.subjects(RDF.type, SH.PropertyShape)
    assert _wanted(written, ours) == _wanted(made, theirs)


def _wanted(graph: rdflib.Graph, shape: rdflib.term.Node) -> tuple[str, set[str]]:
    alternatives = graph.value(shape, SH["or"])
    shapes = [shape] if alternatives is None else list(rdflib.collection.Collection(graph, alternatives))
    found = {
        str(value) for node in shapes for test in (SH["class"], SH.datatype) for value in graph.objects(node, test)
    }
    return str(graph.value(shape, SH.message)), found
