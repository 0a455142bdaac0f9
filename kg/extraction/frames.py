"""Frames and lexical units: what the lexicon's entries say, as values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from kg.claims import Modality

PartOfSpeech: TypeAlias = Literal["verb", "noun", "adjective", "light"]

#: Slot names by role, in the order in which they are tried.
Slots: TypeAlias = Mapping[str, tuple[str, ...]]

#: What slots must hold: lemmas (lower case) or classes of entities (capitalised), by slot.
Restriction: TypeAlias = Mapping[str, frozenset[str]]

#: Words after which a noun's complement follows: "state of emergency".
_LINKS: Final = ("of", "for", "in", "on", "to", "against", "d'état")


@dataclass(frozen=True, slots=True)
class LexicalUnit:
    """A word or phrase that evokes a frame.

    Attributes:
        form: its lemmas as the lexicon writes them: ``shoot down``, ``come under fire``, ``state of emergency``.
        pos: verb, noun, adjective or light (a verb with the noun that carries the sense).
        head: the lemma under which it is found; of a light unit, the verb.
        words: of a verb or adjective, the particles, fixed prepositions or predicates that must go with it.
        noun: of a light unit, the noun's lemma.
        slot: of a light unit, where the noun stands: ``object`` or a preposition.
        before: of a noun, the words that must stand right before it.
        after: of a noun, the words that must stand right after it.
    """

    form: str
    pos: PartOfSpeech
    head: str
    words: tuple[str, ...] = ()
    noun: str = ""
    slot: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @classmethod
    def parse(cls, form: str, pos: PartOfSpeech) -> "LexicalUnit":
        """Read a unit as the lexicon writes it.

        >>> LexicalUnit.parse("come under fire", "light").slot
        'under'
        >>> LexicalUnit.parse("state of emergency", "noun").after
        ('of', 'emergency')

        Raises:
            ValueError: a light unit of fewer than two or more than three words, or no word at all.
        """
        first, *rest = words = tuple(form.split()) or ("",)
        if not first:
            raise ValueError("a lexical unit is empty")
        if pos == "light":
            if len(words) not in (2, 3):
                raise ValueError(f"'{form}' is not a verb, an optional preposition and a noun")
            return cls(form, pos, first, noun=words[-1], slot=rest[0] if len(words) == 3 else "object")
        if pos == "noun":
            cut = next((i for i, w in enumerate(words) if i and w in _LINKS), len(words))
            return cls(form, pos, words[cut - 1], before=words[: cut - 1], after=words[cut:])
        return cls(form, pos, first, words=tuple(rest))

    def stands_between(self, left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> bool:
        """Whether a noun's neighbours are those of the unit; each neighbour is given by all its spellings.

        >>> unit = LexicalUnit.parse("arms sale", "noun")
        >>> unit.stands_between([{"the"}, {"arms", "arm"}], []), unit.stands_between([{"the"}], [])
        (True, False)
        """
        if len(left) < len(self.before) or len(right) < len(self.after):
            return False
        near = left[len(left) - len(self.before) :]
        pairs = (*zip(self.before, near, strict=True), *zip(self.after, right, strict=False))
        return all(word in spellings for word, spellings in pairs)

    @property
    def size(self) -> int:
        """Number of words: the longer unit is the more specific one."""
        return len(self.form.split())


@dataclass(frozen=True, slots=True)
class Content:
    """Where a communicative act has its content, and who would perform that.

    Attributes:
        slots: where the content stands: ``complement``, ``object``, ``for``, ``of-ing`` …
        actor: the role whose filler performs it ("urges X to …": target); ``subject`` for the speaker.
        modality: what the frame makes of it; None leaves it as it is.
        holder: whether it is the speaker's claim.
        negated: whether the frame says that it is not so, or will not be.
    """

    slots: tuple[str, ...]
    actor: str = "subject"
    modality: Modality | None = None
    holder: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Lexical units that mean the same, the slots of their roles, and what they yield.

    Attributes:
        name: unique; evidence names it.
        yields: local name of a class or property of the ontology.
        units: its words.
        mode: concept of the ontology's scheme of modes.
        roles: slots of verbs, light verbs and adjectives.
        noun_roles: slots of nouns.
        types: classes of which a role's filler must be one; another filler does not fill the role.
        needs: roles without which the frame does not match.
        values: roles with a fixed value.
        modalities: the frame holds only of what the text presents so; empty for any.
        content: of a communicative act.
        mutual: whether coordinated or plural actors do it to each other.
        absorbs: slots whose event noun is part of this event ("lifts sanctions"); its slots join those of the verb.
        requires: the frame matches only where one of these holds.
        excludes: the frame does not match where one of these holds.
        example: a sentence.
        rank: of two frames that match equally specific words, the lower one wins; below 0 are the user's own.
    """

    name: str
    yields: str
    units: tuple[LexicalUnit, ...]
    mode: str | None = None
    roles: Slots = field(default_factory=dict)
    noun_roles: Slots = field(default_factory=dict)
    types: Slots = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    modalities: tuple[Modality, ...] = ()
    content: Content | None = None
    mutual: bool = False
    absorbs: tuple[str, ...] = ()
    requires: tuple[Restriction, ...] = ()
    excludes: tuple[Restriction, ...] = ()
    example: str = ""
    rank: int = 0

    @property
    def own(self) -> bool:
        """Whether it comes from a user's file."""
        return self.rank < 0

    def slots(self, pos: PartOfSpeech) -> Slots:
        """Slots of the roles for a unit of one part of speech."""
        return self.noun_roles if pos == "noun" else self.roles

    def fits(self, held: Mapping[str, Collection[str]]) -> bool:
        """Whether the restrictions hold.

        Args:
            held: for each slot, the lemmas (lower case) of what stands there and the classes of what it names.

        >>> frame = Frame("withdraw", "Retreat", (), requires=({"object": frozenset({"troop"})},))
        >>> frame.fits({"object": {"troop"}}), frame.fits({"from": {"treaty"}})
        (True, False)
        """
        if any(_holds(restriction, held) for restriction in self.excludes):
            return False
        return not self.requires or any(_holds(restriction, held) for restriction in self.requires)


def _holds(restriction: Restriction, held: Mapping[str, Collection[str]]) -> bool:
    """All its slots hold one of the wanted words; of an empty list, the slot must be filled by anything."""
    return all(
        slot in held and (not wanted or not wanted.isdisjoint(held[slot])) for slot, wanted in restriction.items()
    )
