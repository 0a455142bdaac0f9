"""Bounds of sentences and the text of a parse, kept with it."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.sentences import sentence_of, sentence_starts, text_of


def _doc() -> Doc:
    words = ["Oman", "left", ".", "Iran", "stayed", "."]
    return Doc(Vocab(), words=words, sent_starts=[True, False, False, True, False, False])


def test_a_token_is_in_the_sentence_that_spacy_says() -> None:
    doc = _doc()
    assert [sentence_of(token) for token in doc] == [token.sent for token in doc]


def test_bounds_and_text_are_kept_with_the_parse() -> None:
    doc = _doc()
    assert sentence_starts(doc) is sentence_starts(doc)
    assert sentence_starts(doc) == [0, 3]
    assert text_of(doc) is text_of(doc)
    assert text_of(doc) == doc.text


def test_an_empty_parse_has_no_sentence() -> None:
    doc = Doc(Vocab())
    assert (sentence_starts(doc), text_of(doc)) == ([], "")
