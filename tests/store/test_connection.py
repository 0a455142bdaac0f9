"""Endpoints that are busy, closed, far or wrong, and who asks them."""

import base64
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.errors import QueryError, ServiceError, UsageError
from kg.quads import Quad, iri, literal
from kg.store import endpoint, open_endpoint
from kg.store.connection import Address, Connection
from kg.store.endpoint import EndpointStore

P = iri("http://e.org/p")
EMPTY = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'


class Server(ThreadingHTTPServer):
    """Answers with what a test lays out, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/query"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, dict(self.headers), body))
        default = (200, {"Content-Type": "application/sparql-results+json"}, EMPTY)
        status, headers, content = self.server.answers.pop(0) if self.server.answers else default
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of our own making."""
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def waits() -> list[float]:
    """Seconds that a client wanted to wait."""
    return []


def store_at(server: Server, waits: list[float], **address: Any) -> EndpointStore:
    made = Address(query=server.url, update=server.url, **address)
    return EndpointStore(Connection(made, sleep=waits.append))


def test_busy_servers_are_asked_again(server: Server, waits: list[float]) -> None:
    server.answers = [(503, {}, b""), (429, {"Retry-After": "7"}, b""), (503, {}, b"")]
    assert len(list(store_at(server, waits).quads(graph=""))) == 0
    assert waits == [0.5, 7.0, 2.0]


def test_patience_ends(server: Server, waits: list[float]) -> None:
    server.answers = [(503, {}, b"closed for repairs")] * 20
    with pytest.raises(ServiceError, match=r"is busy \(503\): closed for repairs"):
        store_at(server, waits).query("ASK { }")
    assert len(waits) == 5


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (400, QueryError, "cannot read the request: line 3"),
        (401, ServiceError, "refuses access .*KG_ENDPOINT_USER"),
        (403, ServiceError, "refuses access"),
        (404, ServiceError, "is no SPARQL service"),
        (500, ServiceError, "answers 500: line 3"),
        (502, ServiceError, "answers 502: line 3"),
    ],
)
def test_refusals_are_put_into_words(
    server: Server, waits: list[float], status: int, error: type[Exception], said: str
) -> None:
    server.answers = [(status, {}, b"line 3")]
    with pytest.raises(error, match=said) as found:
        store_at(server, waits).query("ASK { }")
    assert "\n" not in str(found.value)
    assert waits == []


def test_nobody_there() -> None:
    with pytest.raises(ServiceError, match="does not answer"):
        open_endpoint("http://127.0.0.1:9/query").query("ASK { }")


def test_answers_that_are_none(server: Server, waits: list[float]) -> None:
    server.answers = [(200, {"Content-Type": "text/html"}, b"<html>hello</html>")]
    with pytest.raises(ServiceError, match="what is no text/html"):
        store_at(server, waits).query("SELECT * { ?s ?p ?o }")


def test_updates_are_asked_again_only_where_refused(server: Server, waits: list[float]) -> None:
    server.answers = [(503, {}, b""), (204, {}, b"")]
    store_at(server, waits).update("CLEAR ALL")
    assert [body for _, _, body in server.asked] == [b"update=CLEAR+ALL"] * 2


def test_requests_that_are_too_large_are_halved(
    server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "BATCH", 10_000)
    quads = [Quad(iri(f"http://e.org/{n}"), P, literal("x" * 50)) for n in range(80)]
    server.answers = [(413, {}, b""), (413, {}, b""), (204, {}, b""), (204, {}, b""), (204, {}, b"")]
    store_at(server, waits).add(quads)
    sizes = [len(body) for _, _, body in server.asked]
    assert len(sizes) == 5
    assert sizes[2] < sizes[1] > sizes[3]
    assert server.asked[4][2].startswith(b"update=ADD")


def test_a_failed_addition_is_taken_back(server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "BATCH", 1_000)
    quads = [Quad(iri(f"http://e.org/{n}"), P, literal("x" * 50)) for n in range(80)]
    server.answers = [(204, {}, b""), (500, {}, b"full"), (204, {}, b"")]
    with pytest.raises(ServiceError, match="answers 500"):
        store_at(server, waits).add(quads)
    assert len(server.asked) == 3
    assert server.asked[2][2].startswith(b"update=DROP")


@pytest.mark.parametrize(
    ("who", "header"),
    [
        ({"user": "ann", "password": "pä:ss"}, "Basic " + base64.b64encode("ann:pä:ss".encode()).decode()),
        ({"token": "t0ken"}, "Bearer t0ken"),
    ],
)
def test_credentials_are_sent(server: Server, waits: list[float], who: dict[str, str], header: str) -> None:
    store = store_at(server, waits, store=server.url, **who)
    store.query("SELECT ?s { }")
    store.update("CLEAR ALL")
    assert {headers["Authorization"] for _, headers, _ in server.asked} == {header}


ADDRESSES: list[tuple[str, dict[str, str], Callable[[Address], object], object]] = [
    ("http://h/query", {}, lambda a: (a.query, a.update, a.store), ("http://h/query", "http://h/update", "http://h/store")),
    ("http://h/sparql", {}, lambda a: (a.update, a.store), ("http://h/sparql", "http://h/store")),
    ("http://h/x", {}, lambda a: (a.update, a.store), ("http://h/x", None)),
    ("http://h/repositories/r", {}, lambda a: a.update, "http://h/repositories/r/statements"),
    ("http://ann:pw@h/query", {}, lambda a: (a.query, a.user, a.password), ("http://h/query", "ann", "pw")),
    ("http://h/query", {"KG_ENDPOINT_USER": "bob"}, lambda a: a.user, "bob"),
    ("http://h/query", {"KG_ENDPOINT_USER": "bob", "KG_ENDPOINT_PASSWORD": "x"}, lambda a: a.password, "x"),
    ("http://h/query", {"KG_ENDPOINT_TOKEN": "t"}, lambda a: a.token, "t"),
    ("http://h/query", {"KG_ENDPOINT_UPDATE": "http://u/"}, lambda a: a.update, "http://u/"),
    ("http://h/query", {"KG_ENDPOINT_TIMEOUT": "5"}, lambda a: a.timeout, 5),
    ("http://h/query", {"KG_ENDPOINT_GRAPHS": "urn:a urn:b"}, lambda a: a.graphs, ("urn:a", "urn:b")),
]


@pytest.mark.parametrize(("url", "environment", "read", "expected"), ADDRESSES)
def test_addresses(
    url: str, environment: dict[str, str], read: Callable[[Address], object], expected: object, tmp_path: Path
) -> None:
    assert read(Address.of(url, {"NETRC": str(tmp_path / "none")} | environment)) == expected


def test_netrc_knows_hosts(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine h login cy password secret\n")
    found = Address.of("http://h/query", {"NETRC": str(file)})
    assert (found.user, found.password) == ("cy", "secret")
    assert Address.of("http://other/query", {"NETRC": str(file)}).user == ""


@pytest.mark.parametrize("url", ["h:7878", "ftp://h/", "http://", "query"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        Address.of(url, {})


def test_secrets_do_not_show() -> None:
    assert "secret" not in repr(Address("http://h/", "http://h/", password="secret", token="secret"))


def test_the_union_is_noticed(oxigraph: str) -> None:
    store = open_endpoint(f"{oxigraph}/query")
    assert isinstance(store, EndpointStore)
    store.update("DROP ALL")
    store.add([Quad(P, P, P, iri("http://e.org/g"))])
    assert store.unites()


def test_silence_ends_in_words(server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(Handler, "do_POST", lambda _: done.wait(20))
    with pytest.raises(ServiceError, match="does not answer: timed out"):
        store_at(server, waits, timeout=1).query("ASK { }")
    done.set()


def test_answers_that_break_off_are_told(server: Server, waits: list[float]) -> None:
    server.answers = [(200, {"Content-Type": "application/sparql-results+json"}, EMPTY[:-20])]
    with pytest.raises(ServiceError, match=r"answers with what is no application/sparql-results\+json"):
        list(store_at(server, waits).quads(graph=""))


def test_netrc_is_used_for_requests(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login cy password secret\n")
    monkeypatch.setenv("NETRC", str(file))
    open_endpoint(server.url).query("SELECT ?s { }")
    assert server.asked[0][1]["Authorization"] == "Basic " + base64.b64encode(b"cy:secret").decode()


def test_graphs_to_ask_are_sent_unless_the_query_names_some(server: Server, waits: list[float]) -> None:
    store = store_at(server, waits, graphs=("urn:x-arq:UnionGraph", "urn:x-arq:DefaultGraph"))
    store.query("SELECT ?s { }")
    store.query("SELECT ?s FROM <http://e.org/g> { }")
    first, second = (parse_qs(body.decode()) for _, _, body in server.asked)
    assert first["default-graph-uri"] == ["urn:x-arq:UnionGraph", "urn:x-arq:DefaultGraph"]
    assert "default-graph-uri" not in second
