"""Claims and documents to quads, driven by the ontology.

What stands in the default graph follows from the keys of claims and the ids of entities alone; what a document's own
words add stands in the document's graph. So mapping two sets of claims and uniting the quads is the same as mapping
their union, and the quads of a document can be taken back.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from kg.assembly import standings_of
from kg.claims import Claim, ClaimRef, Condition, Entity, Evidence, Mention, Span, Time, digest
from kg.documents import Document
from kg.iris import BASE, checked_base, document_path
from kg.mapping import vocabulary as v
from kg.mapping.vocabulary import Vocabulary
from kg.ontology import Ontology
from kg.quads import Quad, iri, literal

#: External IRIs of an entity, by its id.
Links: TypeAlias = Callable[[str], Iterable[str]]

_HOLDING: Final = ("current", "acting")


class Mapper:
    """Maps claims and documents to RDF.

    Args:
        ontology: classes, properties and vocabularies; the shipped ontology unless told otherwise.
        base: base of the IRIs that are minted.
        links: finds the external IRIs of an entity (``schema:sameAs``); none unless told otherwise.
    """

    def __init__(self, ontology: Ontology | None = None, *, base: str = BASE, links: Links | None = None) -> None:
        self.terms: Final = Vocabulary(ontology or Ontology.load())
        self.base: Final = checked_base(base)
        self.links: Final = links
        cls, prop = self.terms.cls, self.terms.prop
        self._claim, self._condition, self._mention = cls("Claim"), cls("Condition"), cls("Mention")
        self._document, self._leader = cls("Document"), cls("Leader")
        self._kind, self._modality, self._negated = prop("kind"), prop("modality"), prop("negated")
        self._performance, self._on = prop("performance"), prop("condition")
        self._place, self._occasion, self._standing = prop("place"), prop("occasion"), prop("standing")
        self._evidence, self._frame, self._trigger = prop("evidence"), prop("frame"), prop("trigger")
        self._has_mention, self._role, self._entity = prop("mention"), prop("role"), prop("entity")
        self._name, self._reason, self._words = prop("name"), prop("reason"), prop("words")
        self._of_state, self._holds = prop("ofState"), prop("holdsOffice")
        self._time, self._from, self._to = prop("time"), prop("timeFrom"), prop("timeTo")
        self._time_words = prop("timeWords")
        self._text, self._sha256 = prop("text"), prop("sha256")

    # ------------------------------------------------------------ what is asked of it

    def quads(self, claims: Iterable[Claim], documents: Iterable[Document], *, with_text: bool = True) -> list[Quad]:
        """Quads of claims and documents, each once.

        Args:
            claims: what was extracted; equal claims may come apart or merged.
            documents: the documents that were read, also those without claims.
            with_text: whether documents keep their text, as a store wants it.
        """
        found = dict.fromkeys(quad for document in documents for quad in self.document(document, with_text=with_text))
        seen: set[str] = set()
        for claim in claims:
            found.update(dict.fromkeys(self.claim(claim)))
            for entity in claim.entities():
                if entity.id not in seen:
                    seen.add(entity.id)
                    found.update(dict.fromkeys(self.entity(entity)))
        return list(found)

    def document(self, document: Document, *, with_text: bool = True) -> Iterator[Quad]:
        """The document's node, in its own graph."""
        node = self.document_iri(document.id)
        yield Quad(node, v.TYPE, self._document, node)
        if document.title:
            yield Quad(node, v.TITLE, literal(document.title), node)
        if document.date:
            yield Quad(node, v.DATE, v.date(document.date), node)
        if document.source:
            yield Quad(node, v.SOURCE, literal(document.source), node)
        if document.sha256:
            yield Quad(node, self._sha256, literal(document.sha256), node)
        if with_text:
            yield Quad(node, self._text, literal(document.text), node)

    def entity(self, entity: Entity) -> Iterator[Quad]:
        """What an entity's id decides: classes, label, state, external matches."""
        node = self.entity_iri(entity.id)
        for type_ in self.terms.types_of(entity.id, entity.kind):
            yield Quad(node, v.TYPE, type_)
        yield Quad(node, v.LABEL, literal(entity.label, language=v.LANGUAGE))
        if entity.state and entity.kind != "State":
            yield Quad(node, self._of_state, self.entity_iri(f"state/{entity.state}"))
        for link in self.links(entity.id) if self.links else ():
            yield Quad(node, v.SAME_AS, iri(link))

    def claim(self, claim: Claim) -> Iterator[Quad]:
        """A claim, what follows from it, and its evidence; not its entities."""
        node = self.claim_iri(claim.key)
        yield from self._described(claim, node)
        yield from self.derived(claim)
        for evidence in claim.evidence:
            yield from self._evidence_of(claim, node, evidence)

    def derived(self, claim: Claim) -> Iterator[Quad]:
        """Triples about entities that stand because of the claim: direct ones, leaders, standings."""
        if claim.vouched and self.terms.is_binary(claim.kind):
            yield from self._direct(claim)
        elif claim.vouched and claim.kind == "Tenure":
            yield from self._tenure(claim)
        for entity, modality in standings_of(claim):
            yield Quad(self.entity_iri(entity.id), self._standing, self.terms.modality(modality))

    # ------------------------------------------------------------ IRIs

    def entity_iri(self, identifier: str) -> str:
        """Term of an entity."""
        return f"<{self.base}{identifier}>"

    def claim_iri(self, key: str) -> str:
        """Term of a claim."""
        return f"<{self.base}claim/{key}>"

    def document_iri(self, document: str) -> str:
        """Term of a document, and of its graph."""
        return f"<{self.base}{document_path(document)}>"

    # ------------------------------------------------------------ the default graph

    def _described(self, claim: Claim, node: str) -> Iterator[Quad]:
        kind, binary = self.terms.kind(claim.kind), self.terms.is_binary(claim.kind)
        yield Quad(node, v.TYPE, self._claim)
        if binary:
            yield Quad(node, v.TYPE, v.STATEMENT)
            yield Quad(node, v.PREDICATE, kind)
        elif claim.vouched:
            yield Quad(node, v.TYPE, kind)
        yield Quad(node, self._kind, kind)
        yield Quad(node, self._modality, self.terms.modality(claim.modality))
        yield Quad(node, self._negated, v.BOOLEAN[claim.negated])
        if claim.performance:
            yield Quad(node, self._performance, self.terms.modality(claim.performance))
        for role in claim.roles:
            yield Quad(node, iri(self.terms.role(role.name).iri), self._filler(role.filler) or self.terms.filler(role))
        if claim.holder:
            yield Quad(node, self.terms.holder, self.entity_iri(claim.holder.id))
        if claim.place:
            yield Quad(node, self._place, self.entity_iri(claim.place.id))
        if claim.occasion:
            yield Quad(node, self._occasion, literal(claim.occasion))
        if claim.condition:
            yield from self._conditioned(node, claim.condition)

    def _filler(self, filler: object) -> str:
        """Term of an entity or a claim; empty for what else can fill a role."""
        match filler:
            case Entity(id=identifier):
                return self.entity_iri(identifier)
            case ClaimRef(key=key):
                return self.claim_iri(key)
        return ""

    def _conditioned(self, claim: str, condition: Condition) -> Iterator[Quad]:
        node = f"<{self.base}condition/{condition.key}>"
        yield Quad(claim, self._on, node)
        yield Quad(node, v.TYPE, self._condition)
        yield Quad(node, self._words, literal(condition.words, language=v.LANGUAGE))
        for name, awaited in (("onOccurrence", condition.occurrence), ("onAbsence", condition.absence)):
            for ref in awaited:
                yield Quad(node, self.terms.prop(name), self.claim_iri(ref.key))

    def _direct(self, claim: Claim) -> Iterator[Quad]:
        for subject in claim.fillers("subject"):
            for object_ in claim.fillers("object"):
                yield Quad(self._filler(subject), self.terms.kind(claim.kind), self._filler(object_))

    def _tenure(self, claim: Claim) -> Iterator[Quad]:
        """Offices that are held now; who governs a state by one is a leader, also for stores that do not reason."""
        if not any(status in _HOLDING for status in claim.fillers("status")):
            return
        persons, offices = _entities(claim, "person"), _entities(claim, "office")
        for person in persons:
            for office in offices:
                yield Quad(self.entity_iri(person.id), self._holds, self.entity_iri(office.id))
        governs = self.terms.cls("GoverningOffice")
        of_state = any(body.kind == "State" for body in _entities(claim, "of"))
        if of_state and any(governs in self.terms.types_of(office.id, office.kind) for office in offices):
            for person in persons:
                yield Quad(self.entity_iri(person.id), v.TYPE, self._leader)

    # ------------------------------------------------------------ a document's graph

    def _evidence_of(self, claim: Claim, claim_node: str, evidence: Evidence) -> Iterator[Quad]:
        node = f"<{self.base}evidence/{evidence.key(claim.key)}>"
        graph = self.document_iri(evidence.document)
        yield Quad(claim_node, self._evidence, node, graph)
        yield Quad(node, v.TYPE, v.SPECIFIC_RESOURCE, graph)
        yield Quad(node, v.HAS_SOURCE, graph, graph)
        yield Quad(node, self._frame, literal(evidence.frame), graph)
        yield from self._selected(node, evidence.sentence, graph)
        if evidence.trigger:
            words = f"{graph[:-1]}/words/{evidence.trigger.start}-{evidence.trigger.end}>"
            yield Quad(node, self._trigger, words, graph)
            yield from self._selected(words, evidence.trigger, graph)
        for time in evidence.times:
            yield from self._timed(node, time, graph)
        known = {entity.id: self.entity_iri(entity.id) for entity in claim.entities()}
        known.update((ref.key, self.claim_iri(ref.key)) for ref in _references(claim))
        for mention in evidence.mentions:
            yield from self._mentioned(node, mention, known.get(mention.entity, ""), graph)

    def _timed(self, evidence: str, time: Time, graph: str) -> Iterator[Quad]:
        """When, by the words of one document; it may be less than another document says of the same claim."""
        yield Quad(evidence, self._time_words, literal(time.words, language=v.LANGUAGE), graph)
        first, interval, last = time.value.partition("/")
        ends = ((self._from, first), (self._to, last)) if interval else ((self._time, first),)
        for property_, value in ends:
            if value not in ("", ".."):
                yield Quad(evidence, property_, v.date(value), graph)

    def _mentioned(self, evidence: str, mention: Mention, entity: str, graph: str) -> Iterator[Quad]:
        """A mention; evidence of other claims that mean the same by the same words shares it."""
        span = mention.span
        name = "" if mention.name == span.words and mention.role != "time" else mention.name
        why = (name, mention.reason, mention.state or "")
        node = f"{graph[:-1]}/mention/{digest(mention.role, entity, str(span.start), str(span.end), *why)}>"
        yield Quad(evidence, self._has_mention, node, graph)
        yield Quad(node, v.TYPE, self._mention, graph)
        yield Quad(node, self._role, self.terms.role_property(mention.role), graph)
        if entity:
            yield Quad(node, self._entity, entity, graph)
        if name:
            yield Quad(node, self._name, literal(name), graph)
        if mention.reason:
            yield Quad(node, self._reason, literal(mention.reason), graph)
        if mention.state and entity != self.entity_iri(f"state/{mention.state}"):
            yield Quad(node, self._of_state, self.entity_iri(f"state/{mention.state}"), graph)
        yield from self._selected(node, span, graph)

    def _selected(self, node: str, span: Span, graph: str) -> Iterator[Quad]:
        """Position and quotation of a span; all that stands on the same characters shares them."""
        position, quotation = (f"{graph[:-1]}/{way}/{span.start}-{span.end}>" for way in ("position", "quote"))
        yield Quad(node, v.HAS_SELECTOR, position, graph)
        yield Quad(node, v.HAS_SELECTOR, quotation, graph)
        yield Quad(position, v.TYPE, v.POSITION_SELECTOR, graph)
        yield Quad(position, v.START, v.offset(span.start), graph)
        yield Quad(position, v.END, v.offset(span.end), graph)
        yield Quad(quotation, v.TYPE, v.QUOTE_SELECTOR, graph)
        yield Quad(quotation, v.EXACT, literal(span.words), graph)


def _entities(claim: Claim, role: str) -> Sequence[Entity]:
    return [filler for filler in claim.fillers(role) if isinstance(filler, Entity)]


def _references(claim: Claim) -> Iterator[ClaimRef]:
    yield from (role.filler for role in claim.roles if isinstance(role.filler, ClaimRef))
    if claim.condition:
        yield from (*claim.condition.occurrence, *claim.condition.absence)
