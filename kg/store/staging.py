"""Quads that wait on a server until all of them have come.

What does not fit into one request is sent to graphs of its own, one for each graph that it is meant for. When all is
there, one update moves it; whoever is interrupted before leaves graphs that nobody reads. They are listed in one graph,
so that the next writer finds and drops those whose owner is gone.
"""

import hashlib
import os
import platform
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.quads import Quad, iri
from kg.store.connection import Connection, TooLargeError
from kg.store.interface import data_block

#: What the names of all such graphs begin with.
STAGING: Final = "urn:foedus:staging:"

_LIST: Final = iri(f"{STAGING}list")
_OF: Final = iri(f"{STAGING}of")
_NAME: Final = re.compile(rf"{STAGING}(?P<host>[0-9a-f]+)-(?P<pid>\d+)-(?P<start>\d+)-(?P<since>\d+)-[0-9a-f]+")
#: Characters from which on the triples of one graph are worth a request of their own.
_LARGE: Final = 64_000
#: Seconds after which what another machine has begun is given up.
_GIVEN_UP: Final = 24 * 3600
_AT_ONCE: Final = 500


class Stage:
    """Collects quads on a server, out of sight, and then publishes them at once.

    Args:
        connection: the server.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._name: Final = _own_name()
        self._graphs: dict[str, str] = {}
        self._listed: set[str] = set()

    def send(self, quads: list[Quad]) -> None:
        """Send quads, in halves where the server finds them too many."""
        try:
            self._transfer(quads)
        except TooLargeError:
            if len(quads) == 1:
                raise
            middle = len(quads) // 2
            self.send(quads[:middle])
            self.send(quads[middle:])

    def publish(self) -> None:
        """Move what has come to where it is meant for."""
        moves = [
            f"ADD {here} TO {f'GRAPH {graph}' if graph else 'DEFAULT'}" for graph, here in sorted(self._graphs.items())
        ]
        self._connection.update(" ;\n".join((*moves, *_removal(self._listed))))

    def discard(self) -> None:
        """Drop what has come; where the server does not take even that, the next writer will."""
        with suppress(KgError):
            self._connection.update(" ;\n".join(_removal(self._listed)))

    def _transfer(self, quads: list[Quad]) -> None:
        by_graph: dict[str, list[Quad]] = {}
        for quad in quads:
            by_graph.setdefault(quad.graph, []).append(quad)
        places = {graph: self._place(graph) for graph in by_graph}
        new = sorted(set(places.values()) - self._listed)
        large = {g: text for g, found in by_graph.items() if len(text := _triples(found)) >= _LARGE}
        small = [q._replace(graph=places[g]) for g, found in by_graph.items() if g not in large for q in found]
        small += [Quad(place, _OF, iri(self._name), _LIST) for place in new]
        if small:
            self._connection.update(f"INSERT DATA {{\n{data_block(small)}}}")
        self._listed.update(new)
        for graph, text in large.items():
            if not self._connection.post_graph(places[graph][1:-1], text.encode()):
                self._connection.update(f"INSERT DATA {{ GRAPH {places[graph]} {{\n{text}}} }}")

    def _place(self, graph: str) -> str:
        return self._graphs.setdefault(graph, iri(f"{self._name}:{len(self._graphs)}"))


def clear_abandoned(connection: Connection, select: Callable[[str], Iterable[dict[str, str]]]) -> None:
    """Drop what writers have left that are gone.

    Args:
        connection: the server.
        select: answers a SELECT query with rows.
    """
    rows = select(f"SELECT ?place ?stage {{ GRAPH {_LIST} {{ ?place {_OF} ?stage }} }}")
    left = sorted(row["place"] for row in rows if _abandoned(row["stage"][1:-1]))
    for start in range(0, len(left), _AT_ONCE):
        connection.update(" ;\n".join(_removal(left[start : start + _AT_ONCE])))


def _removal(places: Iterable[str]) -> Iterator[str]:
    """Operations that drop graphs and take them off the list."""
    for place in sorted(places):
        yield f"DROP SILENT GRAPH {place}"
        yield f"DELETE WHERE {{ GRAPH {_LIST} {{ {place} {_OF} ?stage }} }}"


def _triples(quads: Iterable[Quad]) -> str:
    return "".join(f"{' '.join(quad[:3])} .\n" for quad in quads)


# ---------------------------------------------------------------- who is at work


def _own_name() -> str:
    pid = os.getpid()
    return f"{STAGING}{_host()}-{pid}-{_start(pid) or 0}-{int(time.time())}-{uuid.uuid4().hex[:12]}"


def _abandoned(stage: str) -> bool:
    """Whether its owner is gone: a process that has ended on this machine, or no sign for a day from another."""
    found = _NAME.fullmatch(stage)
    if found is None:
        return False
    if found["host"] != _host():
        return time.time() - int(found["since"]) > _GIVEN_UP
    pid = int(found["pid"])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's process
        return _start(pid) != int(found["start"])
    return (_start(pid) or 0) != int(found["start"])


def _host() -> str:
    try:
        machine = Path("/etc/machine-id").read_text()
    except OSError:
        machine = ""
    return hashlib.sha256(f"{platform.node()} {machine}".encode()).hexdigest()[:8]


def _start(pid: int) -> int | None:
    """When a process began, in ticks since the machine did, where the system tells: numbers of processes come again."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(status.rpartition(")")[2].split()[19])
