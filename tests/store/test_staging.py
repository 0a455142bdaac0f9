"""What writers to a server leave behind that are interrupted, and who clears it away."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.load import load
from kg.quads import Quad, iri, literal
from kg.store import Store, endpoint, open_endpoint, staging
from kg.store.connection import Address, Connection
from kg.store.staging import STAGING, Stage

A, P, G = (iri(f"http://e.org/{name}") for name in "apg")
FEW = [Quad(A, P, literal(f"{n} {'x' * 100}"), iri(f"http://e.org/graph/{n % 5}") if n % 5 else "") for n in range(200)]
MANY = [Quad(A, P, literal(f"many {n} {'x' * 100}"), G) for n in range(1000)]


@pytest.fixture
def server(oxigraph: str) -> Store:
    """An empty store on a real server."""
    opened = open_endpoint(f"{oxigraph}/query")
    opened.update("DROP ALL")
    return opened


def staged(server: Store) -> int:
    """How many quads wait there."""
    found = server.query(f'SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{STAGING}")) }}')
    assert isinstance(found, ox.QuerySolutions)
    return len(list(found))


def connected(server: Store) -> Connection:
    return Connection(Address.of(server.location, {"NETRC": "/dev/null"}))


def test_nothing_waits_after_an_addition(server: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "BATCH", 2_000)
    monkeypatch.setattr(staging, "_LARGE", 500)
    server.add([*FEW, *MANY])
    assert sorted(server.quads()) == sorted([*FEW, *MANY])
    assert staged(server) == 0
    assert server.graphs() == tuple(sorted({quad.graph for quad in (*FEW, *MANY)} - {""}))


def test_what_waits_is_not_there_yet(server: Store) -> None:
    stage = Stage(connected(server))
    stage.send([*FEW, *MANY])
    assert staged(server) > len(FEW) + len(MANY)
    assert list(server.quads()) == []
    assert len(server) == 0
    assert server.graphs() == ()
    stage.publish()
    assert len(server) == len(FEW) + len(MANY)
    assert staged(server) == 0


def test_writers_at_work_are_left_alone(server: Store) -> None:
    stage = Stage(connected(server))
    stage.send(FEW)
    server.tidy()
    stage.send(MANY)
    stage.publish()
    assert len(server) == len(FEW) + len(MANY)


@pytest.mark.parametrize(("hours", "gone"), [(1, False), (25, True)])
def test_writers_on_other_machines_have_a_day(
    server: Store, monkeypatch: pytest.MonkeyPatch, hours: int, gone: bool
) -> None:
    monkeypatch.setattr(staging, "_host", lambda: "0ff1ce")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - hours * 3600)
    Stage(connected(server)).send(FEW)
    monkeypatch.undo()
    server.tidy()
    assert (staged(server) == 0) == gone


KILLED = """
import sys
from itertools import count
from kg.quads import Quad, iri, literal
from kg.store import open_endpoint
p = iri("http://e.org/p")
def quads():
    for n in count():
        if n == 40_000:
            print("ready", flush=True)
        yield Quad(iri(f"http://e.org/{n}"), p, literal(f"{n} {'x' * 50}"), iri(f"http://e.org/g/{n % 3}"))
open_endpoint(sys.argv[1]).add(quads())
"""


def test_the_next_load_clears_away_what_a_killed_one_left(server: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, server.location]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert staged(server) > 10_000
    assert len(server) == 0
    file = tmp_path / "a.nt"
    file.write_text("<http://e.org/a> <http://e.org/p> 'x' .".replace("'", '"'))
    load([file], server)
    assert staged(server) == 0
    assert list(server.quads()) == [Quad(A, P, literal("x"))]
