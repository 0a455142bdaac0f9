"""The value that says how far a text vouches for a predicate."""

from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.claims import Modality

_STRENGTH: Final[tuple[Modality, ...]] = ("actual", "planned", "possible", "conditional")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a text vouches for one predicate.

    Attributes:
        modality: as in `kg.claims.Claim`.
        negated: whether it is said not to happen.
        holder: head of the noun phrase that names whose claim it is.
        condition: first and last token of the words of its condition.
        awaited: head of the clause or noun that the condition waits for.
        absence: whether the condition waits for its absence ("unless").
        in_condition: whether the predicate itself only stands in a condition.
        ended: whether what is told as a state ("used to lead") is over.
        intended: whether it is no more than somebody's plan ("plans to defend"), not a promise.
    """

    modality: Modality = "actual"
    negated: bool = False
    holder: Token | None = None
    condition: tuple[Token, Token] | None = None
    awaited: Token | None = None
    absence: bool = False
    in_condition: bool = False
    ended: bool = False
    intended: bool = False

    def weaken(self, modality: Modality) -> "Standing":
        """The weaker of its modality and another: possible weakens planned, planned weakens actual."""
        if _STRENGTH.index(modality) <= _STRENGTH.index(self.modality):
            return self
        return replace(self, modality=modality)

    def deny(self) -> "Standing":
        """Negated once more."""
        return replace(self, negated=not self.negated)

    def awaiting(self) -> "Standing":
        """As what a condition waits for."""
        return replace(self.weaken("conditional"), in_condition=True)
