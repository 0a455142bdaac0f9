"""What goes wrong is told in one line, with the right exit status, and without a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import run

GRAPH = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/foedus/id/state/UKR> rdfs:label "Ukraine"@en .
"""


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small graph, in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH)
    return path


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["frobnicate"], 2, "no such command 'frobnicate'"),
        (["query", "--frobnicate"], 2, "no such option"),
        (["build"], 2, "missing argument"),
        (["build", "missing.txt"], 2, "missing.txt: no such file"),
        (["build", "empty.txt"], 2, "empty.txt: empty"),
        (["build", "binary.txt"], 2, "binary data, no text"),
        (["build", "broken.jsonl"], 2, "broken.jsonl:1: not valid JSON"),
        (["build", "folder"], 2, "no documents were found"),
        (["build", "good.txt", "--date", "yesterday"], 2, "'yesterday' is no date"),
        (["build", "good.txt", "--format", "docx"], 2, "build does not write 'docx'"),
        (["build", "good.txt", "--from", "docx"], 2, "'docx' is no input format"),
        (["build", "good.txt", "-o", "-", "--facts", "-"], 2, "only one of the outputs"),
        (["build", "good.txt", "-o", "nowhere/graph.ttl"], 2, "cannot write nowhere/graph.ttl"),
        (["build", "good.txt", "--base", "not an iri"], 2, "is no absolute IRI"),
        (["query", "guarantees"], 2, "there is no store kg-store"),
        (["query", "guarantees", "--store", "nowhere"], 2, "there is no store in nowhere"),
        (["query", "guarantees", "--store", "graph.ttl"], 2, "for an RDF file say --graph graph.ttl"),
        (["query", "guarantees", "--graph", "folder"], 2, "for a store say --store folder"),
        (["query", "guarantees", "--graph", "graph.ttl", "--store", "x"], 2, "--store and --graph name different"),
        (["query", "guarantees", "--graph", "good.txt"], 2, "good.txt does not tell its RDF format"),
        (["query", "guarantees", "--graph", "broken.ttl"], 2, "broken.ttl is no Turtle"),
        (["query", "gaurantees", "--graph", "graph.ttl"], 2, "did you mean guarantees"),
        (["query", "guarantees", "--graph", "graph.ttl", "-p", "colour=red"], 2, "no parameter 'colour'"),
        (["query", "guarantees", "--graph", "graph.ttl", "-p", "colour"], 2, "write it as -p name=value"),
        (["query", "guarantees", "--graph", "graph.ttl", "--format", "docx"], 2, "no result format 'docx'"),
        (["query", "SELECT {", "--graph", "graph.ttl"], 2, "does not parse"),
        (["query", "--graph", "graph.ttl"], 2, "no question is named"),
        (["query", "leaders", "--endpoint", "http://127.0.0.1:9/sparql"], 3, "does not answer"),
        (["load", "missing.ttl"], 2, "cannot read missing.ttl"),
        (["load", "broken.ttl"], 2, "broken.ttl is no Turtle"),
        (["forget", "article"], 2, "there is no store kg-store"),
        (["check", "missing.ttl"], 2, "cannot read missing.ttl"),
        (["diff", "graph.ttl", "missing.ttl"], 2, "cannot read missing.ttl"),
        (["evaluate", "missing.jsonl"], 2, "missing.jsonl: No such file"),
        (["evaluate", "broken.jsonl"], 2, "broken.jsonl:1: not valid JSON"),
        (["evaluate", "gold.jsonl", "--system", "broken.jsonl"], 2, "broken.jsonl:1"),
    ],
)
def test_wrong_use_and_bad_input(
    graph: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, says: str
) -> None:
    for name, content in {
        "good.txt": b"Norway and Finland agreed to guard the strait.", "empty.txt": b"", "broken.ttl": b"<http://a> <http://b>",
        "binary.txt": bytes(range(9)) * 50, "broken.jsonl": b'{"id": "a"', "gold.jsonl": b'{"id": "a", "facts": []}',
    }.items():  # fmt: skip
        (graph.parent / name).write_bytes(content)
    (graph.parent / "folder").mkdir()
    before = sorted(graph.parent.iterdir())
    assert run(arguments) == status
    out, err = capsys.readouterr()
    assert says in err.splitlines()[-1]
    assert err.splitlines()[-1].startswith("kg: ")
    assert "Traceback" not in err
    assert out == ""
    assert [path for path in sorted(graph.parent.iterdir()) if path.name != "kg-store"] == before


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: kg" in capsys.readouterr().err


def kg(*arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    process = kg("query", "--list", stdin=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as err:
        assert err.read() == b""
    assert process.wait(20) == 0


def test_an_interrupt_ends_quickly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = kg("build", str(pipe), "-o", str(tmp_path / "graph.ttl"))
    _wait_for(lambda: _opened(process.pid, pipe))
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert time.monotonic() - begun < 2
    assert err.decode().startswith("kg: interrupted")
    assert sorted(tmp_path.iterdir()) == [pipe]


def _opened(pid: int, path: Path) -> bool:
    """Whether a process waits to open a pipe: then opening it for writing would not block."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def _wait_for(test: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end
        time.sleep(0.02)
