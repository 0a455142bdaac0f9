"""Bodies of requests and answers: read up to a limit, sent from memory or from a file."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Mapping
from pathlib import Path
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
    stream = Path(written.path).open("rb")  # noqa: SIM115 -- it is closed when all has been sent
    os.unlink(written.path)
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
    watch = _Watch(request, asyncio.current_task())
    later = asyncio.get_running_loop().call_later(_QUICK, watch.begin)
    try:
        return await work
    except asyncio.CancelledError:
        if watch.gone:
            raise HTTPException(499, "the client went away") from None
        raise
    finally:
        later.cancel()
        watch.end()


class _Watch:
    """Cancels what is done for a client when it goes away.

    Args:
        request: the client's.
        doing: what is done for it.
    """

    def __init__(self, request: Request, doing: "asyncio.Task[Any] | None") -> None:
        self._request = request
        self._doing = doing
        self._watching: asyncio.Task[None] | None = None
        self.gone = False

    def begin(self) -> None:
        """Look out."""
        self._watching = asyncio.get_running_loop().create_task(self._wait())

    def end(self) -> None:
        """Look no more."""
        if self._watching is not None:
            self._watching.cancel()

    async def _wait(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self._doing is not None:
            self._doing.cancel()
