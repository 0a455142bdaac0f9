"""Worker processes over a store, each request with a deadline.

A running query cannot be stopped, but the process that runs it can: at the deadline it is killed and replaced, and the
others go on meanwhile.
"""

import asyncio
import logging
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Concatenate, Final, Generic, ParamSpec, TypeVar

from kg.errors import KgError, ServiceError
from kg.web.frames import Reply, Task
from kg.web.processes import OUT_OF_MEMORY, EndedError, Process
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
    path: str
    size: int


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
        self._idle: list[Process] = []
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._generation = 1
        self._looked, self._stamp = 0.0, ""
        self._spool = ""
        self._number = 0

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        """Start the processes.

        Raises:
            StoreError: the store cannot be opened.
        """
        self._spool = tempfile.mkdtemp(prefix="kg-serve-")
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
        process = Process(
            self.settings, writable=self._writable, generation=self.generation, on_end=self._replace_later
        )
        self._all.add(process)
        try:
            await process.ready()
        except BaseException:
            await self._gone(process)
            raise
        self._release(process)

    async def _gone(self, process: Process) -> int:
        self._all.discard(process)
        return await process.end()

    def _replace_later(self, process: Process) -> None:
        """Start another process in the place of one that ended or has to."""
        if process in self._idle:
            self._idle.remove(process)
        task = asyncio.get_running_loop().create_task(self._replace(process))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, process: Process) -> None:
        await self._gone(process)
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
        path = f"{self._spool}/{self._number}"
        limit = self.settings.max_result * MEGABYTE
        try:
            reply = await self._done(Task(function, args, options, self.generation, path, limit))
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(path)
            raise
        return Written(reply.value, reply.body, path, reply.size)

    async def _done(self, task: Task) -> Reply:
        """Do a task; whatever becomes of it, a worker is there for the next."""
        process = self._idle.pop() if self._idle else await self._free()
        try:
            reply = await process.run(task, self.settings.timeout)
        except TimeoutError as error:
            self._replace_later(process)
            limit = f"{self.settings.timeout:g} s"
            hint = "narrow it, or start the server with a larger --timeout"
            raise TimeLimitError(f"the request took longer than the limit of {limit}", hint=hint) from error
        except EndedError as error:
            self._replace_later(process)
            raise await self._reason(process) from error
        except BaseException:
            self._replace_later(process)  # nobody waits for it any more
            raise
        self._release(process)
        if isinstance(reply.error, KgError):
            raise reply.error
        if reply.error is not None:
            raise WorkerError(str(reply.error)) from reply.error
        return reply

    async def _reason(self, process: Process) -> Exception:
        """Why a process ended in the middle of a task."""
        status = await process.end()
        if status not in OUT_OF_MEMORY:
            return WorkerError(f"a worker ended with {status}")
        hint = "narrow it, or start the server with a larger --memory"
        return MemoryLimitError(f"the request took more memory than the limit of {self.settings.memory} MB", hint=hint)

    def _release(self, process: Process) -> None:
        """Let the next task have a process."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(process)
                return
        self._idle.append(process)

    async def _free(self) -> Process:
        """The next process that becomes free."""
        turn: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.settings.timeout):
                return await turn
        except TimeoutError as error:
            if turn.done() and not turn.cancelled():
                return turn.result()
            hint = "try again, or start the server with more --workers"
            raise BusyError(f"all {self._count} workers are busy", hint=hint) from error
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release(turn.result())
            raise


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
