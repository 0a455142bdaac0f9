"""What is wrong with a graph or a lexicon, in words.

A graph is held against ``ontology/shapes.ttl`` (SHACL), to which shapes for the roles of the user's own ontologies are
added; on request a reasoner confirms that nothing contradicts the ontology. A lexicon is held against its schema and
the ontology: every class, property, role and mode that a frame names must be there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kg.errors import InconsistencyError, InputError
from kg.extraction.lexicon_files import read, schema_problems, shipped_files
from kg.ontology import Ontology, RoleInfo, shipped_file
from kg.quads import Quad
from kg.reason import classify
from kg.resources import resource

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

Severity: TypeAlias = Literal["violation", "warning", "info"]

_ORDER: Final[Mapping[str, int]] = {"violation": 0, "warning": 1, "info": 2}
_SHACL: Final = "http://www.w3.org/ns/shacl#"
_MENTIONED: Final = re.compile(r"<?(https?://[^\s<>\"]+?)>?(?=[\s,;:?!)]|\.(?:\s|$)|$)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        severity: ``violation``, ``warning`` or ``info``.
        message: what is wrong and what to do, in words.
        focus: IRI of the claim, entity or evidence concerned, or the name of a frame; empty for the whole graph.
        path: IRI of the property concerned; empty where there is no one property.
        value: the value concerned, as text; empty where something is missing.
        source: name of the shape, ``reasoner``, or the file of a lexicon.
    """

    severity: Severity
    message: str
    focus: str = ""
    path: str = ""
    value: str = ""
    source: str = ""

    def __lt__(self, other: "Finding") -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, str, str, str, str, str]:
        return _ORDER[self.severity], self.source, self.focus, self.path, self.value, self.message


def check(
    graph: "rdflib.Graph | str | Path | Iterable[str | Path]",
    *,
    reason: bool = False,
    lexicon: str | Path | None = None,
    ontology: Sequence[str | Path] = (),
) -> list[Finding]:
    """Everything that is wrong with a graph, the gravest first; an empty list if nothing is.

    Args:
        graph: an rdflib graph, or RDF files; named graphs are united.
        reason: whether a reasoner confirms that the graph does not contradict the ontology.
        lexicon: a lexicon (file or folder) to check too.
        ontology: the user's ontology files.

    Raises:
        InputError: a file is missing, of an unknown format, or no RDF.
        UsageError: `reason` is asked for, and owlready2 or Java is missing.
    """
    import rdflib

    known = Ontology.load(ontology)
    if not isinstance(graph, rdflib.Graph):
        paths = [graph] if isinstance(graph, str | Path) else list(graph)
        graph = _graph(triple for path in paths for triple in _read(Path(path)))
    found = list(check_shapes(graph, known, [shipped_file(), *map(Path, ontology)]))
    if reason:
        found += check_consistency(graph, ontology)
    if lexicon is not None:
        found += check_lexicon(lexicon, known)
    return sorted(set(found))


# ---------------------------------------------------------------- graphs


def check_shapes(graph: "rdflib.Graph", ontology: Ontology, files: Iterable[Path]) -> Iterator[Finding]:
    """What SHACL finds in a graph.

    Args:
        graph: the data; it is left as it is.
        ontology: look-ups over ``files``.
        files: the ontology, ours and the user's.
    """
    import pyshacl
    import rdflib

    united = _graph(triple for path in files for triple in _read(path))
    for triple in graph:
        united.add(triple)
    shapes = _graph(_read(resource("ontology", "shapes.ttl")))
    own = {str(role) for role in shapes.objects(None, rdflib.URIRef(f"{_SHACL}targetSubjectsOf"))}
    missing = [info for info in ontology.all_roles() if info.iri not in own]
    shapes.parse(data=role_shapes(missing, ontology), format="turtle")
    _, report, _ = pyshacl.validate(united, shacl_graph=shapes, inplace=True, do_owl_imports=False)
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(f"{_SHACL}ValidationResult")):
        yield _finding(report, result, shapes, ontology)


def _finding(report: "rdflib.Graph", result: Any, shapes: "rdflib.Graph", ontology: Ontology) -> Finding:
    """A SHACL result in our terms. Where the target was a term of the ontology, the value is what it is about."""
    import rdflib

    def of(name: str) -> Any:
        return report.value(result, rdflib.URIRef(f"{_SHACL}{name}"))

    focus, value, shape, path = of("focusNode"), of("value"), of("sourceShape"), of("resultPath")
    if (shape, rdflib.URIRef(f"{_SHACL}targetNode"), focus) in shapes:
        focus, value = value, None
    severity = str(of("resultSeverity")).rpartition("#")[2].lower()
    return Finding(
        severity="warning" if severity == "warning" else "info" if severity == "info" else "violation",
        message=_readable(str(of("resultMessage")), ontology),
        focus=str(focus or ""),
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        value="" if value is None else str(value),
        source=str(shape).rpartition("#")[2],
    )


def _readable(message: str, ontology: Ontology) -> str:
    """A message with short names in place of IRIs.

    >>> _readable("<https://w3id.org/foedus/id/state/PER> is no https://w3id.org/foedus/ontology#Act.", Ontology.load())
    'state/PER is no kg:Act.'
    """
    return _MENTIONED.sub(lambda found: ontology.curie(found[1]).removeprefix(ontology.base), message)


def role_shapes(roles: Iterable[RoleInfo], ontology: Ontology) -> str:
    """SHACL, in Turtle, for what may fill some roles: one shape a role, by its ``kg:fillerType``."""
    lines = [f"@prefix sh: <{_SHACL}> ."]
    for info in sorted(roles, key=lambda info: info.iri):
        test = "sh:datatype" if info.filler in {"text", "integer"} else "sh:class"
        tests = [f"{test} <{type_}>" for type_ in info.types]
        wanted = tests[0] if len(tests) == 1 else f"sh:or ( {' '.join(f'[ {text} ]' for text in tests)} )"
        lines += [
            f"<{info.iri}-shape> a sh:PropertyShape ; sh:targetSubjectsOf <{info.iri}> ; sh:path <{info.iri}> ;",
            f"    {wanted} ;",
            f'    sh:message "{_role_message(info, ontology)}" .',
        ]
    return "\n".join(lines) + "\n"


def _role_message(info: RoleInfo, ontology: Ontology) -> str:
    if info.filler == "text":
        return f"The role {info.name} takes words of the text with a language tag: correct the value."
    if info.filler == "integer":
        return f"The role {info.name} takes a whole number: correct the value."
    *others, last = (ontology.curie(type_) for type_ in info.types)
    names = f"{', '.join(others)} or {last}" if others else last
    if info.filler == "individual":
        return f"The role {info.name} takes a term of {names}: correct the value."
    return f"The role {info.name} takes what is typed {names}: type what fills it, or mend the link that put it there."


def check_consistency(graph: "rdflib.Graph", ontology: Sequence[str | Path] = ()) -> Iterator[Finding]:
    """Whether a reasoner finds that a graph contradicts the ontology; what contradicts what, the shapes say."""
    import pyoxigraph as ox

    text = graph.serialize(format="nt", encoding="utf-8")
    triples = ox.parse(text, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    try:
        classify((Quad(str(t.subject), str(t.predicate), str(t.object)) for t in triples), ontology=ontology)
    except InconsistencyError:
        yield Finding(
            "violation",
            "The reasoner confirms that the graph contradicts the ontology: mend the entities and claims named here.",
            source="reasoner",
        )


def _read(path: Path) -> "Iterator[ox.Triple]":
    """Triples of an RDF file, its graphs united."""
    import pyoxigraph as ox

    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower())
    if form is None:
        raise InputError(f"{path} has no suffix of RDF", hint="name it .ttl, .trig, .nt, .nq, .rdf or .jsonld")
    try:
        for quad in ox.parse(path=str(path), format=form, base_iri=path.resolve().as_uri(), rename_blank_nodes=True):
            yield quad.triple
    except OSError as error:
        reason = "no such file" if not path.exists() else str(error)
        raise InputError(f"cannot read {path}: {reason}", hint="name an RDF file") from error
    except SyntaxError as error:
        raise InputError(f"{path} is no {form.name}: {error.msg}", hint="mend the line that is named") from error


def _graph(triples: "Iterable[ox.Triple]") -> "rdflib.Graph":
    import pyoxigraph as ox
    import rdflib

    def term(value: Any) -> Any:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


# ---------------------------------------------------------------- lexicons


def check_lexicon(path: str | Path, ontology: Ontology) -> list[Finding]:
    """Everything that is wrong with a lexicon: what its schema forbids, and names that the ontology lacks.

    Args:
        path: a YAML file of frames, or a folder of them.
        ontology: the ontology that the frames are to yield.

    Raises:
        OntologyError: a file cannot be read, or is no list of frames.
    """
    target = Path(path)
    files: Sequence[Path]
    if target.is_dir():
        ours = target.resolve() == resource("ontology", "lexicon").resolve()
        files = shipped_files() if ours else sorted(target.glob("*.yaml"))
    else:
        files = [target]
    return sorted({finding for file in files for finding in _lexicon_file(file, ontology)})


def _lexicon_file(file: Path, ontology: Ontology) -> Iterator[Finding]:
    data = read(file)
    for problem in schema_problems(data):
        yield Finding("violation", f"{problem} (frame.schema.json says what an entry may hold)", source=str(file))
    for entry in data:
        if "frame" in entry:
            for message in frame_problems(entry, ontology):
                yield Finding("violation", message, focus=str(entry["frame"]), source=str(file))


def frame_problems(entry: Mapping[str, Any], ontology: Ontology) -> Iterator[str]:
    """What a frame names that the ontology lacks, in words.

    >>> list(frame_problems({"frame": "board", "yields": "Boarding"}, Ontology.load()))
    ['board yields Boarding, which the ontology lacks: declare it below kg:VouchedClaim or kg:relation (--ontology).']
    """
    name, kind = str(entry["frame"]), str(entry.get("yields", ""))
    if not ontology.is_kind(kind):
        what = "is no kind of claim" if ontology.has_class(kind) else "the ontology lacks"
        yield (f"{name} yields {kind}, which {what}: declare it below kg:VouchedClaim or kg:relation (--ontology).")
        return
    roles = {info.name: info for info in ontology.roles(kind)}
    named = {field: _keys(entry.get(field)) for field in ("roles", "noun_roles", "types", "values")} | {
        "needs": _strings(entry.get("needs"))
    }
    for field, keys in named.items():
        for role in sorted(set(keys) - roles.keys()):
            yield f"{name} has {role} in {field}, which is no role of {kind}: it has {', '.join(sorted(roles))}."
    yield from _type_problems(name, entry, ontology)
    yield from _value_problems(name, kind, entry, roles, ontology)


def _type_problems(name: str, entry: Mapping[str, Any], ontology: Ontology) -> Iterator[str]:
    types = entry.get("types")
    for role, classes in types.items() if isinstance(types, dict) else ():
        for class_ in _strings(classes):
            if not ontology.is_a(class_, "Entity"):
                what = "is no class of entities" if ontology.has_class(class_) else "the ontology lacks"
                yield f"{name} wants {class_} as {role}, which {what}: name a class below kg:Entity."


def _value_problems(
    name: str, kind: str, entry: Mapping[str, Any], roles: Mapping[str, RoleInfo], ontology: Ontology
) -> Iterator[str]:
    values = entry.get("values")
    fixed = dict(values) if isinstance(values, dict) else {}
    for role, value in sorted(fixed.items()):
        if role in roles and roles[role].filler == "individual" and value not in ontology.vocabulary(role):
            known = ", ".join(sorted(ontology.vocabulary(role)))
            yield f"{name} sets {role} to {value}, which the ontology lacks: it has {known}."
    mode = entry.get("mode")
    if mode is not None and "mode" not in roles:
        yield f"{name} has a mode, but {kind} is no act: remove it."
    elif mode is not None and mode not in ontology.vocabulary("mode"):
        yield f"{name} has the mode {mode}, which the ontology lacks: declare it as a kg:Mode, or correct it."
    elif mode is not None and mode not in ontology.modes_of(kind):
        modes = ", ".join(ontology.modes_of(kind)) or "none"
        yield f"{name} has the mode {mode}, which is none of {kind}: its modes are {modes}."


def _keys(value: object) -> list[str]:
    return [str(key) for key in value] if isinstance(value, dict) else []


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
