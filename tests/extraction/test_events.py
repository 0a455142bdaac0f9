"""Acts with who does them and to whom, from sentence to fact."""

import pytest

from kg.documents import Document
from kg.extraction.extractor import Extractor
from kg.facts import Fact, facts

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _acts(extractor: Extractor, text: str) -> set[str]:
    """Acts as "type actors > targets", by states where there are any, else by names."""
    document = Document("test", text, "2025-06-01")
    found = facts(document, extractor.extract(document).claims)
    return {f"{f['event'].lower()} {_sides(f, 'actor')} > {_sides(f, 'target')}" for f in found if f["type"] == "event"}


def _sides(fact: Fact, role: str) -> str:
    return " ".join(sorted({a["state"] or a["name"] for a in fact[role]}))


VERBS = {
    "Portugal summons the Angolan ambassador over the remarks.": "request PRT > AGO",
    "The Belgian Investment Fund divests from two Serbian companies after the vote.": "sanction BEL > SRB",
    "Armenia expels reporters of a Belarusian news agency.": "sanction ARM > BLR",
    "Niger accuses and condemns Benin.": "accuse NER > BEN",
    "Prime Minister Giorgia Meloni visits Rabat, Morocco, to sign an agreement on fishing.": "consult ITA > MAR",
}

ANSWERS = {
    "request of another": (
        "Chile denies a request from Ecuador to let an aircraft land.", {"reject CHL > ECU", "request ECU > CHL"},
    ),
    "offer of another": (
        "Nepal has turned down an Indian offer to train its pilots.", {"reject NPL > IND", "agree IND > NPL"},
    ),
    "what is approved": (
        "Denmark approves a large arms sale to Estonia.", {"aid DNK > EST"},
    ),
    "told before, with an addressee": (
        "Egypt demands that Sudan release the crew of the tanker. Sudan rejects the demand.",
        {"request EGY > SDN", "reject SDN > EGY"},
    ),
    "told before, in other words": (
        "Kenya will close its border unless Somalia removes the posts within a week. Somalia rejects the ultimatum.",
        {"reject SOM > KEN"},
    ),
    "a deal that is rejected": ("Sri Lanka rejects any deal with Pakistan.", {"reject LKA > PAK"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VERBS.items())
def test_verbs_taken_for_nouns(extractor: Extractor, text: str, expected: str) -> None:
    assert expected in _acts(extractor, text)


@pytest.mark.parametrize(("text", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_is_answered_is_said_by_another(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert expected <= _acts(extractor, text)


def test_what_was_told_before_is_not_told_again(extractor: Extractor) -> None:
    acts = _acts(extractor, "Spain accuses Chile of spying. Chile denies the accusation.")
    assert sorted(acts) == ["accuse ESP > CHL", "reject CHL > ESP"]


ARGUMENTS = {
    "call for somebody to act": ("Latvia calls for the Swiss government to return the vessel.", "request LVA > CHE"),
    "call with the infinitive apart": (
        "Protesters call for President Aleksandar Vučić to be removed from power.", "request Protesters > SRB",
    ),
    "what is called names": ("The Chilean minister called the raid \"a disgrace\".", "accuse CHL > "),
    "who is found to have a part": (
        "Boko Haram claimed responsibility for the attack on two Cameroonian posts.", "assault Boko Haram > CMR",
    ),
    "machines do not act": ("Turkey deployed drones to attack Syrian posts.", "assault TUR > SYR"),
    "places before nouns": ("Two men are held over the Marseille bombing.", "assault  > FRA"),
    "a preposition astray": (
        "Students hold demonstrations in Ankara, Izmir and other cities in Turkey against the government of Turkey.",
        "protest Students > TUR",
    ),
    "with whom one has to do": (
        "Oman accuses Yemen of smuggling arms. It threatens to close the border.", "threaten OMN > YEM",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_who_and_to_whom(extractor: Extractor, text: str, expected: str) -> None:
    assert expected in _acts(extractor, text)


def test_a_treaty_that_binds_promises_nothing_itself(extractor: Extractor) -> None:
    acts = _acts(extractor, "The treaty obliges Chad to train the guards of Niger.")
    assert not any(act.startswith("agree") for act in acts)


HOME = {
    "troops at home": ("The Chadian army sends two battalions to N'Djamena.", "mobilize TCD > "),
    "help for one's own": ("Canada sends soldiers abroad to protect its citizens.", ""),
    "troops of nobody's sending": ("Two Polish battalions were deployed to Latvia.", "mobilize POL > LVA"),
    "what is asked for": ("Kenya calls for an arms embargo against Eritrea.", "sanction  > ERI"),
    "what will be done": ("Finland announces that two Belarusian diplomats will be expelled.", "sanction FIN > BLR"),
    "talks around an act": ("After weeks of talks, Gabon leaves the bloc.", "consult GAB > "),
    "part in a force": ("Samoa will take part from the spring.", "cooperate WSM > "),
    "one side of an agreement": ("Benin frees the crew as part of an agreement with Togo.", "agree  > TGO"),
    "the last to act": ("Laos is the last of the six to ratify the treaty.", "cooperate LAO > "),
    "a member now": ("Palau became the fifth member of the forum.", "cooperate PLW > "),
    "not one's own airspace": ("Norway says that Russian jets violated its airspace.", "mobilize RUS > NOR"),
    "particles with objects": ("Peru breaks off diplomatic relations with Cuba.", "sanction PER > CUB"),
    "units of verb and object": ("The Jamaican prime minister gave way.", "concede JAM > "),
    "declared unwanted": ("Oslo declares the Serbian envoy persona non grata.", "sanction NOR > SRB"),
    "crews lent": ("Malta lends two crews to Libya.", "aid MLT > LBY"),
    "goods receive nothing": ("Peru and Chile will patrol the lake. Chile provides the boats.", "aid CHL > PER"),
    "deported from where": ("Norway deported two Malians.", "coerce NOR > MLI"),
    "nobody's deporting": ("Two Malians were deported from Norway.", "coerce NOR > MLI"),
    "measures by size": ("The tariff increase on Peruvian copper by Chile took effect.", "sanction CHL > PER"),
    "strikes in a place": ("Strikes in Chad killed two people.", "assault  > TCD people"),
    "patrols that go on": ("Kenya will keep patrolling Comorian waters.", "aid KEN > COM"),
    "envoys called home": ("Austria recalled its envoy to Bolivia.", "sanction AUT > BOL"),
    "inspectors let in": ("Eritrea admitted the Swiss inspectors.", "concede ERI > CHE"),
    "help that comes": ("Portuguese help to Cape Verde arrived.", "aid PRT > CPV"),
    "words of governments": ("Jordan protested the arrest of two Iraqis.", "accuse JOR > IRQ"),
}


@pytest.mark.parametrize(("text", "expected"), HOME.values(), ids=HOME)
def test_at_home_and_abroad(extractor: Extractor, text: str, expected: str) -> None:
    acts = _acts(extractor, text)
    assert expected in acts if expected else not any(act.startswith("aid") for act in acts)


def test_the_aim_of_a_march_is_the_march(extractor: Extractor) -> None:
    acts = _acts(extractor, "Thousands of Serbs march in Belgrade to protest against the government of Serbia.")
    assert [act for act in acts if act.startswith("protest")] == ["protest SRB > SRB"]


def test_victims_of_an_attack_are_not_another_attack(extractor: Extractor) -> None:
    acts = _acts(extractor, "France bombed a camp in Niger on Monday. Twelve people were killed in the attack.")
    assert [act for act in acts if act.startswith("assault")] == ["assault FRA > NER"]
