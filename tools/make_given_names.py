"""Write the list of given names, `ontology/actors/given-names.txt`, from the names that `faker` (PyPI) packs.

::

    pip install "faker>=40,<41" "anyascii>=0.3,<0.4" && python -m tools.make_given_names

Faker is under the MIT licence; the list says so. Its names are of some fifty countries; those in Cyrillic, Greek,
Armenian and Georgian are transliterated, scripts that do not write vowels are left out. A name that is also a word of
offices, of bodies, of the calendar or a place's is left out: a list that reads ``Judge`` as a name does more harm than
good.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Final

from kg.actors.gazetteer import Gazetteer
from kg.actors.naming import fold
from kg.actors.words import group_words, title_words
from kg.errors import UsageError

TARGET: Final = Path(__file__).resolve().parent.parent / "ontology" / "actors" / "given-names.txt"
_HEADER: Final = """\
# Given names, without accents. Written by tools/make_given_names.py; do not edit.
# Contains data of Faker (https://github.com/joke2k/faker), MIT licence, copyright Daniele Faraglia and contributors.
"""
#: Locales whose names are no first names or cannot be transliterated word by word.
_LEFT_OUT: Final = frozenset(
    ("ar_AA", "ar_DZ", "ar_PS", "ar_SA", "bn_BD", "fa_IR", "gu_IN", "he_IL", "hi_IN", "is_IS", "ja_JP", "ko_KR",
     "mr_IN", "ne_NP", "or_IN", "si_LK", "ta_IN", "th_TH", "zh_CN", "zh_TW")
)
#: Names that are words or places before they are names.
_STOPPED: Final = frozenset(
    """
    Africa Alabama Alberta Ale Allah America An Army Arts Asia Athena August Axis Azul Baptist Bay Beach Berlin Boston
    Branch Bridge Britain Brother Cape Carolina Catholic Central Chance Chancellor China Christ Christian City Cloud
    Coast Coral Court Cross Crown Cuba Dali Day Deal Delta Divine Doctor Don Dove Early Earth East Easter Echo Eden
    Eid Elder Emir England Essence Essex Ever Face Faith Fall Fire First Fleet Force Forest Free Freedom General
    Genesis Gold Golf Grand Great Green Guinea Happy Harbor Haven Heaven Hill Hills Holland Holy Honor Hope Houston
    Hunt Independence India Indiana Iran Iraq Ireland Islam Island Islands Israel Jersey Journey Judge Jury Justice
    King Kingdom Knight Lake Law Legend Liberty Liga Light Lion Loma Love Loyal Lucky Major Man Marine Maritime Market
    Master May Memory Mercy Merit Messiah Mission Monday Muslim Nation Nature Nazi Nevada New Noble North Nova Ocean
    Olive Orient Orion Over Palestine Park Pasha Patriot Peace Phoenix Pilot Police Porsche Port Power Prayer Precious
    Press Prime Prince Princess Princeton Promise Prosper Queen Rain Red Reform Rica Rio River Rivers Rock Roman Royal
    Sad Sailor Saint Saints San Santa Season Second Serenity Shah Sheikh Sheriff Sir Sister Sky So South Southern
    Spring Star State Storm Street Sultan Summer Sun Temple Tennessee Texas The Tiger To Treasure True Truth Turkey
    Union Unique Unity Universe Unknown Valley Van Venice Venus Verde Vice Victory Village Virtue War West Western
    White Wind Winter Wisdom Wolf World Worth York Young Zion
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)


def main() -> int:
    """Write the list."""
    try:
        names = {name for locale in _locales() for name in _names(locale)}
    except ImportError as error:
        raise UsageError("faker and anyascii are needed", hint='pip install "faker>=40,<41" "anyascii<0.4"') from error
    words = group_words()
    taken = {word.lower() for word in _STOPPED} | title_words().heads | title_words().honorifics
    taken |= title_words().modifiers | set(words.name_heads) | words.lists["calendar"] | words.lists["directions"]
    known = Gazetteer.load()
    kept = sorted(name for name in names if name.lower() not in taken and not _is_place(name, known))
    TARGET.write_text(_HEADER + "\n".join(kept) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(kept)} names\n")
    return 0


def _locales() -> Iterator[str]:
    person = import_module("faker.providers.person")
    for module in iter_modules(person.__path__):
        if module.name not in _LEFT_OUT:
            yield module.name


def _names(locale: str) -> Iterator[str]:
    """First names of one locale, in Latin letters, each with a capital."""
    transliterate = import_module("anyascii").anyascii
    provider: Any = import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        values = getattr(provider, attribute)
        if not attribute.startswith("_") and "first" in attribute and isinstance(values, tuple | list | dict):
            for name in filter(lambda value: isinstance(value, str), values):
                plain = transliterate(fold(name)).replace("'", "").strip().capitalize()
                if len(plain) > 2 and plain.isascii() and plain.isalpha():
                    yield plain


def _is_place(name: str, known: Gazetteer) -> bool:
    """Whether a name is a state's or a nationality's; a town of the same name leaves it a name."""
    return any(sense.entity.kind == "State" and sense.relation not in ("seat", "leader") for sense in known.find(name))


if __name__ == "__main__":
    sys.exit(main())
