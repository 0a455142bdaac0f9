"""What requests share."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from kg.web.answers import Answers
from kg.web.changing import tidy
from kg.web.readers import Readers
from kg.web.settings import Settings
from kg.web.statistics import Statistics, base, statistics

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

_P = ParamSpec("_P")
_T = TypeVar("_T")

#: Seconds that reading one document may take, and megabytes that it takes on top of a query's.
_PATIENCE: Final = 900.0
_MODEL: Final = 3_000


class State:
    """Settings and workers.

    Args:
        settings: what the server was told.

    Attributes:
        readers: processes that read.
        writer: the process that writes; None where nobody may.
        extractor: the process that reads documents for those who may write.
        answers: small ones that were given lately.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.readers = Readers(settings)
        self.writer = Readers(settings, writable=True) if settings.writable else None
        patient = replace(settings, workers=1, timeout=_PATIENCE, memory=settings.memory and settings.memory + _MODEL)
        self.extractor = Readers(patient) if settings.writable else None
        self.answers = Answers()
        self._counted: tuple[int, Statistics] = (0, Statistics())
        self._base = (0, "")
        self._counting = asyncio.Lock()

    async def start(self) -> None:
        """Start the processes, the writer first: it makes a store that is not there."""
        if self.writer:
            await self.writer.start()
            await self.writer.call(tidy)
        await self.readers.start()
        if self.extractor:
            await self.extractor.start()

    async def stop(self) -> None:
        """End them."""
        await self.readers.stop()
        if self.extractor:
            await self.extractor.stop()
        if self.writer:
            await self.writer.stop()

    async def statistics(self) -> Statistics:
        """What the store holds; counted once for each of its states."""
        async with self._counting:
            generation = self.readers.generation
            if self._counted[0] != generation:
                self._counted = generation, await self.readers.call(statistics)
            return self._counted[1]

    async def base(self) -> str:
        """Base of the IRIs that the graph mints."""
        if self.settings.base:
            return self.settings.base
        generation = self.readers.generation
        if self._base[0] != generation:
            self._base = generation, await self.readers.call(base)
        return self._base[1]

    async def change(
        self, function: "Callable[Concatenate[EmbeddedStore, _P], _T]", /, *args: _P.args, **options: _P.kwargs
    ) -> _T:
        """Have the writing worker run a function over the store; readers see what it did from then on.

        Args:
            function: one at the top level of a module that changes its first argument whole or not at all.
            args: its other arguments.
            options: its keyword arguments.

        Raises:
            KgError: what the function raises; `TimeLimitError` if it took too long and nothing was done.
        """
        assert self.writer is not None
        try:
            return await self.writer.call(function, *args, **options)
        finally:
            self.readers.renew()
