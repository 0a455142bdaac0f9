"""Actors that common nouns describe: "the Israeli military", "two Afghan nationals", "protesters", "a tanker"."""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from kg.actors.context import TextContext
from kg.actors.linking import NameLinker
from kg.actors.model import ActorMention, Category
from kg.actors.naming import organ, scoped
from kg.actors.words import is_hyphen, listed
from kg.claims import Entity

_LEFT_DEPS: Final = frozenset(
    {
        "amod",
        "compound",
        "nmod",
        "npadvmod",
        "punct",
        "advmod",
        "poss",
        "case",
        "nummod",
        "det",
        "quantmod",
        "predet",
        "cc",
        "conj",
    }
)
_FROM_NOUNS: Final = frozenset({"people", "group"})
_PLURAL_TAGS: Final = frozenset({"NNS", "NNPS"})
_COLLECTIVE: Final = frozenset({"people", "police", "personnel", "staff", "crew", "military", "gendarmerie"})

#: Owners of a noun phrase: (mention, token, how).
Owners: TypeAlias = list[tuple[ActorMention, int, str]]


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun that names a sort of actor.

    Attributes:
        head: token.
        start: first token of the phrase that the lexicon knows ("foreign ministry").
        category: organ, people, group or thing.
        organ: slug of the organ, for organs.
        phrase: the phrase's words.
    """

    head: int
    start: int
    category: str
    organ: str
    phrase: tuple[str, ...]


class Describer:
    """Finds what common nouns describe in one text.

    Args:
        context: the text.
        linker: its names.
    """

    def __init__(self, context: TextContext, linker: NameLinker) -> None:
        self.context, self.linker = context, linker
        self.words = context.words

    def noun(self, i: int) -> Noun | None:
        """What sort of actor the noun at a token is, if any."""
        words = self.words
        if words.pos[i] not in ("NOUN", "PROPN", "ADJ") or i in self.context.name_of:
            return None
        rows = self.context.groups.nouns.get(words.lower[i]) or self.context.groups.nouns.get(words.lemma[i])
        if rows is None or (words.pos[i] == "ADJ" and words.dep[i] in ("amod", "acomp", "compound")):
            return None
        if (
            words.dep[i] in ("compound", "nmod", "amod")
            and words.head[i] > i
            and words.pos[words.head[i]] in ("NOUN", "PROPN")
        ):
            return None
        if self._is_no_actor(i):
            return None
        for phrase, category, slug in rows:
            start = i - len(phrase) + 1
            if start >= 0 and all(
                words.lower[start + k] == part or words.lemma[start + k] == part for k, part in enumerate(phrase)
            ):
                return Noun(i, start, category, slug, phrase)
        return None

    def _is_no_actor(self, i: int) -> bool:
        """Whether an actor's noun is used otherwise: "opposition to", "heads of state or government"."""
        words = self.words
        lemma = words.lemma[i]
        if lemma == "opposition":
            return any(words.dep[c] == "prep" and words.lower[c] in ("to", "against") for c in words.children[i])
        if words.lower[i] == "force":
            return not any(words.dep[c] in ("det", "poss", "amod", "compound") for c in words.children[i])
        if lemma in ("government", "state"):
            before = words.lower[max(0, i - 2) : i]
            return (before[-1:] == ["of"] and before[0] in ("head", "heads")) or before == ["state", "or"]
        return False

    def left_edge(self, i: int) -> int:
        """First token of the phrase to the left of its head."""
        words = self.words
        j = i
        floor = words.starts[words.sentence[i]]
        while j - 1 >= floor and self._belongs(j - 1, i):
            j -= 1
        while j < i and words.dep[j] in ("punct", "cc", "case"):
            j += 1
        return j

    def _belongs(self, j: int, head: int) -> bool:
        words = self.words
        for _ in range(8):
            if words.dep[j] not in _LEFT_DEPS:
                return False
            if words.head[j] == head:
                return True
            j = words.head[j]
            if j > head:
                return False
        return False

    def owners(self, noun: Noun, pronouns: "dict[int, tuple[ActorMention, ...]]") -> Owners:
        """Actors that a noun phrase gives as owner or origin, nearest first: (mention, token, how)."""
        words = self.words
        found: Owners = []
        j = self.left_edge(noun.head)
        seen: set[int] = set()
        for i in range(noun.head - 1, j - 1, -1):
            if i in seen:
                continue
            if words.tag[i] in ("PRP$", "WP$"):
                found += [(m, i, "owner") for m in pronouns.get(i, ())[:1]]
                continue
            if words.dep[i] == "poss" and i not in self.context.name_of:
                found += [(m, i, "owner") for m in pronouns.get(i, ())[:1]]
                continue
            mention = self.linker.at_token(i)
            if mention is not None:
                if self._is_hyphenated(i):
                    continue
                owned = i + 1 < noun.head and words.tag[i + 1] == "POS"
                found.append((mention, i, "owner" if owned else "modifier"))
                n = self.context.name_of.get(i)
                seen.update(range(self.context.names[n].start, self.context.names[n].end) if n is not None else ())
        for child in words.children[noun.head]:
            if child > noun.head and words.dep[child] == "prep" and words.lower[child] in ("of", "from"):
                for thing in words.children[child]:
                    if words.dep[thing] == "pobj":
                        mention = self.linker.at_token(thing) or next(iter(pronouns.get(thing, ())), None)
                        if mention is None and (other := self.noun(thing)) is not None and thing > noun.head:
                            mention = self.describe(other, pronouns)
                        if mention is not None:
                            found.append((mention, thing, words.lower[child]))
        return found

    def _is_hyphenated(self, i: int) -> bool:
        """Whether a name only stands in "X-backed", "X-led", which says nothing of whose the noun is."""
        words = self.words
        return i + 2 < len(words.text) and is_hyphen(words.text[i + 1]) and words.lower[i + 2] in listed("link_words")

    def describe(self, noun: Noun, known: "dict[int, tuple[ActorMention, ...]]") -> ActorMention | None:
        """Mention of what a noun phrase describes, or None where it describes no actor."""
        words, context = self.words, self.context
        owners = self.owners(noun, known)
        if words.lemma[noun.head] in listed("relational"):
            owners = [owner for owner in owners if owner[2] == "modifier"] or owners
            state_owners = [owner for owner in owners if owner[2] == "modifier"]
        else:
            state_owners = owners
        with_state = next(((m, i, how) for m, i, how in state_owners if m.state), None)
        state = with_state[0].state if with_state else None
        lemma = noun.phrase[-1] if len(noun.phrase) > 1 else words.lemma[noun.head]
        body = next(
            (
                m
                for m, i, how in owners
                if how == "modifier" and m.category in ("organization", "group", "force") and m.named
            ),
            None,
        )
        if (
            body is not None
            and words.lemma[noun.head] in listed("body_nouns")
            and body.entity.kind in ("Organization", "Coalition", "Force")
        ):
            named_so = f"{words.lower[noun.head]} named after {body.name}"
            mention = self._mention(noun, body.entity, body.state, named_so, body.category, owners)
            return replace(mention, name=words.span_text(self._first_token(body), noun.head + 1))
        how = f"of {with_state[0].entity.label} by {words.text[with_state[1]]!r}" if with_state else ""
        if state is None and not owners and self._is_contextual(noun):
            state = context.context_state(noun.head)
            how = f"of {context.state_entity(state).label}, which the text is about" if state else ""
        if noun.category == "organ" and not self._is_force(noun):
            return self._organ(noun, state, how, owners)
        if noun.category == "thing":
            if state is None and lemma not in listed("vessels"):
                return None
            entity = scoped(context.document.id, "Facility", self.name(noun, owners))
            return self._mention(
                noun, entity, state, f"thing {how}".strip(), "vessel" if lemma in listed("vessels") else "other", owners
            )
        kind = "Actor" if noun.category == "people" else self._kind(noun)
        entity = scoped(context.document.id, kind, self.name(noun, owners))
        category: Category = "person" if kind == "Actor" and not self.is_plural(noun.head) else "group"
        reason = f"description, {how}" if how else "description without a name, kept as its own node"
        if kind == "Force":
            category = "force"
        return self._mention(
            noun, entity, state, reason, category if kind in ("Actor", "Force") else "organization", owners
        )

    def _is_force(self, noun: Noun) -> bool:
        """Whether "force" means one body of troops ("a multinational force"), no state's forces."""
        return self.words.lower[noun.head] == "force" and len(noun.phrase) == 1

    def _kind(self, noun: Noun) -> str:
        """Class of an unnamed body."""
        last = self.words.lemma[noun.head]
        if self._is_force(noun) or last in listed("force_nouns"):
            return "Force"
        return "Coalition" if last in listed("coalition_nouns") else "Organization"

    def _first_token(self, mention: ActorMention) -> int:
        n = self.context.name_of.get(mention.head)
        return self.context.names[n].start if n is not None else mention.head

    def _is_contextual(self, noun: Noun) -> bool:
        """Whether a noun is read as the state's that the text is about when nothing says whose."""
        words = self.words
        if any(
            is_hyphen(words.text[j]) and words.lower[j + 1] in listed("link_words")
            for j in range(self.left_edge(noun.head), noun.head)
        ):
            return False
        phrase = " ".join(noun.phrase)
        if (
            phrase in listed("contextual")
            or phrase in listed("contextual_people")
            or words.lemma[noun.head] in listed("contextual_people")
        ):
            return True
        before = words.lower[noun.head - 1] if noun.head else ""
        anti = noun.head > 1 and words.text[noun.head - 2] == "-"
        return (
            not anti and before in ("opposition", "government", "security") and words.head[noun.head - 1] == noun.head
        )

    def _organ(self, noun: Noun, state: str | None, how: str, owners: Owners) -> ActorMention:
        context = self.context
        name = self.name(noun, owners)
        if state is None:
            kind = "Actor" if noun.organ == "officials" else "Organization"
            entity = scoped(context.document.id, kind, name)
            return self._mention(noun, entity, None, "organ of a state that the text does not tell", "group", owners)
        entity = organ(state, noun.organ)
        return self._mention(noun, entity, state, f"{' '.join(noun.phrase)} {how}", "organ", owners)

    def _mention(
        self, noun: Noun, entity: Entity, state: str | None, reason: str, category: Category, owners: Owners
    ) -> ActorMention:  # fmt: skip
        start, end = self._name_span(noun)
        return self.context.mention(
            entity, self.name(noun, owners), (start, end), state, reason, category,
            plural=self.is_plural(noun.head), named=False, head=noun.head,
        )  # fmt: skip

    def is_plural(self, i: int) -> bool:
        """Whether a noun stands for several."""
        return self.words.tag[i] in _PLURAL_TAGS or self.words.lower[i] in _COLLECTIVE

    def _name_span(self, noun: Noun) -> tuple[int, int]:
        words = self.words
        start = self.left_edge(noun.head)
        for j in range(start, noun.start):
            counted = words.pos[j] == "NUM" or words.lower[j] in listed("amounts")
            if counted and not is_hyphen(words.text[j + 1]) and j not in self.context.name_of:
                start = j + 1
            elif (
                j + 2 < noun.start
                and is_hyphen(words.text[j + 1])
                and words.lower[j + 2] in listed("link_words") - {"led", "flagged", "style"}
            ):
                start = j + 3
        while start < noun.start and (
            words.lower[start] in listed("unnamed_words")
            or words.pos[start] in ("DET", "NUM", "PUNCT", "SYM", "CCONJ")
            or words.tag[start] in ("PRP$", "POS", "WP$", "PDT")
        ):
            start += 1
        return start, self._behind(noun)

    def _behind(self, noun: Noun) -> int:
        """Behind the "of"- or "from"-phrase that belongs to the name."""
        words = self.words
        end = noun.head + 1
        wanted = {"of"} if words.lemma[noun.head] in listed("of_nouns") else set()
        if noun.category in _FROM_NOUNS:
            wanted.add("from")
        for child in words.children[noun.head]:
            if child == end and words.dep[child] == "prep" and words.lower[child] in wanted:
                for thing in words.children[child]:
                    if words.dep[thing] == "pobj" and thing - child < 12:
                        n = self.context.name_of.get(thing)
                        end = self.context.names[n].end if n is not None else thing + 1
        return end

    def name(self, noun: Noun, owners: Owners) -> str:
        """The phrase without determiner and number; a pronoun as owner is written as what it stands for."""
        words = self.words
        start, end = self._name_span(noun)
        text = words.span_text(start, end)
        pronoun = next((m for m, i, how in owners if how == "owner" and words.tag[i] in ("PRP$", "WP$")), None)
        if pronoun is not None:
            owner = pronoun.name
            if pronoun.category == "organ" and pronoun.state:
                owner = self.context.state_entity(pronoun.state).label
            ending = "'" if owner.endswith("s") else "'s"
            return f"{owner}{ending} {text}"
        return text
