"""A document as read."""

from dataclasses import dataclass


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
