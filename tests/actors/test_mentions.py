"""Actors in sentences of our own, read with the model."""

from collections.abc import Callable

import pytest

from tests.actors.conftest import Text

pytestmark = pytest.mark.model
Read = Callable[..., Text]


@pytest.mark.parametrize(
    ("text", "word", "name", "state"),
    [
        ("The Israeli military shelled the village.", "military", "Israeli military", "ISR"),
        ("Israeli strikes killed nobody.", "Israeli", "Israel", "ISR"),
        ("Two Afghan nationals were deported.", "nationals", "Afghan nationals", "AFG"),
        ("At least 300 protesters marched.", "protesters", "protesters", None),
        ("Gunmen attacked the Belgian ambassador.", "Gunmen", "Gunmen", None),
        ("Gunmen attacked the Belgian ambassador.", "ambassador", "Belgian ambassador", "BEL"),
        ("The navy seized a Russian vessel.", "vessel", "Russian vessel", "RUS"),
        ("Uganda's military denied it.", "military", "Uganda's military", "UGA"),
        ("Kyiv accused Moscow of lying.", "Kyiv", "Kyiv", "UKR"),
        ("Kyiv accused Moscow of lying.", "Moscow", "Moscow", "RUS"),
        ("The Kremlin rejected the offer.", "Kremlin", "Kremlin", "RUS"),
        ("NATO warned the government of Argentina.", "government", "government of Argentina", "ARG"),
        ("NATO warned the government of Argentina.", "NATO", "NATO", None),
        ("Journalist Jana Nováková of Slovakia was freed.", "Nováková", "Jana Nováková", None),
        ("Swedish activist Ebba Lindqvist was freed.", "Lindqvist", "Ebba Lindqvist", "SWE"),
        ("French envoy Jean Dupont left Lagos.", "Dupont", "Jean Dupont", "FRA"),
        ("Portugal's Marta Figueira left Lagos.", "Figueira", "Marta Figueira", "PRT"),
        ("More than 35 Boko Haram fighters fled.", "fighters", "Boko Haram fighters", None),
        ("The Palestinians refused the plan.", "Palestinians", "Palestinians", "PSE"),
        ("Peacekeepers from Fiji were wounded.", "Peacekeepers", "Peacekeepers from Fiji", "FJI"),
    ],
)  # fmt: skip
def test_name_and_state(read: Read, text: str, word: str, name: str, state: str | None) -> None:
    (mention,) = read(text).at(word)
    assert (mention.name, mention.state) == (name, state)


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        ("The Chilean army left.", "army", "state/CHL/army"),
        ("Chile's foreign ministry protested.", "ministry", "state/CHL/foreign-ministry"),
        ("Chile protested and its navy sailed.", "navy", "state/CHL/navy"),
        ("Peru arrested him, the police said.", "police", "state/PER/police"),
        ("Kyiv rejected the plan.", "Kyiv", "state/UKR"),
        ("They met in Kyiv.", "Kyiv", "region/kyiv"),
        ("They flew to Kyiv.", "Kyiv", "region/kyiv"),
        ("They bombed Kyiv.", "Kyiv", "region/kyiv"),
        ("Rebels fled.", "Rebels", "document/doc/actor/rebels"),
        ("The Wessex Democratic Movement boycotted the vote.", "Movement", "organization/wessex-democratic-movement"),
    ],
)  # fmt: skip
def test_entity(read: Read, text: str, word: str, entity: str) -> None:
    assert [mention.entity.id for mention in read(text).at(word)] == [entity]


def test_place_and_state_of_a_capital(read: Read) -> None:
    text = read("Ministers met in Kyiv, and later in Ukraine's west.")
    place = text.index.place(next(t for t in text.doc if t.text == "Kyiv"))
    assert place is not None
    assert place.id == "region/kyiv"
    assert text.states("Kyiv") == ["UKR"]


def test_us_led_names_the_united_states_but_not_as_owner(read: Read) -> None:
    text = read("The US-led coalition bombed a depot.")
    assert text.states("US") == ["USA"]
    assert text.states("coalition") == [None]


def test_every_conjunct_at_its_own_head(read: Read) -> None:
    text = read("France, Germany and Italy signed the treaty.")
    assert [text.states(word) for word in ("France", "Germany", "Italy")] == [["FRA"], ["DEU"], ["ITA"]]


def test_quantity_stands_for_what_it_counts(read: Read) -> None:
    assert read("Hundreds of Syrian refugees crossed the border.").states("Hundreds") == ["SYR"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Police in Atlanta, Georgia, arrested two men from Texas.", "USA"),
        ("Police in Tbilisi said that Georgia had asked the European Union for help.", "GEO"),
    ],
)
def test_georgia_by_other_places(read: Read, text: str, state: str) -> None:
    assert read(text).states("Georgia") == [state]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The Democratic Republic of the Congo recalled its envoy after Congolese troops fled.", "COD"),
        ("The Republic of the Congo recalled its envoy after Congolese troops fled.", "COG"),
    ],
)
def test_congolese_by_the_state_that_is_named(read: Read, text: str, state: str) -> None:
    assert read(text).states("Congolese") == [state]


def test_a_state_as_a_given_name_is_a_person(read: Read) -> None:
    (mention,) = read("The senator thanked Chad Ellsworth for his work.").at("Ellsworth")
    assert (mention.category, mention.state) == ("person", None)


@pytest.mark.parametrize(
    ("text", "word", "category"),
    [
        ("Ilse Kabul opened the talks in Lima.", "Kabul", "person"),
        ("Its foreign minister, Wenzo Ibadan, pleaded for time.", "Ibadan", "person"),
        ("They are led by a Nepali major, Wenzo Kathor, and two aides.", "Kathor", "person"),
        ("The report by Wenzo Kathor, 54, was read aloud.", "Kathor", "person"),
        ("The Belt and Lake Forum promised loans.", "Forum", "organization"),
        ("The Office for Trade and Refugees promised loans.", "Office", "organization"),
    ],
)
def test_what_a_name_names_is_told_by_its_words_and_place(read: Read, text: str, word: str, category: str) -> None:
    assert [mention.category for mention in read(text).at(word)] == [category]


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        ("In Canada, Jane Roe became leader of the Liberal Party.", "Party", "organization/liberal-party-of-canada"),
        ("Russia's Ministry of Defence denied it.", "Ministry", "state/RUS/defence-ministry"),
        ("The Nigerian Armed Forces denied it.", "Forces", "state/NGA/military"),
        ("The U.S. Coast Guard left.", "Guard", "state/USA/coast-guard"),
        ("Thirteen Taliban fighters fled.", "Taliban", "organization/taliban"),
        ("The raid was in Ellabell, Georgia, United States.", "Georgia", "region/georgia-us"),
        ("The envoys of Armenia and Georgia met.", "Georgia", "state/GEO"),
        ("A missile hit Lima, Peru.", "Lima", "region/lima"),
        ("The fire broke out near central Lima.", "Lima", "region/lima"),
        ("A Dutch diver left.", "Dutch", "state/NLD"),
        ("Chile praised the Assad regime.", "Assad", "person/bashar-al-assad"),
        ("The United Nations World Food Programme left.", "Programme", "organization/world-food-programme"),
        ("The European Union pays. Brussels has not replied.", "Brussels", "organization/european-union"),
        ("The European Union and Belgium pay. Brussels has not replied.", "Brussels", "state/BEL"),
    ],
)
def test_names_are_linked_by_what_stands_around_them(read: Read, text: str, word: str, entity: str) -> None:
    assert [mention.entity.id for mention in read(text).at(word)] == [entity]


@pytest.mark.parametrize("text", ["They lost the AFC Champions League.", "They won the Lake Cup."])
def test_contests_in_sport_are_no_actors(read: Read, text: str) -> None:
    assert [mention.name for mention in read(text).index.all if mention.named] == []


def test_newspaper_named_after_a_capital_is_no_state(read: Read) -> None:
    assert read("The Washington Post reported the talks.").states("Post") == [None]


def test_surname_refers_back_also_for_unknown_people(read: Read) -> None:
    text = read("Foreign Minister Ilse Vandamme of Belgium spoke first. Vandamme then left.")
    first, second = text.at("Vandamme", 0), text.at("Vandamme", 1)
    assert first[0].entity == second[0].entity
    assert second[0].state == "BEL"
    assert "surname of 'Ilse Vandamme'" in second[0].reason


def test_bracketed_acronym(read: Read) -> None:
    text = read("The Northern Fishermen's Union (NFU) called a strike. The NFU later relented.")
    assert text.at("NFU", 1)[0].entity == text.at("Union")[0].entity


def test_short_name_of_a_body(read: Read) -> None:
    text = read("The Corvid Monitoring Mission left Goma. Kenya thanked the Mission for its work.")
    assert text.at("Mission", 1)[0].entity == text.at("Mission", 0)[0].entity


@pytest.mark.parametrize(("word", "person"), [("Macron", "emmanuel-macron"), ("Putin", "vladimir-putin")])
def test_bare_surname_of_a_leader(read: Read, word: str, person: str) -> None:
    (mention,) = read(f"{word} rejected the plan.").at(word)
    assert mention.entity.id == f"person/{person}"


def test_bare_surname_needs_a_date(read: Read) -> None:
    assert all("at the document's date" not in m.reason for m in read("Macron rejected the plan.", None).index.all)


def test_namesake_of_a_leader_in_another_state(read: Read) -> None:
    (mention,) = read("Colombian defence minister Pedro Sánchez reported an ambush.").at("Sánchez")
    assert mention.state == "COL"
    assert mention.entity.id.startswith("document/doc/person/pedro-sanchez-")


def test_generic_name_is_the_state_s_that_the_text_is_about(read: Read) -> None:
    (mention,) = read("In Peru, Congress removed the president.").at("Congress")
    assert mention.state == "PER"


def test_office_alone_is_its_holder_at_the_date(read: Read) -> None:
    text = read("The French president met the German chancellor.")
    assert [m.entity.id for m in (*text.at("president"), *text.at("chancellor"))] == [
        "person/emmanuel-macron",
        "person/friedrich-merz",
    ]


def test_office_alone_without_a_date_keeps_its_node(read: Read) -> None:
    (mention,) = read("The French president spoke.", None).at("president")
    assert (mention.state, mention.entity.kind) == ("FRA", "Actor")


def test_agreements_and_days_are_no_actors(read: Read) -> None:
    text = read("On Monday, the Lisbon Accord entered into force in Chile.")
    assert [m.name for m in text.index.all] == ["Chile"]


ODD = [
    "",
    "\n\n",
    "🙂 !",
    "-- - --",
    "US-",
    "((((",
    "THE THE THE",
    "M23 M23",
    "’s",
    "a\u200fb Kyiv",
    "Pres. X of",
    "of of of",
]


@pytest.mark.parametrize("text", [*ODD, "Côte d’Ivoire’s 🙂 president, “Ouattara”, left Abidjan.\n\nFrance\nfollowed."])
def test_offsets_are_the_document_s(read: Read, text: str) -> None:
    for mention in read(text).index.all:
        assert text[mention.start : mention.end] == mention.words


def test_every_mention_says_why_and_reading_twice_is_the_same(read: Read) -> None:
    text = "Ukraine's allies met in Paris. They told Russia that its neighbour would get arms; President Trump agreed."
    first, second = read(text).index.all, read(text).index.all
    assert first == second
    assert all(mention.reason for mention in first)
