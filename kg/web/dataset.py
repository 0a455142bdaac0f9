"""The data set that a request names for its update, written into the update.

The protocol lets a client say over which graphs the ``WHERE`` of an update runs; the engine takes that only in the
update itself, as ``USING``.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.errors import QueryError
from kg.store.tokens import Token, tokens
from kg.web.answering import DataSet

#: Words at the top level of updates; anything else there could hide one.
_KNOWN: Final = frozenset(
    (
        *("PREFIX", "BASE", "VERSION", "INSERT", "DELETE", "DATA", "WHERE", "WITH", "USING", "NAMED", "GRAPH"),
        *("DEFAULT", "ALL", "SILENT", "INTO", "TO", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"),
    )
)
_START: Final = Token("other", "", 0)


def with_data_set(text: str, dataset: DataSet) -> str:
    """An update whose patterns run over these graphs.

    Args:
        text: the update.
        dataset: graphs that the request names; none leaves the update as it is.

    Raises:
        QueryError: the update names graphs itself, or cannot be read.

    >>> with_data_set("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", DataSet(("http://a",)))
    'DELETE { ?s ?p 1 } USING <http://a> WHERE { ?s ?p 1 }'
    >>> with_data_set("DELETE WHERE { ?s ?p 1 }", DataSet(named=("http://a",)))
    'DELETE { ?s ?p 1 } USING NAMED <http://a> WHERE { ?s ?p 1 }'
    """
    if not dataset:
        return text
    graphs = [f"USING <{iri}>" for iri in dataset.default] + [f"USING NAMED <{iri}>" for iri in dataset.named]
    using = f"{' '.join(graphs)} "
    pieces, end = [], 0
    for place, template in _wheres(text):
        pieces += [text[end:place], f"{template} " if template else "", using]
        end = place
    return "".join((*pieces, text[end:]))


def _wheres(text: str) -> Iterator[tuple[int, str]]:
    """Where each ``WHERE`` of the top level stands; the block after it where ``DELETE WHERE`` leaves out its own."""
    found = list(tokens(text))
    depth = 0
    for previous, token in pairwise((_START, *found)):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth or token.kind != "word":
            continue
        word = token.text.upper()
        if word in ("USING", "WITH"):
            raise QueryError(
                f"the update names graphs ({word}), and so does the request", hint="name them in one place"
            )
        if word not in _KNOWN:
            raise QueryError(f"the update cannot be read at {token.text[:40]!r}", hint="put a blank after each keyword")
        if word == "WHERE":
            alone = previous.kind == "word" and previous.text.upper() == "DELETE"
            yield token.start, _block(text, [other for other in found if other.start > token.start]) if alone else ""


def _block(text: str, following: list[Token]) -> str:
    """The first block in braces."""
    depth = 0
    for token in following:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0:
            return text[following[0].start : token.end]
    raise QueryError("the update ends in the middle of a block", hint="close its brace")
