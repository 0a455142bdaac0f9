"""Parts of speech and morphology from tags, by table.

The pipeline's attribute ruler decides them with a matcher of 179 patterns over every text, which takes a fifth of the
time of the whole parse. All but a few of its patterns look at one token: at its tag, its relation, and whether it is
one of a few words; so what it decides is a function of these, asked of it once and kept. The patterns of several
tokens are run where they can match.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

_NAME: Final = "kg_attributes"
_SEEN: Final = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})


class _Attributes(NamedTuple):
    """What the ruler makes of a token, as numbers of the vocabulary; tag and relation are 0 where it leaves them."""

    pos: int
    morph: int
    lemma: int
    tag: int
    dep: int


class TabledAttributes:
    """An attribute ruler whose patterns of one token are looked up.

    Args:
        ruler: the pipeline's own.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler: Final = ruler
        vocab = ruler.vocab
        rules: list[Any] = ruler.patterns
        single = [rule for rule in rules if all(len(pattern) == 1 for pattern in rule["patterns"])]
        self._single: Final = _ruler(ruler, single)
        self._several: Final = _ruler(ruler, [rule for rule in rules if rule not in single])
        specs = [token for rule in single for pattern in rule["patterns"] for token in pattern]
        self._words: Final = frozenset(vocab.strings[word] for word in _values(specs, "LOWER"))
        self._relations: Final = frozenset(vocab.strings[name] for name in _values(specs, "DEP"))
        first = [pattern[0] for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]
        self._openers: Final = frozenset(vocab.strings[word] for word in _values(first, "LOWER"))
        self._opening_relations: Final = frozenset(vocab.strings[name] for name in _values(first, "DEP"))
        self._table: Final[dict[tuple[int, int, int, int], _Attributes]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of all tokens."""
        if not len(doc):
            return doc
        columns = doc.to_array(["TAG", "LOWER", "DEP", "IS_SPACE"]).tolist()
        words, relations, table = self._words, self._relations, self._table
        rows: list[_Attributes] = []
        for i, (tag, lower, dep, space) in enumerate(columns):
            key = (tag, lower if lower in words else 0, dep if dep in relations or space else 0, space)
            found = table.get(key)
            if found is None:
                found = table[key] = self._asked(doc[i].text, tag, dep)
            rows.append(found)
        values: Any = np.array([row[:3] for row in rows], dtype=np.uint64)
        doc.from_array(["POS", "MORPH", "LEMMA"], values)
        for token, row in zip(doc, rows, strict=True) if any(column[3] for column in columns) else ():
            if row.tag:
                token.tag = row.tag
            if row.dep:
                token.dep = row.dep
        if any(lower in self._openers or dep in self._opening_relations for _, lower, dep, _ in columns):
            self._several(doc)
        return doc

    def _asked(self, text: str, tag: int, dep: int) -> _Attributes:
        """What the ruler's patterns of one token make of a token that stands alone."""
        strings = self._ruler.vocab.strings
        alone = Doc(self._ruler.vocab, words=[text], tags=[strings[tag]], deps=[strings[dep]], heads=[0])
        token: Any = self._single(alone)[0]
        changed = [now if now != before else 0 for now, before in ((token.tag, tag), (token.dep, dep))]
        return _Attributes(token.pos, token.morph.key, token.lemma, *changed)


def _ruler(like: AttributeRuler, rules: Sequence[Any]) -> AttributeRuler:
    made = AttributeRuler(like.vocab)
    made.add_patterns(rules)
    return made


def _values(specs: Iterable[Mapping[str, Any]], name: str) -> frozenset[str]:
    """Values that patterns name for an attribute; of a regular expression, the short words that match it."""
    found: set[str] = set()
    for spec in specs:
        match spec.get(name):
            case str(value):
                found.add(value)
            case {"IN": values} | {"NOT_IN": values}:
                found.update(values)
            case {"REGEX": pattern}:
                found.update(_words_of(pattern))
            case _:
                pass
    return frozenset(found)


def _words_of(pattern: str) -> tuple[str, ...]:
    """Words of a pattern of letters with one that may be missing: ``^y'?$`` is y or y'."""
    bare = pattern.strip("^$")
    before, optional, after = bare.partition("?")
    return (before + after, before[:-1] + after) if optional else (bare,)


def table_attributes(nlp: Language) -> None:
    """Put tables in the place of a pipeline's attribute ruler; one that asks for more is left as it is."""
    if not nlp.has_pipe("attribute_ruler"):
        return
    ruler: Any = nlp.get_pipe("attribute_ruler")
    asked = {name for rule in ruler.patterns for pattern in rule["patterns"] for token in pattern for name in token}
    if asked <= _SEEN:
        Language.component(_NAME, func=TabledAttributes(ruler))
        nlp.add_pipe(_NAME, after="attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
