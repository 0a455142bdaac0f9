"""The ontology as a file: loads everywhere, documents every term, stays within OWL 2 DL."""

import io
import re
from collections.abc import Container, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME

from kg.resources import resource

KG = rdflib.Namespace("https://w3id.org/foedus/ontology#")
ENTITIES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
FILES = ("foedus.ttl", "shapes.ttl", "alignment.ttl")
PLOVER = [
    "Agree", "Consult", "Support", "Cooperate", "Aid", "Concede", "Retreat", "Request", "Accuse", "Reject", "Threaten",
    "Protest", "Sanction", "Mobilize", "Coerce", "Assault",
]  # fmt: skip


def parsed(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(resource("ontology", name))


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return parsed("foedus.ttl")


def declared(ontology: rdflib.Graph) -> set[rdflib.URIRef]:
    found = {subject for type_ in ENTITIES for subject in ontology.subjects(RDF.type, type_)}
    return {term for term in found if isinstance(term, rdflib.URIRef)}


def own_terms(ontology: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    yield from sorted(term for term in declared(ontology) if term.startswith(KG))


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_pyoxigraph_read_the_same_number_of_triples(name: str) -> None:
    oxigraph = {str(quad.triple) for quad in ox.parse(path=str(resource("ontology", name)))}
    assert len(parsed(name)) == len(oxigraph) > 100


def test_owlready2_reads_it_by_n_triples(ontology: rdflib.Graph) -> None:
    owlready2 = pytest.importorskip("owlready2")
    world = owlready2.World()
    loaded = world.get_ontology(str(KG)).load(fileobj=io.BytesIO(ontology.serialize(format="nt", encoding="utf-8")))
    names = {class_.name for class_ in loaded.classes()}
    assert {"Coalition", "State", "Leader", "Guarantee", "Force", *PLOVER} <= names


@pytest.mark.parametrize("documentation", [RDFS.label, SKOS.definition, SKOS.example])
def test_every_term_is_documented(ontology: rdflib.Graph, documentation: rdflib.URIRef) -> None:
    assert [term for term in own_terms(ontology) if len(list(ontology.objects(term, documentation))) != 1] == []


def test_labels_tell_classes_properties_and_terms_apart(ontology: rdflib.Graph) -> None:
    classes = [str(ontology.value(term, RDFS.label)) for term in ontology.subjects(RDF.type, OWL.Class)
               if str(term).startswith(KG)]  # fmt: skip
    assert len(classes) == len(set(classes))


@pytest.mark.parametrize("name", ["Coalition", "State", "Leader", "Guarantee", "Force", "Treaty", "Condition", *PLOVER])
def test_the_domain_has_its_classes(ontology: rdflib.Graph, name: str) -> None:
    assert (KG[name], RDF.type, OWL.Class) in ontology


@pytest.mark.parametrize("name", ["Leader", "ConditionalGuarantee", "PlannedForce", "CoalitionState"])
def test_defined_classes_have_a_definition(ontology: rdflib.Graph, name: str) -> None:
    assert len(list(ontology.objects(KG[name], OWL.equivalentClass))) == 1


def test_the_sixteen_types_of_act_bear_plovers_notations(ontology: rdflib.Graph) -> None:
    acts = list(ontology.subjects(RDFS.subClassOf, KG.Act))
    assert sorted(str(ontology.value(act, SKOS.notation)) for act in acts) == sorted(name.upper() for name in PLOVER)


def test_the_header_names_version_and_licence(ontology: rdflib.Graph) -> None:
    from kg import __version__

    header = ontology.value(None, RDF.type, OWL.Ontology)
    assert str(ontology.value(header, OWL.versionInfo)) == __version__
    assert str(ontology.value(header, OWL.versionIRI)).endswith(f"/{__version__}")
    assert ontology.value(header, rdflib.DCTERMS.license) is not None


# ---------------------------------------------------------------- OWL 2 DL


def test_no_term_is_declared_twice_over(ontology: rdflib.Graph) -> None:
    punned = [term for term in declared(ontology) if len(set(ontology.objects(term, RDF.type)) & set(ENTITIES)) > 1]
    assert punned == []


def test_every_property_in_use_is_declared(ontology: rdflib.Graph) -> None:
    reserved = (str(RDF), str(RDFS), str(OWL))
    used = {predicate for predicate in ontology.predicates() if not str(predicate).startswith(reserved)}
    assert used - declared(ontology) == set()


def test_every_own_term_in_use_is_declared(ontology: rdflib.Graph) -> None:
    used = {term for triple in ontology for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(KG)}
    assert {term for term in used - declared(ontology) if term != rdflib.URIRef(KG)} == set()


def test_classes_have_no_data_and_roles_no_domain(ontology: rdflib.Graph) -> None:
    assert not list(ontology.subject_objects(RDFS.domain))
    assert not list(ontology.subject_objects(RDFS.range))
    data = set(ontology.subjects(RDF.type, OWL.DatatypeProperty)) | set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert [t for t in ontology if t[0] in classes and t[1] in data] == []


def test_individuals_have_a_class_and_vocabularies_a_notation_each(ontology: rdflib.Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.NamedIndividual):
        (class_,) = set(ontology.objects(term, RDF.type)) - {OWL.NamedIndividual}
        if class_ != SKOS.ConceptScheme:
            assert (class_, RDFS.subClassOf, KG.Term) in ontology
            assert len(list(ontology.objects(term, SKOS.notation))) == 1


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_imported(name: str) -> None:
    assert not list(parsed(name).subject_objects(OWL.imports))


# ---------------------------------------------------------------- other files that name its terms


@pytest.mark.parametrize("name", ["shapes.ttl", "alignment.ttl"])
def test_companions_name_only_declared_terms(ontology: rdflib.Graph, name: str) -> None:
    text = re.sub(r"^@prefix.*$", "", resource("ontology", name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    used = {KG[local] for local in re.findall(r"\bkg:([A-Za-z][\w-]*)", text)}
    assert used - declared(ontology) == set()


@pytest.mark.parametrize("namespace", [ORG, PROV, SDO, FOAF, TIME], ids=["org", "prov", "schema", "foaf", "time"])
def test_aligned_terms_exist(namespace: Container[rdflib.URIRef]) -> None:
    used = {str(term) for triple in parsed("alignment.ttl") for term in triple}
    ours = sorted(term for term in used if term.startswith(str(namespace)))
    assert ours
    assert [term for term in ours if rdflib.URIRef(term) not in namespace] == []


def test_the_alignment_changes_nothing_of_ours(ontology: rdflib.Graph) -> None:
    aligned = parsed("alignment.ttl")
    parents = [parent for child, parent in aligned.subject_objects(RDFS.subClassOf) if str(child).startswith(KG)]
    assert parents
    assert not [parent for parent in parents if str(parent).startswith(KG)]
    assert set(aligned.subjects(OWL.equivalentClass)) == set()


def test_queries_name_only_declared_terms(ontology: rdflib.Graph) -> None:
    files = sorted(Path(resource("queries")).glob("**/*.rq"))
    text = "\n".join(re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE) for path in files)
    used = {KG[local] for local in re.findall(r"\bkg:([A-Za-z][\w-]*)", text)}
    assert used - declared(ontology) == set()
