"""Messages between the server and its workers: pickles, each after its length, on a socket."""

import pickle
import struct
from asyncio import StreamReader
from collections.abc import Callable
from dataclasses import dataclass
from socket import socket
from typing import Any, Final

_LENGTH: Final = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is to do.

    Attributes:
        function: a function at the top level of a module; it gets the store, then the sink if there is one, then
            the arguments.
        args: its arguments.
        options: its keyword arguments.
        generation: of the store's content; a worker that has seen another one opens the store anew.
        spool: file for what the function writes and a message cannot hold; None where it gets no sink.
        limit: bytes that it may write.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    options: dict[str, Any]
    generation: int
    spool: str | None = None
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it.

    Attributes:
        value: what the function returned.
        body: what it wrote; None where that is in the file.
        size: length of what it wrote.
        error: what it raised instead.
    """

    value: Any = None
    body: bytes | None = None
    size: int = 0
    error: Exception | None = None


def packed(message: object) -> bytes:
    """A message as it travels."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


async def received(reader: StreamReader) -> Any:
    """The next message.

    Raises:
        asyncio.IncompleteReadError: the other end is gone.
    """
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return pickle.loads(await reader.readexactly(length))


def receive(source: socket) -> Any:
    """The next message; None when the other end is gone."""
    head = _exactly(source, _LENGTH.size)
    content = _exactly(source, *_LENGTH.unpack(head)) if head else b""
    return pickle.loads(content) if content else None


def _exactly(source: socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        block = source.recv(min(size - len(content), 1 << 20))
        if not block:
            return b""
        content += block
    return bytes(content)
