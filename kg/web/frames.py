"""Messages between the server and its workers: pickles, each after its length, on a socket."""

import pickle
import struct
from collections.abc import Callable, Mapping
from socket import socket
from typing import Any, Final, NamedTuple

_LENGTH: Final = struct.Struct("!Q")
_BLOCK: Final = 1 << 18


class Task(NamedTuple):
    """What a worker is to do.

    Attributes:
        function: a function at the top level of a module; it gets the store, then the sink if there is one, then
            the arguments.
        args: its arguments.
        options: its keyword arguments.
        generation: of the store's content; a worker that has seen another one opens the store anew.
        spool: file for what the function writes and a message cannot hold; empty where it gets no sink.
        limit: bytes that it may write.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    options: Mapping[str, Any]
    generation: int
    spool: str = ""
    limit: int = 0


class Reply(NamedTuple):
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


class Unpacker:
    r"""Puts messages together from the blocks in which they arrive.

    >>> unpacker = Unpacker()
    >>> [unpacker.take(block) for block in (packed("a")[:9], packed("a")[9:])]
    [None, 'a']
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def take(self, block: bytes) -> Any:
        """The message that a block completes; None where there is more to come.

        Messages alternate between the two ends, so that nothing follows one before it is answered.
        """
        buffer = self._buffer
        buffer += block
        if len(buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(buffer)
        if len(buffer) < _LENGTH.size + length:
            return None
        message = pickle.loads(memoryview(buffer)[_LENGTH.size :])
        self._buffer = bytearray()
        return message


def receive(source: socket, unpacker: Unpacker) -> Any:
    """The next message; None when the other end is gone."""
    while block := source.recv(_BLOCK):
        message = unpacker.take(block)
        if message is not None:
            return message
    return None
