"""Putting RDF files into a store, whole or not at all."""

import gzip
import hashlib
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from urllib.parse import urlsplit

from kg.errors import InputError, UsageError
from kg.iris import BASE, is_absolute
from kg.quads import Quad, from_line
from kg.store import Store, open_endpoint, open_store

if TYPE_CHECKING:
    import pyoxigraph as ox

#: Formats by suffix, in the words of `kg export`.
SUFFIXES: Final = {
    **{".ttl": "ttl", ".turtle": "ttl", ".trig": "trig", ".nt": "nt", ".ntriples": "nt", ".nq": "nq", ".nquads": "nq"},
    **{".rdf": "rdfxml", ".owl": "rdfxml", ".xml": "rdfxml", ".jsonld": "jsonld", ".json": "jsonld"},
}
_OXIGRAPH: Final = {
    "ttl": "TURTLE",
    "trig": "TRIG",
    "nt": "N_TRIPLES",
    "nq": "N_QUADS",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
}
_BLOCK: Final = 1 << 20
#: Up to this many bytes a Turtle file is looked through to the end for blank nodes.
_SEARCHED: Final = 256 << 20

#: Strings, IRIs and comments of Turtle and N-Quads; then, by itself, what makes a blank node.
_BLANK: Final = re.compile(
    rb'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\''
    rb'|"(?:[^"\\\r\n]|\\.)*"|\'(?:[^\'\\\r\n]|\\.)*\'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*|(_:|[\[(])',
    re.DOTALL,
)
_ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to load: how it is named, what it is, how it is opened."""

    name: str
    form: str
    content: bytes | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Its bytes, unpacked."""
        if self.content is not None:
            yield BytesIO(self.content)
            return
        try:
            with Path(self.name).open("rb") as raw:
                packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                if packed:
                    with gzip.open(raw) as stream:
                        yield cast(BinaryIO, stream)
                else:
                    yield raw
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(f"{self.name} is broken gzip: {error}", hint="fetch or pack it again") from error
        except OSError as error:
            raise InputError(f"cannot read {self.name}: {error.strerror or error}", hint="check its name") from error


def load(files: Iterable[str | Path], store: Store, into: str | None = None, *, form: str | None = None) -> int:
    """Load RDF files: each one whole or not at all. The same file again changes nothing.

    Blank nodes become IRIs that follow from the file's content. Contexts of JSON-LD on the network are not fetched,
    and RDF/XML with entity declarations is refused.

    Args:
        files: their paths, packed by gzip or not; ``-`` is standard input.
        store: takes the quads.
        into: IRI of the graph that takes what stands in no named graph; the default graph unless told otherwise.
        form: format in the words of ``kg export``, where the suffixes do not tell.

    Returns:
        How many files were loaded.

    Raises:
        InputError: a file that is missing, broken, of unknown format, or hostile; those before it are loaded.
        UsageError: ``into`` is no IRI, or ``form`` no format.
    """
    if into is not None and not is_absolute(into):
        raise UsageError(f"{into!r} is no IRI of a graph", hint="write it like https://example.org/graph")
    count = 0
    for name in files:
        _load(_file(str(name), form), store, into)
        count += 1
    return count


def _file(name: str, form: str | None) -> _File:
    stem = PurePath(name)
    suffix = PurePath(stem.stem).suffix if stem.suffix.lower() == ".gz" else stem.suffix
    known = form or SUFFIXES.get(suffix.lower())
    if known not in _OXIGRAPH:
        wrong = f"unknown RDF format {form!r}" if form else f"{name} does not tell its RDF format"
        raise UsageError(wrong, hint=f"give --format, one of {', '.join(_OXIGRAPH)}")
    return _File(name, known, sys.stdin.buffer.read() if name == "-" else None)


def _load(file: _File, store: Store, into: str | None) -> None:
    if file.form == "rdfxml":
        _refuse_entities(file)
    from kg.store.embedded import EmbeddedStore

    try:
        with file.open() as stream:
            if isinstance(store, EmbeddedStore) and not _may_have_blank_nodes(file):
                store.bulk_load(stream, _format(file), into)
            elif isinstance(store, EmbeddedStore):
                from kg.store.streams import LineStream

                store.load_lines(cast(BinaryIO, LineStream(_lines(file, stream, into))))
            else:
                store.add(_quads(file, stream, into))
    except SyntaxError as error:
        raise _broken(file, error) from error
    except ValueError as error:
        raise InputError(f"{file.name} cannot be read: {error}", hint="mend it and load it again") from error


def _broken(file: _File, error: SyntaxError) -> InputError:
    said = str(error.msg)
    if "LoadDocumentCallback" in said:
        return InputError(
            f"{file.name} names a JSON-LD context on the network, which is never fetched",
            hint="write the context into the file",
        )
    if "No scheme found" in said:
        return InputError(f"{file.name} has a relative IRI: {said}", hint="name a base in the file")
    return InputError(f"{file.name} is no {_format(file).name}: {said}", hint="nothing of it was loaded; mend it")


def _format(file: _File) -> "ox.RdfFormat":
    import pyoxigraph as ox

    found: ox.RdfFormat = getattr(ox.RdfFormat, _OXIGRAPH[file.form])
    return found


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


# ---------------------------------------------------------------- hostile XML


def _refuse_entities(file: _File) -> None:
    """Entities can grow without bound and reach for files; nothing that RDF needs them for."""
    with file.open() as stream:
        before = b""
        for block in _blocks(stream):
            if not before and (block.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in block[:4]):
                raise InputError(f"{file.name} is not UTF-8", hint="save it as UTF-8")
            if _ENTITY.search(before + block):
                raise InputError(f"{file.name} declares XML entities, which are refused", hint="write them out")
            before = block[-16:]


# ---------------------------------------------------------------- blank nodes


def _may_have_blank_nodes(file: _File) -> bool:
    """Whether a file can have blank nodes; if not, the loader may take it as it is."""
    if file.form in ("nt", "nq"):
        with file.open() as stream:
            return any(b"_:" in line and _has_blank(line) for line in stream)
    if file.form not in ("ttl", "trig"):
        return True
    with file.open() as stream:
        content = stream.read(_SEARCHED + 1)
    return len(content) > _SEARCHED or _has_blank(content)


def _has_blank(content: bytes) -> bool:
    if not any(mark in content for mark in (b"_:", b"[", b"(")):
        return False
    return any(found[1] for found in _BLANK.finditer(content))


class _Skolemizer:
    """Names blank nodes after their file's content, in the order in which they come.

    Args:
        digest: hash of the content.
    """

    def __init__(self, digest: str) -> None:
        parts = urlsplit(BASE)
        self._stem = f"{parts.scheme}://{parts.netloc}/.well-known/genid/{digest[:20]}-"
        self._known: dict[str, str] = {}

    def term(self, node: object) -> str:
        """Term of a node, with IRIs for blank nodes, also inside triple terms."""
        import pyoxigraph as ox

        if isinstance(node, ox.BlankNode):
            number = self._known.setdefault(node.value, str(len(self._known) + 1))
            return f"<{self._stem}{number}>"
        if isinstance(node, ox.Triple):
            return f"<<( {' '.join(map(self.term, (node.subject, node.predicate, node.object)))} )>>"
        return str(node)


def _lines(file: _File, stream: BinaryIO, into: str | None) -> Iterator[bytes]:
    """N-Quads lines of a file, without blank nodes."""
    import pyoxigraph as ox

    with file.open() as again:
        digest = hashlib.sha256()
        for block in _blocks(again):
            digest.update(block)
    skolemizer = _Skolemizer(digest.hexdigest())
    place = f" <{into}>" if into else ""
    for quad in ox.parse(stream, _format(file)):
        triple = " ".join(map(skolemizer.term, (quad.subject, quad.predicate, quad.object)))
        graph = place if isinstance(quad.graph_name, ox.DefaultGraph) else f" {skolemizer.term(quad.graph_name)}"
        yield f"{triple}{graph} .\n".encode()


def _quads(file: _File, stream: BinaryIO, into: str | None) -> Iterator[Quad]:
    return (from_line(line.decode()) for line in _lines(file, stream, into))


# ---------------------------------------------------------------- what a command reads


def open_source(
    store: str | Path | None = None, graphs: Sequence[str | Path] = (), endpoint: str | None = None
) -> Store:
    """Open what a command is to read: a store's folder, RDF files together, or an endpoint.

    Args:
        store: folder of a store; without any of the three, the one in ``KG_STORE``, else ``./kg-store``.
        graphs: RDF files.
        endpoint: URL of a SPARQL endpoint.

    Raises:
        UsageError: more than one of the three.
        InputError: a file that cannot be loaded.
        StoreError: there is no such store.
    """
    if sum(map(bool, (store, graphs, endpoint))) > 1:
        raise UsageError("give one of --store, --graph and --endpoint, not several")
    if endpoint:
        return open_endpoint(endpoint)
    if graphs:
        memory = open_store()
        load(graphs, memory)
        return memory
    return open_store(store or os.environ.get("KG_STORE") or "kg-store", read_only=True)
