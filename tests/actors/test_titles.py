"""Titles: where the phrase begins and ends, who bears it, and whose office it is."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from kg.actors.titles import find_title_phrases
from kg.actors.words import read_words
from tests.actors.conftest import Text

Read = Callable[..., Text]
_TAGS = {
    "of": ("IN", "ADP"), "the": ("DT", "DET"), "and": ("CC", "CCONJ"), ",": (",", "PUNCT"), "-": ("HYPH", "PUNCT"),
    "to": ("IN", "ADP"), "for": ("IN", "ADP"),
}  # fmt: skip


def phrase(text: str, known: tuple[str, ...] = ()) -> tuple[str, str, str]:
    """Role, status and words of the first title; names of one word in ``known`` are the gazetteer's."""
    words = text.split()
    kinds = [_TAGS.get(word.lower(), ("NNP", "PROPN") if word[0].isupper() else ("NN", "NOUN")) for word in words]
    last = len(words) - 1
    doc = Doc(
        spacy.blank("en").vocab, words=words, tags=[tag for tag, _ in kinds], pos=[pos for _, pos in kinds],
        heads=[last] * len(words), deps=["compound"] * last + ["ROOT"], lemmas=[word.lower() for word in words],
    )  # fmt: skip
    read = read_words(doc)
    found = find_title_phrases(read, {i: i + 1 for i, word in enumerate(words) if word in known})
    return found[0].role, found[0].status, read.span_text(found[0].full_start, found[0].full_end)


@pytest.mark.parametrize(
    ("text", "role", "status", "words"),
    [
        ("Chilean prime minister Roe", "prime minister", "current", "prime minister"),
        ("former Chilean foreign minister Roe", "foreign minister", "former", "former Chilean foreign minister"),
        ("ex - president of Chile Roe", "president", "former", "ex - president of Chile"),
        ("President - elect Roe", "president", "elect", "President - elect"),
        ("acting leader of Chile Roe", "acting leader", "acting", "acting leader of Chile"),
        ("incoming Chilean Middle East envoy Roe", "middle east envoy", "elect", "incoming Chilean Middle East envoy"),
        ("secretary of state Roe", "secretary of state", "current", "secretary of state"),
        ("minister of foreign affairs of Chile", "foreign minister", "current", "minister of foreign affairs of Chile"),
        ("Chilean arts and culture minister Roe", "arts and culture minister", "current", "arts and culture minister"),
        ("Chilean deputy prime ministers", "deputy prime minister", "current", "deputy prime ministers"),
        ("ambassador to Chile Roe", "ambassador", "current", "ambassador to Chile"),
        ("Wessex Party leader Roe", "leader", "current", "leader"),
    ],
)  # fmt: skip
def test_phrase(text: str, role: str, status: str, words: str) -> None:
    assert phrase(text, ("Chilean", "Chile")) == (role, status, words)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Belgian Foreign Minister Ilse Vandamme spoke.", ("Ilse Vandamme", "foreign minister", "Belgium", "current")),
        ("Vietnam's finance minister, Pham Duc, spoke.", ("Pham Duc", "finance minister", "Vietnam", "current")),
        ("Ilse Vandamme, the leader of Fine Gael, spoke.", ("Ilse Vandamme", "leader", "Fine Gael", "current")),
        ("The president of the European Commission, Ursula von der Leyen, spoke.",
         ("Ursula von der Leyen", "president", "European Commission", "current")),
        ("Ilse Vandamme is the prime minister of Belgium.", ("Ilse Vandamme", "prime minister", "Belgium", "current")),
        ("Ilse Vandamme was elected president of Malta.", ("Ilse Vandamme", "president", "Malta", "elect")),
        ("Ilse Vandamme was sworn in as president of Malta.", ("Ilse Vandamme", "president", "Malta", "current")),
        ("Malta appoints Ilse Vandamme as its envoy to Libya.", ("Ilse Vandamme", "envoy", "Malta", "current")),
        ("Ilse Vandamme resigned as prime minister of Malta.", ("Ilse Vandamme", "prime minister", "Malta", "former")),
        ("Former Maltese president Ilse Vandamme spoke.", ("Ilse Vandamme", "president", "Malta", "former")),
        ("NATO Secretary General Ilse Vandamme spoke.", ("Ilse Vandamme", "secretary-general", "NATO", "current")),
        ("In Malta, prime minister Ilse Vandamme resigned.", ("Ilse Vandamme", "prime minister", "Malta", "current")),
        ("Malta protested. Its navy chief, Rear Admiral Ilse Vandamme, spoke.",
         ("Ilse Vandamme", "navy chief", "Malta", "current")),
        ("Malta's interim president, Ilse Vandamme, spoke.", ("Ilse Vandamme", "interim president", "Malta", "acting")),
    ],
)  # fmt: skip
def test_title(read: Read, text: str, title: tuple[str, str, str, str]) -> None:
    assert read(text).titles() == [title]


@pytest.mark.model
def test_presidents_in_a_row_take_their_states(read: Read) -> None:
    text = read("Presidents Ilse Vandamme of Malta and Tomas Kask of Estonia signed the treaty.")
    assert text.titles() == [
        ("Ilse Vandamme", "president", "Malta", "current"),
        ("Tomas Kask", "president", "Estonia", "current"),
    ]


@pytest.mark.model
def test_successor_and_predecessor(read: Read) -> None:
    text = read("Ilse Vandamme was sworn in as president of Malta, succeeding Tomas Kask.")
    assert text.titles() == [
        ("Ilse Vandamme", "president", "Malta", "current"),
        ("Tomas Kask", "president", "Malta", "former"),
    ]


@pytest.mark.model
def test_counterpart_holds_the_same_office(read: Read) -> None:
    text = read("Maltese foreign minister Ilse Vandamme met her Estonian counterpart, Tomas Kask.")
    assert ("Tomas Kask", "foreign minister", "Estonia", "current") in text.titles()


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "General Ilse Vandamme spoke.",
        "Malta failed to elect a new president.",
        "The French president spoke.",
        "Ilse Vandamme, a journalist, spoke in Malta.",
    ],
)
def test_no_title(read: Read, text: str) -> None:
    assert read(text).titles() == []


@pytest.mark.model
def test_the_title_gives_the_person_the_state(read: Read) -> None:
    text = read("Ilse Vandamme, the prime minister of Malta, spoke. Vandamme then left.")
    assert text.states("Vandamme", 1) == ["MLT"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Jane Roe was elected director-general of UNESCO.", ("director-general", "UNESCO", "elect")),
        ("Jane Roe, who is now NATO's secretary-general, left.", ("secretary-general", "NATO", "current")),
        ("Chileans vote to elect a president, as incumbent Jane Roe retires.", ("president", "Chile", "current")),
        ("Peru votes for a president to replace Jane Roe.", ("president", "Peru", "current")),
        ("Chile sent aid. Under its president at the time, Jane Roe, taxes fell.", ("president", "Chile", "former")),
        ("NATO met. Its secretary-general, the Danish lawyer Jane Roe, spoke.",
         ("secretary-general", "NATO", "current")),
        ("The former Peruvian trade minister and port lawyer Jane Roe left.", ("trade minister", "Peru", "former")),
        ("Troops entered Trujillo in Peru. Mayor Jane Roe fled.", ("mayor", "Trujillo", "current")),
        ("12:30 Skopje. Eggs fly at the Bulgarian consulate. President Jane Roe apologises.",
         ("president", "North Macedonia", "current")),
        ("Chile cancelled the sale to Peru. President Jane Roe accused Peru of spying.",
         ("president", "Chile", "current")),
        ("Peru and Chile met. Lima will pay, President Jane Roe said.", ("president", "Peru", "current")),
    ],
)  # fmt: skip
def test_title_by_what_is_told_around_it(read: Read, text: str, title: tuple[str, str, str]) -> None:
    assert read(text).titles() == [("Jane Roe", *title)]


@pytest.mark.model
def test_opposite_numbers_and_successors_hold_the_office(read: Read) -> None:
    text = "Fijian Prime Minister John Doe spoke. His Tongan opposite number, ʻAna Roe, agreed."
    more = "Doe's successor, Max Poe, left."
    assert [(person, role, of) for person, role, of, _ in read(f"{text} {more}").titles()] == [
        ("John Doe", "prime minister", "Fiji"),
        ("ʻAna Roe", "prime minister", "Tonga"),
        ("Max Poe", "prime minister", "Fiji"),
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["Jane Roe, a senior commander of the Taliban, was seen.", "The mission's head, Jane Roe of Chile, spoke."],
)
def test_who_leads_troops_holds_no_office(read: Read, text: str) -> None:
    assert read(text).titles() == []
