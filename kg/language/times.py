"""Words for dates in a text, and what they mean seen from the document's date.

``on Thursday`` and ``last week`` are reckoned from the document's date; ``in 2020`` needs none. What the words leave
open stays open: a month is no day, ``since Tuesday`` has no end, and ``the following day`` has no date at all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, TypeAlias

_Resolve: TypeAlias = Callable[[re.Match[str], date | None, bool], str]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip

_MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_DAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR: Final = r"(?:19|20)\d\d"
_NUMBER: Final = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_NTH: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_PARTS: Final = "(?:the )?(?:end|start|beginning|middle|close|(?:first|second) half) of"
_PART: Final = rf"(?:{_PARTS}(?: the)? |(?:early|mid|late)[ -])?"
_HOUR: Final = r"(?: (?:early )?(?:morning|afternoon|evening|night))?"
_SEASON: Final = "(?:spring|summer|autumn|fall|winter)"

_SINCE: Final = frozenset({"since", "from", "as of", "starting", "beginning", "effective"})
_UNTIL: Final = frozenset({"until", "till", "by", "through"})
_OPEN: Final = frozenset({"before", "after"})
_OTHERS: Final = ("on", "in", "at", "during", "throughout", "over", "for", "of", "between", "dated", "around", "about")
_NEARER: Final = "(?:(?:earlier|later|early|late) )?"


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """Words for a date.

    Attributes:
        start: first character, a preposition's if there is one.
        end: behind the last character.
        first: first character of the date's own words.
        before: the preposition in lower case, or empty.
        words: the date's own words.
        until: the date's words behind "to" or "and", where two dates bound an interval.
    """

    start: int
    end: int
    first: int
    before: str
    words: str
    until: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it is a number of four digits and nothing else."""
        return self.words.isdigit()

    @property
    def is_absolute(self) -> bool:
        """Whether it needs no document's date."""
        return bool(resolve(self.words, None, False)) and bool(not self.until or resolve(self.until, None, False))

    def value(self, day: date | None, *, future: bool) -> str:
        """ISO 8601: a day, month or year, an interval ``A/B`` with ``..`` for an open end; empty where it stays open.

        Args:
            day: the document's date.
            future: whether what is told of lies ahead of it.

        >>> [next(find_times(w)).value(date(2025, 6, 5), future=False) for w in ("since Tuesday", "in May last year")]
        ['2025-06-03/..', '2024-05']
        """
        ahead = (future or self.before in _UNTIL) and self.before != "since"
        value = resolve(self.words, day, ahead)
        if self.until:
            return _between(value, resolve(self.until, day, ahead))
        if not value or self.before in _OPEN:
            return ""
        if self.before == "from" and "/" in value and any(map(str.isdigit, self.words)):
            return value  # from 3 to 5 March
        if self.before in _SINCE:
            return f"{_begin(value)}/.."
        return f"../{_end(value)}" if self.before in _UNTIL else value


def find_times(text: str) -> Iterator[TimePhrase]:
    """Words for dates in a text, in order.

    >>> [(phrase.before, phrase.words) for phrase in find_times("It met on 3 March, and from 2014 to 2016.")]
    [('on', '3 March'), ('from', '2014')]
    """
    match = _TIME.search(text)
    while match is not None:
        before = (match["before"] or "").lower()
        until = match["until"] or "" if before in ("from", "between") else ""
        end = match.end() if until else match.end("date")
        yield TimePhrase(match.start(), end, match.start("date"), before, match["date"], until)
        match = _TIME.search(text, end)


@lru_cache(maxsize=4096)
def resolve(words: str, day: date | None, future: bool) -> str:
    """What the words for one date mean: ISO 8601, an interval for a week, empty where they leave it open.

    >>> [resolve(words, date(2025, 6, 5), False) for words in ("Thursday", "Friday", "last week", "3 March", "2020")]
    ['2025-06-05', '2025-05-30', '2025-05-26/2025-06-01', '2025-03-03', '2020']
    >>> resolve("3 March", date(2025, 6, 5), True), resolve("3 March", None, False)
    ('2026-03-03', '')
    """
    for pattern, reckon in _KINDS:
        match = pattern.fullmatch(words)
        if match is not None:
            try:
                return reckon(match, day, future)
            except (ValueError, OverflowError):  # no such day, as 31 June
                return ""
    return ""


def _begin(value: str) -> str:
    return value.partition("/")[0]


def _end(value: str) -> str:
    return value.rpartition("/")[2]


def _between(value: str, until: str) -> str:
    """The interval of two dates; where the first has no year of its own, it is of the second's ("May to July 2024")."""
    first, last = _begin(value), _end(until)
    if first > last:
        first = last[:4] + first[4:]
    return f"{first}/{last}" if first and first <= last else ""


def _number(words: str) -> int:
    return _NUMBERS[words] if words in _NUMBERS else int(words)


def _month(words: str) -> int:
    return _MONTHS.index(words[:3].lower()) + 1


# -- the kinds of phrases: each reckons a match ---------------------------------------------------------------------


def _dated(day: str, month: str, year: str | None, today: date | None, future: bool) -> str:
    """A day of a month; without a year, the last or next one of that name."""
    number, of_month = int(day), _month(month)
    if year:
        return date(int(year), of_month, number).isoformat()
    if today is None:
        return ""
    found = (date(today.year + shift, of_month, number) for shift in (-1, 0, 1))
    return min(found, key=lambda one: _distance((one - today).days, future)).isoformat()


def _distance(days: int, future: bool) -> int:
    """How far off a date is; what lies on the unexpected side of today, and a plan's most of all, counts as farther."""
    return abs(days) * (1 if days == 0 or (days > 0) == future else 12 if future else 5)


def _day_month(m: re.Match[str], today: date | None, future: bool) -> str:
    return _dated(m[1], m[2], m[3], today, future)


def _month_day(m: re.Match[str], today: date | None, future: bool) -> str:
    return _dated(m[2], m[1], m[3], today, future)


def _days_month(m: re.Match[str], today: date | None, future: bool) -> str:
    first, last = (_dated(m[group], m[3], m[4], today, future) for group in (1, 2))
    return f"{first}/{last}" if first else ""


def _month_days(m: re.Match[str], today: date | None, future: bool) -> str:
    first, last = (_dated(m[group], m[1], m[4], today, future) for group in (2, 3))
    return f"{first}/{last}" if first else ""


def _month_year(m: re.Match[str], today: date | None, future: bool) -> str:
    if m[2]:
        return f"{m[2]}-{_month(m[1]):02}"
    return f"{today.year + _shift(m[3])}-{_month(m[1]):02}" if today else ""


def _bare_month(m: re.Match[str], today: date | None, future: bool) -> str:
    if today is None:
        return ""
    number, which = _month(m[2]), m[1]
    if which in ("last", "past"):
        year = today.year if number < today.month else today.year - 1
    elif which == "next":
        year = today.year if number > today.month else today.year + 1
    elif which == "this":
        year = today.year
    else:
        ahead = number - today.month
        year = today.year + min((-1, 0, 1), key=lambda shift: _distance(ahead + 12 * shift, future))
    return f"{year}-{number:02}"


def _weekday(m: re.Match[str], today: date | None, future: bool) -> str:
    if today is None:
        return ""
    number, which = _DAYS.index(m[2][:3].lower()), m[1]
    behind = (today.weekday() - number) % 7
    ahead = (number - today.weekday()) % 7
    if which == "next":
        return (today + timedelta(7 - today.weekday() + number)).isoformat()
    if which in ("last", "past"):
        return (today - timedelta(behind or 7)).isoformat()
    if which in ("this", "coming") or future:
        return (today + timedelta(ahead or 7 * (which == "coming"))).isoformat()
    return (today - timedelta(behind)).isoformat()


def _near(m: re.Match[str], today: date | None, future: bool) -> str:
    if today is None:
        return ""
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(m[1], 0)
    return (today + timedelta(shift)).isoformat()


def _shift(word: str | None) -> int:
    return {"last": -1, "next": 1}.get(word or "", 0)


def _unit(m: re.Match[str], today: date | None, future: bool) -> str:
    return _calendar(m[2], _shift(m[1]), today, future)


def _closing(m: re.Match[str], today: date | None, future: bool) -> str:
    return _calendar(m[1], 0, today, future)


def _calendar(unit: str, shift: int, today: date | None, future: bool) -> str:
    """A week, weekend, month or year, so many before or behind the document's."""
    if today is None:
        return ""
    monday = today - timedelta(today.weekday())
    if unit == "weekend":
        if shift == 0 and not future and today.weekday() < 5:
            shift = -1
        saturday = monday + timedelta(5 + 7 * shift)
        return f"{saturday}/{saturday + timedelta(1)}"
    if unit == "week":
        first = monday + timedelta(7 * shift)
        return f"{first}/{first + timedelta(6)}"
    return _months_on(today, shift) if unit == "month" else str(today.year + shift)


def _months_on(today: date, shift: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    return f"{year}-{month + 1:02}"


def _weekend(m: re.Match[str], today: date | None, future: bool) -> str:
    return _calendar("weekend", 0, today, future)


def _ago(m: re.Match[str], today: date | None, future: bool) -> str:
    number = _number(m[1])
    if today is None:
        return ""
    if m[2] == "day":
        return (today - timedelta(number)).isoformat()
    return _calendar(m[2], -number, today, future)


def _span(m: re.Match[str], today: date | None, future: bool) -> str:
    """"The past two weeks": up to the document's date; "the next" from it."""
    if today is None:
        return ""
    number, ahead = _number(m[2] or "one"), m[1] in ("next", "coming")
    if m[3] in ("day", "week"):
        edge = (today + timedelta(number * (7 if m[3] == "week" else 1) * (1 if ahead else -1))).isoformat()
    else:
        edge = _calendar(m[3], number if ahead else -number, today, future)
    return f"{today}/{edge}" if ahead else f"{edge}/{today}"


def _as_written(m: re.Match[str], today: date | None, future: bool) -> str:
    return m[1]


def _iso(m: re.Match[str], today: date | None, future: bool) -> str:
    return date.fromisoformat(m[1]).isoformat()


def _left_open(m: re.Match[str], today: date | None, future: bool) -> str:
    return ""


_PATTERNS: Final[tuple[tuple[str, _Resolve], ...]] = (
    (rf"({_YEAR}-\d\d-\d\d)", _iso),
    (rf"(\d{{1,2}})(?: ?[-–] ?| (?:to|and|until) )(\d{{1,2}}) ({_MONTH})(?:,? ({_YEAR}))?", _days_month),
    (rf"({_MONTH}) (\d{{1,2}}) ?[-–] ?(\d{{1,2}})(?:, ({_YEAR}))?", _month_days),
    (rf"(?:{_DAY},? )?(?:the )?{_NTH}(?: of)? ({_MONTH})(?:,? ({_YEAR}))?", _day_month),
    (rf"(?:{_DAY},? )?({_MONTH}) {_NTH}(?![\d:])(?:,? ({_YEAR}))?", _month_day),
    (rf"{_PART}({_MONTH}),? (?:of )?(?:({_YEAR})|(last|this|next) year)", _month_year),
    (rf"{_PART}(?:(last|this|next|past) )?({_MONTH})", _bare_month),
    (rf"(?:(last|this|next|past|coming) )?(?:early |late )?({_DAY}){_HOUR}", _weekday),
    (rf"{_NEARER}(yesterday|today|tomorrow|tonight|last night|this (?:morning|afternoon|evening)){_HOUR}", _near),
    (rf"{_PART}{_NEARER}(this|last|next) (week|weekend|month|year)", _unit),
    (rf"{_PARTS} the (week|month|year)", _closing),
    ("the weekend", _weekend),
    (rf"({_NUMBER}) (day|week|month|year)s? ago", _ago),
    (rf"the (past|last|coming) (?:({_NUMBER}) )?(day|week|month|year)s?", _span),
    (rf"the (next) ({_NUMBER}) (day|week|month|year)s?", _span),
    (rf"(?:early |late |the )?{_SEASON}(?: of)? ({_YEAR})", _as_written),
    (rf"{_PART}({_YEAR})(?![\d,%]|-(?:year|\d\d\d))", _as_written),
    ("(?:the )?(?:following|previous|next|same) (?:day|week|month|year|night|morning)", _left_open),
    (rf"(?:recent|the coming) (?:days|weeks|months|years)|overnight|(?:last|this|next) {_SEASON}", _left_open),
)  # fmt: skip
_KINDS: Final = tuple((re.compile(pattern), reckon) for pattern, reckon in _PATTERNS)
_DATE: Final = re.sub(r"(?<!\\)\((?!\?)", "(?:", "|".join(f"(?:{pattern})" for pattern, _ in _PATTERNS))
_PREPOSITIONS: Final = "|".join(sorted({*_SINCE, *_UNTIL, *_OPEN, *_OTHERS}, key=lambda word: (-len(word), word)))
_TIME: Final = re.compile(
    rf"(?<![\w.,$€£/-])(?:(?P<before>(?i:{_PREPOSITIONS})) )?(?P<date>{_DATE})"
    rf"(?: (?:to|until|and|through) (?P<until>{_DATE}))?(?![\w/])"
)
