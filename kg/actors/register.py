"""The register of known actors: reading `ontology/actors/*.ttl`.

The shipped files are Turtle in one fixed layout (`tools/make_actors.py` writes it), one property a line, so that they
can be read line by line in a fraction of the time that an RDF parser takes. Files in any other layout, and a user's own
Turtle, are read with a full parser; both give the same records.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import InputError, OntologyError
from kg.resources import resource

#: First line of every file in the fixed layout.
HEADER: Final = "# Foedus register, fixed layout: one property a line. Written by tools/make_actors.py; do not edit."
ID_BASE: Final = "https://w3id.org/foedus/id/"
PREFIXES: Final = {
    "kg": "https://w3id.org/foedus/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Record:
    """One subject of the register.

    Attributes:
        id: path below ``id/``: ``state/UKR``.
        kind: local name of its class: ``State``, ``Person``, ``Membership`` …
        properties: pairs of a prefixed property name and a value, as written; a value is a literal's text or, for an
            entity, its path below ``id/``.
    """

    id: str
    kind: str
    properties: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """Values of one property, in the order of the file."""
        return tuple(value for key, value in self.properties if key == name)

    def value(self, name: str) -> str | None:
        """First value of one property, or None."""
        return next((value for key, value in self.properties if key == name), None)


def read_register(path: Path) -> tuple[Record, ...]:
    """Records of one Turtle file.

    Raises:
        InputError: if the file cannot be read.
        OntologyError: if it is not Turtle.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the actors in {path}: {error}", hint="give a Turtle file in UTF-8") from error
    if text.startswith(HEADER):
        return tuple(_fixed_layout(text))
    return tuple(_any_layout(text, path))


def _fixed_layout(text: str) -> Iterator[Record]:
    """Records of a file in the fixed layout."""
    identifier, kind = "", ""
    properties: list[tuple[str, str]] = []
    for line in text.split("\n"):
        if line.startswith("    "):
            name, _, rest = line[4:-2].partition(" ")
            if rest[0] == '"':
                value = rest[1 : rest.rindex('"')]
                properties.append((name, _unescape(value) if "\\" in value else value))
            elif rest[0] == "<":
                properties.append((name, rest[1:-1]))
            else:
                properties.append((name, rest.partition(":")[2]))
            if line[-1] == ".":
                yield Record(identifier, kind, tuple(properties))
                properties = []
        elif line.startswith("<"):
            identifier, _, rest = line[1:-2].partition("> a ")
            kind = rest.partition(":")[2]


def _any_layout(text: str, path: Path) -> Iterator[Record]:
    """Records of any Turtle file, by a full parser; blank nodes and foreign subjects are passed over."""
    import pyoxigraph as ox  # a store's library: only a user's own files need it

    found: dict[str, list[tuple[str, str]]] = {}
    kinds: dict[str, str] = {}
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=ID_BASE):
            if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(ID_BASE):
                continue
            subject = quad.subject.value.removeprefix(ID_BASE)
            if isinstance(quad.object, ox.BlankNode | ox.Triple):
                continue
            value = quad.object.value
            if quad.predicate.value == _RDF_TYPE:
                if value.startswith((PREFIXES["kg"], PREFIXES["org"])):
                    kinds[subject] = _local(value)
                continue
            if value.startswith(PREFIXES["kg"]):
                value = _local(value)
            found.setdefault(subject, []).append((_prefixed(quad.predicate.value), value.removeprefix(ID_BASE)))
    except SyntaxError as error:
        raise OntologyError(f"{path} is not Turtle: {error}", hint="check it with an RDF validator") from error
    for subject, kind in kinds.items():
        yield Record(subject, kind, tuple(found.get(subject, ())))


def _prefixed(iri: str) -> str:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _unescape(text: str) -> str:
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def write_register(records: Iterable[Record]) -> str:
    r"""Turtle in the fixed layout, sorted by id; the inverse of `read_register`.

    >>> print(write_register([Record("state/FRA", "State", (("skos:prefLabel", "France"),))]).splitlines()[-2])
    <state/FRA> a kg:State ;
    """
    lines = [HEADER, f"@base <{ID_BASE}> ."]
    lines += [f"@prefix {prefix}: <{base}> ." for prefix, base in PREFIXES.items()]
    for record in sorted(records, key=lambda record: record.id):
        prefix = "org" if record.kind == "Membership" else "kg"
        lines += ["", f"<{record.id}> a {prefix}:{record.kind} ;"]
        lines += [f"    {name} {_object(name, value)} ;" for name, value in record.properties]
        lines[-1] = lines[-1][:-1] + "."
    return "\n".join(lines) + "\n"


#: Properties whose values are entities, and those whose values are codes or dates; all others hold English words.
LINKS: Final = frozenset(
    ("kg:capital", "kg:seat", "kg:ofState", "org:hasMember", "org:member", "org:organization", "org:role",
     "schema:sameAs")
)  # fmt: skip
_CODES: Final = frozenset({"kg:alpha2", "kg:alpha3", "kg:m49", "kg:category", "kg:rank"})
_DATES: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


def _object(name: str, value: str) -> str:
    if name in LINKS:
        return f"<{value}>"
    if name == "kg:status":
        return f"kg:{value}"
    literal = '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
    if name in {"schema:startDate", "schema:endDate", "kg:asOf"}:
        return f"{literal}^^xsd:{_DATES[len(value)]}"
    return literal if name in _CODES else literal + "@en"


def shipped_files() -> tuple[Path, ...]:
    """The project's own register files, in order of name."""
    return tuple(sorted(resource("ontology", "actors").glob("*.ttl")))


@functools.cache
def shipped_register() -> tuple[Record, ...]:
    """Records of the project's own register; read once per process."""
    return tuple(record for path in shipped_files() for record in read_register(path))


@functools.cache
def shipped_index() -> dict[str, Record]:
    """The same by id."""
    return {record.id: record for record in shipped_register()}
