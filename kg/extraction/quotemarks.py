"""Quotation marks: which characters of a text stand inside a pair, in any of the styles that English news uses.

“…”, "…", ‘…’, '…', «…», »…« and „…“ are found; an apostrophe is not taken for a mark. A quotation that goes on in the
next paragraph has an opening mark at each paragraph and a closing one at the last.
"""

import re
from collections.abc import Iterator
from typing import Final

#: Longest quotation between two marks, in characters; beyond it, a mark was lost.
LONGEST: Final = 4_000

_CLOSERS: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", '"': '"', "'": "'’"}
_SINGLE: Final = frozenset("‘‚'")
_EITHER: Final = frozenset("\"'«»‘“")
_BEFORE: Final = frozenset("([{—–-/…:,\"“”«»‘'„")
_ELISION: Final = re.compile(r"['‘’](?:\d0s|em|til|tis|twas|cause|n|round|bout|s|t|ll|re|ve|d|m)\b", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"\n\s*\n|\n(?=\s*[“„«»\"‘])|\n(?=[^\n]{0,80}\n)")


def quoted_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of what stands inside quotation marks, the marks left out; outermost pairs only.

    >>> text = "He called it “a ‘new’ start” and the ministers' 'last chance'."
    >>> [text[a:b] for a, b in quoted_ranges(text)]
    ['a ‘new’ start', 'last chance']
    """
    found: list[tuple[int, int]] = []
    carried = ""
    for start, end in _paragraphs(text):
        inner, carried = _in_paragraph(text, start, end, carried)
        found += inner
    return tuple((a, b) for a, b in found if text[a:b].strip())


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for gap in _PARAGRAPH.finditer(text):
        yield position, gap.start()
        position = gap.end()
    yield position, len(text)


def _in_paragraph(text: str, start: int, end: int, carried: str) -> tuple[list[tuple[int, int]], str]:
    """Ranges of one paragraph, and the mark that is still open at its end.

    A mark without a partner counts only where the next paragraph opens with it again.
    """
    found: list[tuple[int, int]] = []
    position = start
    while position < end:
        mark = text[position]
        if mark not in _CLOSERS or not _opens(text, position, start):
            position += 1
            continue
        close = _closing(text, position, end)
        if close is not None:
            found.append((position + 1, close))
            position = close + 1
        elif _goes_on(text, mark, end):
            return [*found, (position + 1, end)], mark
        else:
            position += 1
    return found, ""


def _opens(text: str, position: int, start: int) -> bool:
    """Whether a mark can open a quotation where it stands."""
    mark, after = text[position], text[position + 1 : position + 2]
    if not after or after.isspace():
        return False
    before = text[position - 1] if position > start else " "
    if mark in _SINGLE and (_ELISION.match(text, position) or not (after.isalnum() or after in "“\"$£€¥…[(")):
        return False
    return mark not in _EITHER or before.isspace() or before in _BEFORE


def _closing(text: str, opening: int, end: int) -> int | None:
    """Where the mark that closes a pair stands, if there is one."""
    mark = text[opening]
    closers = _CLOSERS[mark]
    limit = min(end, opening + LONGEST)
    places = (i for i in range(opening + 1, limit) if text[i] in closers and _closes(text, i, end))
    first = next(places, None)
    if mark not in _SINGLE or first is None or not _may_be_possessive(text, first):
        return first
    return next((i for i in places if not _may_be_possessive(text, i)), first)


def _closes(text: str, position: int, end: int) -> bool:
    """Whether a mark can close a quotation where it stands: after a word or stop, before no letter."""
    after = text[position + 1] if position + 1 < end else " "
    if text[position] in "'’‘":
        return not text[position - 1].isspace() and not after.isalnum()
    return not (text[position - 1].isspace() and after.isalnum())


def _may_be_possessive(text: str, position: int) -> bool:
    """"The ministers' plan": an apostrophe after an s, before another word."""
    follows = text[position + 1 : position + 3]
    return text[position - 1] in "sSxz" and len(follows) == 2 and follows[0] == " " and follows[1].islower()


def _goes_on(text: str, mark: str, end: int) -> bool:
    """Whether the next paragraph begins with the same opening mark."""
    rest = text[end : end + 200].lstrip()
    return mark not in _SINGLE and rest.startswith(mark)
