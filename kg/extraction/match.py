"""A match: a frame evoked at a place of the text, with who fills its roles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spacy.tokens import Token

from kg.actors import ActorMention
from kg.extraction.frames import Frame, Slots

Fillers: TypeAlias = tuple[ActorMention, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A frame evoked at a place of the text.

    Attributes:
        frame: the frame.
        token: the word that carries the sense; of a light unit, the noun.
        words: every word of the unit, in text order.
        verb: the verb whose arguments it uses, if any: its own or a transparent one.
        slots: heads of its arguments.
        fillers: actors by role.
        merged: heads of further predicates that state the same act.
        nominal: whether the slots of nouns hold.
    """

    frame: Frame
    token: Token
    words: tuple[Token, ...]
    verb: Token | None
    slots: Mapping[str, tuple[Token, ...]]
    fillers: Mapping[str, Fillers]
    merged: tuple[Token, ...] = ()
    nominal: bool = False

    @property
    def roles(self) -> Slots:
        """Slots of the frame's roles, as its part of speech has them."""
        return self.frame.noun_roles if self.nominal else self.frame.roles

    def get(self, role: str) -> Fillers:
        """Actors that fill a role."""
        return self.fillers.get(role, ())

    def held(self, slot: str) -> tuple[Token, ...]:
        """What stands in a slot, or in several that "+" joins."""
        return tuple(dict.fromkeys(t for part in slot.split("+") for t in self.slots.get(part, ())))


def triggers(matches: Sequence[Match]) -> Iterator[tuple[int, Match]]:
    """Every word that a match stands for, with the match."""
    for match in matches:
        own = (match.verb,) if match.verb is not None and match.verb in match.words else ()
        for token in (match.token, *match.merged, *own):
            yield token.i, match
