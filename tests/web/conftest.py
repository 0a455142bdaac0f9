"""Servers that run as they do for users: by ``kg serve``, asked over HTTP."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "open-sesame"


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    def query(self, text: str, accept: str = "application/sparql-results+json", **parameters: str) -> httpx.Response:
        """Its answer to a query."""
        return self.client.get("/sparql", params={"query": text, **parameters}, headers={"Accept": accept})

    def update(self, text: str, **parameters: str) -> httpx.Response:
        """Its answer to an update by one who has the token."""
        return self.client.post("/sparql", data={"update": text, **parameters}, headers=BEARER)

    def ask(self, text: str) -> bool:
        """Its answer to an ASK query."""
        return bool(self.query(text).raise_for_status().json()["boolean"])


BEARER = {"Authorization": f"Bearer {TOKEN}"}


@contextmanager
def serving(store: Path, *options: str) -> Iterator[Server]:
    """A server over a store, ended afterwards."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            with httpx.Client(base_url=_address(process), timeout=60) as client:
                yield Server(str(client.base_url), process, client)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def _address(process: subprocess.Popen[str]) -> str:
    """Where it says that it is."""
    assert process.stderr is not None
    told = ""
    while not (found := re.search(r" at (http://\S+)/ ", told)):
        line = process.stderr.readline()
        assert line, told
        told += line
    return found[1]


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[str]:
    """Address of a server that this project did not write; queries see the union of its graphs, as they do on ours."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [binary, "serve", "--bind", place, "--union-default-graph"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with suppress(httpx.TransportError):
                    httpx.get(f"http://{place}/")
                    break
                time.sleep(0.05)
            yield f"http://{place}"
        finally:
            process.terminate()
