"""The same pipeline on Apache Spark: documents from any path that Spark reads, quads in a folder of part files.

What one machine does in a stream is here a plan of four steps, each a pure function of its input, so that Spark may run
any part of it anywhere and again:

1. read: files (or lines of JSON lines, or rows of Parquet) to documents, in Python workers;
2. settle: documents shuffle by id, so that of different texts under one id the smallest SHA-256 keeps it;
3. extract: documents to the N-Quads lines of their claims, in Python workers (``mapInPandas``);
4. merge: lines shuffle by their subject, a claim's key, and each is kept once.

The quads are those of `kg.build.build`, byte for byte after sorting.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.build import Pipeline
from kg.documents import Document, Notice, Skipped
from kg.documents.reader import content_digest, read_bytes, read_line, renamed
from kg.documents.records import SUFFIXES
from kg.errors import InputError, ServiceError, UsageError

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from kg.extraction.extractor import Extractor
    from kg.mapping import Mapper

#: Formats that this engine writes.
FORMATS: Final = ("nq", "parquet")

#: Oldest Java that Spark 4 runs on.
JAVA: Final = 17

_DOCUMENT: Final = "id string, text string, date string, title string, source string, sha256 string"
_READ: Final = f"{_DOCUMENT}, content string, kind string, `where` string, what string"
_QUADS: Final = "subject string, line string"
_LINES: Final = frozenset(suffix for suffix, form in SUFFIXES.items() if form == "jsonl")
#: Documents that a Python worker gets at a time, and tasks a core: enough to share out, few enough to be worth it.
_BATCH: Final = 256
_TASKS: Final = 4


@dataclass(frozen=True, slots=True)
class Job:
    """What a build on Spark is to do; travels to the workers.

    Attributes:
        date: ISO 8601 date of documents that state none.
        ontology: contents of own ontology files, by name.
        lexicon: contents of own lexicon files, by name.
        base: base of the IRIs that are minted.
        form: input format of all files instead of what their suffixes say.
    """

    date: str | None = None
    ontology: tuple[tuple[str, bytes], ...] = ()
    lexicon: tuple[tuple[str, bytes], ...] = ()
    base: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a build on Spark did.

    Attributes:
        documents: how many were read.
        notices: what there is to say about input that was read all the same, at most `REPORTED`.
        skipped: input that was left out, at most `REPORTED`.
    """

    documents: int
    notices: tuple[Notice, ...] = ()
    skipped: tuple[Skipped, ...] = ()


#: Notices and skipped inputs that are brought back to be told.
REPORTED: Final = 1000


def build_on_spark(
    paths: Sequence[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    format: str = "nq",
    master: str | None = None,
    date: str | None = None,
    ontology: Sequence[str | Path] = (),
    lexicon: Sequence[str | Path] = (),
    base: str | None = None,
    input_format: str | None = None,
) -> Report:
    """Build a graph on Apache Spark.

    Args:
        paths: files, folders or patterns that Spark reads: local, ``hdfs://``, ``s3a://``. JSON lines are split among
            workers; Parquet has the columns text and id, and if it likes date, title and source.
        output: folder to write, which must not be there yet; with ``nq`` it holds N-Quads in files ``part-*``.
        format: ``nq``, or ``parquet`` with the columns subject, predicate, object and graph.
        master: URL of the cluster; what Spark is configured for, or all cores of this machine, if not given.
        date: ISO 8601 date of documents that state none.
        ontology: own ontology files, on top of the shipped one.
        lexicon: own lexicon files.
        base: base of the IRIs that are minted.
        input_format: format of all files, instead of what suffix or content say.

    Raises:
        UsageError: pyspark or Java is missing, the output is there already, or a format is unknown.
        InputError: nothing could be read.
        ServiceError: the cluster is out of reach.
    """
    if format not in FORMATS:
        raise UsageError(f"the Spark engine does not write {format!r}", hint=f"one of {', '.join(FORMATS)}")
    if not paths:
        raise UsageError("there is nothing to read", hint="name files or folders")
    if Path(output).exists():  # what lies elsewhere, Spark looks for
        raise _taken(output)
    Pipeline(tuple(ontology), tuple(lexicon)).extractor()  # what is wrong with them is said here, not by a worker
    job = Job(date, _contents(ontology), _contents(lexicon), base, input_format)
    session = _session(master)
    try:
        return _Plan(session, job).run([os.fspath(path) for path in paths], os.fspath(output), format)
    finally:
        session.stop()


class _Plan:
    """The four steps on one Spark session."""

    def __init__(self, session: "SparkSession", job: Job) -> None:
        self.spark = session
        self.job = job
        self.tasks = _TASKS * session.sparkContext.defaultParallelism

    def run(self, paths: list[str], output: str, format: str) -> Report:
        """Read, settle, extract, merge, write."""
        from pyspark.errors import AnalysisException
        from pyspark.storagelevel import StorageLevel

        if self._exists(output):
            raise _taken(output)
        try:
            read = self.read(paths).persist(StorageLevel.DISK_ONLY)
        except AnalysisException as error:
            raise InputError(f"cannot read: {_first_line(error)}", hint="name files that Spark can read") from error
        documents = self.settle(read)
        report = self._report(read)
        quads = self.merge(self.extract(documents))
        if format == "nq":
            quads.select("line").write.option("lineSep", "\n").option("compression", "none").text(output)
        else:
            quads.select("line").mapInPandas(
                _quad_columns, "subject string, predicate string, object string, graph string"
            ).write.parquet(output)
        return report

    # -- read --------------------------------------------------------------------------------------------------

    def read(self, paths: list[str]) -> "DataFrame":
        """Documents under the ids that they give themselves, and what there is to say about the input."""
        frames: list[DataFrame] = []
        for path in paths:
            suffix = Path(path).suffix.lower()
            if suffix == ".parquet":
                frames.append(self._rows(path))
            elif suffix in _LINES or self.job.form == "jsonl":
                frames.append(self._lines(path))
            elif suffix in SUFFIXES or self.job.form or not self._is_folder(path):
                frames.append(self._files(path))
            else:
                frames += [self._files(path, _glob(set(SUFFIXES) - _LINES)), self._lines(path, _glob(_LINES))]
        united = frames[0]
        for frame in frames[1:]:
            united = united.unionByName(frame)
        return united

    def _files(self, path: str, pattern: str | None = None) -> "DataFrame":
        """Whole files."""
        reader = self.spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        found = (reader.option("pathGlobFilter", pattern) if pattern else reader).load(path).select("path", "content")
        return found.repartition(self.tasks).mapInPandas(partial(_read_files, self.job), _READ)

    def _lines(self, path: str, pattern: str | None = None) -> "DataFrame":
        """Lines of files of JSON lines; each with its number in its file, which is the id of those without one."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        reader = self.spark.read.option("lineSep", "\n").option("recursiveFileLookup", "true")
        text = (reader.option("pathGlobFilter", pattern) if pattern else reader).text(path)
        split = ["path", "start"]
        lines = text.select(
            f.col("_metadata.file_path").alias("path"),
            f.col("_metadata.file_block_start").alias("start"),
            f.monotonically_increasing_id().alias("place"),
            f.col("value").cast("binary").alias("content"),
        )
        counts = lines.groupBy(*split).agg(f.min("place").alias("first"), f.count("*").alias("lines"))
        before = Window.partitionBy("path").orderBy("start").rowsBetween(Window.unboundedPreceding, -1)
        starts = counts.withColumn("before", f.coalesce(f.sum("lines").over(before), f.lit(0)))
        numbered = lines.join(f.broadcast(starts), split)
        number = (f.col("place") - f.col("first") + f.col("before") + 1).alias("number")
        return numbered.select("path", number, "content").mapInPandas(partial(_read_lines, self.job), _READ)

    def _rows(self, path: str) -> "DataFrame":
        """Rows of Parquet."""
        from pyspark.sql import functions as f

        table = self.spark.read.parquet(path)
        missing = [name for name in ("id", "text") if name not in table.columns]
        if missing:
            raise InputError(f"{path} has no column {missing[0]!r}", hint="name them id, text, date, title, source")
        columns = [
            f.col(name).cast("string") if name in table.columns else f.lit(None).cast("string").alias(name)
            for name in ("id", "text", "date", "title", "source")
        ]
        return table.select(*columns).mapInPandas(partial(_read_rows, self.job, path), _READ)

    # -- settle, extract, merge --------------------------------------------------------------------------------

    def settle(self, read: "DataFrame") -> "DataFrame":
        """Documents with the ids that they keep, spread over all tasks."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        documents = read.where(f.col("kind") == "document").repartition(self.tasks, "id")
        alike = Window.partitionBy("id", "content")
        first = f.row_number().over(alike.orderBy("sha256", "where")) == 1  # the smallest digest of equal ones
        once = documents.withColumn("is_first", first).where("is_first").drop("is_first")
        smallest = f.min("sha256").over(Window.partitionBy("id")).alias("smallest")
        return once.select("id", "text", "date", "title", "source", "sha256", smallest)

    def extract(self, documents: "DataFrame") -> "DataFrame":
        """N-Quads lines of what documents say, with their subjects."""
        return documents.mapInPandas(partial(_extract, self.job), _QUADS)

    def merge(self, quads: "DataFrame") -> "DataFrame":
        """Each line once, those of one subject together and in order."""
        return quads.repartition("subject").dropDuplicates(["subject", "line"]).sortWithinPartitions("line")

    # -- around ------------------------------------------------------------------------------------------------

    def _report(self, read: "DataFrame") -> Report:
        from pyspark.sql import functions as f

        counted = {row["kind"]: row["count"] for row in read.groupBy("kind").count().collect()}
        told: dict[str, list[tuple[str, str]]] = {}
        rows = read.where(f.col("kind") != "document").select("kind", "where", "what").distinct()
        for row in rows.orderBy("where", "what").limit(REPORTED).collect():
            told.setdefault(row["kind"], []).append((row["where"], row["what"]))
        report = Report(
            counted.get("document", 0),
            tuple(Notice(*pair) for pair in told.get("notice", ())),
            tuple(Skipped(*pair) for pair in told.get("skipped", ())),
        )
        if not report.documents:
            first = report.skipped[0] if report.skipped else None
            what = f"{first.where}: {first.what}" if first else "no documents were found"
            raise InputError(what, hint="name files, or folders that hold some")
        return report

    def _hadoop(self, path: str) -> tuple[Any, Any]:
        """The file system of a path, and the path, as Spark's own connectors see it."""
        context: Any = self.spark.sparkContext
        place = context._jvm.org.apache.hadoop.fs.Path(path)
        return place.getFileSystem(context._jsc.hadoopConfiguration()), place

    def _exists(self, path: str) -> bool:
        system, place = self._hadoop(path)
        return bool(system.exists(place))

    def _is_folder(self, path: str) -> bool:
        system, place = self._hadoop(path)
        return bool(system.exists(place)) and bool(system.getFileStatus(place).isDirectory())


# ---------------------------------------------------------------- in the workers


def _read_files(job: Job, frames: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for frame in frames:
        found = (
            item
            for path, content in zip(frame["path"], frame["content"], strict=True)
            for item in read_bytes(content, _plain(path), date=job.date, form=job.form)
        )
        yield _frame(found)


def _read_lines(job: Job, frames: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for frame in frames:
        rows = zip(frame["path"], frame["number"], frame["content"], strict=True)
        yield _frame(
            item for path, number, line in rows for item in read_line(line, _plain(path), int(number), date=job.date)
        )


def _read_rows(job: Job, path: str, frames: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    import json

    for frame in frames:
        given = ({k: v for k, v in row.items() if isinstance(v, str)} for row in frame.to_dict("records"))
        lines = (json.dumps(row, ensure_ascii=True, sort_keys=True).encode() for row in given)
        yield _frame(item for line in lines for item in read_line(line, path, 1, date=job.date))


def _frame(items: "Iterator[Document | Notice | Skipped]") -> "pd.DataFrame":
    import pandas as pd

    rows: list[tuple[str | None, ...]] = []
    for item in items:
        if isinstance(item, Document):
            rows.append((*astuple(item), content_digest(item), "document", None, None))
        else:
            kind = "skipped" if isinstance(item, Skipped) else "notice"
            rows.append((None,) * 7 + (kind, item.where, item.what))
    return pd.DataFrame(rows, columns=[column.split()[0].strip("`") for column in _READ.split(", ")], dtype=object)


def _plain(path: str) -> str:
    """The path of a local file as the user writes it."""
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(path).path) if path.startswith("file:") else path


def _extract(job: Job, frames: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    import pandas as pd

    from kg.quads import line

    extractor, mapper = _workshop(job)
    for frame in frames:
        documents = [_settled(row) for row in frame.itertuples(index=False, name=None)]
        quads = (
            quad
            for found in extractor.stream(documents)
            for quad in mapper.quads(found.claims, [found.document], with_text=False)
        )
        pairs = [(quad.subject, line(quad)) for quad in quads]
        yield pd.DataFrame(pairs, columns=["subject", "line"], dtype=object)


def _settled(row: tuple[object, ...]) -> Document:
    """The document of a row; what Spark has as null, pandas has as NaN."""
    *given, smallest = (value if isinstance(value, str) else None for value in row)
    return renamed(Document(*given), given[5] or "", smallest or "")  # type: ignore[arg-type]


@cache
def _workshop(job: Job) -> "tuple[Extractor, Mapper]":
    """What extracts and maps, made once a Python worker."""
    import tempfile

    from kg.actors import Gazetteer
    from kg.iris import BASE
    from kg.mapping import Mapper
    from kg.ontology import Ontology

    with tempfile.TemporaryDirectory(prefix="kg-own-") as folder:
        ontology, lexicon = (_written(Path(folder), files) for files in (job.ontology, job.lexicon))
        extractor = Pipeline(ontology, lexicon).extractor()
        mapper = Mapper(Ontology.load(ontology), base=job.base or BASE, links=Gazetteer.load().links)
    return extractor, mapper


def _written(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    paths = []
    for number, (name, content) in enumerate(files):
        (folder / str(number)).mkdir(exist_ok=True)
        paths.append(folder / str(number) / name)
        paths[-1].write_bytes(content)
    return tuple(paths)


def _quad_columns(frames: "Iterator[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    import pandas as pd

    from kg.quads import from_line

    for frame in frames:
        rows = [from_line(text) for text in frame["line"]]
        yield pd.DataFrame(rows, columns=["subject", "predicate", "object", "graph"], dtype=object)


# ---------------------------------------------------------------- the session


def _session(master: str | None) -> "SparkSession":
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("the Spark engine needs pyspark", hint="pip install 'foedus[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("JAVA_HOME", _java_home())
    builder = SparkSession.builder.appName("kg build")
    if master is not None or "PYSPARK_GATEWAY_PORT" not in os.environ:  # set by spark-submit, which knows the master
        builder = builder.master(master or "local[*]")
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_BATCH),
        "spark.sql.files.ignoreMissingFiles": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise ServiceError(f"Spark does not start: {_first_line(error)}", hint="see --master and its log") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def _java_home() -> str:
    """Home of a Java that Spark runs on.

    Raises:
        UsageError: there is none.
    """
    found = shutil.which("java")
    hint = f"install Java {JAVA} or later, such as Debian's openjdk-17-jre-headless, or set JAVA_HOME"
    if found is None:
        raise UsageError("Spark needs Java, and there is none", hint=hint)
    done = subprocess.run([found, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False)
    told = {name.strip(): value.strip() for name, _, value in (row.partition("=") for row in done.stderr.splitlines())}
    version = told.get("java.specification.version", "0")
    if not version.isdigit() or int(version) < JAVA:
        raise UsageError(f"Spark needs Java {JAVA}, and {found} is {version}", hint=hint)
    return told.get("java.home", str(Path(found).resolve().parent.parent))


def _taken(output: str | os.PathLike[str]) -> UsageError:
    return UsageError(f"{os.fspath(output)} is there already", hint="name a new folder, or remove it")


def _contents(paths: Sequence[str | Path]) -> tuple[tuple[str, bytes], ...]:
    return tuple((Path(path).name, Path(path).read_bytes()) for path in paths)


def _glob(suffixes: "set[str] | frozenset[str]") -> str:
    return "*{" + ",".join(sorted(suffixes)) + "}"


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
