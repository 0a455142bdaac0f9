"""From views to answers: HTML from templates, JSON and CSV from the same values, headers that keep a page to itself."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from kg.iris import unsegment
from kg.ontology import Ontology
from kg.web.page.session import Session
from kg.web.page.things import Source, Thing

_HERE: Final = Path(__file__).resolve().parent
STATIC: Final = _HERE.parent / "static"

#: What a page may load and do: nothing from elsewhere, no script that is not a file of ours.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

#: How standings are written, in one place.
STANDING_WORDS: Final = {
    "fact": "stated as fact",
    "planned": "planned",
    "conditional": "conditional",
    "possible": "possible",
    "denied": "denied",
    "claimed": "claimed",
}


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        standing_words=STANDING_WORDS,
        role_label=role_label,
        kind_label=kind_label,
        kind_meaning=kind_meaning,
        plural=plural,
    )
    environment.filters.update(number=number, day=day, unescaped=unsegment)
    return environment


@cache
def _templates() -> Environment:
    return _environment()


class Links:
    """Addresses on this server, whatever it is mounted below.

    Args:
        request: of the page that links.
    """

    def __init__(self, request: Request) -> None:
        self._root = request.scope.get("root_path", "").rstrip("/")

    def to(self, path: str, pairs: Iterable[tuple[str, str]] = (), **more: object) -> str:
        """Address of a view, with parameters; those that are empty are left out."""
        found = [*pairs, *((name, str(value)) for name, value in more.items() if value not in ("", None))]
        query = f"?{urlencode(found)}" if found else ""
        return f"{self._root}{path}{query}"

    def page(self, thing: Thing | Source | str) -> str:
        """Address of the page of an entity, a document or what else has a path; an IRI elsewhere stays as it is."""
        path = thing if isinstance(thing, str) else thing.path
        if ":" in path.partition("/")[0]:
            return path if path.startswith(("http://", "https://")) else "#"
        return f"{self._root}/page/{quote(path, safe='/%~')}"

    def claim(self, key: str) -> str:
        """Address of a claim's page."""
        return f"{self._root}/page/claim/{quote(key, safe='')}"

    def static(self, name: str) -> str:
        """Address of a file of ours, with its checksum, so that browsers may keep it."""
        return f"{self._root}/static/{name}?{_checksum(name)}"


@cache
def _checksum(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def html(
    request: Request,
    template: str,
    session: Session | None,
    *,
    status: int = 200,
    writable: bool = False,
    inline_styles: bool = False,
    **values: object,
) -> Response:
    """A page.

    Args:
        request: that it answers.
        template: name of its template.
        session: of who is signed in.
        status: of the answer.
        writable: whether the server takes changes.
        inline_styles: whether its scripts may set styles as text.
        values: what the template shows.
    """
    links = Links(request)
    here = request.url.path.removeprefix(request.scope.get("root_path", ""))
    text = _templates().get_template(template).render(
        links=links,
        here=here,
        address=f"{here}?{request.url.query}" if request.url.query else here,
        session=session,
        status=status,
        writable=writable,
        **values,
    )
    return Response(text, status, headers_of(inline_styles=inline_styles), media_type="text/html")


def headers_of(*, inline_styles: bool = False) -> dict[str, str]:
    """Headers of a page."""
    return {
        "Content-Security-Policy": _POLICY.format(styles=" 'unsafe-inline'" if inline_styles else ""),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
        "Vary": "Accept, Cookie",
    }


def as_json(value: object, status: int = 200) -> Response:
    """A view as JSON."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=1)
    return Response(f"{text}\n".encode("utf-8", "surrogatepass"), status, media_type="application/json")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return Response(out.getvalue(), media_type="text/csv")


def plain(value: object) -> Any:
    """A view as dictionaries, lists, texts and numbers.

    >>> plain((Thing("Peru", "state/PER", "State"), 3))
    [{'label': 'Peru', 'path': 'state/PER', 'kind': 'State'}, 3]
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


# ---------------------------------------------------------------- words


def number(value: int) -> str:
    """A number as people read it.

    >>> number(12345)
    '12,345'
    """
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "claim"), plural(1200, "claim"), plural(0, "entity", "entities")
    ('1 claim', '1,200 claims', '0 entities')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip


def day(date: str) -> str:
    """An ISO 8601 date as people read it.

    >>> day("2025-03-06"), day("2025-03"), day("2025"), day("soon")
    ('6 March 2025', 'March 2025', '2025', 'soon')
    """
    if date.startswith("before "):
        return f"before {day(date[7:])}"
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?(?:T.*)?", date)
    if not found:
        return date
    year, month, of = found.groups()
    return " ".join(filter(None, (str(int(of)) if of else "", _MONTHS[int(month) - 1] if month else "", year)))


@cache
def role_label(name: str) -> str:
    """A role as people read it.

    >>> role_label("providedBy"), role_label("trigger")
    ('provided by', 'trigger')
    """
    ontology = Ontology.load()
    label = ontology.label(ontology.role(name).iri) if ontology.has_role(name) and name != "holder" else ""
    return label or name


@cache
def kind_label(kind: str) -> str:
    """A class or kind as people read it.

    >>> kind_label("memberOf"), kind_label("State"), kind_label("Foo")
    ('member of', 'state', 'Foo')
    """
    ontology = Ontology.load()
    if ontology.is_kind(kind):
        return ontology.label(ontology.kind(kind))
    return ontology.label(ontology.cls(kind)) if ontology.has_class(kind) else kind


@cache
def kind_meaning(kind: str) -> str:
    """What a kind of claim means, in a sentence; empty where nobody says."""
    ontology = Ontology.load()
    return ontology.definition(ontology.kind(kind)) if ontology.is_kind(kind) else ""
