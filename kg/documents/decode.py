"""Bytes to text: byte order marks, declarations, UTF-8, then a guess that says so."""

import codecs
import re
from typing import Final

from kg.errors import InputError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF file", "convert it to text first, for instance with pdftotext"),
    (b"PK\x03\x04", "a zip archive or office document", "unpack it, or save its text"),
    (b"\x1f\x8b", "gzip data", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as text"),
    (b"{\\rtf", "an RTF document", "save it as text"),
    (b"\x89PNG", "a picture", "only text is read"),
    (b"\xff\xd8\xff", "a picture", "only text is read"),
    (b"GIF8", "a picture", "only text is read"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}charset\s*=|\?xml[^>]{0,100}encoding\s*=)\s*["']?([A-Za-z0-9_.:-]+)""", re.I
)
_CONTROLS: Final = frozenset(range(32)) - set(b"\t\n\x0b\x0c\r\x1b")
_SAMPLE: Final = 65_536
#: Share of control characters from which bytes are no text.
_NOISE: Final = 0.05
#: How much worse Windows-1252, by far the most frequent legacy encoding of English, may look than the best guess.
_MARGIN: Final = 0.02


def decode(data: bytes, *, declared: bool = False) -> tuple[str, str]:
    r"""Decode bytes; return the text, line ends as ``\n``, and a notice (empty where nothing was guessed).

    Args:
        data: the bytes of a file.
        declared: whether to believe an encoding that HTML or XML declares.

    Raises:
        InputError: if they are no text.

    >>> decode("Élysée".encode())
    ('Élysée', '')
    >>> decode("Türkiye’s offer — “no”".encode("cp1252"))
    ('Türkiye’s offer — “no”', 'read as cp1252, a guess: it is not UTF-8')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, name)
    for magic, kind, advice in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{kind}, no text", hint=advice)
    wide = _wide(data)
    if wide:
        return _newlines(data.decode(wide, "replace")), f"read as {wide}, a guess: it has no byte order mark"
    sample = data[:_SAMPLE]
    if sum(map(_CONTROLS.__contains__, sample)) > _NOISE * len(sample) + 1:
        raise InputError("binary data, no text", hint="only text is read")
    named = _DECLARED.search(data[:4096]) if declared else None
    for name in ("utf-8", *([named[1].decode("ascii")] if named else [])):
        try:
            return _newlines(data.decode(name)), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data)


def _marked(data: bytes, name: str) -> tuple[str, str]:
    text = data.decode(name, "replace")
    broken = text.count("\ufffd") - data.decode(name, "ignore").count("\ufffd")
    return _newlines(text), f"{broken} broken characters replaced" if broken else ""


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> tuple[str, str]:
    """Text that is not UTF-8: broken UTF-8 where most of it is, else the encoding that looks most like language."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(ch > "\x7f" for ch in text) > 2 * broken:
        return _newlines(text), f"{broken} bytes that are not UTF-8 replaced"
    from charset_normalizer import from_bytes  # only for the rare file

    guesses = from_bytes(data[: 16 * _SAMPLE])
    best = guesses.best()
    if best is None:
        raise InputError("text in no encoding that could be found out", hint="save it as UTF-8")
    western = any(
        "cp1252" in (guess.encoding, *guess.could_be_from_charset) and guess.chaos <= best.chaos + _MARGIN
        for guess in guesses
    )
    name = "cp1252" if western else best.encoding
    return _newlines(data.decode(name, "replace")), f"read as {name}, a guess: it is not UTF-8"
