"""Quotations: the words inside quotation marks, and who says them.

Names in quotation marks and words that nobody is quoted with give nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Token

from kg.actors import MentionIndex
from kg.claims import Claim, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.extraction.lexicon import Lexicon
from kg.extraction.quotemarks import quoted_ranges
from kg.extraction.speakers import QuotedText, Speaker, same_speaker, span_in, speaker_of
from kg.language.clauses import Clauses
from kg.language.sentences import sentence_of, text_of

FRAME: Final = "quotation"

_VERBS: Final = ("VERB", "AUX")
_NOUNS: Final = ("NOUN", "PROPN")


def quoted_spans(doc: Doc) -> tuple[tuple[int, int], ...]:
    """First token and the token behind the last of every stretch inside quotation marks."""
    found: list[tuple[int, int]] = []
    position = 0
    for start, end in quoted_ranges(text_of(doc)):
        while position < len(doc) and doc[position].idx < start:
            position += 1
        first = position
        while position < len(doc) and doc[position].idx < end:
            position += 1
        if position > first:
            found.append((first, position))
    return tuple(found)


def quotations(doc: Doc, document: Document, mentions: MentionIndex) -> list[Claim]:
    """A claim for each quotation whose speaker the text names.

    Args:
        doc: the parse of the document's whole text.
        document: the document.
        mentions: its actors.
    """
    spans = quoted_spans(doc)
    inside = frozenset(i for start, end in spans for i in range(start, end))
    text = QuotedText(doc, document, mentions, Lexicon.load(), Clauses(doc), inside)
    return list(_claims(text, spans))


def _claims(text: QuotedText, spans: Iterable[tuple[int, int]]) -> Iterator[Claim]:
    before: tuple[int, Speaker] | None = None
    for start, end in spans:
        words = _words(text.doc, start, end)
        if not words.words.strip() or _is_name(text, start, end):
            continue
        speaker = speaker_of(text, start, end) or same_speaker(text, start, before)
        if speaker is None:
            before = None
            continue
        before = (end, speaker)
        yield _claim(text, start, end, words, speaker)


def _claim(text: QuotedText, start: int, end: int, words: Span, speaker: Speaker) -> Claim:
    first, last = sentence_of(text.doc[start]).start_char, sentence_of(text.doc[end - 1]).end_char
    trigger = None
    if speaker.trigger is not None:
        told = sentence_of(speaker.trigger)
        first, last = min(first, told.start_char), max(last, told.end_char)
        trigger = span_in(text.doc, speaker.trigger.idx, speaker.trigger.idx + len(speaker.trigger))
    sentence = text_of(text.doc)[first:last]
    end_of_sentence = first + len(sentence.rstrip())
    mentions = (
        Mention("speaker", speaker.entity.id, speaker.span, speaker.name, speaker.reason, speaker.state),
        Mention("words", "", words, reason="between quotation marks"),
    )
    evidence = Evidence(text.document.id, span_in(text.doc, first, end_of_sentence), FRAME, trigger or words, mentions)
    return Claim("Quotation", (Role("speaker", speaker.entity), Role("words", words.words)), evidence=(evidence,))


def _words(doc: Doc, start: int, end: int) -> Span:
    """What stands between the marks that enclose some tokens."""
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    for a, b in quoted_ranges(text_of(doc)[max(0, first - 1) : last + 1]):
        if b - a >= (last - first) - 1:
            return span_in(doc, max(0, first - 1) + a, max(0, first - 1) + b)
    return span_in(doc, first, last)


# -- names -----------------------------------------------------------------------------------------------------------


def _is_name(text: QuotedText, start: int, end: int) -> bool:
    """Whether the marks enclose a name (of a radio, a work, an operation) and no words of anybody."""
    tokens = [t for t in text.doc[start:end] if t.is_alpha]
    if not tokens:
        return True
    left = [t.lemma_.lower() for t in text.doc[max(0, start - 4) : start] if t.is_alpha]
    if any(word in ("so-called", "codename", "nickname", "entitle") for word in left[-2:]):
        return True
    long = [t for t in tokens if len(t) > 3 or (len(t) == 3 and not t.is_stop)]
    if not long or not all(t.text[:1].isupper() for t in long) or text.doc[end - 1].text in ".!?…,":
        return _names_group(text, tokens)
    names = text.lexicon.words("naming-word")
    after = text.doc[end + 1] if end + 1 < len(text.doc) else None
    head = text.doc[start:end].root.head
    quoted = head.pos_ in _VERBS and head.lemma_ in text.lexicon.words("speech-verb") and len(tokens) == 1
    follows = after is not None and after.pos_ in _NOUNS and sentence_of(after) == sentence_of(text.doc[start])
    return not quoted and (len(tokens) > 1 or follows or any(word in names for word in left[-2:]))


def _names_group(text: QuotedText, tokens: Sequence[Token]) -> bool:
    """Whether all the words are the name of a group: a "coalition of the willing"."""
    first, last = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    mentions = (m for token in tokens for m in text.mentions.at(token))
    groups = (m for m in mentions if m.named and m.category in ("group", "organization"))
    return any(m.start <= first and m.end >= last for m in groups)
