"""Files to records, format by format. Broken parts are skipped and reported, the rest is read."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from kg.documents import markup
from kg.documents.decode import decode
from kg.documents.model import Notice, Record, Skipped
from kg.errors import InputError

#: What a format yields: records, and what there is to say.
Found: TypeAlias = Record | Notice | Skipped

SUFFIXES: Final = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LISTS: Final = ("documents", "articles", "items")


def sniff(sample: bytes) -> str:
    r"""Format of bytes that no suffix tells.

    >>> sniff(b'{"id": "a", "text": "b"}\n{'), sniff(b'[{"text": "b"}]'), sniff(b"<!doctype html>")
    ('jsonl', 'json', 'html')
    >>> sniff(b"id,text\n1,b"), sniff(b"Talks open\n")
    ('csv', 'txt')
    """
    try:
        text = decode(sample)[0].lstrip("\ufeff \t\n")
    except InputError:
        return "txt"
    first = text.split("\n", 1)[0]
    if first.startswith("{"):
        return "jsonl" if first.rstrip().endswith("}") or len(first) == len(text) else "json"
    if first.startswith("[") and first[1:].lstrip()[:1] in ("", "{"):
        return "json"
    if text[:200].lower().startswith(("<!doctype html", "<html", "<head", "<body", "<article")):
        return "html"
    return "csv" if _delimiter(first) else "txt"


def records(path: Path, where: str, stem: str, form: str) -> Iterator[Found]:
    """Records of one file.

    Args:
        path: where the bytes lie.
        where: how to call the file in messages.
        stem: id of a document that gives itself none.
        form: ``txt``, ``md``, ``html``, ``json``, ``jsonl`` or ``csv``.
    """
    reader = _READERS[form]
    try:
        yield from reader(path, where, stem)
    except FileNotFoundError:
        yield Skipped(where, "no such file; it may have vanished while reading")
    except OSError as error:
        yield Skipped(where, f"cannot be read: {error.strerror or error}")
    except InputError as error:
        yield Skipped(where, str(error))


def _text(path: Path, where: str, stem: str) -> Iterator[Found]:
    yield from _decoded(path.read_bytes(), where, lambda text: (text, {}))


def _markdown(path: Path, where: str, stem: str) -> Iterator[Found]:
    yield from _decoded(path.read_bytes(), where, markup.markdown)


def _html(path: Path, where: str, stem: str) -> Iterator[Found]:
    yield from _decoded(path.read_bytes(), where, markup.html, declared=True)


def _decoded(
    raw: bytes, where: str, parse: Callable[[str], tuple[str, dict[str, str]]], *, declared: bool = False
) -> Iterator[Found]:
    source, notice = decode(raw, declared=declared)
    if notice:
        yield Notice(where, notice)
    text, found = parse(source)
    yield Record(raw, text, where, None, found.get("date"), found.get("title"), found.get("source"))


def _json_lines(path: Path, where: str, stem: str) -> Iterator[Found]:
    number = 0
    with path.open("rb") as lines:
        for number, raw in enumerate(_utf8_lines(lines), 1):
            line = raw.strip()
            if line:
                yield from json_line(line, f"{where}:{number}", f"{stem}-{number}")


def _utf8_lines(lines: io.BufferedReader) -> Iterator[bytes]:
    start = lines.peek(4)
    if start.startswith(_WIDE_MARKS):
        text, _ = decode(lines.read())
        yield from (line.encode("utf-8", "surrogatepass") for line in text.split("\n"))
        return
    if start.startswith(codecs.BOM_UTF8):
        lines.read(len(codecs.BOM_UTF8))
    yield from lines


def json_line(raw: bytes, where: str, stem: str) -> Iterator[Found]:
    """The record in one line of JSON lines.

    Args:
        raw: the line.
        where: how to call it in messages.
        stem: id of a document that gives itself none.
    """
    try:
        text, notice = decode(raw)
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Skipped(where, f"not valid JSON ({_json_fault(error)}); each line must be one object")
    except InputError as error:
        yield Skipped(where, str(error))
    else:
        if notice:
            yield Notice(where, notice)
        yield _record(value, raw, where, stem)


def _json_fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, column {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _json(path: Path, where: str, stem: str) -> Iterator[Found]:
    raw = path.read_bytes()
    text, notice = decode(raw)
    if not text.strip():
        yield Skipped(where, "empty")
        return
    try:
        value = json.loads(text)
    except RecursionError:
        yield Skipped(where, "not valid JSON (nested too deep)")
        return
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # JSON lines under the wrong suffix
            yield from _json_lines(path, where, stem)
        else:
            yield Skipped(where, f"not valid JSON ({error.msg}, line {error.lineno} column {error.colno})")
        return
    if notice:
        yield Notice(where, notice)
    if isinstance(value, dict) and "text" not in value:
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), value)
    if not isinstance(value, list):
        yield _record(value, raw, where, stem)
        return
    for number, item in enumerate(value, 1):
        part = json.dumps(item, ensure_ascii=True, sort_keys=True).encode()
        yield _record(item, part, f"{where}[{number}]", f"{stem}-{number}")


def _record(value: object, raw: bytes, where: str, stem: str) -> Record | Skipped:
    if not isinstance(value, dict):
        return Skipped(where, 'not a JSON object with a "text"')
    text = value.get("text")
    if not isinstance(text, str):
        return Skipped(where, 'the object has no "text", or it is no string')
    given = {key: str(value[key]) for key in ("id", "date", "title", "source") if isinstance(value.get(key), str | int)}
    identifier = given.get("id", "").strip() or stem
    return Record(raw, text, where, identifier, given.get("date"), given.get("title"), given.get("source"))


def _csv(path: Path, where: str, stem: str) -> Iterator[Found]:
    with path.open("rb") as stream:
        sample = stream.peek(4096)
        text, notice = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    if notice or sample.startswith(_WIDE_MARKS):
        text, notice = decode(path.read_bytes())
        yield from [Notice(where, notice)] if notice else []
        yield from _rows(io.StringIO(text, newline=""), where, stem)
        return
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        yield from _rows(lines, where, stem)


def _delimiter(header: str) -> str | None:
    r"""The character between columns, if one of them is called ``text``.

    >>> _delimiter("id;Text"), _delimiter("a headline, and text")
    (';', None)
    """
    for mark in (",", "\t", ";"):
        names = [name.strip().strip('"').lower() for name in header.split(mark)]
        if len(names) > 1 and "text" in names:
            return mark
    return None


def _rows(lines: io.TextIOBase, where: str, stem: str) -> Iterator[Found]:
    header = lines.readline()
    mark = _delimiter(header) or ("," if header.strip().strip('"').lower() == "text" else None)
    if mark is None:
        yield Skipped(where, 'the first line names no column "text"')
        return
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=mark))]
    read: list[str] = []

    def kept() -> Iterator[str]:
        for line in lines:
            read.append(line)
            yield line

    csv.field_size_limit(2**31 - 1)
    number = 1
    try:
        for number, row in enumerate(csv.reader(kept(), delimiter=mark), 2):
            raw = "".join(read).rstrip("\r\n").encode("utf-8", "surrogatepass")
            read.clear()
            if row:
                yield _record(dict(zip(names, row, strict=False)), raw, f"{where}:{number}", f"{stem}-{number - 1}")
    except csv.Error as error:
        yield Skipped(f"{where}:{number + 1}", f"not valid CSV ({error}); the rest of the file is left out")


_READERS: Final[dict[str, Callable[[Path, str, str], Iterator[Found]]]] = {
    "txt": _text, "md": _markdown, "html": _html, "json": _json, "jsonl": _json_lines, "csv": _csv,
}  # fmt: skip
FORMATS: Final = tuple(_READERS)
