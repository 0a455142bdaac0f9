"""Whole numbers as texts write them: in digits, in words, by the dozen."""

from collections.abc import Sequence
from typing import Final

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ROUND: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES: Final = {word: number for number, word in enumerate(_SMALL)}
_TENS: Final = {word: 10 * number for number, word in enumerate(_ROUND, 2)}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_IRREGULAR: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_ORDINALS: Final = {
    **{_IRREGULAR.get(word, f"{word}th"): number for word, number in _ONES.items()},
    **{f"{word[:-1]}ieth": number for word, number in _TENS.items()},
}
_SUFFIXES: Final = ("st", "nd", "rd", "th")


def cardinal(words: Sequence[str]) -> int | None:
    """The number that some words say; None if they say none.

    >>> cardinal(["twenty", "-", "seven"]), cardinal(["2,600"]), cardinal(["two", "dozen"]), cardinal(["a", "few"])
    (27, 2600, 24, None)
    """
    total, current, seen = 0, 0, False
    for word in (part for raw in words for part in raw.lower().replace("-", " ").split()):
        plain = word.replace(",", "")
        if plain.isascii() and plain.isdigit() and len(plain) < 16:
            current, seen = current + int(plain), True
        elif word in _ONES or word in _TENS:
            current, seen = current + _ONES.get(word, _TENS.get(word, 0)), True
        elif word == "dozen" or word == "score":
            current, seen = max(1, current) * (12 if word == "dozen" else 20), True
        elif word == "hundred":
            current, seen = max(1, current) * 100, True
        elif word in _SCALES:
            total, current, seen = total + max(1, current) * _SCALES[word], 0, True
        elif word not in ("and", "a", "an"):
            return None
    return total + current if seen else None


def ordinal(word: str) -> int | None:
    """The number of an ordinal: "seventh", "60th", "twenty-first".

    >>> ordinal("seventh"), ordinal("60th"), ordinal("twenty-first"), ordinal("north")
    (7, 60, 21, None)
    """
    lower = word.lower()
    if lower[-2:] in _SUFFIXES and lower[:-2].isascii() and lower[:-2].isdigit() and len(lower) < 12:
        return int(lower[:-2])
    tens, _, ones = lower.rpartition("-")
    if tens:
        return _TENS[tens] + _ORDINALS[ones] if tens in _TENS and _ORDINALS.get(ones, 10) < 10 else None
    return _ORDINALS.get(lower)
