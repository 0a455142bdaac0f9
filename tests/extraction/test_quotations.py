"""Quotations: marks of every style, speakers wherever the grammar puts them, and what is no quotation."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.actors import Gazetteer, MentionIndex, find_mentions
from kg.documents import Document
from kg.extraction.quotations import quotations, quoted_spans
from kg.extraction.quotemarks import quoted_ranges
from kg.language import parse_all

Parsed = tuple[Document, Doc, MentionIndex]
Said = list[tuple[str, str]]


def inside(text: str) -> list[str]:
    return [text[a:b] for a, b in quoted_ranges(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ["no"]),
        ("“We go,” she said. “Now.”", ["We go,", "Now."]),
        ("‘It’s over,’ said the minister.", ["It’s over,"]),
        ("'It's over,' said the minister.", ["It's over,"]),
        ("The ministers' plan and the soldiers' pay.", []),
        ("It was the '90s, rock 'n' roll and don't.", []),
        ("He called it 'the ministers' last word'.", ["the ministers' last word"]),
        ("„Nein“, sagte er. »Doch«, sagte sie. «Oui», dit-il.", ["Nein", "Doch", "Oui"]),
        ('She said: "He told me ‘never’ and left."', ["He told me ‘never’ and left."]),
        ("A 6' 2\" man and 12\" pipes.", []),
        ('An unclosed "quotation is none.\n\nThe next paragraph.', []),
        ('"First part.\n\n"Second part," he said.', ["First part.", "Second part,"]),
        ('Empty "" and " " marks.', []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


def test_marks_in_hostile_text_take_linear_time() -> None:
    assert quoted_ranges('"a' * 50_000)[:1] == ((1, 2),)


@pytest.mark.model
def test_quoted_spans_are_tokens(parsed: Callable[..., Parsed]) -> None:
    _, doc, _ = parsed("He called it “a new start” and left.")
    assert [doc[a:b].text for a, b in quoted_spans(doc)] == ["a new start"]


PERSONS = {"Keir Roe": "person", "Ana Diaz": "person", "Peru": "state", "Chile": "state", "the league": "organization"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will stay," said Keir Roe on Monday.', [("Keir Roe", "We will stay,")]),
        ('"We will stay," Keir Roe told reporters.', [("Keir Roe", "We will stay,")]),
        ('Keir Roe said: "We will stay."', [("Keir Roe", "We will stay.")]),
        ('Ana Diaz hailed the deal as "a new beginning".', [("Ana Diaz", "a new beginning")]),
        ('Chile accused Peru of "open aggression".', [("Chile", "open aggression")]),
        ("According to Ana Diaz, the talks were “a farce”.", [("Ana Diaz", "a farce")]),
        ('"We wait," said Ana Diaz, "but not long."', [("Ana Diaz", "We wait,"), ("Ana Diaz", "but not long.")]),
        ('"We wait," said Ana Diaz. "We always wait."', [("Ana Diaz", "We wait,"), ("Ana Diaz", "We always wait.")]),
        ("‘We wait,’ said Ana Diaz.", [("Ana Diaz", "We wait,")]),
        ('Keir Roe called for calm, stating that the vote was "fair and free".', [("Keir Roe", "fair and free")]),
        ('Peru, Ana Diaz warned, would not "sit idle".', [("Ana Diaz", "sit idle")]),
        ('In a note, Chile\'s envoy, Ana Diaz, wrote of "grave errors".', [("Ana Diaz", "grave errors")]),
        ('Peru expels two diplomats, citing "repeated violations".', [("Peru", "repeated violations")]),
        ('"Enough," a diplomat said.', [("diplomat", "Enough,")]),
        ('Peru, which Ana Diaz says faces "ruin", waits.', [("Ana Diaz", "ruin")]),
        ('Chile released a statement saying that "the door is open".', [("Chile", "the door is open")]),
        ('Its leader, the jurist Ana Diaz, said it "would not wait".', [("Ana Diaz", "would not wait")]),
        ('"One word and my hand," was how Keir Roe put it.', [("Keir Roe", "One word and my hand,")]),
    ],
)
def test_speakers(parsed: Callable[..., Parsed], text: str, expected: Said) -> None:
    assert said(*parsed(text, PERSONS)) == expected


@pytest.mark.model
def test_pronoun_speaks_for_whom_it_stands(parsed: Callable[..., Parsed]) -> None:
    found = said(*parsed('Ana Diaz landed in Lima. "We are ready," she said.', PERSONS, {"she": "Ana Diaz"}))
    assert found == [("Ana Diaz", "We are ready,")]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        'The army jammed the "Voice of Freedom" radio for a day.',
        'The talks turned into a "heated" exchange.',
        'Chile begins an operation to "pacify" the valley.',
        'The ship is named "Northern Star".',
        'Chile opened the "State of the Union" exhibition.',
    ],
)
def test_names_and_scare_quotes_have_no_speaker(parsed: Callable[..., Parsed], text: str) -> None:
    assert said(*parsed(text, PERSONS)) == []


@pytest.mark.model
def test_evidence_points_at_the_words(parsed: Callable[..., Parsed]) -> None:
    document, doc, mentions = parsed('Naïve 🙂 start.\n“We’ll stay,” said Keir Roe.\n', PERSONS)
    (claim,) = quotations(doc, document, mentions)
    (evidence,) = claim.evidence
    spans = (evidence.sentence, evidence.trigger, *(m.span for m in evidence.mentions))
    assert all(span and document.text[span.start : span.end] == span.words for span in spans)
    assert [s.words for s in spans if s] == ["“We’ll stay,” said Keir Roe.", "said", "Keir Roe", "We’ll stay,"]
    assert all(m.reason for m in evidence.mentions)


def said(document: Document, doc: Doc, mentions: MentionIndex) -> Said:
    claims = quotations(doc, document, mentions)
    assert all(claim.vouched and claim.kind == "Quotation" for claim in claims)
    speakers = [next(m.name for m in claim.evidence[0].mentions if m.role == "speaker") for claim in claims]
    return [(name, str(claim.fillers("words")[0])) for name, claim in zip(speakers, claims, strict=True)]


@pytest.mark.model
@pytest.mark.shared
def test_real_news(shared: Path) -> None:
    """Of the quotations annotated in 300 news items, four in five are found with their words; few others are."""
    lines = (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if '"' in row["text"] or "“" in row["text"]]
    gazetteer = Gazetteer.load()
    wanted, found = set(), set()
    documents = [Document(row["id"], row["text"], row["date"]) for row in rows]
    for row, (document, doc) in zip(rows, parse_all(documents), strict=True):
        wanted |= {(row["id"], f["text"]) for f in row["facts"] if f["type"] == "quote"}
        claims = quotations(doc, document, find_mentions(doc, document, gazetteer))
        found |= {(row["id"], str(c.fillers("words")[0])) for c in claims}
    assert len(wanted & found) / len(wanted) >= 0.8
    assert len(wanted & found) / len(found) >= 0.9
