"""Linked data: what the graph's IRIs answer.

``/id/state/UKR`` is a thing and cannot be sent; it answers with 303 and where to read of it: a page for people at
``/page/state/UKR``, a document for programs at ``/data/state/UKR.ttl`` and the like. Whatever the base of the graph's
IRIs is, what follows it follows ``/id/`` here.
"""

from collections.abc import Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.iris import is_absolute
from kg.web import bodies
from kg.web.describing import describe, known
from kg.web.negotiation import TRIPLES, choose, content_type, negotiate
from kg.web.state import State

#: Suffixes of documents, by the words of ``kg export``; the first of each is the one that links use.
SUFFIXES: Final = {"ttl": "ttl", "jsonld": "jsonld", "nt": "nt", "rdf": "rdfxml", "trig": "trig", "nq": "nq"}
_ALIASES: Final = {"json": "jsonld", "xml": "rdfxml", "owl": "rdfxml"}
_SUFFIX_OF: Final = {form: suffix for suffix, form in SUFFIXES.items()}
_PAGE: Final = "text/html"


def routes(state: State, *, pages: bool) -> list[BaseRoute]:
    """Things and documents about them.

    Args:
        state: what requests share.
        pages: whether there are pages about things, at ``/page/...``.
    """

    async def thing(request: Request) -> Response:
        path = _path(request, "/id/")
        stem, form = _parted(path)
        for name, wanted in ((path, None), (stem, form)):
            found = await state.readers.call(known, await _candidates(request, state, name))
            if name and found is not None:
                return _see_other(request, name, wanted, pages=pages)
        raise HTTPException(404, f"nothing is known of {path!r}")

    async def document(request: Request) -> Response:
        return await _document(request, state, _path(request, "/data/"))

    return [Route("/id/{path:path}", thing), Route("/data/{path:path}", document)]


def _path(request: Request, prefix: str) -> str:
    """What follows a prefix in the path of a request, as it was sent."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii", "replace").removeprefix(prefix)


def _parted(path: str) -> tuple[str, str | None]:
    """A path without a suffix, and the format that the suffix says; None where it says none.

    >>> _parted("state/UKR.ttl"), _parted("document/a.b")
    (('state/UKR', 'ttl'), ('document/a.b', None))
    """
    stem, _, suffix = path.rpartition(".")
    form = SUFFIXES.get(suffix) or _ALIASES.get(suffix)
    return (stem, form) if stem and form else (path, None)


async def _candidates(request: Request, state: State, path: str) -> list[str]:
    """IRIs that a path may mean: on the base of the graph, or of the server."""
    found = (f"{await state.base()}{path}", f"{request.base_url}id/{path}")
    return [candidate for candidate in dict.fromkeys(found) if is_absolute(candidate)]


def alternates(path: str) -> list[tuple[str, str]]:
    """Place and media type of each document about the thing at a path.

    >>> alternates("state/UKR")[0]
    ('/data/state/UKR.ttl', 'text/turtle')
    """
    return [(f"/data/{path}.{suffix}", TRIPLES[form][0]) for suffix, form in SUFFIXES.items()]


def link_header(path: str) -> str:
    """The documents about a thing, as a ``Link`` header names them."""
    return ", ".join(f'<{place}>; rel="alternate"; type="{media}"' for place, media in alternates(path))


def _see_other(request: Request, path: str, form: str | None, *, pages: bool) -> Response:
    offers = {TRIPLES[known_form][0]: f"/data/{path}.{suffix}" for suffix, known_form in SUFFIXES.items()}
    if form is not None:
        place = f"/data/{path}.{_SUFFIX_OF[form]}"
    else:
        if pages:
            offers[_PAGE] = f"/page/{path}"
        place = offers[_chosen(request.headers.get("accept"), list(offers))]
    headers = {"Location": place, "Vary": "Accept", "Link": link_header(path)}
    return Response(status_code=303, headers=headers)


def _chosen(header: str | None, offers: Sequence[str]) -> str:
    media = choose(header, offers)
    if media is None:
        raise HTTPException(406, f"this can be read as {', '.join(offers)}", {"Vary": "Accept"})
    return media


async def _document(request: Request, state: State, path: str) -> Response:
    """What is known of a thing, in the format that the path says, else in one that the client likes."""
    base = await state.base()
    stem, form = _parted(path)
    if form is None:
        form, media = negotiate(request.headers.get("accept"), TRIPLES)
    else:
        media = "application/json" if path.endswith(".json") else TRIPLES[form][0]
    candidates = await _candidates(request, state, stem)
    written = await bodies.while_connected(request, state.readers.write(describe, candidates, form, base))
    if written.value is None:
        raise HTTPException(404, f"nothing is known of {stem!r}")
    headers = {"Link": f'<{written.value}>; rel="describes", {link_header(stem)}'}
    if stem == path:
        headers |= {"Vary": "Accept", "Content-Location": f"/data/{stem}.{_SUFFIX_OF[form]}"}
    return bodies.response(written, content_type(media), headers)
