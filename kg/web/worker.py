"""A worker process: opens a store and does what it is told, one task after the other.

It ends with the server, whatever way that ends, and when it takes more memory than it may.
"""

import os
import resource
import select
import signal
import sys
from contextlib import suppress
from io import BytesIO, RawIOBase
from pathlib import Path
from socket import socket
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from kg.errors import KgError, ServiceError, StoreError
from kg.web.frames import Reply, Task, Unpacker, packed, receive

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from kg.store.embedded import EmbeddedStore

#: Bytes of an answer that travel in a message; longer ones go to a file.
INLINE: Final = 1 << 20


class ResultLimitError(ServiceError):
    """An answer longer than the server sends."""


class MemoryLimitError(ServiceError):
    """A request that takes more memory than it may."""


class Sink(RawIOBase):
    """Takes what a task writes: a little in memory, more in a file, and not more than a limit.

    Args:
        path: the file.
        limit: bytes.
    """

    def __init__(self, path: str, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._stream: IO[bytes] = BytesIO()
        self.size = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Take bytes.

        Raises:
            ResultLimitError: they are too many.
        """
        length = memoryview(data).nbytes
        self.size += length
        if self.size > self._limit:
            most = self._limit >> 20
            hint = "ask for less, with LIMIT say, or start the server with a larger --max-result"
            raise ResultLimitError(f"the answer is longer than {most} MB", hint=hint)
        if self.size > INLINE and isinstance(self._stream, BytesIO):
            start, self._stream = self._stream.getvalue(), Path(self._path).open("wb")  # noqa: SIM115 -- see finish
            self._stream.write(start)
        self._stream.write(data)
        return length

    def finish(self) -> bytes | None:
        """What was written; None where the file holds it."""
        if isinstance(self._stream, BytesIO):
            return self._stream.getvalue()
        self._stream.close()
        return None


class Worker:
    """Runs tasks over a store.

    Args:
        folder: the store's.
        writable: whether tasks may change it.
        generation: of the store's content now.
    """

    def __init__(self, folder: str, *, writable: bool, generation: int) -> None:
        self._folder = folder
        self._writable = writable
        self._generation = generation
        self._store = self._open()

    def run(self, task: Task) -> Reply:
        """Do a task, on the store's newest state."""
        try:
            if task.generation != self._generation and not self._writable:
                self._reopen(task.generation)
            try:
                return self._run(task)
            except Exception as error:
                if self._writable or not _outdated(error):
                    raise
                self._reopen(task.generation)
                return self._run(task)
        except MemoryError:
            return Reply(error=MemoryLimitError("the request takes more memory than it may"))
        except KgError as error:
            return Reply(error=error)
        except OSError as error:
            return Reply(error=StoreError(f"the store {self._folder} cannot be used: {error}"))
        except Exception as error:  # noqa: BLE001 -- it is raised anew in the server, which logs it
            return Reply(error=_plain(error))

    def _run(self, task: Task) -> Reply:
        if not task.spool:
            return Reply(task.function(self._store, *task.args, **task.options))
        sink = Sink(task.spool, task.limit)
        value = task.function(self._store, cast(BinaryIO, sink), *task.args, **task.options)
        return Reply(value, sink.finish(), sink.size)

    def _open(self) -> "EmbeddedStore":
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore(self._folder, read_only=not self._writable)

    def _reopen(self, generation: int) -> None:
        self._store.close()  # two open at a time would take twice the memory
        self._store = self._open()
        self._generation = generation


def _outdated(error: Exception) -> bool:
    """Whether a writer has merged away a file that this opening had yet to open."""
    return ".sst" in str(error) and "No such file" in str(error)


def _plain(error: Exception) -> Exception:
    """An error that can travel, with where it came from as a note."""
    import traceback

    where = "".join(traceback.format_exception(error))
    told = RuntimeError(f"{type(error).__name__}: {error}")
    told.add_note(where)
    return told


def _limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now; what is only set aside does not count."""
    statistics = Path("/proc/self/statm")
    pages = int(statistics.read_text().split()[5]) if statistics.exists() else 0
    most = pages * resource.getpagesize() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with(server: socket) -> None:
    """End this process when the server is gone, also in the middle of a query."""
    poll = select.poll()
    poll.register(server, 0)  # hang-ups are always told
    poll.poll()
    os._exit(0)


def main(descriptor: int, folder: str, *, writable: bool, memory: int, generation: int) -> None:
    """Serve tasks until the server ends.

    Args:
        descriptor: of the socket on which tasks come.
        folder: the store's.
        writable: whether tasks may change it.
        memory: megabytes for a task; 0 for as many as there are.
        generation: of the store's content now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's matter
    with socket(fileno=descriptor) as server, suppress(BrokenPipeError, ConnectionResetError):
        try:
            worker = Worker(folder, writable=writable, generation=generation)
        except KgError as error:
            server.sendall(packed(Reply(error=error)))
            return
        Thread(target=_end_with, args=(server,), daemon=True).start()
        if memory:
            _limit_memory(memory)
        server.sendall(packed(Reply()))
        unpacker = Unpacker()
        while (task := receive(server, unpacker)) is not None:
            reply: Any = worker.run(task)
            try:
                message = packed(reply)
            except Exception as error:  # noqa: BLE001 -- what cannot be sent is told
                message = packed(Reply(error=_plain(error)))
            server.sendall(message)


if __name__ == "__main__":
    _, socket_number, store, mode, limit, number = sys.argv
    main(int(socket_number), store, writable=mode == "write", memory=int(limit), generation=int(number))
