"""Whom proper names mean: gazetteer, titles, surnames of earlier mentions, bracketed acronyms; else their own node."""

from collections.abc import Sequence
from typing import Final

from kg.actors.belonging import STATE_WORDS, Belonging
from kg.actors.context import TextContext
from kg.actors.gazetteer import Sense
from kg.actors.kinds import NameKinds
from kg.actors.model import ActorMention, Category
from kg.actors.names import NameSpan
from kg.actors.naming import named, scoped
from kg.actors.strangers import Strangers
from kg.actors.words import listed
from kg.claims import Entity

_MODIFIER_DEPS: Final = frozenset({"amod", "compound", "nmod", "npadvmod", "punct", "advmod"})


class NameLinker:
    """Links the names of one text; each is linked once, on demand.

    Args:
        context: the text.
    """

    def __init__(self, context: TextContext) -> None:
        self.context = context
        self.words = context.words
        self._known: dict[int, ActorMention | None] = {}
        self.people: dict[str, int] = {}
        self.acronyms: dict[str, int] = {}
        self.bodies: dict[str, int] = {}
        self.places: dict[int, Entity] = {}
        kinds = NameKinds(context)
        self.kinds: list[str] = [kinds.kind(span) for span in context.names]
        self.belonging = Belonging(context, self.kinds)
        self.strangers = Strangers(context, self.belonging, self.places)
        self._register()

    # -- what sort of name ----------------------------------------------------------------------------------------

    def _register(self) -> None:
        """Note full names by surname, and acronyms in brackets."""
        words = self.words
        for n, span in enumerate(self.context.names):
            last = words.lower[span.end - 1]
            if self.kinds[n] == "person" and span.end - span.start > 1:
                self.people.setdefault(last, n)
                if (
                    words.lower[span.start] in ("xi", "kim", "lee", "yoon", "nguyen", "to")
                    or words.text[span.start].isupper()
                ):
                    self.people.setdefault(words.lower[span.start], n)
            after = span.end
            if (
                after + 2 < len(words.text) and words.text[after] == "(" and words.text[after + 2] == ")"
                and self.kinds[n] != "person" and any(map(str.isupper, words.text[after + 1]))
            ):  # fmt: skip
                self.acronyms.setdefault(words.text[after + 1], n)
            if span.end - span.start > 1 and self.kinds[n] in ("organization", "force", "unknown"):
                self.bodies.setdefault(words.text[span.end - 1], n)
            if span.end - span.start > 2 and self.kinds[n] in ("organization", "force", "known"):
                initials = "".join(words.text[i][0] for i in range(span.start, span.end) if words.text[i][0].isupper())
                self.acronyms.setdefault(initials, n)

    # -- mentions -------------------------------------------------------------------------------------------------

    def mention(self, n: int) -> ActorMention | None:
        """Mention of the ``n``-th name, or None where it names no actor."""
        if n not in self._known:
            self._known[n] = None  # ends a circle of owners
            self._known[n] = self._link(n, self.context.names[n])
        return self._known[n]

    def _link(self, n: int, span: NameSpan) -> ActorMention | None:
        kind = self.kinds[n]
        if kind == "none" and not self._is_short(n, span):
            return None
        if kind == "person":
            return self.person(n, span)
        if kind == "known":
            return self._known_name(span)
        text = self.words.span_text(span.start, span.end)
        if span.end - span.start == 1:
            earlier = self.acronyms.get(text)
            if earlier is not None and earlier != n and (known := self.mention(earlier)):
                return self._again(known, span, text, f"acronym of {known.name!r}")
            if (
                (earlier := self.people.get(text.lower())) is not None
                and earlier != n
                and (known := self.mention(earlier))
            ):
                return self._again(
                    known, span, known.name, f"surname of {known.name!r}, named in full in this document"
                )
            leader = self._leader(text, span)
            if leader is not None:
                return leader
            if (earlier := self.bodies.get(text)) is not None and earlier < n and (known := self.mention(earlier)):
                return self._again(known, span, known.name, f"short for {known.name!r}")
        return self.strangers.mention(kind, span, text)

    def _is_short(self, n: int, span: NameSpan) -> bool:
        """Whether one word is the end of an earlier body's name: "the Shield" for the Suva Shield."""
        return span.end - span.start == 1 and self.bodies.get(self.words.text[span.start], n) < n

    def _again(self, known: ActorMention, span: NameSpan, name: str, reason: str) -> ActorMention:
        return self.context.mention(
            known.entity, name, (span.start, span.end), known.state, reason, known.category, plural=known.plural
        )

    def _leader(self, word: str, span: NameSpan) -> ActorMention | None:
        """A bare surname that is one leader in office at the document's date."""
        if len(word) < 2 or (word.isupper() and (span.title is None or set(word) <= set("IVXL"))):
            return None
        senses = self.context.gazetteer.surname(word, self.context.document.date)
        if not senses:
            return None
        date = self.context.document.date
        current = [s for s in senses if date and (s.since or "") <= date and (s.until is None or date < s.until)]
        chosen = current or self._last_in_office(senses)
        if len({s.entity.id for s in chosen}) > 1 and not (current and self._prominent(current)):
            return None
        person = chosen[0].entity
        return self.context.mention(
            person,
            word,
            (span.start, span.end),
            person.state,
            f"surname of {person.label}, a leader at the document's date" if current else f"surname of {person.label}",
            "person",
        )

    def _last_in_office(self, senses: Sequence[Sense]) -> list[Sense]:
        """Of leaders of one state who have left office by the document's date the last; all where they differ."""
        date = self.context.document.date
        gone = [s for s in senses if date and s.until is not None and s.until <= date]
        if len(gone) < len(senses) or len({s.entity.state for s in gone}) != 1:
            return list(senses)
        return [max(gone, key=lambda sense: sense.until or "")]

    def _prominent(self, senses: Sequence[Sense]) -> bool:
        named_states = self.context.hinted.keys()
        return sum(1 for s in senses if s.entity.state in named_states) == 1 and senses[0].entity.state in named_states

    # -- people ---------------------------------------------------------------------------------------------------

    def person(self, n: int, span: NameSpan) -> ActorMention | None:
        """A person: known, known by surname, named in full elsewhere in the text, or new."""
        text = self.words.span_text(span.start, span.end)
        state, why = self._person_state(span)
        if span.senses and span.senses[0].relation == "leader":
            return self._known_person(span, text, state, why)
        earlier = (
            self._by_surname(n, span, text, state) if span.end - span.start == 1 else self._same_name(n, span, text)
        )
        if earlier is not None:
            return earlier
        reason = f"unknown name; {why}" if why else "unknown name, kept as its own node"
        return self.context.mention(named("Person", text), text, (span.start, span.end), state, reason, "person")

    def _known_person(self, span: NameSpan, text: str, state: str | None, why: str) -> ActorMention:
        """A person of the gazetteer, or a namesake whom a title places in another state."""
        context, bounds = self.context, (span.start, span.end)
        fitting = [s for s in span.senses if state in (None, s.entity.state) or s.entity.state is None]
        crowned = span.title is not None and context.titles[span.title].role in ("king", "queen", "monarch")
        if not fitting and span.title is not None and not crowned:
            namesake = scoped(context.document.id, "Person", text)
            reason = f"namesake of {span.senses[0].entity.label}; {why}"
            return context.mention(namesake, text, bounds, state, reason, "person")
        person = (fitting or span.senses)[0].entity
        return context.mention(person, text, bounds, person.state or state, "name in the gazetteer", "person")

    def _by_surname(self, n: int, span: NameSpan, text: str, state: str | None) -> ActorMention | None:
        """A person named by surname: in full elsewhere in the text, or a leader of the state that a title tells."""
        earlier = self.people.get(text.lower())
        if earlier is not None and earlier != n and (known := self.mention(earlier)):
            return self._again(known, span, known.name, f"surname of {known.name!r}, named in full in this document")
        if state is None:
            return self._leader(text, span)
        for sense in self.context.gazetteer.surname(text, self.context.document.date):
            if sense.entity.state == state:
                reason = f"surname and state of {sense.entity.label}"
                return self.context.mention(sense.entity, text, (span.start, span.end), state, reason, "person")
        return None

    def _same_name(self, n: int, span: NameSpan, text: str) -> ActorMention | None:
        """An earlier person with the same first and last name."""
        words = self.words
        first = self.people.get(words.lower[span.end - 1])
        if first is None or first >= n or words.lower[self.context.names[first].start] != words.lower[span.start]:
            return None
        known = self.mention(first)
        return self._again(known, span, text, f"same name as {known.name!r}") if known is not None else None

    def _person_state(self, span: NameSpan) -> tuple[str | None, str]:
        """State of a person by title, by a nationality word before or in the apposition behind the name."""
        context, words = self.context, self.words
        if span.title is not None:
            title = context.titles[span.title]
            owner = self.title_owner(span.title)
            if owner is not None:
                return owner.state, f"state by the title {words.span_text(title.full_start, title.end)!r}"
            if title.owner is not None or words.lower[title.end : title.end + 1] == ["to"]:
                return None, ""
        j = span.start - 1
        floor = words.starts[words.sentence[span.start]]
        while j >= floor and j >= span.start - 6:
            match = context.match_of.get(j)
            if match is not None:
                sense = context.pick(match.senses, match.start)[0]
                if sense.relation in STATE_WORDS and sense.entity.kind == "State":
                    return sense.entity.state, f"state by {words.text[j]!r} before the name"
                return None, ""
            if words.pos[j] not in ("NOUN", "ADJ") and words.text[j] != "-" and words.tag[j] != "POS":
                return None, ""
            j -= 1
        return None, ""

    def title_owner(self, number: int) -> ActorMention | None:
        """Whose office a title phrase is: the owner in the text; None where there is none that can be told."""
        title = self.context.titles[number]
        if title.owner is None:
            return None
        return self.at_token(title.owner)

    def at_token(self, i: int) -> ActorMention | None:
        """Mention of the name, or nationality word, at a token."""
        n = self.context.name_of.get(i)
        if n is not None:
            return self.mention(n)
        match = self.context.match_of.get(i)
        if match is not None:
            return self._known_name(NameSpan(match.start, match.end, match.senses))
        return None

    # -- known names ----------------------------------------------------------------------------------------------

    def _known_name(self, span: NameSpan) -> ActorMention | None:
        context, words = self.context, self.words
        sense, why = context.pick(span.senses, span.start)
        text = words.span_text(span.start, span.end)
        bounds = (span.start, span.end)
        entity, state = sense.entity, sense.entity.state
        head = words.root(*bounds)
        reason = f"{sense.relation} in the gazetteer" + (f"; {why}" if why else "")
        if sense.relation in ("capital", "seat"):
            return self._capital(span, sense, text, head)
        if entity.kind == "State":
            if sense.relation in ("adjective", "demonym"):
                return self._nationality(span, sense, text, why)
            self.places[head] = entity
            return context.mention(entity, text, bounds, state, reason, "state")
        if entity.kind == "Region":
            return self._region(span, sense, text, head)
        if entity.kind == "Person":
            return context.mention(entity, text, bounds, state, "name in the gazetteer", "person")
        elsewhere = self.belonging.elsewhere(span, entity)
        if elsewhere is not None:
            return self.strangers.domestic(span, elsewhere, text)
        category: Category = "force" if entity.kind == "Force" else "organization"
        if entity.id.startswith("state/"):
            category = "organ"
        plural = context.is_plural_name(bounds)
        return context.mention(entity, text, bounds, state, reason, category, plural=plural)

    def _nationality(self, span: NameSpan, sense: Sense, text: str, why: str) -> ActorMention:
        """A nationality word: the people ("the Palestinians") or the state ("Israeli strikes")."""
        context, entity, bounds = self.context, sense.entity, (span.start, span.end)
        suffix = f"; {why}" if why else ""
        if self._is_people(span, sense):
            people, reason = scoped(context.document.id, "Actor", text), f"people of {entity.label}{suffix}"
            return context.mention(people, text, bounds, entity.state, reason, "group", plural=True)
        reason = f"{text!r} is the adjective of {entity.label}{suffix}"
        return context.mention(entity, entity.label, bounds, entity.state, reason, "state")

    def _region(self, span: NameSpan, sense: Sense, text: str, head: int) -> ActorMention:
        """A place of the gazetteer, or another of its name where the text says in which state it lies."""
        context, entity, bounds = self.context, sense.entity, (span.start, span.end)
        if sense.relation == "adjective":
            self.places[head] = entity
            reason = f"{text!r} is the adjective of {entity.label}"
            return context.mention(entity, entity.label, bounds, entity.state, reason, "region")
        told = self.belonging.of_place(span)
        reason = "place in the gazetteer"
        if told is not None and entity.state is not None and told != entity.state:
            entity = scoped(context.document.id, "Region", text)
            reason = "another place of the name, by the state that the text gives"
        self.places[head] = entity
        return context.mention(entity, text, bounds, told or entity.state, reason, "region")

    def _is_people(self, span: NameSpan, sense: Sense) -> bool:
        """Whether a nationality word is a noun for people ("Palestinians", "the French")."""
        words = self.words
        last = span.end - 1
        if words.dep[last] in _MODIFIER_DEPS and words.head[last] > last:
            return False
        if last + 1 < len(words.text) and not words.spaced[last] and words.text[last + 1] in ("-", "–"):
            return False
        if sense.relation == "demonym" and any(s.relation == "adjective" for s in span.senses):
            return words.pos[last] != "ADJ"
        return (
            sense.relation == "demonym"
            or words.tag[last] in ("NNS", "NNPS")
            or (
                words.dep[last] in ("nsubj", "dobj", "pobj", "nsubjpass", "conj")
                and words.pos[last] in ("PROPN", "NOUN")
            )
        )

    def _capital(self, span: NameSpan, sense: Sense, text: str, head: int) -> ActorMention:
        context = self.context
        entity = sense.entity
        place = next((s.entity for s in span.senses if s.entity.kind == "Region"), None)
        if place is None:
            place = (
                context.gazetteer.capital(entity.state) if sense.relation == "capital" and entity.state else None
            ) or named("Region", text)
        self.places[head] = place
        if self.is_place(head) or self._is_set_as_place(span, entity.state):
            reason = f"{text} as a place in {entity.label}"
            return context.mention(place, text, (span.start, span.end), entity.state, reason, "region")
        form = "capital" if sense.relation == "capital" else "seat of power"
        category: Category = "state" if entity.kind == "State" else "organization"
        reason = f"{form} of {entity.label}, standing for it"
        return context.mention(entity, text, (span.start, span.end), entity.state, reason, category)

    def _is_set_as_place(self, span: NameSpan, state: str | None) -> bool:
        """Whether the words around a capital make it a place: "Lima, Peru", "Washington, D.C.", "central Lima"."""
        words = self.words
        if words.lower[span.end - 1] in ("d.c.", "dc") and words.dep[words.root(span.start, span.end)] != "nsubj":
            return True
        before = words.lower[span.start - 1] if span.start else ""
        behind = self.context.state_behind(span.end)
        return before in listed("parts_of_place") or (behind is not None and behind == state)

    def is_place(self, head: int) -> bool:
        """Whether a name is used as a place: after "in", as the object of "visit", before another place's name."""
        words = self.words
        dep, governor = words.dep[head], words.head[head]
        if dep in ("conj", "appos") and governor != head:
            if dep == "appos" and words.pos[governor] == "NOUN":
                return words.lemma[governor] in ("capital", "city", "town")
            return self.is_place(governor)
        if dep == "pobj":
            preposition = words.lower[governor]
            if preposition in ("to", "from", "for", "over"):
                return words.lemma[words.head[governor]] in listed("motion") or (
                    preposition == "from" and words.lemma[words.head[governor]] == "withdraw"
                )
            return preposition in listed("locatives")
        if dep in ("compound", "nmod", "amod") and words.head[head] > head:
            return words.lower[words.head[head]] in self.context.groups.name_heads and words.lower[
                words.head[head]
            ] not in ("government", "administration")
        if dep in ("dobj", "nsubjpass"):
            return words.lemma[governor] in listed("place_verbs")
        return dep in ("npadvmod",)
