"""Parts of a graph: what documents say, what is vouched for, what stood up to review, with all that belongs to it."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from kg.claims import Claim
from kg.errors import UsageError
from kg.iris import document_path
from kg.mapping import ClaimReader, Mapper
from kg.mapping import vocabulary as v
from kg.quads import Quad, literal_parts
from kg.reviews import review_quads, reviews
from kg.store import Store


class Selection:
    """The part of a store that documents say, or that is vouched for.

    Args:
        store: the whole.
        mapper: how it was written.
        documents: ids of the documents; all unless told otherwise.
        since: only documents dated on or after this day (ISO 8601).
        vouched_only: whether claims that no text vouches for are left out, and what hangs on them.
        reviewed: whether claims that a review rejects are left out, and what hangs on them; reviews of the others
            come along.

    Raises:
        UsageError: an id that no document of the store has.
    """

    def __init__(
        self,
        store: Store,
        mapper: Mapper,
        *,
        documents: Iterable[str] = (),
        since: str = "",
        vouched_only: bool = False,
        reviewed: bool = False,
    ) -> None:
        self.store: Final = store
        self.mapper: Final = mapper
        self.terms: Final = mapper.terms
        self.since: Final = since
        self.vouched_only: Final = vouched_only
        self.reader: Final = ClaimReader(store, mapper.terms.ontology)
        self._reviews = reviews(store, ontology=self.terms.ontology) if reviewed else ()
        last = {review.claim: review.verdict for review in self._reviews}
        self._rejected = frozenset(mapper.claim_iri(key) for key, verdict in last.items() if verdict == "rejected")
        self._named = {name: mapper.document_iri(name) for name in documents}
        for name, node in self._named.items():
            if next(store.quads(subject=node), None) is None:
                raise UsageError(f"there is no document {name!r}", hint=f"ids are what follows {document_path('')}")

    def quads(self) -> Iterator[Quad]:
        """Quads of the selection; some may come twice."""
        for document in self.documents:
            yield from self.store.quads(subject=document)
        seen: set[str] = set()
        for node, claim in self.claims:
            yield from self._of_claim(node, claim)
            for entity in claim.entities():
                if entity.id not in seen:
                    seen.add(entity.id)
                    yield from self._of_entity(self.mapper.entity_iri(entity.id))
        for review in self._reviews:
            if self.mapper.claim_iri(review.claim) in self._nodes:
                yield from review_quads(review, self.mapper.base, self.terms.ontology)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Terms of the selected documents."""
        every = {quad.subject for quad in self.store.quads(predicate=v.TYPE, object=self.terms.cls("Document"))}
        found = set(self._named.values()) if self._named else every
        return tuple(sorted(node for node in found if not self.since or self._date(node) >= self.since))

    def _date(self, document: str) -> str:
        return max((literal_parts(q.object)[0] for q in self.store.quads(document, v.DATE)), default="")

    @cached_property
    def claims(self) -> tuple[tuple[str, Claim], ...]:
        """The selected claims with their terms: what the documents support, and what that contains."""
        evidence = self.terms.prop("evidence")
        links = (self.store.quads(predicate=evidence, object=item) for item in self._evidence)
        queue = sorted({quad.subject for found in links for quad in found})
        seen = set(queue)
        claims = []
        for node in queue:
            claim = self.reader.claim(node)
            if claim is None or node in self._rejected or (self.vouched_only and not claim.vouched):
                continue
            claims.append((node, claim))
            new = sorted(set(self._contained(claim)) - seen)
            seen.update(new)
            queue += new
        return tuple(sorted(claims))

    def _contained(self, claim: Claim) -> Iterator[str]:
        refs = [*claim.fillers("content"), *claim.fillers("purpose")]
        if claim.condition:
            refs += [*claim.condition.occurrence, *claim.condition.absence]
        return (self.mapper.claim_iri(ref.key) for ref in refs if hasattr(ref, "key"))

    @cached_property
    def _evidence(self) -> frozenset[str]:
        return frozenset(q.subject for node in self.documents for q in self.store.quads(None, v.HAS_SOURCE, node))

    @cached_property
    def _nodes(self) -> frozenset[str]:
        return frozenset(node for node, _ in self.claims)

    def _of_claim(self, node: str, claim: Claim) -> Iterator[Quad]:
        home = ""
        evidence, condition = self.terms.prop("evidence"), self.terms.prop("condition")
        for quad in self.store.quads(subject=node):
            if quad.predicate == evidence:
                if quad.object in self._evidence:
                    yield quad
                    yield from self._hanging(quad.object)
                continue
            if self._reaches_out(quad):
                continue
            yield quad
            if quad.predicate == v.TYPE:
                home = quad.graph
            elif quad.predicate == condition:
                yield from (q for q in self.store.quads(subject=quad.object) if not self._reaches_out(q))
        yield from (quad._replace(graph=home) for quad in self.mapper.derived(claim))

    def _reaches_out(self, quad: Quad) -> bool:
        """Whether a quad names a claim that is left out."""
        return quad.object.startswith(f"<{self.mapper.base}claim/") and quad.object not in self._nodes

    def _hanging(self, evidence: str) -> Iterator[Quad]:
        """A piece of evidence with its selectors, trigger and mentions."""
        prop = self.terms.prop
        down = {v.HAS_SELECTOR, prop("trigger"), prop("mention")}
        queue = [evidence]
        for node in queue:
            for quad in self.store.quads(subject=node):
                if not self._reaches_out(quad):
                    yield quad
                if quad.predicate in down:
                    queue.append(quad.object)

    def _of_entity(self, node: str) -> Iterator[Quad]:
        """An entity without what follows from claims, which `_of_claim` gives."""
        leader, standing = self.terms.cls("Leader"), self.terms.prop("standing")
        derived = {standing, self.terms.prop("holdsOffice")}
        derived.update(map(self.terms.kind, self.terms.ontology.binary_kinds()))
        for quad in self.store.quads(subject=node):
            if quad.predicate not in derived and quad.object != leader:
                yield quad
