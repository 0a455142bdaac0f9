"""Every shipped question over a fixed graph of two documents that share claims, on two engines, apart and united."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.queries import Question, Table, catalogue, parse_question, query, render
from kg.store import Store, open_store
from kg.store.graph import GraphStore

HERE = Path(__file__).parent
QUESTIONS = catalogue()

#: Values for the parameters that a question needs.
NEEDED = {
    "claim-evidence": {},
    "evidence": {"about": "Ukraine"},
    "find": {"name": "force"},
    "path": {"from": "France", "to": "Ukraine"},
    "partners": {"actor": "Ukraine"},
    "timeline": {"about": "Ukraine"},
    "mentions": {"about": "Ukraine"},
    "reasons": {"about": "Ukraine"},
}


def _parameters(question: Question, store: Store) -> dict[str, str]:
    given = {p.name: NEEDED.get(question.name, {}).get(p.name, "Ukraine") for p in question.parameters if p.required}
    if question.name == "claim-evidence":
        kind = "<https://w3id.org/foedus/ontology#Quotation>"
        found = store.query(f"SELECT ?c {{ ?c a {kind} }} ORDER BY ?c")
        assert isinstance(found, ox.QuerySolutions)
        given["claim"] = next(iter(found))["c"].value
    return given


def _quads() -> Iterator[ox.Quad]:
    yield from ox.parse(path=HERE / "data" / "two-documents.trig")


def _opened(engine: str, *, united: bool) -> Store:
    quads = [ox.Quad(q.subject, q.predicate, q.object) if united else q for q in _quads()]
    store = open_store() if engine == "oxigraph" else GraphStore()
    store.load_lines(io.BytesIO(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))
    return store


@pytest.fixture(scope="module", params=["oxigraph apart", "oxigraph united", "rdflib apart", "rdflib united"])
def store(request: pytest.FixtureRequest) -> Store:
    engine, form = request.param.split()
    return _opened(engine, united=form == "united")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_answers_are_the_expected_rows(store: Store, question: Question) -> None:
    answer = query(store, question, _parameters(question, store))
    assert isinstance(answer, Table)
    expected = (HERE / "expected" / f"{question.name}.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(render(answer, "csv")))) == list(csv.reader(io.StringIO(expected)))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_file_as_it_is_parses_on_any_engine(question: Question) -> None:
    text = (HERE.parent.parent / "queries" / f"{question.name}.rq").read_text(encoding="utf-8")
    assert parse_question(question.name, text) == question
    rdflib.Graph().query(text)
    ox.Store().query(text)
    assert "GRAPH" not in text.split("SELECT", 1)[1]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_headers_are_complete(question: Question) -> None:
    assert question.question.endswith("?")
    assert question.keywords
    assert all(p.meaning and p.type for p in question.parameters)
