"""What is asked of a parse again and again: in which sentence a token stands, and the text.

spaCy's ``token.sent`` looks through the whole text at each call for whether it has sentences at all; here their bounds
are found once a parse.
"""

from bisect import bisect_right
from typing import Final

from spacy.tokens import Doc, Span, Token

_STARTS: Final = "kg.sentence_starts"
_TEXT: Final = "kg.text"


def sentence_starts(doc: Doc) -> list[int]:
    """Index of the first token of each sentence, in order; the list is kept with the parse."""
    starts: list[int] | None = doc.user_data.get(_STARTS)
    if starts is None:
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        doc.user_data[_STARTS] = starts
    return starts


def sentence_of(token: Token) -> Span:
    """The sentence of a token."""
    doc = token.doc
    starts = sentence_starts(doc)
    following = bisect_right(starts, token.i)
    return doc[starts[following - 1] : starts[following] if following < len(starts) else len(doc)]


def text_of(doc: Doc) -> str:
    """The text of a parse; spaCy's ``doc.text`` joins its tokens anew at each call."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text
