"""The way left and right from the head noun of a title: status, owner, modifiers, complement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.actors.evidence import is_given, opens_person
from kg.actors.words import TitleWords, Words, is_hyphen
from kg.language.grammar import NAMING

_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_OWNER_PREPOSITIONS: Final = frozenset({"of", "at", "for"})
_PORTFOLIO_HEADS: Final = frozenset(
    {"minister", "secretary", "commissioner", "under-secretary", "undersecretary", "coordinator"}
)
_PREFIXES: Final = frozenset({"ex", "co", "vice", "under", "deputy", "lieutenant", "then", "sub", "major", "de"})
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """One title in the text, still without its person.

    Attributes:
        head: token of the head noun.
        start: first token of the role.
        end: behind the role.
        full_start: first token with status words and loose adjectives.
        full_end: behind "of …", "to …".
        role: the role in lower case, its head in the singular.
        status: current, former, elect or acting.
        plural: whether several persons hold it ("Presidents A and B").
        owner: token that names the owner (its last on the left, its first on the right), if any.
        owner_start: first token of an owner on the left that is a name the gazetteer lacks; else ``owner``.
        side: left, right, or none.
    """

    head: int
    start: int
    end: int
    full_start: int
    full_end: int
    role: str
    status: str
    plural: bool
    owner: int | None
    owner_start: int | None
    side: str


def base_ahead(words: Words, lexicon: TitleWords, i: int) -> bool:
    """Whether modifiers from token ``i`` on lead to a head ("deputy" in "deputy prime minister")."""
    for j in range(i, min(i + 4, len(words.lower))):
        if words.lower[j] in lexicon.heads and words.lower[j] not in lexicon.modifiers:
            return True
        if words.lower[j] not in lexicon.modifiers:
            return False
    return False


class TitleScan:
    """The way left and right from one head noun."""

    def __init__(
        self, words: Words, lexicon: TitleWords, matches: Mapping[int, int], inside: Mapping[int, int], head: int,
        base: str, floor: int,
    ) -> None:  # fmt: skip
        self.words, self.lexicon, self.matches, self.inside = words, lexicon, matches, inside
        self.head, self.base = head, base
        self.start, self.end = head, head + 1
        self.full_start = head
        self.limit = words.sentence_end(head)
        self.floor = max(floor, words.starts[words.sentence[head]])
        self.statuses: list[str] = []
        self.acting = ""
        self.owner: int | None = None
        self.owner_start: int | None = None
        self.side = "none"

    def phrase(self) -> TitlePhrase | None:
        """The title, or None where the head alone is too weak to be one."""
        self._suffixes()
        role_end = self._complement()
        full_end = self._right(role_end)
        self._left()
        if (
            self.base in self.lexicon.weak
            and self.start == self.head
            and self.owner is None
            and role_end == self.head + 1
        ):
            return None
        if self.base in self.lexicon.modified and self.start == self.head and role_end == self.head + 1:
            return None
        plural = self.words.lower[self.head] == f"{self.base}s"
        return TitlePhrase(
            self.head, self.start, role_end, min(self.full_start, self.start), full_end, self._role(role_end),
            self._status(), plural, self.owner, self.owner_start, self.side,
        )  # fmt: skip

    def _suffixes(self) -> None:
        lower, end = self.words.lower, self.end
        hyphen = end < self.limit and is_hyphen(self.words.text[end])
        following = end + hyphen
        if following < self.limit and lower[following] == "general" and self.base in self.lexicon.general:
            self.end = following + 1
        elif (
            hyphen
            and lower[following : following + 1] in (["elect"], ["designate"], ["in"])
            and not self._chief(following)
        ):
            self.statuses.append("elect")
        elif hyphen and self._chief(following):
            self.end = following + 3

    def _chief(self, i: int) -> bool:
        return self.words.lower[i : i + 3] == ["in", "-", "chief"]

    def _after_elect(self, end: int) -> int:
        """Behind "-elect", "-designate", "-in-waiting"."""
        if end + 1 >= self.limit or not is_hyphen(self.words.text[end]):
            return end
        following = self.words.lower[end + 1 : end + 4]
        if following == ["in", "-", "waiting"]:
            return end + 4
        return end + 2 if following[0] in ("elect", "designate") else end

    def _complement(self) -> int:
        """Take "of state", "for humanitarian affairs" into the role; the token behind it."""
        lower, end = self.words.lower, self.end
        if end + 1 >= self.limit:
            return end
        if lower[end] == "of":
            first = end + 1 + (lower[end + 1] == "the")
            for size in range(4, 0, -1):
                for begin in (end + 1, first):
                    if tuple(lower[begin : begin + size]) in self.lexicon.complements and self._ends(begin + size):
                        end = self._more_fields(begin + size)
                        return self._for(end)
            if (
                self.base in _PORTFOLIO_HEADS
                and self.words.lower[first] in self.lexicon.modifiers
                and first not in self.inside
            ):
                return self._more_fields(first + 1)
        return self._for(end)

    def _ends(self, end: int) -> bool:
        """Whether a complement ends here, and is not the start of a longer name ("the opposition Green Party")."""
        words = self.words
        if end > self.limit:
            return False
        if end == self.limit or words.pos[end] not in ("NOUN", "PROPN"):
            return True
        return is_given(words.text[end]) or (words.capital(end) and words.dep[end - 1] == "pobj")

    def _more_fields(self, end: int) -> int:
        lower = self.words.lower
        while end < self.limit:
            step = 1 + (lower[end + 1 : end + 2] == ["the"])
            if lower[end] in self.lexicon.modifiers and lower[end] not in self.lexicon.heads:
                end += 1
            elif lower[end] in ("and", "&", ",") and end + step < self.limit:
                following = lower[end + step]
                if (
                    following not in self.lexicon.modifiers
                    or following in self.lexicon.heads
                    or end + step in self.inside
                ):
                    break
                if base_ahead(self.words, self.lexicon, end + step):
                    break
                end += step + 1
            else:
                break
        return end

    def _for(self, end: int) -> int:
        lower = self.words.lower
        general = lower[end - 1] == "general"
        if end + 1 < self.limit and lower[end] == "for" and self.base in _PORTFOLIO_HEADS and not general:
            first = end + 1 + (lower[end + 1] == "the")
            if first < self.limit and lower[first] in self.lexicon.modifiers and first not in self.inside:
                return self._more_fields(first + 1)
        return end

    def _right(self, end: int) -> int:
        """Find the owner in "of X", pass over "to X"; the token behind."""
        words = self.words
        end = self._at_the_time(self._after_elect(end))
        for _ in range(2):
            if end + 1 >= self.limit or words.lower[end] not in (*_OWNER_PREPOSITIONS, "to"):
                break
            first = end + 1
            while first < self.limit and (words.pos[first] in ("DET",) or words.lower[first] in self.lexicon.loose):
                first += 1
            if first >= self.limit:
                break
            behind = self._name_end(first)
            if behind == first:
                end = self._common_owner(end, first)
                break
            if words.lower[end] == "of" or (words.lower[end] == "at" and self.owner is None):
                self.owner = self.owner_start = first
                self.side = "right"
            end = self._at_the_time(behind)
        return end

    def _at_the_time(self, end: int) -> int:
        """Behind "at the time", which tells that the office is held no more."""
        if self.words.lower[end : end + 3] != ["at", "the", "time"]:
            return end
        self.statuses.append("former")
        return end + 3

    def _name_end(self, first: int) -> int:
        """Behind the name that begins at a token: a known one, or a run of capitals."""
        words = self.words
        end = self.matches.get(first, first)
        last = end
        while last < self.limit and words.capital(last) and words.lower[last] not in self.lexicon.heads:
            last += 1
        if end > first:
            return end
        if first < self.limit and len(words.text[first]) > 1 and words.text[first].isupper():
            return first + 1
        return last

    def _common_owner(self, preposition: int, first: int) -> int:
        """Owner that is a common noun ("leader of the group"); the token behind it."""
        words = self.words
        if words.lower[preposition] != "of":
            return preposition
        end = first
        while end < self.limit and words.pos[end] in ("NOUN", "ADJ") and not words.capital(end):
            end += 1
        if end == first or words.pos[end - 1] != "NOUN":
            return preposition
        self.owner = self.owner_start = end - 1
        self.side = "right"
        return end

    def _left(self) -> None:
        words, lexicon = self.words, self.lexicon
        j = self.head - 1
        joined = False
        while j >= self.floor and self.head - j < _LONGEST + 6:
            lower = words.lower[j]
            if j in self.inside:
                self._owner_left(self.inside[j], j)
                return
            if words.tag[j] == "POS" or lower in _POSSESSIVE:
                if j > self.floor and self.owner is None:
                    self.owner, self.owner_start, self.side = j - 1, j - 1, "left"
                return
            if words.tag[j] in ("PRP$", "WP$"):
                if self.owner is None:
                    self.owner, self.owner_start, self.side = j, j, "left"
                return
            contiguous = self.start == j + 1
            if lower in lexicon.status:
                self._take_status(lower)
                self.full_start = j
            elif lower in lexicon.modifiers and contiguous:
                self.start = self.full_start = j
            elif is_hyphen(words.text[j]) and j > self.floor and self._is_prefix(words.lower[j - 1]):
                j -= 1
                self._take_prefix(j)
            elif lower in ("and", ",") and contiguous and self._joins_fields(j, joined):
                joined = True
                self.start = self.full_start = j
            elif (lower in lexicon.loose and not words.capital(j)) or self._is_adjective(j):
                self.full_start = j
            elif words.capital(j) and words.pos[j] in ("PROPN", "NOUN", "ADJ"):
                self._owner_run(j)
                return
            elif (
                words.pos[j] == "NOUN" and words.dep[j] in ("compound", "nmod") and contiguous and not words.capital(j)
            ):
                self.start = self.full_start = j
            else:
                return
            j -= 1

    def _is_prefix(self, lower: str) -> bool:
        return lower in _PREFIXES or lower in self.lexicon.modifiers or lower in self.lexicon.status

    def _take_prefix(self, j: int) -> None:
        """What a hyphen joins to the title: a status ("ex-president") or a part of the role ("vice-president")."""
        self.full_start = j
        if self.words.lower[j] in self.lexicon.status:
            self._take_status(self.words.lower[j])
        else:
            self.start = j

    def _is_adjective(self, j: int) -> bool:
        return (
            self.words.pos[j] in ("ADJ", "ADV", "NUM")
            and not self.words.capital(j)
            and self.words.lower[j] not in ("all", "both", "other", "such", "many", "several")
        )

    def _joins_fields(self, j: int, joined: bool) -> bool:
        """Whether "and" or a comma joins two fields of one office ("foreign and trade minister")."""
        words, lexicon = self.words, self.lexicon
        if self.start == self.head or j - 1 < self.floor or j - 1 in self.inside:
            return False
        before = words.lower[j - 1]
        if before not in lexicon.modifiers or before in lexicon.heads or words.capital(j - 1) != words.capital(j + 1):
            return False
        return words.lower[j] == "and" or joined

    def _take_status(self, lower: str) -> None:
        status = self.lexicon.status[lower]
        self.statuses.append(status)
        if status == "acting":
            self.acting = lower

    def _owner_left(self, first: int, last: int) -> None:
        if self.owner is None:
            self.owner, self.owner_start, self.side = last, first, "left"
        self._outer_status(first)

    def _outer_status(self, first: int) -> None:
        """Status words before the owner: "former Ukrainian president"."""
        words = self.words
        j = first - 1
        while j >= self.floor and (
            words.lower[j] in self.lexicon.status or words.lower[j] in self.lexicon.loose or is_hyphen(words.text[j])
        ):
            if words.lower[j] in self.lexicon.status:
                self._take_status(words.lower[j])
                self.full_start = j
            j -= 1

    def _owner_run(self, j: int) -> None:
        """An owner that is a name in capitals: it takes back what the role took of it ("Liberal Party" leader)."""
        words = self.words
        last = j
        while (
            last + 1 < self.head
            and words.capital(last + 1)
            and (
                not words.capital(self.head)
                or words.lower[last + 1]
                in ("party", "bank", "council", "court", "union", "group", "movement", "bureau", "house", "commission")
            )
        ):
            last += 1
        if last >= self.start:
            self.start = last + 1
        first = j
        while (
            first - 1 >= self.floor
            and first - 1 not in self.inside
            and (
                (words.capital(first - 1) and words.pos[first - 1] in ("PROPN", "NOUN", "ADJ"))
                or (
                    first - 2 >= self.floor
                    and words.lower[first - 1] in ("of", "for", "al", "-", "'s", "’s", "and")
                    and words.capital(first - 2)
                    and words.lower[first - 1] not in ("and",)
                    and words.lower[first - 2] not in self.lexicon.heads
                )
            )
        ):
            first -= 1
        self.full_start = max(self.full_start, last + 1)
        if first > 0 and words.lemma[first - 1] in NAMING and opens_person(words, first):
            return  # "named Ana Ribeiro chairwoman": who is named does not own the post
        if self.owner is None:
            self.owner, self.owner_start, self.side = last, first, "left"
        self._outer_status(first)

    def _status(self) -> str:
        for status in ("former", "elect", "acting"):
            if status in self.statuses:
                return status
        return "current"

    def _role(self, end: int) -> str:
        words = self.words
        text = words.span_text(self.start, end).lower()
        if words.lower[self.head] != self.base:
            before = words.span_text(self.start, self.head).lower()
            after = words.span_text(self.head + 1, end).lower()
            glue = " " if words.spaced[self.head] else ""
            text = f"{before} {self.base}{glue}{after}".strip()
        if self.base.endswith("-elect"):
            text = text.removesuffix("-elect")
            self.statuses.append("elect")
        text = self.lexicon.synonyms.get(text, text)
        return f"{self.acting} {text}" if self.acting and not text.startswith(self.acting) else text
