"""The interchange format: one JSON object a line, ``{"id", "date", "text", "facts": [...]}``.

A person can write it by hand, `kg.evaluate` scores it. A fact gives names as the text has them; so it is made from a
claim and its evidence in one document. Claims of kinds outside the nine types are left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from kg.claims import Claim, Entity, Evidence, Mention, Modality
from kg.documents import Document

#: A fact as JSON has it: its ``type`` and the keys of that type.
Fact: TypeAlias = dict[str, Any]

#: The kinds that are events: the sixteen acts, by the name that the format gives them.
ACTS: Final = frozenset({
    "Agree", "Consult", "Support", "Cooperate", "Aid", "Concede", "Retreat", "Request", "Accuse", "Reject", "Threaten",
    "Protest", "Sanction", "Mobilize", "Coerce", "Assault",
})  # fmt: skip

#: Types of facts, in the order in which a document's facts are written.
TYPES: Final = ("office", "member", "leads", "count", "party", "guarantee", "force", "quote", "event")

_OF_KIND: Final = {
    "Tenure": "office", "memberOf": "member", "leads": "leads", "Size": "count", "partyTo": "party",
    "Guarantee": "guarantee", "Deployment": "force", "Quotation": "quote",
} | dict.fromkeys(sorted(ACTS), "event")  # fmt: skip

#: What the parts of a multinational body have: no state, even where their leader has one.
_STATELESS: Final = frozenset({"Force", "Mechanism", "Coalition", "Meeting", "Agreement"})


def facts(document: Document, claims: Iterable[Claim]) -> list[Fact]:
    """Facts of one document, sorted by type, then by where the text states them.

    Args:
        document: the document.
        claims: claims, of which those with evidence in the document count; equal ones are one fact.
    """
    found: dict[str, tuple[tuple[int, int, int], Fact]] = {}
    claims = list(claims)
    # What a commitment shall bring about or prevent is told with it, and is no event of its own.
    purposes = {ref for claim in claims for ref in claim.fillers("purpose")}
    for claim in claims:
        kind = _OF_KIND.get(claim.kind) if claim.ref not in purposes else None
        evidence = next((item for item in claim.evidence if item.document == document.id), None)
        if kind is not None and evidence is not None:
            fact = _Maker(claim, evidence).fact(kind)
            where = evidence.trigger or evidence.sentence
            place = (TYPES.index(kind), where.start, where.end)
            found[claim.key] = min(found.get(claim.key, (place, fact)), (place, fact), key=lambda pair: pair[0])
    return [fact for _, fact in sorted(found.values(), key=lambda pair: (pair[0], json.dumps(pair[1], sort_keys=True)))]


def line(document: Document, found: Iterable[Fact]) -> str:
    r"""A line of the interchange format, ended by a newline.

    >>> line(Document("a", "Talks open.", "2025-03-06"), [])
    '{"id": "a", "date": "2025-03-06", "text": "Talks open.", "facts": []}\n'
    """
    row: dict[str, object] = {"id": document.id, "date": document.date, "text": document.text, "facts": list(found)}
    if document.date is None:
        del row["date"]
    return json.dumps(row, ensure_ascii=False) + "\n"


class _Maker:
    """Makes the fact that a claim states in one document."""

    def __init__(self, claim: Claim, evidence: Evidence) -> None:
        self.claim = claim
        self.evidence = evidence
        self.mentions = sorted(evidence.mentions, key=lambda m: (m.span.start, m.span.end, m.role, m.entity))

    def fact(self, kind: str) -> Fact:
        """The keys of its type, then what else there is to say."""
        makers: dict[str, Callable[[], Fact]] = {
            "office": self._office, "member": self._member, "leads": self._leads, "count": self._count,
            "party": self._party, "guarantee": self._guarantee, "force": self._force, "quote": self._quote,
            "event": self._event,
        }  # fmt: skip
        fact: Fact = {"type": kind, **makers[kind]()}
        fact.update((key, value) for key, value in self._standing() if key not in fact)
        return fact

    # -- types ---------------------------------------------------------------------------------------------------

    def _office(self) -> Fact:
        status = self._text("status") or "current"
        office = self._one("office")
        role = (office["name"] if office else "").lower()
        if status == "acting":
            status, role = "current", role if "acting" in role.split() else f"acting {role}"
        return {"person": self._one("person"), "role": role, "of": self._one("of"), "status": status}

    def _member(self) -> Fact:
        return {"member": self._one("subject"), "group": self._group()}

    def _leads(self) -> Fact:
        return {"leader": self._one("subject"), "group": self._group()}

    def _count(self) -> Fact:
        of = self._one("of")
        number = next((n for n in self.claim.fillers("number") if isinstance(n, int)), None)
        return {"of": of["name"] if of else None, "what": self._text("what"), "number": number}

    def _party(self) -> Fact:
        agreement = self._one("object")
        return {"who": self._one("subject"), "agreement": agreement["name"] if agreement else ""}

    def _guarantee(self) -> Fact:
        modality: Modality = self.claim.performance or self.claim.modality
        condition = self.claim.condition.words if self.claim.condition else None
        by, beneficiaries = self._actors("providedBy"), self._actors("beneficiary")
        what = self._text("what") or (self.evidence.trigger.words if self.evidence.trigger else "")
        return {"by": by, "for": beneficiaries, "what": what, "condition": condition, "modality": modality}

    def _force(self) -> Fact:
        force = self._one("force")
        condition = self.claim.condition.words if self.claim.condition else None
        name = force["name"] if force else ""
        return {"name": name, "place": self._place(), "condition": condition, "modality": self.claim.modality}

    def _quote(self) -> Fact:
        return {"speaker": self._one("speaker"), "text": self._text("words")}

    def _event(self) -> Fact:
        claim, trigger = self.claim, self.evidence.trigger
        return {
            "event": claim.kind.upper(), "actor": self._actors("actor"), "target": self._actors("target"),
            "trigger": trigger.words if trigger else "", "modality": claim.modality, "negated": claim.negated,
            "holder": self._actor("holder", claim.holder) if claim.holder else None, "place": self._place(),
        }  # fmt: skip

    # -- parts ---------------------------------------------------------------------------------------------------

    def _standing(self) -> Iterator[tuple[str, object]]:
        """Keys that any fact may have, where they say something."""
        claim = self.claim
        if claim.modality != "actual":
            yield "modality", claim.modality
        if claim.negated:
            yield "negated", True
        if claim.holder:
            yield "holder", self._actor("holder", claim.holder)
        if claim.condition:
            yield "condition", claim.condition.words
        if claim.place:
            yield "place", self._place()
        if claim.time and claim.time.value:
            yield "date", claim.time.value
        yield "frame", self.evidence.frame

    def _text(self, role: str) -> str:
        return next((text for text in self.claim.fillers(role) if isinstance(text, str)), "")

    def _actors(self, role: str) -> list[Fact]:
        """Fillers of a role in the order in which the text names them."""
        entities = [filler for filler in self.claim.fillers(role) if isinstance(filler, Entity)]
        entities.sort(key=lambda entity: (self._position(role, entity), entity.id))
        return [self._actor(role, entity) for entity in entities]

    def _one(self, role: str) -> Fact | None:
        return next(iter(self._actors(role)), None)

    def _group(self) -> Fact | None:
        """The group that is led or joined."""
        group = self._one("object")
        kinds = {filler.kind for filler in self.claim.fillers("object") if isinstance(filler, Entity)}
        return {**group, "state": None} if group and kinds <= _STATELESS else group

    def _actor(self, role: str, entity: Entity) -> Fact:
        mention = self._mention(role, entity)
        name = (mention.name or mention.span.words) if mention else entity.label
        return {"name": " ".join(name.split()), "state": (mention.state if mention else None) or entity.state}

    def _place(self) -> str | None:
        return self._actor("place", self.claim.place)["name"] if self.claim.place else None

    def _mention(self, role: str, entity: Entity) -> Mention | None:
        return next((m for m in self.mentions if m.role == role and m.entity == entity.id), None)

    def _position(self, role: str, entity: Entity) -> int:
        mention = self._mention(role, entity)
        return mention.span.start if mention else len(self.evidence.sentence.words) + self.evidence.sentence.end
