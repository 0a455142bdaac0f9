"""The sample article, end to end: what must be found, what must not be derivable, and the same bytes every time."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.documents import read
from kg.documents.model import Document
from kg.evaluate import evaluate
from kg.graph import Graph

pytestmark = [pytest.mark.model, pytest.mark.shared]

PREFIXES = """PREFIX kg: <https://w3id.org/foedus/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX id: <https://w3id.org/foedus/id/> PREFIX state: <https://w3id.org/foedus/id/state/>
PREFIX person: <https://w3id.org/foedus/id/person/> PREFIX region: <https://w3id.org/foedus/id/region/>
PREFIX org: <https://w3id.org/foedus/id/organization/> PREFIX coalition: <https://w3id.org/foedus/id/coalition/>
"""

#: The numbered facts, as patterns that must match.
FACTS = {
    "1 the coalition met in Paris": "?c a kg:Consult ; kg:actor coalition:coalition-of-the-willing ; "
    "kg:place region:paris",
    "2 35 countries": "?c a kg:Size ; kg:number 35 ; kg:what ?w FILTER(STR(?w) = 'countries')",
    "3 27 heads": "?c a kg:Size ; kg:number 27",
    "4 agreed to lead": "?c a kg:Agree ; kg:actor state:USA . state:USA kg:leads ?m . ?m a kg:Mechanism",
    "4 the mechanism is planned": "?m a kg:Mechanism ; kg:standing kg:planned",
    "5 Europe takes part": "?c kg:kind kg:memberOf ; rdf:subject region:europe ; kg:modality kg:planned",
    "6 the force": "?f a kg:Force ; kg:standing kg:planned . region:europe kg:leads ?f . "
    "?c kg:kind kg:Deployment ; kg:force ?f ; kg:modality kg:planned ; kg:condition/kg:words ?w "
    "FILTER(CONTAINS(?w, 'after a ceasefire'))",
    "7 support of the force": "?c a kg:Guarantee ; kg:providedBy state:USA ; kg:beneficiary/a kg:Force ; "
    "kg:performance kg:conditional ; kg:condition ?k . ?k kg:words 'in case of a new Russian attack'@en ; "
    "kg:onOccurrence ?a . ?a kg:kind kg:Assault ; kg:actor state:RUS ; kg:modality kg:conditional",
    "8 Macron": "?c a kg:Tenure ; kg:person person:emmanuel-macron ; kg:of state:FRA ; kg:status kg:current",
    "8 Starmer": "?c a kg:Tenure ; kg:person person:keir-starmer ; kg:of state:GBR ; kg:status kg:current",
    "9 Merz": "?c a kg:Tenure ; kg:person person:friedrich-merz ; kg:of state:DEU ; kg:status kg:current",
    "10 Zelensky": "?c a kg:Tenure ; kg:person person:volodymyr-zelenskyy ; kg:of state:UKR ; kg:status kg:current",
    "11 Maduro": "?c a kg:Tenure ; kg:person person:nicolas-maduro ; kg:of state:VEN ; kg:status kg:current",
    "12 Macron's words": "?c a kg:Quotation ; kg:speaker person:emmanuel-macron ; kg:words ?w "
    "FILTER(CONTAINS(?w, 'operational convergence'))",
    "13 Merz's words": "?c a kg:Quotation ; kg:speaker person:friedrich-merz ; kg:words ?w "
    "FILTER(CONTAINS(?w, 'we will not achieve textbook diplomatic solutions'))",
    "14 hubs": "?c kg:kind kg:Mobilize ; kg:actor person:keir-starmer ; kg:target state:UKR ; kg:modality kg:planned",
    "14 hubs are planned": "?f a kg:Facility ; kg:standing kg:planned ; rdfs:label ?l "
    "FILTER(CONTAINS(LCASE(?l), 'hubs'))",
    "15 joint declaration": "?c kg:kind kg:partyTo ; rdf:object/rdfs:label ?l "
    "FILTER(CONTAINS(LCASE(?l), 'joint declaration'))",
    "16 trilateral declaration": "state:FRA kg:partyTo ?d . state:GBR kg:partyTo ?d . state:UKR kg:partyTo ?d",
    "17 Russia's opposition": "?c a kg:Reject ; kg:actor state:RUS ; kg:target org:nato",
    "18 capture": "?c a kg:Coerce ; kg:actor/kg:ofState? state:USA ; kg:target person:nicolas-maduro",
    "19 Trump's claim": "?c prov:wasAttributedTo person:donald-trump ; rdf:subject state:GRL ; rdf:object state:USA",
    "20 welcomed": "?c a kg:Support ; kg:actor person:volodymyr-zelenskyy",
    "21 war on its neighbour": "?c a kg:Assault ; kg:actor state:RUS ; kg:target state:UKR",
}  # fmt: skip

#: What other tools made of the text, as patterns that must not match.
WRONG = {
    "textbook solutions are achieved": "?c a kg:Act ; ?p ?w FILTER(isLiteral(?w) && CONTAINS(STR(?w), 'textbook'))",
    "the US supports the force now": "?c a ?t ; kg:actor state:USA ; kg:target ?f . ?f a kg:Force . "
    "?c kg:kind kg:Aid FILTER(?t = kg:Aid)",
    "Greenland is part of the US": "state:GRL ?p state:USA",
    "Greenland is part of Europe": "state:GRL ?p region:europe",
    "Starmer establishes Ukraine": "?c a ?t ; kg:actor person:keir-starmer FILTER(?t NOT IN (kg:Claim))",
    "a force is deployed": "?c a kg:Deployment",
    "a Russian attack of that kind": "?c a kg:Assault ; kg:actor state:RUS "
    "FILTER NOT EXISTS { ?c kg:target state:UKR }",
    "NATO deploys": "?c a ?t ; kg:actor org:nato FILTER(?t IN (kg:Mobilize, kg:Deployment))",
    "an agreement of 27 heads": "?c a kg:Size ; kg:number 27 ; kg:of/a kg:Agreement",
    "Macron twice": "?a a kg:Person ; rdfs:label ?l . ?b a kg:Person ; rdfs:label ?m "
    "FILTER(?a != ?b && CONTAINS(?l, 'Macron') && CONTAINS(?m, 'Macron'))",
}  # fmt: skip


@pytest.fixture(scope="module")
def article(shared: Path) -> Graph:
    return kg.build(shared / "seed" / "article.txt")


def _holds(graph: Graph, pattern: str) -> bool:
    answer = graph.sparql(f"{PREFIXES} ASK {{ {pattern} }}")
    assert isinstance(answer, ox.QueryBoolean)
    return bool(answer)


@pytest.mark.parametrize("pattern", FACTS.values(), ids=FACTS)
def test_numbered_facts_stand_as_the_text_vouches_for_them(article: Graph, pattern: str) -> None:
    assert _holds(article, pattern)


@pytest.mark.parametrize("pattern", WRONG.values(), ids=WRONG)
def test_wrong_statements_cannot_be_derived(article: Graph, pattern: str) -> None:
    assert not _holds(article, pattern)


def test_the_article_is_understood(shared: Path) -> None:
    figures = evaluate(shared / "seed" / "gold.jsonl").figures
    assert figures["all"]["f1"] >= 0.85
    assert figures["overclaim_rate"] == 0


def test_the_graph_passes_its_own_check(article: Graph) -> None:
    assert [f.message for f in article.check() if f.severity != "info"] == []


def test_every_quoted_word_stands_where_its_offsets_say(article: Graph, shared: Path) -> None:
    text = next(d for d in read([shared / "seed" / "article.txt"]) if isinstance(d, Document)).text
    spans = [
        span
        for claim in article.claims()
        for evidence in claim.evidence
        for span in (evidence.sentence, evidence.trigger, *(m.span for m in evidence.mentions))
        if span is not None
    ]
    assert spans
    assert all(text[span.start : span.end] == span.words for span in spans)


@pytest.mark.parametrize("form", ["ttl", "nq", "jsonld"])
def test_same_bytes_under_any_hash_seed_and_order(shared: Path, tmp_path: Path, form: str) -> None:
    one = shared / "seed" / "article.txt"
    other = tmp_path / "other.txt"
    other.write_text("Chile and Peru signed a pact in Lima.\nFrench President Emmanuel Macron welcomed it.\n")
    made = []
    for seed, files in zip("012", itertools.cycle([(one, other), (other, one)]), strict=False):
        target = tmp_path / f"{seed}.{form}"
        command = [sys.executable, "-m", "kg", "build", *map(str, files), "-o", str(target)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        made.append(target.read_bytes())
    assert made[0] == made[1] == made[2]
