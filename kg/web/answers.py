"""Answers that were given lately: as long as the store does not change, the same question has the same answer."""

import re
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from starlette.responses import Response, StreamingResponse

#: Bytes of all answers that are kept, and of the largest of them.
_ALL: Final = 32 << 20
_LARGEST: Final = 1 << 16
#: Functions whose value is another one each time; longer words may hide one.
_FLEETING: Final = re.compile("now|rand|uuid", re.IGNORECASE)


class Answers:
    """Keeps the answers that were asked for last.

    Args:
        size: bytes of all of them.
    """

    def __init__(self, size: int = _ALL) -> None:
        self._size = size
        self._held = 0
        self._generation = 0
        self._kept: OrderedDict[Hashable, Response] = OrderedDict()

    def get(self, key: Hashable, generation: int) -> Response | None:
        """The answer to a question about the store as it is.

        Args:
            key: the question.
            generation: number of the store's content.
        """
        if generation != self._generation:
            self._kept.clear()
            self._held, self._generation = 0, generation
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, generation: int, answer: Response) -> None:
        """Keep an answer, if it is small and of the store as it was last asked for."""
        if generation != self._generation or isinstance(answer, StreamingResponse) or key in self._kept:
            return
        size = _size(key, answer)
        if size > _LARGEST:
            return
        self._kept[key] = answer
        self._held += size
        while self._held > self._size:
            self._held -= _size(*self._kept.popitem(last=False))


def _size(key: Hashable, answer: Response) -> int:
    return len(str(key)) + len(answer.body)


def is_lasting(text: str) -> bool:
    """Whether the same query has the same answer the next time.

    >>> is_lasting("ASK {}"), is_lasting("SELECT (NOW() AS ?t) {}")
    (True, False)
    """
    return _FLEETING.search(text) is None
