"""A worker process as the server sees it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.web.frames import Reply, Task, Unpacker, packed
from kg.web.settings import Settings

#: What ends a worker that takes too much memory: itself, when it gets no more, or the system.
OUT_OF_MEMORY: Final = (-signal.SIGABRT, -signal.SIGKILL)
#: Seconds between the end of a process's socket and its own.
_PARTING: Final = 1.0


class EndedError(Exception):
    """The process ended before it replied."""


class Process(asyncio.Protocol):
    """A worker process and the socket to it.

    Args:
        settings: what the server was told.
        writable: whether the process may change the store.
        generation: of the store's content now.
        on_end: called when it ends while it has nothing to do.
    """

    def __init__(
        self, settings: Settings, *, writable: bool, generation: int, on_end: "Callable[[Process], None]"
    ) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "kg.web.worker", str(theirs.fileno()), os.fspath(settings.store)]
        command += ["write", "0"] if writable else ["read", str(settings.memory)]
        command.append(str(generation))
        with theirs:
            self._popen = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
            )
        self._socket = ours
        self._on_end = on_end
        self._unpacker = Unpacker()
        self._transport: asyncio.Transport | None = None
        self._reply: asyncio.Future[Reply] | None = None
        self._ended = self._lost = False

    async def ready(self) -> None:
        """Wait until it takes tasks.

        Raises:
            KgError: it cannot open the store.
        """
        loop = asyncio.get_running_loop()
        self._reply = loop.create_future()
        self._socket.setblocking(False)
        self._transport, _ = await loop.create_connection(lambda: self, sock=self._socket)
        try:
            reply = await self._reply
        except EndedError as error:
            raise StoreError("a worker process ended before it was ready", hint="give it more with --memory") from error
        if reply.error:
            raise reply.error

    async def run(self, task: Task, seconds: float) -> Reply:
        """Have it do a task.

        Args:
            task: what to do.
            seconds: how long that may take.

        Raises:
            TimeoutError: it takes longer.
            EndedError: the process ended.
        """
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        self._reply = reply
        self._transport.write(packed(task))
        deadline = loop.call_later(seconds, _expire, reply)
        try:
            return await reply
        finally:
            deadline.cancel()

    async def end(self) -> int:
        """Kill it where it has not ended by itself; the signal that ended it, or its exit status."""
        if self._lost:
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._popen.wait, _PARTING)
        self._ended = True
        self._popen.kill()
        if self._transport is None:
            self._socket.close()
        else:
            self._transport.close()
        return await asyncio.to_thread(self._popen.wait)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a reply."""
        reply = self._unpacker.take(data)
        if reply is not None and self._reply is not None:
            if not self._reply.done():
                self._reply.set_result(reply)
            self._reply = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits, or who keeps it, that it is gone."""
        self._lost = True
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(EndedError())
        elif not self._ended:
            self._on_end(self)


def _expire(reply: "asyncio.Future[Reply]") -> None:
    if not reply.done():
        reply.set_exception(TimeoutError())


def _environment() -> dict[str, str]:
    """The environment, with this very package first on the path."""
    paths = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "MALLOC_ARENA_MAX": "2"}
