"""Choosing a format by what a client accepts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from starlette.exceptions import HTTPException

#: Formats of rows and truth values, best first; the first media type of each is what answers say.
RESULTS: Final = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
#: Formats of triples, in the words of ``kg export``.
TRIPLES: Final = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "jsonld": ("application/ld+json", "application/json"),
    "trig": ("application/trig", "application/x-trig"),
    "nq": ("application/n-quads", "text/x-nquads"),
}
#: Formats of data sets.
DATA_SETS: Final = {form: TRIPLES[form] for form in ("trig", "nq", "jsonld")}
_UTF8: Final = ("text/turtle", "text/csv", "text/tab-separated-values")


def accepted(header: str) -> list[tuple[str, float]]:
    """Media ranges of an ``Accept`` header with their weights; parameters other than ``q`` do not matter here.

    >>> accepted("text/turtle;q=0.5, */*;q=0.1,application/trig;version=1")
    [('text/turtle', 0.5), ('*/*', 0.1), ('application/trig', 1.0)]
    """
    found = []
    for part in header.split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        if name:
            weights = [word[2:].strip() for word in parameters if word.lower().startswith("q=")]
            found.append((name.lower(), _weight(weights[0]) if weights else 1.0))
    return found


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(header: str | None, offers: Sequence[str]) -> str | None:
    """The offered media type that a client likes best, the first of equals; None if it likes none.

    Args:
        header: its ``Accept``; None or nothing accepts all.
        offers: media types, the server's favourite first.

    >>> choose("text/*;q=0.5, text/csv;q=0.1", ["application/json", "text/csv", "text/plain"])
    'text/plain'
    >>> choose("image/png", ["text/csv"]) is None, choose(None, ["text/csv"])
    (True, 'text/csv')
    """
    ranges = dict(accepted(header or "*/*"))
    best = max(offers, key=lambda offer: _liking(offer, ranges), default=None)
    return best if best is not None and _liking(best, ranges) > 0 else None


def _liking(offer: str, ranges: Mapping[str, float]) -> float:
    """Weight of a media type: the most specific range that covers it counts."""
    for pattern in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0


def negotiate(header: str | None, formats: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Format and media type to answer with.

    Raises:
        HTTPException: 406 if the client accepts none.

    >>> negotiate("application/xml, text/turtle;q=0.9", RESULTS)
    ('xml', 'application/xml')
    """
    media = choose(header, [names[0] for names in formats.values()]) if not header or "*" in header else None
    media = media or choose(header, [name for names in formats.values() for name in names])
    if media is None:
        known = ", ".join(names[0] for names in formats.values())
        raise HTTPException(406, f"this can be answered as {known}", {"Vary": "Accept"})
    return next(form for form, names in formats.items() if media in names), media


def content_type(media: str) -> str:
    """A media type as a header says it.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media}; charset=utf-8" if media in _UTF8 or media.startswith("text/") else media


def format_of_media(header: str | None, formats: Iterable[str] = tuple(TRIPLES)) -> str | None:
    """Format that a ``Content-Type`` says; None where it says none of these.

    >>> format_of_media("text/turtle; charset=utf-8"), format_of_media("image/png")
    ('ttl', None)
    """
    media = (header or "").partition(";")[0].strip().lower()
    return next((form for form in formats if media in TRIPLES[form]), None)
