"""Nanopublications: each claim that a document makes, with its provenance, as something to cite by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kg.claims import Claim
from kg.errors import UsageError
from kg.iris import is_absolute
from kg.mapping import Mapper
from kg.mapping import vocabulary as v
from kg.quads import NAMESPACES, Quad, iri, literal, standard

_NANOPUBLICATION: Final = standard("np:Nanopublication")
_PARTS: Final = {
    "assertion": standard("np:hasAssertion"),
    "provenance": standard("np:hasProvenance"),
    "pubinfo": standard("np:hasPublicationInfo"),
}
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DERIVED: Final = standard("prov:wasDerivedFrom")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is said about nanopublications themselves, where it is known.

    Attributes:
        creator: IRI of who publishes them.
        license: IRI of the licence that they are under.
        created: when they were made, an ``xsd:dateTime``; no clock is asked.

    Raises:
        UsageError: what is no IRI, or no time.
    """

    creator: str = ""
    license: str = ""
    created: str = ""

    def __post_init__(self) -> None:
        for name in ("creator", "license"):
            value = getattr(self, name)
            if value and not is_absolute(value):
                raise UsageError(f"{value!r} is no IRI of a {name}", hint="write it like https://example.org/me")
        if self.created and not _is_time(self.created):
            raise UsageError(f"{self.created!r} is no time", hint="write it like 2026-01-31T12:00:00Z")

    def quads(self, node: str, graph: str) -> Iterator[Quad]:
        """The same about one of them."""
        if self.created:
            stamp = literal(self.created, datatype=f"{NAMESPACES['xsd']}dateTime")
            yield Quad(node, standard("dcterms:created"), stamp, graph)
        for name in ("creator", "license"):
            if value := getattr(self, name):
                yield Quad(node, standard(f"dcterms:{name}"), iri(value), graph)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(_TIME.fullmatch(text))


def nanopublications(claims: Iterable[Claim], mapper: Mapper, about: Publication | None = None) -> Iterator[Quad]:
    """Quads of one nanopublication for each piece of evidence.

    The assertion holds the claim and what it names, the provenance the words that state it.
    """
    for claim in claims:
        for evidence in claim.evidence:
            yield from _nanopublication(replace(claim, evidence=(evidence,)), mapper, about or Publication())


def _nanopublication(claim: Claim, mapper: Mapper, about: Publication) -> Iterator[Quad]:
    [evidence] = claim.evidence
    node = f"<{mapper.base}nanopub/{evidence.key(claim.key)}>"
    graphs = {part: f"{node[:-1]}/{part}>" for part in ("head", *_PARTS)}
    document = mapper.document_iri(evidence.document)
    yield Quad(node, v.TYPE, _NANOPUBLICATION, graphs["head"])
    for part, predicate in _PARTS.items():
        yield Quad(node, predicate, graphs[part], graphs["head"])
    described = [quad for entity in claim.entities() for quad in mapper.entity(entity)]
    for quad in (*mapper.claim(claim), *described):
        yield quad._replace(graph=graphs["provenance" if quad.graph else "assertion"])
    yield Quad(graphs["assertion"], _DERIVED, document, graphs["provenance"])
    yield Quad(node, _DERIVED, document, graphs["pubinfo"])
    yield from about.quads(node, graphs["pubinfo"])
