"""A field that the project knows nothing of: an ontology, ten frames, no Python (`examples/companies`)."""

from pathlib import Path

import pytest

import kg
from kg.check import check_lexicon
from kg.extraction.lexicon import Lexicon
from kg.graph import Graph
from kg.ontology import Ontology
from kg.queries import Table

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "companies"
ONTOLOGY, LEXICON = FOLDER / "companies.ttl", FOLDER / "companies.yaml"
PREFIXES = """
PREFIX co: <https://example.org/companies#> PREFIX kg: <https://w3id.org/foedus/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.build(FOLDER / "articles", ontology=[ONTOLOGY], lexicon=[LEXICON])


def label(node: str, name: str) -> str:
    return f'{node} rdfs:label "{name}"@en .'


STATED = {
    "bought": f"?c a co:Acquisition ; co:buyer ?a ; co:bought ?b . {label('?a', 'Tarnhill Steel')} "
    f"{label('?b', 'Orrin Metals')}",
    "insurer bought": f"?c a co:Acquisition ; co:buyer ?a . {label('?a', 'Orrel Credit')}",
    "named chief executive": "?c a co:Appointment ; co:appointee ?a ; co:post ?post . "
    f'{label("?a", "Ana Ribeiro")} FILTER(CONTAINS(?post, "chief executive"))',
    "appointed, in the passive": f"?c a co:Appointment ; co:appointee ?a ; co:company ?b . "
    f"{label('?a', 'Liis Tamm')} {label('?b', 'Nordvik Bank')}",
    "resigned": f"?c a co:Departure ; co:leaver ?a . {label('?a', 'Pieter Maas')}",
    "joint venture": f"?c a co:Venture ; co:partner ?a . {label('?a', 'Nordvik Bank')}",
    "holds a stake, as a direct triple": f"?a co:ownsStakeIn ?b . {label('?b', 'Orrin Metals')}",
}
ONLY_DESCRIBED = {
    "merges if regulators agree": ("Merger", 'kg:condition/kg:words "if regulators agree"@en'),
    "a price that the companies name": ("Acquisition", 'co:price "2.1 billion euros"@en'),
    "jobs that unions fear for": ("JobCut", "<http://www.w3.org/ns/prov#wasAttributedTo> ?unions"),
    "a bid that a fund tells of": ("Bid", "<http://www.w3.org/ns/prov#wasAttributedTo> ?fund"),
    "a listing that is planned": ("Listing", "kg:modality kg:planned"),
}


@pytest.mark.parametrize("pattern", STATED.values(), ids=STATED.keys())
def test_what_is_said_as_a_fact(graph: Graph, pattern: str) -> None:
    assert graph.sparql(f"{PREFIXES} ASK {{ {pattern} }}")


@pytest.mark.parametrize(("kind", "how"), ONLY_DESCRIBED.values(), ids=ONLY_DESCRIBED.keys())
def test_what_is_not_vouched_for_is_only_described(graph: Graph, kind: str, how: str) -> None:
    assert graph.sparql(f"{PREFIXES} ASK {{ ?c kg:kind co:{kind} ; {how} }}")
    assert not graph.sparql(f"{PREFIXES} ASK {{ ?c a co:{kind} ; {how} }}")


def test_the_frames_fit_the_ontology() -> None:
    assert check_lexicon(LEXICON, Ontology.load([ONTOLOGY])) == []


def test_ten_frames_and_evidence_that_names_them(graph: Graph) -> None:
    own = [frame.name for frame in Lexicon.load([LEXICON]).frames.values() if frame.own]
    assert len(own) == 10
    assert graph.sparql(f'{PREFIXES} ASK {{ ?claim kg:evidence/kg:frame "company-merge" }}')


def test_the_question_runs_on_the_graph(graph: Graph) -> None:
    answer = graph.query(FOLDER / "deals.rq")
    assert isinstance(answer, Table)
    rows = [(row["deal"], row["one"], row["other"], row["modality"]) for row in answer]
    assert ("Acquisition", "Tarnhill Steel", "Orrin Metals", "actual") in rows
    assert ("Merger", "Nordvik Bank", "Orrel Credit", "conditional") in rows


def test_without_the_lexicon_there_are_no_deals() -> None:
    plain = kg.build(FOLDER / "articles")
    assert not plain.sparql(f"{PREFIXES} ASK {{ ?claim kg:kind ?k FILTER(STRSTARTS(STR(?k), STR(co:))) }}")
