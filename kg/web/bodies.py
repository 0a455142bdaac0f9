"""Bodies of requests and answers: read up to a limit, sent from memory or from a file."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import IO, Any, Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.web.readers import Written
from kg.web.settings import MEGABYTE

_T = TypeVar("_T")

_BLOCK: Final = 1 << 18
#: Seconds after which it is worth looking whether the client is still there.
_QUICK: Final = 0.25


async def read(request: Request, megabytes: int) -> bytes:
    """The body of a request.

    Raises:
        HTTPException: 413 if it is too long.
    """
    too_long = HTTPException(413, f"the request is longer than {megabytes} MB (start the server with --max-body)")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > megabytes * MEGABYTE:
        raise too_long
    content = bytearray()
    async for block in request.stream():
        content += block
        if len(content) > megabytes * MEGABYTE:
            raise too_long
    return bytes(content)


def response(written: Written[Any], media: str, headers: Mapping[str, str] | None = None) -> Response:
    """What a worker wrote, as an answer."""
    sent = {"Content-Type": media, **(headers or {})}
    if written.body is not None:
        return Response(written.body, headers=sent)
    stream = written.path.open("rb")
    written.path.unlink()
    return StreamingResponse(_blocks(stream), headers=sent | {"Content-Length": str(written.size)})


async def _blocks(stream: IO[bytes]) -> AsyncIterator[bytes]:
    with stream:
        while block := await asyncio.to_thread(stream.read, _BLOCK):
            yield block


async def while_connected(request: Request, work: Awaitable[_T]) -> _T:
    """Do the work, but only as long as somebody waits for it.

    Args:
        request: whose body has been read.
        work: ends with its worker when it is cancelled.

    Raises:
        HTTPException: 499 if the client went away; it will not see it.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait([task], timeout=_QUICK)
        if not done:
            gone = asyncio.ensure_future(_gone(request))
            try:
                await asyncio.wait([task, gone], return_when=asyncio.FIRST_COMPLETED)
            finally:
                gone.cancel()
        if not task.done():
            raise HTTPException(499, "the client went away")
        return task.result()
    finally:
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
