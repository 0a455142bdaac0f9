"""How fast the server answers over HTTP, beside other servers with the same data, in one run.

::

    python benchmarks/serving.py
    python benchmarks/serving.py --claims 20000 --seconds 5 --rdflib-endpoint PATH/rdflib-endpoint

Clients ask a small query again and again over connections that stay open. Printed are requests per second of ``kg
serve``, of ``oxigraph serve`` and, where it is installed, of ``rdflib-endpoint``; the ratios; and how long answers of
``kg serve`` take while one query runs to its deadline. It fails where a ratio is missed.
"""

import argparse
import random
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

from kg.store import open_store
from queries import fill

CLIENTS = 16
OF_OXIGRAPH, OF_RDFLIB, WHILE_BUSY = 0.3, 3.0, 5.0
SMALL = "SELECT ?label {{ <https://w3id.org/foedus/id/state/S{}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEADLINE = 4


class Client:
    """A connection that asks one thing after the other.

    Args:
        place: host and port.
        path: of the endpoint.
        chance: what it asks next.
        anew: whether it asks nothing twice.
    """

    def __init__(self, place: tuple[str, int], path: str, chance: random.Random, *, anew: bool = False) -> None:
        self.socket = socket.create_connection(place)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._place, self._path, self._chance, self._anew = place, path, chance, anew
        self._buffer = b""
        self._asked = 0.0

    def ask(self, text: str = "") -> None:
        """Send a query."""
        asked = text or SMALL.format(self._chance.randrange(200))
        query = quote(f"{asked} # {self._chance.random()}" if self._anew else asked)
        head = f"GET {self._path}?query={query} HTTP/1.1\r\nHost: {self._place[0]}:{self._place[1]}\r\n"
        self._asked = time.perf_counter()
        self.socket.sendall(f"{head}Accept: application/sparql-results+json\r\n\r\n".encode())

    def take(self) -> float | None:
        """Read what has come; seconds that the answer took, if it is complete."""
        self._buffer += self.socket.recv(1 << 16)
        head, mark, body = self._buffer.partition(b"\r\n\r\n")
        if not mark:
            return None
        if b"chunked" in head.lower():
            complete = body.endswith(b"0\r\n\r\n")
        else:
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            complete = len(body) >= int(length)
        if not complete:
            return None
        if b" 200 " not in head[:20]:
            raise SystemExit(f"{self._path} answers {self._buffer[:300].decode(errors='replace')}")
        self._buffer = b""
        return time.perf_counter() - self._asked


def load(url: str, seconds: float, *, anew: bool = False) -> list[float]:
    """Seconds of each answer that clients got in a while."""
    parts, chance = urlsplit(url), random.Random(7)
    place = (str(parts.hostname), int(parts.port or 80))
    selector = selectors.DefaultSelector()
    clients = [Client(place, parts.path, chance, anew=anew) for _ in range(CLIENTS)]
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.ask()
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(timeout=end - time.perf_counter()):
            took = key.data.take()
            if took is not None:
                times.append(took)
                key.data.ask()
    for client in clients:
        client.socket.close()
    return times


@contextmanager
def server(command: Sequence[str], url: str) -> Iterator[str]:
    """A running server."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parts = urlsplit(url)
    try:
        for _ in range(1200):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended")
            with suppress(OSError):
                socket.create_connection((str(parts.hostname), int(parts.port or 80))).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def port() -> int:
    """A free one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def servers(folder: Path, rdflib_endpoint: str | None) -> Iterator[dict[str, str]]:
    """URLs of all servers over the same data, by name."""
    numbers = [port() for _ in range(3)]
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    serve = [sys.executable, "-m", "kg", "serve", "--store", str(folder / "ours"), "--timeout", str(DEADLINE)]
    foreign = [oxigraph, "serve", "--location", str(folder / "theirs"), "--union-default-graph"]
    places = [f"http://127.0.0.1:{number}" for number in numbers]
    with (
        server([*serve, "--port", str(numbers[0])], f"{places[0]}/sparql") as kg,
        server([*foreign, "--bind", f"127.0.0.1:{numbers[1]}"], f"{places[1]}/query") as theirs,
    ):
        found = {"kg serve": kg, "oxigraph serve": theirs}
        if rdflib_endpoint is None:
            sys.stdout.write("rdflib-endpoint is not installed and left out\n")
            yield found
            return
        command = [rdflib_endpoint, "serve", "--port", str(numbers[2]), str(folder / "data.nt")]
        with server(command, f"{places[2]}/") as slow:
            yield {**found, "rdflib-endpoint": slow}


def prepare(folder: Path, claims: int) -> None:
    """The same data for each server."""
    with open_store(folder / "ours") as store:
        fill(store, claims)
        lines = (" ".join(quad[:3]) + " .\n" for quad in store.quads())
        (folder / "data.nt").write_text("".join(lines))
    shutil.copytree(folder / "ours", folder / "theirs")


def rates(urls: dict[str, str], seconds: float, *, anew: bool, rounds: int = 3) -> dict[str, float]:
    """Requests per second of each server: the best of some rounds in turn."""
    best = dict.fromkeys(urls, 0.0)
    for number in range(rounds + 1):
        for name, url in urls.items():
            count = len(load(url, seconds if number else 1.0, anew=anew))  # the first round warms up
            best[name] = max(best[name], count / seconds) if number else 0.0
    return best


def patience(url: str, seconds: float) -> tuple[float, float]:
    """99th percentile of the time of answers, normally and while one query runs to its deadline."""
    normal = load(url, seconds, anew=True)
    parts = urlsplit(url)
    greedy = Client((str(parts.hostname), int(parts.port or 80)), parts.path, random.Random(1))
    greedy.ask(ENDLESS)
    busy = load(url, DEADLINE + 2.0, anew=True)  # until it has been ended and its worker replaced
    greedy.socket.close()
    return quantiles(normal, n=100)[98], quantiles(busy, n=100)[98]


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rdflib-endpoint", default=shutil.which("rdflib-endpoint"), help="its command")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), options.claims)
        with servers(Path(name), options.rdflib_endpoint) as urls:
            again = rates(urls, options.seconds, anew=False)
            anew = rates(urls, options.seconds, anew=True)
            normal, busy = patience(urls["kg serve"], options.seconds)
    missed = told("200 queries, each asked many times", again) + told("each query asked once", anew)
    ratio = busy / normal
    missed += ratio >= WHILE_BUSY
    words = f"times the 99th percentile of {normal * 1000:.1f} ms while one query runs to its deadline"
    sys.stdout.write(f"{ratio:8.2f} {words} (below {WHILE_BUSY}) {'ok' if ratio < WHILE_BUSY else 'MISSED'}\n")
    return int(missed > 0)


def told(what: str, found: dict[str, float]) -> int:
    """Print rates and their ratios; how many are missed."""
    sys.stdout.write(f"{what}:\n")
    for name, rate in found.items():
        sys.stdout.write(f"{rate:8.0f} requests a second  {name}\n")
    missed = 0
    for name, least in (("oxigraph serve", OF_OXIGRAPH), ("rdflib-endpoint", OF_RDFLIB)):
        if name in found:
            ratio = found["kg serve"] / max(found[name], 0.01)
            missed += ratio < least
            sys.stdout.write(f"{ratio:8.2f} times {name} (at least {least}) {'ok' if ratio >= least else 'MISSED'}\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
