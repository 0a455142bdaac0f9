"""RDF files as they come: packed or not, from a name or standard input, with blank nodes, hostile or broken."""

import gzip
import hashlib
import mmap
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from urllib.parse import urlsplit

from kg.errors import InputError, UsageError
from kg.iris import BASE

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

#: Turtle, N-Quads and the like up to what may make a blank node: strings, IRIs and comments are stepped over.
_PLAIN: Final = re.compile(
    rb"""(?:[^"'<#_\[(\\]++ | \\. | _(?!:) | <[^<>"{}|^`\\\x00-\x20]*+> | \#[^\r\n]*+
    | \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
    | "(?:[^"\\\r\n]++|\\.)*+" | '(?:[^'\\\r\n]++|\\.)*+' )*+""",
    re.DOTALL | re.VERBOSE,
)
_ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RdfFile:
    """An RDF file that can be read several times.

    Attributes:
        name: what its user calls it.
        form: its format, in the words of ``kg export``.
        path: where it stands.
    """

    name: str
    form: str
    path: Path

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Its bytes, unpacked.

        Raises:
            InputError: if it cannot be read or unpacked.
        """
        try:
            with gzip.open(self.path) if self.packed else self.path.open("rb") as stream:
                yield cast(BinaryIO, stream)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(f"{self.name} is broken gzip: {error}", hint="fetch or pack it again") from error
        except OSError as error:
            raise InputError(f"cannot read {self.name}: {error.strerror or error}", hint="check its name") from error

    @property
    def packed(self) -> bool:
        """Whether it is packed by gzip."""
        with self.path.open("rb") as raw:
            return raw.read(2) == b"\x1f\x8b"

    @property
    def format(self) -> "ox.RdfFormat":
        """Its format, as the parser calls it."""
        import pyoxigraph as ox

        found: ox.RdfFormat = getattr(ox.RdfFormat, _OXIGRAPH[self.form])
        return found

    def broken(self, error: SyntaxError) -> InputError:
        """What the parser says, put into words."""
        said = str(error.msg)
        if "LoadDocumentCallback" in said:
            return InputError(
                f"{self.name} names a JSON-LD context on the network, which is never fetched",
                hint="write the context into the file",
            )
        if "No scheme found" in said:
            return InputError(f"{self.name} has a relative IRI: {said}", hint="name a base in the file")
        return InputError(f"{self.name} is no {self.format.name}: {said}", hint="nothing of it was loaded; mend it")


@contextmanager
def rdf_file(name: str, form: str | None = None) -> Iterator[RdfFile]:
    """An RDF file by its name, packed by gzip or not; ``-`` is standard input.

    Args:
        name: its path.
        form: its format in the words of ``kg export``, where the suffix does not tell.

    Raises:
        UsageError: an unknown format.
    """
    stem = PurePath(name)
    suffix = PurePath(stem.stem).suffix if stem.suffix.lower() == ".gz" else stem.suffix
    known = form or SUFFIXES.get(suffix.lower())
    if known not in _OXIGRAPH:
        wrong = f"unknown RDF format {form!r}" if form else f"{name} does not tell its RDF format"
        raise UsageError(wrong, hint=f"give --format, one of {', '.join(_OXIGRAPH)}")
    path = Path(name)
    if name != "-" and (path.is_file() or path.is_dir() or not path.exists()):
        yield RdfFile(name, known, path)
        return
    with tempfile.NamedTemporaryFile(prefix="kg-input-") as spool:  # a pipe, but a file is read more than once
        with path.open("rb") if name != "-" else nullcontext(sys.stdin.buffer) as stream:
            shutil.copyfileobj(stream, spool)
        spool.flush()
        yield RdfFile("standard input" if name == "-" else name, known, Path(spool.name))


def refuse_entities(file: RdfFile) -> None:
    """Refuse RDF/XML with entities: they can grow without bound and reach for files, and RDF does not need them.

    Raises:
        InputError: if the file declares some, or hides them in another encoding than UTF-8.
    """
    with file.open() as stream:
        before = b""
        for block in _blocks(stream):
            if not before and (block.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in block[:4]):
                raise InputError(f"{file.name} is not UTF-8", hint="save it as UTF-8")
            if _ENTITY.search(before + block):
                raise InputError(f"{file.name} declares XML entities, which are refused", hint="write them out")
            before = block[-16:]


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


# ---------------------------------------------------------------- blank nodes


def may_have_blank_nodes(file: RdfFile) -> bool:
    """Whether a file can have blank nodes; if not, a loader may take it as it is."""
    if file.form not in ("ttl", "trig", "nt", "nq"):
        return True
    with file.open() as stream:
        if file.form in ("nt", "nq"):
            return any(b"_:" in line and not _plain(line) for line in stream)
        if not file.packed:
            return not _plain_file(stream)
        with tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(stream, unpacked)
            unpacked.flush()
            return not _plain_file(unpacked)


def _plain_file(stream: BinaryIO) -> bool:
    if not stream.seek(0, 2):
        return True  # nothing cannot be mapped
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _plain(content)


def _plain(content: bytes | mmap.mmap) -> bool:
    found = _PLAIN.match(content)
    return found is not None and found.end() == len(content)


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


def skolemized(file: RdfFile, into: str | None = None) -> Iterator[bytes]:
    """N-Quads lines of a file, with IRIs that follow from its content in the place of blank nodes.

    Args:
        file: the file.
        into: IRI of the graph that takes what stands in none.

    Raises:
        SyntaxError: if it is not of its format; its attributes say where.
    """
    import pyoxigraph as ox

    with file.open() as stream:
        digest = hashlib.sha256()
        for block in _blocks(stream):
            digest.update(block)
    skolemizer = _Skolemizer(digest.hexdigest())
    place = f" <{into}>" if into else ""
    with file.open() as stream:
        for quad in ox.parse(stream, file.format):
            triple = " ".join(map(skolemizer.term, (quad.subject, quad.predicate, quad.object)))
            graph = place if isinstance(quad.graph_name, ox.DefaultGraph) else f" {skolemizer.term(quad.graph_name)}"
            yield f"{triple}{graph} .\n".encode()
