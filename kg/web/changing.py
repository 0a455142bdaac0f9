"""What the writing worker does: updates, and graphs put, filled and deleted. Each is done whole or not at all."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.web.answering import TRIPLES, located

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

#: From so many bytes on a graph is loaded in bulk.
_BULK: Final = 4 << 20
#: From so many bytes in the log on, opening the store takes longer than merging the log into it.
_LONG_LOG: Final = 1 << 18
#: What the names of graphs begin with in which triples wait until all of them have come.
_WAITING: Final = "urn:foedus:waiting:"
_ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """RDF in a request.

    Attributes:
        content: its bytes.
        form: its format, in the words of ``kg export``.
        base: what relative IRIs are relative to.
        whole: whether it may hold named graphs.
    """

    content: bytes
    form: str
    base: str
    whole: bool = False


def update(store: "EmbeddedStore", text: str, base: str) -> None:
    """Run an update.

    Raises:
        QueryError: it does not parse, or asks for what cannot be.
    """
    try:
        store.engine.update(text, base_iri=base)
    except SyntaxError as error:
        raise QueryError(f"the update does not parse: {located(str(error.msg), text)}") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update failed: {error}", hint="nothing of it was done") from error
    _settle(store)


def put(store: "EmbeddedStore", graph: str, bodies: Sequence[Body]) -> bool:
    """Replace a graph, or make it.

    Args:
        store: takes it.
        graph: its IRI; empty for the default graph.
        bodies: its new content.

    Returns:
        Whether it is new.
    """
    new = bool(graph) and not store.engine.contains_named_graph(ox.NamedNode(graph))
    if sum(len(body.content) for body in bodies) < _BULK:
        inserted = "".join(map(_line, _quads(bodies)))
        change = f"{_emptied(graph)}INSERT DATA {{ {_inside(graph, inserted)} }}"
    else:
        waiting = f"{_WAITING}{uuid4().hex}"
        try:
            _load(store, bodies, waiting)
        except BaseException:
            store.engine.update(f"DROP SILENT GRAPH <{waiting}>")
            raise
        change = f"MOVE GRAPH <{waiting}> TO {_target(graph)}"
    store.engine.update(change)
    _settle(store)
    return new


def post(store: "EmbeddedStore", graph: str, bodies: Sequence[Body]) -> bool:
    """Add triples to a graph, or quads to the store; the same arguments and result as `put`."""
    new = bool(graph) and not store.engine.contains_named_graph(ox.NamedNode(graph))
    if sum(len(body.content) for body in bodies) < _BULK:
        store.engine.extend(list(_placed(_quads(bodies), graph)))
    else:
        _load(store, bodies, graph)
    if new:
        store.engine.add_graph(ox.NamedNode(graph))
    _settle(store)
    return new


def replace_all(store: "EmbeddedStore", bodies: Sequence[Body]) -> None:
    """Replace everything by a data set."""
    graphs: dict[str, list[str]] = {}
    for quad in _quads(bodies):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, []).append(_line(quad))
    blocks = (f"GRAPH {name} {{ {''.join(lines)} }}" if name else "".join(lines) for name, lines in graphs.items())
    store.engine.update(f"DROP ALL ; INSERT DATA {{ {' '.join(blocks)} }}")
    _settle(store)


def delete(store: "EmbeddedStore", graph: str | None) -> bool:
    """Delete a graph; the default graph where it is empty, all where it is None.

    Returns:
        Whether it was there.
    """
    if graph and not store.engine.contains_named_graph(ox.NamedNode(graph)):
        return False
    store.engine.update("DROP ALL" if graph is None else f"DROP SILENT {_target(graph)}")
    _settle(store)
    return True


def tidy(store: "EmbeddedStore") -> None:
    """Drop what has been waiting when a server was killed."""
    for name in list(store.engine.named_graphs()):
        if name.value.startswith(_WAITING):
            store.engine.remove_graph(name)


# ---------------------------------------------------------------- reading bodies


def _quads(bodies: Sequence[Body]) -> Iterator[ox.Quad]:
    """Quads of bodies; a blank node of one is none of another's.

    Raises:
        InputError: one that is broken or hostile.
    """
    for body in bodies:
        if body.form == "rdfxml":
            _refuse_entities(body.content)
        try:
            yield from ox.parse(
                body.content,
                TRIPLES[body.form],
                base_iri=body.base,
                without_named_graphs=not body.whole,
                rename_blank_nodes=True,
            )
        except SyntaxError as error:
            raise InputError(_said(body, str(error.msg)), hint="nothing of it was stored; mend it") from error
        except ValueError as error:
            raise InputError(f"the {TRIPLES[body.form].name} cannot be read: {error}") from error


def _said(body: Body, message: str) -> str:
    if "LoadDocumentCallback" in message:
        return "the JSON-LD names a context on the network, which is never fetched"
    if message == "Named graphs are not allowed":
        return "the body has named graphs, but the request names one graph"
    return f"the body is no {TRIPLES[body.form].name}: {message}"


def _refuse_entities(content: bytes) -> None:
    """Entities can grow without bound, and RDF does not need them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise InputError("the RDF/XML is not UTF-8", hint="send it as UTF-8")
    if _ENTITY.search(content):
        raise InputError("the RDF/XML declares XML entities, which are refused", hint="write them out")


# ---------------------------------------------------------------- writing


def _load(store: "EmbeddedStore", bodies: Sequence[Body], graph: str) -> None:
    store.engine.bulk_extend(_placed(_quads(bodies), graph))


def _placed(quads: Iterator[ox.Quad], graph: str) -> Iterator[ox.Quad]:
    if not graph:
        return quads
    name = ox.NamedNode(graph)
    return (ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)


def _line(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _inside(graph: str, triples: str) -> str:
    return f"GRAPH <{graph}> {{ {triples} }}" if graph else triples


def _emptied(graph: str) -> str:
    return f"DROP SILENT GRAPH <{graph}> ; CREATE SILENT GRAPH <{graph}> ; " if graph else "DROP DEFAULT ; "


def _target(graph: str) -> str:
    return f"GRAPH <{graph}>" if graph else "DEFAULT"


def _settle(store: "EmbeddedStore") -> None:
    """Merge a long log into the store, so that readers open it soon."""
    newest = max(Path(store.location).glob("*.log"), default=None)
    with suppress(FileNotFoundError):
        if newest and newest.stat().st_size > _LONG_LOG:
            store.engine.flush()
