"""What pronouns and definite descriptions stand for, once for every later room.

Candidates are the mentions before; agreement in number and sort is required, then subjects are preferred to other
parts, near ones to far ones, and an argument of the same verb is ruled out ("Russia struck it").
"""

from dataclasses import replace
from typing import Final

from kg.actors.discourse import PLURAL_PRONOUNS, SUBJECTS, Discourse, Heard
from kg.actors.model import ActorMention
from kg.actors.words import listed

_PERSONAL: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_NEUTRAL: Final = frozenset({"it", "its", "itself"})
_ONE_BODY: Final = frozenset({"state", "organ", "organization", "group", "force"})
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2, "seven": 7}
#: Sentences that a definite description looks back.
_REACH: Final = 3
#: What a body must be, by the gazetteer, to be called so.
_CALLED: Final = {
    "party": ("party",), "company": ("company",), "airline": ("company",), "firm": ("company",),
    "bloc": ("international", "alliance", "bloc"), "alliance": ("international", "alliance"),
    "militia": ("armed",), "rebel": ("armed",), "militant": ("armed",), "insurgent": ("armed",),
    "cartel": ("armed", "criminal"), "court": ("court",), "agency": ("agency", "international"), "bank": ("bank",),
    "council": ("international",), "union": ("international",),
}  # fmt: skip
#: What only a body that has the word in its name is called.
_ONLY_BY_NAME: Final = frozenset(
    {"commission", "committee", "league", "parliament", "ministry", "community", "commonwealth", "pool", "cell", "pact",
     "forum", "corps", "battalion", "regiment", "squadron", "initiative", "quartet", "table", "contingent"}
)  # fmt: skip


class Coreference(Discourse):
    """Mentions so far, and what pronouns and definite descriptions make of them.

    Args:
        context: the text.
    """

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
        if lower in PLURAL_PRONOUNS:
            return self._plural(i)
        return ()

    def _neutral(self, i: int) -> tuple[ActorMention, ...]:
        """What "it" stands for: a state or body, unless a thing named since fits as well."""
        chosen = self._choose(
            i, [h for h in self.recent(i) if h.mention.category in _ONE_BODY and not h.mention.plural]
        )
        if chosen is None or (self._acts(i) is False and self._thing_between(i, chosen)):
            return ()
        return self._standing(chosen, i)

    def _acts(self, i: int) -> bool | None:
        """Whether a pronoun must be an actor (it says, agrees), may be a thing, or leaves it open (its)."""
        words = self.words
        if words.dep[i] in SUBJECTS:
            verb = words.head[i]
            agentive = words.dep[i] == "nsubj" and any(words.dep[c] in ("ccomp", "xcomp") for c in words.children[verb])
            return True if agentive or words.lemma[verb] in listed("agentive") else None
        return None if words.tag[i] == "PRP$" else False

    def _thing_between(self, i: int, chosen: Heard) -> bool:
        """Whether a thing stands between a mention and a pronoun as object, near enough to be meant."""
        words = self.words
        return any(
            chosen.token < thing < i and i - thing < 25 and words.sentence[i] - words.sentence[thing] <= 1
            and self._verb(thing) != self._verb(i) for thing in self.things[-40:]
        )  # fmt: skip

    def _is_impersonal(self, i: int) -> bool:
        words = self.words
        if words.dep[i] == "expl":
            return True
        verb = words.head[i]
        if words.dep[i] not in SUBJECTS:
            return words.dep[i] == "pobj" and words.lower[verb] in ("under", "by", "upon", "without")
        if words.lemma[verb] == "be" and any(
            words.dep[c] == "attr" and any(words.dep[d] == "relcl" for d in words.children[c])
            for c in words.children[verb]
        ):
            return True
        clausal = any(
            words.dep[c] in ("ccomp", "xcomp", "csubj", "acomp", "advcl") for c in words.children[verb] if c > verb
        )
        if words.lemma[verb] in ("rain", "snow"):
            return True
        if words.lemma[verb] in listed("impersonal"):
            return clausal or any(words.pos[c] == "ADJ" for c in words.children[verb])
        return words.dep[i] == "nsubjpass" and any(words.dep[c] == "ccomp" for c in words.children[verb])

    def _best(self, i: int, fits: "object") -> tuple[ActorMention, ...]:
        assert callable(fits)
        chosen = self._choose(i, [h for h in self.recent(i) if h.token != i and fits(h)])
        return self._standing(chosen, i) if chosen else ()

    def _plural(self, i: int) -> tuple[ActorMention, ...]:
        chosen = self._choose_plural(i)
        group = self._coordination(chosen) if chosen is not None else self._two_people(i)
        return tuple(m for heard in group for m in self._standing(heard, i))

    def _two_people(self, i: int) -> list[Heard]:
        """The only two people of the sentence so far ("X meets with Y, where they sign")."""
        people: dict[str, Heard] = {}
        for heard in self.recent(i):
            if heard.sentence == self.words.sentence[i] and heard.mention.category == "person" and heard.token < i:
                people.setdefault(heard.mention.entity.id, heard)
        return list(people.values()) if len(people) == 2 else []

    def _choose_plural(self, i: int) -> Heard | None:
        def fits(heard: Heard) -> bool:
            mention = heard.mention
            return (
                mention.plural
                or len(self._coordination(heard)) > 1
                or mention.category in ("organ", "organization", "group", "force")
            )

        return self._choose(i, [h for h in self.recent(i) if fits(h)])

    def ahead(self, i: int) -> tuple[ActorMention, ...]:
        """What a pronoun before its name stands for ("In his address, Jane Roe …"): the first subject after it."""
        words = self.words
        lower = words.lower[i]
        if lower not in _PERSONAL | _NEUTRAL | {"their", "they"}:
            return ()
        for heard in self.recent(i):
            if heard.sentence != words.sentence[i] or heard.token <= i or not heard.subject or not heard.mention.named:
                continue
            personal = heard.mention.category == "person"
            if lower in ("their", "they"):
                group = self._coordination(heard)
                return (
                    tuple(m for h in group for m in self._standing(h, i))
                    if len(group) > 1 or heard.mention.plural
                    else ()
                )
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
        arguments = {h.mention.state for h in self.recent(i) if h.verb == verb and h.token in self._arguments(verb)}
        owned = {
            h.mention.state
            for h in self.recent(i)
            if self.words.dep[h.token] == "poss" and self.words.head[h.token] == verb
        }
        ruled_out = (arguments | owned | exclude) if self.words.dep[i] not in ("poss",) else exclude
        for barred in (ruled_out, exclude):
            heard = self._recent_state(i, frozenset(s for s in barred if s))
            if heard is not None:
                state = self.context.state_entity(heard.mention.state or "")
                mention = replace(heard.mention, entity=state, name=state.label, category="state", plural=False)
                named_so = next(
                    (
                        h.mention.name
                        for h in reversed(self.recent(i))
                        if h.mention.entity.id == state.id and h.mention.category == "state"
                    ),
                    state.label,
                )
                standing = Heard(mention, heard.token, heard.sentence, heard.subject, heard.place, heard.verb, True)
                (found,) = self._standing(standing, i, start=start)
                return (replace(found, name=named_so),)
        return ()

    def _recent_state(self, i: int, exclude: frozenset[str]) -> Heard | None:
        best: tuple[float, int] | None = None
        chosen = None
        sentence = self.words.sentence[i]
        for heard in self.recent(i):
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

        chosen = self._choose(i, [h for h in self.recent(i) if fits(h)])
        return self._standing(chosen, i, start=start) if chosen else ()

    def _is_a(self, mention: ActorMention, lemma: str) -> bool:
        """Whether a named body may be called so: "party", "company" must not be said of just any."""
        words = mention.name.lower().split()
        category = (self.context.gazetteer.category(mention.entity.id) or "").lower()
        if lemma in words or lemma not in _CALLED:
            return lemma in words or lemma not in _ONLY_BY_NAME
        return not category or any(word in category for word in _CALLED[lemma])

    def the_person(self, i: int, start: int, roles: dict[str, list[str]], lemma: str) -> tuple[ActorMention, ...]:
        """What "the president" stands for: a person before it who bears that title."""

        def fits(heard: Heard) -> bool:
            return (
                heard.mention.category == "person"
                and heard.mention.named
                and lemma in roles.get(heard.mention.entity.id, ())
            )

        chosen = self._choose(i, [h for h in self.recent(i) if fits(h)])
        return self._standing(chosen, i, start=start) if chosen else ()

    def several(self, i: int, start: int, count: int, sort: str) -> tuple[ActorMention, ...]:
        """What "both countries", "the two sides" stand for: the last so many that are coordinated, or named."""
        picked: list[Heard] = []
        for heard in reversed(self.recent(i)):
            if heard.token >= i or not self._of_sort(heard, sort):
                continue
            group = [h for h in self._coordination(heard) if h.token < i and self._of_sort(h, sort)]
            keys = {self._key(h, sort) for h in group}
            if len(keys) == count:
                picked = group
                break
        if not picked:
            seen: set[str] = set()
            for heard in reversed(self.recent(i)):
                if (
                    heard.token < i
                    and self._of_sort(heard, sort)
                    and self._key(heard, sort) not in seen
                    and self.words.sentence[i] - heard.sentence <= _REACH
                ):
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
        before = [h for h in self.recent(i) if h.token < i and h.original and h.mention.category != "region"]
        for heard in reversed(before):
            group = self._coordination(heard)
            if len(group) > 1:
                return self._standing(group[0] if first else group[-1], i)
        return self._standing(before[-1], i) if before and not first else ()


def number(word: str) -> int | None:
    """How many "both", "two", "three" are.

    >>> number("both"), number("many")
    (2, None)
    """
    return _NUMBERS.get(word)
