"""JSON-LD with a context, so that its keys read like words: written into each file, or once, to be referred to."""

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO, Final

from kg.errors import InputError
from kg.export.layout import Layout
from kg.mapping.vocabulary import Vocabulary
from kg.ontology import Ontology
from kg.quads import NAMESPACES, Quad, is_iri, literal_parts

_TYPE: Final = f"{NAMESPACES['rdf']}type"
_XSD: Final = NAMESPACES["xsd"]

#: Standard properties that the graphs use, with what their values are.
_STANDARD: Final = {
    "rdfs:label": "en",
    "rdf:subject": "@id",
    "rdf:predicate": "@id",
    "rdf:object": "@id",
    "schema:sameAs": "@id",
    "prov:wasAttributedTo": "@id",
    "oa:hasSource": "@id",
    "oa:hasSelector": "@id",
    "oa:start": f"{_XSD}nonNegativeInteger",
    "oa:end": f"{_XSD}nonNegativeInteger",
    "oa:exact": "",
    "dcterms:title": "",
    "dcterms:date": f"{_XSD}date",
    "dcterms:source": "",
}

#: What the values of our properties are that are no roles.
_OURS: Final = {
    "@id": [
        *("kind", "modality", "condition", "onOccurrence", "onAbsence", "standing", "ofState", "holdsOffice"),
        *("evidence", "trigger", "mention", "role", "entity"),
    ],
    f"{_XSD}boolean": ["negated"],
    f"{_XSD}date": ["time", "timeFrom", "timeTo"],
    "en": ["words", "timeWords"],
    "": ["occasion", "frame", "name", "reason", "text", "sha256"],
}
_FILLERS: Final[dict[str, str]] = {
    "entity": "@id",
    "claim": "@id",
    "individual": "@id",
    "text": "en",
    "integer": f"{_XSD}integer",
}


def context(layout: Layout, ontology: Ontology) -> dict[str, Any]:
    """The context: prefixes, and a term for each property with what its values are.

    >>> found = context(Layout(), Ontology.load())
    >>> found["actor"], found["what"]
    ({'@id': 'kg:actor', '@type': '@id'}, {'@id': 'kg:what', '@language': 'en'})
    """
    terms = {name: _definition(curie, value) for name, (curie, value) in sorted(_terms(layout, ontology).items())}
    return {"id": "@id", "type": "@type", **layout.prefixes, **terms}


def write_context(stream: BinaryIO, ontology: Ontology) -> None:
    """Write the context as a file by itself.

    The base is not in it: JSON-LD leaves that to the file that refers to it.
    """
    stream.write(f'{{"@context": {{\n  {_lines_of(context(Layout(ontology=ontology), ontology))}\n}}}}\n'.encode())


def write_jsonld(
    quads: Iterable[Quad], stream: BinaryIO, layout: Layout, ontology: Ontology, *, reference: str = ""
) -> None:
    """Write the union of all graphs, one node a line.

    Args:
        quads: what to write.
        stream: takes the bytes.
        layout: short names.
        ontology: whose terms the context has.
        reference: where the context is to be found; without it, it is written into the file.
    """
    terms = {layout_iri(layout, curie): (name, value) for name, (curie, value) in _terms(layout, ontology).items()}
    base = {"@base": layout.base}
    if reference:
        head = f"[{json.dumps(reference)}, {json.dumps(base)}]"
    else:
        head = f"{{\n  {_lines_of(base | context(layout, ontology))}\n}}"
    stream.write(f'{{"@context": {head},\n"@graph": ['.encode())
    separator = "\n"
    for _, subject, group in layout.subjects(quad.triple for quad in quads):
        node = json.dumps(_node(subject, group, layout, terms), ensure_ascii=False)
        stream.write(f"{separator}{node}".encode())
        separator = ",\n"
    stream.write(b"\n]}\n")


def _lines_of(values: dict[str, Any]) -> str:
    return ",\n  ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items())


def layout_iri(layout: Layout, curie: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = curie.partition(":")
    return layout.prefixes[prefix] + local


def _terms(layout: Layout, ontology: Ontology) -> dict[str, tuple[str, str]]:
    """Prefixed name and value kind of each term: ``@id``, a language, a datatype or nothing."""
    found = {curie.partition(":")[2]: (curie, value) for curie, value in _STANDARD.items()}
    values = {ontology.prop(name): value for value, names in _OURS.items() for name in names}
    values |= {role[1:-1]: _FILLERS[info.filler] for role, info in Vocabulary(ontology).roles.items()}
    values |= {ontology.prop(name): "@id" for name in ontology.binary_kinds()}
    for iri, value in values.items():
        curie = layout.curie(iri)
        if curie and curie.startswith("kg:"):
            found[curie.partition(":")[2]] = (curie, value)
    return found


def _definition(curie: str, value: str) -> dict[str, str]:
    if not value:
        return {"@id": curie}
    return {"@id": curie, ("@type" if "@" in value or ":" in value else "@language"): value}


def _node(subject: str, group: Iterable[Quad], layout: Layout, terms: dict[str, tuple[str, str]]) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _reference(subject, layout)}
    for predicate, same in groupby(group, key=lambda quad: quad.predicate[1:-1]):
        objects = [quad.object for quad in same]
        if predicate == _TYPE:
            key, values = "type", [_absolute(term, layout) for term in objects]
        else:
            key, kind = terms.get(predicate, (predicate, None))
            values = [_value(term, kind, layout) for term in objects]
        node[key] = values[0] if len(values) == 1 else values
    return node


def _reference(term: str, layout: Layout) -> str:
    """An IRI relative to the base; whatever might be taken for a prefixed name stays whole."""
    return (layout.relative(term[1:-1]) if is_iri(term) else None) or _absolute(term, layout)


def _absolute(term: str, layout: Layout) -> str:
    return (layout.curie(term[1:-1]) or term[1:-1]) if is_iri(term) else term


def _value(term: str, kind: str | None, layout: Layout) -> Any:
    if term.startswith("<<("):
        raise InputError(f"JSON-LD cannot hold the triple term {term[:60]}", hint="write ttl, trig, nt or nq")
    if not term.startswith('"'):
        reference = _reference(term, layout)
        return reference if kind == "@id" else {"@id": reference}
    text, language, datatype = literal_parts(term)
    if kind is not None and (language or datatype) == kind:
        return text
    if datatype == f"{_XSD}boolean" and text in ("true", "false"):
        return text == "true"
    expanded = {"@value": text}
    if language:
        expanded["@language"] = language
    elif datatype:
        expanded["@type"] = datatype
    return expanded
