"""Who leads what, however a text puts it: whole sentences with the model, people's states by the words beside them."""

from functools import cache

import pytest

from kg.actors import Gazetteer, find_mentions
from kg.documents import Document
from kg.extraction.extractor import Extractor
from kg.extraction.people import told_state
from kg.facts import facts
from kg.language import parse

pytestmark = pytest.mark.model


@cache
def extractor() -> Extractor:
    return Extractor()


def led(text: str) -> set[str]:
    """Leaders as "state or name > group"."""
    extraction = extractor().extract(Document("test", text, "2025-03-03"))
    found = [f for f in facts(extraction.document, extraction.claims) if f["type"] == "leads"]
    return {f"{f['leader']['state'] or f['leader']['name']} > {f['group']['name']}" for f in found}


LEADERS = """
The French-led operation ended in May. | FRA > operation
Colonel Aino Virtanen of Finland commands the battlegroup. | FIN > battlegroup
The flotilla is under the command of Danish Admiral Lars Holm. | DNK > flotilla
The mission's head, Ambassador Ruth Okoro of Nigeria, left on Monday. | NGA > mission
Italy holds the rotating presidency of the Adriatic Council. | ITA > Adriatic Council
Kenya took over the chair of the Lake Commission from Uganda. | KEN > Lake Commission, UGA > Lake Commission
The talks group is co-chaired by Norway and Qatar. | NOR > talks group, QAT > talks group
Command of the Border Force rests with General Idriss Saleh of Chad. | TCD > Border Force
The force's new commander will be Brigadier Amina Yusuf of Somalia. | SOM > force
Oman was put in charge of the Gulf convoy. | OMN > Gulf convoy
Leadership of the northern bloc passed from Peru to Chile. | PER > northern bloc, CHL > northern bloc
The fleet, with Japan at its head, sails on Friday. | JPN > fleet
The patrol answers to a Kenyan colonel, Peter Mwangi. | KEN > patrol
Captain Ana Ruiz of Chile replaces Major Luis Paz of Peru at the head of the force. | CHL > force, PER > force
The Kalahari Mission, whose commander is Colonel Neo Molefe of Botswana, patrols the fence. | BWA > Kalahari Mission
The river force has two launches. Its commander, the Bolivian colonel Jorge Rojas, asked for more. | BOL > river force
Sweden is the lead nation of the battlegroup. | SWE > battlegroup
The league elected Mauritius as its chair. | MUS > league
Heading the mission is a Dane, Mette Olsen. | DNK > mission
The pact is led in turn by Laos and Cambodia. | LAO > pact, KHM > pact
The Pacific Shield, chaired since January by Vanuatu, meets in Lagos. | VUT > Pacific Shield
Under General Pal Kovacs of Hungary, the stabilisation force has grown. | HUN > stabilisation force
The mission, under the Irish general Sean Byrne, is to resume work. | IRL > mission
The Coral Sea Mission opened on Monday. Fiji's Brigadier Tomasi Vuki heads it. | FJI > Coral Sea Mission
Burundi handed the leadership of the Great Lakes Cell to Rwanda. | BDI > Great Lakes Cell, RWA > Great Lakes Cell
"""


@pytest.mark.parametrize("case", LEADERS.strip().splitlines())
def test_leaders(case: str) -> None:
    text, _, expected = case.partition(" | ")
    assert led(text) == set(expected.split(", "))


@pytest.mark.parametrize(
    "text",
    [
        "The president leads in the polls.",
        "The head of state met the head of government.",
        "The chief of staff led the prayers.",
        "Peru's former leader was arrested.",
        "The minister led a protest against the election.",
    ],
)
def test_no_leader(text: str) -> None:
    assert led(text) == set()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Danish Admiral Lars Holm left.", "DNK"),
        ("Rwanda's Brigadier Lars Holm left.", "RWA"),
        ("General Lars Holm of Chad left.", "TCD"),
        ("A Kenyan colonel, Lars Holm, left.", "KEN"),
        ("Lars Holm, a Kenyan colonel, left.", "KEN"),
        ("The Danish commander of the force, Lars Holm, left.", "DNK"),
        ("They met Lars Holm, and Kenya agreed.", None),
        ("After talks with Kenya, Lars Holm left.", None),
    ],
)
def test_state_beside_a_name(text: str, state: str | None) -> None:
    document = Document("test", text)
    doc = parse(document)
    index = find_mentions(doc, document, Gazetteer.load())
    person = next(m for m in index.all if m.name == "Lars Holm")
    assert told_state(person, doc, index) == state
