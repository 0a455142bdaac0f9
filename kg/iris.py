"""Ids and IRIs: where in the space of a graph's base claims, documents, spans and entities stand.

An entity's id is the rest of its IRI; a document's id may be any text and is one escaped segment of its IRI.
"""

import re
from typing import Final
from urllib.parse import quote, unquote

from kg.errors import UsageError

#: Base of every IRI that a graph mints, unless told otherwise (the ontology's ``void:uriSpace``).
BASE: Final = "https://w3id.org/foedus/id/"

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


def is_absolute(iri: str) -> bool:
    """Whether a text is an absolute IRI, without anything that would end it early.

    >>> is_absolute("https://example.org/a"), is_absolute("a b"), is_absolute("a:b> <c:d")
    (True, False, False)
    """
    return bool(_ABSOLUTE.fullmatch(iri))


def checked_base(base: str) -> str:
    """A base to mint IRIs on, ended by a slash where it ends in the middle of a word.

    Raises:
        UsageError: if it is no absolute IRI.

    >>> checked_base("https://example.org/kg")
    'https://example.org/kg/'
    """
    if not is_absolute(base):
        raise UsageError(f"the base {base!r} is no absolute IRI", hint="write it like https://example.org/id/")
    return base if base[-1] in "/#:=" else f"{base}/"


def segment(text: str) -> str:
    """A text as one segment of an IRI path; different texts stay different.

    >>> segment("2025-01-01-001"), segment("a b/c"), segment(".."), segment("~2")
    ('2025-01-01-001', 'a%20b%2Fc', '~2', '%7E2')
    """
    if not text.strip("."):
        return f"~{len(text)}"  # dots alone would be resolved away
    escaped = quote(text, safe="", errors="surrogatepass")
    return f"%7E{escaped[1:]}" if escaped.startswith("~") else escaped


def unsegment(escaped: str) -> str:
    """The text of a segment.

    >>> unsegment("a%20b%2Fc"), unsegment("~2"), unsegment("%7E2")
    ('a b/c', '..', '~2')
    """
    dots = escaped[:1] == "~" and escaped[1:].isdecimal()
    return "." * int(escaped[1:]) if dots else unquote(escaped, errors="surrogatepass")


def document_path(document: str) -> str:
    """Path of a document below the base.

    >>> document_path("article")
    'document/article'
    """
    return f"document/{segment(document)}"


def document_id(path: str) -> str | None:
    """Id of the document at a path below the base; None where another thing stands there.

    >>> document_id("document/a%20b"), document_id("document/a/force/peace-force")
    ('a b', None)
    """
    kind, _, rest = path.partition("/")
    return unsegment(rest) if kind == "document" and rest and "/" not in rest else None


def kind_of(path: str) -> str:
    """What the first words of an id or path say that it is: ``state``, ``claim``, ``force`` (scoped or not) and so on.

    >>> [kind_of(p) for p in ("state/UKR", "state/UKR/military", "document/a/force/corps", "document/a", "claim/77")]
    ['state', 'organization', 'force', 'document', 'claim']
    """
    first, *rest = path.split("/")
    if first == "state" and len(rest) > 1:
        return "organization"
    return rest[1] if first == "document" and len(rest) > 1 else first
