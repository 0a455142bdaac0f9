"""RDF terms and quads as the strings that N-Quads writes: the form in which triples travel between rooms.

A term is its canonical N-Triples text, so equal terms are equal strings, a quad's text is its parts with blanks
between, and sorting quads is sorting their lines. Nothing here needs an RDF library.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kg.errors import InputError

#: Standard vocabularies that the graphs use besides the ontology's own.
NAMESPACES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "np": "http://www.nanopub.org/nschema#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    **{ord(char): f"\\{name}" for char, name in zip('\t\b\n\r\f"\\', 'tbnrf"\\', strict=True)},
}
_NEEDS_ESCAPE: Final = re.compile(r'[\x00-\x1f\x7f"\\\ufffe\uffff]')
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_UNESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LITERAL: Final = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)


class Quad(NamedTuple):
    """A triple and the graph that it stands in; ``graph`` is empty for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str = ""

    @property
    def triple(self) -> "Quad":
        """The same triple in the default graph."""
        return self._replace(graph="")


def iri(value: str) -> str:
    """Term of an IRI.

    >>> iri("http://example.org/a")
    '<http://example.org/a>'
    """
    return f"<{value}>"


def standard(name: str) -> str:
    """Term of a standard vocabulary.

    >>> standard("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    prefix, _, local = name.partition(":")
    return f"<{NAMESPACES[prefix]}{local}>"


def literal(text: str, *, language: str = "", datatype: str = "") -> str:
    r"""Term of a literal; ``datatype`` is an IRI, and left out for strings.

    >>> literal('a "b"\n', language="en")
    '"a \\"b\\"\\n"@en'
    >>> literal("true", datatype="http://www.w3.org/2001/XMLSchema#boolean")
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    """
    body = text.translate(_ESCAPES) if _NEEDS_ESCAPE.search(text) else text
    if language:
        return f'"{body}"@{language}'
    return f'"{body}"^^<{datatype}>' if datatype else f'"{body}"'


def iri_value(term: str) -> str:
    """The IRI of a term.

    >>> iri_value("<http://example.org/a>")
    'http://example.org/a'
    """
    return term[1:-1]


def is_iri(term: str) -> bool:
    """Whether a term is an IRI."""
    return term.startswith("<") and not term.startswith("<<")


def is_literal(term: str) -> bool:
    """Whether a term is a literal."""
    return term.startswith('"')


def literal_parts(term: str) -> tuple[str, str, str]:
    r"""Text, language tag and datatype IRI of a literal; the last two may be empty.

    >>> literal_parts('"a \\"b\\""@en')
    ('a "b"', 'en', '')
    """
    found = _LITERAL.fullmatch(term)
    if found is None:
        raise InputError(f"not an RDF literal: {term[:80]}")
    return unescape(found[1]), found[2] or "", found[3] or ""


def unescape(body: str) -> str:
    r"""What stands between a literal's quotes, without escapes.

    >>> unescape(r'\u00e9\n')
    'é\n'
    """
    if "\\" not in body:
        return body
    return _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _UNESCAPES.get(m[3], m[3]), body)


def line(quad: Quad) -> str:
    """The N-Quads line of a quad, without line feed.

    >>> line(Quad("<http://a>", "<http://b>", '"c"', "<http://g>"))
    '<http://a> <http://b> "c" <http://g> .'
    """
    return f"{' '.join(quad) if quad.graph else ' '.join(quad[:3])} ."


def from_line(text: str) -> Quad:
    """The quad of a canonical N-Quads line.

    >>> from_line('<http://a> <http://b> "c d"@en <http://g> .')
    Quad(subject='<http://a>', predicate='<http://b>', object='"c d"@en', graph='<http://g>')
    """
    subject, predicate, rest = text.split(" ", 2)
    if rest.startswith('"'):
        found = _LITERAL.match(rest)
        end = found.end() if found else -1
    elif rest.startswith("<<("):
        end = rest.rfind(")>>") + 3
    else:
        end = rest.find(" ")
    if end < 0:
        raise InputError(f"not an N-Quads line: {text[:80]}")
    return Quad(subject, predicate, rest[:end], rest[end:].rstrip(" .\n").lstrip())


def sorted_unique(quads: Iterable[Quad]) -> list[Quad]:
    """Each quad once, in the order of their lines."""
    return sorted(set(quads))


def lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """N-Quads lines of quads, as bytes with line feeds."""
    for quad in quads:
        yield f"{line(quad)}\n".encode()
