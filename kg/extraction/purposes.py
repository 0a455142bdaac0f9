"""What commitments are for: "the guarantees are crucial to ensuring that no new attack follows".

A later sentence about the guarantees that a text reported says what they shall bring about or prevent. The acts named
there become the purpose of those guarantees; what is to be prevented is negated, and neither is vouched for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims import Role
from kg.extraction.building import Built
from kg.ontology import Ontology

_COMMITMENTS: Final = frozenset({"guarantee", "assurance", "pledge", "commitment", "promise", "undertaking"})
_AIMS: Final = frozenset({"ensure", "guarantee", "secure", "help", "make"})
_PREVENTION: Final = frozenset({"prevent", "deter", "avert", "avoid", "forestall", "stop", "discourage"})
_POINTING: Final = frozenset({"the", "these", "those", "such", "this", "that", "its", "their"})


def with_purposes(found: Iterable[Built], ontology: Ontology) -> list[Built]:
    """Give the guarantees of a text the purposes that it states for them.

    Args:
        found: its claims, with the matches that made them.
        ontology: which kinds are acts.
    """
    built = [_aimed_at(item) if ontology.is_act(item.claim.kind) else item for item in found]
    refs = sorted({b.claim.ref for b in built if ontology.is_act(b.claim.kind) and _aim(b.match.token) is not None})
    roles = tuple(Role("purpose", ref) for ref in refs)
    return [
        replace(b, claim=replace(b.claim, roles=(*b.claim.roles, *roles))) if b.claim.kind == "Guarantee" else b
        for b in built
    ]


def _aimed_at(item: Built) -> Built:
    """An act under an aim as what is wanted: not vouched for, and negated where it is to be prevented."""
    aim = _aim(item.match.token)
    if aim is None:
        return item
    claim = item.claim
    modality = "planned" if claim.modality == "actual" else claim.modality
    negated = claim.negated or aim.lemma_ in _PREVENTION
    return replace(item, claim=replace(claim, modality=modality, negated=negated, holder=None))


def _aim(token: Token) -> Token | None:
    """The verb of ensuring or preventing above a word, where commitments already told of are to do that."""
    for above in token.ancestors:
        aims = above.lemma_ in _AIMS | _PREVENTION and above.pos_ == "VERB" and above.i < token.i
        if aims and any(_is_known_commitment(s) for s in _subjects(above)):
            return above
    return None


def _subjects(verb: Token) -> Iterator[Token]:
    """What stands as subject of a verb, or of a verb above it that has one first."""
    for clause in (verb, *verb.ancestors):
        subjects = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
        if subjects:
            yield from subjects
            return


def _is_known_commitment(noun: Token) -> bool:
    return noun.lemma_ in _COMMITMENTS and any(c.lower_ in _POINTING or c.dep_ == "poss" for c in noun.children)
