"""Writing files so that no half-written one ever stands under its final name."""

import errno
import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import UsageError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def atomic_write(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file for writing bytes; it appears under its name only when all is written.

    A temporary file beside it is renamed at the end and removed after an error, so what stood there before stays
    until then. ``-`` is standard output; a device or a pipe is written directly. What ends in ``.gz`` is packed.

    Args:
        path: the file, or ``-``.

    Raises:
        UsageError: where it cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        special = target.exists() and not target.is_file()
        stream, written = _open_special(target) if special else _open_beside(target)
    except OSError as error:
        raise _unwritable(path, error, "name a file in a folder that you can write to") from error
    try:
        with stream:
            if target.suffix == ".gz":  # no name and time inside: the same content, the same bytes
                with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6) as packed:
                    yield cast(BinaryIO, packed)
            else:
                yield stream
            if written != target:
                stream.flush()
                os.fsync(stream.fileno())
        if written != target:
            written.replace(target)
    except BaseException as error:
        if written != target:
            with suppress(OSError):
                written.unlink()
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise _unwritable(path, error, "make room and run again") from error
        raise


def _open_special(target: Path) -> tuple[BinaryIO, Path]:
    return target.open("wb"), target


def _open_beside(target: Path) -> tuple[BinaryIO, Path]:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    os.chmod(name, mode)  # mkstemp makes it private
    return os.fdopen(descriptor, "wb"), Path(name)


def _unwritable(path: str | Path, error: OSError, hint: str) -> UsageError:
    return UsageError(f"cannot write {path}: {error.strerror}", hint=hint)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
