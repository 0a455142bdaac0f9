"""Sorting more lines than memory holds."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO, Final

#: Bytes of lines that are sorted in memory at a time.
BUDGET: Final = 96 << 20

#: Runs that are merged at a time: each needs an open file and a buffer.
MERGED: Final = 64
_BUFFER: Final = 1 << 16

#: What Python keeps for a line beside its bytes.
_OVERHEAD: Final = 41


def sorted_lines(lines: Iterable[bytes], *, budget: int | None = None) -> Iterator[bytes]:
    r"""Each line once, in the order of its bytes, which for UTF-8 is the order of its characters.

    Lines beyond the budget (`BUDGET` bytes unless told otherwise) wait, sorted, in temporary files.

    >>> list(sorted_lines([b"b\n", b"a\n", b"b\n"], budget=1))
    [b'a\n', b'b\n']
    """
    limit = BUDGET if budget is None else budget
    with ExitStack() as stack:
        runs = _Runs(stack)
        batch: list[bytes] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line) + _OVERHEAD
            if size > limit:
                runs.add(_unique(batch))
                batch, size = [], 0
        last = _unique(batch)
        yield from _merged([*runs.left(), last]) if runs else last


class _Runs:
    """Sorted runs in temporary files; as many as are merged at a time become one of the next level.

    Args:
        stack: closes the files.
    """

    def __init__(self, stack: ExitStack) -> None:
        self._stack: Final = stack
        self._levels: list[list[IO[bytes]]] = []

    def add(self, lines: Iterable[bytes], level: int = 0) -> None:
        """Keep sorted lines."""
        if level == len(self._levels):
            self._levels.append([])
        run = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 -- the stack closes it
        self._stack.enter_context(run)
        run.writelines(lines)
        run.seek(0)
        runs = self._levels[level]
        runs.append(run)
        if len(runs) == MERGED:
            self.add(_merged(runs), level + 1)
            for merged in runs:
                merged.close()
            runs.clear()

    def left(self) -> list[IO[bytes]]:
        """Runs that are still to be merged."""
        return [run for runs in self._levels for run in runs]

    def __bool__(self) -> bool:
        return bool(self._levels)


def _merged(runs: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    return (line for line, _ in groupby(heapq.merge(*runs)))


def _unique(batch: list[bytes]) -> list[bytes]:
    return sorted(set(batch))
