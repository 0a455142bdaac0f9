"""The W3C's tests of SPARQL 1.1 Protocol, Graph Store HTTP Protocol and Service Description, over real HTTP.

Each request is also put to a server that this project did not write, with the same data, and the answers are compared.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.namespace import RDF, VOID, XSD

from tests.web.conftest import BEARER, TOKEN, Server, serving
from tests.web.w3c import FOLDER, HOST, Answer, Case, cases

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
PROTOCOL = cases("protocol/manifest.ttl")
GRAPH_STORE = cases("graph-store-protocol/manifest-direct.ttl") + cases("graph-store-protocol/manifest-indirect.ttl")
HERE = pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C tests (../shared/w3c) are not beside this checkout")

#: Requests that the foreign server answers otherwise, with why ours is right: test, number of the request.
DIFFERENT = {
    ("post_get_post_get_direct", 2): "forms with files are part of the protocol",
    ("post_get_post_get_direct", 3): "it shows what was posted",
    ("post_get_post_get_indirect", 2): "forms with files are part of the protocol",
    ("post_get_post_get_indirect", 3): "it shows what was posted",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("w3c") / "store"
    with serving(folder, "--writable", "--token", TOKEN, "--allow-host", HOST) as running:
        yield running


def prepare(url: str, case: Case) -> None:
    """Empty a server and give it the data of a test."""
    httpx.delete(f"{url}/store", headers=BEARER).raise_for_status()
    for graph, content in case.data:
        headers = BEARER | {"Content-Type": "application/n-triples"}
        httpx.put(f"{url}/store", params={"graph": graph}, content=content, headers=headers).raise_for_status()


def run(url: str, case: Case) -> list[Answer]:
    """Send the requests of a test in order."""
    prepare(url, case)
    location = ""
    answers = []
    for request in case.requests:
        answers.append(request.send(url, TOKEN, location))
        location = answers[-1].headers.get("location", location)
    return answers


@HERE
def test_no_test_is_left_out() -> None:
    assert (len(PROTOCOL), len(GRAPH_STORE)) == (34, 13)


@HERE
@pytest.mark.parametrize("case", PROTOCOL + GRAPH_STORE, ids=str)
def test_answers_are_as_expected(server: Server, oxigraph: str, case: Case) -> None:
    ours = run(server.url, case)
    for request, answer in zip(case.requests, ours, strict=True):
        request.check(answer)
    for number, theirs in enumerate(run(oxigraph, case)):
        assert alike(ours[number], theirs) is ((case.name, number) not in DIFFERENT), (number, ours[number], theirs)


def alike(ours: Answer, theirs: Answer) -> bool:
    """Whether two answers say the same: both that the request is wrong, or both the same result."""
    if ours.status >= 400 or theirs.status >= 400:
        return ours.status // 100 == theirs.status // 100
    if ours.status != theirs.status:
        return False
    if not ours.body:
        return not theirs.body
    if "sparql-results" in ours.media:
        return (ours.media, ours.body) == (theirs.media, theirs.body)
    return ours.graph == theirs.graph


# ---------------------------------------------------------------- Service Description


@pytest.fixture(scope="module")
def description(server: Server) -> rdflib.Graph:
    answer = server.client.get("/sparql", headers={"Accept": "text/turtle"})
    return rdflib.Graph().parse(data=answer.raise_for_status().text, format="turtle")


def test_the_description_is_rdf(description: rdflib.Graph) -> None:
    assert len(description) > 20


def test_the_description_names_the_endpoint(description: rdflib.Graph, server: Server) -> None:
    endpoint = rdflib.URIRef(f"{server.url}/sparql")
    assert (endpoint, RDF.type, SD.Service) in description
    assert (endpoint, SD.endpoint, endpoint) in description


#: Subject and object classes of each property, from the vocabulary; None is a literal or any resource.
SCHEMA: dict[Any, Any] = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, (SD.SPARQL11Query, SD.SPARQL11Update)),
    SD.feature: (SD.Service, (SD.UnionDefaultGraph, SD.EmptyGraphs, SD.BasicFederatedQuery)),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}


def test_the_description_conforms_to_its_schema(server: Server) -> None:
    server.update("INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> a <http://example.org/A> } }")
    answer = server.client.get("/sparql", headers={"Accept": "text/turtle"})
    described = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert len(list(described.triples((None, SD.defaultDataset, None)))) == 1
    for subject, predicate, value in described:
        if predicate not in SCHEMA:
            assert not str(predicate).startswith(SD), predicate
            continue
        domain, kind = SCHEMA[predicate]
        assert (subject, RDF.type, domain) in described
        if isinstance(kind, tuple):
            assert value in kind
        elif kind is not None:
            assert (value, RDF.type, kind) in described


def test_the_description_counts(server: Server) -> None:
    prepare(server.url, Case("", (("http://example.org/g", b"<http://a> <http://b> <http://c> .\n"),), ()))
    answer = server.client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    data_set = f"<{server.url}/dataset>"
    assert f'{data_set} <{VOID.triples}> "1"^^<{XSD.integer}> .' in answer.text
    assert f'{data_set} <{VOID.properties}> "1"^^<{XSD.integer}> .' in answer.text
