"""Explaining: the sentences behind a claim or an entity, the words marked, the frame and the reasons for the links.

What is vouched for, what is planned or open, and what somebody claims are kept apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.claims import Claim, ClaimRef, Entity, Evidence, Mention, Role, Span
from kg.errors import QueryError
from kg.mapping import ClaimReader
from kg.ontology import Ontology
from kg.quads import iri
from kg.queries.lookup import base_of, find_entity
from kg.queries.parameters import is_iri
from kg.store.interface import Store

_CLAIM: Final = re.compile(r"^(?:claim/)?([0-9a-f]{20})$")
_HEADINGS: Final = {
    "facts": "Stated as fact",
    "open": "Planned, conditional, possible or denied",
    "reported": "Claimed by others",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a graph says of one entity or claim, and on what words it rests.

    Attributes:
        iri: IRI of the entity or claim.
        label: its name; of a claim, the claim in words.
        claims: the claims, sorted, each with its evidence.
        nested: claims that these refer to, by key, in words.
    """

    iri: str
    label: str
    claims: tuple[Claim, ...]
    nested: dict[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[Claim, ...]:
        """What the texts vouch for."""
        return tuple(c for c in self.claims if c.vouched)

    @property
    def open(self) -> tuple[Claim, ...]:
        """What the texts present as planned, conditional, possible or denied."""
        return tuple(c for c in self.claims if not c.vouched and c.holder is None)

    @property
    def reported(self) -> tuple[Claim, ...]:
        """What somebody claims."""
        return tuple(c for c in self.claims if c.holder is not None)

    def as_text(self) -> str:
        """The explanation to be read on a terminal: sentences with ``[role: words]`` marked."""
        return "\n".join(_lines(self)) + "\n"

    def as_json(self) -> dict[str, object]:
        """The explanation as plain values."""
        return {
            "iri": self.iri,
            "label": self.label,
            **{name: [_as_json(c) for c in getattr(self, name)] for name in _HEADINGS},
        }


def explain(source: Store, what: str, *, document: str | None = None, ontology: Ontology | None = None) -> Explanation:
    """The sentences that state a claim or name an entity.

    Args:
        source: the graph.
        what: an entity by label, code, id or IRI, or a claim by key, id or IRI.
        document: only what this document says, by its id.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.

    Raises:
        QueryError: nothing in the graph is called that, or several things are.
    """
    reader = ClaimReader(source, ontology)
    node = _claim_node(source, what)
    if node is None:
        address = what if is_iri(what) else find_entity(source, what)
        found = _claims_about(source, reader, iri(address))
    else:
        address = node[1:-1]
        found = [claim for claim in [reader.claim(node, with_evidence=True)] if claim is not None]
    if document is not None:
        found = [c.with_evidence(tuple(e for e in c.evidence if e.document == document)) for c in found]
        found = [c for c in found if c.evidence]
    if not found:
        where = f" in {document}" if document else ""
        raise QueryError(f"nothing is said of {what}{where}", hint="kg query find -p name=… shows what there is")
    label = in_words(found[0]) if node is not None else reader.entity(iri(address)).label
    return Explanation(address, label, tuple(sorted(found)), dict(_nested(source, reader, found)))


def in_words(claim: Claim, nested: dict[str, str] | None = None) -> str:
    """A claim as one line.

    >>> chile, peru = Entity("state/CHL", "State", "Chile"), Entity("state/PER", "State", "Peru")
    >>> in_words(Claim("Aid", (Role("actor", chile), Role("target", peru)), modality="planned"))
    'Aid (planned): actor Chile, target Peru'
    """
    notes: list[str] = [claim.modality] if claim.modality != "actual" else []
    notes += [f"performance {claim.performance}"] if claim.performance else []
    notes += ["denied"] if claim.negated else []
    head = f"{claim.kind} ({', '.join(notes)})" if notes else claim.kind
    parts = [f"{role.name} {_filler(role, nested or {})}" for role in claim.roles]
    parts += [f"at {claim.place.label}"] if claim.place else []
    parts += [f"time {claim.time.value or f'“{claim.time.words}”'}"] if claim.time else []
    parts += [f"condition “{claim.condition.words}”"] if claim.condition else []
    parts += [f"according to {claim.holder.label}"] if claim.holder else []
    return f"{head}: {', '.join(parts)}" if parts else head


def _filler(role: Role, nested: dict[str, str]) -> str:
    match role.filler:
        case Entity(label=label):
            return label
        case ClaimRef(key=key):
            return f"[{nested.get(key, key)}]"
        case str(words) if role.name in ("words", "what", "theme"):
            return f"“{words}”"
        case other:
            return str(other)


def marked(sentence: Span, marks: Iterable[tuple[str, Span]]) -> str:
    """A sentence with its words marked; a mark inside another is left to the outer one.

    >>> marked(Span(10, 23, "Chile aids it"), [("actor", Span(10, 15, "Chile"))])
    '[actor: Chile] aids it'
    """
    text, position = [], sentence.start
    for name, span in sorted(marks, key=lambda m: (m[1].start, -m[1].end, m[0])):
        if position <= span.start and span.end <= sentence.end:
            text += [sentence.words[position - sentence.start : span.start - sentence.start], f"[{name}: {span.words}]"]
            position = span.end
    return " ".join("".join([*text, sentence.words[position - sentence.start :]]).split())


def _claim_node(source: Store, what: str) -> str | None:
    """Term of a claim that is named by key, id or IRI; None if something else is named."""
    key = _CLAIM.match(what.rpartition("/")[2] if "/claim/" in what else what)
    if key is None:
        return None
    address = what if "://" in what else f"{base_of(source)}claim/{key.group(1)}"
    if not any(source.quads(subject=iri(address))):
        raise QueryError(f"there is no claim {what}", hint="kg explain NAME shows the claims about an actor")
    return iri(address)


def _claims_about(source: Store, reader: ClaimReader, node: str) -> list[Claim]:
    subjects = sorted({quad.subject for quad in source.quads(object=node)} | {node})
    kind = iri(Ontology.load().prop("kind"))
    claims = [s for s in subjects if any(source.quads(subject=s, predicate=kind))]
    found = (reader.claim(subject, with_evidence=True) for subject in claims)
    return [claim for claim in found if claim is not None]


def _nested(source: Store, reader: ClaimReader, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    base = base_of(source)
    for claim in claims:
        for role in claim.roles:
            if isinstance(role.filler, ClaimRef):
                inner = reader.claim(iri(f"{base}claim/{role.filler.key}"))
                if inner is not None:
                    yield role.filler.key, in_words(inner)


def _lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.label
    yield explanation.iri
    for name, heading in _HEADINGS.items():
        claims: tuple[Claim, ...] = getattr(explanation, name)
        if claims:
            yield ""
            yield f"{heading} ({len(claims)})"
        for claim in claims:
            yield f"  {in_words(claim, explanation.nested)}"
            yield f"    claim/{claim.key}"
            for evidence in claim.evidence:
                yield from (f"      {line}" for line in _evidence_lines(evidence))


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    trigger = [("trigger", evidence.trigger)] if evidence.trigger else []
    yield marked(evidence.sentence, [*trigger, *((m.role, m.span) for m in evidence.mentions)])
    start, end = evidence.sentence.start, evidence.sentence.end
    yield f"{evidence.document}, characters {start} to {end}; frame {evidence.frame}"
    for mention in sorted(evidence.mentions, key=lambda m: (m.span.start, m.role)):
        if mention.reason:
            words = " ".join(mention.span.words.split())
            known = f" is {mention.entity}" if mention.entity else ""
            yield f"{mention.role} “{words}”{known}: {mention.reason}"


def _as_json(claim: Claim) -> dict[str, object]:
    return {
        "claim": claim.key,
        "kind": claim.kind,
        "words": in_words(claim),
        "modality": claim.modality,
        "negated": claim.negated,
        "holder": claim.holder.label if claim.holder else None,
        "condition": claim.condition.words if claim.condition else None,
        "time": claim.time.value if claim.time else None,
        "evidence": [
            {
                "document": e.document,
                "sentence": _span(e.sentence),
                "trigger": _span(e.trigger) if e.trigger else None,
                "frame": e.frame,
                "mentions": [_mention(m) for m in e.mentions],
            }
            for e in claim.evidence
        ],
    }


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.words}


def _mention(mention: Mention) -> dict[str, object]:
    return {"role": mention.role, "entity": mention.entity, "reason": mention.reason, **_span(mention.span)}
