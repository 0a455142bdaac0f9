"""Who bears which title phrase: the name before it, behind it, in apposition, or tied to it by a verb."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.actors.context import TextContext
from kg.actors.model import ActorMention, MentionIndex
from kg.actors.titles import TitlePhrase

SUCCESSION: Final = frozenset({"succeed", "replace"})
FUTURE: Final = frozenset({"will", "would", "shall", "to", "may", "could", "might", "should", "must"})
_CLOSERS: Final = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "(", "and", "who", "said", "\n", "?", "!"})
_BEING: Final = frozenset({"be", "become", "remain"})
_PLURAL_STOPS: Final = frozenset({",", "and", "&"})


@dataclass(frozen=True, slots=True)
class Holding:
    """A person under a title phrase, before its owner is known."""

    number: int
    person: ActorMention
    status: str
    how: str
    owner: ActorMention | None = None
    negated: bool = False
    stated: bool = False


class Holdings:
    """Title phrases and people of one text.

    Args:
        context: the text.
        mentions: its mentions.
    """

    def __init__(self, context: TextContext, mentions: MentionIndex) -> None:
        self.context, self.mentions = context, mentions
        self.words = context.words

    def of(self, number: int) -> Iterator[Holding]:
        """People who bear the ``number``-th title phrase."""
        phrase = self.context.titles[number]
        found = (
            list(self._behind(number, phrase))
            or list(self._stated(number, phrase))
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
            yield Holding(number, person, phrase.status, "title before the name", self._origin(person))
            if phrase.plural:
                for other in self._listed(person):
                    yield Holding(number, other, phrase.status, "title before the names", self._origin(other))
            return
        if end + 1 < len(words.text) and words.text[end] in (",", "—", "–", "(") and not phrase.plural:
            person = self._name_at(end + 1)
            if person is not None and self._same_sentence(phrase, person) and self._is_apposition(phrase, person, end):
                yield Holding(number, person, phrase.status, "name in apposition to the title", self._origin(person))

    def _same_sentence(self, phrase: TitlePhrase, person: ActorMention) -> bool:
        return self.words.sentence[phrase.head] == self.words.sentence[person.head]

    def _is_apposition(self, phrase: TitlePhrase, person: ActorMention, comma: int) -> bool:
        """Whether "the minister, Jane Roe," is one person: by the parse, or a closed pair of commas after one title."""
        words = self.words
        if words.dep[person.head] == "appos" and phrase.start <= words.head[person.head] < comma:
            return True
        if words.dep[phrase.head] == "appos" and words.head[phrase.head] == person.head:
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
            and words.head[person.head] == phrase.head
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

    def _origin(self, person: ActorMention) -> ActorMention | None:
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
        appositive = words.dep[phrase.head] == "appos" or (words.dep[person.head] == "appos")
        behind = phrase.full_end
        closed = (
            behind >= len(words.text) or words.text[behind] in _CLOSERS or words.dep[phrase.head] in ("appos", "conj")
        )
        if appositive or (
            closed
            and (phrase.owner is not None or self._definite(phrase))
            and words.dep[phrase.head] not in ("nsubj", "dobj", "nsubjpass")
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

    def _stated(self, number: int, phrase: TitlePhrase) -> Iterator[Holding]:
        """A verb says it: "X is president", "was elected leader", "they appointed X as envoy"."""
        words = self.words
        head = phrase.head
        for _ in range(6):
            if words.dep[head] != "conj" or words.head[head] == head:
                break
            head = words.head[head]
        dep, verb = words.dep[head], words.head[head]
        if dep == "attr" and words.lemma[verb] in _BEING:
            yield from self._subjects(number, phrase, verb, "is stated to be")
        elif dep in ("oprd", "dobj", "attr", "xcomp", "npadvmod", "appos", "ccomp") and words.pos[verb] == "VERB":
            if words.lemma[verb] in self.context.title_words.elect_verbs | self.context.title_words.take_verbs:
                yield from self._appointed(number, phrase, verb)
        elif dep == "pobj" and words.lower[verb] == "as" and (person := self._named_before(verb)) is not None:
            governor = self._verb_above(verb)
            lemma = words.lemma[governor] if governor is not None else ""
            status = phrase.status
            if (
                status == "current"
                and lemma in self.context.title_words.elect_verbs
                and words.dep[words.head[verb]] != "pobj"
            ):
                status = "elect"
            yield Holding(number, person, status, f"stated by {words.text[verb]!r}", stated=True)
        elif dep == "pobj" and words.lower[verb] == "as":
            governor = self._verb_above(verb)
            if governor is not None:
                yield from self._appointed(number, phrase, governor)

    def _named_before(self, i: int) -> ActorMention | None:
        """The person named right before a token: "with Jane Roe as minister"."""
        n = self.context.name_of.get(i - 1)
        if n is None or self.context.names[n].end != i:
            return None
        return self.person(self.words.root(self.context.names[n].start, i))

    def _verb_above(self, i: int) -> int | None:
        words = self.words
        for _ in range(8):
            if words.head[i] == i:
                break
            i = words.head[i]
            lexicon = self.context.title_words
            if words.pos[i] in ("VERB", "AUX", "NOUN") and words.lemma[i] in (
                lexicon.elect_verbs
                | lexicon.take_verbs
                | lexicon.leave_verbs
                | SUCCESSION
                | {"nomination", "appointment", "election", "inauguration", "resignation"}
            ):
                return i
        return None

    def subject(self, verb: int) -> ActorMention | None:
        """The person who is subject of a verb, also where control or a relative clause hands it on."""
        words = self.words
        for _ in range(6):
            for child in words.children[verb]:
                if words.dep[child] in ("nsubj", "nsubjpass"):
                    return self.person(child)
            if words.dep[verb] in ("conj", "xcomp", "advcl"):
                objects = [c for c in words.children[words.head[verb]] if words.dep[c] == "dobj"]
                if (
                    objects
                    and words.dep[verb] != "conj"
                    and words.lemma[words.head[verb]]
                    in self.context.title_words.elect_verbs | self.context.title_words.take_verbs
                ):
                    return self.person(objects[0])
                verb = words.head[verb]
            elif words.dep[verb] in ("acl", "relcl"):
                return self.person(words.head[verb])
            else:
                return None
        return None

    def _subjects(self, number: int, phrase: TitlePhrase, verb: int, how: str) -> Iterator[Holding]:
        person = self.subject(verb)
        if person is None:
            return
        status = phrase.status
        words = self.words
        lower = {words.lower[c] for c in words.children[verb]} | {words.lower[verb]}
        if status == "current" and words.lemma[verb] == "be" and words.lower[verb] in ("was", "were", "been", "had"):
            status = "former"
        if status == "current" and lower & FUTURE:
            status = "elect"
        negated = any(words.dep[c] == "neg" for c in words.children[verb])
        yield Holding(number, person, status, how, negated=negated, stated=True)

    def _appointed(self, number: int, phrase: TitlePhrase, verb: int) -> Iterator[Holding]:
        """Somebody takes up, holds or leaves the office by a verb."""
        words, lexicon = self.words, self.context.title_words
        lemma = words.lemma[verb]
        passive = self._is_passive(verb)
        objects = [p for c in words.children[verb] if words.dep[c] in ("dobj", "dative") and (p := self.person(c))]
        if words.pos[verb] == "NOUN":
            people = [
                p
                for c in words.children[verb]
                for t in words.children[c]
                if words.dep[c] == "prep" and words.lower[c] == "of" and (p := self.person(t))
            ]
            people += [p for c in words.children[verb] if words.dep[c] == "poss" and (p := self.person(c))]
            status = "former" if lemma == "resignation" else "elect"
        elif lemma in SUCCESSION:
            subject = self.subject(verb)
            if subject is not None:
                yield Holding(number, subject, phrase.status, "succeeds in the office", stated=True)
            people, status = objects, "former"
        elif lemma in lexicon.leave_verbs:
            subject = self.subject(verb)
            people = [subject] if subject and (passive or not objects) else objects
            status = "former"
        else:
            people = self._taken(verb, phrase, passive, objects)
            status = "elect" if lemma in lexicon.elect_verbs else "current"
        modals = {words.lower[c] for c in words.children[verb] if words.dep[c] == "aux"}
        if status == "current" and modals & FUTURE:
            status = "elect"
        for person in people:
            if person is not None:
                chosen = phrase.status if phrase.status != "current" else status
                yield Holding(
                    number, person, chosen, f"stated by {words.text[verb]!r}", self._origin(person), stated=True
                )

    def _is_passive(self, verb: int) -> bool:
        words = self.words
        for _ in range(4):
            if any(words.dep[c] in ("auxpass", "nsubjpass") for c in words.children[verb]):
                return True
            if words.tag[verb] != "VBN" or words.dep[verb] != "conj":
                break
            verb = words.head[verb]
        return words.dep[verb] == "acl" and words.tag[verb] == "VBN"

    def _taken(self, verb: int, phrase: TitlePhrase, passive: bool, objects: list[ActorMention]) -> list[ActorMention]:
        """Who takes the office: the object of "appoint", the subject of "was appointed" and "serves as"."""
        words = self.words
        if passive or words.lemma[verb] in ("serve", "become", "act", "remain", "stay", "continue", "return", "work"):
            subject = self.subject(verb)
            return [subject] if subject else []
        if objects:
            return objects[:1]
        small = [c for c in words.children[verb] if words.dep[c] in ("ccomp", "xcomp", "oprd")]
        people = [p for c in small for t in words.children[c] if words.dep[t] == "nsubj" and (p := self.person(t))]
        if people:
            return people[:1]
        between = (self.person(i) for i in range(verb + 1, phrase.start))
        return [person for person in between if person][:1]

    def owner_at(self, i: int) -> ActorMention | None:
        """Mention of the name, description or pronoun at a token."""
        n = self.context.name_of.get(i)
        if n is not None:
            span = self.context.names[n]
            i = self.words.root(span.start, span.end)
        return next(iter(self.mentions.at(i)), None)
