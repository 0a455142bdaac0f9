"""SPARQL that stays at home: no ``SERVICE``, which asks other services, and no ``LOAD``, which fetches files.

Oxigraph wants no blank between a keyword and what follows: ``SERVICESILENT<http://a>`` is a call, and so is
``SERVICEa:b { }``. So each word is searched for the keyword, each prefix is looked at with what stands around it, and
in strings and comments, where the words may stand, they are written such that no reading makes a keyword of them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.errors import QueryError
from kg.store.tokens import Token, scan

_KEYWORD: Final = re.compile("service|load", re.IGNORECASE | re.ASCII)
#: After these words a name at the top level of an update is that of a graph or prefix.
_BEFORE_NAMES: Final = ("PREFIX", "WITH", "USING", "NAMED", "GRAPH", "INTO", "TO", "ADD", "COPY", "MOVE", "SILENT")
_START: Final = Token("other", "", 0)


def confined(text: str, *, update: bool = False) -> str:
    r"""The text of a query or update, if it asks nobody else.

    Args:
        text: SPARQL.
        update: whether it is an update.

    Returns:
        The same to an engine, with the two keywords written differently in strings and left out of comments.

    Raises:
        QueryError: it calls a service or fetches a file.

    >>> confined("ASK { ?service ?p 'a service' } # service")
    "ASK { ?service ?p 'a \\u0073ervice' }          "
    """
    if not _KEYWORD.search(text):
        return text
    found = list(scan(text))
    for token in _reaching([token for token in found if token.kind != "comment"], update=update):
        line = text.count("\n", 0, token.start) + 1
        column = token.start - text.rfind("\n", 0, token.start)
        hint = "start the server with --allow-federation if you trust who asks"
        raise QueryError(f"line {line}, column {column}: {token.text[:40]} is not allowed here", hint=hint)
    pieces, end = [], 0
    for token in found:
        pieces += [text[end : token.start], _harmless(token)]
        end = token.end
    return "".join((*pieces, text[end:]))


def _reaching(found: list[Token], *, update: bool) -> Iterator[Token]:
    """Tokens that could be, or begin with, a keyword that reaches out."""
    depth = 0
    previous = _START
    for token, following in pairwise((*found, _START)):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.kind == "word" and _KEYWORD.search(token.text):
            yield token
        elif token.kind == "name" and _KEYWORD.search(token.text.partition(":")[0]):
            before = previous.text.upper() if previous.kind == "word" else ""
            calls = following.text == "{" and before != "GRAPH"
            fetches = update and depth == 0 and before not in _BEFORE_NAMES
            if calls or fetches:
                yield token
        previous = token


def _harmless(token: Token) -> str:
    """A token with the keywords escaped in a string, and a comment with them left out."""
    if not _KEYWORD.search(token.text):
        return token.text
    match token.kind:
        case "string":
            return _KEYWORD.sub(lambda found: f"\\u{ord(found[0][0]):04x}{found[0][1:]}", token.text)
        case "comment":
            return " " * len(token.text)
    return token.text
