"""What tells that capitals are a person's name: a list of given names, and what stands around the name."""

import functools
import re
from typing import Final

from kg.actors.naming import fold
from kg.actors.register import shipped_register
from kg.actors.words import PARTICLES, Words, group_words, listed
from kg.resources import resource

_INITIAL: Final = re.compile(r"[A-Z]\.?(?:[A-Z]\.)?")
_AGE: Final = re.compile(r"\d{1,2}")


@functools.cache
def given_names() -> frozenset[str]:
    """Given names, without accents: those listed, and the first names of the register's people."""
    lines = resource("ontology", "actors", "given-names.txt").read_text(encoding="utf-8").split("\n")
    listed_names = {line for line in lines if line and not line.startswith("#")}
    labels = (record.value("skos:prefLabel") or "" for record in shipped_register() if record.kind == "Person")
    split = (fold(label).split() for label in labels)
    return frozenset(listed_names.union(words[0] for words in split if len(words) > 1 and len(words[0]) > 2))


def is_given(word: str) -> bool:
    """Whether a word is a given name, or several that hyphens join.

    >>> is_given("Ilse"), is_given("Marie-Luise"), is_given("Treaty")
    (True, True, False)
    """
    plain = fold(word)
    return plain in given_names() or ("-" in plain and plain.split("-")[0] in given_names())


def opens_person(words: Words, i: int) -> bool:
    """Whether a given name stands at a token, and another part of a name behind it ("Ilse Roe", "Ilse van Roe")."""
    if not is_given(words.text[i]) or i + 1 >= len(words.text) or words.sentence[i + 1] != words.sentence[i]:
        return False
    following = i + 1
    while following + 1 < len(words.text) and words.lower[following] in PARTICLES:
        following += 1
    return words.capital(following) and words.text[following][0].isalpha()


def is_person(words: Words, start: int, end: int) -> bool:
    """Whether the words of a name, or those around it, tell that it is a person's."""
    if end - start > 1 and is_given(words.text[start]):
        return True
    if end - start == 2 and words.text[start] in listed("given_states"):  # "Chad Roe", not "Chad Police"
        return words.lower[start + 1] not in group_words().name_heads
    if end - start > 2 and any(_INITIAL.fullmatch(words.text[i]) for i in range(start + 1, end - 1)):
        return True
    return _has_age(words, end) or (end - start == 1 and is_given(words.text[start]) and _speaks(words, start))


def _has_age(words: Words, end: int) -> bool:
    """Whether an age stands behind a name ("Roe, 54,")."""
    text = words.text[end : end + 3]
    return len(text) == 3 and text[0] in ",(" and bool(_AGE.fullmatch(text[1])) and text[2] in (",", ")", ".")


def _speaks(words: Words, i: int) -> bool:
    """Whether a word is the subject of a verb of speech."""
    return words.dep[i] == "nsubj" and words.lemma[words.head[i]] in listed("agentive")
