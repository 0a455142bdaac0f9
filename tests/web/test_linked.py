"""Linked data: what things answer, and documents about them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import document
from kg.mapping import Mapper
from kg.store import open_store
from tests.web.conftest import Server, serving

TEXT = "Kenya promised to defend Uganda if rebels return."
KENYA = Entity("state/KEN", "State", "Kenya", "KEN")
UGANDA = Entity("state/UGA", "State", "Uganda", "UGA")
DOCUMENT = "note 1/ä.ttl"
GUARANTEE = Claim(
    "Guarantee",
    (Role("providedBy", KENYA), Role("beneficiary", UGANDA), Role("what", "defend Uganda")),
    performance="conditional",
    condition=Condition("if rebels return"),
    evidence=(
        Evidence(
            DOCUMENT,
            Span(0, 49, TEXT),
            "by-hand",
            Span(6, 14, "promised"),
            (Mention("providedBy", KENYA.id, Span(0, 5, "Kenya"), "Kenya", "name in the gazetteer"),),
        ),
    ),
)
RDF = ["ttl", "nt", "rdf", "jsonld", "trig", "nq"]


def filled(folder: Path, base: str) -> Path:
    with open_store(folder) as store:
        store.add(Mapper(base=base).quads([GUARANTEE], [document(TEXT, id=DOCUMENT)]))
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(filled(tmp_path_factory.mktemp("linked") / "store", "https://w3id.org/foedus/id/")) as running:
        yield running


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
        ("application/trig", ".trig"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", ".jsonld"),
        ("*/*", ".ttl"),
    ],
)
def test_things_say_where_to_read_of_them(server: Server, accept: str, suffix: str) -> None:
    found = server.client.get("/id/state/KEN", headers={"Accept": accept})
    assert (found.status_code, found.headers["location"]) == (303, f"/data/state/KEN{suffix}")
    assert "Accept" in found.headers["vary"]
    assert 'rel="alternate"; type="text/turtle"' in found.headers["link"]


def test_things_that_cannot_be_read_as_wanted(server: Server) -> None:
    assert server.client.get("/id/state/KEN", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/id/state/UKR", "/data/state/UKR.ttl", "/data/state/UKR", "/id/", '/id/a"b'])
def test_unknown_things_are_not_found(server: Server, path: str) -> None:
    assert server.client.get(path).status_code == 404


@pytest.mark.parametrize("suffix", RDF)
def test_documents_are_the_same_in_every_format(server: Server, suffix: str) -> None:
    found = server.client.get(f"/data/state/KEN.{suffix}").raise_for_status()
    form = ox.RdfFormat.from_media_type(found.headers["content-type"])
    triples = {str(quad.triple) for quad in ox.parse(found.content, form)}
    expected = server.client.get("/data/state/KEN.nt").text.splitlines()
    assert triples == {line.removesuffix(" .") for line in expected}


def test_json_is_json_ld(server: Server) -> None:
    found = server.client.get("/data/state/KEN.json")
    assert found.headers["content-type"] == "application/json"
    assert found.content == server.client.get("/data/state/KEN.jsonld").content


def test_a_document_negotiates(server: Server) -> None:
    found = server.client.get("/data/state/KEN", headers={"Accept": "application/rdf+xml"})
    assert found.headers["content-type"] == "application/rdf+xml"
    assert found.headers["content-location"] == "/data/state/KEN.rdf"
    assert '<https://w3id.org/foedus/id/state/KEN>; rel="describes"' in found.headers["link"]


def test_an_entity_tells_its_claims(server: Server) -> None:
    text = server.client.get("/data/state/UGA.ttl").text
    assert '"Uganda"@en' in text
    assert f"<claim/{GUARANTEE.key}> kg:beneficiary <state/UGA>" in text


def test_a_claim_tells_its_condition_and_evidence(server: Server) -> None:
    text = server.client.get(f"/data/claim/{GUARANTEE.key}.ttl").text
    assert "if rebels return" in text
    assert '"promised"' in text
    assert "oa:TextPositionSelector" in text
    assert '"Kenya"@en' in text


def test_a_document_with_an_odd_id(server: Server) -> None:
    path = f"document/{quote(DOCUMENT, safe='')}"
    found = server.client.get(f"/id/{path}", headers={"Accept": "text/turtle"})
    assert found.headers["location"] == f"/data/{path}.ttl"
    text = server.client.get(found.headers["location"]).raise_for_status().text
    assert "by-hand" in text
    assert "kg:sha256" in text
    assert "kg:text" not in text


def test_every_iri_that_the_graph_mints_answers(server: Server) -> None:
    base = "https://w3id.org/foedus/id/"
    rows = server.query(
        f"SELECT DISTINCT ?x {{ ?s ?p ?o VALUES ?r {{ 1 2 }} BIND(IF(?r=1, ?s, ?o) AS ?x) "
        f"FILTER(STRSTARTS(STR(?x), '{base}')) }}"
    ).json()["results"]["bindings"]
    iris = [row["x"]["value"] for row in rows]
    assert len(iris) > 10
    for iri in iris:
        answer = server.client.get(f"/id/{iri.removeprefix(base)}", headers={"Accept": "text/turtle"})
        assert answer.status_code == 303, iri
        described = server.client.get(answer.headers["location"]).raise_for_status()
        assert iri.removeprefix(base) in described.text


def test_a_graph_on_the_base_of_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, "--writable", "--token", "t") as running:
        base = f"{running.url}/id/"
        triples = "".join(f"{' '.join(quad[:3])} .\n" for quad in Mapper(base=base).quads([GUARANTEE], []))
        headers = {"Authorization": "Bearer t", "Content-Type": "application/n-triples"}
        httpx.post(f"{running.url}/store?default", content=triples, headers=headers).raise_for_status()
        graph = rdflib.Graph().parse(f"{base}state/KEN")  # as a program does: negotiates, follows
    assert graph.value(rdflib.URIRef(f"{base}state/KEN"), rdflib.RDFS.label) == rdflib.Literal("Kenya", "en")
