"""What requests share."""

from kg.web.readers import Readers
from kg.web.settings import Settings


class State:
    """Settings and workers.

    Args:
        settings: what the server was told.

    Attributes:
        readers: processes that read.
        writer: the process that writes; None where nobody may.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.readers = Readers(settings)
        self.writer = Readers(settings, writable=True) if settings.writable else None

    async def start(self) -> None:
        """Start the processes, the writer first: it makes a store that is not there."""
        if self.writer:
            await self.writer.start()
        await self.readers.start()

    async def stop(self) -> None:
        """End them."""
        await self.readers.stop()
        if self.writer:
            await self.writer.stop()
