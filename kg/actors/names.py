"""Proper names in a text: where they begin and end, before anybody asks whom they mean.

Three witnesses are heard: the gazetteer's longest match, runs of capitals, and a list of given names. Entity labels
of a model are not asked for: a small model's are wrong too often for what they cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.actors.evidence import is_given, is_person, opens_person
from kg.actors.gazetteer import Gazetteer, Sense
from kg.actors.matches import Match
from kg.actors.titles import TitlePhrase
from kg.actors.words import PARTICLES, GroupWords, Words, group_words, is_hyphen, listed, title_words

_FUNCTION_POS: Final = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "AUX", "PART", "PRON", "NUM"})
_NO_NAME_POS: Final = frozenset({"DET", "ADP", "PRON", "SCONJ", "CCONJ", "AUX", "ADV", "PART", "NUM", "INTJ"})
_CONNECTORS: Final = frozenset({"of", "for", "and", "&", "in", "on", "against", "to"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A proper name: tokens ``start`` to ``end`` (excluded).

    Attributes:
        start: first token.
        end: behind the last.
        senses: readings of exactly these words; empty where the gazetteer lacks them.
        inner: known names inside it: "Israel" in "Israel Defense Forces".
        personal: whether the words tell that it is a person's.
        title: index of the title phrase that stands right before it, if any.
    """

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    inner: tuple[Match, ...] = ()
    personal: bool = False
    title: int | None = None


class NameFinder:
    """Finds the names of one text.

    Args:
        words: the text.
        matches: what the gazetteer knows of it.
        titles: its title phrases.
        gazetteer: the known actors.
        date: the document's date.
    """

    def __init__(
        self, words: Words, matches: Sequence[Match], titles: Sequence[TitlePhrase], gazetteer: Gazetteer,
        date: str | None,
    ) -> None:  # fmt: skip
        self.gazetteer, self.date = gazetteer, date
        self.words = words
        self.lexicon: GroupWords = group_words()
        self.matches: Mapping[int, Match] = {m.start: m for m in matches}
        self.matched = {i for m in matches for i in range(m.start, m.end)}
        self.titled: dict[int, int] = {}
        self.blocked: set[int] = set()
        for number, title in enumerate(titles):
            self.blocked.update(range(title.start, title.end))
            self.blocked.update(i for i in range(title.full_start, title.start) if not self._inside(i))
            behind = title.full_end
            while (
                behind < len(words.text)
                and words.lower[behind] in title_words().honorifics
                and behind not in self.matches
            ):
                self.blocked.add(behind)
                behind += 1
            self.titled[behind] = number
        self.headlines = [self._is_headline(s) for s in range(len(words.starts))]

    def _inside(self, i: int) -> bool:
        return i in self.matched

    def find(self) -> tuple[NameSpan, ...]:
        """Names in order; they do not overlap."""
        found: list[NameSpan] = []
        i, n = 0, len(self.words.text)
        while i < n:
            spans = self._at(i)
            found += spans
            i = spans[-1].end if spans else i + 1
        return tuple(found)

    def _is_headline(self, sentence: int) -> bool:
        words = self.words
        start = words.starts[sentence]
        content = [
            i
            for i in range(start, words.sentence_end(start))
            if words.text[i][0].isalpha() and words.pos[i] not in _FUNCTION_POS
        ]
        small = [i for i in content if not words.text[i][0].isupper()]
        return len(content) > 4 and len(small) < 0.15 * len(content) and not any(words.pos[i] == "VERB" for i in small)

    def _at(self, i: int) -> list[NameSpan]:
        words = self.words
        match = self.matches.get(i)
        if i in self.blocked and (match is None or match.end == i + 1):
            return []
        title = self.titled.get(i)
        if match is None and not self._begins(i, title):
            return []
        if match is not None and self.headlines[words.sentence[i]]:
            return [self._known(match, title)]
        end = self._run(i, match)
        if title is not None and not (match and match.end == end and match.senses[0].relation != "leader"):
            end = self._person_end(i, end)
            inner = tuple(self._within(i, end))
            return [NameSpan(i, end, match.senses if match and match.end == end else (), inner, True, title)]
        return self._segment(i, end)

    def _begins(self, i: int, title: int | None) -> bool:
        words = self.words
        if not words.capital(i) or words.pos[i] in ("PUNCT", "SYM", "SPACE") or words.lower[i] in listed("calendar"):
            return False
        if words.lower[i] in ("the", "a", "an") or words.lower[i] in listed("numerals"):
            return False
        if words.lower[i] in title_words().honorifics and i + 1 < len(words.text) and words.capital(i + 1):
            return False
        if i in words.starts and words.pos[i] not in ("DET", "PRON", "ADP", "AUX"):
            if self._is_leader(i) or self._opens_name(i):
                return True
            if self._is_people_noun(i):
                return False
        if title is not None and words.pos[i] not in _NO_NAME_POS:
            return True
        if self.headlines[words.sentence[i]]:
            return words.pos[i] == "PROPN" and (opens_person(words, i) or words.text[i].isupper())
        if words.pos[i] in _NO_NAME_POS or (i in words.starts and words.pos[i] != "PROPN" and title is None):
            return opens_person(words, i) and words.pos[i] != "ADV"
        return words.pos[i] == "PROPN" or opens_person(words, i)

    def _is_people_noun(self, i: int) -> bool:
        """Whether a word that opens a sentence is a common noun for people, before a name or not."""
        rows = self.lexicon.nouns.get(self.words.lower[i]) or self.lexicon.nouns.get(self.words.lemma[i], ())
        return any(category == "people" and len(phrase) == 1 for phrase, category, _ in rows)

    def _opens_name(self, i: int) -> bool:
        """Whether an odd word that opens a sentence is a given name, since a surname follows ("Ilse Roe left")."""
        words = self.words
        following = i + 1
        if following >= len(words.text) or not words.capital(following) or self._is_people_noun(i):
            return False
        if following in self.matches or following in self.blocked or not words.text[i].isalpha():
            return False
        joined = words.dep[i] == "compound" and words.head[i] == following
        return (joined or is_given(words.text[i])) and words.pos[following] == "PROPN"

    def _is_leader(self, i: int) -> bool:
        """Whether a word that opens a sentence, where any has a capital, is the surname of one leader in office."""
        senses = self.gazetteer.surname(self.words.text[i], self.date) if self.date else ()
        current = [s for s in senses if s.until is None or s.until > (self.date or "")]
        return len(current) == 1 and self.words.lower[i] not in listed("calendar")

    def _known(self, match: Match, title: int | None = None) -> NameSpan:
        return NameSpan(match.start, match.end, match.senses, (), False, title)

    def _run(self, i: int, match: Match | None) -> int:
        """Behind the run of capitals that begins at a token."""
        words = self.words
        limit = words.sentence_end(i)
        end = match.end if match else i + 1
        while end < limit and end not in self.titled:
            if end in self.matches and self.matches[end].end > end:
                inner = self.matches[end]
                if end in self.blocked or not words.capital(end):
                    break
                end = inner.end
            elif (
                words.capital(end)
                and end not in self.blocked
                and words.lower[end] not in listed("calendar")
                and words.pos[end] not in ("PUNCT", "SYM")
            ):
                if words.pos[end] in ("DET", "PRON", "AUX", "ADP") and len(words.text[end]) > 1:
                    break
                end += 1
            else:
                step = self._connector(i, end, limit)
                if not step:
                    break
                end += step
        return end

    def _connector(self, start: int, j: int, limit: int) -> int:
        """How many tokens after which the run goes on: of a particle, hyphen, "of" or inner owner; 0 to end it."""
        words = self.words
        lower = words.lower[j]
        following = j + 1
        if following >= limit or following in self.blocked:
            return 0
        if is_hyphen(words.text[j]):
            return self._hyphen(start, j)
        if not words.capital(following):
            if lower in PARTICLES and words.lower[following] in PARTICLES | {"-"} and following + 1 < limit:
                return 2 if words.capital(following + 1) else 0
            if (
                lower in ("of", "for")
                and words.lower[following] == "the"
                and following + 1 < limit
                and self._takes_of(start, j)
            ):
                return 2 if words.capital(following + 1) and following + 1 not in self.blocked else 0
            if (
                lower in PARTICLES
                and is_hyphen(words.text[following])
                and following + 1 < limit
                and words.capital(following + 1)
            ):
                return 2
            if (
                lower in ("'", "’", "‘", "`")
                and not words.spaced[j - 1]
                and not words.spaced[j]
                and words.text[following].isalpha()
            ):
                return 2
            return 0
        if lower in PARTICLES and lower != "and":
            return 1
        if lower in ("'s", "’s", "'", "’"):
            owned = words.lower[j - 1] in listed("inner_owners") or words.lower[j - 1].removesuffix("s") in listed(
                "inner_owners"
            )
            return 1 if owned and j - 1 not in self.matches else 0
        if lower in ("of", "for"):
            return 1 if self._takes_of(start, j) else 0
        if lower in ("and", "&", "on", "to", "in"):
            return 1 if self._one_organization(start, j) else 0
        return 0

    def _takes_of(self, start: int, j: int) -> bool:
        """Whether a name goes on after "of": "Ministry of Defence", not "Russia of"."""
        words = self.words
        if j - 1 in self.matches and words.lower[j - 1] not in self.lexicon.name_heads:
            return False
        head = words.lower[j - 1]
        return self.lexicon.name_heads.get(head) in ("organization", "force", "facility") or head in listed("takes_of")

    def _one_organization(self, start: int, j: int) -> bool:
        """Whether "and" joins two fields of one body ("Office for Trade and Refugees", "the Belt and Road Forum")."""
        words = self.words
        if words.lower[j] == "&":
            return True
        if j + 1 in self.matches or words.lower[j] != "and":
            return False
        if any(words.lower[k] in ("of", "for") for k in range(start, j)):
            return True
        if j - 1 in self.matched or words.lower[j - 1] in self.lexicon.name_heads or words.lower[start - 1] != "the":
            return False
        end = j + 1
        while end + 1 < len(words.text) and words.capital(end + 1) and end + 1 not in self.matches:
            end += 1
        return end > j + 1 and words.lower[end] in self.lexicon.name_heads

    def _hyphen(self, start: int, j: int) -> int:
        words = self.words
        following = words.lower[j + 1]
        if (
            words.spaced[j - 1]
            or words.spaced[j]
            or following in listed("suffixes")
            or words.tag[j + 1] in ("VBN", "VBD")
        ):
            return 0
        match = next((m for m in self._within(start, j) if m.end == j), None)
        if match is not None and (match.kind == "State" or words.text[j] == "–"):
            return 0
        if words.text[j] != "-" and j + 1 in self.matches:
            return 0
        if words.capital(j + 1):
            return 2
        named = words.pos[j - 1] == "PROPN" and words.pos[j + 1] in ("PROPN", "NOUN", "X", "ADJ")
        return (
            2
            if named
            and following.isalpha()
            and (words.pos[j + 1] == "PROPN" or start < j - 1)
            else 0
        )

    def _person_end(self, start: int, end: int) -> int:
        """A person's name ends before "'s", a second title, or a weekday."""
        words = self.words
        for j in range(start + 1, end):
            if words.lower[j] in ("of", "for", "and", "'s", "’s", "in", "on", "to"):
                return j
        return end

    def _segment(self, i: int, end: int) -> list[NameSpan]:
        """Cut a run of capitals into names."""
        words = self.words
        match = self.matches.get(i)
        inner = self._within(i, end)
        if match is not None and match.end == end:
            return [self._known(match)]
        if not inner:
            return [NameSpan(i, end, (), (), is_person(self.words, i, end))]
        if self._is_whole(i, end, inner):
            return [NameSpan(i, end, (), tuple(inner), is_person(self.words, i, end))]
        first = inner[0]
        if first.start > i:
            if all(words.lower[k] in listed("directions") or is_hyphen(words.text[k]) for k in range(i, first.start)):
                return [self._known(first), *self._rest(first.end, end)]
            return [
                NameSpan(i, self._trim(i, first.start), (), (), is_person(self.words, i, first.start)),
                *self._segment(first.start, end),
            ]
        return [self._known(first), *self._rest(first.end, end)]

    def _within(self, start: int, end: int) -> list[Match]:
        """Known names inside a span, in order."""
        found = (self.matches.get(i) for i in range(start, end))
        return [match for match in found if match is not None and match.end <= end]

    def _trim(self, i: int, end: int) -> int:
        while end > i + 1 and not self.words.capital(end - 1):
            end -= 1
        return end

    def _rest(self, i: int, end: int) -> list[NameSpan]:
        ranks = title_words().honorifics
        while i < end and (
            not self.words.capital(i) or (self.words.lower[i] in ranks and i + 1 < end and i not in self.matches)
        ):
            i += 1
        return self._segment(i, end) if i < end else []

    def _is_whole(self, i: int, end: int, inner: Sequence[Match]) -> bool:
        """Whether a run with known names inside is one name: "Israel Defense Forces", "Jordan Bardella"."""
        words = self.words
        head = end - 1
        for j in range(i + 1, end):
            if words.lower[j] in ("of", "for"):
                head = j - 1
                break
        first = inner[0]
        if first.relation == "leader" or (words.lower[end - 1] == "s"):
            return False
        if words.lower[head] in self.lexicon.name_heads or words.lower[head].rstrip("s") in self.lexicon.name_heads:
            return head >= first.end or first.start > i or head != end - 1
        if first.end == i + 1 and words.text[i] in listed("given_states"):
            return words.pos[first.end] == "PROPN" and first.end not in self.matches
        if (first.start == i and first.kind == "Region") or (first.relation == "capital" and first.start == i):
            following = first.end
            if words.pos[following] == "PROPN" and words.capital(following) and following not in self.matches:
                return True
        if first.start > i and first.kind == "Region" and first.end == end:
            return all(words.pos[j] == "PROPN" for j in range(i, first.start))
        return is_given(words.text[i]) and (first.start > i or first.relation != "adjective")
