"""Text as read: characters that no graph can hold, headlines, bodies that stand twice, dates. Pure functions."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: Controls but tab and newline, lone surrogates and noncharacters: what XML 1.0 or RDF cannot hold, or garbles.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)

#: Shortest run of characters, spaces aside, that counts as a body when it stands again.
_BODY: Final = 120
#: How much of a body's beginning is looked for further down.
_ANCHOR: Final = 60
#: How many lines from the top a body may begin at: below a headline, a byline, a dateline.
_TOP: Final = 6
#: How many different repetitions are looked for.
_ROUNDS: Final = 3

_LONGEST_TITLE: Final = 240
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[a-z]{3,}[.!?][\"”’]? +[A-Z\"“]")
_DATE_FORMS: Final = ("%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y")


def clean(text: str) -> str:
    r"""Replace, one for one, what XML or RDF cannot hold; a carriage return becomes a space or a newline.

    >>> clean("a\x00b\r\nc\rd") == "a\N{REPLACEMENT CHARACTER}b \nc\nd"
    True
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _UNFIT.sub(REPLACEMENT, text)


def clean_line(text: str | None) -> str | None:
    r"""A title, an id or a source: cleaned, on one line, None where nothing is left.

    >>> clean_line(" Talks\n open "), clean_line("  ")
    ('Talks open', None)
    """
    return " ".join(clean(text).split()) or None if text else None


def headline(text: str) -> str | None:
    r"""The first line where it is no sentence and text follows it.

    A line of hard-wrapped text is none: there the next line goes on with the sentence.

    >>> headline("Allies Seal Deal in Paris\nThe allies have agreed on a deal.")
    'Allies Seal Deal in Paris'
    >>> headline("The allies have agreed on a\ndeal in Paris.") is None
    True
    """
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    if not first or len(first) > _LONGEST_TITLE or _SENTENCE_END.search(first) or _INNER_STOP.search(first):
        return None
    following = rest.split("\n", 1)[0].strip()
    if not following:  # a blank line sets it off
        return first if rest.strip() else None
    goes_on = following[0].islower() or not _SENTENCE_END.search(following)
    return None if goes_on else first


def read_once(text: str) -> tuple[str, int | None]:
    r"""Cut a body that stands again further down; return the text and where the repetition began, or None.

    Spaces and line breaks are no difference: copies are often wrapped anew. The first copy stays, so offsets do too.

    >>> body = "Ministers met in Oslo on Monday to discuss a mission at sea. They agreed on all points but one, "
    >>> body += "an envoy said, and will meet again in a month to settle who is to pay for the ships and crews.\n"
    >>> read_once("Talks open\n" + body + body) == ("Talks open\n" + body.rstrip(), 11 + len(body))
    True
    """
    began = None
    for _ in range(_ROUNDS):
        cut = _repetition(text)
        if cut is None:
            break
        start, end = cut
        kept, tail = text[:start].rstrip(), text[end:].rstrip()
        text = f"{kept}\n{tail.lstrip()}" if tail else kept
        began = start if began is None else min(began, start)
    return text, began


def _repetition(text: str) -> tuple[int, int] | None:
    """Offsets of the first block that repeats what stands at the top of the text."""
    squeezed = "".join(text.split())
    if len(squeezed) < 2 * _BODY:
        return None
    anchors = _line_starts(text)
    for anchor in anchors:
        again = squeezed.find(squeezed[anchor : anchor + _ANCHOR], anchor + _BODY)
        if again < 0:
            continue
        length = _common(squeezed, anchor, again)
        if length >= _BODY and anchor + length >= again - _ANCHOR:
            if anchor + length >= again and again + length < len(squeezed):
                length -= length % (again - anchor)  # whole copies: what follows may begin with the same letters
            return _offset(text, again), _offset(text, again + length - 1) + 1
        if length >= _BODY and again + length == len(squeezed):  # a copy that was cut off
            return _offset(text, again), len(text)
    return None


def _line_starts(text: str) -> list[int]:
    """Where the first lines begin, counted without spaces."""
    starts, count = [], 0
    for line in text.split("\n", _TOP * 2)[: _TOP * 2]:
        size = len("".join(line.split()))
        if size:
            starts.append(count)
        count += size
    return starts[:_TOP]


def _common(text: str, left: int, right: int) -> int:
    """Length of the longest common prefix of two suffixes, by doubling and halving over slices."""
    low, high = 0, len(text) - right
    while low < high:
        middle = (low + high + 1) // 2
        if text[left + low : left + middle] == text[right + low : right + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _offset(text: str, index: int) -> int:
    """Offset in the text of its ``index``-th character that is no space."""
    for word in re.finditer(r"\S+", text):
        size = word.end() - word.start()
        if index < size:
            return word.start() + index
        index -= size
    return len(text)


def iso_date(words: str) -> str | None:
    """A date or time stamp in a usual spelling as an ISO 8601 date; None where it is none.

    >>> iso_date("2025-03-06T23:30:00Z"), iso_date("Thu, 06 Mar 2025 10:00:00 GMT"), iso_date("6 March 2025")
    ('2025-03-06', '2025-03-06', '2025-03-06')
    >>> iso_date("yesterday") is None
    True
    """
    words = " ".join(words.split())
    try:
        return datetime.fromisoformat(words).date().isoformat()
    except ValueError:
        pass
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, IndexError):
        return None


def is_day(words: str) -> bool:
    """Whether this is a full ISO 8601 date.

    >>> is_day("2025-03-06"), is_day("2025-13-01"), is_day("March")
    (True, False, False)
    """
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False
