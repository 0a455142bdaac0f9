"""Claims and what they are made of: the one data type of Foedus.

Values are frozen, ordered and hashable. Identity comes from content, never from counters or clocks:

- the **claim key** covers what is claimed and how far (kind, roles, modality, performance, negation, holder, condition,
  and for an act the place and the occasion); equal keys are one claim, whatever the documents;
- the **content key** covers kind and roles only: a plan and its later fulfilment share it;
- the **evidence key** ties a claim key to a document, its spans and the frame that matched.

So merging two sets of claims is a set union. `kg.assembly` has the operations, `kg.facts` the interchange form,
`kg.mapping` the RDF.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

Modality: TypeAlias = Literal["actual", "planned", "conditional", "possible"]

#: Number of hexadecimal digits of a key: 80 bits, so a billion claims collide with odds of about one in a million.
KEY_DIGITS: Final = 20

#: Between parts of what is hashed: a character that no text as read holds (`kg.documents` replaces controls).
_UNIT = "\x1f"


def digest(*parts: str) -> str:
    """Content hash of some strings, as lower-case hexadecimal digits.

    >>> digest("a", "b")
    'f04cdced9736a69da610'
    >>> digest("ab") == digest("a", "b")
    False
    """
    return hashlib.sha256(_UNIT.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]


@dataclass(frozen=True, order=True, slots=True)
class Entity:
    """What words name: a state, a person, a coalition, a force and so on.

    Everything here is a function of ``id`` alone, whatever document names it, so that graphs merge by union; the
    words of a text stand on its `Mention`.

    Attributes:
        id: IRI path below ``id/``: ``state/UKR``, ``person/emmanuel-macron``, ``document/<document>/force/<slug>``.
        kind: local name of its class in the ontology (State, Region, Person, Organization, Coalition, Force,
            Mechanism, Facility, Meeting, Agreement, Conflict, Office, Actor).
        label: canonical English name.
        state: ISO 3166-1 alpha-3 code of the state that it is, governs, serves or belongs to, where the id decides it.
    """

    id: str
    kind: str = field(compare=False)
    label: str = field(compare=False)
    state: str | None = field(default=None, compare=False)


@dataclass(frozen=True, order=True, slots=True)
class ClaimRef:
    """Reference to another claim: what is opposed, promised, feared, or what a condition waits for."""

    key: str
    content: str


Filler: TypeAlias = Entity | ClaimRef | str | int


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a claim: ``Role("actor", entity)``. The name is a property's local name in the ontology.

    Fillers: an entity, another claim, a string or an integer. Individuals of the ontology's vocabularies (a mode, a
    status, an obligation) are strings: the mapper looks up what the property wants.
    """

    name: str
    filler: Filler

    def part(self, *, content: bool = False) -> str:
        """The role as it enters a key; with ``content``, nested claims count by content key."""
        match self.filler:
            case Entity(id=identifier):
                return f"{self.name}=e:{identifier}"
            case ClaimRef(key=key, content=key_of_content):
                return f"{self.name}=c:{key_of_content if content else key}"
            case int(number):
                return f"{self.name}=n:{number}"
            case str(text):
                return f"{self.name}=s:{text}"

    def __lt__(self, other: "Role") -> bool:
        return self.part() < other.part()


@dataclass(frozen=True, order=True, slots=True)
class Time:
    """When: what the text pins down, and its words.

    Attributes:
        value: ISO 8601, as precise as the text: ``2025``, ``2025-03`` or ``2025-03-06``, or an interval of two of them
            with ``..`` for an open end: ``2025-03-06/..``; empty where it stays open.
        words: the text's words (``on Thursday``), empty where it has none.
    """

    value: str
    words: str = field(default="", compare=False)

    @property
    def bounds(self) -> tuple[str, str]:
        """First and last day, as texts that compare like days.

        >>> Time("2025-03").bounds, Time("2025-03-06/..").bounds
        (('2025-03-00', '2025-03-99'), ('2025-03-06', '9999-99-99'))
        """
        first, _, last = self.value.partition("/")
        last = last or first
        low = "" if first == ".." else first + "0000-00-00"[len(first) :]
        return low, "9999-99-99" if last == ".." else last + "9999-99-99"[len(last) :]

    @property
    def precision(self) -> int:
        """Rank: a day before a month, a bounded interval, a year, an open interval, and what stays open.

        >>> [Time(value).precision for value in ("2025-03-06", "2025-03-03/2025-03-09", "2025", "2025/..", "")]
        [0, 2, 3, 4, 5]
        """
        if "/" in self.value:
            return 4 if ".." in self.value else 2
        return {10: 0, 7: 1, 4: 3}.get(len(self.value), 5)


def most_precise(times: Iterable[Time]) -> Time | None:
    """The most precise of some times, of equal ones the first; None of none.

    >>> most_precise([Time("2025-03"), Time("2025-03-06"), Time("2025-03-05")]).value
    '2025-03-05'
    """
    return min(times, key=lambda time: (time.precision, time.value, time.words), default=None)


@dataclass(frozen=True, order=True, slots=True)
class Condition:
    """On what a claim or a performance depends.

    Attributes:
        words: the text's words: ``in case of a new Russian attack``, ``after a ceasefire``.
        occurrence: claims whose occurrence is waited for.
        absence: claims whose absence is waited for (``unless``).
    """

    words: str
    occurrence: tuple[ClaimRef, ...] = ()
    absence: tuple[ClaimRef, ...] = ()

    @property
    def key(self) -> str:
        """Content hash; the condition's IRI ends with it.

        >>> Condition("after a ceasefire").key
        '4830b7d51f0720bcbba3'
        """
        return digest(self.words, *(r.key for r in self.occurrence), "-", *(r.key for r in self.absence))


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters of a document as read: ``document.text[start:end] == words``. Offsets count code points."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, order=True, slots=True)
class Mention:
    """The words that fill a role, and why they were linked to their entity.

    Attributes:
        role: name of the role (``actor``, ``holder``, ``place``, ``time`` …).
        entity: id of the entity (or key of the claim, for a nested one; empty for a time).
        span: the characters.
        name: the mention without determiner, title and apposition, a pronoun or description written as what it
            stands for; the words where empty. Of a time, its value.
        reason: why this entity, in words: ``name in the gazetteer``, ``surname of an earlier mention`` …
        state: alpha-3 code of the state that the text makes it belong to.
    """

    role: str
    entity: str
    span: Span
    name: str = ""
    reason: str = ""
    state: str | None = None


@dataclass(frozen=True, order=True, slots=True)
class Evidence:
    """The exact words of one document that state a claim.

    Attributes:
        document: the document's id.
        sentence: the sentence that states it.
        frame: name of the frame or rule that matched.
        trigger: the word or phrase that names it.
        mentions: the words of each role.
    """

    document: str
    sentence: Span
    frame: str
    trigger: Span | None = None
    mentions: tuple[Mention, ...] = ()

    @property
    def times(self) -> tuple[Time, ...]:
        """When, by these words."""
        found = (m for m in self.mentions if m.role == "time")
        return tuple(Time(m.name, " ".join(m.span.words.split())) for m in found)

    def key(self, claim: str) -> str:
        """Evidence key for the claim whose key is ``claim``."""
        spans = [f"{s.start}-{s.end}" for s in (self.sentence, *((self.trigger,) if self.trigger else ()))]
        roles = sorted(f"{m.role}:{m.entity}:{m.span.start}-{m.span.end}" for m in self.mentions)
        return digest(claim, self.document, self.frame, *spans, *roles)


@dataclass(frozen=True)
class Claim:
    """What documents say: somebody did, holds, promised, deployed, counted or said something.

    Attributes:
        kind: local name of a class (``Assault``, ``Tenure``, ``Guarantee``, ``Deployment``, ``Size``, ``Quotation``)
            or property (``memberOf``, ``leads``, ``partyTo``) of the ontology.
        roles: who and what, sorted; use `make` to build a claim.
        modality: how far the text presents it as done; of a deployment, the performance's.
        performance: of a guarantee, how far what is promised is done; None for other kinds.
        negated: whether the text says that it did not, or will not, happen.
        holder: whose claim it is; None where the text itself vouches.
        condition: on what it depends.
        place: where.
        time: when, as far as the text says.
        occasion: for an act, what tells it from another act alike: its date, else the document's date, else the
            document's id. Empty for other kinds.
        evidence: who says so, sorted.
    """

    kind: str
    roles: tuple[Role, ...] = ()
    modality: Modality = "actual"
    performance: Modality | None = None
    negated: bool = False
    holder: Entity | None = None
    condition: Condition | None = None
    place: Entity | None = None
    time: Time | None = None
    occasion: str = ""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", tuple(sorted(set(self.roles))))
        if len(self.evidence) > 1:
            object.__setattr__(self, "evidence", tuple(sorted(set(self.evidence), key=evidence_order)))

    @cached_property
    def key(self) -> str:
        """Claim key: equal keys are one claim."""
        return digest(
            self.kind,
            *(role.part() for role in self.roles),
            self.modality,
            self.performance or "",
            "not" if self.negated else "",
            self.holder.id if self.holder else "",
            self.condition.key if self.condition else "",
            self.place.id if self.place else "",
            self.occasion,
        )

    @cached_property
    def content_key(self) -> str:
        """Key of kind and roles only, nested claims by content key."""
        return digest(self.kind, *(role.part(content=True) for role in self.roles))

    @property
    def ref(self) -> ClaimRef:
        """Reference to this claim, to nest it in another."""
        return ClaimRef(self.key, self.content_key)

    @property
    def vouched(self) -> bool:
        """Whether the text itself presents it as a fact: actual, not negated, nobody's claim.

        >>> Claim("Assault").vouched, Claim("Assault", modality="planned").vouched
        (True, False)
        """
        return self.modality == "actual" and not self.negated and self.holder is None

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """Fillers of one role, in key order."""
        return tuple(r.filler for r in self.roles if r.name == role)

    def entities(self) -> tuple[Entity, ...]:
        """Every entity of the claim: roles, holder, place."""
        found = {r.filler for r in self.roles if isinstance(r.filler, Entity)}
        return tuple(sorted(found | {e for e in (self.holder, self.place) if e}))

    def with_evidence(self, evidence: tuple[Evidence, ...]) -> "Claim":
        """The same claim resting on other evidence."""
        return replace(self, evidence=evidence)

    def __lt__(self, other: "Claim") -> bool:
        return (self.kind, self.key) < (other.kind, other.key)


def evidence_order(evidence: Evidence) -> tuple[Any, ...]:
    """Sort key for evidence: by document, place in it, frame; the whole content decides ties."""
    sentence, trigger = evidence.sentence, evidence.trigger
    where = (trigger.start, trigger.end, trigger.words) if trigger else (-1, -1, "")
    mentions = tuple((m.role, m.entity, m.span, m.name, m.reason, m.state or "") for m in evidence.mentions)
    return evidence.document, sentence.start, where, evidence.frame, sentence.end, sentence.words, mentions
