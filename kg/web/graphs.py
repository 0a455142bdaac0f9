"""The SPARQL 1.1 Graph Store HTTP Protocol at ``/store``, and directly at every path below it."""

import gzip
import zlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Final
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.iris import is_absolute
from kg.rdffiles import SUFFIXES
from kg.web import bodies, changing
from kg.web.changing import Body
from kg.web.guard import check_writer
from kg.web.negotiation import DATA_SETS, TRIPLES, content_type, format_of_media, negotiate
from kg.web.reading import exists, read_all, read_graph
from kg.web.settings import MEGABYTE
from kg.web.state import State

_VARY: Final = {"Vary": "Accept"}
_METHODS: Final = ["GET", "PUT", "POST", "DELETE"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about.

    Attributes:
        graph: IRI of a graph; empty for the default graph, None for the whole store.
        base: what relative IRIs in bodies are relative to.
    """

    graph: str | None
    base: str


def routes(state: State) -> list[BaseRoute]:
    """The store, and every path below it as a graph."""

    async def endpoint(request: Request) -> Response:
        target = _target(request)
        if request.method in ("GET", "HEAD"):
            return await _get(request, state, target)
        check_writer(request, state.settings)
        if request.method == "DELETE":
            return await _delete(state, target)
        return await _take(request, state, target)

    return [Route(path, endpoint, methods=_METHODS) for path in ("/store", "/store/{path:path}")]


def _target(request: Request) -> Target:
    """What a request is about.

    Raises:
        HTTPException: it names no graph, or several.
    """
    url = str(request.url.replace(query="", fragment=""))
    named = parse_qsl(request.url.query, keep_blank_values=True)
    names = [value for name, value in named if name == "graph"]
    default = any(name == "default" for name, _ in named)
    below = bool(request.path_params.get("path"))
    if len(names) + default + below > 1:
        raise HTTPException(400, "a request names one graph: by ?graph=IRI, by ?default or by its path")
    if names and not is_absolute(names[0]):
        raise HTTPException(400, f"{names[0]!r} is no IRI of a graph")
    if below:
        return Target(url, url)
    if names:
        return Target(names[0], names[0])
    return Target("" if default else None, url)


# ---------------------------------------------------------------- reading


async def _get(request: Request, state: State, target: Target) -> Response:
    formats = TRIPLES if target.graph is not None else DATA_SETS
    form, media = negotiate(request.headers.get("accept"), formats)
    readers = state.readers
    if target.graph and not await readers.call(exists, target.graph):
        raise HTTPException(404, f"there is no graph <{target.graph}>")
    if request.method == "HEAD":
        return Response(headers={"Content-Type": content_type(media), **_VARY})
    graph = target.graph
    work = readers.write(read_all, form) if graph is None else readers.write(read_graph, graph, form)
    return bodies.response(await bodies.while_connected(request, work), content_type(media), _VARY)


# ---------------------------------------------------------------- writing


async def _delete(state: State, target: Target) -> Response:
    if not await state.change(changing.delete, target.graph):
        raise HTTPException(404, f"there is no graph <{target.graph}>")
    return Response(status_code=204)


async def _take(request: Request, state: State, target: Target) -> Response:
    sent = await _sent(request, state.settings.max_body, target)
    if target.graph is not None:
        function = changing.put if request.method == "PUT" else changing.post
        new = await state.change(function, target.graph, sent)
        return Response(status_code=201 if new else 204)
    if request.method == "PUT":
        await state.change(changing.replace_all, sent)
        return Response(status_code=204)
    if any(body.form in DATA_SETS for body in sent):
        await state.change(changing.post, "", sent)
        return Response(status_code=204)
    graph = f"{target.base.rstrip('/')}/{uuid4().hex}"
    await state.change(changing.post, graph, sent)
    return Response(status_code=201, headers={"Location": graph})


async def _sent(request: Request, megabytes: int, target: Target) -> list[Body]:
    """RDF in a request: its body, or the files of a form."""
    content = _unpacked(await bodies.read(request, megabytes), request.headers, megabytes)
    whole = target.graph is None
    media = request.headers.get("content-type", "")
    if media.partition(";")[0].strip().lower() == "multipart/form-data":
        return [Body(part, form, target.base, whole) for part, form in await _parts(request.headers, content)]
    form = format_of_media(media)
    if form is None:
        raise _unsupported(media)
    return [Body(content, form, target.base, whole)]


async def _parts(headers: Headers, content: bytes) -> list[tuple[bytes, str]]:
    """Content and format of each file in a form."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield content

    try:
        fields = await MultiPartParser(headers, stream()).parse()
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400, f"the form cannot be read: {error}") from error
    found = []
    for _, part in fields.multi_items():
        if not isinstance(part, UploadFile):
            raise HTTPException(400, "each part of the form has to be a file")
        form = format_of_media(part.content_type) or SUFFIXES.get(PurePath(part.filename or "").suffix.lower())
        if form is None:
            raise _unsupported(part.content_type or "")
        found.append((await part.read(), form))
        await part.close()
    return found


def _unsupported(media: str) -> HTTPException:
    known = ", ".join(names[0] for names in TRIPLES.values())
    return HTTPException(415, f"a graph comes as {known}, not {media or 'without a type'}")


def _unpacked(content: bytes, headers: Headers, megabytes: int) -> bytes:
    """A body without the packing that its headers tell of.

    Raises:
        HTTPException: 415 for another packing than gzip, 413 if it is too long, 400 if it is broken.
    """
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing == "identity":
        return content
    if packing not in ("gzip", "x-gzip"):
        raise HTTPException(415, f"a body may be packed by gzip, not {packing}")
    try:
        with gzip.open(BytesIO(content)) as stream:
            unpacked = stream.read(megabytes * MEGABYTE + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise HTTPException(400, f"the gzip is broken: {error}") from error
    if len(unpacked) > megabytes * MEGABYTE:
        raise HTTPException(413, f"the request is longer than {megabytes} MB (start the server with --max-body)")
    return unpacked
