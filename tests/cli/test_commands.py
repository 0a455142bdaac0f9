"""Commands as a user types them, over a small graph."""

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.cli import app, run
from kg.documents import document
from kg.export import write_graph
from kg.mapping import Mapper

TEXT = "Kenya promised to defend Uganda if rebels return. President Amina Otieno of Kenya visited Kampala."
KENYA = Entity("state/KEN", "State", "Kenya", "KEN")
UGANDA = Entity("state/UGA", "State", "Uganda", "UGA")
OTIENO = Entity("person/amina-otieno", "Person", "Amina Otieno")
PRESIDENT = Entity("office/president", "Office", "president")


def evidence(start: int, end: int, *mentions: Mention) -> tuple[Evidence, ...]:
    return (Evidence("note", Span(start, end, TEXT[start:end]), "by-hand", None, mentions),)


GUARANTEE = Claim(
    "Guarantee",
    (Role("providedBy", KENYA), Role("beneficiary", UGANDA), Role("what", "defend Uganda")),
    performance="conditional",
    condition=Condition("if rebels return"),
    evidence=evidence(0, 50, Mention("providedBy", KENYA.id, Span(0, 5, "Kenya"), "Kenya", "name in the gazetteer")),
)
TENURE = Claim(
    "Tenure",
    (Role("person", OTIENO), Role("office", PRESIDENT), Role("of", KENYA), Role("status", "current")),
    evidence=evidence(50, 98),
)
PLANNED = Claim("Aid", (Role("actor", KENYA), Role("target", UGANDA)), modality="planned", occasion="2025-03-06")
DONE = Claim("Aid", (Role("actor", KENYA), Role("target", UGANDA)), occasion="2025-03-06")


def save(path: Path, *claims: Claim) -> str:
    with path.open("wb") as stream:
        write_graph(Mapper().quads(claims, [document(TEXT, id="note", date="2025-03-06")]), "ttl", stream)
    return str(path)


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file with a guarantee and an office; the working folder is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    return save(tmp_path / "graph.ttl", GUARANTEE, TENURE)


def test_query_answers_as_a_table(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "leaders", "--graph", graph]) == 0
    out = capsys.readouterr().out
    assert "Amina Otieno" in out
    assert out.endswith("1 row\n")


def test_query_answers_for_machines(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "guarantees", "--graph", graph, "-p", "beneficiary=Uganda", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert "if rebels return" in row.values()


def test_query_reads_standard_input(
    graph: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?s ?p ?o }"))
    assert run(["query", "-", "--graph", graph]) == 0
    assert capsys.readouterr().out == "yes\n"


def test_query_writes_a_file(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "leaders", "--graph", graph, "--format", "json", "-o", "out.json"]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(Path("out.json").read_text())["results"]["bindings"]


def test_query_lists_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--list"]) == 0
    out = capsys.readouterr().out
    assert "guarantees" in out
    assert "-p beneficiary=ENTITY" in out


@pytest.mark.parametrize("place", ["option", "environment", "default"])
def test_a_store_is_found(
    graph: str, place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "kg-store" if place == "default" else "elsewhere"
    options = ["--store", name] if place == "option" else []
    if place == "environment":
        monkeypatch.setenv("KG_STORE", name)
    assert run(["load", graph, *options]) == 0
    assert Path(name).is_dir()
    assert run(["query", "leaders", *options]) == 0
    assert "Amina Otieno" in capsys.readouterr().out


def test_forget_takes_a_document_out(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["load", graph])
    assert run(["forget", "note"]) == 0
    assert "1 documents removed, 2 claims" in capsys.readouterr().err
    assert run(["query", "leaders"]) == 0
    assert "0 rows" in capsys.readouterr().out
    assert run(["forget", "note"]) == 2


def test_export_goes_from_store_to_file_and_back(graph: str) -> None:
    run(["load", graph])
    assert run(["export", "-o", "again.ttl", "--with-text"]) == 0
    assert Path("again.ttl").read_bytes() == Path(graph).read_bytes()
    assert run(["export", "-o", "plain.ttl"]) == 0
    assert len(Path("plain.ttl").read_bytes()) < len(Path(graph).read_bytes())


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "rdfxml", "jsonld", "graphml", "csv", "nanopub"])
def test_export_writes_every_format(graph: str, form: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--graph", graph, "--format", form]) == 0
    assert b"Kenya" in capsysbinary.readouterr().out


def test_check_finds_nothing_wrong_and_something(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", graph]) == 0
    assert capsys.readouterr().out == "nothing was found to be wrong\n"
    wrong = Path(graph).read_text() + "\n<https://w3id.org/foedus/id/state/KEN> a kg:Person .\n"
    Path("wrong.ttl").write_text(wrong)
    assert run(["check", "wrong.ttl", "--json"]) == 1
    assert any("state/KEN" in finding["focus"] for finding in json.loads(capsys.readouterr().out))


def test_check_looks_at_a_lexicon_alone(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.yaml").write_text("- {frame: board, yields: Boarding, verbs: [board], roles: {actor: subject}}\n")
    assert run(["check", "--lexicon", "mine.yaml"]) == 1
    assert "Boarding" in capsys.readouterr().out


def test_diff_tells_plans_that_came_true(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = save(tmp_path / "a.ttl", PLANNED), save(tmp_path / "b.ttl", DONE, TENURE)
    assert run(["diff", before, before]) == 0
    assert capsys.readouterr().out == "no difference\n"
    assert run(["diff", before, after]) == 1
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["+", "<", ">"]
    assert run(["diff", before, after, "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["changed"]) == 1


GOLD = {"type": "party", "who": {"name": "Kenya", "state": "KEN"}, "agreement": "ceasefire"}


def test_evaluate_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, system = tmp_path / "gold.jsonl", tmp_path / "system.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "Kenya signed a ceasefire.", "facts": [GOLD]}))
    system.write_text(json.dumps({"id": "a", "facts": []}))
    assert run(["evaluate", str(gold), "--system", str(system), "--errors", "--min", "0.5"]) == 1
    out = capsys.readouterr().out
    assert "MISSED a: Kenya signed a ceasefire." in out
    assert run(["evaluate", str(gold), "--system", str(gold), "--json", "--min", "1"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["all"]["f1"], shown["documents"], shown["intervals"]["all"]) == (1.0, 1, [1.0, 1.0])


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    import kg

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"


@pytest.mark.parametrize(
    "name", ["", *sorted(command.callback.__name__ for command in app.registered_commands if command.callback)]
)
def test_every_help_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*filter(None, [name]), "--help"]) == 0
    out = capsys.readouterr().out
    assert f"Examples:\n    kg {name}" in out
    assert "\b" not in out


def test_completion_knows_commands_and_questions() -> None:
    environment = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": "kg query guar", "COMP_CWORD": "2", "PATH": ""}
    answer = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "guarantees" in answer.stdout.split()


def _seconds(*arguments: str) -> float:
    """The quickest of five runs: what it takes where nothing else runs."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def test_help_is_quick() -> None:
    assert _seconds("--help") < 0.3


def test_a_small_query_is_quick(graph: str) -> None:
    assert _seconds("query", "guarantees", "--graph", graph) < 0.6
