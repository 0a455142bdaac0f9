"""Servers that run as they do for users: by ``kg serve``, asked over HTTP."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

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
