"""Worker processes over a store, each request with a deadline.

A running query cannot be stopped, but the process that runs it can: at the deadline it is killed and replaced, and the
others go on meanwhile.
"""

import asyncio
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Concatenate, Final, Generic, ParamSpec, TypeVar

from kg.errors import KgError, ServiceError, StoreError
from kg.web.frames import Reply, Task, packed, received
from kg.web.settings import MEGABYTE, Settings
from kg.web.worker import MemoryLimitError

if TYPE_CHECKING:
    from kg.queries import Answer
    from kg.store.embedded import EmbeddedStore

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LOG: Final = logging.getLogger(__name__)
#: Seconds between two looks at whether another process has changed the store.
_LOOK: Final = 1.0
#: Seconds before a worker that could not start is tried again.
_AGAIN: Final = 1.0


class TimeLimitError(ServiceError):
    """A request that takes longer than it may."""


class BusyError(ServiceError):
    """All workers are busy."""


class WorkerError(RuntimeError):
    """A defect: what a worker ran raised something unforeseen."""


@dataclass(frozen=True, slots=True)
class Written(Generic[_T]):
    """What a function wrote.

    Attributes:
        value: what it returned.
        body: the bytes; None where a file holds them.
        path: the file, which whoever takes this removes.
        size: how many bytes.
    """

    value: _T
    body: bytes | None
    path: Path
    size: int


class _Process:
    """A worker process and the socket to it."""

    def __init__(self, settings: Settings, *, writable: bool, generation: int) -> None:
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
        ours.setblocking(False)
        self._socket = ours
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ready(self) -> None:
        """Wait until it takes tasks.

        Raises:
            KgError: it cannot open the store.
        """
        self._streams = await asyncio.open_connection(sock=self._socket, limit=2 * MEGABYTE)
        try:
            reply: Reply = await received(self._streams[0])
        except asyncio.IncompleteReadError as error:
            raise StoreError("a worker process ended before it was ready", hint="give it more with --memory") from error
        if reply.error:
            raise reply.error

    async def run(self, task: Task) -> Reply:
        """Have it do a task.

        Raises:
            asyncio.IncompleteReadError: it ended.
        """
        assert self._streams is not None
        reader, writer = self._streams
        writer.write(packed(task))
        await writer.drain()
        reply: Reply = await received(reader)
        return reply

    async def end(self) -> int:
        """Kill it; the signal that ended it, or its exit status."""
        self._popen.kill()
        if self._streams is not None:
            self._streams[1].close()
        return await asyncio.to_thread(self._popen.wait)


class Readers:
    """Worker processes over a store.

    Args:
        settings: what the server was told.
        writable: whether they may change the store; then there is one.
    """

    def __init__(self, settings: Settings, *, writable: bool = False) -> None:
        self.settings: Final = settings
        self._writable: Final = writable
        self._count: Final = 1 if writable else settings.workers
        self._idle: asyncio.LifoQueue[_Process] = asyncio.LifoQueue()
        self._all: set[_Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._generation = 1
        self._looked, self._stamp = 0.0, ""
        self._spool = Path()
        self._number = 0

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        """Start the processes.

        Raises:
            StoreError: the store cannot be opened.
        """
        self._spool = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self._stamp = _stamp(self.settings.store)
        await asyncio.gather(*(self._started() for _ in range(self._count)))

    async def stop(self) -> None:
        """End them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(process.end() for process in self._all))
        self._all.clear()
        shutil.rmtree(self._spool, ignore_errors=True)

    async def _started(self) -> None:
        process = _Process(self.settings, writable=self._writable, generation=self.generation)
        self._all.add(process)
        try:
            await process.ready()
        except BaseException:
            await self._gone(process)
            raise
        self._idle.put_nowait(process)

    async def _gone(self, process: _Process) -> int:
        self._all.discard(process)
        return await process.end()

    async def _replaced(self) -> None:
        """Start another process in the place of one that ended."""
        while True:
            try:
                await self._started()
            except KgError as error:
                _LOG.error("%s", error)
                await asyncio.sleep(_AGAIN)
            else:
                return

    def renew(self) -> None:
        """Have every process see what has been written by now."""
        self._generation += 1

    @property
    def generation(self) -> int:
        """Number of the store's content as readers see it from now on; whoever keeps answers keeps it with them.

        Where this server may write, nobody else can; else others may at any time.
        """
        now = monotonic()
        if not self.settings.writable and now - self._looked > _LOOK:
            self._looked = now
            stamp = _stamp(self.settings.store)
            if stamp != self._stamp:
                self._stamp = stamp
                self.renew()
        return self._generation

    # ------------------------------------------------------------ work

    async def query(self, text: str) -> "Answer":
        """Answer a SPARQL query as `kg.queries.query` does."""
        from kg.queries.answers import run

        return await self.call(run, text)

    async def call(
        self, function: "Callable[Concatenate[EmbeddedStore, _P], _T]", /, *args: _P.args, **options: _P.kwargs
    ) -> _T:
        """Run a function over the store.

        Args:
            function: one at the top level of a module; its first argument is the store, open for reading.
            args: its other arguments; they and what it returns are pickled.
            options: its keyword arguments.

        Raises:
            TimeLimitError: it took too long.
            MemoryLimitError: it took too much memory.
            BusyError: no worker became free in time.
            KgError: what the function raises.
        """
        reply = await self._done(Task(function, args, options, self.generation))
        value: _T = reply.value
        return value

    async def write(
        self,
        function: "Callable[Concatenate[EmbeddedStore, BinaryIO, _P], _T]",
        /,
        *args: _P.args,
        **options: _P.kwargs,
    ) -> Written[_T]:
        """Run a function that writes bytes: its second argument takes them.

        Raises:
            ResultLimitError: it wrote too much.
            KgError: as in `call`.
        """
        self._number += 1
        path = self._spool / str(self._number)
        limit = self.settings.max_result * MEGABYTE
        try:
            reply = await self._done(Task(function, args, options, self.generation, str(path), limit))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Written(reply.value, reply.body, path, reply.size)

    async def _done(self, task: Task) -> Reply:
        """Do a task; whatever becomes of it, a worker is there for the next."""
        deadline = monotonic() + self.settings.timeout
        process = await self._free(deadline)
        finished = False
        try:
            with self._limits():
                async with asyncio.timeout(max(deadline - monotonic(), self.settings.timeout / 2)):
                    reply = await process.run(task)
            finished = True
        finally:
            if finished:
                self._idle.put_nowait(process)
            else:
                self._replace(process)
        if isinstance(reply.error, KgError):
            raise reply.error
        if reply.error is not None:
            raise WorkerError(str(reply.error)) from reply.error
        return reply

    async def _free(self, deadline: float) -> _Process:
        try:
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + deadline - monotonic()):
                return await self._idle.get()
        except TimeoutError as error:
            hint = "try again, or start the server with more --workers"
            raise BusyError(f"all {self._count} workers are busy", hint=hint) from error

    @contextmanager
    def _limits(self) -> Iterator[None]:
        """Put what ended a worker into words."""
        try:
            yield
        except TimeoutError as error:
            limit = f"{self.settings.timeout:g} s"
            hint = "narrow it, or start the server with a larger --timeout"
            raise TimeLimitError(f"the request took longer than the limit of {limit}", hint=hint) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            limit = f"{self.settings.memory} MB"
            hint = "narrow it, or start the server with a larger --memory"
            raise MemoryLimitError(f"the request took more memory than the limit of {limit}", hint=hint) from error

    def _replace(self, process: _Process) -> None:
        async def replace() -> None:
            status = await self._gone(process)
            if status not in (-signal.SIGKILL, -signal.SIGABRT):
                _LOG.error("a worker ended with %s", status)
            await self._replaced()

        task = asyncio.get_running_loop().create_task(replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _environment() -> dict[str, str]:
    """The environment, with this very package first on the path."""
    paths = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "MALLOC_ARENA_MAX": "2"}


def _stamp(folder: Path) -> str:
    """What changes whenever a store's content does: sizes and times of its log and list of files."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".log") or entry.name.startswith(("MANIFEST", "CURRENT")):
                with suppress(OSError):
                    status = entry.stat()
                    found.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(sorted(found))
