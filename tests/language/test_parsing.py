"""Parsing: offsets are the document's own, and sentences end where paragraphs do."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.documents import Document
from kg.errors import UsageError
from kg.language import load_model, parse, parse_all, parsing
from kg.language.parsing import LONGEST_RUN, LONGEST_SENTENCE, paragraph_starts


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in parse(Document("test", text)).sents]


def assert_offsets(doc: Doc, text: str) -> None:
    assert doc.text == text
    assert all(text.startswith(token.text, token.idx) for token in doc)


# -- paragraphs, without the model -------------------------------------------------------------------------------

WRAPPED = (
    "The envoys of Peru and Chile met on the island for the\n"
    "second time this year and spoke for three hours about a\n"
    "border that neither side has ever drawn on any map.\n"
    "\n"
    "A third round is to follow in the spring, officials from\n"
    "both of the capitals told reporters who waited outside.\n"
)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", [""]),
        ("One line", ["One line"]),
        ("A headline\nA sentence. Another.", ["A headline\n", "A sentence. Another."]),
        ("A headline\n\n \n  A sentence.", ["A headline\n\n \n  ", "A sentence."]),
        ("First.\r\nSecond.\r\n", ["First.\r\n", "Second.\r\n"]),
        ("\n\nLate start", ["\n\n", "Late start"]),
        ("First\nSecond\nThird", ["First\n", "Second\n", "Third"]),
    ],
)
def test_a_line_is_a_paragraph(text: str, paragraphs: list[str]) -> None:
    cuts = [0, *paragraph_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts)] == paragraphs


def test_lines_of_wrapped_text_are_no_paragraphs() -> None:
    (start,) = paragraph_starts(WRAPPED)
    assert WRAPPED[start:].startswith("A third round")


@given(st.text(alphabet="ab. \n\t\r", max_size=200))
def test_paragraphs_start_after_a_line_end_in_order(text: str) -> None:
    starts = paragraph_starts(text)
    assert list(starts) == sorted(set(starts))
    assert all("\n" in text[:start] and not text[start].isspace() for start in starts)


# -- models ------------------------------------------------------------------------------------------------------


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match="en_core_web_nowhere is not installed"):
        load_model("en_core_web_nowhere")


def test_a_package_that_is_no_model_is_refused() -> None:
    with pytest.raises(UsageError, match="textwrap is not a spaCy model"):
        load_model("textwrap")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Peru staged an attack.", "stage"),
        ("Peru hopes to sign.", "hope"),
        ("Peru is waging a war.", "wage"),
        ("Chile resupplied the rebels.", "resupply"),
        ("Chile airdropped food.", "airdrop"),
        ("Peru hopped over the border.", "hop"),
        ("Peru attacked the town.", "attack"),
    ],
)
def test_lemmas_of_verbs(text: str, lemma: str) -> None:
    assert lemma in [token.lemma_ for token in parse(Document("test", text)) if token.pos_ == "VERB"]


# -- sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roe hails truce\nPeru left. Chile stayed.", ["Roe hails truce", "Peru left.", "Chile stayed."]),
        ("Talks fail\n\n\n  Peru left.  \n", ["Talks fail", "Peru left."]),
        ('"We will stay." The minister left.', ['"We will stay."', "The minister left."]),
        ("He said: “We go.” Then he left.", ["He said: “We go.”", "Then he left."]),
        ("It is signed (at last.) Peru pays.", ["It is signed (at last.)", "Peru pays."]),
        ("Peru left.[1] Chile stayed.", ["Peru left.[1]", "Chile stayed."]),
        ("The talks failed.Russia attacked the city.", ["The talks failed.", "Russia attacked the city."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.model
def test_sentences_run_over_the_lines_of_wrapped_text() -> None:
    assert [" ".join(sentence.split()[:3]) for sentence in sentences(WRAPPED)] == ["The envoys of", "A third round"]


@pytest.mark.model
@pytest.mark.parametrize("mark", ['"', "”", "’", "'", ")", "»"])
def test_no_sentence_starts_with_a_closing_mark(mark: str) -> None:
    assert not any(s.startswith(mark) for s in sentences(f"He called it the end.{mark} She left the room in tears."))


@pytest.mark.model
def test_an_endless_sentence_is_cut() -> None:
    doc = parse(Document("test", "and Peru met Chile " * LONGEST_SENTENCE))
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE + 1


# -- offsets -----------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\t\n Peru  left. \u00a0\u2009Chile\u3000stayed.\r\n",
        "Ну, 我们走。 😀👍🏽 e\u0301\u202e\ufffd\ufffd",
        "x" * LONGEST_RUN,
        "Before " + "(" * 20_000 + " after.",
        "(" * (LONGEST_RUN + 1) + "\n" + ")" * (LONGEST_RUN - 1),
        "http://" + "a/b?c=" * 500 + " Peru left.",
    ],
)
def test_offsets_are_the_documents(text: str) -> None:
    assert_offsets(parse(Document("test", text)), text)


@pytest.mark.model
def test_words_beside_a_run_without_spaces_are_whole() -> None:
    doc = parse(Document("test", f"Peru left {'[' * 5000} Chile stayed."))
    assert [token.text for token in doc if token.is_alpha] == ["Peru", "left", "Chile", "stayed"]
    assert max(map(len, doc)) == LONGEST_RUN


@pytest.mark.model
def test_a_text_in_pieces_is_the_text_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"Talks {n}\nPeru met Chile in Quito on day {n}. They agreed to nothing." for n in range(20))
    whole = parse(Document("test", text))
    monkeypatch.setattr(parsing, "PIECE_TOKENS", 60)
    pieces = parse(Document("test", text))
    assert_offsets(pieces, text)
    assert [s.text for s in pieces.sents] == [s.text for s in whole.sents]
    assert all(token.head.sent == token.sent for token in pieces)


@pytest.mark.model
def test_a_text_beyond_the_models_limit_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_model(), "max_length", 1000)
    text = "Peru met Chile. " * 100
    doc = parse(Document("test", text))
    assert_offsets(doc, text)
    assert len(list(doc.sents)) == 100


@pytest.mark.model
def test_a_stream_keeps_order_and_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PIECE_TOKENS", 12)
    texts = ["", "Peru left.", "Peru met Chile.\n" * 12, "\n", "Chile stayed."]
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    parsed = list(parse_all(documents))
    assert [(document, doc.text) for document, doc in parsed] == list(zip(documents, texts, strict=True))


def test_a_stream_of_nothing_is_empty() -> None:
    assert list(parse_all([])) == []


@pytest.mark.model
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300) | st.text(alphabet="aB.\"'() \n\t\u00a0-", max_size=300))
@example("a" * 5 + "\x1c\x1d\x85\u2028 b")
@example("\u200b" * 300 + " \n" + "\u00a0" * 300)
def test_any_text_keeps_its_characters(text: str) -> None:
    assert_offsets(parse(Document("test", text)), text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "verb", "subject", "object_"),
    [
        ("Portugal summons the Angolan ambassador over the remarks.", "summons", "Portugal", "ambassador"),
        ("Armenia expels reporters of a Belarusian news agency.", "expels", "Armenia", "reporters"),
        ("Israeli strikes on two ports", "strikes", "", ""),
    ],
)
def test_a_hidden_verb_is_found(text: str, verb: str, subject: str, object_: str) -> None:
    token = next(t for t in parse(Document("test", text)) if t.text == verb)
    held = {c.dep_: c.text for c in token.children}
    assert (token.pos_ == "VERB", held.get("nsubj", ""), held.get("dobj", "")) == (bool(subject), subject, object_)
