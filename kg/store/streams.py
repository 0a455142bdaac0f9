"""A stream over pieces of bytes that are made while it is read."""

from collections.abc import Iterable


class LineStream:
    r"""What a loader reads from: joins pieces into blocks of the size that it asks for.

    Args:
        pieces: bytes in order, such as lines.

    >>> stream = LineStream([b"one\n", b"two\n"])
    >>> stream.read(6), stream.read(6), stream.read(6)
    (b'one\ntw', b'o\n', b'')
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._buffer = bytearray()

    def read(self, size: int = -1, /) -> bytes:
        """Up to ``size`` bytes; all that is left where it is negative."""
        while size < 0 or len(self._buffer) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._buffer += piece
        end = len(self._buffer) if size < 0 else size
        block = bytes(self._buffer[:end])
        del self._buffer[:end]
        return block
