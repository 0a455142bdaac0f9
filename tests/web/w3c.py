"""The W3C's tests of protocols: their manifests read, their requests sent, their expectations checked."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDFS

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "w3c"
HOST = "www.example"
_STATUS = {"OK": range(200, 201), "Created": range(201, 202), "NoContent": range(204, 205), "NotFound": range(404, 405)}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def boolean(self) -> bool:
        found = ox.parse_query_results(self.body, ox.QueryResultsFormat.from_media_type(self.media))
        assert isinstance(found, ox.QueryBoolean)
        return bool(found)

    @property
    def graph(self) -> ox.Dataset:
        """Its triples, with canonical blank nodes."""
        form = ox.RdfFormat.from_media_type(self.media)
        return canonical(self.body, form)


def canonical(content: bytes, form: ox.RdfFormat | None) -> ox.Dataset:
    """A graph such that equal graphs are equal."""
    found = ox.Dataset(ox.parse(content, form, base_iri=f"http://{HOST}/"))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


@dataclass(frozen=True)
class Request:
    """A request of a test, and what is expected of its answer."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: tuple[str, ...]
    format: str
    boolean: bool | None
    location: str
    content_type: str
    content: str

    def send(self, server: str, token: str, location: str) -> Answer:
        """Put it to a server, under the name that the tests use."""
        path = re.sub("^/gsp", "/store", self.path.replace("$LOCATION$", quote(location, safe="")))
        path = path.replace("/sparql/", "/sparql", 1)
        connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=30)
        connection.putrequest(self.method, path, skip_host=True, skip_accept_encoding=True)
        given = {"host": HOST, "authorization": f"Bearer {token}", "content-length": str(len(self.body))}
        for name, value in {**given, **dict(self.headers)}.items():
            connection.putheader(name, value)
        connection.endheaders(self.body)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, headers, response.read())
        connection.close()
        return answer

    def check(self, answer: Answer) -> None:
        """Compare an answer with what is expected."""
        assert any(answer.status in _range(name) for name in self.statuses), (answer.status, answer.body)
        if self.boolean is not None:
            assert answer.boolean is self.boolean
        if self.format == "tabular":
            found = ox.parse_query_results(answer.body, ox.QueryResultsFormat.from_media_type(answer.media))
            assert isinstance(found, ox.QuerySolutions)
        if self.format == "RDF":
            assert answer.graph is not None
        if self.content_type:
            assert answer.headers["content-type"] == self.content_type
        if self.content:
            assert answer.graph == canonical(self.content.encode(), ox.RdfFormat.TURTLE)
        if self.location:
            assert answer.headers["location"]


def _range(name: str) -> range:
    if name.startswith("StatusCode"):
        first = int(name[10]) * 100
        return range(first, first + 100)
    return _STATUS[name]


@dataclass(frozen=True)
class Case:
    """A test: data to begin with, and requests in order."""

    name: str
    data: tuple[tuple[str, bytes], ...]
    requests: tuple[Request, ...]

    def __str__(self) -> str:
        return self.name


@cache
def cases(manifest: str) -> tuple[Case, ...]:
    """The tests of a manifest; none where it is not there."""
    path = FOLDER / manifest
    if not path.is_file():
        return ()
    graph = rdflib.Graph().parse(path)
    listed = next(graph.objects(None, MF.entries))
    return tuple(_case(graph, node, path.parent) for node in Collection(graph, listed))


def _case(graph: rdflib.Graph, node: rdflib.term.Node, folder: Path) -> Case:
    data = []
    for item in graph.objects(node, UT.graphData):
        file = Path(str(graph.value(item, UT.graph))).name
        data.append((str(graph.value(item, RDFS.label)), (folder / file).read_bytes()))
    action = graph.value(node, MF.action)
    requests = graph.value(action, HT.requests)
    assert requests is not None
    return Case(
        str(node).rpartition("#")[2], tuple(data), tuple(_request(graph, r) for r in Collection(graph, requests))
    )


def _request(graph: rdflib.Graph, node: rdflib.term.Node) -> Request:
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    return Request(
        method=str(graph.value(node, HT.methodName)),
        path=str(graph.value(node, HT.absolutePath)),
        headers=tuple(_headers(graph, node)),
        body=_content(graph, node),
        statuses=tuple(sorted(str(name).rpartition("#")[2] for name in graph.objects(response, MF.expectedStatus))),
        format=str(graph.value(response, MF.expectedFormat) or ""),
        boolean=None if boolean is None else str(boolean) == "true",
        location=str(graph.value(response, MF.expectedLocation) or ""),
        content_type=dict(_headers(graph, response)).get("content-type", "") if response else "",
        content=_content(graph, response).decode() if response else "",
    )


def _headers(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[tuple[str, str]]:
    listed = graph.value(node, HT.headers)
    for header in Collection(graph, listed) if listed is not None else ():
        yield str(graph.value(header, HT.fieldName)).lower(), str(graph.value(header, HT.fieldValue))


def _content(graph: rdflib.Graph, node: rdflib.term.Node) -> bytes:
    body = graph.value(node, HT.body)
    text = str(graph.value(body, CNT.chars) or "") if body is not None else ""
    return text.encode(str(graph.value(body, CNT.characterEncoding) or "UTF-8"))
