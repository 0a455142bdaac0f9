"""Leaders as the World Factbook words them: ``President Emmanuel MACRON (since 14 May 2017)``."""

import re
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = {month: number for number, month in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
#: Titles as the Factbook writes them, and the office that each is.
_TITLES: Final = {
    "Acting President": "acting president", "Interim President": "acting president",
    "Interim Prime Minister": "acting prime minister", "Acting Prime Minister": "acting prime minister",
    "Caretaker Prime Minister": "acting prime minister", "Transition President": "acting president",
    "Transition Prime Minister": "acting prime minister", "Transitional President": "acting president",
    "GNU Interim Prime Minister": "acting prime minister", "CNSP Prime Minister": "prime minister",
    "President, Presidential Council,": "president", "Taoiseach (Prime Minister)": "prime minister",
    "President of the National Council for the Safeguard of the Homeland (CNSP) General": "president",
    "President of the Swiss Confederation": "president", "President of French Polynesia": "president",
    "President of the Government of Spain (prime minister-equivalent)": "prime minister",
    "President of the Government": "president", "President of Council of Ministers": "prime minister",
    "State Affairs Commission President": "leader", "Supreme Leader": "supreme leader",
    "Taliban Leader": "supreme leader", "Lord of Mann": "",
    "Presidential Leadership Council Chairperson": "chairperson", "Chairperson of the Presidency": "chairperson",
    "Chairperson of the Council of Ministers": "prime minister",
    "Chairman of the Cabinet of Ministers": "prime minister",
    "Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces General": "leader",
    "Crown Prince and Prime Minister": "prime minister", "Prime Minister Crown Prince": "prime minister",
    "Prime Minister and Foreign Minister": "prime minister", "Prime Minister and Co-Vice President": "prime minister",
    "Sultan and Prime Minister": "sultan", "Minister of State": "prime minister", "Grand Duke": "grand duke",
    "Prime Minister": "prime minister", "Vice President": "vice president", "President": "president",
    "Chancellor": "chancellor", "Premier": "premier", "King": "king", "Queen": "queen", "Emperor": "emperor",
    "Prince": "prince", "Amir": "emir", "Pope": "pope", "Chief Executive": "chief executive", "Governor": "governor",
    "Chief Minister": "chief minister", "Administrator": "administrator",
}  # fmt: skip
_BY_LENGTH: Final = sorted(_TITLES, key=len, reverse=True)
_SINCE: Final = re.compile(r"\(?(?:chairperson )?(?:since )?(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")
_CAPITALS: Final = re.compile(r"[^\W\d_a-z]{2}(?!\.)")
_RANKS: Final = re.compile(r"^(?:Sir|Dame|Dr\.?|Col\.|Capt\.|Gen\.|Sr\. Gen\.|General|Ratu|Sultan|Archbishop)\s+")
_SUFFIX: Final = re.compile(r",? (?:Jr\.|\(Col\.\)|of Denmark|of the Netherlands)$")


@dataclass(frozen=True, slots=True)
class Leader:
    """One office holder: the office's words, the name in the Factbook's capitals, ISO date since when."""

    office: str
    name: str
    since: str


def leaders(text: str | None) -> list[Leader]:
    """Leaders of one field; governors that represent a foreign head of state are left out.

    >>> leaders("King CHARLES III (since 8 September 2022); represented by Governor General Mary SIMON (since 2021)")
    [Leader(office='king', name='CHARLES III', since='2022-09-08')]
    """
    first = re.split(r";|, represented by", text or "")[0].strip()
    title = next((known for known in _BY_LENGTH if first.startswith(f"{known} ")), None)
    name, _, rest = first.removeprefix(title or "").strip().partition(" (")
    if title is None or not _TITLES[title] or "vacant" in first or name.startswith("of "):
        return []
    while _RANKS.match(name):
        name = _RANKS.sub("", name)
    since = _SINCE.search(rest)
    return [Leader(_TITLES[title], _SUFFIX.sub("", name), _iso(since) if since else "")]


def _iso(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if not month:
        return str(year)
    number = _MONTHS[month[:3].lower()]
    return f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"


def news_name(name: str) -> str:
    """The name as news writes it, in the form of `kg.actors.listing`: given name and surname, the surname marked.

    >>> news_name("Luiz Inácio LULA da Silva"), news_name("XI Jinping"), news_name("Bart DE WEVER")
    ('Luiz Lula', '*Xi Jinping', 'Bart De_Wever')
    """
    words = name.replace('"BongBong" ', "").split()
    capital = [index for index, word in enumerate(words) if _CAPITALS.search(word)]
    capital += [index for index, word in enumerate(words) if capital and word in ("I", "II", "V", "X")]
    if not capital:
        return name
    first, last = capital[0], capital[-1]
    surname = "_".join([_capitalized(words[first], first=True), *map(_capitalized, words[first + 1 : last + 1])])
    if first == 0:
        return " ".join(["*" + surname, *words[last + 1 :]])
    return f"{words[0]} {surname}"


def _capitalized(word: str, *, first: bool = False) -> str:
    """A word in capitals in normal case; Roman numerals stay.

    >>> _capitalized("EL-SISI"), _capitalized("III"), _capitalized("D'ALEMA"), _capitalized("al-SUDANI")
    ('El-Sisi', 'III', "D'Alema", 'al-Sudani')
    """
    if not first and re.fullmatch(r"[IVX]+", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize() if part[0].isupper() else part[0], word)


def full_name(name: str) -> str:
    """The whole name in normal case.

    >>> full_name("Luiz Inácio LULA da Silva")
    'Luiz Inácio Lula da Silva'
    """
    return " ".join(_capitalized(word) for word in name.replace('"', "").split())


def people_words(text: str | None) -> list[str]:
    """Nouns of a nationality: singular and plural.

    >>> people_words("Algerian(s)"), people_words("Chinese (singular and plural)")
    (['Algerian', 'Algerians'], ['Chinese'])
    """
    found: list[str] = []
    for part in re.split(r",| or |;", (text or "").split(" (US ")[0]):
        word = re.sub(r"\((?:singular|plural|collective|colloquial).*", "", part).strip()
        if not word or word in ("none", "NA", "note") or "note -" in word or not word[0].isupper():
            continue
        plain = word.replace("(s)", "")
        found += [plain, f"{plain}s"] if word.endswith("(s)") else [plain]
    return found
