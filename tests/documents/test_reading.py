"""Reading files of every format, and everything that may be wrong with them."""

import io
import json
import os
import threading
import tracemalloc
from pathlib import Path

import pytest

from kg.documents import Document, Notice, Skipped, read
from kg.errors import UsageError

BODY = (
    "Norway and Finland agreed on Tuesday to guard the strait together, the Norwegian defence minister said in Oslo. "
    "Sweden will send two ships in May if parliament approves the plan, and Denmark may follow with a third.\n"
)


def documents(*paths: Path | str, **options: str) -> list[Document]:
    return [
        item for item in read(paths, date=options.get("date"), form=options.get("form")) if isinstance(item, Document)
    ]


def remarks(*paths: Path | str) -> list[str]:
    return [str(item) for item in read(paths) if not isinstance(item, Document)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, "strait.txt", "\n Allies guard strait\n\n" + BODY)
    (found,) = documents(path)
    assert (found.id, found.title, found.date) == ("strait", "Allies guard strait", None)
    assert found.text == path.read_text()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"---\ndate: 2025-03-06\n---\n# Allies *guard* strait\n\n{BODY}"),
        (
            "a.html",
            "<html><head><title>Allies guard strait</title><meta name=date content=2025-03-06><style>p{}</style>"
            "</head><body><nav>Home</nav><article><h1>Allies guard strait</h1>"
            f"<p>{BODY}</p><script>x()</script></article></body></html>",
        ),
        ("a.json", json.dumps({"text": f"Allies guard strait\n\n{BODY}", "date": "2025-03-06"})),
        ("a.json", json.dumps([{"id": "a", "text": f"Allies guard strait\n\n{BODY}", "date": "6 March 2025"}])),
        ("x.jsonl", json.dumps({"id": "a", "text": f"Allies guard strait\n\n{BODY}", "date": "2025-03-06T10:00:00Z"})),
        (
            "x.json",
            json.dumps({"articles": [{"id": "a", "text": f"Allies guard strait\n\n{BODY}", "date": "2025-03-06"}]}),
        ),
        ("x.csv", f'ID,date,text\na,2025-03-06,"Allies guard strait\n\n{BODY}"\n'),
        ("x.csv", f'id;date;text\r\na;2025-03-06;"Allies guard strait\r\n\r\n{BODY}"\r\n'),
    ],
)
def test_every_format_gives_the_same_document(tmp_path: Path, name: str, content: str) -> None:
    (found,) = documents(write(tmp_path, name, content))
    assert (found.id, found.title, found.date) == ("a", "Allies guard strait", "2025-03-06")
    assert " ".join(found.text.split()) == " ".join(f"Allies guard strait {BODY}".split())


@pytest.mark.parametrize("name", ["a", "a.log", "a.unknown"])
def test_content_tells_the_format_where_the_name_does_not(tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps({"id": i, "text": BODY}) for i in ("one", "two"))
    assert [d.id for d in documents(write(tmp_path, name, lines))] == ["one", "two"]


def test_records_without_an_id_are_numbered(tmp_path: Path) -> None:
    path = write(tmp_path, "wire.jsonl", '{"text": "One."}\n\n{"text": "Two."}\n')
    assert [d.id for d in documents(path)] == ["wire-1", "wire-3"]


def test_standard_input_is_sniffed() -> None:
    stream = io.BytesIO(json.dumps({"id": "a", "text": BODY}).encode())
    assert [item.id for item in read(["-"], stdin=stream) if isinstance(item, Document)] == ["a"]
    (found,) = (item for item in read(["-"], stdin=io.BytesIO(BODY.encode())) if isinstance(item, Document))
    assert (found.id, found.text) == ("stdin", BODY)


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(BODY.encode(),))
    writer.start()
    assert [d.text for d in documents(pipe)] == [BODY]
    writer.join()


def test_folders_are_walked_in_order_without_hidden_and_other_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".git/c.txt", ".hidden.txt"):
        write(tmp_path, name, BODY)
    write(tmp_path, "picture.png", b"\x89PNG")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert [d.id for d in documents(tmp_path)] == ["b", "z"]
    assert remarks(tmp_path) == [f"{tmp_path}: 1 files of other kinds left out (.png); name one to have it read"]


def test_date_is_for_documents_that_state_none(tmp_path: Path) -> None:
    path = write(tmp_path, "x.jsonl", '{"id": "a", "text": "One."}\n{"id": "b", "text": "Two.", "date": "2024-01-02"}')
    assert [d.date for d in documents(path, date="2025-03-06")] == ["2025-03-06", "2024-01-02"]


@pytest.mark.parametrize("options", [{"date": "6 March"}, {"date": "2025-02-30"}, {"form": "docx"}])
def test_wrong_options_are_told_at_once(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"is no (date|input format)"):
        read(["x"], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.dat", b"PK\x03\x04 ...", "zip"),
        ("a.json", b'{"text": "One."', "not valid JSON"),
        ("a.json", b'["One."]', 'not a JSON object with a "text"'),
        ("a.json", b'{"title": "One."}', 'has no "text"'),
        ("a.jsonl", b"[" * 100_000, "nested too deep"),
        ("a.csv", b"id,body\n1,One.\n", 'no column "text"'),
        ("a.html", b"<html><script>One.</script></html>", "empty"),
    ],
)
def test_bad_input_is_one_line_and_no_document(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    items = list(read([write(tmp_path, name, content)]))
    assert [type(item) for item in items] == [Skipped]
    assert says in str(items[0])
    assert "\n" not in str(items[0])


def test_missing_and_vanished_files_do_not_stop_the_others(tmp_path: Path) -> None:
    good, gone = write(tmp_path, "good.txt", BODY), tmp_path / "gone.txt"
    assert [d.id for d in documents(gone, good)] == ["good"]
    assert remarks(gone, good) == [f"{gone}: skipped: no such file; it may have vanished while reading"]


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, "x.jsonl", '{"id": "a", "text": "One."}\n{"id": "b", "te\n{"id": "c", "text": "Three."}\n')
    assert [d.id for d in documents(path)] == ["a", "c"]
    assert remarks(path)[0].startswith(f"{path}:2: skipped: not valid JSON (Unterminated string")


def test_a_date_that_is_none_is_a_notice(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '{"text": "One.", "date": "last week"}')
    assert [d.date for d in documents(path)] == [None]
    assert isinstance(next(iter(read([path]))), Notice)


def test_different_texts_under_one_id_are_told_apart_whatever_the_order(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{folder}/talks.txt", f"Talks in {folder}.") for folder in ("Oslo", "Bern", "Rome")]
    forward, backward = documents(*paths), documents(*reversed(paths))
    assert sorted(forward) == sorted(backward)
    smallest = min(forward, key=lambda d: d.sha256)
    assert {d.id for d in forward} == {"talks"} | {f"talks~{d.sha256[:8]}" for d in forward if d != smallest}
    assert smallest.id == "talks"
    assert sum("is called 'talks' too" in line for line in remarks(*paths)) == 2


def test_the_same_document_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "talks.txt", BODY)
    copy = write(tmp_path, "copy/talks.txt", BODY)
    assert [d.id for d in documents(path, copy, path)] == ["talks"]
    assert len(remarks(path, copy, path)) == 2


def test_reading_holds_one_document_at_a_time(tmp_path: Path) -> None:
    line = json.dumps({"text": " ".join(map(str, range(10_000)))}) + "\n"
    path = write(tmp_path, "big.jsonl", line * 200)
    tracemalloc.start()
    assert sum(1 for _ in read([path])) == 200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_the_sample_article_keeps_its_first_body(shared: Path) -> None:
    path = shared / "seed" / "article.txt"
    (found,) = documents(path)
    assert path.read_text().startswith(found.text)
    assert found.text.count("a meeting of the so-called") == 1
    assert "read once" in remarks(path)[0]
