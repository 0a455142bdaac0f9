"""Progress of a build: a moving line on a terminal; notices and skipped input everywhere."""

import sys
from contextlib import AbstractContextManager
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from kg.cli.common import complain
from kg.documents import Notice, Skipped

if TYPE_CHECKING:
    from kg.build import Event


class Progress(AbstractContextManager["Progress"]):
    """Shows what a build tells, on standard error."""

    def __init__(self) -> None:
        self._start = monotonic()
        self._words = self._documents = self._claims = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar
            from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("reading")
            self._bar.start()
        return self

    def __call__(self, event: "Event") -> None:
        """Take in one thing that a build tells."""
        if isinstance(event, Notice | Skipped):
            if self._bar is None:
                complain(str(event))
            else:
                self._bar.console.print(f"kg: {event}", markup=False, highlight=False, soft_wrap=True)
            return
        self._documents += 1
        self._words += event.document.text.count(" ") + 1
        self._claims += len(event.claims)
        if self._bar is not None:
            self._bar.update(self._task, description=self.summary)

    @property
    def summary(self) -> str:
        """What was done so far, and how fast."""
        seconds = max(monotonic() - self._start, 0.001)
        counts = f"{self._documents:,} documents, {self._words:,} words, {self._claims:,} claims"
        return f"{counts}, {self._words / seconds:,.0f} words/s"

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            if self._documents and error[0] is None:
                complain(self.summary)
