"""What pronouns and definite descriptions stand for, once for every later room.

Candidates are the mentions before; agreement in number and sort is required, then subjects are preferred to other
parts, near ones to far ones, and an argument of the same verb is ruled out ("Russia struck it").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.actors.context import TextContext
from kg.actors.model import ActorMention

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_PERSONAL: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_NEUTRAL: Final = frozenset({"it", "its", "itself"})
_PLURAL: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_IMPERSONAL: Final = frozenset(
    "be seem appear remain become take rain snow turn emerge happen look".split()
)
_AGENTIVE: Final = frozenset(
    "say announce agree declare accuse sign send deploy attack launch impose demand urge call condemn support reject refuse "
    "offer promise withdraw claim deny host recognize recognise join ban expel arrest plan want seek".split()
)
_ONE_BODY: Final = frozenset({"state", "organ", "organization", "group", "force"})
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2, "seven": 7}
_REACH: Final = 3
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
        self.heard: list[Heard] = []
        self.things: list[int] = []
        self.quoted = quotations(context.words.text)

    def hear(self, mentions: Iterable[ActorMention], token: int, *, place: bool = False, original: bool = True) -> None:
        """Add what a token names."""
        words = self.words
        subject = words.dep[self._first_conjunct(token)] in _SUBJECTS
        for mention in mentions:
            self.heard.append(Heard(mention, token, words.sentence[token], subject, place, self._verb(token), original))

    # -- syntax ---------------------------------------------------------------------------------------------------

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

    # -- pronouns -------------------------------------------------------------------------------------------------

    def pronoun(self, i: int) -> tuple[ActorMention, ...]:
        """What a pronoun stands for, the reason rewritten; empty where nothing fits."""
        lower = self.words.lower[i]
        if lower in _PERSONAL:
            return self._best(i, lambda h: h.mention.category == "person" and not h.mention.plural)
        if lower in _NEUTRAL:
            if lower == "it" and self._is_impersonal(i):
                return ()
            return self._neutral(i)
        if lower in _PLURAL:
            return self._plural(i)
        return ()

    def _neutral(self, i: int) -> tuple[ActorMention, ...]:
        """What "it" stands for: a state or body, unless a thing named since fits as well."""
        chosen = self._choose(i, [h for h in self.heard if h.mention.category in _ONE_BODY and not h.mention.plural])
        if chosen is None or (self._acts(i) is False and self._thing_between(i, chosen)):
            return ()
        return self._standing(chosen, i)

    def _acts(self, i: int) -> bool | None:
        """Whether a pronoun must be an actor (it says, agrees), may be a thing, or leaves it open (its)."""
        words = self.words
        if words.dep[i] in _SUBJECTS:
            verb = words.head[i]
            agentive = words.dep[i] == "nsubj" and any(words.dep[c] in ("ccomp", "xcomp") for c in words.children[verb])
            return True if agentive or words.lemma[verb] in _AGENTIVE else None
        return None if words.tag[i] == "PRP$" else False

    def _thing_between(self, i: int, chosen: Heard) -> bool:
        """Whether a thing stands between a mention and a pronoun as object, near enough to be meant."""
        words = self.words
        return any(
            chosen.token < thing < i and i - thing < 25 and words.sentence[i] - words.sentence[thing] <= 1
            and self._verb(thing) != self._verb(i) for thing in self.things
        )  # fmt: skip

    def _is_impersonal(self, i: int) -> bool:
        words = self.words
        if words.dep[i] == "expl":
            return True
        verb = words.head[i]
        if words.dep[i] not in _SUBJECTS:
            return words.dep[i] == "pobj" and words.lower[verb] in ("under", "by", "upon", "without")
        if words.lemma[verb] == "be" and any(
            words.dep[c] == "attr" and any(words.dep[d] == "relcl" for d in words.children[c]) for c in words.children[verb]
        ):
            return True
        clausal = any(words.dep[c] in ("ccomp", "xcomp", "csubj", "acomp", "advcl") for c in words.children[verb] if c > verb)
        if words.lemma[verb] in _IMPERSONAL:
            return clausal or any(words.pos[c] == "ADJ" for c in words.children[verb])
        return words.dep[i] == "nsubjpass" and any(words.dep[c] == "ccomp" for c in words.children[verb])

    def _best(self, i: int, fits: "object") -> tuple[ActorMention, ...]:
        assert callable(fits)
        chosen = self._choose(i, [h for h in self.heard if h.token != i and fits(h)])
        return self._standing(chosen, i) if chosen else ()

    def _choose(self, i: int, candidates: Sequence[Heard]) -> Heard | None:
        words = self.words
        sentence = words.sentence[i]
        verb = self._verb(i)
        owner = words.tag[i] in ("PRP$", "WP$")
        plural = words.lower[i] in _PLURAL
        ancestors = self.ancestors(i)
        subjects = set() if owner or words.dep[i] in _SUBJECTS else self._own_subjects(verb)
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
            subjects = [c for c in words.children[verb] if words.dep[c] in _SUBJECTS]
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

    def _plural(self, i: int) -> tuple[ActorMention, ...]:
        chosen = self._choose_plural(i)
        group = self._coordination(chosen) if chosen is not None else self._two_people(i)
        return tuple(m for heard in group for m in self._standing(heard, i))

    def _two_people(self, i: int) -> list[Heard]:
        """The only two people of the sentence so far ("X meets with Y, where they sign")."""
        people: dict[str, Heard] = {}
        for heard in self.heard:
            if heard.sentence == self.words.sentence[i] and heard.mention.category == "person" and heard.token < i:
                people.setdefault(heard.mention.entity.id, heard)
        return list(people.values()) if len(people) == 2 else []

    def _choose_plural(self, i: int) -> Heard | None:
        def fits(heard: Heard) -> bool:
            mention = heard.mention
            return mention.plural or len(self._coordination(heard)) > 1 or mention.category in ("organ", "organization", "group", "force")

        return self._choose(i, [h for h in self.heard if fits(h)])

    def _coordination(self, heard: Heard) -> list[Heard]:
        """Those coordinated with a mention, itself included, in order."""
        first = self._first_coordinated(heard.token)
        found, seen = [], set()
        for other in self.heard:
            if other.sentence == heard.sentence and self._first_coordinated(other.token) == first and other.mention.entity.id not in seen:
                seen.add(other.mention.entity.id)
                found.append(other)
        return found if len(found) > 1 else self._side_by_side(heard)

    def _side_by_side(self, heard: Heard) -> list[Heard]:
        """Mentions that "and" joins in the words, where the parser joined them otherwise ("minister A and minister B")."""
        alike = [
            h for h in self.heard
            if h.sentence == heard.sentence and h.mention.category == heard.mention.category and h.original
            and h.mention.category in ("person", "state", "organ", "organization")
        ]  # fmt: skip
        for first, second in zip(alike, alike[1:], strict=False):
            if heard in (first, second) and first.mention.entity.id != second.mention.entity.id and self._joined(first.token, second.token):
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
            if words.dep[i] != "conj" or words.head[i] == i or words.pos[words.head[i]] not in ("NOUN", "PROPN", "ADJ", "PRON"):
                break
            i = words.head[i]
        return i

    def _standing(self, heard: Heard, i: int, head: int | None = None, start: int | None = None) -> tuple[ActorMention, ...]:
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

    def ahead(self, i: int) -> tuple[ActorMention, ...]:
        """What a pronoun stands for that comes before its name ("In his address, Jane Roe …"): the first subject after it."""
        words = self.words
        lower = words.lower[i]
        if lower not in _PERSONAL | _NEUTRAL | {"their", "they"}:
            return ()
        for heard in self.heard:
            if heard.sentence != words.sentence[i] or heard.token <= i or not heard.subject or not heard.mention.named:
                continue
            personal = heard.mention.category == "person"
            if lower in ("their", "they"):
                group = self._coordination(heard)
                return tuple(m for h in group for m in self._standing(h, i)) if len(group) > 1 or heard.mention.plural else ()
            if personal == (lower in _PERSONAL):
                return self._standing(heard, i)
        return ()

    # -- definite descriptions ------------------------------------------------------------------------------------

    def relative(self, i: int, at: "dict[int, tuple[ActorMention, ...]]") -> tuple[ActorMention, ...]:
        """What a relative pronoun stands for: the noun that its clause modifies."""
        words = self.words
        j = i
        for _ in range(15):
            if words.dep[j] == "relcl":
                return at.get(words.head[j], ())
            if words.head[j] == j:
                return ()
            j = words.head[j]
        return ()

    def the_state(self, i: int, start: int, exclude: frozenset[str] = frozenset()) -> tuple[ActorMention, ...]:
        """What "the country" stands for: a state before it that is no argument of the same verb."""
        verb = self._verb(i)
        arguments = {h.mention.state for h in self.heard if h.verb == verb and h.token in self._arguments(verb)}
        owned = {h.mention.state for h in self.heard if self.words.dep[h.token] == "poss" and self.words.head[h.token] == verb}
        ruled_out = (arguments | owned | exclude) if self.words.dep[i] not in ("poss",) else exclude
        for barred in (ruled_out, exclude):
            heard = self._recent_state(i, frozenset(s for s in barred if s))
            if heard is not None:
                state = self.context.state_entity(heard.mention.state or "")
                mention = replace(heard.mention, entity=state, name=state.label, category="state", plural=False)
                named_so = next((h.mention.name for h in reversed(self.heard) if h.mention.entity.id == state.id and h.mention.category == "state"), state.label)
                standing = Heard(mention, heard.token, heard.sentence, heard.subject, heard.place, heard.verb, True)
                (found,) = self._standing(standing, i, start=start)
                return (replace(found, name=named_so),)
        return ()

    def _recent_state(self, i: int, exclude: frozenset[str]) -> Heard | None:
        best: tuple[float, int] | None = None
        chosen = None
        sentence = self.words.sentence[i]
        for heard in self.heard:
            code = heard.mention.state
            if code is None or code in exclude or heard.token >= i or sentence - heard.sentence > _REACH:
                continue
            if heard.mention.category not in ("state", "organ", "person", "region", "organization"):
                continue
            score = -1.2 * (sentence - heard.sentence) - 0.04 * min(i - heard.token, 40)
            score += 1.2 * (heard.mention.category == "state") + 0.8 * heard.place + 0.6 * heard.subject
            if best is None or (score, heard.token) > best:
                best, chosen = (score, heard.token), heard
        return chosen

    def the_group(self, i: int, start: int, lemma: str) -> tuple[ActorMention, ...]:
        """What "the group", "the party" stands for: a body before it whose name allows it."""

        def fits(heard: Heard) -> bool:
            mention = heard.mention
            if mention.entity.kind == "Actor" or mention.category not in ("organization", "group", "force", "organ"):
                return False
            if not heard.original or (mention.plural and not mention.named):
                return False
            if mention.category == "organ" and lemma not in mention.name.lower():
                return False
            if not mention.named:
                return lemma in mention.name.lower().split()
            return self._is_a(mention, lemma)

        chosen = self._choose(i, [h for h in self.heard if fits(h)])
        return self._standing(chosen, i, start=start) if chosen else ()

    def _is_a(self, mention: ActorMention, lemma: str) -> bool:
        """Whether a named body may be called so: "party", "company" must not be said of just any."""
        words = mention.name.lower().split()
        category = (self.context.gazetteer.category(mention.entity.id) or "").lower()
        bodies = {
            "party": ("party",), "company": ("company",), "airline": ("company",), "firm": ("company",),
            "bloc": ("international", "alliance", "bloc"), "alliance": ("international", "alliance"),
            "militia": ("armed",), "rebel": ("armed",), "militant": ("armed",), "insurgent": ("armed",), "cartel": ("armed", "criminal"),
            "court": ("court",), "agency": ("agency", "international"), "bank": ("bank",), "council": ("international",), "union": ("international",),
        }  # fmt: skip
        if lemma not in bodies or lemma in words:
            return lemma not in ("court", "council", "bank", "union", "commission", "committee", "league", "parliament", "ministry") or lemma in words
        return any(word in category for word in bodies[lemma]) or not category

    def the_person(self, i: int, start: int, roles: dict[str, list[str]], lemma: str) -> tuple[ActorMention, ...]:
        """What "the president" stands for: a person before it who bears that title."""

        def fits(heard: Heard) -> bool:
            return heard.mention.category == "person" and heard.mention.named and lemma in roles.get(heard.mention.entity.id, ())

        chosen = self._choose(i, [h for h in self.heard if fits(h)])
        return self._standing(chosen, i, start=start) if chosen else ()

    def several(self, i: int, start: int, count: int, sort: str) -> tuple[ActorMention, ...]:
        """What "both countries", "the two sides" stand for: the last so many that are coordinated, or named."""
        picked: list[Heard] = []
        for heard in reversed(self.heard):
            if heard.token >= i or not self._of_sort(heard, sort):
                continue
            group = [h for h in self._coordination(heard) if h.token < i and self._of_sort(h, sort)]
            keys = {self._key(h, sort) for h in group}
            if len(keys) == count:
                picked = group
                break
        if not picked:
            seen: set[str] = set()
            for heard in reversed(self.heard):
                if heard.token < i and self._of_sort(heard, sort) and self._key(heard, sort) not in seen and self.words.sentence[i] - heard.sentence <= _REACH:
                    seen.add(self._key(heard, sort))
                    picked.insert(0, heard)
                if len(picked) == count:
                    break
        if len(picked) != count:
            return ()
        found: list[ActorMention] = []
        for heard in picked:
            for mention in self._standing(heard, i, start=start):
                if sort in ("state",) and mention.state:
                    state = self.context.state_entity(mention.state)
                    name = mention.name if mention.entity.id == state.id else state.label
                    mention = replace(mention, entity=state, name=name, category="state", plural=False)
                if mention.entity.id not in {m.entity.id for m in found}:
                    found.append(mention)
        return tuple(found)

    def _of_sort(self, heard: Heard, sort: str) -> bool:
        mention = heard.mention
        if sort == "person":
            return mention.category == "person"
        if sort == "state":
            return mention.state is not None and mention.category in ("state", "organ", "person", "region")
        if mention.category == "person" and mention.state:
            return False
        if mention.entity.kind == "Actor" or (mention.category == "organization" and not mention.named):
            return False
        return mention.category in ("state", "organ", "organization", "group", "force")

    def _key(self, heard: Heard, sort: str) -> str:
        if sort == "person":
            return heard.mention.entity.id
        return heard.mention.state or heard.mention.entity.id

    def latter(self, i: int, *, first: bool) -> tuple[ActorMention, ...]:
        """What "the latter" or "the former" stands for."""
        before = [h for h in self.heard if h.token < i and h.original and h.mention.category != "region"]
        for heard in reversed(before):
            group = self._coordination(heard)
            if len(group) > 1:
                return self._standing(group[0] if first else group[-1], i)
        return self._standing(before[-1], i) if before and not first else ()


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


def number(word: str) -> int | None:
    """How many "both", "two", "three" are.

    >>> number("both"), number("many")
    (2, None)
    """
    return _NUMBERS.get(word)
