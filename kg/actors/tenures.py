"""Who bears which title: titles before a name, behind it, in apposition, or stated by a verb ("was sworn in as")."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from kg.actors.context import TextContext, read_context
from kg.actors.gazetteer import Gazetteer
from kg.actors.model import ActorMention, MentionIndex, Title
from kg.actors.titles import TitlePhrase
from kg.documents import Document

_CLOSERS: Final = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "(", "and", "who", "said", "\n", "?", "!"})
_BEING: Final = frozenset({"be", "become", "remain"})
_SUCCESSION: Final = frozenset({"succeed", "replace"})
_FUTURE: Final = frozenset({"will", "would", "shall", "to", "may", "could", "might", "should", "must"})
_PLURAL_STOPS: Final = frozenset({",", "and", "&"})


@dataclass(frozen=True, slots=True)
class _Holding:
    """A person under a title phrase, before its owner is known."""

    number: int
    person: ActorMention
    status: str
    how: str
    owner: ActorMention | None = None
    negated: bool = False


def find_titles(doc: Doc, document: Document, mentions: MentionIndex, gazetteer: Gazetteer) -> tuple[Title, ...]:
    """Titles that a text gives to people, in order; titles whose owner the text does not tell are left out.

    Args:
        doc: the parse.
        document: the document.
        mentions: its mentions.
        gazetteer: the known actors.
    """
    return _Tenures(read_context(doc, document, gazetteer), mentions).titles()


class _Tenures:
    """Titles and people of one text."""

    def __init__(self, context: TextContext, mentions: MentionIndex) -> None:
        self.context, self.mentions = context, mentions
        self.words = context.words
        self.owners: dict[int, ActorMention] = {}
        self.borne: dict[str, ActorMention] = {}

    def titles(self) -> tuple[Title, ...]:
        """All titles in order of the text, one for each person, office and owner."""
        found: dict[tuple[str, str, str], Title] = {}
        for number in range(len(self.context.titles)):
            for holding in self._holdings(number):
                title = self._title(holding)
                if title is None:
                    continue
                key = (title.person.entity.id, title.role.split()[-1], title.of.entity.id)
                if key not in found or (found[key].status == "current" and title.status == "former" and found[key].start > title.start):
                    found[key] = title
        for title in list(self._predecessors(sorted(found.values(), key=lambda t: t.start))):
            found.setdefault((title.person.entity.id, title.role.split()[-1], title.of.entity.id), title)
        return tuple(sorted(found.values(), key=lambda t: (t.start, t.person.start)))

    def _predecessors(self, titles: list[Title]) -> Iterator[Title]:
        """Who held an office before: "was sworn in as president, succeeding Jane Roe"."""
        words = self.words
        for verb, lemma in enumerate(words.lemma):
            if lemma not in _SUCCESSION or words.pos[verb] not in ("VERB", "AUX"):
                continue
            passive = any(words.dep[c] == "auxpass" for c in words.children[verb])
            former = self._subject(verb) if passive else next(
                (p for c in words.children[verb] if words.dep[c] == "dobj" and (p := self._person(c))), None
            )
            if former is None:
                continue
            subject = None if passive else self._subject(verb)
            office = self._office_taken(titles, verb, subject, former)
            if office is not None:
                span = words.chars(verb, verb + 1)
                status = "current" if any(words.lower[c] in _FUTURE for c in words.children[verb]) else "former"
                yield replace(office, person=former, status=status, sentence=self._sentence(verb), start=span[0], end=span[1],
                              reason=f"{words.text[verb]!r}: held the office before {office.person.name}; {office.reason}")  # fmt: skip

    def _office_taken(self, titles: list[Title], verb: int, subject: ActorMention | None, former: ActorMention) -> Title | None:
        """The office in which somebody succeeds: the last one given to the successor before the verb, or in its sentence."""
        start, end = self._sentence(verb)
        near = [t for t in titles if t.start < end and t.person.entity.id != former.entity.id and t.status != "former"]
        own = [t for t in near if subject is not None and t.person.entity.id == subject.entity.id and "stated" in t.reason]
        if own:
            return own[-1]
        taken = [t for t in near if t.start >= start and "stated" in t.reason]
        return taken[-1] if taken else None

    def _sentence(self, i: int) -> tuple[int, int]:
        start = self.words.starts[self.words.sentence[i]]
        return self.words.chars(start, self.words.sentence_end(start))

    # -- who ------------------------------------------------------------------------------------------------------

    def _holdings(self, number: int) -> Iterator[_Holding]:
        phrase = self.context.titles[number]
        found = list(self._behind(number, phrase)) or list(self._stated(number, phrase)) or list(self._before(number, phrase))
        yield from found or list(self._shared(number, phrase))

    def _name_at(self, i: int) -> ActorMention | None:
        """The person whose name begins at a token, forms of address passed over."""
        words, context = self.words, self.context
        while i < len(words.text) and i not in context.name_of and (
            words.lower[i] in context.title_words.honorifics or words.text[i] in ('"', "“", "”")
        ):
            i += 1
        n = context.name_of.get(i)
        if n is None or context.names[n].start != i:
            return None
        return self._person(words.root(context.names[n].start, context.names[n].end))

    def _person(self, i: int) -> ActorMention | None:
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

    def _behind(self, number: int, phrase: TitlePhrase) -> Iterator[_Holding]:
        """A name right behind the title, or behind it and a comma."""
        words = self.words
        end = phrase.full_end
        person = self._name_at(end)
        if person is not None and self._same_sentence(phrase, person):
            yield _Holding(number, person, phrase.status, "title before the name", self._origin(person))
            if phrase.plural:
                for other in self._listed(person):
                    yield _Holding(number, other, phrase.status, "title before the names", self._origin(other))
            return
        if end + 1 < len(words.text) and words.text[end] in (",", "—", "–", "(") and not phrase.plural:
            person = self._name_at(end + 1)
            if person is not None and self._same_sentence(phrase, person) and self._is_apposition(phrase, person, end):
                yield _Holding(number, person, phrase.status, "name in apposition to the title", self._origin(person))

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
        closed = behind >= len(words.text) or words.text[behind] in _CLOSERS - {"and", "who", "said"} or words.lower[behind] in ("who", "said")
        if words.lower[behind : behind + 1] == [","] and words.dep[person.head] == "conj" and words.head[person.head] == phrase.head:
            return behind + 1 < len(words.text) and words.lower[behind + 1] not in ("and",)
        return closed and words.dep[person.head] != "conj" and (phrase.owner is not None or self._definite(phrase))

    def _behind_name(self, person: ActorMention) -> int:
        n = self.context.name_of.get(person.head)
        return self.context.names[n].end if n is not None else person.head + 1

    def _definite(self, phrase: TitlePhrase) -> bool:
        words = self.words
        return any(words.lower[j] in ("the", "its", "their", "his", "her") for j in range(max(0, phrase.full_start - 2), phrase.full_start))

    def _origin(self, person: ActorMention) -> ActorMention | None:
        """The owner in "Presidents Jane Roe of Peru and John Doe of Chad"."""
        words = self.words
        behind = self._behind_name(person)
        if behind + 1 < len(words.text) and words.lower[behind] == "of":
            first = behind + 1 + (words.lower[behind + 1] == "the")
            found = self._owner_at(first)
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

    def _before(self, number: int, phrase: TitlePhrase) -> Iterator[_Holding]:
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
        person = self._person(words.root(self.context.names[n].start, self.context.names[n].end))
        if person is None or not self._same_sentence(phrase, person):
            return
        appositive = words.dep[phrase.head] == "appos" or (words.dep[person.head] == "appos")
        behind = phrase.full_end
        closed = behind >= len(words.text) or words.text[behind] in _CLOSERS or words.dep[phrase.head] in ("appos", "conj")
        if appositive or (closed and (phrase.owner is not None or self._definite(phrase)) and words.dep[phrase.head] not in ("nsubj", "dobj", "nsubjpass")):
            yield _Holding(number, person, phrase.status, "title in apposition to the name")

    def _phrase_start(self, phrase: TitlePhrase) -> int:
        """First token of the whole noun phrase: owner, adjectives and determiner before the title."""
        words = self.words
        j = phrase.full_start
        if phrase.side == "left" and phrase.owner_start is not None:
            j = min(j, phrase.owner_start)
        floor = words.starts[words.sentence[phrase.head]]
        while j - 1 >= floor and (
            words.pos[j - 1] in ("DET", "ADJ", "ADV", "NUM") or words.lower[j - 1] in ("also", "now", "currently", "the", "a", "an", "one")
            or words.lower[j - 1] in self.context.title_words.status or (words.pos[j - 1] == "NOUN" and words.dep[j - 1] in ("compound", "nmod") and words.head[j - 1] >= j)
            or words.tag[j - 1] == "POS" or (words.dep[j - 1] == "poss" and words.tag[j - 1] != "POS")
        ):
            j -= 1
        return j

    def _shared(self, number: int, phrase: TitlePhrase) -> Iterator[_Holding]:
        """"Commander and President Jane Roe", "Jane Roe, leader of X and former minister": two titles of one person."""
        words, titles = self.words, self.context.titles
        if number + 1 < len(titles):
            following = titles[number + 1]
            if following.owner is None and words.lower[phrase.full_end : self._phrase_start(following)] == ["and"]:
                for holding in self._behind(number + 1, following):
                    yield _Holding(number, holding.person, phrase.status, "one of two titles before the name")
                return
        if number:
            earlier = titles[number - 1]
            if words.lower[earlier.full_end : self._phrase_start(phrase)] in (["and"], [","], [",", "and"]):
                for holding in self._before(number - 1, earlier):
                    yield _Holding(number, holding.person, phrase.status, "one of two titles behind the name")

    def _stated(self, number: int, phrase: TitlePhrase) -> Iterator[_Holding]:
        """A verb says it: "X is the president", "X was elected leader", "they appointed X as envoy", "X resigned as minister"."""
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
            if status == "current" and lemma in self.context.title_words.elect_verbs and words.dep[words.head[verb]] != "pobj":
                status = "elect"
            yield _Holding(number, person, status, f"stated by {words.text[verb]!r}")
        elif dep == "pobj" and words.lower[verb] == "as":
            governor = self._verb_above(verb)
            if governor is not None:
                yield from self._appointed(number, phrase, governor)

    def _named_before(self, i: int) -> ActorMention | None:
        """The person named right before a token: "with Jane Roe as minister"."""
        n = self.context.name_of.get(i - 1)
        if n is None or self.context.names[n].end != i:
            return None
        return self._person(self.words.root(self.context.names[n].start, i))

    def _verb_above(self, i: int) -> int | None:
        words = self.words
        for _ in range(8):
            if words.head[i] == i:
                break
            i = words.head[i]
            lexicon = self.context.title_words
            if words.pos[i] in ("VERB", "AUX", "NOUN") and words.lemma[i] in (
                lexicon.elect_verbs | lexicon.take_verbs | lexicon.leave_verbs | _SUCCESSION | {"nomination", "appointment", "election", "inauguration", "resignation"}
            ):
                return i
        return None

    def _subject(self, verb: int, *, passive: bool | None = None) -> ActorMention | None:
        words = self.words
        for _ in range(6):
            for child in words.children[verb]:
                wanted = ("nsubj", "nsubjpass") if passive is None else (("nsubjpass",) if passive else ("nsubj",))
                if words.dep[child] in wanted:
                    return self._person(child)
            if words.dep[verb] in ("conj", "xcomp", "advcl"):
                objects = [c for c in words.children[words.head[verb]] if words.dep[c] == "dobj"]
                if objects and words.dep[verb] != "conj" and words.lemma[words.head[verb]] in self.context.title_words.elect_verbs | self.context.title_words.take_verbs:
                    return self._person(objects[0])
                verb = words.head[verb]
            elif words.dep[verb] in ("acl", "relcl"):
                return self._person(words.head[verb])
            else:
                return None
        return None

    def _subjects(self, number: int, phrase: TitlePhrase, verb: int, how: str) -> Iterator[_Holding]:
        person = self._subject(verb)
        if person is None:
            return
        status = phrase.status
        words = self.words
        lower = {words.lower[c] for c in words.children[verb]} | {words.lower[verb]}
        if status == "current" and words.lemma[verb] == "be" and words.lower[verb] in ("was", "were", "been", "had"):
            status = "former"
        if status == "current" and lower & _FUTURE:
            status = "elect"
        negated = any(words.dep[c] == "neg" for c in words.children[verb])
        yield _Holding(number, person, status, how, negated=negated)

    def _appointed(self, number: int, phrase: TitlePhrase, verb: int) -> Iterator[_Holding]:
        """Somebody takes up, holds or leaves the office by a verb."""
        words, lexicon = self.words, self.context.title_words
        lemma = words.lemma[verb]
        passive = self._is_passive(verb)
        objects = [p for c in words.children[verb] if words.dep[c] in ("dobj", "dative") and (p := self._person(c))]
        if words.pos[verb] == "NOUN":
            people = [p for c in words.children[verb] for t in words.children[c] if words.dep[c] == "prep" and words.lower[c] == "of" and (p := self._person(t))]
            people += [p for c in words.children[verb] if words.dep[c] == "poss" and (p := self._person(c))]
            status = "former" if lemma == "resignation" else "elect"
        elif lemma in _SUCCESSION:
            subject = self._subject(verb)
            if subject is not None:
                yield _Holding(number, subject, phrase.status, "succeeds in the office")
            people, status = objects, "former"
        elif lemma in lexicon.leave_verbs:
            subject = self._subject(verb)
            people = [subject] if subject and (passive or not objects) else objects
            status = "former"
        else:
            people = self._taken(verb, phrase, passive, objects)
            status = "elect" if lemma in lexicon.elect_verbs else "current"
        modals = {words.lower[c] for c in words.children[verb] if words.dep[c] == "aux"}
        if status == "current" and modals & _FUTURE:
            status = "elect"
        for person in people:
            if person is not None:
                chosen = phrase.status if phrase.status != "current" else status
                yield _Holding(number, person, chosen, f"stated by {words.text[verb]!r}", self._origin(person))

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
            subject = self._subject(verb)
            return [subject] if subject else []
        if objects:
            return objects[:1]
        small = [c for c in words.children[verb] if words.dep[c] in ("ccomp", "xcomp", "oprd")]
        people = [p for c in small for t in words.children[c] if words.dep[t] == "nsubj" and (p := self._person(t))]
        if people:
            return people[:1]
        between = (self._person(i) for i in range(verb + 1, phrase.start))
        return [person for person in between if person][:1]

    # -- of what --------------------------------------------------------------------------------------------------

    def _title(self, holding: _Holding) -> Title | None:
        phrase = self.context.titles[holding.number]
        role = phrase.role
        if role.split()[-1] == "counterpart":
            role = self._counterpart_role(holding.number)
            if not role:
                return None
        owner, how = self._owner(holding, phrase)
        if owner is None:
            return None
        self.owners[holding.number] = owner
        if owner.category in ("state", "region"):
            self.borne[holding.person.entity.id] = owner
        words = self.words
        first, last = words.chars(phrase.start, phrase.end)
        return Title(holding.person, role, owner, holding.status, first, last, self._sentence(phrase.head), f"{holding.how}; {how}", holding.negated)

    def _counterpart_role(self, number: int) -> str:
        titles, sentence = self.context.titles, self.words.sentence
        here = sentence[titles[number].head]
        earlier = [t.role for t in titles[:number] if t.role.split()[-1] != "counterpart"]
        later = [t.role for t in titles[number + 1 :] if sentence[t.head] == here and t.role.split()[-1] != "counterpart"]
        return earlier[-1] if earlier else (later[0] if later else "")

    def _owner_at(self, i: int) -> ActorMention | None:
        n = self.context.name_of.get(i)
        if n is not None:
            span = self.context.names[n]
            i = self.words.root(span.start, span.end)
        return next(iter(self.mentions.at(i)), None)

    def _as_state(self, mention: ActorMention) -> ActorMention | None:
        """The state of a person, place or people, as owner of an office; the mention itself if it may own one."""
        if mention.category in ("state", "organization", "force") or (mention.category == "organ"):
            return mention
        if mention.state is None:
            return mention if mention.category in ("region", "group") else None
        if mention.category == "region" and mention.entity.kind == "Region" and not mention.reason.endswith(f"place in {self.context.state_entity(mention.state).label}"):
            return mention
        state = self.context.state_entity(mention.state)
        return replace(mention, entity=state, name=state.label, state=state.state, category="state", named=False)

    def _owner(self, holding: _Holding, phrase: TitlePhrase) -> tuple[ActorMention | None, str]:
        if holding.owner is not None and phrase.owner is None:
            return holding.owner, "of what stands behind the name"
        if phrase.owner is not None:
            found = self._owner_at(phrase.owner)
            owner = self._as_state(found) if found is not None else None
            if owner is not None and owner.entity.id != holding.person.entity.id:
                return owner, f"of {owner.name} by {self.words.text[phrase.owner]!r}"
        return self._implied_owner(holding, phrase)

    def _implied_owner(self, holding: _Holding, phrase: TitlePhrase) -> tuple[ActorMention | None, str]:
        """Owner of a title that names none: of a coordinated title, of the person's state, of the text's."""
        context = self.context
        fixed = context.title_words.owners.get(phrase.role)
        if fixed is not None:
            return self._state(fixed, phrase), "the office exists there alone"
        earlier = self._coordinated_owner(holding.number)
        if earlier is not None and (holding.person.state in (None, earlier.state)):
            return earlier, "of what the title before it is of"
        if (known := self.borne.get(holding.person.entity.id)) is not None:
            return known, "of what another title of the person is of"
        if holding.person.state is not None:
            return self._state(holding.person.state, phrase), "of the person's own state"
        group = self._group_before(phrase)
        if group is not None:
            return group, "of the body that the sentence is about"
        ranked = context.states_in_context(phrase.head)
        if ranked:
            return self._state(ranked[0][0], phrase), "of the state that the text is about"
        return None, ""

    def _state(self, code: str, phrase: TitlePhrase) -> ActorMention:
        state = self.context.state_entity(code)
        return self.context.mention(state, state.label, (phrase.start, phrase.end), code, "implied by the title", "state", named=False, head=phrase.head)

    def _coordinated_owner(self, number: int) -> ActorMention | None:
        """Owner of the title before, if the two are coordinated in one sentence."""
        titles, words = self.context.titles, self.words
        if number == 0 or number - 1 not in self.owners:
            return None
        earlier, phrase = titles[number - 1], titles[number]
        between = words.lower[earlier.full_end : phrase.full_start]
        if words.sentence[earlier.head] != words.sentence[phrase.head] or len(between) > 8 or "and" not in between and "," not in between:
            return None
        if any(words.pos[i] in ("VERB", "AUX", "ADP") for i in range(earlier.full_end, phrase.full_start)):
            return None
        return self.owners[number - 1]

    def _group_before(self, phrase: TitlePhrase) -> ActorMention | None:
        """A body without state that is the only actor before the title in its sentence ("The Houthis confirm …")."""
        words = self.words
        start = words.starts[words.sentence[phrase.head]]
        found = [m for i in range(start, phrase.full_start) for m in self.mentions.at(i) if m.category in ("organization", "state", "force") and m.named]
        ids = {m.entity.id for m in found}
        if len(ids) == 1 and found[0].state is None and found[0].category == "organization" and found[0].head < phrase.head:
            return found[0]
        return None
