"""RDF/XML, one description a subject."""

import re
from collections.abc import Iterable
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.errors import InputError
from kg.export.layout import Layout
from kg.quads import Quad, is_iri, literal_parts

_SPLIT: Final = re.compile(r"(.*[^\w.-])([A-Za-z_][\w.-]*)", re.DOTALL | re.ASCII)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdfxml(quads: Iterable[Quad], stream: BinaryIO, layout: Layout) -> None:
    """Write the union of all graphs.

    Raises:
        InputError: where a property's IRI or a literal's character does not fit into XML.
    """
    spaces = "".join(f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in layout.prefixes.items())
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'.encode())
    for _, subject, group in layout.subjects(quad.triple for quad in quads):
        parts = [f"  <rdf:Description {_node('about', subject)}>\n"]
        parts += [f"    {_property(quad, layout)}\n" for quad in group]
        stream.write("".join((*parts, "  </rdf:Description>\n")).encode())
    stream.write(b"</rdf:RDF>\n")


def _property(quad: Quad, layout: Layout) -> str:
    name = layout.curie(quad.predicate[1:-1])
    space = ""
    if name is None:
        found = _SPLIT.fullmatch(quad.predicate[1:-1])
        if found is None:
            raise InputError(f"RDF/XML cannot name the property {quad.predicate}", hint="write another format")
        name, space = f"p:{found[2]}", f" xmlns:p={quoteattr(found[1])}"
    if quad.object.startswith("<<("):
        raise InputError(f"RDF/XML cannot hold the triple term {quad.object[:60]}", hint="write ttl, trig, nt or nq")
    if not quad.object.startswith('"'):
        return f"<{name}{space} {_node('resource', quad.object)}/>"
    text, language, datatype = literal_parts(quad.object)
    if bad := _NOT_XML.search(text):
        raise InputError(f"XML cannot hold U+{ord(bad[0]):04X} in {quad.object[:60]}", hint="write another format")
    kind = f' xml:lang="{language}"' if language else f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
    return f"<{name}{space}{kind}>{escape(text, {chr(13): '&#xD;'})}</{name}>"


def _node(attribute: str, term: str) -> str:
    if is_iri(term):
        return f"rdf:{attribute}={quoteattr(term[1:-1])}"
    return f'rdf:nodeID="{term.removeprefix("_:")}"'
