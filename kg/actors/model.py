"""Values of this room: a mention of an actor, and a title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.claims import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

Category: TypeAlias = Literal["state", "organ", "person", "organization", "group", "force", "region", "vessel", "other"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words of a text that name an actor, and whom they name.

    Attributes:
        entity: whom.
        name: the mention without determiner, title and apposition; of a pronoun or "the country", what it stands for.
        start: offset of its first character in the document.
        end: offset behind its last character.
        head: index of its head token in the parse.
        state: alpha-3 code of the state that the actor is, governs, serves or belongs to, as far as the text or the
            gazetteer tells.
        reason: why it was linked so, in words.
        category: what sort of actor.
        plural: whether it names several ("protesters").
        named: whether by a name, not by a description or pronoun.
        words: the characters themselves, `start` to `end`.
    """

    entity: Entity
    name: str
    start: int
    end: int
    head: int
    state: str | None
    reason: str
    category: Category
    plural: bool = False
    named: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title that a text gives to a person.

    Attributes:
        person: who bears it.
        role: the office in lower case, "acting" kept: ``foreign minister``.
        of: the state or organisation.
        status: current, former, elect or acting.
        start: offset of the title's first character.
        end: offset behind it.
        sentence: offsets of the sentence.
        reason: how person, office and owner were put together.
        negated: whether the text denies it.
        stated: whether a verb states it, and no mere title.
    """

    person: ActorMention
    role: str
    of: ActorMention
    status: str
    start: int
    end: int
    sentence: tuple[int, int]
    reason: str
    negated: bool = False
    stated: bool = False


class MentionIndex:
    """Mentions of one text, by token.

    Args:
        mentions: every mention, in any order.
        at: token index to the mentions that the phrase headed there names.
        places: token index to what the name means as a place.
    """

    def __init__(
        self, mentions: Sequence[ActorMention], at: Mapping[int, tuple[ActorMention, ...]], places: Mapping[int, Entity]
    ) -> None:
        self.all: tuple[ActorMention, ...] = tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.entity.id)))
        self._at = dict(at)
        self._places = dict(places)

    def at(self, token: "int | Token") -> tuple[ActorMention, ...]:
        """The actors that the noun phrase headed by a token names; empty where it names none.

        A conjunct stands at its own head. A pronoun, "both countries", "the two sides" may give several.
        """
        return self._at.get(token if isinstance(token, int) else token.i, ())

    def with_states(self, states: Mapping[str, str]) -> "MentionIndex":
        """The same, with the states of people that only later words of the text tell, by entity id."""

        def told(mention: ActorMention) -> ActorMention:
            state = states.get(mention.entity.id)
            if state is None or mention.state is not None:
                return mention
            return replace(mention, state=state, reason=f"{mention.reason}; state by a title in the text")

        at = {token: tuple(map(told, mentions)) for token, mentions in self._at.items()}
        return MentionIndex(tuple(map(told, self.all)), at, self._places)

    def place(self, token: "int | Token") -> Entity | None:
        """What a name means as a place: in "in Kyiv" the city, in "in Ukraine" the state."""
        return self._places.get(token if isinstance(token, int) else token.i)
