"""SPARQL cut into tokens, as far as it takes to know what a query does without being fooled by its strings."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.errors import QueryError

_TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.)(?:(?:[\w:.%-]|\\.)*(?:[\w:%-]|\\.))?
        |(?:[^\W\d_](?:[\w.-]*[\w-])?)?:)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query.

    Attributes:
        kind: ``comment``, ``iri``, ``string``, ``variable``, ``name`` (with a prefix), ``language``, ``word`` or
            ``other`` (one character).
        text: its characters.
        start: where it starts.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def scan(text: str) -> Iterator[Token]:
    """Every token, comments too."""
    return (Token(str(found.lastgroup), found[0], found.start()) for found in _TOKEN.finditer(text))


def tokens(text: str) -> Iterator[Token]:
    """Every token but comments.

    >>> [(kind, token) for kind, token, _ in tokens("ASK { <http://a#b> ?from 'FROM' } # FROM")][:4]
    [('word', 'ASK'), ('other', '{'), ('iri', '<http://a#b>'), ('variable', '?from')]
    """
    return (token for token in scan(text) if token.kind != "comment")


def keywords(text: str) -> Iterator[str]:
    """Bare words of a query in capitals: its keywords and functions, never a string, IRI, name or variable.

    >>> list(keywords("select ?from { ?from ex:from 'FROM' . SERVICE <http://from> { } }"))
    ['SELECT', 'SERVICE']
    """
    return (token.text.upper() for token in tokens(text) if token.kind == "word")


def form(text: str) -> str:
    """What a query asks for: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.

    Raises:
        QueryError: if it is none of these, such as an update.

    >>> form("PREFIX select: <http://a> ASK { ?s ?p ?o }")
    'ASK'
    """
    for word in keywords(text):
        if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return word
        if word not in ("PREFIX", "BASE", "VERSION"):
            break
    raise QueryError("this is no SPARQL query", hint="it has to start with SELECT, ASK, CONSTRUCT or DESCRIBE")


def names_data_set(text: str) -> bool:
    """Whether a query says itself over which graphs it runs (``FROM``).

    >>> names_data_set("SELECT * FROM <http://g> { ?s ?p ?o }"), names_data_set("SELECT ?from { ?from ?p 'FROM' }")
    (True, False)
    """
    return "FROM" in keywords(text)
