"""What is known of a text as a whole while its names are linked: its names and titles, and which states it is about."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from spacy.tokens import Doc

from kg.actors.gazetteer import Gazetteer, Sense
from kg.actors.matches import Match, find_matches
from kg.actors.model import ActorMention, Category
from kg.actors.names import NameFinder, NameSpan
from kg.actors.naming import state_name
from kg.actors.titles import TitlePhrase, find_title_phrases
from kg.actors.words import GroupWords, TitleWords, Words, group_words, is_hyphen, listed, read_words, title_words
from kg.claims import Entity
from kg.documents import Document

#: Relations by which words bring a state into a text.
_STATE_WORDS: Final = frozenset({"name", "alias", "abbreviation", "adjective", "demonym", "capital", "seat"})
_PLACE_PREPOSITIONS: Final = frozenset({"in", "at", "near", "across", "throughout", "inside", "outside"})


#: How much a state's mention counts by sentences before, behind, and in the last dateline.
_BEFORE: Final = (0.7, 0.45, 0.25, 0.15)
_BEHIND: Final = (0.35, 0.2)
#: Verbs whose place is where their speaker belongs, as a rule ("said in Santiago").
_SPEAKING: Final = frozenset({"say", "tell", "announce", "declare", "warn", "speak", "add"})
#: States whose capital is also the seat of a union, with the union.
_SEATS: Final = {"state/BEL": "organization/european-union"}
_DASHES: Final = frozenset({"—", "–", "--"})
#: How much a dateline's state counts in its own paragraph, and in those that follow it.
_DATELINE: Final = 2.0
_OLD_DATELINE: Final = 0.6
#: Most tokens of a dateline.
_LONGEST_DATELINE: Final = 12
#: How much the share of a state in the whole text counts.
_TOPIC: Final = 1.5
#: How much a mention behind a token in its sentence counts, against 1.5 before it.
_LATER: Final = 1.0


class TextContext:
    """One text, read for actors.

    Args:
        words: the text.
        document: where it comes from.
        gazetteer: the known actors.
        matches: known names in it.
        titles: its title phrases.
        names: its proper names.
    """

    def __init__(
        self, words: Words, document: Document, gazetteer: Gazetteer, matches: Sequence[Match],
        titles: Sequence[TitlePhrase], names: Sequence[NameSpan],
    ) -> None:  # fmt: skip
        self.words, self.document, self.gazetteer = words, document, gazetteer
        self.matches, self.titles, self.names = matches, titles, names
        self.groups: GroupWords = group_words()
        self.title_words: TitleWords = title_words()
        self.name_of: dict[int, int] = {i: n for n, span in enumerate(names) for i in range(span.start, span.end)}
        self.title_of: dict[int, int] = {i: n for n, t in enumerate(titles) for i in range(t.start, t.end)}
        self.title_heads = frozenset(t.head for t in titles)
        self.left_owners = frozenset(t.owner for t in titles if t.side == "left" and t.owner is not None)
        self.titles_in: dict[int, list[TitlePhrase]] = {}
        for title in titles:
            self.titles_in.setdefault(words.sentence[title.head], []).append(title)
        self.match_of: dict[int, Match] = {i: m for m in matches for i in range(m.start, m.end)}

    @cached_property
    def hints(self) -> tuple[tuple[int, str, float], ...]:
        """Words that bring a state into the text: (token, code, weight), in order."""
        found = []
        for match in self.matches:
            sense = self.pick(match.senses, match.start)[0]
            code = sense.entity.state
            if code is None:
                continue
            name = self.names[self.name_of[match.start]] if match.start in self.name_of else None
            if name is not None and name.senses != match.senses and name.title is not None:
                continue
            if sense.relation in _STATE_WORDS:
                found.append((match.start, code, self._weight(match)))
            elif sense.relation == "leader":
                found.append((match.start, code, 0.7))
        return tuple(found)

    @cached_property
    def hinted(self) -> dict[str, tuple[int, ...]]:
        """Tokens that bring each state into the text."""
        found: dict[str, list[int]] = {}
        for token, code, _ in self.hints:
            found.setdefault(code, []).append(token)
        return {code: tuple(tokens) for code, tokens in found.items()}

    def _weight(self, match: Match) -> float:
        words = self.words
        head = words.root(match.start, match.end)
        dep = words.dep[head]
        governor = words.lower[words.head[head]]
        if match.end < len(words.text) and is_hyphen(words.text[match.end]):
            return 0.4
        if dep == "pobj" and governor in _PLACE_PREPOSITIONS:
            return 2.5 if words.lemma[words.head[words.head[head]]] in _SPEAKING else 1.5
        if dep in ("nsubj", "nsubjpass"):
            return 1.3
        if match.relation == "adjective":
            return 0.8
        if dep == "pobj" and governor in ("to", "from", "with", "against"):
            return 0.6
        return 1.0

    def states_in_context(
        self, i: int, *, exclude: frozenset[str] = frozenset(), without: frozenset[int] = frozenset()
    ) -> list[tuple[str, float]]:
        """States that the text around a token is about, the likeliest first, with their weights.

        Args:
            i: the token.
            exclude: states that are left out.
            without: tokens whose words do not count.
        """
        scores: dict[str, float] = {code: _TOPIC * share for code, share in self._shares.items() if code not in exclude}
        starts, sentence = self.words.starts, self.words.sentence[i]
        first = starts[max(0, sentence - len(_BEFORE))]
        behind = sentence + len(_BEHIND) + 1
        low = bisect_left(self._hint_tokens, first)
        high = bisect_left(self._hint_tokens, starts[behind]) if behind < len(starts) else len(self.hints)
        for token, code, weight in self.hints[low:high]:
            if code not in exclude and token not in without:
                distance = sentence - self.words.sentence[token]
                scores[code] += weight * self._nearness(distance, before=token < i)
        for code, weight in self._dateline(i):
            if code not in exclude:
                scores[code] += weight
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    @cached_property
    def _hint_tokens(self) -> tuple[int, ...]:
        return tuple(token for token, _, _ in self.hints)

    @cached_property
    def _shares(self) -> dict[str, float]:
        """How much of what the whole text says of states each of them has."""
        total = sum(weight for _, _, weight in self.hints)
        shares: dict[str, float] = {}
        for _, code, weight in self.hints:
            shares[code] = shares.get(code, 0.0) + weight / total
        return shares

    @staticmethod
    def _nearness(distance: int, *, before: bool) -> float:
        """How much a hint counts that stands so many sentences before (or, negative, behind)."""
        if distance == 0:
            return 1.5 if before else _LATER
        return _BEFORE[distance - 1] if distance > 0 else _BEHIND[-distance - 1]

    def _dateline(self, i: int) -> tuple[tuple[str, float], ...]:
        """States of the last dateline before a token, with what they count there."""
        number = bisect_right(self._dateline_starts, i) - 1
        if number < 0:
            return ()
        start, code = self._datelines[number]
        near = not any(self.words.text[k].isspace() and "\n" in self.words.text[k] for k in range(start, i))
        return ((code, _DATELINE if near else _OLD_DATELINE),)

    @cached_property
    def _dateline_starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self._datelines)

    @cached_property
    def _datelines(self) -> tuple[tuple[int, str], ...]:
        """Datelines ("BELMOPAN, Belize —", "12:30 Skopje."), which tell where a text is written: first token, state."""
        found = ((start, self._dateline_at(start)) for start in self.words.starts)
        return tuple((start, code) for start, code in found if code is not None)

    def _dateline_at(self, start: int) -> str | None:
        """State of the dateline that opens at a token: a place, what it lies in, a date; then a dash, colon or stop."""
        words = self.words
        opens = not start or "\n" in words.text[start - 1]
        limit = min(start + _LONGEST_DATELINE, len(words.text))
        i = start + 1 if opens and words.text[start][0].isdigit() else start
        match = self.match_of.get(i)
        shouted = i < limit and words.text[i].isupper() and len(words.text[i]) > 2
        if not shouted and (match is None or match.start != i or not opens):
            return None
        code = None
        while i < limit and not self._is_dash(i) and not (i > start and words.text[i] in (":", ".")):
            match = self.match_of.get(i)
            if match is not None and match.start == i:
                code = code or match.senses[0].entity.state
                i = match.end
            elif "\n" in words.text[i]:
                break
            elif shouted or words.text[i] in (",", "(", ")") or words.text[i].isdigit() or words.pos[i] == "PROPN":
                i += 1
            else:
                return None
        return code if i < limit and (self._is_dash(i) or opens) else None  # a line of its own ends there, too

    def _is_dash(self, i: int) -> bool:
        """Whether a token is a dash between parts of a sentence, also one written as a hyphen."""
        words = self.words
        return words.text[i] in _DASHES or (words.text[i] == "-" and i > 0 and words.spaced[i - 1] and words.spaced[i])

    def context_state(self, i: int) -> str | None:
        """The state that the text around a token is about, where one stands out."""
        ranked = self.states_in_context(i)
        if not ranked:
            return None
        if len(ranked) > 1 and ranked[1][1] > 0.85 * ranked[0][1]:
            return None
        return ranked[0][0]

    def _by_surroundings(self, senses: Sequence[Sense], i: int) -> Sequence[Sense]:
        """Readings without a state, where other places make a name one of the United States' ("Atlanta, Georgia")."""
        if len(senses) < 2 or senses[0].entity.kind != "State" or senses[0].relation not in ("name", "alias"):
            return senses
        places = [s for s in senses if s.entity.kind == "Region" and s.relation in ("name", "alias")]
        return places if places and (self._among_us_places or self.state_behind(i + 1) == "USA") else senses

    @cached_property
    def _unions(self) -> dict[str, Entity]:
        """States whose capital stands for a union, since the text names the union and not the state: Brussels."""
        named = {m.senses[0].entity.id for m in self.matches if m.relation not in ("capital", "seat")}
        meant = ((state, self.gazetteer.entity(union)) for state, union in _SEATS.items() if state not in named)
        return {state: union for state, union in meant if union is not None and union.id in named}

    def state_behind(self, i: int) -> str | None:
        """The state that is named behind a comma at a token: "Savannah, United States"."""
        match = self.match_of.get(i + 1) if self.words.text[i : i + 1] == [","] else None
        if match is None or match.start != i + 1 or match.relation not in ("name", "alias", "abbreviation"):
            return None
        return match.senses[0].entity.state if match.kind == "State" else None

    @cached_property
    def _among_us_places(self) -> bool:
        """Whether places of the United States are named in the text, and none of the state of Georgia."""
        texts = {self.words.span_text(n.start, n.end) for n in self.names}
        words = {word for text in texts for word in (text, *text.split())}
        return not words & listed("georgia_places") and not listed("us_places").isdisjoint(texts)

    @cached_property
    def unmistakable(self) -> dict[str, tuple[int, ...]]:
        """States that names of one reading name, with the first tokens of these."""
        found: dict[str, list[int]] = {}
        for match in self.matches:
            if len(match.senses) == 1 and match.senses[0].entity.state:
                found.setdefault(match.senses[0].entity.state, []).append(match.start)
        return {code: tuple(starts) for code, starts in found.items()}

    def mentioned(self, code: str, besides: int) -> bool:
        """Whether a state is named unmistakably elsewhere than at a token."""
        return any(start != besides for start in self.unmistakable.get(code, ())[:2])

    def is_people(self, lemma: str) -> bool:
        """Whether a noun names people: "lawyer"."""
        return any(row[1] == "people" and len(row[0]) == 1 for row in self.groups.nouns.get(lemma, ()))

    def is_plural_name(self, span: tuple[int, int]) -> bool:
        """Whether a name is a plural: "the Houthis"."""
        return span[1] - span[0] == 1 and self.words.tag[span[0]] in ("NNPS", "NNS")

    def mention(
        self, entity: Entity, name: str, span: tuple[int, int], state: str | None, reason: str, category: Category,
        *, plural: bool = False, named: bool = True, head: int | None = None,
    ) -> ActorMention:  # fmt: skip
        """A mention over tokens ``span``."""
        start, end = self.words.chars(*span)
        root = self.words.root(*span) if head is None else head
        words = self.document.text[start:end]
        return ActorMention(entity, name, start, end, root, state, reason, category, plural, named, words)

    def state_entity(self, code: str) -> Entity:
        """The state of a code."""
        return self.gazetteer.entity(f"state/{code}") or Entity(f"state/{code}", "State", state_name(code), code)

    def pick(self, senses: Sequence[Sense], i: int) -> tuple[Sense, str]:
        """One of several readings of the same standing, by what else the text names, and why."""
        if senses[0].relation == "capital" and (union := self._unions.get(senses[0].entity.id)) is not None:
            return Sense(union, "seat"), "the body that has its seat there is what the text is about"
        senses = self._by_surroundings(senses, i)
        first = senses[0]
        rivals = [s for s in senses if s.entity.state and s.entity.kind == "State" and s.relation == first.relation]
        if len({s.entity.id for s in rivals}) > 1:
            for sense in rivals:
                if sense.entity.state and self.mentioned(sense.entity.state, i):
                    return sense, f"of {len(rivals)} readings, the one the text names elsewhere"
            return first, f"of {len(rivals)} readings, the likeliest"
        return first, ""


@lru_cache(maxsize=1)
def read_context(doc: Doc, document: Document, gazetteer: Gazetteer) -> TextContext:
    """Names and titles of a parsed document, not yet linked; the last one is kept, since titles are asked for next."""
    words = read_words(doc)
    matches = find_matches(words, gazetteer)
    titles = find_title_phrases(words, {m.start: m.end for m in matches})
    names = NameFinder(words, matches, titles, gazetteer, document.date).find()
    return TextContext(words, document, gazetteer, matches, titles, names)
