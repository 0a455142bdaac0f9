"""Characters, headlines, repeated bodies, encodings."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import document
from kg.documents.decode import decode
from kg.documents.text import clean, headline, iso_date, read_once
from kg.errors import InputError

SENTENCES = (
    "Norway and Finland agreed on Tuesday to guard the strait together, the defence minister said in Oslo.",
    "Sweden will send two ships in May if parliament approves the plan, and Denmark may follow with a third.",
    "Russia opposes the mission and has called it a threat, but it has not said what it would do about it.",
)
BODY = "\n".join(SENTENCES) + "\n"
HEAD = "Allies guard strait\n"


@given(st.text(st.characters(exclude_categories=[])))
def test_cleaning_replaces_one_for_one(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    assert not [ch for ch in cleaned if unicodedata.category(ch) in ("Cc", "Cs") and ch not in "\t\n"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\ufdd0", "\ufffe", "\U0010ffff"])
def test_what_no_graph_can_hold_is_replaced(bad: str) -> None:
    assert clean(f"a{bad}b") == "a\ufffdb"


@pytest.mark.parametrize("good", ["\u200f", "\u200b", "é", "😀", "\u2028", "\ufeff", "’", "\t"])
def test_everything_else_stays(good: str) -> None:
    assert clean(f"a{good}b") == f"a{good}b"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (HEAD + BODY, "Allies guard strait"),
        (HEAD + "\n" + BODY, "Allies guard strait"),
        ("U.S. and EU seal deal\n\nThe deal was signed.", "U.S. and EU seal deal"),
        ("\n\n  Allies guard strait \n" + BODY, "Allies guard strait"),
        (BODY, None),
        (HEAD, None),
        ("Norway and Finland agreed to guard the strait\ntogether. Sweden will send two ships.\n", None),
        ("Norway agreed. Finland did not\n\nThe end.", None),
        ("OSLO, Norway —\n", None),
    ],
)
def test_headline(text: str, title: str | None) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    "text",
    [
        BODY + BODY,
        HEAD + BODY + BODY,
        HEAD + BODY + "\n\n" + BODY,
        HEAD + BODY + BODY.replace("\n", "\n\n"),
        HEAD + BODY + BODY.replace(" ", "\n"),
        HEAD + BODY.rstrip() + BODY,
        HEAD + BODY + BODY + BODY,
        HEAD + BODY + HEAD + BODY,
        HEAD + BODY + BODY[: len(BODY) * 2 // 3],
        HEAD + "By A. Reporter\n" + BODY + BODY,
    ],
)
def test_a_body_that_stands_again_is_cut(text: str) -> None:
    kept, began = read_once(text)
    assert began is not None
    assert text.startswith(kept)
    assert [kept.count(sentence) for sentence in SENTENCES] == [1, 1, 1]


def test_what_follows_the_second_copy_stays() -> None:
    tail = "A correction: the talks were in Bergen."
    kept, _ = read_once(HEAD + BODY + BODY + tail)
    assert kept == HEAD + BODY + tail


@pytest.mark.parametrize(
    "text",
    [
        HEAD + BODY,
        "Stop the war! Stop the war! Stop the war!",
        BODY + "Norway and Finland agreed on Tuesday to guard the strait. " + BODY[::-1],
        HEAD + BODY + "In Oslo, nothing was said.\n" + SENTENCES[2],
        "",
    ],
)
def test_what_does_not_stand_again_stays(text: str) -> None:
    assert read_once(text) == (text, None)


@pytest.mark.parametrize("unit", ["a", "ab ", "a b\n"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    kept, _ = read_once(unit * 200_000)
    assert len(kept) <= len(unit) * 200_000


@pytest.mark.parametrize(
    ("raw", "text", "says"),
    [
        ("Élysée 😀".encode(), "Élysée 😀", ""),
        (codecs.BOM_UTF8 + "Élysée".encode(), "Élysée", ""),
        ("Élysée “talks”".encode("utf-16"), "Élysée “talks”", ""),
        (codecs.BOM_UTF16_BE + "Élysée".encode("utf-16-be"), "Élysée", ""),
        ("Élysée 😀".encode("utf-32"), "Élysée 😀", ""),
        ("Talks at the Élysée".encode("utf-16-le"), "Talks at the Élysée", "utf-16-le, a guess"),
        (
            "Zoë’s visit to the Élysée — “robust” €5m".encode("cp1252"),
            "Zoë’s visit to the Élysée — “robust” €5m",
            "cp1252",
        ),
        ("Talks in Málaga and Zürich".encode("latin-1"), "Talks in Málaga and Zürich", "cp1252"),
        (("Élysée and Málaga, " * 9).encode() + b"\xff.", "Élysée and Málaga, " * 9 + "\ufffd.", "1 bytes"),
        (b"a\r\nb\rc\n", "a\nb\nc\n", ""),
        (b"One zero\x00 byte in a text of some length", "One zero\x00 byte in a text of some length", ""),
    ],
)
def test_encodings(raw: bytes, text: str, says: str) -> None:
    decoded, notice = decode(raw)
    assert decoded == text
    assert says in notice
    assert bool(says) == bool(notice)


def test_html_may_declare_its_encoding() -> None:
    raw = '<meta charset="iso-8859-2"><p>Wałęsa'.encode("iso-8859-2")
    assert decode(raw, declared=True) == ('<meta charset="iso-8859-2"><p>Wałęsa', "")


@pytest.mark.parametrize("raw", [b"%PDF-1.4", b"\x89PNG\r\n", b"\x01\x02\x03\x04" * 50])
def test_what_is_no_text_is_told(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"no text"):
        decode(raw)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_told(raw: bytes) -> None:
    try:
        text, _ = decode(raw)
    except InputError:
        return
    assert isinstance(clean(text), str)


@pytest.mark.parametrize(
    ("words", "day"),
    [("2025-03-06", "2025-03-06"), ("March 6, 2025", "2025-03-06"), ("2025-02-30", None), ("", None), ("soon", None)],
)
def test_dates(words: str, day: str | None) -> None:
    assert iso_date(words) == day


def test_a_document_from_a_string() -> None:
    found = document(HEAD + BODY, id="strait", date="2025-03-06")
    assert (found.id, found.title, found.date, len(found.sha256)) == ("strait", "Allies guard strait", "2025-03-06", 64)
    with pytest.raises(InputError):
        document("  ")
