"""Oxigraph inside the process: in memory, or in a folder."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.quads import Quad, iri_value, is_iri, lines, literal_parts
from kg.store.interface import Results, Store
from kg.store.offsets import restored, restored_line
from kg.store.streams import LineStream
from kg.store.tokens import names_data_set

#: From this many quads on, the bulk loader is worth its start-up; below, a transaction is faster.
BULK = 20_000

_TRIES = 6
_LEFT_OVER = ("LOCK", "LOG", "IDENTITY", "MANIFEST", "OPTIONS", "0")


class EmbeddedStore(Store):
    """Oxigraph in memory, or in a folder that other processes may read meanwhile.

    Args:
        path: the folder; None for memory.
        read_only: open beside a writer and see what it had committed by now.

    Raises:
        StoreError: the folder is no store, is not there to be read, or another process writes to it.
    """

    def __init__(self, path: str | Path | None = None, *, read_only: bool = False) -> None:
        self.writable = not read_only
        if path is not None:
            self.location = str(path)
        self._store = ox.Store() if path is None else _open(Path(path), read_only=read_only)

    @property
    def engine(self) -> ox.Store:
        """The store as Oxigraph hands it out."""
        return self._store

    def query(self, text: str) -> Results:
        """Answer a SPARQL query over the union of all graphs, or over those that it names."""
        try:
            return self._store.query(text, use_default_graph_as_union=not names_data_set(text))
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {error.msg}", hint="mend it there") from error
        except (RuntimeError, OSError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def update(self, text: str) -> None:
        """Run a SPARQL update in one transaction."""
        self._check_writable()
        try:
            self._store.update(text)
        except SyntaxError as error:
            raise QueryError(f"the update does not parse: {error.msg}", hint="mend it there") from error
        except (RuntimeError, OSError) as error:
            raise StoreError(f"the store {self.location} cannot be changed: {error}") from error

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Quads that match."""
        place = ox.DefaultGraph() if graph == "" else _node(graph)
        found = self._store.quads_for_pattern(
            _node(subject), _node(predicate), None if object is None else _term(object), place
        )
        for quad in found:
            name = quad.graph_name
            where = "" if isinstance(name, ox.DefaultGraph) else str(name)
            yield restored(Quad(str(quad.subject), str(quad.predicate), str(quad.object), where))

    def graphs(self) -> tuple[str, ...]:
        """Names of the named graphs."""
        return tuple(sorted(str(name) for name in self._store.named_graphs()))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or none."""
        rest = iter(quads)
        first = list(islice(rest, BULK))
        if len(first) < BULK:
            self._check_writable()
            self._extend(first)
        else:
            self.load_lines(cast(BinaryIO, LineStream(lines(_chained(first, rest)))))

    def _extend(self, quads: list[Quad]) -> None:
        try:
            self._store.extend(_quads(quads))
        except (ValueError, OSError) as error:
            raise StoreError(f"the store {self.location} cannot take these quads: {error}") from error

    def load_lines(self, source: BinaryIO) -> None:
        """Add the quads of N-Quads lines, all or none, by the bulk loader."""
        self.bulk_load(source, ox.RdfFormat.N_QUADS)

    def bulk_load(self, source: BinaryIO, form: ox.RdfFormat, into: str | None = None) -> None:
        """Load a file without looking into it: all or none, also when the process is killed.

        Raises:
            SyntaxError: if it is not of that format; its attributes say where.
        """
        self._check_writable()
        target = ox.NamedNode(into) if into else None
        try:
            self._store.bulk_load(source, form, to_graph=target)
        except (RuntimeError, OSError) as error:
            raise StoreError(f"the store {self.location} cannot be written: {error}") from error

    def dumped(self) -> Iterator[bytes]:
        """Every quad as an N-Quads line, in no particular order; faster than `quads`."""
        with tempfile.TemporaryFile() as raw:
            self._store.dump(raw, ox.RdfFormat.N_QUADS)
            raw.seek(0)
            yield from map(restored_line, raw)

    def __len__(self) -> int:
        return len(self._store)

    def close(self) -> None:
        """Let go of the folder, so that another process can write to it."""
        if self.writable and self.location != "memory":
            self._store.flush()
        self._store = ox.Store()

    def _check_writable(self) -> None:
        if not self.writable:
            raise StoreError(f"the store {self.location} is open for reading only")


def _open(path: Path, *, read_only: bool) -> ox.Store:
    is_store = (path / "CURRENT").is_file()
    if not is_store and read_only:
        raise StoreError(f"there is no store in {path}", hint=f"make one with: kg build FILE --store {path}")
    if not is_store and (path.is_file() or (path.is_dir() and any(_foreign(path)))):
        raise StoreError(f"{path} is not empty and not a store", hint="name another folder")
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        return _open_beside(path) if read_only else ox.Store(os.fspath(path))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            busy = f"another process is writing to the store {path}"
            raise StoreError(busy, hint="wait until it has ended, or name another --store") from error
        raise StoreError(f"the store {path} cannot be opened: {error}") from error


def _open_beside(path: Path) -> ox.Store:
    """Open for reading, again where a writer has just merged away a file that its list still named."""
    for attempt in range(_TRIES):
        try:
            return ox.Store.read_only(os.fspath(path))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
            time.sleep(0.01 * 2**attempt)
    return ox.Store.read_only(os.fspath(path))


def _foreign(path: Path) -> Iterator[Path]:
    """Files that are not left over from a store whose making was interrupted."""
    return (file for file in path.iterdir() if not file.name.startswith(_LEFT_OVER))


def _node(term: str | None) -> ox.NamedNode | None:
    return None if term is None else ox.NamedNode(iri_value(term))


def _term(term: str) -> ox.NamedNode | ox.Literal:
    if is_iri(term):
        return ox.NamedNode(iri_value(term))
    text, language, datatype = literal_parts(term)
    if language:
        return ox.Literal(text, language=language)
    return ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text)


def _quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    for subject, predicate, object_, graph in quads:
        place = ox.NamedNode(iri_value(graph)) if graph else ox.DefaultGraph()
        yield ox.Quad(ox.NamedNode(iri_value(subject)), ox.NamedNode(iri_value(predicate)), _term(object_), place)


def _chained(first: list[Quad], rest: Iterable[Quad]) -> Iterator[Quad]:
    yield from first
    yield from rest
