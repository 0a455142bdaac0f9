"""What commands share: options, messages, the source of a graph, progress."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store import Store

StoreOption: TypeAlias = Annotated[
    Path | None, typer.Option("--store", metavar="DIR", help="Store to use; else KG_STORE, else ./kg-store.")
]
GraphOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--graph", metavar="FILE", help="RDF file to use instead of a store; repeatable.")
]
EndpointOption: TypeAlias = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="SPARQL endpoint to use instead of a store.")
]
OutputOption: TypeAlias = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="File to write; standard output if none is named.")
]
OntologyOption: TypeAlias = Annotated[
    list[Path] | None, typer.Option("--ontology", metavar="FILE", help="Ontology of your own, on top; repeatable.")
]
LexiconOption: TypeAlias = Annotated[
    list[Path] | None, typer.Option("--lexicon", metavar="FILE", help="Frames of your own (YAML); repeatable.")
]
JobsOption: TypeAlias = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; one a core if none is given.")
]


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"kg: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201


@contextmanager
def source(store: Path | None, graph: list[str] | None, endpoint: str | None) -> "Iterator[Store]":
    """The graph that the SOURCE options name, open for reading."""
    from kg.sources import open_source

    with open_source(store=store, graphs=graph or (), endpoint=endpoint) as opened:
        yield opened


def write(text: str, output: str = "-") -> None:
    """Text to a file, as a whole or not at all, or to standard output."""
    from kg.files import atomic_write

    if output == "-":
        sys.stdout.write(text)
        return
    with atomic_write(output) as stream:
        stream.write(text.encode())


def assignments(pairs: list[str] | None) -> dict[str, str]:
    """Values of ``-p name=value``.

    >>> assignments(["state=UKR", "since=2025-03"])
    {'state': 'UKR', 'since': '2025-03'}
    """
    found: dict[str, str] = {}
    for pair in pairs or ():
        name, mark, value = pair.partition("=")
        if not mark or not name:
            raise UsageError(f"-p {pair} is no parameter", hint="write it as -p name=value")
        found[name] = value
    return found


def one_of(value: str, known: tuple[str, ...], what: str) -> str:
    """A value, if it is a known one."""
    if value not in known:
        raise UsageError(f"there is no {what} {value!r}", hint=f"use {', '.join(known)}")
    return value
