"""Lemmas that the pipeline's rules get wrong: "staged" is of "stage", not of "stag"."""

from collections.abc import Iterator
from typing import Any, Final

from spacy.language import Language

#: Verbs whose forms the rules do not know ("relaunched").
_VERBS: Final = (
    "cofound", "cordon", "defund", "deregister", "greenlight", "ready", "rearrest", "relaunch", "reoccupy", "resupply",
    "unlist", "waterboard",
)  # fmt: skip

#: The same for verbs that double their last letter.
_DOUBLING: Final = ("airdrop", "readmit")

#: Words that the rules find in the forms of a longer verb ("hoped": hop, not hope); their own forms double a letter.
_SHADOWING: Final = frozenset({"ax", "din", "fin", "hop", "lambast", "rap", "slat", "snip", "spar", "stag", "wag"})


def forms(verb: str, *, doubling: bool = False) -> tuple[str, str, str]:
    """Third person, past and participle of a regular verb.

    >>> forms("stage"), forms("resupply"), forms("relaunch"), forms("airdrop", doubling=True)[1:]
    (('stages', 'staged', 'staging'), ('resupplies', 'resupplied', 'resupplying'), \
('relaunches', 'relaunched', 'relaunching'), ('airdropped', 'airdropping'))
    """
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    stem = verb + verb[-1] * doubling
    third = f"{verb}es" if verb.endswith(("ch", "sh", "s", "x", "z")) else f"{verb}s"
    return third, f"{stem}ed", f"{stem}ing"


def _exceptions() -> Iterator[tuple[str, list[str]]]:
    for verb in (*_VERBS, *_DOUBLING):
        for form in forms(verb, doubling=verb in _DOUBLING):
            yield form, [verb]


def correct_lemmas(nlp: Language) -> None:
    """Teach a pipeline's rule lemmatizer these verbs; one that has no such rules is left as it is."""
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not (lookups.has_table("lemma_exc") and lookups.has_table("lemma_index")):
        return
    exceptions, index = lookups.get_table("lemma_exc"), lookups.get_table("lemma_index")
    exceptions["verb"] = {**exceptions.get("verb", {}), **dict(_exceptions())}
    index["verb"] = [word for word in index.get("verb", ()) if word not in _SHADOWING]


def known_lemmas(nlp: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Verbs and nouns that a pipeline's rule lemmatizer knows; none if it has no such rules."""
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset(), frozenset()
    index = lookups.get_table("lemma_index")
    return frozenset(index.get("verb", ())), frozenset(index.get("noun", ()))
