"""Stores of every kind, each empty, and a foreign server to put some of them on."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from kg.store import Store, open_endpoint, open_store


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (URLError, OSError):
            assert server.poll() is None, "the server ended"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


@contextmanager
def serving(command: Sequence[str | Path], port: int) -> Iterator[str]:
    """Address of a server that runs meanwhile."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running Oxigraph server that this project did not write."""
    with _oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def united(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of one whose default graph shows all named graphs, as many servers do."""
    with _oxigraph(tmp_path_factory.mktemp("united"), "--union-default-graph") as address:
        yield address


@contextmanager
def _oxigraph(folder: Path, *options: str) -> Iterator[str]:
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}")
    if binary is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    port = _free_port()
    with serving([binary, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", *options], port) as address:
        yield address


@pytest.fixture(params=["memory", "folder", "rdflib", "oxigraph"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    match request.param:
        case "memory":
            opened = open_store()
        case "folder":
            opened = open_store(tmp_path / "store")
        case "rdflib":
            from kg.store.graph import GraphStore

            opened = GraphStore()
        case _:
            opened = open_endpoint(f"{request.getfixturevalue(request.param)}/query")
            opened.update("DROP ALL")
    with opened:
        yield opened
