"""The ontology as the rooms see it: names looked up, roles and their fillers, what is a kind of what.

Everything is read from ``ontology/foedus.ttl`` and the user's own files, whose annotations say what a role takes
(``kg:roleOf``, ``kg:fillerType``), which property ties two entities (below ``kg:relation``) and which class an id tells
(``kg:slug``, ``kg:headWord``). So a class and its roles are added in Turtle alone.

A name is a local name (``Guarantee``, ``actor``); where several vocabularies share one, ours is meant, and a prefix or
the whole IRI (``my:actor``) names the other.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from kg.errors import InputError, OntologyError
from kg.quads import NAMESPACES
from kg.resources import resource

IRI: TypeAlias = str
FillerKind: TypeAlias = Literal["entity", "claim", "text", "integer", "individual"]

_RDF: Final = NAMESPACES["rdf"]
_RDFS: Final = NAMESPACES["rdfs"]
_SKOS: Final = NAMESPACES["skos"]
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_CLASS_TYPES: Final = (f"{_OWL}Class", f"{_RDFS}Class")
_PROPERTY_TYPES: Final = (
    *(f"{_OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation")),
    f"{_RDF}Property",
)
_DATATYPES: Final[Mapping[IRI, FillerKind]] = {
    f"{_RDF}langString": "text",
    f"{NAMESPACES['xsd']}string": "text",
    f"{NAMESPACES['xsd']}integer": "integer",
}


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """What a role is and takes.

    Attributes:
        name: the name that claims and frames use.
        iri: the property.
        filler: what a filler is; a string filler of an ``individual`` role is the notation of a vocabulary's term.
        types: IRIs of the classes (or the datatype) that may fill it; any one will do.
        kinds: IRIs of the classes, or of the property above binary kinds, that have it; kinds below inherit it.
        language: whether a text carries a language tag.
    """

    name: str
    iri: IRI
    filler: FillerKind
    types: tuple[IRI, ...]
    kinds: tuple[IRI, ...]
    language: bool = False


class Ontology:
    """Look-ups over the shipped ontology and the user's; use `load`.

    Args:
        triples: subject, predicate and object as bare IRIs or texts; blank nodes are left out.
        prefixes: namespaces by prefix; ``kg`` is among them.
    """

    def __init__(self, triples: Iterable[tuple[str, str, str]], prefixes: Mapping[str, str]) -> None:
        self.prefixes: Final = MappingProxyType(dict(sorted(prefixes.items())))
        self.namespace: Final = prefixes["kg"]
        self._index: dict[str, dict[IRI, list[str]]] = {}
        for subject, predicate, value in triples:
            values = self._index.setdefault(predicate, {}).setdefault(subject, [])
            if value not in values:
                values.append(value)
        self._lines: dict[tuple[str, IRI], tuple[IRI, ...]] = {}
        self._locals: dict[int, tuple[int, dict[str, IRI]]] = {}
        self._parents = {p: self._all(f"{_RDFS}{p}") for p in ("subClassOf", "subPropertyOf")}
        self._classes = self._named(_CLASS_TYPES, "subClassOf")
        self._properties = self._named(_PROPERTY_TYPES, "subPropertyOf")
        self._roles = {info.name: info for info in self._read_roles()}
        self._terms = self._read_terms()
        self.base: Final = self._header("uriSpace")

    @classmethod
    def load(cls, extra: Sequence[str | Path] = ()) -> "Ontology":
        """The shipped ontology, with the user's RDF files on top of it.

        Raises:
            InputError: a file is missing or unreadable.
            OntologyError: a file is no RDF, or its annotations name what is not there.
        """
        if not extra:
            return _shipped()
        files = (shipped_file(), *(Path(path) for path in extra))
        prefixes: dict[str, str] = {}
        triples = [triple for path in files for triple in _read(path, prefixes)]
        return cls(triples, prefixes)

    # ------------------------------------------------------------ names

    def cls(self, name: str) -> IRI:
        """IRI of a class.

        >>> Ontology.load().curie(Ontology.load().cls("State"))
        'kg:State'
        """
        return self._find(self._classes, name, "class")

    def prop(self, name: str) -> IRI:
        """IRI of a property, also of the standard ones that the graphs use (``hasSource``, ``dcterms:title``)."""
        return self._find(self._properties, name, "property")

    def kind(self, name: str) -> IRI:
        """IRI of a kind of claim: a class below Claim, or a property below relation."""
        if self.is_binary(name) or self.is_a(name, "Claim"):
            return self.prop(name) if self.is_binary(name) else self.cls(name)
        kinds = [self.name(i) for i in (*self._classes, *self._properties) if self.is_kind(self.name(i))]
        raise _unknown(name, kinds, "kind of claim")

    def has_class(self, name: str) -> bool:
        """Whether there is such a class."""
        return self._lookup(self._classes, name) is not None

    def expand(self, curie: str) -> IRI:
        """IRI of a prefixed name.

        >>> Ontology.load().expand("oa:exact")
        'http://www.w3.org/ns/oa#exact'
        """
        prefix, _, local = curie.partition(":")
        if prefix not in self.prefixes:
            raise _unknown(prefix, self.prefixes, "prefix")
        return self.prefixes[prefix] + local

    def curie(self, iri: IRI) -> str:
        """Prefixed name of an IRI; the IRI itself where no prefix fits."""
        fitting = [(len(space), prefix) for prefix, space in self.prefixes.items() if space and iri.startswith(space)]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"

    def name(self, iri: IRI) -> str:
        """Shortest name by which look-ups find this class or property."""
        local = _local(iri)
        table = self._classes if iri in self._classes else self._properties
        return local if self._lookup(table, local) == iri else self.curie(iri)

    def label(self, iri: IRI) -> str:
        """Label of a term in words; its local name where it has none."""
        return next(iter(self._of("label", _RDFS).get(iri, ())), _local(iri))

    def definition(self, iri: IRI) -> str:
        """Definition of a term; empty where it has none."""
        return next(iter(self._of("definition", _SKOS).get(iri, ())), "")

    # ------------------------------------------------------------ kinds

    def is_kind(self, name: str) -> bool:
        """Whether claims can be of this kind."""
        return self.is_binary(name) or self.is_a(name, "Claim")

    def is_binary(self, kind: str) -> bool:
        """Whether a kind is a property of two entities, not a class with roles of its own.

        >>> Ontology.load().is_binary("memberOf"), Ontology.load().is_binary("Guarantee")
        (True, False)
        """
        iri = self._lookup(self._properties, kind)
        top = self.namespace + "relation"
        return iri is not None and iri != top and top in self._up("subPropertyOf", iri)

    def is_act(self, kind: str) -> bool:
        """Whether a kind is an act (one of the sixteen types, or a class of the user's below one)."""
        return self.is_a(kind, "Act")

    def is_a(self, name: str, of: str) -> bool:
        """Whether a class is another one or below it; False where either is unknown.

        >>> Ontology.load().is_a("Coalition", "Actor"), Ontology.load().is_a("Office", "Actor")
        (True, False)
        """
        return self._lookup(self._classes, of) in self._class_line(name)

    def superclasses(self, name: str) -> tuple[str, ...]:
        """Names of a class and of all above it, the nearest first; empty for an unknown class.

        >>> Ontology.load().superclasses("Coalition")
        ('Coalition', 'Organization', 'Actor', 'Entity')
        """
        return tuple(self.name(iri) for iri in self._class_line(name))

    def subclasses(self, name: str) -> tuple[str, ...]:
        """Names of a class and of all below it, sorted."""
        top = self.cls(name)
        return tuple(sorted(self.name(iri) for iri in self._classes if top in self._up("subClassOf", iri)))

    def classes(self) -> tuple[str, ...]:
        """Names of all classes, sorted."""
        return tuple(sorted(map(self.name, self._classes)))

    def properties(self) -> tuple[str, ...]:
        """Names of all properties, sorted."""
        return tuple(sorted(map(self.name, self._properties)))

    def binary_kinds(self) -> tuple[str, ...]:
        """Names of all properties that claims can state of two entities, sorted."""
        return tuple(sorted(name for name in map(self.name, self._properties) if self.is_binary(name)))

    def types_of(self, identifier: str, kind: str) -> tuple[IRI, ...]:
        """Classes of an entity: that of its kind, and those that the last part of its id tells.

        >>> [Ontology.load().name(i) for i in Ontology.load().types_of("office/president", "Office")]
        ['Office', 'GoverningOffice', 'HeadOfStateOffice']
        """
        slug = identifier.rpartition("/")[2]
        top = self.cls(kind)
        found = {top}
        for annotation, value in (("slug", slug), ("headWord", slug.rpartition("-")[2])):
            for iri, values in self._of(annotation).items():
                line = self._up("subClassOf", iri)
                if value in values and top in line:
                    found.update(line[: line.index(top)])
        return tuple(sorted(found, key=lambda iri: (len(self._up("subClassOf", iri)), iri)))

    # ------------------------------------------------------------ roles

    def role(self, name: str) -> RoleInfo:
        """What a role is and takes.

        >>> Ontology.load().role("number").filler, Ontology.load().role("what").language
        ('integer', True)
        """
        info = self._roles.get(name) or self._roles.get(self._role_name(name))
        if info is None:
            raise _unknown(name, self._roles, "role")
        return info

    def has_role(self, name: str) -> bool:
        """Whether there is such a role."""
        return name in self._roles or self._role_name(name) in self._roles

    def all_roles(self) -> tuple[RoleInfo, ...]:
        """Every role, by name."""
        return tuple(self._roles[name] for name in sorted(self._roles))

    def roles(self, kind: str) -> tuple[RoleInfo, ...]:
        """Roles of a kind, its own and inherited, by name.

        >>> [role.name for role in Ontology.load().roles("Quotation")]
        ['holder', 'place', 'speaker', 'words']
        """
        iri = self.kind(kind)
        line = self._up("subPropertyOf" if self.is_binary(kind) else "subClassOf", iri)
        return tuple(info for info in self.all_roles() if not set(line).isdisjoint(info.kinds))

    def individual(self, vocabulary: str, notation: str) -> IRI:
        """Term of a vocabulary, by the role that takes it (or the vocabulary's class) and its notation.

        >>> Ontology.load().curie(Ontology.load().individual("mode", "third-party"))
        'kg:mode-third-party'
        """
        terms = self.vocabulary(vocabulary)
        if notation not in terms:
            raise _unknown(notation, terms, f"term for {vocabulary}")
        return terms[notation]

    def vocabulary(self, name: str) -> Mapping[str, IRI]:
        """Terms by notation, of a vocabulary's class or of the role or property that takes them."""
        if self.has_class(name):
            types: Iterable[IRI] = (self.cls(name),)
        elif self.has_role(name):
            types = self.role(name).types
        else:
            types = self._of("fillerType").get(self.prop(name), ())
        return MappingProxyType({word: iri for type_ in types for word, iri in self._terms.get(type_, {}).items()})

    def notation(self, iri: IRI) -> str:
        """The word that claims use for a term of a vocabulary."""
        return next(iter(self._of("notation", _SKOS).get(iri, ())), "")

    def modes_of(self, kind: str) -> tuple[str, ...]:
        """Notations of the modes that refine an act of this kind, sorted."""
        line = set(self._class_line(kind))
        found = (iri for iri, acts in self._of("modeOf").items() if line & set(acts))
        return tuple(sorted(map(self.notation, found)))

    # ------------------------------------------------------------ reading

    def _of(self, local: str, namespace: str = "") -> Mapping[IRI, list[str]]:
        return self._all((namespace or self.namespace) + local)

    def _all(self, predicate: IRI) -> Mapping[IRI, list[str]]:
        return self._index.get(predicate, {})

    def _named(self, types: tuple[IRI, ...], below: str) -> dict[IRI, None]:
        """Everything declared with one of the types, or placed below something; in the order of the files."""
        typed = (s for s, found in self._all(f"{_RDF}type").items() if not set(types).isdisjoint(found))
        return dict.fromkeys((*typed, *self._parents[below]))

    def _header(self, local: str) -> str:
        values = self._of(local, self.prefixes.get("void", "")).values()
        return next((value for found in values for value in found), "")

    def _up(self, relation: str, iri: IRI) -> tuple[IRI, ...]:
        """A class or property and all above it, the nearest first."""
        if (relation, iri) not in self._lines:
            line = [iri]
            for current in line:
                line += (parent for parent in sorted(self._parents[relation].get(current, ())) if parent not in line)
            self._lines[relation, iri] = tuple(line)
        return self._lines[relation, iri]

    def _class_line(self, name: str) -> tuple[IRI, ...]:
        iri = self._lookup(self._classes, name)
        return () if iri is None else self._up("subClassOf", iri)

    def _lookup(self, table: Mapping[IRI, None], name: str) -> IRI | None:
        """The IRI of a name: whole, prefixed or local, ours before others."""
        if name in table:
            return name
        prefix, colon, local = name.partition(":")
        if colon:
            iri = self.prefixes.get(prefix, "") + local
            return iri if iri in table else None
        if self.namespace + name in table:
            return self.namespace + name
        size, by_local = self._locals.get(id(table), (-1, {}))
        if size != len(table):
            by_local = {}
            for iri in table:
                by_local.setdefault(_local(iri), iri)
            self._locals[id(table)] = len(table), by_local
        return by_local.get(name)

    def _find(self, table: Mapping[IRI, None], name: str, what: str) -> IRI:
        iri = self._lookup(table, name)
        if iri is None:
            raise _unknown(name, map(self.name, table), what)
        return iri

    def _role_name(self, name: str) -> str:
        iri = self._lookup(self._properties, name)
        return "" if iri is None else next((info.name for info in self._roles.values() if info.iri == iri), "")

    def _read_roles(self) -> Iterator[RoleInfo]:
        names = self._of("roleName")
        for iri, kinds in self._of("roleOf").items():
            self._properties.setdefault(iri)
            types = tuple(self._of("fillerType").get(iri, ()))
            missing = [kind for kind in kinds if kind not in self._classes and kind not in self._properties]
            if missing:
                raise OntologyError(f"{self.curie(iri)} is a role of {missing[0]}, which no file declares")
            yield RoleInfo(
                name=names[iri][0] if iri in names else self.name(iri),
                iri=iri,
                filler=self._filler_kind(iri, types),
                types=types,
                kinds=tuple(kinds),
                language=f"{_RDF}langString" in types,
            )

    def _filler_kind(self, role: IRI, types: tuple[IRI, ...]) -> FillerKind:
        """The one kind of filler that the filler types of a role amount to."""
        tops: Mapping[str, FillerKind] = {"Entity": "entity", "Claim": "claim", "Term": "individual"}
        found: set[FillerKind] = {_DATATYPES[type_] for type_ in types if type_ in _DATATYPES}
        for type_ in types:
            found.update(kind for top, kind in tops.items() if self.namespace + top in self._up("subClassOf", type_))
        if len(found) != 1:
            raise OntologyError(
                f"role {self.curie(role)} needs a kg:fillerType",
                hint="name classes below kg:Entity, kg:Claim or kg:Term, rdf:langString, or xsd:integer; one sort only",
            )
        return found.pop()

    def _read_terms(self) -> dict[IRI, dict[str, IRI]]:
        """Terms of each vocabulary by notation."""
        found: dict[IRI, dict[str, IRI]] = {}
        vocabularies = {iri for iri in self._classes if self.namespace + "Term" in self._up("subClassOf", iri)}
        notations = self._of("notation", _SKOS)
        for subject, types in self._all(f"{_RDF}type").items():
            for type_ in types:
                if type_ in vocabularies:
                    for word in notations.get(subject, ()):
                        found.setdefault(type_, {})[word] = subject
        return found


def shipped_file() -> Path:
    """Path of the shipped ontology."""
    return resource("ontology", "foedus.ttl")


@cache
def _shipped() -> Ontology:
    prefixes: dict[str, str] = {}
    triples = list(_read(shipped_file(), prefixes))
    return Ontology(triples, prefixes)


def _read(path: Path, prefixes: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Triples of a file without blank nodes; its prefixes are added to ``prefixes``, the first binding stays."""
    import pyoxigraph as ox  # the store's library: whoever only prints help does without

    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower()) or ox.RdfFormat.TURTLE
    try:
        parser = ox.parse(path=str(path), format=form, base_iri=path.resolve().as_uri())
        for quad in parser:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.subject.value, quad.predicate.value, quad.object.value
    except OSError as error:
        reason = "no such file" if not path.exists() else str(error)
        raise InputError(f"cannot read the ontology {path}: {reason}", hint="name an RDF file") from error
    except SyntaxError as error:
        raise OntologyError(f"{path} is no {form.name}: {error.msg}", hint="mend the line that is named") from error
    for prefix, namespace in parser.prefixes.items():
        prefixes.setdefault(prefix, namespace)


def _local(iri: IRI) -> str:
    """Local name of an IRI.

    >>> _local("https://example.org/navy#Boarding"), _local("https://example.org/navy/boards")
    ('Boarding', 'boards')
    """
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def _unknown(name: str, known: Iterable[str], what: str) -> OntologyError:
    """Error for a name that is not there, with the nearest that is."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f"did you mean {close[0]}?" if close else "add it to an ontology file of your own (--ontology)"
    return OntologyError(f"the ontology has no {what} {name!r}", hint=hint)
