"""What reading yields: documents, and what there is to say about input."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, order=True, slots=True)
class Document:
    """A text with an id, as every later room sees it.

    Attributes:
        id: its JSON ``id``, or its file's name without suffix; ends its IRI.
        text: the text as read; every offset counts its code points. Characters that XML or RDF cannot hold are
            replaced one for one by U+FFFD.
        date: when it was published, ISO 8601 (``2025-03-06``), or None.
        title: headline, or None.
        source: where it came from (URL or outlet), or None.
        sha256: of the raw bytes, hexadecimal.
    """

    id: str
    text: str
    date: str | None = None
    title: str | None = None
    source: str | None = None
    sha256: str = ""


@dataclass(frozen=True, order=True, slots=True)
class Notice:
    """Something the user should know about input that was read all the same.

    Attributes:
        where: file, with line or record where that helps.
        what: one line.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, order=True, slots=True)
class Skipped:
    """Input that could not be read and was left out.

    Attributes:
        where: file, with line or record where that helps.
        what: why, and what to do, in one line.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: skipped: {self.what}"


@dataclass(frozen=True, slots=True)
class Record:
    """A document before its text is cleaned and its id settled.

    Attributes:
        raw: the bytes that its SHA-256 is of.
        text: decoded text.
        id: the id that it gives itself, if any.
        date: the date that it gives itself, in its own spelling.
        title: its headline, if it gives one.
        source: where it says that it came from.
        where: file, with line or record.
    """

    raw: bytes
    text: str
    where: str
    id: str | None = None
    date: str | None = None
    title: str | None = None
    source: str | None = None


#: What `kg.documents.read` yields.
Item: TypeAlias = Document | Notice | Skipped
