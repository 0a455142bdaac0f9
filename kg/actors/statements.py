"""Offices that a verb states: "X is president", "was elected leader", "they appointed X as envoy", "X succeeded Y"."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.actors.context import TextContext
from kg.actors.model import ActorMention
from kg.actors.titles import TitlePhrase

SUCCESSION: Final = frozenset({"succeed", "replace"})
FUTURE: Final = frozenset({"will", "would", "shall", "to", "may", "could", "might", "should", "must"})
_BEING: Final = frozenset({"be", "become", "remain"})


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


class Statements:
    """Verbs of one text that give offices to people.

    Args:
        context: the text.
        person: the one named person whom a token stands for.
        origin: the owner that stands behind a person's name.
    """

    def __init__(
        self, context: TextContext, person: Callable[[int], ActorMention | None],
        origin: Callable[[ActorMention], ActorMention | None],
    ) -> None:  # fmt: skip
        self.context, self.person, self.origin = context, person, origin
        self.words = context.words

    def of(self, number: int, phrase: TitlePhrase) -> Iterator[Holding]:
        """People to whom a verb gives the office."""
        words = self.words
        head = words.root(phrase.start, phrase.end)  # of "secretary-general" that is "general"
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
                    number, person, chosen, f"stated by {words.text[verb]!r}", self.origin(person), stated=True
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
