"""Titles of office as phrases: "the former Ukrainian deputy prime minister", "president of the European Commission".

A phrase is found by its words alone, left and right of its head noun, because the parser is unsure just here: it takes
"Foreign Minister Luca Beccari" for one name, or the minister for the person's apposition, as it falls.
"""

from collections.abc import Mapping

from kg.actors.titlescan import TitlePhrase, TitleScan, base_ahead
from kg.actors.words import TitleWords, Words, is_hyphen, title_words

__all__ = ["TitlePhrase", "find_title_phrases"]


def find_title_phrases(words: Words, matches: Mapping[int, int]) -> tuple[TitlePhrase, ...]:
    """Title phrases of a text, in order.

    Args:
        words: the text.
        matches: spans of the gazetteer's names, first token to the token behind.
    """
    lexicon = title_words()
    inside = {i: start for start, end in matches.items() for i in range(start, end)}
    found: list[TitlePhrase] = []
    for i, lower in enumerate(words.lower):
        base = _base(words, lexicon, i, lower)
        if base is None or (i in inside and matches[inside[i]] - inside[i] > 1 and i != inside[i]):
            continue
        if i in inside and matches[inside[i]] - i > 1 and not _is_office_word(lower, lexicon):
            continue
        if found and i < found[-1].end:
            continue
        floor = found[-1].full_end if found and found[-1].full_end <= i else 0
        phrase = TitleScan(words, lexicon, matches, inside, i, base, floor).phrase()
        if phrase is not None:
            found.append(phrase)
    return tuple(found)


def _is_capital(words: Words, i: int) -> bool:
    lexicon = title_words()
    return (
        i < len(words.text)
        and words.capital(i)
        and words.lower[i] not in lexicon.heads
        and words.lower[i] not in lexicon.modifiers
    )


def _is_office_word(lower: str, lexicon: TitleWords) -> bool:
    return lower in lexicon.heads and lower not in lexicon.weak


def _base(words: Words, lexicon: TitleWords, i: int, lower: str) -> str | None:
    """Singular head word at a token, or None where the token heads no title."""
    base: str | None
    if lower == "number" and i and words.lower[i - 1] == "opposite":
        base = "counterpart"
    elif lower == "incumbent":
        base = lower if _is_capital(words, i + 1) else None
    elif lower in lexicon.heads:
        base = lower
    elif lower[-1:] == "s" and words.pos[i] != "VERB" and lower[:-1] in lexicon.heads:
        base = lower[:-1]
    else:
        return None
    if base is None or (words.pos[i] in ("VERB", "AUX", "ADV") and not words.capital(i)):
        return None
    after = i + 1
    while after < len(words.lower) and is_hyphen(words.text[after]):
        after += 1
    if after < len(words.lower) and base in lexicon.modifiers and words.lower[after] not in ("general",):
        following = words.lower[after]
        if following in lexicon.heads or (following[-1:] == "s" and following[:-1] in lexicon.heads):
            return None
        if following in lexicon.modifiers and base_ahead(words, lexicon, after):
            return None
    return base
