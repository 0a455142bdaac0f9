"""The SPARQL 1.1 Protocol at ``/sparql``."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.iris import is_absolute
from kg.store.confinement import confined
from kg.web import bodies, changing
from kg.web.answering import DataSet, Wanted, answer
from kg.web.answers import is_lasting
from kg.web.dataset import with_data_set
from kg.web.description import description
from kg.web.guard import check_writer
from kg.web.negotiation import RESULTS, TRIPLES, content_type, negotiate
from kg.web.state import State

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = {"application/sparql-query": "query", "application/sparql-update": "update"}
#: Parameters that name graphs.
_DATASET: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_VARY: Final = {"Vary": "Accept"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for.

    Attributes:
        kind: ``query``, ``update`` or ``description``.
        text: SPARQL.
        dataset: the graphs that the request names.
    """

    kind: str
    text: str = ""
    dataset: DataSet = field(default_factory=DataSet)


def routes(state: State) -> list[BaseRoute]:
    """The endpoint, with and without a slash at its end."""

    async def endpoint(request: Request) -> Response:
        kept = state.answers.get(_key(request), state.readers.generation)
        if kept is not None:
            return kept
        operation = await _operation(request, state.settings.max_body)
        match operation.kind:
            case "query":
                return await _query(request, state, operation)
            case "update":
                return await _update(request, state, operation)
        return await description(request, state)

    methods = ["GET", "POST"]
    return [Route(path, endpoint, methods=methods) for path in ("/sparql", "/sparql/")]


def _key(request: Request, operation: Operation | None = None) -> Hashable:
    """All of a request that its answer depends on, but the store."""
    headers = request.headers
    place = (request.scope["path"], headers.get("host"), headers.get("accept"))
    return (*place, operation or request.scope["query_string"])


async def _query(request: Request, state: State, operation: Operation) -> Response:
    key = _key(request, operation if request.method == "POST" else None)
    generation = state.readers.generation
    kept = state.answers.get(key, generation)
    if kept is not None:
        return kept
    wanted = _wanted(request.headers.get("accept"))
    text = operation.text if state.settings.allow_federation else confined(operation.text)
    work = state.readers.write(answer, text, operation.dataset, wanted, _base(request))
    written = await bodies.while_connected(request, work)
    if written.value is None:
        raise HTTPException(406, f"answers to queries come as {_names(RESULTS)} or {_names(TRIPLES)}", _VARY)
    response = bodies.response(written, content_type(written.value), _VARY)
    if is_lasting(text):
        state.answers.put(key, generation, response)
    return response


@lru_cache(256)
def _wanted(header: str | None) -> Wanted:
    """Formats that an ``Accept`` header asks for."""
    return Wanted(_format(header, RESULTS), _format(header, TRIPLES))


async def _update(request: Request, state: State, operation: Operation) -> Response:
    check_writer(request, state.settings)
    text = with_data_set(operation.text, operation.dataset)
    if not state.settings.allow_federation:
        text = confined(text, update=True)
    await state.change(changing.update, text, _base(request))
    return Response(status_code=204)


def _base(request: Request) -> str:
    """What relative IRIs are relative to: the endpoint."""
    return f"{request.scope['scheme']}://{request.headers.get('host', '')}{request.scope['path']}"


def _format(header: str | None, formats: dict[str, tuple[str, ...]]) -> tuple[str, str] | None:
    try:
        return negotiate(header, formats)
    except HTTPException:
        return None


def _names(formats: dict[str, tuple[str, ...]]) -> str:
    return ", ".join(names[0] for names in formats.values())


async def _operation(request: Request, limit: int) -> Operation:
    """Read a request.

    Raises:
        HTTPException: it is none of the protocol.
    """
    parameters = _parameters(request.scope["query_string"])
    if request.method != "POST":
        if any(name == "update" for name, _ in parameters):
            raise HTTPException(400, "updates are sent by POST")
        return _from(parameters)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == _FORM:
        body = await bodies.read(request, limit)
        return _from([*parameters, *_parameters(body)], posted=True)
    if media not in _DIRECT:
        known = ", ".join((_FORM, *_DIRECT))
        raise HTTPException(415, f"a POST request to this place is one of {known}, not {media or 'without a type'}")
    if any(name in ("query", "update") for name, _ in parameters):
        raise HTTPException(400, "the body is the request already; its URL cannot hold another")
    text = _decoded(await bodies.read(request, limit))
    return _from([*parameters, (_DIRECT[media], text)], posted=True)


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error.reason}") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error.reason} at byte {error.start}") from error


def _from(parameters: Iterable[tuple[str, str]], *, posted: bool = False) -> Operation:
    """The operation that parameters make.

    >>> _from([("query", "ASK {}"), ("default-graph-uri", "http://a")]).dataset
    DataSet(default=('http://a',), named=())
    """
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    kinds = [kind for kind in ("query", "update") if kind in values]
    if not kinds and not posted:
        return Operation("description")
    if len(kinds) != 1 or len(values[kinds[0]]) != 1:
        raise HTTPException(400, "a request has exactly one query or update")
    default, named = (tuple(values.get(name, ())) for name in _DATASET[kinds[0]])
    for iri in (*default, *named):
        if not is_absolute(iri):
            raise HTTPException(400, f"{iri!r} is no IRI of a graph")
    return Operation(kinds[0], values[kinds[0]][0], DataSet(default, named))
