"""What pronouns and definite descriptions stand for."""

from collections.abc import Callable

import pytest

from kg.actors.discourse import quotations
from tests.actors.conftest import Text

Read = Callable[..., Text]
Build = Callable[..., Text]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Emmanuel Macron met Keir Starmer. He praised the deal.", "He", ["Emmanuel Macron"]),
        ("Kenya said that it would send police.", "it", ["Kenya"]),
        ("Norway withdrew its ambassador.", "its", ["Norway"]),
        ("Poland and Estonia said they would help.", "they", ["Poland", "Estonia"]),
        ("The rebels said they had left.", "they", ["rebels"]),
        ("In his first speech, Emmanuel Macron thanked Kenya.", "his", ["Emmanuel Macron"]),
        ("Chile, which borders Peru, agreed.", "which", ["Chile"]),
        ("Mali expelled the envoys, who left the country.", "country", ["Mali"]),
        ("Hamas rejected the plan. The group said so on Monday.", "group", ["Hamas"]),
        ("Poland and Estonia signed a pact. Both countries welcomed it.", "countries", ["Poland", "Estonia"]),
        ("Poland and Hamas met. The two sides agreed.", "sides", ["Poland", "Hamas"]),
        ("Emmanuel Macron and Xi Jinping met. The two leaders agreed.", "leaders", ["Emmanuel Macron", "Xi Jinping"]),
        ("Emmanuel Macron said his country would help.", "country", ["France"]),
        ("French president Emmanuel Macron arrived. The president smiled.", "president", ["Emmanuel Macron"]),
        ("Russia is at war with Ukraine. Russia struck its neighbour again.", "neighbour", ["Ukraine"]),
        ("Ukraine's allies fear Russia's war against its neighbor.", "neighbor", ["Ukraine"]),
        ("Fighting broke out between Chad and Boko Haram. The latter fled.", "latter", ["Boko Haram"]),
    ],
)  # fmt: skip
def test_stands_for(read: Read, text: str, word: str, names: list[str]) -> None:
    assert read(text).names(word) == names


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kenya said it was raining.", "it"),
        ("It is clear that Kenya agreed.", "It"),
        ("It was Kenya that agreed.", "It"),
    ],
)
def test_impersonal_it_is_nobody(read: Read, text: str, word: str) -> None:
    assert read(text).at(word) == ()


@pytest.mark.model
def test_an_argument_of_the_same_verb_is_ruled_out(read: Read) -> None:
    text = read("Ukraine was invaded. Later Russia struck it again.")
    assert text.names("it") == ["Ukraine"]


@pytest.mark.model
def test_the_neighbour_of_nobody_else_stays_open(read: Read) -> None:
    (mention,) = read("Russia struck its neighbour.").at("neighbour")
    assert mention.state is None


def test_pronoun_by_number_and_sort(build: Build) -> None:
    text = build(
        "Chile/NNP/PROPN/nsubj/1", "warned/VBD/VERB/ROOT/1", "Macron/NNP/PROPN/dobj/1", "that/IN/SCONJ/mark/5",
        "it/PRP/PRON/nsubj/5", "agreed/VBD/VERB/ccomp/1",
    )  # fmt: skip
    assert text.names("it") == ["Chile"]


def test_person_pronoun_takes_no_state(build: Build) -> None:
    text = build("Chile/NNP/PROPN/nsubj/1", "said/VBD/VERB/ROOT/1", "he/PRP/PRON/nsubj/3", "agreed/VBD/VERB/ccomp/1")
    assert text.at("he") == ()


def test_quotation_marks_of_both_kinds() -> None:
    assert quotations(["“", "a", "”", "b", '"', "c", '"']) == [1, 1, 0, 0, 2, 2, 0]
