"""Claims out of a graph: the mapper's work undone, for what compares, explains or takes back."""

from collections.abc import Iterator
from typing import Any, Final, Protocol, cast

from kg.claims import Claim, ClaimRef, Condition, Entity, Evidence, Mention, Modality, Role, Span, most_precise
from kg.iris import BASE, document_id, kind_of
from kg.mapping import vocabulary as v
from kg.mapping.vocabulary import Vocabulary
from kg.ontology import Ontology
from kg.quads import Quad, literal_parts

#: Roles that a claim keeps in fields of its own.
_FIELDS: Final = ("holder", "place", "performance")


class Source(Protocol):
    """Where quads can be looked up: any store."""

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """Quads that match."""


class ClaimReader:
    """Reads claims from where `Mapper` wrote them.

    Args:
        source: the graph.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.
    """

    def __init__(self, source: Source, ontology: Ontology | None = None) -> None:
        self.source: Final = source
        self.terms: Final = Vocabulary(ontology or Ontology.load())
        self._kinds = {name.lower(): name for name in self.terms.ontology.subclasses("Entity")}
        self._bases: set[str] = set()
        self._entities: dict[str, Entity] = {}
        self._refs: dict[str, ClaimRef] = {}

    def claims(self, *, with_evidence: bool = False) -> Iterator[Claim]:
        """Every claim of the graph, in no particular order."""
        seen: set[str] = set()
        for quad in self.source.quads(predicate=v.TYPE, object=self.terms.cls("Claim")):
            if quad.subject not in seen:
                seen.add(quad.subject)
                claim = self.claim(quad.subject, with_evidence=with_evidence)
                if claim:
                    yield claim

    def claim(self, node: str, *, with_evidence: bool = False) -> Claim | None:
        """The claim at a node; None where no claim of a known kind stands there.

        Args:
            node: the claim's term.
            with_evidence: whether to read the words that state it, too, and with them the time.
        """
        self._bases.add(base_of_claim(node))
        about = self._about(node)
        prop = self.terms.prop
        kind = next((self.terms.kinds[k] for k in about.get(prop("kind"), ()) if k in self.terms.kinds), None)
        if kind is None:
            return None
        holder, place = (self._one_entity(about, p) for p in (self.terms.holder, prop("place")))
        condition = next(iter(about.get(prop("condition"), ())), None)
        evidence = tuple(map(self.evidence, about.get(prop("evidence"), ()))) if with_evidence else ()
        return Claim(
            kind=kind,
            roles=tuple(self._roles(about)),
            modality=cast(Modality, self._notation(about, prop("modality")) or "actual"),
            performance=cast(Modality | None, self._notation(about, prop("performance"))),
            negated=v.BOOLEAN[True] in about.get(prop("negated"), ()),
            holder=holder,
            condition=self._condition(condition) if condition else None,
            place=place,
            occasion=next((literal_parts(o)[0] for o in about.get(prop("occasion"), ())), ""),
            time=most_precise(time for item in evidence for time in item.times),
            evidence=evidence,
        )

    def entity(self, node: str) -> Entity:
        """The entity at a node."""
        known = self._entities.get(node)
        if known is None:
            known = self._entities[node] = self._read_entity(node)
        return known

    def evidence(self, node: str) -> Evidence:
        """The piece of evidence at a node."""
        about = self._about(node)
        prop = self.terms.prop
        trigger = next(iter(about.get(prop("trigger"), ())), None)
        return Evidence(
            document=next((document_id(self._path(s)) or "" for s in about.get(v.HAS_SOURCE, ())), ""),
            sentence=self._span(about),
            frame=next((literal_parts(o)[0] for o in about.get(prop("frame"), ())), ""),
            trigger=self._span(self._about(trigger)) if trigger else None,
            mentions=tuple(sorted(map(self._mention, about.get(prop("mention"), ())))),
        )

    # ------------------------------------------------------------ parts of a claim

    def _roles(self, about: dict[str, list[str]]) -> Iterator[Role]:
        for predicate, objects in about.items():
            info = self.terms.roles.get(predicate)
            if info is None or info.name in _FIELDS:
                continue
            for term in objects:
                match info.filler:
                    case "entity":
                        yield Role(info.name, self.entity(term))
                    case "claim":
                        yield Role(info.name, self._ref(term))
                    case "individual":
                        yield Role(info.name, self.terms.ontology.notation(term[1:-1]))
                    case "integer":
                        yield Role(info.name, int(literal_parts(term)[0]))
                    case "text":
                        yield Role(info.name, literal_parts(term)[0])

    def _ref(self, node: str) -> ClaimRef:
        """Reference to a claim; one that the graph does not describe counts by its key alone."""
        known = self._refs.get(node)
        if known is None:
            key = node[1:-1].rpartition("/")[2]
            self._refs[node] = ClaimRef(key, key)  # stands for itself where claims contain each other
            nested = self.claim(node)
            known = self._refs[node] = ClaimRef(key, nested.content_key if nested else key)
        return known

    def _condition(self, node: str) -> Condition:
        about = self._about(node)
        occurrence, absence = (
            tuple(sorted(map(self._ref, about.get(self.terms.prop(name), ()))))
            for name in ("onOccurrence", "onAbsence")
        )
        words = next((literal_parts(o)[0] for o in about.get(self.terms.prop("words"), ())), "")
        return Condition(words, occurrence, absence)

    def _mention(self, node: str) -> Mention:
        about = self._about(node)
        prop = self.terms.prop
        name, reason = (next((literal_parts(o)[0] for o in about.get(prop(p), ())), "") for p in ("name", "reason"))
        role = next((self._role_name(o) for o in about.get(prop("role"), ())), "")
        state = next((self._path(o).rpartition("/")[2] for o in about.get(prop("ofState"), ())), None)
        entity = next((self._path(o).removeprefix("claim/") for o in about.get(prop("entity"), ())), "")
        return Mention(role, entity, self._span(about), name, reason, state)

    def _role_name(self, term: str) -> str:
        info = self.terms.roles.get(term)
        return info.name if info else self.terms.ontology.name(term[1:-1])

    def _span(self, about: dict[str, list[str]]) -> Span:
        """What the selectors of a node say."""
        found: dict[str, str] = {}
        for selector in about.get(v.HAS_SELECTOR, ()):
            found |= {p: literal_parts(o[0])[0] for p, o in self._about(selector).items() if o[0].startswith('"')}
        return Span(int(found.get(v.START, "0")), int(found.get(v.END, "0")), found.get(v.EXACT, ""))

    # ------------------------------------------------------------ looking up

    def _path(self, node: str) -> str:
        """Path of a node below the base of the claims that were read; the whole IRI where it is below none."""
        base = next((base for base in self._bases if node.startswith(base)), "<")
        return node[len(base) : -1]

    def _about(self, node: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self.source.quads(subject=node):
            values = found.setdefault(quad.predicate, [])
            if quad.object not in values:
                values.append(quad.object)
        for values in found.values():
            values.sort()
        return found

    def _notation(self, about: dict[str, list[str]], predicate: str) -> str | None:
        return next((self.terms.ontology.notation(term[1:-1]) for term in about.get(predicate, ())), None)

    def _one_entity(self, about: dict[str, list[str]], predicate: str) -> Entity | None:
        return next((self.entity(term) for term in about.get(predicate, ())), None)

    def _read_entity(self, node: str) -> Entity:
        about = self._about(node)
        identifier = self._path(node)
        kind = self._kinds.get(kind_of(identifier), "Entity")
        label = next((literal_parts(o)[0] for o in about.get(v.LABEL, ())), identifier.rpartition("/")[2])
        states: list[Any] = [self._path(o).rpartition("/")[2] for o in about.get(self.terms.prop("ofState"), ())]
        states += [identifier.rpartition("/")[2]] if kind == "State" else []
        return Entity(identifier, kind, label, states[0] if states else None)


def base_of_claim(node: str) -> str:
    """Base of a claim's IRI, with the bracket before it.

    >>> base_of_claim("<https://example.org/kg/claim/77c0>")
    '<https://example.org/kg/'
    """
    return node.rpartition("claim/")[0]


def base_of(source: Source, ontology: Ontology) -> str:
    """Base of the IRIs that a graph mints; the usual one for a graph without claims and documents.

    Where graphs of several bases are together, the first in order of characters.
    """
    terms = Vocabulary(ontology)
    for name, path in (("Claim", "claim/"), ("Document", "document/")):
        nodes = (quad.subject for quad in source.quads(predicate=v.TYPE, object=terms.cls(name)))
        bases = {node[1:].rpartition(path)[0] for node in nodes} - {""}
        if bases:
            return min(bases)
    return BASE
