"""The gazetteer: who is found under which words, as of which date, and how fast."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.actors.gazetteer import Gazetteer, canonical_office
from kg.actors.matching import key, pieces
from kg.actors.naming import organ
from kg.actors.register import HEADER, Record, read_register, shipped_files, shipped_register, write_register
from kg.errors import InputError, OntologyError


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def readings(gazetteer: Gazetteer, words: str) -> list[tuple[str, str]]:
    return [(sense.entity.id, sense.relation) for sense in gazetteer.find(words)]


@pytest.mark.parametrize(
    ("words", "identifier", "relation"),
    [
        ("Ukraine", "state/UKR", "name"),
        ("the United Kingdom", "state/GBR", "name"),
        ("Britain", "state/GBR", "alias"),
        ("U.S.", "state/USA", "abbreviation"),
        ("UAE", "state/ARE", "abbreviation"),
        ("DPRK", "state/PRK", "abbreviation"),
        ("DR Congo", "state/COD", "alias"),
        ("Kosovo", "state/XKX", "name"),
        ("Greenland", "state/GRL", "name"),
        ("New Caledonia", "state/NCL", "name"),
        ("Taiwan", "state/TWN", "name"),
        ("Palestinian", "state/PSE", "adjective"),
        ("Russians", "state/RUS", "demonym"),
        ("Burkinabé", "state/BFA", "adjective"),
        ("Frenchmen", "state/FRA", "demonym"),
        ("Kyiv", "state/UKR", "capital"),
        ("Kiev", "state/UKR", "capital"),
        ("the Kremlin", "state/RUS", "seat"),
        ("Downing Street", "state/GBR", "seat"),
        ("Pentagon", "state/USA/defence-ministry", "seat"),
        ("Quai d’Orsay", "state/FRA/foreign-ministry", "seat"),
        ("IDF", "state/ISR/military", "abbreviation"),
        ("Bundestag", "state/DEU/parliament", "alias"),
        ("Gaza", "region/gaza-strip", "alias"),
        ("European", "region/europe", "adjective"),
        ("Hezbollah", "organization/hezbollah", "name"),
        ("Daesh", "organization/islamic-state", "alias"),
        ("the UN", "organization/united-nations", "abbreviation"),
        ("Nicolas Maduro", "person/nicolas-maduro", "leader"),
        ("Volodymyr Zelensky", "person/volodymyr-zelenskyy", "leader"),
        ("coalition of the willing", "coalition/coalition-of-the-willing", "alias"),
    ],
)
def test_first_reading(gazetteer: Gazetteer, words: str, identifier: str, relation: str) -> None:
    assert readings(gazetteer, words)[0] == (identifier, relation)


@pytest.mark.parametrize(
    "words", ["us", "polish", "turkey", "china", "jordan", "it", "who", "sis", "Us", "nice", "Ruritania", "", "  ", "-"]
)
def test_words_that_are_no_names(gazetteer: Gazetteer, words: str) -> None:
    assert gazetteer.find(words) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nicolás Maduro", "Nicolas Maduro"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Guinea-Bissau", "Guinea‑Bissau"),
        ("New  Zealand", "New Zealand"),
        ("al-Shabaab", "Al Shabaab"),
        ("NATO", "Nato"),
        ("Ukraine", "UKRAINE"),
        ("Polish", "POLISH"),
        ("U.S.", "US"),
    ],
)
def test_spellings_are_one(gazetteer: Gazetteer, one: str, other: str) -> None:
    assert gazetteer.find(one) == gazetteer.find(other) != ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Georgia", {"state/GEO", "region/georgia-us"}),
        ("Congo", {"state/COD", "state/COG"}),
        ("Congolese", {"state/COD", "state/COG"}),
        ("Korean", {"state/KOR", "state/PRK"}),
        ("Dominican", {"state/DOM", "state/DMA"}),
        ("Washington", {"state/USA", "region/washington-d-c", "region/washington-us"}),
        ("Tripoli", {"state/LBY", "region/tripoli", "region/tripoli-lbn"}),
        ("Hyderabad", {"region/hyderabad", "region/hyderabad-pak"}),
    ],
)
def test_ambiguity_is_kept(gazetteer: Gazetteer, words: str, expected: set[str]) -> None:
    found = gazetteer.find(words)
    assert {sense.entity.id for sense in found} == expected


def test_a_us_state_belongs_to_the_united_states(gazetteer: Gazetteer) -> None:
    assert {sense.entity.id: sense.entity.state for sense in gazetteer.find("Georgia")} == {
        "state/GEO": "GEO",
        "region/georgia-us": "USA",
    }


@pytest.mark.parametrize(
    ("text", "start", "count", "identifier"),
    [
        ("the Central African Republic said", 1, 3, "state/CAF"),
        ("in Guinea - Bissau", 1, 3, "state/GNB"),
        ("Côte d’ Ivoire 's", 0, 3, "state/CIV"),
        ("South Korean troops", 0, 2, "state/KOR"),
        ("the United Nations Security Council met", 1, 4, "organization/united-nations-security-council"),
        ("al - Qaeda", 0, 3, "organization/al-qaeda"),
        ("the U.S. Army", 1, 2, "state/USA/army"),
        ("US - led", 0, 1, "state/USA"),
    ],
)
def test_longest_match_over_tokens(
    gazetteer: Gazetteer, text: str, start: int, count: int, identifier: str
) -> None:
    found, senses = gazetteer.longest(text.split(), start)
    assert (found, senses[0].entity.id) == (count, identifier)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
def test_any_tokens_may_be_asked_for(words: list[str]) -> None:
    count, senses = Gazetteer.load().longest(words, 0)
    assert 0 <= count <= len(words)
    assert bool(count) is bool(senses)


@given(st.sampled_from([r for r in shipped_register() if r.kind != "Membership"]))
def test_every_label_is_found(record: Record) -> None:
    name = record.value("skos:prefLabel") or ""
    assert record.id in {sense.entity.id for sense in Gazetteer.load().find(name)}


@pytest.mark.parametrize(
    ("state", "office", "date", "name"),
    [
        ("GBR", "prime minister", "2026-01-06", "Keir Starmer"),
        ("GBR", "Prime Minister", "2023-01-06", "Rishi Sunak"),
        ("USA", "president", "2024-06-01", "Joe Biden"),
        ("USA", "president", "2019-06-01", "Donald Trump"),
        ("USA", "president", "2025-06-01", "Donald Trump"),
        ("DEU", "chancellor", "2025-05-05", "Olaf Scholz"),
        ("DEU", "chancellor", "2025-05-06", "Friedrich Merz"),
        ("RUS", "defense minister", "2025-01-01", "Andrei Belousov"),
        ("IRL", "taoiseach", "2025-06-01", "Micheál Martin"),
        ("organization/nato", "secretary general", "2025-01-01", "Mark Rutte"),
        ("organization/european-commission", "president", "2022-01-01", "Ursula von der Leyen"),
    ],
)
def test_office_holders_as_of_a_date(gazetteer: Gazetteer, state: str, office: str, date: str, name: str) -> None:
    holder = gazetteer.office_holder(state, office, date)
    assert holder is not None
    assert (holder.person.label, holder.certain) == (name, True)


def test_past_the_edition_the_last_known_holder_is_uncertain(gazetteer: Gazetteer) -> None:
    holder = gazetteer.office_holder("FRA", "president", "2031-01-01")
    assert holder is not None
    assert (holder.person.id, holder.certain) == ("person/emmanuel-macron", False)


@pytest.mark.parametrize(
    ("state", "office", "date"),
    [("FRA", "president", None), ("FRA", "president", "1801-01-01"), ("FRA", "wizard", "2025-01-01"),
     ("QQQ", "president", "2025-01-01")],
)  # fmt: skip
def test_nobody_is_named_without_knowledge(
    gazetteer: Gazetteer, state: str, office: str, date: str | None
) -> None:
    assert gazetteer.office_holder(state, office, date) is None


def test_terms_of_a_state_do_not_overlap(gazetteer: Gazetteer) -> None:
    """A president's term ends before, or when, the next one's begins."""
    roles = ("office/president", "office/prime-minister")
    terms: dict[str, list[tuple[str, str, str]]] = {}
    for record in shipped_register():
        if record.value("org:role") in roles and record.value("kg:status") == "current":
            of = f"{record.value('org:organization')} {record.value('org:role')}"
            span = record.value("schema:startDate") or "", record.value("schema:endDate") or "9999"
            terms.setdefault(of, []).append((*span, record.value("org:member") or ""))
    clashes = [
        (of, one, other)
        for of, held in terms.items()
        for one, other in zip(sorted(held), sorted(held)[1:], strict=False)
        if one[1] > other[0] and one[2] != other[2]
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("word", "date", "first"),
    [
        ("Macron", "2025-01-01", "person/emmanuel-macron"),
        ("Zelenskiy", "2025-01-01", "person/volodymyr-zelenskyy"),
        ("Xi", "2025-01-01", "person/xi-jinping"),
        ("Kim", "2025-08-01", "person/kim-jong-un"),
        ("von der Leyen", "2025-01-01", "person/ursula-von-der-leyen"),
        ("Sharaa", "2025-03-01", "person/ahmed-al-sharaa"),
        ("Assad", None, "person/bashar-al-assad"),
        ("Hemedti", None, "person/mohamed-hamdan-dagalo"),
    ],
)
def test_surnames(gazetteer: Gazetteer, word: str, date: str | None, first: str) -> None:
    senses = gazetteer.surname(word, date)
    assert senses[0].entity.id == first
    assert {sense.relation for sense in senses} == {"leader"}


def test_a_surname_means_nobody_before_the_office(gazetteer: Gazetteer) -> None:
    assert gazetteer.surname("Merz", "2020-01-01") == ()
    assert gazetteer.surname("merz", "2025-10-01") == ()


def test_leaders_carry_their_dates(gazetteer: Gazetteer) -> None:
    (biden,) = gazetteer.find("Joe Biden")
    assert (biden.since, biden.until) == ("2021-01-20", "2025-01-20")
    (macron,) = gazetteer.find("Emmanuel Macron")
    assert (macron.since, macron.until) == ("2017-05-14", None)


def test_the_state_of_a_person_follows_the_office(gazetteer: Gazetteer) -> None:
    dates = ("2019-01-01", "2023-01-01", "2025-06-01")
    assert [gazetteer.state_of("person/kaja-kallas", date) for date in dates] == [None, "EST", None]


def test_members(gazetteer: Gazetteer) -> None:
    assert [member.id for member in gazetteer.members("organization/aukus")] == ["state/AUS", "state/GBR", "state/USA"]
    assert len(gazetteer.members("organization/nato")) == 32
    assert len(gazetteer.members("organization/european-union")) == 27
    assert len(gazetteer.members("organization/united-nations")) == 193
    assert gazetteer.members("organization/no-such") == ()


def test_entities_and_categories(gazetteer: Gazetteer) -> None:
    assert gazetteer.entity("state/ISR/military") == organ("ISR", "military")
    assert gazetteer.entity("state/NOWHERE") is None
    assert gazetteer.category("organization/hamas") == "armed group"
    capital = gazetteer.capital("NLD")
    assert capital is not None
    assert capital.id == "region/amsterdam"


def test_all_states_are_there() -> None:
    states = {record.id for record in shipped_register() if record.kind == "State"}
    assert len(states) == 250
    assert {"state/XKX", "state/PSE", "state/TWN", "state/GRL", "state/ESH"} <= states
    wikidata = [v for r in shipped_register() if r.kind == "State" for v in r.values("schema:sameAs")]
    assert len(wikidata) == len(set(wikidata)) == 250


def test_labels_of_organs_follow_their_ids() -> None:
    for record in shipped_register():
        match = re.fullmatch(r"state/([A-Z]{3})/(.+)", record.id)
        if match:
            assert record.value("skos:prefLabel") == organ(*match.groups()).label


def test_ids_are_unique_across_files() -> None:
    ids = [record.id for record in shipped_register()]
    assert len(ids) == len(set(ids))


def test_no_two_places_of_a_state_share_a_name() -> None:
    bearers: dict[tuple[str, str | None], set[str]] = {}
    for record in shipped_register():
        if record.kind == "Region":
            for name in (*record.values("skos:prefLabel"), *record.values("skos:altLabel")):
                bearers.setdefault((key(pieces(name)), record.value("kg:ofState")), set()).add(record.id)
    shared = {name for (name, _), ids in bearers.items() if len(ids) > 1}
    assert shared == {"washington"}


def test_references_lead_somewhere() -> None:
    known = {record.id for record in shipped_register()}
    dangling = {
        value
        for record in shipped_register()
        for name, value in record.properties
        if name in ("kg:capital", "kg:seat", "kg:ofState", "org:hasMember", "org:member", "org:organization")
        and value not in known
    }
    assert dangling == set()


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.name)
def test_the_quick_reader_agrees_with_a_full_parser(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ttl"
    copy.write_text(path.read_text(encoding="utf-8").replace(HEADER, "# in any layout"), encoding="utf-8")

    def facts(records: tuple[Record, ...]) -> set[tuple[str, str, str, str]]:
        return {(r.id, r.kind, name, value) for r in records for name, value in r.properties}

    assert facts(read_register(path)) == facts(read_register(copy))


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.name)
def test_the_register_is_written_as_it_is_read(path: Path) -> None:
    assert write_register(read_register(path)) == path.read_text(encoding="utf-8")


def test_extra_yaml_is_added(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- kind: Organization\n  category: company\n  names: {NOR: Fjordkraft Maritime / FKM}\n"
        "- people: ['Aino Koskela / Koskela-Berg | FIN | minister of seas | 2025-02-01 |']\n"
    )
    gazetteer = Gazetteer.load(extra=[path])
    (sense,) = gazetteer.find("FKM")
    assert (sense.entity.id, sense.entity.state) == ("organization/fjordkraft-maritime", "NOR")
    holder = gazetteer.office_holder("FIN", "minister of seas", "2025-03-01")
    assert holder is not None
    assert holder.person.label == "Aino Koskela"
    assert gazetteer.find("Finland") == Gazetteer.load().find("Finland")
    assert Gazetteer.load().find("FKM") == ()


def test_extra_turtle_is_added_in_any_layout(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/foedus/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://w3id.org/foedus/id/force/zanj-patrol> a kg:Force ; skos:prefLabel "Zanj Patrol"@en .\n'
        "<https://w3id.org/foedus/id/state/COM> a kg:State ; skos:altLabel 'Union of the Moon'@en .\n"
    )
    gazetteer = Gazetteer.load(extra=[path])
    assert readings(gazetteer, "Zanj Patrol") == [("force/zanj-patrol", "name")]
    assert readings(gazetteer, "Union of the Moon") == [("state/COM", "alias")]
    assert readings(gazetteer, "Comoros") == [("state/COM", "name")]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("a.yaml", "- kind: [", OntologyError),
        ("a.yaml", "just words", OntologyError),
        ("a.yaml", "- kind: Ship\n  names: Aurora", OntologyError),
        ("a.yaml", "- kind: Region", OntologyError),
        ("a.yaml", "- people: ['X Y | FRA | president | yesterday']", OntologyError),
        ("a.yaml", "- organ: navy\n  names: Fleet", OntologyError),
        ("a.ttl", "this is not Turtle", OntologyError),
        ("missing.ttl", None, InputError),
        ("missing.yaml", None, InputError),
    ],
)
def test_bad_files_are_told(tmp_path: Path, name: str, text: str | None, error: type[Exception]) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(error) as caught:
        Gazetteer.load(extra=[path])
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_synonyms_of_offices() -> None:
    assert canonical_office("Acting Premier") == canonical_office("prime minister") == "prime-minister"


def test_it_loads_fast_and_looks_up_faster() -> None:
    program = (
        "import time; from kg.actors.gazetteer import Gazetteer; t = time.process_time(); g = Gazetteer.load(); "
        "g.find('France'); print(time.process_time() - t)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)
        for _ in range(3)
    ]
    assert min(runs) < 0.25
    gazetteer = Gazetteer.load()
    sentence = "The president of the Central African Republic met US envoys in New York on Monday"
    words = sentence.split(" ")
    start = time.process_time()
    for _ in range(200):
        for index in range(len(words)):
            gazetteer.longest(words, index)
    assert (time.process_time() - start) / (200 * len(words)) < 50e-6


def test_actors_of_real_news_are_known(shared: Path) -> None:
    """Of the annotated actors that are proper names of a state, the gazetteer knows nearly all."""
    import json

    gazetteer = Gazetteer.load()
    states = {record.value("skos:prefLabel") for record in shipped_register() if record.kind == "State"}
    known = total = 0
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        for fact in json.loads(line)["facts"]:
            for actor in (*fact.get("actor", ()), *fact.get("target", ())):
                if actor["state"] and actor["name"][0].isupper() and actor["name"] not in states:
                    total += 1
                    words = actor["name"].replace("-", " - ").split()
                    found = (s for i in range(len(words)) for s in gazetteer.longest(words, i)[1])
                    known += actor["state"] in {sense.entity.state for sense in found}
    assert known / total > 0.85


def test_the_register_is_what_its_tool_makes(shared: Path) -> None:
    pytest.importorskip("babel", reason="the register is made with CLDR names, from babel")
    from tools.make_actors import HERE, build

    for name, records in build(shared / "data", HERE).items():
        assert (HERE / f"{name}.ttl").read_text(encoding="utf-8") == write_register(records), f"{name}.ttl is stale"
