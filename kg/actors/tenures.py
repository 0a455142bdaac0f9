"""Who bears which title: titles before a name, behind it, in apposition, or stated by a verb ("was sworn in as")."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.actors.context import TextContext, read_context
from kg.actors.gazetteer import Gazetteer
from kg.actors.holdings import Holdings
from kg.actors.model import ActorMention, MentionIndex, Title
from kg.actors.statements import FUTURE, SUCCESSION, Holding
from kg.actors.titles import TitlePhrase
from kg.documents import Document

#: Titles that name the office of another title.
_RELATIVE: Final = frozenset({"counterpart", "incumbent", "successor", "predecessor"})
#: Titles that are offices only at the top of a body: not "a commander of the rebels", "the head of the mission".
_LEADING: Final = frozenset({"commander", "head", "chief", "leader"})
#: Offices of towns, not of states.
_LOCAL: Final = frozenset({"mayor"})
_CONTESTED: Final = {"presidential": "president", "presidency": "president", "mayoral": "mayor",
                     "gubernatorial": "governor"}  # fmt: skip


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
        self.holdings = Holdings(context, mentions)
        self.owners: dict[int, ActorMention] = {}
        self.borne: dict[str, ActorMention] = {}
        self.given: list[Title] = []

    def titles(self) -> tuple[Title, ...]:
        """All titles in order of the text, one for each person, office and owner."""
        found: dict[tuple[str, str, str], Title] = {}
        for number in range(len(self.context.titles)):
            for holding in self.holdings.of(number):
                title = self._title(holding)
                if title is None:
                    continue
                self.given.append(title)
                key = (title.person.entity.id, title.role.split()[-1], title.of.entity.id)
                if key not in found or (
                    found[key].status == "current" and title.status == "former" and found[key].start > title.start
                ):
                    found[key] = title
        for title in list(self._predecessors(sorted(found.values(), key=lambda t: t.start))):
            found.setdefault((title.person.entity.id, title.role.split()[-1], title.of.entity.id), title)
        return tuple(sorted(found.values(), key=lambda t: (t.start, t.person.start)))

    def _predecessors(self, titles: list[Title]) -> Iterator[Title]:
        """Who held an office before: "was sworn in as president, succeeding Jane Roe"."""
        words = self.words
        for verb, lemma in enumerate(words.lemma):
            if lemma not in SUCCESSION or words.pos[verb] not in ("VERB", "AUX"):
                continue
            passive = any(words.dep[c] == "auxpass" for c in words.children[verb])
            former = (
                self.holdings.statements.subject(verb)
                if passive
                else next(
                    (p for c in words.children[verb] if words.dep[c] == "dobj" and (p := self.holdings.person(c))), None
                )
            )
            if former is None:
                continue
            subject = None if passive else self.holdings.statements.subject(verb)
            office = self._office_taken(titles, verb, subject, former) or self._office_sought(verb, former)
            if office is not None:
                span = words.chars(verb, verb + 1)
                status = "current" if any(words.lower[c] in FUTURE for c in words.children[verb]) else "former"
                reason = f"{words.text[verb]!r}: held the office before {office.person.name}; {office.reason}"
                yield replace(
                    office, person=former, status=status, sentence=self._sentence(verb), start=span[0], end=span[1],
                    reason=reason,
                )  # fmt: skip

    def _office_taken(
        self, titles: list[Title], verb: int, subject: ActorMention | None, former: ActorMention
    ) -> Title | None:
        """The office in which somebody succeeds: the last one that a verb gives the successor, or gives near it."""
        start, end = self._sentence(verb)
        near = [t for t in titles if t.start < end and t.person.entity.id != former.entity.id and t.status != "former"]
        own = [t for t in near if subject is not None and t.person.entity.id == subject.entity.id and t.stated]
        if own:
            return own[-1]
        taken = [t for t in near if t.start >= start and t.stated]
        return taken[-1] if taken else None

    def _office_sought(self, verb: int, former: ActorMention) -> Title | None:
        """The office that nobody holds yet: "vote for a president to replace Jane Roe"."""
        words = self.words
        for number in reversed(range(len(self.context.titles))):
            phrase = self.context.titles[number]
            if words.sentence[phrase.head] == words.sentence[verb] and phrase.head < verb:
                held = any(t.start <= words.idx[phrase.head] < t.end for t in self.given)
                return None if held else self._title(Holding(number, former, "current", "the one to be followed"))
        return None

    def _sentence(self, i: int) -> tuple[int, int]:
        start = self.words.starts[self.words.sentence[i]]
        return self.words.chars(start, self.words.sentence_end(start))

    # -- of what --------------------------------------------------------------------------------------------------

    def _title(self, holding: Holding) -> Title | None:
        phrase = self.context.titles[holding.number]
        role, owner, how = phrase.role, None, ""
        match role.split()[-1]:
            case "counterpart":
                role = self._counterpart_role(holding.number)
            case "incumbent":
                role = self._counterpart_role(holding.number) or self._contested(phrase)
            case "successor" | "predecessor" as relation:
                office = self._office_of(phrase)
                role = office.role if office else ""
                owner, how = (office.of, f"of {relation} by {office.reason}") if office else (None, "")
                former = relation == "predecessor" and holding.status == "current"
                holding = replace(holding, status="former") if former else holding
        if not role or self._only_leads(phrase):
            return None
        if owner is None:
            owner, how = self._owner(holding, phrase)
        if owner is None:
            return None
        self.owners[holding.number] = owner
        if owner.category in ("state", "region"):
            self.borne[holding.person.entity.id] = owner
        words = self.words
        first, last = words.chars(phrase.start, phrase.end)
        return Title(
            holding.person,
            role,
            owner,
            holding.status,
            first,
            last,
            self._sentence(phrase.head),
            f"{holding.how}; {how}",
            holding.negated,
            holding.stated,
        )

    def _only_leads(self, phrase: TitlePhrase) -> bool:
        """Whether a title tells who leads some troops, or one of several leaders, and names no office."""
        if phrase.role.split()[-1] not in _LEADING:
            return False
        before = self.words.lower[max(0, phrase.full_start - 1)]
        owner = self.holdings.owner_at(phrase.owner) if phrase.owner is not None else None
        troops = owner is not None and (owner.category == "force" or (owner.category == "group" and not owner.named))
        one_of_many = phrase.full_start < phrase.start or phrase.role == "commander"
        return troops or (one_of_many and before in ("a", "an") and phrase.side == "right")

    def _office_of(self, phrase: TitlePhrase) -> Title | None:
        """The office of the person who owns a title: "the minister's successor"."""
        person = self.holdings.owner_at(phrase.owner) if phrase.owner is not None else None
        if person is None:
            return None
        return next((t for t in reversed(self.given) if t.person.entity.id == person.entity.id), None)

    def _contested(self, phrase: TitlePhrase) -> str:
        """The office that an election in the sentence is for, where the incumbent's is not named."""
        words = self.words
        start = words.starts[words.sentence[phrase.head]]
        found = (_CONTESTED.get(words.lower[i]) for i in range(start, words.sentence_end(start)))
        return next((role for role in found if role), "")

    def _counterpart_role(self, number: int) -> str:
        titles, sentence = self.context.titles, self.words.sentence
        here = sentence[titles[number].head]
        earlier = [t.role for t in titles[:number] if t.role.split()[-1] not in _RELATIVE]
        behind = (t for t in titles[number + 1 :] if sentence[t.head] == here)
        later = [t.role for t in behind if t.role.split()[-1] not in _RELATIVE]
        return earlier[-1] if earlier else (later[0] if later else "")

    def _as_state(self, mention: ActorMention) -> ActorMention | None:
        """The state of a person, place or people, as owner of an office; the mention itself if it may own one."""
        if mention.category in ("state", "organization", "force") or (mention.category == "organ"):
            return mention
        if mention.state is None:
            return mention if mention.category in ("region", "group") else None
        if (
            mention.category == "region"
            and mention.entity.kind == "Region"
            and not mention.reason.endswith(f"place in {self.context.state_entity(mention.state).label}")
        ):
            return mention
        state = self.context.state_entity(mention.state)
        return replace(mention, entity=state, name=state.label, state=state.state, category="state", named=False)

    def _owner(self, holding: Holding, phrase: TitlePhrase) -> tuple[ActorMention | None, str]:
        party = phrase.role == "incumbent" and holding.owner is not None and holding.owner.category == "organization"
        if holding.owner is not None and phrase.owner is None and not party:
            return holding.owner, "of what stands behind the name"
        if phrase.owner is not None:
            found = self.holdings.owner_at(phrase.owner)
            owner = self._as_state(found) if found is not None else None
            if owner is not None and owner.entity.id != holding.person.entity.id:
                return owner, f"of {owner.name} by {self.words.text[phrase.owner]!r}"
        return self._implied_owner(holding, phrase)

    def _implied_owner(self, holding: Holding, phrase: TitlePhrase) -> tuple[ActorMention | None, str]:
        """Owner of a title that names none: of a coordinated title, of the person's state, of the text's."""
        context = self.context
        fixed = context.title_words.owners.get(phrase.role)
        if fixed is not None:
            return self._state(fixed, phrase), "the office exists there alone"
        earlier = self._coordinated_owner(holding.number)
        if earlier is not None and (holding.person.state in (None, earlier.state)):
            return earlier, "of what the title before it is of"
        if phrase.role.split()[-1] in _LOCAL and (place := self._place_before(phrase)) is not None:
            return place, "of the place that the text names before it"
        if (known := self.borne.get(holding.person.entity.id)) is not None:
            return known, "of what another title of the person is of"
        if holding.person.state is not None:
            return self._state(holding.person.state, phrase), "of the person's own state"
        group = self._group_before(phrase)
        if group is not None:
            return group, "of the body that the sentence is about"
        code = self._state_of_speaker(holding, phrase)
        return (self._state(code, phrase), "of the state that the text is about") if code else (None, "")

    def _state_of_speaker(self, holding: Holding, phrase: TitlePhrase) -> str | None:
        """The state that the text is about; whom somebody accuses is foreign, for whom somebody speaks is not."""
        words, context = self.words, self.context
        head = holding.person.head
        verb = words.head[head] if words.dep[head] in ("nsubj", "nsubjpass") else None
        against = set(self._spoken_of(verb)) if verb is not None else set()
        promised = self._promised(verb) if verb is not None else None
        if promised is not None:
            subjects = {c for c in words.children[promised] if words.dep[c] in ("nsubj", "nsubjpass")}
            own = {i for c in subjects for i in words.below(c)}
            against |= {i for i in words.below(promised) if i not in own}
        ranked = context.states_in_context(phrase.head, without=frozenset(against))
        ranked = ranked or context.states_in_context(phrase.head)
        return ranked[0][0] if ranked else None

    def _spoken_of(self, verb: int) -> Iterator[int]:
        """Tokens of a verb's objects and prepositional phrases, places left out."""
        words = self.words
        for child in words.children[verb]:
            place = words.lower[child] in ("in", "at")
            if words.dep[child] in ("dobj", "conj") or (words.dep[child] == "prep" and not place):
                yield from words.below(child)

    def _promised(self, verb: int) -> int | None:
        """The verb of what a speaker says will be: its subject is the speaker's own side, the others are not."""
        words = self.words
        told = [c for c in words.children[verb] if words.dep[c] == "ccomp"]
        if words.dep[verb] in ("parataxis", "ccomp"):
            told.append(words.head[verb])
        return next((v for v in told if any(words.lower[c] in ("will", "would") for c in words.children[v])), None)

    def _place_before(self, phrase: TitlePhrase) -> ActorMention | None:
        """The town or region named last before a title."""
        limit = self.words.idx[phrase.start]
        places = (m for m in reversed(self.mentions.all) if m.start < limit and m.entity.kind == "Region" and m.named)
        place = next(places, None)
        if place is None or place.state is not None:
            return place
        return replace(place, state=self.context.context_state(phrase.head))

    def _state(self, code: str, phrase: TitlePhrase) -> ActorMention:
        state = self.context.state_entity(code)
        return self.context.mention(
            state,
            state.label,
            (phrase.start, phrase.end),
            code,
            "implied by the title",
            "state",
            named=False,
            head=phrase.head,
        )

    def _coordinated_owner(self, number: int) -> ActorMention | None:
        """Owner of the title before, if the two are coordinated in one sentence."""
        titles, words = self.context.titles, self.words
        if number == 0 or number - 1 not in self.owners:
            return None
        earlier, phrase = titles[number - 1], titles[number]
        between = words.lower[earlier.full_end : phrase.full_start]
        if (
            words.sentence[earlier.head] != words.sentence[phrase.head]
            or len(between) > 8
            or ("and" not in between and "," not in between)
        ):
            return None
        if any(words.pos[i] in ("VERB", "AUX", "ADP") for i in range(earlier.full_end, phrase.full_start)):
            return None
        return self.owners[number - 1]

    def _group_before(self, phrase: TitlePhrase) -> ActorMention | None:
        """A body without state that is the only actor before the title in its sentence ("The Houthis confirm …")."""
        words = self.words
        start = words.starts[words.sentence[phrase.head]]
        found = [
            m
            for i in range(start, phrase.full_start)
            for m in self.mentions.at(i)
            if m.category in ("organization", "state", "force") and m.named
        ]
        ids = {m.entity.id for m in found}
        if (
            len(ids) == 1
            and found[0].state is None
            and found[0].category == "organization"
            and found[0].head < phrase.head
        ):
            return found[0]
        return None
