"""The Spark engine writes the quads of the local engine, on one machine and on a cluster whose worker is killed."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import UsageError

pytestmark = [
    pytest.mark.spark,
    pytest.mark.java,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none"),
]
ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "examples" / "articles").glob("*.txt"))
TALKS = "Norway attacked Latvia on Monday. The Latvian foreign minister condemned the attack."
ENVIRONMENT = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": str(ROOT)}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as Spark needs."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=400)


def lines(folder: Path) -> list[str]:
    """Lines of all part files, sorted."""
    parts = (part.read_text(encoding="utf-8").splitlines() for part in sorted(folder.glob("part-*")))
    return sorted(line for part in parts for line in part)


def rows(count: int) -> list[dict[str, str]]:
    """Documents of several names, each with sentences of the examples."""
    texts = [text.read_text(encoding="utf-8") for text in TEXTS]
    states = ["Norway", "Latvia", "Kenya", "Peru", "Oman"]
    return [
        {"id": f"d{n}", "date": "2026-01-07", "text": texts[n % len(texts)].replace("Russia", states[n % 5])}
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of every kind of input, with ids that two documents claim and lines that cannot be read."""
    import pyarrow as pa
    from pyarrow import parquet

    folder = tmp_path_factory.mktemp("news")
    for text in TEXTS:
        shutil.copy(text, folder)
    (folder / "page.html").write_text(f"<html><body><p>{TALKS}</p></body></html>", encoding="utf-8")
    (folder / "list.json").write_text(json.dumps([{"text": TALKS}, {"id": "x", "text": "Peru left."}]))
    (folder / "broken.json").write_text("{")
    wire = [json.dumps({"id": "d1", "text": f"{TALKS} It was the second."}), "", '{"text": 7}']
    wire += [json.dumps({"text": f"Oman praised Peru {n} times."}) for n in range(5)]
    (folder / "wire.jsonl").write_text("\ufeff" + "\n".join(wire) + "\n", encoding="utf-8")
    (folder / "more").mkdir()
    (folder / "more" / "rows.jsonl").write_text("\n".join(json.dumps(row, sort_keys=True) for row in rows(20)))
    parquet.write_table(pa.Table.from_pylist(rows(20)), folder.parent / "rows.parquet")
    return folder


@pytest.fixture(scope="module")
def local(mixed: Path) -> list[str]:
    """What the local engine makes of it, sorted."""
    output = mixed.parent / "local.nq"
    assert run("build", mixed, "-o", output, "--date", "2026-01-07").returncode == 1
    return sorted(output.read_text(encoding="utf-8").splitlines())


def test_spark_writes_the_quads_of_the_local_engine(mixed: Path, local: list[str]) -> None:
    """The rows of the Parquet file stand in the folder too: they are the same documents, read once."""
    paths, output = (mixed, mixed.parent / "rows.parquet"), mixed.parent / "quads"
    done = run("build", *paths, "-o", output, "--engine", "spark", "--master", "local[2]", "--date", "2026-01-07")
    assert done.returncode == 1, done.stderr
    assert "wire.jsonl:3: skipped" in done.stderr
    assert lines(output) == local
    assert {file.name for file in output.iterdir() if not re.match(r"(\.?_SUCCESS|\.?part-)", file.name)} == set()


def test_an_output_that_is_there_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        kg.build_on_spark([TEXTS[0]], tmp_path)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A standalone master with two workers of one core."""
    import pyspark

    home = Path(pyspark.__path__[0])
    environment = {**ENVIRONMENT, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    processes: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *arguments: str) -> Path:
        log = tmp_path / f"{kind}-{len(processes)}.log"
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}.{kind.title()}", *arguments]
        with log.open("wb") as stream:
            process = subprocess.Popen(
                command, stdout=stream, stderr=stream, env=environment, cwd=tmp_path, start_new_session=True
            )
        processes.append(process)
        return log

    log = start("master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    url = _wait_for(log, r"Starting Spark master at (spark://\S+)")
    for number in range(2):
        folder = str(tmp_path / f"work-{number}")
        start("worker", "--cores", "1", "--memory", "2g", "--webui-port", "0", "--work-dir", folder, url)
    yield url, processes
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(log: Path, pattern: str) -> str:
    for _ in range(600):
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"{pattern} is not in {log.read_text()[-2000:]}")


def test_a_worker_killed_in_mid_job_does_not_change_the_result(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    url, processes = cluster
    source, output, one = tmp_path / "in.jsonl", tmp_path / "quads", tmp_path / "one.nq"
    source.write_text("\n".join(map(json.dumps, rows(200))))
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(output)]
    job = subprocess.Popen([*command, "--engine", "spark", "--master", url], env=ENVIRONMENT, stderr=subprocess.PIPE)
    _wait_until(lambda: any((tmp_path / "work-1").glob("app-*/*/stderr")))
    time.sleep(6)  # the executor is at work
    assert job.poll() is None
    os.killpg(processes[2].pid, signal.SIGKILL)
    _, told = job.communicate(timeout=300)
    assert job.returncode == 0, told.decode()[-2000:]
    kg.build(source, output=one)
    assert lines(output) == sorted(one.read_text(encoding="utf-8").splitlines())


def _wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to pass")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "spark"], "writes to a folder"),
        (["--engine", "spark", "-o", "x", "--store", "y"], "writes no --store"),
        (["--engine", "flink", "-o", "x"], "no engine 'flink'"),
        (["--master", "local[2]", "-o", "x"], "--master is for --engine spark"),
        (["--engine", "spark", "-o", "x", "--format", "ttl"], "does not write 'ttl'"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: list[str], said: str) -> None:
    done = run("build", TEXTS[0], *options)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_java_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UsageError, match="Spark needs Java"):
        kg.build_on_spark([TEXTS[0]], tmp_path / "out", master="local[1]")
