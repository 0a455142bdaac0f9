"""Paths to documents: folders walked, standard input spooled, ids settled, one document at a time in memory."""

import hashlib
import os
import shutil
import sys
import tempfile
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, Final

from kg.documents.model import Document, Item, Notice, Record, Skipped
from kg.documents.records import FORMATS, SUFFIXES, json_line, records, sniff
from kg.documents.text import clean, clean_line, headline, is_day, iso_date, read_once
from kg.errors import InputError, UsageError

#: Formats whose documents carry ids of their own; of the others the file's name is the id.
_MANY: Final = frozenset({"json", "jsonl", "csv"})


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    where: str
    stem: str
    form: str | None


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    date: str | None = None,
    form: str | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Item]:
    """Documents of files and folders, in the order given, with notices and what was skipped between them.

    Folders are walked in the order of names; hidden files and other kinds of files are left out. Of different texts
    under one id the one with the smallest SHA-256 keeps it; so files are looked through once for ids before.

    Args:
        paths: files, folders, or ``-`` for standard input.
        date: ISO 8601 date of the documents that state none.
        form: format of all files (`FORMATS`) instead of what suffix or content say.
        stdin: where ``-`` reads; standard input by default.

    Raises:
        UsageError: if ``date`` is no date or ``form`` no format.
    """
    if date is not None and not is_day(date):
        raise UsageError(f"{date!r} is no date", hint="write it as YYYY-MM-DD")
    if form is not None and form not in FORMATS:
        raise UsageError(f"{form!r} is no input format", hint=f"one of {', '.join(FORMATS)}")
    return _read([os.fspath(path) for path in paths], date, form, stdin)


def _read(paths: list[str], date: str | None, form: str | None, stdin: IO[bytes] | None) -> Iterator[Item]:
    with ExitStack() as stack:
        spools = {path: _spool(path, stack, stdin) for path in dict.fromkeys(paths) if _streams(path)}
        twice = _twice(_files(paths, form, spools))
        shared = _Shared.collect(_documents(_files(paths, form, spools), date), twice) if twice else None
        for item in _documents(_files(paths, form, spools), date):
            if shared is not None and isinstance(item, tuple):
                yield from shared.settle(*item)
            else:
                yield item[0] if isinstance(item, tuple) else item


def _streams(path: str) -> bool:
    """Whether it can be read only once: standard input, a pipe."""
    place = Path(path)
    return path == "-" or (place.exists() and not place.is_file() and not place.is_dir())


def _spool(path: str, stack: ExitStack, stdin: IO[bytes] | None) -> Path:
    """Copy what can be read only once to a temporary file."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-input-")))
    with (folder / "spool").open("wb") as spool:
        if path == "-":
            shutil.copyfileobj(stdin or sys.stdin.buffer, spool)
        else:
            with Path(path).open("rb") as source:
                shutil.copyfileobj(source, spool)
    return folder / "spool"


def _files(paths: Iterable[str], form: str | None, spools: dict[str, Path]) -> Iterator[_File | Notice | Skipped]:
    for name in paths:
        path = Path(name)
        if name in spools:
            where, stem = ("standard input", "stdin") if name == "-" else (name, path.stem)
            yield _File(spools[name], where, stem, form)
        elif path.is_dir():
            yield from _walk(path, form)
        else:
            yield _File(path, name, path.stem, form or SUFFIXES.get(path.suffix.lower()))


def _walk(folder: Path, form: str | None) -> Iterator[_File | Notice | Skipped]:
    faults: list[OSError] = []
    others: set[str] = set()
    left_out = 0
    for place, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(place, name)
            kind = form or SUFFIXES.get(path.suffix.lower())
            if kind is None:
                left_out += 1
                others.add(path.suffix.lower() or "no suffix")
            elif path.is_file() or not path.exists():  # what vanished is reported where it is read
                yield _File(path, str(path), path.stem, kind)
    if left_out:
        kinds = ", ".join(sorted(others)[:5])
        yield Notice(str(folder), f"{left_out} files of other kinds left out ({kinds}); name one to have it read")
    yield from (Skipped(str(fault.filename), f"cannot be opened: {fault.strerror}") for fault in faults)


def _form(file: _File) -> str:
    if file.form:
        return file.form
    try:
        with file.path.open("rb") as stream:
            return sniff(stream.read(4096))
    except OSError:
        return "txt"  # `records` reports it


def _mark(identifier: str) -> int:
    """Eight bytes for an id: what is kept of each while ids are counted."""
    return int.from_bytes(hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _twice(files: Iterable[_File | Notice | Skipped]) -> frozenset[int]:
    """Marks of the ids that occur more than once. Eight bytes are held for each document, no text."""
    marks = array("Q")
    for file in files:
        if not isinstance(file, _File):
            continue
        form = _form(file)
        if form not in _MANY:
            marks.append(_mark(_name(file.stem)))
            continue
        found = records(file.path, file.where, file.stem, form)
        marks.extend(_mark(_name(record.id or file.stem)) for record in found if isinstance(record, Record))
    ordered = sorted(marks)
    return frozenset(mark for mark, following in pairwise(ordered) if mark == following)


def _name(identifier: str) -> str:
    return clean_line(identifier) or "document"


def _documents(
    files: Iterable[_File | Notice | Skipped], date: str | None
) -> Iterator[tuple[Document, str] | Notice | Skipped]:
    """Documents with where they stand, their ids not yet settled."""
    for file in files:
        if not isinstance(file, _File):
            yield file
            continue
        for record in records(file.path, file.where, file.stem, _form(file)):
            if isinstance(record, Record):
                yield from _document(record, file.stem, date)
            else:
                yield record


def _document(record: Record, stem: str, date: str | None) -> Iterator[tuple[Document, str] | Notice | Skipped]:
    if not record.text.strip():
        yield Skipped(record.where, "empty")
        return
    text, began = read_once(clean(record.text))
    if began is not None:
        yield Notice(record.where, f"the body stands twice, again from character {began}; read once")
    day = iso_date(record.date) if record.date else None
    if record.date and day is None:
        yield Notice(record.where, f"the date {record.date[:40]!r} was not understood; write it as YYYY-MM-DD")
    title = clean_line(record.title) or headline(text)
    digest = hashlib.sha256(record.raw).hexdigest()
    yield Document(_name(record.id or stem), text, day or date, title, clean_line(record.source), digest), record.where


@dataclass(slots=True)
class _Shared:
    """Ids that more than one document claims: contents and their smallest SHA-256, by id."""

    contents: dict[str, dict[str, str]] = field(default_factory=dict)
    done: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def collect(cls, items: Iterable[tuple[Document, str] | Notice | Skipped], twice: frozenset[int]) -> "_Shared":
        shared = cls()
        for item in items:
            if isinstance(item, tuple) and _mark(item[0].id) in twice:
                known = shared.contents.setdefault(item[0].id, {})
                content = content_digest(item[0])
                known[content] = min(item[0].sha256, known.get(content, item[0].sha256))
        return shared

    def settle(self, document: Document, where: str) -> Iterator[Document | Notice]:
        """The document under the id that it may have; nothing but a notice where it was read already."""
        known = self.contents.get(document.id)
        if known is None:
            yield document
            return
        content = content_digest(document)
        if (document.id, content) in self.done:
            yield Notice(where, f"the same document as another one called {document.id!r}; read once")
            return
        self.done.add((document.id, content))
        settled = renamed(document, known.get(content, document.sha256), min(known.values()))
        if settled.id != document.id:
            yield Notice(where, f"another document is called {document.id!r} too; this one becomes {settled.id!r}")
        yield settled


def read_bytes(raw: bytes, where: str, *, date: str | None = None, form: str | None = None) -> Iterator[Item]:
    """Documents in the bytes of one file, under the ids that they give themselves.

    For an engine that brings the bytes of files on its own; unlike `read`, equal ids are left for it to settle.

    Args:
        raw: the file's bytes.
        where: its name, for messages; its suffix tells the format, and its stem is the id of a document without one.
        date: ISO 8601 date of the documents that state none.
        form: format, one of `FORMATS`, instead of what suffix or content say.
    """
    name = PurePosixPath(where)
    with tempfile.NamedTemporaryFile(prefix="kg-input-") as spool:
        spool.write(raw)
        spool.flush()
        file = _File(Path(spool.name), where, name.stem, form or SUFFIXES.get(name.suffix.lower()))
        for item in _documents([file], date):
            yield item[0] if isinstance(item, tuple) else item


def read_line(raw: bytes, where: str, number: int, *, date: str | None = None) -> Iterator[Item]:
    """The document in one line of a file of JSON lines, under the id that it gives itself; nothing in a blank line.

    Args:
        raw: the line's bytes.
        where: name of the file.
        number: of the line, counted from 1.
        date: ISO 8601 date of documents that state none.
    """
    stem = PurePosixPath(where).stem
    line = raw.removeprefix(BOM_UTF8).strip() if number == 1 else raw.strip()
    for record in json_line(line, f"{where}:{number}", f"{stem}-{number}") if line else ():
        if not isinstance(record, Record):
            yield record
            continue
        for item in _document(record, stem, date):
            yield item[0] if isinstance(item, tuple) else item


def content_digest(document: Document) -> str:
    """SHA-256 of what a document says and says of itself, its id left out: equal ones are the same document."""
    parts = (document.text, document.date or "", document.title or "", document.source or "")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def renamed(document: Document, digest: str, smallest: str) -> Document:
    """A document under the id that it keeps among different ones of that id: the smallest SHA-256 keeps it."""
    identifier = document.id if digest == smallest else f"{document.id}~{digest[:8]}"
    return replace(document, id=identifier, sha256=digest)


def document(text: str, *, id: str = "text", date: str | None = None, title: str | None = None) -> Document:
    r"""A document from a string, cleaned as a file would be.

    >>> document("Talks open\nMinisters met in Oslo.").title
    'Talks open'

    Raises:
        InputError: if nothing is in it.
    """
    raw = text.encode("utf-8", "surrogatepass")
    for item in _document(Record(raw, text, id, id, date, title), id, None):
        if isinstance(item, tuple):
            return item[0]
    raise InputError(f"the text {id!r} is empty")
