"""Write the register of actors, `ontology/actors/*.ttl`, from public tables and the lists kept by hand beside it.

::

    python -m tools.make_actors FOLDER

FOLDER holds ``country-codes.csv`` (ISO 3166, M49, Wikidata ids; ODC-PDDL) and ``factbook-states.jsonl`` (names,
nationalities, leaders, memberships of the CIA World Factbook's last edition; public domain). CLDR names come from
``babel`` (PyPI). What the tables lack or word unlike news stands in `ontology/actors/*.yaml`. The same input gives the
same bytes.
"""

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from babel import Locale

from kg.actors.listing import actor_record, apart, merge, person_records, read_listing
from kg.actors.matching import key, pieces
from kg.actors.register import Record, write_register
from kg.errors import KgError, UsageError
from tools.factbook import full_name, leaders, news_name, people_words

HERE: Final = Path(__file__).resolve().parent.parent / "ontology" / "actors"
#: Last day that the Factbook's leaders are known for.
EDITION: Final = "2026-01-31"
#: The Factbook's own codes of territories that it lists without an alpha-3 code.
_EXTRA_CODES: Final = {"kv": "XKX", "ri": "SRB"}
_ACRONYM: Final = re.compile(r"^(?:[A-Z]\.?){2,5}$")
#: Lists beside the Turtle; the first that gives a name decides who bears the plain id.
_LISTS: Final = ("places.yaml", "cities.yaml", "organizations.yaml", "companies.yaml", "organs.yaml", "leaders.yaml")
#: The Turtle file that each kind of actor goes into; all others into that of organisations.
_HOMES: Final = {"State": "states", "Region": "places", "Person": "leaders", "Membership": "leaders"}
Row = Mapping[str, str]
Pairs = list[tuple[str, str]]


def main(arguments: list[str]) -> int:
    """Read the tables in the folder named and write the register."""
    if len(arguments) != 1:
        raise UsageError("tools.make_actors takes one folder", hint="python -m tools.make_actors ../shared/data")
    source = Path(arguments[0])
    files = build(source, HERE)
    for name, records in sorted(files.items()):
        (HERE / f"{name}.ttl").write_text(write_register(records), encoding="utf-8")
        sys.stdout.write(f"{name}.ttl: {len(records)} actors\n")
    return 0


def build(source: Path, lists: Path) -> dict[str, list[Record]]:
    """Records by file name, from the tables in ``source`` and the YAML lists in ``lists``."""
    factbook = _read_factbook(source / "factbook-states.jsonl")
    with (source / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(file)}
    curated = yaml.safe_load((lists / "states.yaml").read_text(encoding="utf-8"))
    files: dict[str, dict[str, Record]] = {name: {} for name in ("states", "places", "organizations", "leaders")}
    for code in sorted({*rows, *curated}):
        hand = curated.get(code) or {}
        capital = [apart(files["places"], place) for place in _capital(code, rows.get(code, {}), hand)]
        state = state_records(code, rows.get(code, {}), factbook.get(code, {}), hand, capital)
        merge(files["places"], capital)
        merge(files["states"], [state])
    for name in _LISTS:
        if (lists / name).is_file():
            known = _forms(files["places"].values()) if name == "cities.yaml" else frozenset()
            for record in read_listing(lists / name):
                if (key(pieces(record.value("skos:prefLabel") or "")), record.value("kg:ofState")) in known:
                    continue  # a city that a list by hand, or its state's capital, names in another spelling
                merge(files[_HOMES.get(record.kind, "organizations")], [record])
    merge(files["organizations"], _memberships(factbook, files["organizations"]))
    spellings = yaml.safe_load((lists / "factbook-names.yaml").read_text(encoding="utf-8"))
    merge(files["leaders"], _leaders(factbook, spellings))
    _settle_states(files)
    return {name: [_dated(record) for record in records.values()] for name, records in files.items()}


def _forms(places: Iterable[Record]) -> frozenset[tuple[str, str | None]]:
    """Names of places, each with its state."""
    forms = ("skos:prefLabel", "skos:altLabel", "kg:abbreviation")
    names = ((name, place) for place in places for form in forms for name in place.values(form))
    return frozenset((key(pieces(name)), place.value("kg:ofState")) for name, place in names)


def _settle_states(files: Mapping[str, dict[str, Record]]) -> None:
    """Give each leader the state of the latest office: none where that is an organisation's."""
    people = files["leaders"]
    latest: dict[str, tuple[str, str]] = {}
    for record in people.values():
        if record.kind == "Membership":
            holder, of = record.value("org:member") or "", record.value("org:organization") or ""
            latest[holder] = max(latest.get(holder, ("", "")), (record.value("schema:startDate") or "", of))
    for identifier, (_, of) in latest.items():
        place = files["places"].get(of)
        state = of if of.startswith("state/") else place.value("kg:ofState") if place else None
        kept = [pair for pair in people[identifier].properties if pair[0] != "kg:ofState"]
        pairs = (*kept, ("kg:ofState", state)) if state else tuple(kept)
        people[identifier] = Record(identifier, "Person", pairs)


def _dated(record: Record) -> Record:
    """A tenure that goes on is known to do so until the edition's day."""
    if record.kind != "Membership" or record.value("schema:endDate"):
        return record
    return Record(record.id, record.kind, (*record.properties, ("kg:asOf", EDITION)))


def _read_factbook(path: Path) -> dict[str, dict[str, str]]:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    by_code = {_EXTRA_CODES.get(entry.get("gec", ""), entry.get("iso3") or ""): entry for entry in entries}
    return {code: entry for code, entry in sorted(by_code.items()) if code}


def state_records(code: str, row: Row, entry: Row, curated: Row, capital: Iterable[Record]) -> Record:
    """A state, with its capital as a place."""
    alpha2 = curated.get("alpha2") or row.get("ISO3166-1-Alpha-2", "")
    cldr = Locale("en").territories.get(alpha2, "")
    names = [_plain(name) for name in (
        cldr, row.get("CLDR display name", ""), row.get("UNTERM English Short", ""),
        row.get("official_name_en", ""), entry.get("short", ""))]  # fmt: skip
    label = curated.get("name") or next(name for name in names if name)
    formal = _plain(row.get("UNTERM English Formal", "")) or _plain(entry.get("long", ""))
    aliases = [*_split(curated.get("also", "")), *names, _plain(entry.get("long", "")).split(";")[0]]
    pairs: Pairs = [("skos:prefLabel", label)]
    if formal and formal != label:
        pairs.append(("schema:legalName", formal))
    for alias in dict.fromkeys(aliases):
        if alias and alias not in (label, formal) and "(" not in alias[:1] and alias not in _NOT_NAMES:
            pairs.append(("kg:abbreviation" if _ACRONYM.match(alias) else "skos:altLabel", alias))
    pairs += [("kg:adjective", word) for word in _words(curated.get("adjective"), entry.get("adjective"))]
    pairs += [("kg:demonym", word) for word in _words(curated.get("people"), entry.get("noun"))]
    pairs += [("kg:capital", place.id) for place in capital]
    pairs += [("kg:alpha3", code), ("kg:alpha2", alpha2)]
    pairs += [("kg:m49", f"{int(row['M49']):03}")] if row.get("M49") else []
    wikidata = curated.get("wikidata") or _WIKIDATA.get(code) or row.get("wikidata_id", "").rpartition("/")[2]
    pairs += [("schema:sameAs", f"http://www.wikidata.org/entity/{wikidata}")] if wikidata else []
    pairs += [("kg:rank", str(curated["rank"]))] if "rank" in curated else []
    return Record(f"state/{code}", "State", tuple(pairs))


#: Wikidata ids that the table lacks, or gives for another thing (Q29999 is the Kingdom, Q55 the Netherlands).
_WIKIDATA: Final = {"NLD": "Q55", "BES": "Q27561", "HKG": "Q8646", "MAC": "Q14773", "NAM": "Q1030", "SHN": "Q192184"}
#: Table entries that are no names of the state, or that name another one as well.
_NOT_NAMES: Final = frozenset({"none", "The Dominican", "Gaza, Gaza Strip", "Virgin Islands", "Hong Kong SAR China",
                               "Macao SAR China", "Pitcairn, Henderson, Ducie, and Oeno Islands"})  # fmt: skip


def _capital(code: str, row: Row, curated: Row) -> list[Record]:
    """The capital as a place; none for a city that is a state."""
    names = _split(curated["capital"]) if "capital" in curated else [row.get("Capital", "").strip()]
    if not names or not names[0] or names[0] in (curated.get("name"), row.get("CLDR display name")):
        return []
    return [actor_record({"kind": "Region"}, code, " / ".join(names))]


def _memberships(factbook: Mapping[str, Row], organizations: Mapping[str, Record]) -> Iterator[Record]:
    """Members of the organisations of the register, as the Factbook lists them under each state."""
    by_abbreviation = {
        _FACTBOOK_ABBREVIATIONS.get(word, word): record.id
        for record in organizations.values()
        if record.value("kg:category") == "international" and not record.values("org:hasMember")
        for word in record.values("kg:abbreviation")
    }
    members: dict[str, list[str]] = {}
    for code, entry in factbook.items():
        for item in re.split(r",\s*", entry.get("organizations", "")):
            if item in by_abbreviation:
                members.setdefault(by_abbreviation[item], []).append(code)
    for identifier, codes in sorted(members.items()):
        pairs = tuple(("org:hasMember", f"state/{code}") for code in sorted(set(codes)))
        yield Record(identifier, "Organization", pairs)


#: Abbreviations of the register, and how the Factbook writes them.
_FACTBOOK_ABBREVIATIONS: Final = {"G7": "G-7", "G20": "G-20", "G77": "G-77", "ICC": "ICCt", "INTERPOL": "Interpol",
                                  "CARICOM": "Caricom", "MERCOSUR": "Mercosur"}  # fmt: skip


def _leaders(factbook: Mapping[str, Row], spellings: Mapping[str, Any]) -> Iterator[Record]:
    """Leaders of the Factbook, in the spellings of news."""
    for code, entry in factbook.items():
        for field in ("chief_of_state", "head_of_government"):
            for leader in leaders(entry.get(field)):
                words = spellings["names"].get(leader.name, _listing(leader.name))
                home = spellings["homes"].get(leader.name, code)
                if home == code and leader.name not in spellings["superseded"]:
                    since = spellings["since"].get(leader.name, leader.since)
                    yield from person_records(f"{words} | {code} | {leader.office} | {since}")


def _listing(name: str) -> str:
    """A Factbook name as a line of a list: news name, then the full name where it differs."""
    short, full = news_name(name), full_name(name)
    return short if full == short.replace("*", "").replace("_", " ") else f"{short} / {full}"


def _words(curated: str | None, table: str | None) -> list[str]:
    return _split(curated) if curated is not None else list(dict.fromkeys(people_words(table)))


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split(" / ") if part.strip()]


def _plain(name: str) -> str:
    """A table's name without its apparatus: ``Niger (the)`` is Niger."""
    name = re.sub(r"\s*(\(the\)|\*+|; note .*|\(prior .*|\(Dutch part\)|\(French Part\))", "", name or "").strip()
    return "" if name == "none" else name.removeprefix("the ").removeprefix("The ").strip()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_status)
