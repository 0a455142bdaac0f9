"""What the server says of itself and of its data: SPARQL 1.1 Service Description, VoID and DCAT."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import ServiceError
from kg.quads import NAMESPACES
from kg.web.answering import TRIPLES as SERIALISERS
from kg.web.negotiation import TRIPLES, content_type, negotiate
from kg.web.settings import Settings
from kg.web.state import State
from kg.web.statistics import LISTED, Statistics

_SPACES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": NAMESPACES["dcterms"],
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": NAMESPACES["rdf"],
    "rdfs": NAMESPACES["rdfs"],
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": NAMESPACES["xsd"],
}
_GRAPH_FORMATS: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")
_RESULT_FORMATS: Final = ("JSON", "XML", "CSV", "TSV")
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def routes(state: State) -> list[BaseRoute]:
    """The description of the data set, at its IRI and where clients look for it."""

    async def data_set(request: Request) -> Response:
        return await description(request, state)

    return [Route(path, data_set) for path in ("/dataset", "/.well-known/void")]


async def description(request: Request, state: State) -> Response:
    """The description of the service and its data set, as the client wants it."""
    form, media = negotiate(request.headers.get("accept"), TRIPLES)
    try:
        counts = await state.statistics()
    except ServiceError:
        counts = None  # so large that counting takes too long; all the rest can be said
    root = str(request.base_url).rstrip("/")
    triples = [*_service(root, state.settings), *_data_set(root, counts or Statistics(), counted=counts is not None)]
    body = ox.serialize(triples, format=SERIALISERS[form], prefixes=_SPACES)
    return Response(body, headers={"Content-Type": content_type(media), "Vary": "Accept"})


def _service(root: str, settings: Settings) -> Iterator[ox.Triple]:
    """The endpoint: what it speaks."""
    service = ox.NamedNode(f"{root}/sparql")
    yield _triple(service, "rdf:type", _term("sd:Service"))
    yield _triple(service, "rdf:type", _term("dcat:DataService"))
    yield _triple(service, "sd:endpoint", service)
    yield _triple(service, "dcat:endpointURL", service)
    yield _triple(service, "dcat:servesDataset", ox.NamedNode(f"{root}/dataset"))
    yield _triple(service, "sd:defaultDataset", ox.NamedNode(f"{root}/dataset"))
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if settings.writable else [])]
    features = ["UnionDefaultGraph", "EmptyGraphs", *(["BasicFederatedQuery"] if settings.allow_federation else [])]
    yield from (_triple(service, "sd:supportedLanguage", _term(f"sd:{name}")) for name in languages)
    yield from (_triple(service, "sd:feature", _term(f"sd:{name}")) for name in features)
    results = [*(f"SPARQL_Results_{name}" for name in _RESULT_FORMATS), *_GRAPH_FORMATS]
    yield from (_triple(service, "sd:resultFormat", _term(f"formats:{name}")) for name in results)
    if settings.writable:
        yield from (_triple(service, "sd:inputFormat", _term(f"formats:{name}")) for name in _GRAPH_FORMATS)


def _data_set(root: str, counts: Statistics, *, counted: bool) -> Iterator[ox.Triple]:
    """The data set: what is in it, and where it is to be had."""
    node = ox.NamedNode(f"{root}/dataset")
    yield from (_triple(node, "rdf:type", _term(name)) for name in ("sd:Dataset", "void:Dataset", "dcat:Dataset"))
    yield _triple(node, "dcterms:title", ox.Literal("Foedus: a knowledge graph of security diplomacy", language="en"))
    yield _triple(node, "void:sparqlEndpoint", ox.NamedNode(f"{root}/sparql"))
    yield _triple(node, "void:dataDump", ox.NamedNode(f"{root}/store"))
    yield _triple(node, "void:uriSpace", ox.Literal(counts.base))
    yield from (_triple(node, "void:feature", _term(f"formats:{name}")) for name in _GRAPH_FORMATS)
    yield from _distributions(root, node)
    union = ox.NamedNode(f"{root}/dataset#default")
    yield _triple(node, "sd:defaultGraph", union)
    yield from (_triple(union, "rdf:type", _term(name)) for name in ("sd:Graph", "void:Dataset"))
    if counted:
        yield _triple(union, "void:triples", _number(counts.triples))
        yield from _counts(root, node, counts)


def _distributions(root: str, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """The files that the data set can be fetched as."""
    for form in ("trig", "nq"):
        file = ox.NamedNode(f"{root}/dataset#{form}")
        yield _triple(node, "dcat:distribution", file)
        yield _triple(file, "rdf:type", _term("dcat:Distribution"))
        yield _triple(file, "dcat:accessURL", ox.NamedNode(f"{root}/store"))
        yield _triple(file, "dcat:mediaType", ox.NamedNode(f"{_MEDIA}{TRIPLES[form][0]}"))


def _counts(root: str, node: ox.NamedNode, counts: Statistics) -> Iterator[ox.Triple]:
    yield _triple(node, "void:triples", _number(counts.triples))
    yield _triple(node, "void:distinctSubjects", _number(counts.subjects))
    yield _triple(node, "void:classes", _number(len(counts.classes)))
    yield _triple(node, "void:properties", _number(len(counts.properties)))
    if counts.example:
        yield _triple(node, "void:exampleResource", ox.NamedNode(counts.example))
    yield from _parts(node, "class", counts.classes, "void:entities")
    yield from _parts(node, "property", counts.properties, "void:triples")
    if counts.graphs > len(counts.named):
        said = f"{counts.graphs} named graphs; they are listed one by one where they are {LISTED} or fewer."
        yield _triple(node, "rdfs:comment", ox.Literal(said, language="en"))
    for place, (name, number) in enumerate(counts.named, 1):
        named, graph = (ox.NamedNode(f"{root}/dataset#{what}-{place}") for what in ("named", "graph"))
        yield _triple(node, "sd:namedGraph", named)
        yield _triple(named, "rdf:type", _term("sd:NamedGraph"))
        yield _triple(named, "sd:name", ox.NamedNode(name))
        yield _triple(named, "sd:graph", graph)
        yield from (_triple(graph, "rdf:type", _term(kind)) for kind in ("sd:Graph", "void:Dataset"))
        yield _triple(graph, "void:triples", _number(number))


def _parts(node: ox.NamedNode, what: str, counted: tuple[tuple[str, int], ...], measure: str) -> Iterator[ox.Triple]:
    """How much of the data set is of each class, or says each property."""
    for place, (name, number) in enumerate(counted, 1):
        part = ox.NamedNode(f"{node.value}#{what}-{place}")
        yield _triple(node, f"void:{what}Partition", part)
        yield _triple(part, "rdf:type", _term("void:Dataset"))
        yield _triple(part, f"void:{what}", ox.NamedNode(name))
        yield _triple(part, measure, _number(number))


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _term(predicate), value)


def _term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(_SPACES[prefix] + name)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{_SPACES['xsd']}integer"))
