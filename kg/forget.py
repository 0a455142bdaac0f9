"""Taking documents out of a store, with all that only they said.

What a document's graph holds goes at once. Of what stands in the default graph, claims go that no other document
gives evidence for, then conditions and entities that no claim names any more, and triples about the entities that stay
(direct ones, leaders, standings) that no claim gives any more. Nothing else is touched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.claims import Claim
from kg.errors import UsageError
from kg.iris import document_path
from kg.mapping import ClaimReader, Mapper, base_of
from kg.mapping import vocabulary as v
from kg.ontology import Ontology
from kg.quads import Quad
from kg.store import Store, nearby


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much went.

    Attributes:
        documents: documents.
        claims: claims that only they supported.
        entities: entities that only those claims named.
    """

    documents: int
    claims: int
    entities: int


def forget(ids: Iterable[str], store: Store, *, ontology: Ontology | None = None) -> Forgotten:
    """Remove documents and what only they said, as one change.

    Args:
        ids: ids of documents.
        store: the store that holds them.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.

    Raises:
        UsageError: an id that no document of the store has; nothing is removed then.
    """
    known = ontology or Ontology.load()
    store.tidy()
    near = nearby(store)
    base = base_of(near, known)
    names = sorted(set(ids))
    nodes = {name: f"<{base}{document_path(name)}>" for name in names}
    for name, node in nodes.items():
        if next(near.quads(subject=node), None) is None:
            raise UsageError(f"the store has no document {name!r}", hint="ids are the ends of documents' IRIs")
    removal = _Removal(near, Mapper(known, base=base), frozenset(nodes.values()))
    store.change(remove=sorted(removal.quads()), drop=sorted(nodes.values()))
    return Forgotten(len(names), len(removal.dead), len(removal.lost_entities))


class _Removal:
    """What has to go with some documents.

    Args:
        store: where they stand.
        mapper: how it was written.
        documents: terms of the documents.
    """

    def __init__(self, store: Store, mapper: Mapper, documents: frozenset[str]) -> None:
        self.store: Final = store
        self.mapper: Final = mapper
        self.terms: Final = mapper.terms
        self.documents: Final = documents
        self.reader: Final = ClaimReader(store, mapper.terms.ontology)
        self._derived: dict[str, frozenset[Quad]] = {}

    def quads(self) -> set[Quad]:
        """Quads to remove beside the documents' graphs."""
        found = {quad for quad in self._of_documents() if quad.graph not in self.documents}
        for node in (*self.dead, *self._lost_conditions()):
            found.update(quad for quad in self.store.quads(subject=node) if self._is_ours(quad))
        entities = self._own_predicates()
        for node in self.lost_entities:
            found.update(q for q in self.store.quads(subject=node) if q.predicate in entities and self._is_ours(q))
        found.update(self._underived())
        return found

    # ------------------------------------------------------------ documents and their evidence

    @cached_property
    def evidence(self) -> dict[str, str]:
        """Terms of the documents' evidence, with the graph that it stands in."""
        return {q.subject: q.graph for node in self.documents for q in self.store.quads(None, v.HAS_SOURCE, node)}

    def _of_documents(self) -> Iterator[Quad]:
        """Nodes of documents and evidence, and what hangs on these, wherever they stand."""
        prop = self.terms.prop
        for node in self.documents:
            homes = {quad.graph for quad in self.store.quads(node, v.TYPE, self.terms.cls("Document"))}
            yield from (quad for quad in self.store.quads(subject=node) if quad.graph in homes)
        hanging = {v.HAS_SELECTOR, prop("trigger"), prop("mention")}
        queue = [item for item in self.evidence.items() if item[1] not in self.documents]
        seen = set(queue)
        for node, graph in queue:
            for quad in self.store.quads(subject=node, graph=graph):
                yield quad
                if quad.predicate in hanging and (quad.object, graph) not in seen:
                    seen.add((quad.object, graph))
                    queue.append((quad.object, graph))
            yield from self.store.quads(predicate=prop("evidence"), object=node)

    # ------------------------------------------------------------ claims

    @cached_property
    def dead(self) -> frozenset[str]:
        """Claims that nothing supports any more: no evidence, and no living claim that contains them."""
        candidates = self._candidates()
        alive = {claim for claim in candidates if any(user not in candidates for user in self._users(claim))}
        queue = sorted(alive)
        for claim in queue:
            for part in self._parts(claim):
                if part in candidates and part not in alive:
                    alive.add(part)
                    queue.append(part)
        return frozenset(candidates - alive)

    def _candidates(self) -> set[str]:
        """Claims without evidence from other documents, that the documents support or whose claims contain them."""
        evidence = self.terms.prop("evidence")
        found = {quad.subject for item in self.evidence for quad in self.store.quads(predicate=evidence, object=item)}
        queue = sorted(found)
        candidates: set[str] = set()
        for claim in queue:
            if all(quad.object in self.evidence for quad in self.store.quads(claim, evidence)):
                candidates.add(claim)
                new = [part for part in self._parts(claim) if part not in found]
                found.update(new)
                queue += new
        return candidates

    @cached_property
    def _containing(self) -> tuple[str, ...]:
        """Properties by which a claim contains another."""
        return tuple(sorted(p for p, role in self.terms.roles.items() if role.filler == "claim"))

    @cached_property
    def _awaiting(self) -> tuple[str, ...]:
        return self.terms.prop("onOccurrence"), self.terms.prop("onAbsence")

    def _parts(self, claim: str) -> Iterator[str]:
        """Claims that a claim contains, or whose condition waits for them."""
        for quad in self.store.quads(subject=claim):
            if quad.predicate in self._containing:
                yield quad.object
            elif quad.predicate == self.terms.prop("condition"):
                yield from (q.object for q in self.store.quads(subject=quad.object) if q.predicate in self._awaiting)

    def _users(self, claim: str) -> Iterator[str]:
        """Claims that contain a claim or wait for it."""
        for predicate in self._containing:
            yield from (quad.subject for quad in self.store.quads(predicate=predicate, object=claim))
        for predicate in self._awaiting:
            for quad in self.store.quads(predicate=predicate, object=claim):
                yield from self._conditioned(quad.subject)

    def _conditioned(self, condition: str) -> Iterator[str]:
        return (q.subject for q in self.store.quads(predicate=self.terms.prop("condition"), object=condition))

    def _lost_conditions(self) -> set[str]:
        on = self.terms.prop("condition")
        found = {quad.object for claim in self.dead for quad in self.store.quads(claim, on)}
        return {node for node in found if self.dead.issuperset(self._conditioned(node))}

    # ------------------------------------------------------------ entities

    @cached_property
    def _dead_claims(self) -> tuple[tuple[str, Claim], ...]:
        read = ((node, self.reader.claim(node)) for node in sorted(self.dead))
        return tuple((node, claim) for node, claim in read if claim)

    @cached_property
    def lost_entities(self) -> frozenset[str]:
        """Entities that no living claim names."""
        named = {self.mapper.entity_iri(e.id) for _, claim in self._dead_claims for e in claim.entities()}
        return frozenset(node for node in named if next(self._living(node), None) is None)

    def _living(self, entity: str) -> Iterator[str]:
        """Living claims that name an entity."""
        claims = self.terms.cls("Claim")
        seen = set(self.dead)
        for quad in self.store.quads(object=entity):
            if quad.subject not in seen:
                seen.add(quad.subject)
                if next(self.store.quads(quad.subject, v.TYPE, claims), None):
                    yield quad.subject

    def _underived(self) -> Iterator[Quad]:
        """Triples about living entities that stood because of dead claims alone."""
        for node, claim in self._dead_claims:
            homes = {quad.graph for quad in self.store.quads(node, v.TYPE, self.terms.cls("Claim"))}
            for triple in self.mapper.derived(claim):
                if triple.subject in self.lost_entities or not self._given(triple):
                    yield from (triple._replace(graph=graph) for graph in homes)

    def _given(self, triple: Quad) -> bool:
        """Whether a living claim gives a triple."""
        return any(triple in self._derived_by(node) for node in self._living(triple.subject))

    def _derived_by(self, node: str) -> frozenset[Quad]:
        if node not in self._derived:
            claim = self.reader.claim(node)
            self._derived[node] = frozenset(self.mapper.derived(claim)) if claim else frozenset()
        return self._derived[node]

    def _own_predicates(self) -> frozenset[str]:
        """Properties by which the mapper describes entities."""
        prop = self.terms.prop
        direct = map(self.terms.kind, self.terms.ontology.binary_kinds())
        return frozenset((v.TYPE, v.LABEL, v.SAME_AS, *map(prop, ("ofState", "standing", "holdsOffice")), *direct))

    @cached_property
    def _homes(self) -> frozenset[str]:
        """Graphs that dead claims stand in."""
        claims = self.terms.cls("Claim")
        return frozenset(q.graph for node in self.dead for q in self.store.quads(node, v.TYPE, claims))

    def _is_ours(self, quad: Quad) -> bool:
        """Whether a quad about something of ours stands where ours do, not in a review of others."""
        return quad.graph in self._homes or quad.predicate == self.terms.prop("evidence")
