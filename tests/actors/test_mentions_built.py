"""Actors in parses built by hand: what is decided where the parse says this and no other."""

from collections.abc import Callable

import pytest

from tests.actors.conftest import Text

Build = Callable[..., Text]


def test_adjective_as_modifier(build: Build) -> None:
    text = build("Israeli/JJ/ADJ/amod/1", "strikes/NNS/NOUN/nsubj/2", "continued/VBD/VERB/ROOT/2")
    assert text.names("Israeli") == ["Israel"]
    assert text.at("strikes") == ()


def test_title_and_name_in_one_phrase(build: Build) -> None:
    text = build(
        "Kenyan/JJ/ADJ/amod/3", "President/NNP/PROPN/compound/3", "Wanjiru/NNP/PROPN/compound/3",
        "Otieno/NNP/PROPN/nsubj/4", "left/VBD/VERB/ROOT/4",
    )  # fmt: skip
    (mention,) = text.at("Otieno")
    assert (mention.name, mention.state, mention.category) == ("Wanjiru Otieno", "KEN", "person")


def test_title_that_the_parser_takes_for_the_head_still_leads_to_the_person(build: Build) -> None:
    text = build(
        "Minister/NNP/PROPN/nsubj/4", "Wanjiru/NNP/PROPN/compound/2", "Otieno/NNP/PROPN/appos/0", "now/RB/ADV/advmod/4",
        "left/VBD/VERB/ROOT/4", "Kenya/NNP/PROPN/dobj/4",
    )  # fmt: skip
    assert text.names("Minister") == ["Wanjiru Otieno"]


def test_organ_by_a_possessive(build: Build) -> None:
    text = build(
        "Chile/NNP/PROPN/poss/2", "'s/POS/PART/case/0", "army/NN/NOUN/nsubj/3", "left/VBD/VERB/ROOT/3",
    )  # fmt: skip
    (mention,) = text.at("army")
    assert (mention.entity.id, mention.name) == ("state/CHL/army", "Chile's army")


def test_hyphenated_led(build: Build) -> None:
    text = build(
        "US/NNP/PROPN/npadvmod/2", "-/HYPH/PUNCT/punct/2", "led/VBN/VERB/amod/3", "troops/NNS/NOUN/nsubj/4",
        "left/VBD/VERB/ROOT/4",
    )  # fmt: skip
    assert text.states("US") == ["USA"]
    assert text.states("troops") == [None]


@pytest.mark.parametrize("preposition", ["in", "near", "at"])
def test_capital_after_a_locative_is_a_place(build: Build, preposition: str) -> None:
    text = build("met/VBD/VERB/ROOT/0", f"{preposition}/IN/ADP/prep/0", "Kyiv/NNP/PROPN/pobj/1")
    assert text.at("Kyiv")[0].category == "region"


def test_capital_as_subject_stands_for_its_state(build: Build) -> None:
    text = build("Kyiv/NNP/PROPN/nsubj/1", "agreed/VBD/VERB/ROOT/1")
    assert text.at("Kyiv")[0].entity.id == "state/UKR"


def test_lower_case_word_for_an_act_is_no_actor(build: Build) -> None:
    text = build(
        "its/PRP$/PRON/poss/1",
        "opposition/NN/NOUN/nsubj/4",
        "to/IN/ADP/prep/1",
        "talks/NNS/NOUN/pobj/2",
        "grew/VBD/VERB/ROOT/4",
    )
    assert text.index.all == ()
