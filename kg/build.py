"""From documents to a graph: reads, extracts, merges, maps and writes, one document at a time.

`Pipeline` turns documents into claims, in one process or several, always in the order given. `build` leads the claims
to where they are wanted: a file, a store, a file of facts, a file of mentions; or into memory.
"""

import gc
import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from kg.assembly import merge
from kg.documents import Document, Notice, Skipped, read
from kg.errors import InputError, KgError, UsageError
from kg.files import atomic_write

if TYPE_CHECKING:
    from kg.extraction.extractor import Extraction, Extractor
    from kg.graph import Graph
    from kg.quads import Quad
    from kg.store import Store

#: What a build tells as it goes: what there is to say about the input, and each document that is done.
Event: TypeAlias = "Notice | Skipped | Extraction"

#: Documents and characters that a worker gets at a time: few enough to keep all of them busy, enough to be worth it.
_CHUNK_DOCUMENTS: Final = 32
_CHUNK_CHARACTERS: Final = 60_000
#: Quads that are collected before a store is changed.
_BATCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Documents to claims.

    Attributes:
        ontology: the user's ontology files, on top of the shipped one.
        lexicon: the user's lexicon files, on top of the shipped ones.
        jobs: number of processes; 0 for one a core.
    """

    ontology: tuple[str | Path, ...] = ()
    lexicon: tuple[str | Path, ...] = ()
    jobs: int = 1

    def stream(self, documents: Iterable[Document]) -> "Iterator[Extraction]":
        """What each document yields, in the order given, whatever the number of processes."""
        chunks = _chunks(documents)
        start = list(islice(chunks, 2))
        if not start:
            return
        jobs = self.jobs or len(os.sched_getaffinity(0))
        extractor = self.extractor()
        if jobs < 2 or len(start) < 2:
            for chunk in start:
                yield from _extract(extractor, chunk)
            for chunk in chunks:
                yield from _extract(extractor, chunk)
        else:
            yield from _in_processes(self, extractor, jobs, start, chunks)

    def extractor(self) -> "Extractor":
        """The extractor that this describes."""
        from kg.extraction.extractor import Extractor
        from kg.language import load_model

        made = Extractor.of(ontology=[Path(f) for f in self.ontology], lexicon=[Path(f) for f in self.lexicon])
        load_model(made.model)
        gc.collect()
        gc.freeze()  # the model and the gazetteer stay: the collector need not look through them again and again
        return made


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if len(chunk) >= _CHUNK_DOCUMENTS or size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _extract(extractor: "Extractor", documents: Iterable[Document]) -> "Iterator[Extraction]":
    for found in extractor.stream(documents):
        yield replace(found, claims=tuple(merge(found.claims)))


# ---------------------------------------------------------------- processes

#: The extractor of this process; forked workers find the parent's here and share its memory.
_shared: "list[Extractor]" = []


def _start_worker(pipeline: Pipeline) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupted worker just ends; the parent says so
    if not _shared:
        _shared.append(pipeline.extractor())


def _work(documents: list[Document]) -> "list[Extraction]":
    return list(_extract(_shared[0], documents))


def _in_processes(
    pipeline: Pipeline,
    extractor: "Extractor",
    jobs: int,
    start: Sequence[list[Document]],
    rest: Iterator[list[Document]],
) -> "Iterator[Extraction]":
    """Extract by worker processes: a bounded number of chunks on their way, results in order."""
    from kg.language import load_model

    load_model(extractor.model)  # before the fork, so that all share it
    _shared[:] = [extractor]
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    waiting: deque[Future[list[Extraction]]] = deque()
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _start_worker, (pipeline,))
    try:
        for source in (start, rest):
            for chunk in source:
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise KgError("a worker process was killed", hint="memory may be short: try again with --jobs 1") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _shared.clear()


# ---------------------------------------------------------------- build


@dataclass(slots=True)
class Report:
    """What a build did.

    Attributes:
        documents: how many were read.
        words: of their texts.
        claims: how many claims the documents state, each document counted for itself.
        notices: what there is to say about input that was read all the same.
        skipped: input that was left out.
    """

    documents: int = 0
    words: int = 0
    claims: int = 0
    notices: list[Notice] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def build(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    output: str | Path | None = None,
    format: str | None = None,
    store: str | Path | None = None,
    facts: str | Path | None = None,
    mentions: str | Path | None = None,
    date: str | None = None,
    jobs: int = 1,
    ontology: Sequence[str | Path] = (),
    lexicon: Sequence[str | Path] = (),
    base: str | None = None,
    input_format: str | None = None,
    progress: Callable[[Event], None] | None = None,
) -> "Graph":
    """Read documents and build a graph of what they say.

    Args:
        paths: files, folders, or ``-`` for standard input.
        output: file to write the graph to, ``-`` for standard output; it is replaced when all is done.
        format: RDF format of the output; by its suffix, else Turtle.
        store: folder of a store to add to; a document that is there with another text is replaced.
        facts: file for the facts in the interchange format, a line a document.
        mentions: file for every mention of an actor, a line each.
        date: ISO 8601 date of documents that state none.
        jobs: number of processes; 0 for one a core.
        ontology: own ontology files, on top of the shipped one.
        lexicon: own lexicon files.
        base: base of the IRIs that are minted.
        input_format: format of all input, instead of what suffix or content say.
        progress: called with each notice, skipped input and finished document.

    Returns:
        The graph: of the store, else of the output, else in memory.

    Raises:
        InputError: if no document could be read; then nothing is written.
        UsageError: if the options do not fit together.
    """
    from kg.export import RDF_FORMATS, format_of, write_graph

    form = format or format_of(str(output or "-"))
    if form not in RDF_FORMATS:
        raise UsageError(f"build does not write {form!r}", hint=f"one of {', '.join(RDF_FORMATS)}; or use kg export")
    if [str(target) for target in (output, facts, mentions)].count("-") > 1:
        raise UsageError("only one of the outputs can be standard output", hint="name files for the others")
    places = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not places:
        raise UsageError("there is nothing to read", hint="name files, folders, or - for standard input")
    items = read(places, date=date, form=input_format)
    pipeline = Pipeline(tuple(ontology), tuple(lexicon), jobs)
    with ExitStack() as stack:
        run = _Run(pipeline, base, progress or (lambda _: None))
        run.sinks(stack, store=store, facts=facts, mentions=mentions, memory=output is None)
        stream = stack.enter_context(atomic_write(output)) if output is not None else None
        quads = run.quads(items)
        first = list(islice(quads, 1))  # where nothing can be read, nothing is begun
        if stream is None:
            deque(quads, maxlen=0)
        else:
            whole = chain(first, quads)
            write_graph(whole, form, stream, base=run.mapper.base, ontology=run.mapper.terms.ontology)
    return run.graph(store, output)


class _Run:
    """One build on its way."""

    def __init__(self, pipeline: Pipeline, base: str | None, progress: Callable[[Event], None]) -> None:
        from kg.actors import Gazetteer
        from kg.iris import BASE
        from kg.mapping import Mapper
        from kg.ontology import Ontology

        self.pipeline: Final = pipeline
        self.progress: Final = progress
        self.report: Final = Report()
        ontology = Ontology.load([Path(file) for file in pipeline.ontology])
        self.mapper: Final = Mapper(ontology, base=base or BASE, links=Gazetteer.load().links)
        self.facts: BinaryIO | None = None
        self.mentions: BinaryIO | None = None
        self.store: Store | None = None

    def sinks(
        self,
        stack: ExitStack,
        *,
        store: str | Path | None,
        facts: str | Path | None,
        mentions: str | Path | None,
        memory: bool,
    ) -> None:
        """Open what is to be written beside the graph."""
        from kg.store import open_store

        if facts is not None:
            self.facts = stack.enter_context(atomic_write(facts))
        if mentions is not None:
            self.mentions = stack.enter_context(atomic_write(mentions))
        if store is not None:
            self.store = stack.enter_context(open_store(store))
        elif memory:
            self.store = open_store()

    def quads(self, items: Iterable[Document | Notice | Skipped]) -> "Iterator[Quad]":
        """Quads of every document, without texts; on the way everything else is written.

        Raises:
            InputError: if there was no document.
        """
        batch: list[Extraction] = []
        size = 0
        for found in self.pipeline.stream(self._documents(items)):
            self._note(found)
            quads = self.mapper.quads(found.claims, [found.document], with_text=False)
            yield from quads
            if self.store is not None:
                batch.append(found)
                size += len(quads)
                if size > _BATCH:
                    self._keep(batch)
                    batch, size = [], 0
        if not self.report.documents:
            raise _nothing_read(self.report)
        self._keep(batch)

    def _documents(self, items: Iterable[Document | Notice | Skipped]) -> Iterator[Document]:
        for item in items:
            match item:
                case Document():
                    yield item
                case Notice():
                    self.report.notices.append(item)
                    self.progress(item)
                case Skipped():
                    self.report.skipped.append(item)
                    self.progress(item)

    def _note(self, found: "Extraction") -> None:
        self.report.documents += 1
        self.report.words += found.document.text.count(" ") + 1
        self.report.claims += len(found.claims)
        if self.facts is not None:
            from kg.facts import facts, line

            self.facts.write(line(found.document, facts(found.document, found.claims)).encode())
        if self.mentions is not None:
            self.mentions.writelines(mention_lines(found))
        self.progress(found)

    def _keep(self, batch: "Sequence[Extraction]") -> None:
        """Put documents into the store; those that stand there with another text are taken out first."""
        if self.store is None or not batch:
            return
        from kg.forget import forget

        changed = [found.document.id for found in batch if self._differs(found.document, self.store)]
        if changed:
            forget(changed, self.store, ontology=self.mapper.terms.ontology)
        self.store.add(quad for found in batch for quad in self.mapper.quads(found.claims, [found.document]))

    def _differs(self, document: Document, store: "Store") -> bool:
        """Whether the store has a document of this id with other metadata or another text."""
        node = self.mapper.document_iri(document.id)
        there = set(store.quads(subject=node, graph=node))
        return bool(there) and there != set(self.mapper.document(document))

    def graph(self, store: str | Path | None, output: str | Path | None) -> "Graph":
        """The graph that was built, to be opened when it is asked something."""
        from kg.graph import Graph

        if store is not None:
            return Graph(store, self.report)
        if self.store is not None:
            return Graph(self.store, self.report)
        return Graph(output or "-", self.report)


def _nothing_read(report: Report) -> InputError:
    """Why there is no graph: the first input that was skipped, where there was one."""
    if not report.skipped:
        return InputError("no documents were found", hint="name text files, or a folder that holds some")
    first, more = report.skipped[0], len(report.skipped) - 1
    return InputError(
        f"{first.where}: {first.what}", hint=f"and {more} more" if more else "nothing else was to be read"
    )


def mention_lines(found: "Extraction") -> Iterator[bytes]:
    """Every mention of an actor as a JSON line: offsets, words, entity, and the reason of the link."""
    for mention in found.mentions:
        row = {
            "document": found.document.id,
            "start": mention.start,
            "end": mention.end,
            "text": found.document.text[mention.start : mention.end],
            "name": mention.name,
            "entity": mention.entity.id,
            "kind": mention.entity.kind,
            "label": mention.entity.label,
            "state": mention.state,
            "category": mention.category,
            "reason": mention.reason,
        }
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
