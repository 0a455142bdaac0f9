"""Documents that somebody adds: read and understood by a process of its own, one after the other, then kept."""

import asyncio
import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.claims import digest
from kg.documents import Document, Notice, Skipped, read
from kg.errors import InputError, KgError
from kg.forget import forget
from kg.iris import document_path
from kg.ontology import Ontology
from kg.quads import Quad
from kg.store.interface import Store
from kg.web.state import State

if TYPE_CHECKING:
    from kg.extraction.extractor import Extractor

#: Jobs that are remembered.
_REMEMBERED: Final = 100
_NOT_A_NAME: Final = re.compile(r"[^\w-]+")
#: Characters of a first line that stands for a title.
_LONGEST_TITLE: Final = 100


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was read."""

    path: str
    title: str
    claims: int


@dataclass(slots=True)
class Job:
    """Documents on their way into the store.

    Attributes:
        id: by which its page is found.
        total: how many documents there are, as far as known.
        read: those that are done.
        notices: what there is to say about the input.
        left_out: what could not be read.
        problem: why it ended early; empty where it did not.
        done: whether it is over.
    """

    id: str
    total: int
    read: list[Done] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problem: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Pasted:
    """An article that somebody pasted."""

    text: str
    title: str = ""

    @property
    def name(self) -> str:
        r"""Its title, else its first line, cut where that is long.

        >>> Pasted("Talks open\n\nPeru met Chile.").name
        'Talks open'
        """
        line = self.title.strip() or self.text.strip().partition("\n")[0].strip()
        return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:60]} …"

    @property
    def id(self) -> str:
        """Id of the document: words of its name, and a few digits of its text's hash."""
        words = "-".join(_NOT_A_NAME.sub(" ", self.name.lower()).split()[:8])[:60].strip("-")
        return f"{words or 'pasted'}-{digest(self.text)[:6]}"


class Jobs:
    """What is being added.

    Args:
        state: the server's.
    """

    def __init__(self, state: State) -> None:
        self._state: Final = state
        self._jobs: dict[str, Job] = {}
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def find(self, name: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(name)

    def start(self, folder: Path, paths: Sequence[Path], date: str | None) -> Job:
        """Begin to read files; their folder is removed in the end."""
        job = Job(secrets.token_urlsafe(9), len(paths))
        self._jobs[job.id] = job
        while len(self._jobs) > _REMEMBERED:
            del self._jobs[next(iter(self._jobs))]
        task = asyncio.get_running_loop().create_task(self._run(job, folder, [str(path) for path in paths], date))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _run(self, job: Job, folder: Path, paths: list[str], date: str | None) -> None:
        try:
            async with self._one_at_a_time:
                await self._read(job, folder, paths, date)
        except KgError as error:
            job.problem = str(error)
        except Exception:  # its page says so, and the log of the server says more
            job.problem = "the server failed; nothing but what is listed here was added"
            raise
        finally:
            job.done = True
            shutil.rmtree(folder, ignore_errors=True)

    async def _read(self, job: Job, folder: Path, paths: list[str], date: str | None) -> None:
        extractor = self._state.extractor
        assert extractor is not None
        items = await extractor.call(read_files, str(folder), paths, date)
        documents = [item for item in items if isinstance(item, Document)]
        job.notices += [str(item) for item in items if isinstance(item, Notice)]
        job.left_out += [str(item) for item in items if isinstance(item, Skipped)]
        job.total = len(documents)
        if not documents:
            raise InputError("none of it could be read", hint="see below what was left out")
        base = await self._state.base()
        for document in documents:
            try:
                count, quads = await extractor.call(understood, document, base)
                await self._state.change(keep, document.id, base, quads)
            except KgError as error:
                job.left_out.append(f"{document.id}: {error}")
            else:
                job.read.append(Done(document_path(document.id), document.title or document.id, count))


# ---------------------------------------------------------------- files


def new_folder() -> Path:
    """A folder for what somebody sends."""
    return Path(tempfile.mkdtemp(prefix="kg-added-"))


def place_for(folder: Path, number: int, name: str) -> Path:
    """Where to put a file that somebody sends: its name tells its format and its document's id, and nothing else.

    >>> str(place_for(Path("in"), 3, "../../etc/summit report.txt"))
    'in/3/summit report.txt'
    """
    last = re.split(r"[/\\\x00]", name)[-1].strip().lstrip(".")[-120:]
    home = folder / str(number)
    return home / (last or "file.txt")


def write_pasted(folder: Path, pasted: Pasted) -> Path:
    """An article that somebody pasted as a file with its id and title."""
    record = {"id": pasted.id, "title": pasted.name, "text": pasted.text}
    path = place_for(folder, 0, "pasted.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record), encoding="utf-8", errors="replace")
    return path


# ---------------------------------------------------------------- in other processes


def read_files(_: Store, folder: str, paths: Sequence[str], date: str | None) -> list[Document | Notice | Skipped]:
    """Documents of files, and what there is to say about them; the folder's name is left out of it."""
    found: list[Document | Notice | Skipped] = []
    for item in read(paths, date=date):
        if not isinstance(item, Document):
            where = re.sub(rf"^{re.escape(folder)}/[0-9]+/", "", item.where)
            item = type(item)(where, item.what)
        found.append(item)
    return found


def understood(_: Store, document: Document, base: str) -> tuple[int, list[Quad]]:
    """How many claims a document states, and all that is to be kept of it."""
    from kg.actors import Gazetteer
    from kg.assembly import merge
    from kg.mapping import Mapper

    claims = list(merge(_extractor().extract(document).claims))
    mapper = Mapper(Ontology.load(), base=base, links=Gazetteer.load().links)
    return len(claims), mapper.quads(claims, [document])


@cache
def _extractor() -> "Extractor":
    from kg.extraction.extractor import Extractor

    return Extractor()


def keep(store: Store, document: str, base: str, quads: Sequence[Quad]) -> None:
    """Put a document into the store; one of the same id with another text is taken out first."""
    node = f"<{base}{document_path(document)}>"
    there = set(store.quads(subject=node, graph=node))
    if there and there != {quad for quad in quads if quad.subject == node and quad.graph == node}:
        forget([document], store)
    store.add(quads)


def discard(folder: Path) -> None:
    """Remove what somebody sent and nobody reads."""
    with suppress(OSError):
        shutil.rmtree(folder)
