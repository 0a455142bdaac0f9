"""Mentions so far, as later words look back on them: order, syntax, coordination, and which of several is meant.

Agreement is the caller's; here subjects are preferred to other parts, near ones to far ones, and an argument of the
same verb is ruled out ("Russia struck it").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.actors.context import TextContext
from kg.actors.model import ActorMention

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
PLURAL_PRONOUNS: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
#: Sentences that a pronoun looks back at most.
_OLD: Final = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """A mention with where it stood, as later words look back on it."""

    mention: ActorMention
    token: int
    sentence: int
    subject: bool
    place: bool
    verb: int
    original: bool


class Discourse:
    """Mentions so far, in reading order.

    Args:
        context: the text.
    """

    def __init__(self, context: TextContext) -> None:
        self.context = context
        self.words = context.words
        self._sentences: dict[int, list[Heard]] = {}
        self.things: list[int] = []
        self.quoted = quotations(context.words.text)

    def hear(self, mentions: Iterable[ActorMention], token: int, *, place: bool = False, original: bool = True) -> None:
        """Add what a token names."""
        words = self.words
        subject = words.dep[self._first_conjunct(token)] in SUBJECTS or self._is_cleft(token)
        for mention in mentions:
            sentence = words.sentence[token]
            heard = Heard(mention, token, sentence, subject, place, self._verb(token), original)
            self._sentences.setdefault(sentence, []).append(heard)

    def _is_cleft(self, i: int) -> bool:
        """Whether a token is what "it was X that …" brings forward."""
        words = self.words
        verb = words.head[i]
        return words.dep[i] == "attr" and any(words.lower[c] == "it" and c < i for c in words.children[verb])

    def recent(self, i: int, reach: int = _OLD) -> list[Heard]:
        """Mentions of the sentence of a token and of some before it, in the order heard."""
        sentence = self.words.sentence[i]
        return [h for s in range(max(0, sentence - reach), sentence + 1) for h in self._sentences.get(s, ())]

    def _first_conjunct(self, i: int) -> int:
        words = self.words
        for _ in range(20):
            if words.dep[i] not in ("conj", "appos") or words.head[i] == i:
                break
            i = words.head[i]
        return i

    def _verb(self, i: int) -> int:
        """The verb or noun whose argument a token is."""
        words = self.words
        i = self._first_conjunct(i)
        governor = words.head[i]
        while words.dep[governor] in ("prep", "agent") or words.pos[governor] == "ADP":
            if words.head[governor] == governor:
                break
            governor = words.head[governor]
        return governor

    def ancestors(self, i: int) -> list[int]:
        """Tokens above a token in the parse, the nearest first."""
        words, found = self.words, []
        for _ in range(25):
            if words.head[i] == i:
                break
            i = words.head[i]
            found.append(i)
        return found

    def _choose(self, i: int, candidates: Sequence[Heard]) -> Heard | None:
        words = self.words
        sentence = words.sentence[i]
        verb = self._verb(i)
        owner = words.tag[i] in ("PRP$", "WP$")
        plural = words.lower[i] in PLURAL_PRONOUNS
        ancestors = self.ancestors(i)
        subjects = set() if owner or words.dep[i] in SUBJECTS else self._own_subjects(verb)
        best: tuple[float, int] | None = None
        chosen: Heard | None = None
        for heard in candidates:
            distance = sentence - heard.sentence
            if distance < 0 or distance > _OLD or heard.token >= i:
                continue
            if self.quoted[heard.token] and self.quoted[heard.token] != self.quoted[i]:
                continue
            if subjects and (heard.token in subjects or self._first_conjunct(heard.token) in subjects):
                continue
            if not owner and heard.verb == verb and heard.token in self._arguments(verb):
                continue
            score = -1.5 * distance - (0.8 * heard.place) - 0.045 * min(i - heard.token, 60)
            score += 2.0 * heard.subject
            score += 0.7 * (heard.mention.category == "person" and heard.mention.named)
            score += 0.5 * (heard.mention.category != "group") + 0.8 * (plural and heard.mention.plural)
            if heard.verb in ancestors and heard.subject:
                score += 0.6 + 0.3 / (1 + ancestors.index(heard.verb))
            if words.dep[heard.token] == "poss" and words.head[heard.token] in ancestors:
                score += 2.5
            if best is None or (score, heard.token) > best:
                best, chosen = (score, heard.token), heard
        return chosen

    def _own_subjects(self, verb: int) -> set[int]:
        """Who does what a verb says, also where control, coordination or a relative clause hands it on."""
        words = self.words
        found: set[int] = set()
        for _ in range(5):
            subjects = [c for c in words.children[verb] if words.dep[c] in SUBJECTS]
            found.update(subjects)
            if subjects and not any(words.tag[c] in ("WDT", "WP") for c in subjects):
                break
            governor = words.head[verb]
            if governor == verb:
                break
            if words.dep[verb] in ("relcl", "acl"):
                found.add(self._first_conjunct(governor))
                break
            if words.dep[verb] in ("xcomp", "ccomp", "pcomp", "prep"):
                found.update(c for c in words.children[governor] if words.dep[c] == "dobj")
            verb = governor
        return found

    def _arguments(self, verb: int) -> list[int]:
        words = self.words
        found = []
        for child in words.children[verb]:
            if words.dep[child] in ("prep", "agent", "dative"):
                found += words.children[child]
            found.append(child)
        return found

    def _coordination(self, heard: Heard) -> list[Heard]:
        """Those coordinated with a mention, itself included, in order."""
        first = self._first_coordinated(heard.token)
        found, seen = [], set()
        for other in self._sentences[heard.sentence]:
            if self._first_coordinated(other.token) == first and other.mention.entity.id not in seen:
                seen.add(other.mention.entity.id)
                found.append(other)
        return found if len(found) > 1 else self._side_by_side(heard)

    def _side_by_side(self, heard: Heard) -> list[Heard]:
        """Mentions that "and" joins in the words, where the parser joined them otherwise."""
        alike = [
            h for h in self._sentences[heard.sentence]
            if h.mention.category == heard.mention.category and h.original
            and h.mention.category in ("person", "state", "organ", "organization")
        ]  # fmt: skip
        for first, second in pairwise(alike):
            if (
                heard in (first, second)
                and first.mention.entity.id != second.mention.entity.id
                and self._joined(first.token, second.token)
            ):
                return [first, second]
        return [heard]

    def _joined(self, first: int, second: int) -> bool:
        words = self.words
        between = range(first + 1, second)
        if "and" not in words.lower[first + 1 : second] or len(between) > 8:
            return False
        return all(words.pos[j] in ("PROPN", "NOUN", "ADJ", "DET", "CCONJ") or words.text[j] in "-–," for j in between)

    def _first_coordinated(self, i: int) -> int:
        words = self.words
        for _ in range(20):
            if (
                words.dep[i] != "conj"
                or words.head[i] == i
                or words.pos[words.head[i]] not in ("NOUN", "PROPN", "ADJ", "PRON")
            ):
                break
            i = words.head[i]
        return i

    def _standing(
        self, heard: Heard, i: int, head: int | None = None, start: int | None = None
    ) -> tuple[ActorMention, ...]:
        """The mention as another phrase repeats it."""
        words = self.words
        mention = heard.mention
        span = (i if start is None else start, i + 1)
        phrase = words.span_text(*span)
        role = "the subject " if heard.subject else ""
        reason = f"{phrase!r} stands for {mention.name}, {role}before it"
        return (
            self.context.mention(
                mention.entity, mention.name, span, mention.state, reason, mention.category,
                plural=mention.plural, named=False, head=i if head is None else head,
            ),
        )  # fmt: skip


def quotations(texts: Sequence[str]) -> list[int]:
    """Number of the quotation that each token stands in; 0 outside.

    >>> quotations(["He", '"', "left", '"', "."])
    [0, 1, 1, 0, 0]
    """
    found, current, count = [], 0, 0
    for text in texts:
        if text == "“" or (text == '"' and not current):
            count += 1
            current = count
        elif text in ("”", '"', "\n", "\n\n"):
            current = 0
        found.append(current)
    return found
