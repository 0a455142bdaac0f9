"""Who bears which title phrase: the name before it, behind it, in apposition, or tied to it by a verb."""

from collections.abc import Iterator
from typing import Final

from kg.actors.context import TextContext
from kg.actors.model import ActorMention, MentionIndex
from kg.actors.statements import Holding, Statements
from kg.actors.titles import TitlePhrase
from kg.actors.words import is_hyphen

_CLOSERS: Final = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "(", "and", "who", "said", "\n", "?", "!"})
_PLURAL_STOPS: Final = frozenset({",", "and", "&"})


class Holdings:
    """Title phrases and people of one text.

    Args:
        context: the text.
        mentions: its mentions.
    """

    def __init__(self, context: TextContext, mentions: MentionIndex) -> None:
        self.context, self.mentions = context, mentions
        self.words = context.words
        self.statements = Statements(context, self.person, self.origin)

    def of(self, number: int) -> Iterator[Holding]:
        """People who bear the ``number``-th title phrase."""
        phrase = self.context.titles[number]
        found = (
            list(self._behind(number, phrase))
            or list(self.statements.of(number, phrase))
            or list(self._before(number, phrase))
        )
        yield from found or list(self._shared(number, phrase))

    def _name_at(self, i: int) -> ActorMention | None:
        """The person whose name begins at a token, forms of address passed over."""
        words, context = self.words, self.context
        while (
            i < len(words.text)
            and i not in context.name_of
            and (words.lower[i] in context.title_words.honorifics or words.text[i] in ('"', "“", "”"))
        ):
            i += 1
        n = context.name_of.get(i)
        if n is None or context.names[n].start != i:
            return None
        return self.person(words.root(context.names[n].start, context.names[n].end))

    def person(self, i: int) -> ActorMention | None:
        """The one named person whom a token stands for."""
        found = self.mentions.at(i)
        if len(found) != 1:
            return None
        mention = found[0]
        if mention.category != "person" or mention.entity.kind != "Person" or self._is_description(i, mention):
            return None
        return mention

    def _is_description(self, i: int, mention: ActorMention) -> bool:
        """Whether a person is only described by an office, and so tells nothing new of it."""
        return not mention.named and self.words.pos[i] != "PRON" and i in self.context.title_of

    def _behind(self, number: int, phrase: TitlePhrase) -> Iterator[Holding]:
        """A name right behind the title, or behind it and a comma."""
        words = self.words
        end = phrase.full_end
        person = self._name_at(end)
        if person is not None and self._same_sentence(phrase, person):
            yield Holding(number, person, phrase.status, "title before the name", self.origin(person))
            if phrase.plural:
                for other in self._listed(person):
                    yield Holding(number, other, phrase.status, "title before the names", self.origin(other))
            return
        if end + 1 < len(words.text) and words.text[end] in (",", "—", "–", "(") and not phrase.plural:
            person = self._name_at(self._over_description(end + 1))
            if person is not None and self._same_sentence(phrase, person) and self._is_apposition(phrase, person, end):
                yield Holding(number, person, phrase.status, "name in apposition to the title", self.origin(person))
        elif words.lower[end : end + 1] == ["and"] and not phrase.plural:
            person = self._name_at(self._over_noun(end + 1))
            if person is not None and self._same_sentence(phrase, person):
                yield Holding(number, person, phrase.status, "title and description before the name")

    def _over_description(self, i: int) -> int:
        """Behind "the Tanzanian jurist" before a name; the token itself where nothing of the sort stands."""
        words = self.words
        if words.pos[i] != "DET":
            return i
        j = i + 1
        while j < len(words.text) and j - i < 5 and words.pos[j] in ("ADJ", "NOUN", "PROPN") and words.text[j] != ",":
            n = self.context.name_of.get(j)
            if n is not None and self.context.names[n].start == j and words.pos[j - 1] == "NOUN":
                return j
            j += 1
        return i

    def _over_noun(self, i: int) -> int:
        """Behind a noun for people and what stands before it: "port co-owner" in "minister and port co-owner X"."""
        words = self.words
        for j in range(i, min(i + 6, len(words.text))):
            if words.pos[j] == "NOUN" and self.context.is_people(words.lemma[j]):
                return j + 1
            if words.pos[j] not in ("ADJ", "NOUN", "PROPN", "X") and not is_hyphen(words.text[j]):
                break
        return i

    def _same_sentence(self, phrase: TitlePhrase, person: ActorMention) -> bool:
        return self.words.sentence[phrase.head] == self.words.sentence[person.head]

    def _is_apposition(self, phrase: TitlePhrase, person: ActorMention, comma: int) -> bool:
        """Whether "the minister, Jane Roe," is one person: by the parse, or a closed pair of commas after one title."""
        words = self.words
        head = words.root(phrase.start, phrase.end)
        if words.dep[person.head] == "appos" and phrase.start <= words.head[person.head] < comma:
            return True
        if words.dep[head] == "appos" and words.head[head] == person.head:
            return True
        behind = self._behind_name(person)
        closed = (
            behind >= len(words.text)
            or words.text[behind] in _CLOSERS - {"and", "who", "said"}
            or words.lower[behind] in ("who", "said")
        )
        if (
            words.lower[behind : behind + 1] == [","]
            and words.dep[person.head] == "conj"
            and words.head[person.head] == head
        ):
            return behind + 1 < len(words.text) and words.lower[behind + 1] not in ("and",)
        return closed and words.dep[person.head] != "conj" and (phrase.owner is not None or self._definite(phrase))

    def _behind_name(self, person: ActorMention) -> int:
        n = self.context.name_of.get(person.head)
        return self.context.names[n].end if n is not None else person.head + 1

    def _definite(self, phrase: TitlePhrase) -> bool:
        words = self.words
        return any(
            words.lower[j] in ("the", "its", "their", "his", "her")
            for j in range(max(0, phrase.full_start - 2), phrase.full_start)
        )

    def origin(self, person: ActorMention) -> ActorMention | None:
        """The owner in "Presidents Jane Roe of Peru and John Doe of Chad"."""
        words = self.words
        behind = self._behind_name(person)
        if behind + 1 < len(words.text) and words.lower[behind] == "of":
            first = behind + 1 + (words.lower[behind + 1] == "the")
            found = self.owner_at(first)
            return found if found is not None and found.category in ("state", "organization", "region") else None
        return None

    def _listed(self, person: ActorMention) -> Iterator[ActorMention]:
        """People listed behind the first ("A, B and C")."""
        words = self.words
        i = self._behind_name(person)
        for _ in range(10):
            if i < len(words.text) and words.lower[i] == "of":
                i += 1 + (words.lower[i + 1 : i + 2] == ["the"])
                n = self.context.name_of.get(i)
                i = self.context.names[n].end if n is not None else i + 1
            start = i
            while i < len(words.text) and words.lower[i] in _PLURAL_STOPS:
                i += 1
            if i == start:
                return
            other = self._name_at(i)
            if other is None:
                return
            yield other
            i = self._behind_name(other)

    def _before(self, number: int, phrase: TitlePhrase) -> Iterator[Holding]:
        """A name before the title: "Jane Roe, the leader of X"."""
        words = self.words
        j = self._phrase_start(phrase) - 1
        opened = j >= 0 and words.text[j] in (",", "(", "—", "–", "-")
        if not opened or phrase.plural:
            return
        j -= 1
        if j > 1 and words.text[j].isdigit() and words.text[j - 1] == ",":
            j -= 2
        if j >= 0 and words.text[j] == ")":
            while j >= 0 and words.text[j] != "(":
                j -= 1
            j -= 1
        n = self.context.name_of.get(j)
        if n is None or self.context.names[n].end != j + 1:
            return
        person = self.person(words.root(self.context.names[n].start, self.context.names[n].end))
        if person is None or not self._same_sentence(phrase, person):
            return
        head = words.root(phrase.start, phrase.end)
        beside = words.dep[head] == words.dep[person.head] and words.head[head] == words.head[person.head]
        appositive = words.dep[head] == "appos" or words.dep[person.head] == "appos" or beside
        behind = phrase.full_end
        closed = behind >= len(words.text) or words.text[behind] in _CLOSERS or words.dep[head] in ("appos", "conj")
        if appositive or (
            closed
            and (phrase.owner is not None or self._definite(phrase))
            and words.dep[head] not in ("nsubj", "dobj", "nsubjpass")
        ):
            yield Holding(number, person, phrase.status, "title in apposition to the name")

    def _phrase_start(self, phrase: TitlePhrase) -> int:
        """First token of the whole noun phrase: owner, adjectives and determiner before the title."""
        words = self.words
        j = phrase.full_start
        if phrase.side == "left" and phrase.owner_start is not None:
            j = min(j, phrase.owner_start)
        floor = words.starts[words.sentence[phrase.head]]
        while j - 1 >= floor and (
            words.pos[j - 1] in ("DET", "ADJ", "ADV", "NUM")
            or words.lower[j - 1] in ("also", "now", "currently", "the", "a", "an", "one")
            or words.lower[j - 1] in self.context.title_words.status
            or (words.pos[j - 1] == "NOUN" and words.dep[j - 1] in ("compound", "nmod") and words.head[j - 1] >= j)
            or words.tag[j - 1] == "POS"
            or (words.dep[j - 1] == "poss" and words.tag[j - 1] != "POS")
        ):
            j -= 1
        return j

    def _shared(self, number: int, phrase: TitlePhrase) -> Iterator[Holding]:
        """Two titles of one person: "Commander and President Jane Roe", "Jane Roe, leader of X and former minister"."""
        words, titles = self.words, self.context.titles
        if number + 1 < len(titles):
            following = titles[number + 1]
            if following.owner is None and words.lower[phrase.full_end : self._phrase_start(following)] == ["and"]:
                for holding in self._behind(number + 1, following):
                    yield Holding(number, holding.person, phrase.status, "one of two titles before the name")
                return
        if number:
            earlier = titles[number - 1]
            if words.lower[earlier.full_end : self._phrase_start(phrase)] in (["and"], [","], [",", "and"]):
                for holding in self._before(number - 1, earlier):
                    yield Holding(number, holding.person, phrase.status, "one of two titles behind the name")

    def owner_at(self, i: int) -> ActorMention | None:
        """Mention of the name, description or pronoun at a token."""
        n = self.context.name_of.get(i)
        if n is not None:
            span = self.context.names[n]
            i = self.words.root(span.start, span.end)
        return next(iter(self.mentions.at(i)), None)
