"""Queries over HTTP: formats, errors, limits."""

from collections.abc import Iterator

import pytest

from kg.quads import Quad, iri, literal
from kg.store import open_store
from tests.web.conftest import Server, serving

A, P, G = (iri(f"http://example.org/{name}") for name in ("a", "p", "g"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("queries") / "store"
    with open_store(folder) as store:
        numbers = [Quad(A, P, literal(str(n)), G if n % 2 else "") for n in range(1000)]
        store.add(numbers)
    with serving(folder, "--timeout", "1") as running:
        yield running


def test_queries_see_the_union(server: Server) -> None:
    found = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    assert found["results"]["bindings"][0]["n"]["value"] == "1000"


def test_a_query_that_takes_too_long_is_ended_and_others_go_on(server: Server) -> None:
    slow = server.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert slow.status_code == 503
    assert "limit of 1 s" in slow.text
    assert "--timeout" in slow.text
    assert server.ask("ASK { ?s ?p ?o }")


def test_an_error_says_where_it_is(server: Server) -> None:
    found = server.query("SELECT *\n{ ?s ?p ??o }")
    assert found.status_code == 400
    assert "line 2, column 11" in found.text
