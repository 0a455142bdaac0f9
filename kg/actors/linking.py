"""Whom proper names mean: gazetteer, titles, surnames of earlier mentions, bracketed acronyms; else their own node."""

import functools
from collections.abc import Sequence
from typing import Final

from kg.actors.context import TextContext
from kg.actors.gazetteer import Sense
from kg.actors.model import ActorMention, Category
from kg.actors.names import NameSpan
from kg.actors.naming import named, organ, scoped
from kg.actors.register import shipped_register
from kg.actors.words import PARTICLES
from kg.claims import Entity

_MODIFIER_DEPS: Final = frozenset({"amod", "compound", "nmod", "npadvmod", "punct", "advmod"})
_MOTION: Final = frozenset(
    "travel go fly arrive return head move visit come trip flight sail march walk drive relocate transfer deport flee "
    "tour journey send route road way airport bring take transport".split()
)
_PLACE_VERBS: Final = frozenset(
    "visit enter leave reach attack strike hit bomb shell capture seize target storm raid besiege tour evacuate bombard "
    "pound damage rock shake liberate recapture retake occupy approach flee ravage batter engulf control hold".split()
)
_ORGAN_NAMES: Final = {
    "army": "army", "navy": "navy", "police": "police", "parliament": "parliament", "senate": "senate",
    "congress": "congress", "government": "government", "military": "military", "duma": "parliament",
}  # fmt: skip
_DOMESTIC_STATE: Final = frozenset({"ministry", "department", "parliament", "senate", "congress", "court", "assembly",
                                    "army", "navy", "police", "treasury", "government", "duma", "cabinet"})  # fmt: skip
_DATE_LENGTH: Final = 10


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
        self.places: dict[int, Entity] = {}
        self.kinds: list[str] = [self._kind(n, span) for n, span in enumerate(context.names)]
        self._register()

    # -- what sort of name ----------------------------------------------------------------------------------------

    def _kind(self, n: int, span: NameSpan) -> str:
        """known, person, organization, force, region, facility, none or unknown."""
        if span.title is not None and not self._is_owner(span):
            return "person"
        if span.senses:
            return "person" if span.senses[0].relation == "leader" else "known"
        words, groups = self.words, self.context.groups
        head = self._head_word(span)
        family = groups.name_heads.get(head) or groups.name_heads.get(head.rstrip("s"))
        article = span.start > 0 and words.lower[span.start - 1] == "the"
        if family == "none" and span.label != "PERSON":
            return "none"
        before = self._noun_before(span)
        if before == "people" or (not family and not article and self._acts_like_person(span)):
            return "person"
        if before == "thing" and family is None:
            return "thing"
        if self._is_owner(span) or self._is_party(span) or before == "group":
            return "organization" if family in (None, "none", "organization") else family
        if span.label != "GPE" and family is None and self._stands_in_place(span):
            return "region"
        if span.label == "PERSON" and not article and (family is None or span.end - span.start == 2):
            return "person"
        if family is not None:
            return family
        if span.label in ("GPE", "LOC"):
            return "region"
        if span.label in ("ORG", "NORP"):
            return "organization"
        if span.label == "FAC":
            return "facility"
        if span.label == "PERSON":
            return "organization" if article else "person"
        if span.label in ("PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE", "DATE", "MONEY", "QUANTITY"):
            return "none"
        if self._looks_personal(span, article):
            return "person"
        return "unknown"

    def _noun_before(self, span: NameSpan) -> str:
        """Category of a common noun right before a name: "journalist Jane Roe", "the tanker Eagle S"."""
        words = self.words
        i = span.start - 1
        if i < 0 or words.pos[i] != "NOUN" or words.capital(i):
            return ""
        plural = words.tag[i] == "NNS"
        for phrase, category, _ in self.context.groups.nouns.get(words.lemma[i], ()):
            if len(phrase) == 1 and words.lemma[i] not in ("others", "member"):
                return "" if plural and category == "people" and span.label != "PERSON" else category
        return ""

    def _acts_like_person(self, span: NameSpan) -> bool:
        """Whether grammar makes an unlabelled or mislabelled name a person's: titles given to it, "who", a given name."""
        words = self.words
        tokens = [words.text[i] for i in range(span.start, span.end)]
        if not 2 <= len(tokens) <= 5 or any(t.isupper() and len(t) > 2 for t in tokens) or span.inner:
            return False
        after = words.lower[span.end : span.end + 2]
        if "who" in after and (after[0] == "who" or after[0] == ","):
            return True
        if words.text[span.start] in given_names() and span.label != "GPE":
            return True
        if span.label == "GPE":
            return False
        return self._is_given_a_title(span)

    def _is_given_a_title(self, span: NameSpan) -> bool:
        words = self.words
        head = words.root(span.start, span.end)
        sentence = words.sentence[head]
        for title in self.context.titles:
            if words.sentence[title.head] != sentence:
                continue
            if title.plural and title.full_end <= span.start and words.dep[head] == "conj":
                between = range(title.full_end, span.start)
                if all(words.capital(i) or words.lower[i] in (",", "and", "-") or words.lower[i] in PARTICLES for i in between):
                    return True
            if words.dep[title.head] == "appos" and words.head[title.head] == head:
                return True
            if words.dep[head] in ("nsubj", "nsubjpass") and words.head[title.head] == words.head[head] and words.dep[title.head] in ("attr", "oprd"):
                return True
            governor = words.head[title.head]
            if words.lower[governor] == "as" and words.dep[head] in ("nsubj", "nsubjpass") and words.head[governor] == words.head[head]:
                return True
        return False

    def _stands_in_place(self, span: NameSpan) -> bool:
        """Whether a name stands where places do: "on Mallam Fatori in Borno State"."""
        words, context = self.words, self.context
        i, after = span.start - 1, span.end
        if i < 0 or words.lower[i] not in ("in", "at", "near", "on", "outside", "around", "of") or after + 1 >= len(words.text):
            return False
        if words.lower[after] not in ("in", ","):
            return False
        first = after + 1
        match = context.match_of.get(first)
        if match is not None:
            return match.start == first and match.kind in ("State", "Region") and match.relation in ("name", "alias", "abbreviation", "capital")
        n = context.name_of.get(first)
        if words.lower[after] == "in" and n is not None and context.names[n].start == first:
            last = words.lower[context.names[n].end - 1]
            return context.groups.name_heads.get(last) == "region" or context.names[n].label in ("GPE", "LOC")
        return False

    def _looks_personal(self, span: NameSpan, article: bool) -> bool:
        words = self.words
        tokens = [words.text[i] for i in range(span.start, span.end)]
        return not article and not span.inner and 2 <= len(tokens) <= 5 and all(t[0].isupper() and not t.isupper() or len(t) < 4 for t in tokens)

    def _head_word(self, span: NameSpan) -> str:
        words = self.words
        for i in range(span.start + 1, span.end):
            if words.lower[i] in ("of", "for", "on", "against", "in", "to"):
                return words.lower[i - 1]
        return words.lower[span.end - 1]

    def _is_owner(self, span: NameSpan) -> bool:
        """Whether a name stands before a title as its owner ("Fianna Fáil leader")."""
        return any(t.side == "left" and t.owner == span.end - 1 and self.words.tag[t.owner + 1] != "POS" for t in self.context.titles)

    def _is_party(self, span: NameSpan) -> bool:
        """Whether a common noun for a body follows ("NEOS party")."""
        words = self.words
        after = span.end
        if after >= len(words.text) or words.lower[after] not in self.context.groups.nouns:
            return False
        return any(row[1] == "group" or row[0][0] in ("rebel", "militant", "fighter", "insurgent", "mercenary") for row in self.context.groups.nouns.get(words.lemma[after], ())) and not words.capital(after)

    def _register(self) -> None:
        """Note full names by surname, and acronyms in brackets."""
        words = self.words
        for n, span in enumerate(self.context.names):
            last = words.lower[span.end - 1]
            if self.kinds[n] == "person" and span.end - span.start > 1:
                self.people.setdefault(last, n)
                if words.lower[span.start] in ("xi", "kim", "lee", "yoon", "nguyen", "to") or words.text[span.start].isupper():
                    self.people.setdefault(words.lower[span.start], n)
            after = span.end
            if (
                after + 2 < len(words.text) and words.text[after] == "(" and words.text[after + 2] == ")"
                and self.kinds[n] != "person" and any(map(str.isupper, words.text[after + 1]))
            ):  # fmt: skip
                self.acronyms.setdefault(words.text[after + 1], n)
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
        if kind == "none":
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
            if (earlier := self.people.get(text.lower())) is not None and earlier != n and (known := self.mention(earlier)):
                return self._again(known, span, known.name, f"surname of {known.name!r}, named in full in this document")
            leader = self._leader(text, span)
            if leader is not None:
                return leader
        return self._unknown(kind, span, text)

    def _again(self, known: ActorMention, span: NameSpan, name: str, reason: str) -> ActorMention:
        return self.context.mention(known.entity, name, (span.start, span.end), known.state, reason, known.category, plural=known.plural)

    def _leader(self, word: str, span: NameSpan) -> ActorMention | None:
        """A bare surname that is one leader in office at the document's date."""
        if len(word) < 2 or (word.isupper() and (span.title is None or set(word) <= set("IVXL"))):
            return None
        senses = self.context.gazetteer.surname(word, self.context.document.date)
        if not senses:
            return None
        date = self.context.document.date
        current = [s for s in senses if date and (s.since or "") <= date and (s.until is None or date < s.until)]
        chosen = current or list(senses)
        if len({s.entity.id for s in chosen}) > 1 and not (current and self._prominent(current)):
            return None
        person = chosen[0].entity
        return self.context.mention(person, word, (span.start, span.end), person.state, f"surname of {person.label}, a leader at the document's date" if current else f"surname of {person.label}", "person")

    def _prominent(self, senses: Sequence[Sense]) -> bool:
        named_states = {code for _, code, _ in self.context.hints}
        return sum(1 for s in senses if s.entity.state in named_states) == 1 and senses[0].entity.state in named_states

    # -- people ---------------------------------------------------------------------------------------------------

    def person(self, n: int, span: NameSpan) -> ActorMention | None:
        """A person: known, known by surname, named in full elsewhere in the text, or new."""
        words, context = self.words, self.context
        start, end = span.start, span.end
        text = words.span_text(start, end)
        state, why = self._person_state(span)
        if span.senses and span.senses[0].relation == "leader":
            fitting = [s for s in span.senses if state in (None, s.entity.state) or s.entity.state is None]
            if not fitting and span.title is not None and context.titles[span.title].role not in ("king", "queen", "monarch"):
                namesake = scoped(context.document.id, "Person", text)
                return context.mention(namesake, text, (start, end), state, f"namesake of {span.senses[0].entity.label}; {why}", "person")
            person = (fitting or span.senses)[0].entity
            return context.mention(person, text, (start, end), person.state or state, "name in the gazetteer", "person")
        last = words.lower[end - 1]
        if end - start == 1:
            earlier = self.people.get(last)
            if earlier is not None and earlier != n and (known := self.mention(earlier)):
                return self._again(known, span, known.name, f"surname of {known.name!r}, named in full in this document")
            for sense in context.gazetteer.surname(text, context.document.date):
                if state is None or sense.entity.state == state:
                    leader = self._leader(text, span) if state is None else context.mention(
                        sense.entity, text, (start, end), sense.entity.state, f"surname and state of {sense.entity.label}", "person"
                    )
                    if leader is not None:
                        return leader
                    break
        else:
            first = self.people.get(last)
            if first is not None and first != n and first < n and words.lower[context.names[first].start] == words.lower[start]:
                known = self.mention(first)
                if known is not None:
                    return self._again(known, span, text, f"same name as {known.name!r}")
        reason = f"unknown name; {why}" if why else "unknown name, kept as its own node"
        return context.mention(named("Person", text), text, (start, end), state, reason, "person")

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
                if match.relation in ("adjective", "name", "alias", "abbreviation", "demonym") and match.senses[0].entity.state and match.senses[0].entity.kind == "State":
                    return context.pick(match.senses, match.start)[0].entity.state, f"state by {words.text[j]!r} before the name"
                return None, ""
            if words.pos[j] not in ("NOUN", "ADJ", "PUNCT") or words.text[j] in ",.;:()\"" or (words.pos[j] == "PUNCT" and words.text[j] != "-"):
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
        sense, why = context.pick(self._senses(span), span.start)
        text = words.span_text(span.start, span.end)
        bounds = (span.start, span.end)
        entity, state = sense.entity, sense.entity.state
        head = words.root(*bounds)
        suffix = f"; {why}" if why else ""
        if sense.relation in ("adjective", "demonym") and entity.kind == "State":
            if self._is_people(span, sense):
                people = scoped(context.document.id, "Actor", text)
                return context.mention(people, text, bounds, state, f"people of {entity.label}{suffix}", "group", plural=True)
            return context.mention(entity, entity.label, bounds, state, f"{text!r} is the adjective of {entity.label}{suffix}", "state")
        if sense.relation in ("capital", "seat"):
            return self._capital(span, sense, text, head)
        if entity.kind == "State":
            self.places[head] = self.places[words.root(*bounds)] = entity
            form = "name" if sense.relation == "name" else sense.relation
            return context.mention(entity, text, bounds, state, f"{form} in the gazetteer{suffix}", "state")
        if entity.kind == "Region":
            told = self._state_of_place(span)
            if told is not None and state is not None and told != state:
                entity, state, why = scoped(context.document.id, "Region", text), told, "another place of the name by the text"
                suffix = f"; {why}"
            self.places[head] = entity
            return context.mention(entity, text, bounds, state or told, f"place in the gazetteer{suffix}", "region")
        if entity.kind == "Person":
            return context.mention(entity, text, bounds, state, "name in the gazetteer", "person")
        elsewhere = self._other_state(span, entity)
        if elsewhere is not None:
            return self._domestic(span, elsewhere, text)
        category: Category = "force" if entity.kind == "Force" else "organization"
        if entity.id.startswith("state/"):
            category = "organ"
        return context.mention(
            entity, text, bounds, state, f"{sense.relation} in the gazetteer{suffix}", category, plural=context.is_plural_name(bounds)
        )

    def _other_state(self, span: NameSpan, entity: Entity) -> str | None:
        """The state whose a generic name must be, where the known bearer's state does not occur ("Congress" in Peru)."""
        words, context = self.words, self.context
        generic = context.groups.generic
        if entity.state is None or not all(words.lower[i] in generic for i in range(span.start, span.end)):
            return None
        before = self._outer_state(span)[0]
        if before is not None:
            return before if before != entity.state else None
        if any(code == entity.state and token not in range(span.start, span.end) for token, code, _ in context.hints):
            return None
        ranked = [code for code, _ in context.states_in_context(span.start) if code != entity.state]
        return ranked[0] if ranked else None

    def _domestic(self, span: NameSpan, state: str, text: str) -> ActorMention:
        """A body that bears a name many states' bodies bear."""
        head = self._head_word(span)
        category: Category = "organ" if head in _DOMESTIC_STATE else "organization"
        entity = organ(state, _ORGAN_NAMES.get(text.lower(), text))
        return self.context.mention(entity, text, (span.start, span.end), state, "a name common to many states; of the state that the text is about", category)

    def _senses(self, span: NameSpan) -> Sequence[Sense]:
        """Readings, in the order that the context suggests."""
        senses = span.senses
        kinds = {s.entity.kind for s in senses}
        if len(senses) > 1 and {"State", "Region"} <= kinds and senses[0].relation in ("name", "alias"):
            regions = [s for s in senses if s.entity.kind == "Region" and s.relation in ("name", "alias")]
            if regions and self._is_us_place(span):
                return regions
        return senses

    def _is_us_place(self, span: NameSpan) -> bool:
        """Whether other places of the United States in the text make a name one of theirs."""
        groups = self.context.groups
        texts = [self.words.span_text(n.start, n.end) for n in self.context.names if n != span]
        if any(text in groups.georgia_places or any(t in groups.georgia_places for t in text.split()) for text in texts):
            return False
        return any(text in groups.us_places for text in texts)

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
        return sense.relation == "demonym" or words.tag[last] in ("NNS", "NNPS") or (words.dep[last] in ("nsubj", "dobj", "pobj", "nsubjpass", "conj") and words.pos[last] in ("PROPN", "NOUN"))

    def _capital(self, span: NameSpan, sense: Sense, text: str, head: int) -> ActorMention:
        context = self.context
        entity = sense.entity
        place = next((s.entity for s in span.senses if s.entity.kind == "Region"), None)
        if place is None:
            place = (context.gazetteer.capital(entity.state) if sense.relation == "capital" and entity.state else None) or named("Region", text)
        self.places[head] = place
        if self.is_place(head):
            reason = f"{text} as a place in {entity.label}"
            return context.mention(place, text, (span.start, span.end), entity.state, reason, "region")
        form = "capital" if sense.relation == "capital" else "seat of power"
        return context.mention(entity, text, (span.start, span.end), entity.state, f"{form} of {entity.label}, standing for it", "state")

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
                return words.lemma[words.head[governor]] in _MOTION or preposition == "from" and words.lemma[words.head[governor]] == "withdraw"
            return preposition in self.context.groups.locatives
        if dep in ("compound", "nmod", "amod") and words.head[head] > head:
            return words.lower[words.head[head]] in self.context.groups.name_heads and words.lower[words.head[head]] not in ("government", "administration")
        if dep in ("dobj", "nsubjpass"):
            return words.lemma[governor] in _PLACE_VERBS
        return dep in ("npadvmod",)

    # -- names that the gazetteer lacks ---------------------------------------------------------------------------

    def _inner_state(self, span: NameSpan, *, place: bool = False) -> tuple[str | None, str]:
        for match in span.inner:
            sense = self.context.pick(match.senses, match.start)[0]
            if place and sense.entity.state:
                return sense.entity.state, f"state by {self.words.span_text(match.start, match.end)!r} in the name"
            if sense.entity.kind == "State" and sense.relation in ("name", "alias", "abbreviation", "adjective", "demonym"):
                return sense.entity.state, f"state by {self.words.span_text(match.start, match.end)!r} in the name"
        return None, ""

    def _outer_state(self, span: NameSpan) -> tuple[str | None, str]:
        """State by a nationality word or owner before the name, or a state behind it ("of Peru", "in Peru")."""
        words, context = self.words, self.context
        head = words.root(span.start, span.end)
        j = span.start - 1
        while j >= words.starts[words.sentence[head]] and j > span.start - 12:
            match = context.match_of.get(j)
            owned = words.tag[j + 1] == "POS" or words.lower[j + 1] in ("'s", "’s")
            if match is not None and match.senses[0].entity.state and (match.relation == "adjective" or owned or match.end == span.start):
                sense = context.pick(match.senses, match.start)[0]
                return sense.entity.state, f"state by {words.text[j]!r} before the name"
            if match is not None and match.senses[0].entity.id.startswith("state/") and match.senses[0].entity.state:
                return match.senses[0].entity.state, f"state by {words.text[j]!r} before the name"
            if words.lower[j] == "of" and words.lemma[j - 1] in ("city", "town", "village", "region", "province", "district", "port", "island", "state", "area"):
                j -= 1
                continue
            if match is not None or words.pos[j] not in ("ADJ", "NOUN", "PART", "CCONJ", "ADV") and words.tag[j] != "POS" and not (words.pos[j] == "PUNCT" and words.text[j] == "-"):
                break
            j -= 1
        after = span.end
        if after < len(words.text) and words.text[after] == "(":
            after += 3
        if after + 1 < len(words.text) and words.lower[after] in ("of", "in"):
            first = after + 1 + (words.lower[after + 1] == "the")
            match = context.match_of.get(first)
            if match is not None and match.start == first and match.senses[0].entity.kind == "State":
                sense = context.pick(match.senses, match.start)[0]
                return sense.entity.state, f"state by {words.span_text(after, match.end)!r} behind the name"
        return None, ""

    def _unknown(self, kind: str, span: NameSpan, text: str) -> ActorMention | None:
        context = self.context
        bounds = (span.start, span.end)
        head_word = self._head_word(span)
        if kind == "region":
            place = named("Region", text)
            self.places[self.words.root(*bounds)] = place
            state = self._inner_state(span, place=True)[0] or self._state_of_place(span)
            return context.mention(place, text, bounds, state, "unknown place, kept as its own node", "region")
        state, why = self._inner_state(span, place=kind == "facility")
        if state is None:
            state, why = self._outer_state(span)
        if state is None and self._is_domestic(span, head_word):
            state = context.context_state(span.start)
            why = "state that the text is about" if state else ""
        reason = f"unknown name; {why}" if why else "unknown name, kept as its own node"
        if kind == "facility":
            return context.mention(named("Facility", text), text, bounds, state or self._state_of_place(span), reason, "other")
        if kind == "thing":
            return context.mention(named("Facility", text), text, bounds, state, reason, "vessel")
        if kind == "force":
            return context.mention(named("Force", text), text, bounds, state, reason, "force")
        if state is not None and head_word in _DOMESTIC_STATE:
            slug = _ORGAN_NAMES.get(head_word) if span.end - span.start <= 2 else None
            return context.mention(organ(state, slug or self._without_state(span)), text, bounds, state, reason, "organ")
        return context.mention(named("Organization", text), text, bounds, state, reason, "organization")

    def _is_domestic(self, span: NameSpan, head: str) -> bool:
        domestic = self.context.groups.domestic
        return (head in domestic or head.rstrip("s") in domestic) and not self._international(span)

    def _without_state(self, span: NameSpan) -> str:
        """Words of a name without the nationality word in it: "U.S. Treasury Department" → Treasury Department."""
        words = self.words
        skipped = {i for m in span.inner for i in range(m.start, m.end) if m.senses[0].entity.kind == "State"}
        kept = [words.text[i] for i in range(span.start, span.end) if i not in skipped]
        while kept and kept[-1].lower() in ("of", "the", "for", "in"):
            kept.pop()
        return " ".join(kept) or words.span_text(span.start, span.end)

    def _international(self, span: NameSpan) -> bool:
        return any(self.words.lower[i] in ("international", "european", "world", "global", "african", "inter-american", "union", "nations") for i in range(span.start, span.end))

    def _state_of_place(self, span: NameSpan) -> str | None:
        """State of a place by what follows: "Goma, North Kivu, Democratic Republic of the Congo"; "Blida in Lebanon"."""
        words, context = self.words, self.context
        j = span.end
        for _ in range(4):
            if j + 1 >= len(words.text) or words.lower[j] not in (",", "in", "("):
                break
            first = j + 1
            while first < len(words.text) and (words.pos[first] in ("DET",) or words.lower[first] in context.groups.locatives):
                first += 1
            match = context.match_of.get(first)
            if match is not None and match.senses[0].entity.kind == "State" and match.relation in ("name", "alias", "abbreviation"):
                return context.pick(match.senses, match.start)[0].entity.state
            n = context.name_of.get(first)
            if n is None or self.kinds[n] not in ("region", "known"):
                break
            j = context.names[n].end
        return self._outer_state(span)[0]


@functools.cache
def given_names() -> frozenset[str]:
    """First names of the register's people: a name that begins with one is a person's."""
    labels = (record.value("skos:prefLabel") or "" for record in shipped_register() if record.kind == "Person")
    split = (label.split() for label in labels)
    return frozenset(words[0] for words in split if len(words) > 1 and len(words[0]) > 2)
