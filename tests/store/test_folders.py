"""Stores in folders: beside writers, after crashes, and where none should be."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.quads import Quad, iri
from kg.store import open_store

A, B, P = (iri(f"http://e.org/{name}") for name in "abp")


def test_a_store_is_read_beside_its_writer(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as writer:
        writer.add([Quad(A, P, B)])
        with open_store(tmp_path / "s", read_only=True) as reader:
            assert len(reader) == 1
            with pytest.raises(StoreError, match="reading only"):
                reader.add([Quad(B, P, A)])


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "s"), pytest.raises(StoreError, match="another process is writing to the store"):
        open_store(tmp_path / "s")


def test_closing_lets_go(tmp_path: Path) -> None:
    for number in range(3):
        with open_store(tmp_path / "s") as store:
            store.add([Quad(A, P, iri(f"http://e.org/{number}"))])
            assert len(store) == number + 1


def test_no_store_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store in"):
        open_store(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path / "letters.txt")
    assert os.listdir(tmp_path) == ["letters.txt"]


KILLED = """
import sys
from kg.quads import Quad, iri, literal
from kg.store import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
p = iri("http://e.org/p")
for batch in range(1000):
    store.add(Quad(iri(f"http://e.org/{batch}"), p, literal(f"{n} {'x' * 50}")) for n in range(25_000))
"""


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.15, 0.3])
def test_a_killed_writer_leaves_whole_batches(tmp_path: Path, wait: float) -> None:
    path = tmp_path / "s"
    command = [sys.executable, "-c", KILLED, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with open_store(path) as store:
        assert len(store) % 25_000 == 0
        store.add([Quad(A, P, B)])
        assert Quad(A, P, B) in store
