"""Attributes by table are those of the pipeline's own ruler."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.language import DEFAULT_MODEL
from kg.language.attributes import table_attributes

pytestmark = pytest.mark.model
ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
ODD = (
    "",
    " ",
    "\n\n x \t y",
    "There is a man; there's another. He ain't gonna go, he isn't.",
    "Let's see. Y'all c'mon! They gotta leave, they've got ta stay. Lets go.",
    "He'd have gone, had he been asked. Who's that? It's theirs; that's all.",
)
WORDS = st.sampled_from(
    [
        "There", "is", "was", "'s", "n't", "ain't", "gonna", "got", "ta", "let", "c'mon", "on", "y'all", "all", "the",
        "Oman", "attacked", "attacks", "which", "that", "who", "not", "to", "be", "been", "have", "had", "do", "did",
        "will", "Iran's", "2.5", "%", "$", "(", ",", ".", "?", "\n",
    ]
)  # fmt: skip


def plain() -> Language:
    pipeline: Language = import_module(DEFAULT_MODEL).load(exclude=["ner"])
    return pipeline


PLAIN, TABLED = plain(), plain()
table_attributes(TABLED)


def attributes(nlp: Language, text: str) -> list[tuple[str, ...]]:
    return [(t.text, t.pos_, t.tag_, t.dep_, t.lemma_, str(t.morph)) for t in nlp(text)]


@pytest.mark.parametrize("text", [*ODD, *(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt")))])
def test_texts(text: str) -> None:
    assert attributes(TABLED, text) == attributes(PLAIN, text)


@given(st.lists(WORDS, max_size=20))
@settings(max_examples=60)
def test_any_words(words: list[str]) -> None:
    text = " ".join(words)
    assert attributes(TABLED, text) == attributes(PLAIN, text)


def test_the_ruler_is_replaced() -> None:
    assert "attribute_ruler" not in TABLED.pipe_names


def test_a_ruler_that_looks_at_more_is_left_alone() -> None:
    nlp = plain()
    nlp.get_pipe("attribute_ruler").add([[{"ORTH": "Oman"}]], {"POS": "X"})  # type: ignore[attr-defined]
    table_attributes(nlp)
    assert "attribute_ruler" in nlp.pipe_names
    assert nlp("Oman")[0].pos_ == "X"
