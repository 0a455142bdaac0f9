"""Sorting more lines than memory holds."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import Final

#: Bytes of lines that are sorted in memory at a time.
BUDGET: Final = 96 << 20

#: What Python keeps for a line beside its bytes.
_OVERHEAD: Final = 41


def sorted_lines(lines: Iterable[bytes], *, budget: int = BUDGET) -> Iterator[bytes]:
    r"""Each line once, in the order of its bytes, which for UTF-8 is the order of its characters.

    Lines beyond the budget wait, sorted, in temporary files.

    >>> list(sorted_lines([b"b\n", b"a\n", b"b\n"], budget=1))
    [b'a\n', b'b\n']
    """
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        batch: list[bytes] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line) + _OVERHEAD
            if size > budget:
                run = stack.enter_context(tempfile.TemporaryFile(buffering=1 << 16))
                run.writelines(_unique(batch))
                run.seek(0)
                runs.append(run)
                batch, size = [], 0
        if not runs:
            yield from _unique(batch)
            return
        runs.append(_unique(batch))
        for line, _ in groupby(heapq.merge(*runs)):
            yield line


def _unique(batch: list[bytes]) -> list[bytes]:
    return sorted(set(batch))
