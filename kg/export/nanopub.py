"""Nanopublications: each claim that a document makes, with its provenance, as something to cite by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.claims import Claim
from kg.mapping import Mapper
from kg.mapping import vocabulary as v
from kg.quads import Quad, standard

_NANOPUBLICATION: Final = standard("np:Nanopublication")
_PARTS: Final = {
    "assertion": standard("np:hasAssertion"),
    "provenance": standard("np:hasProvenance"),
    "pubinfo": standard("np:hasPublicationInfo"),
}
_DERIVED: Final = standard("prov:wasDerivedFrom")


def nanopublications(claims: Iterable[Claim], mapper: Mapper) -> Iterator[Quad]:
    """Quads of one nanopublication for each piece of evidence.

    The assertion holds the claim and what it names, the provenance the words that state it.
    """
    for claim in claims:
        for evidence in claim.evidence:
            yield from _nanopublication(replace(claim, evidence=(evidence,)), mapper)


def _nanopublication(claim: Claim, mapper: Mapper) -> Iterator[Quad]:
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
