"""Terms of the ontology as the mapper writes them, each looked up once."""

from functools import cached_property, lru_cache
from typing import Final

from kg.claims import Role
from kg.errors import OntologyError
from kg.ontology import Ontology, RoleInfo
from kg.quads import NAMESPACES, iri, literal, standard

TYPE: Final = standard("rdf:type")
LABEL: Final = standard("rdfs:label")
STATEMENT: Final = standard("rdf:Statement")
SUBJECT: Final = standard("rdf:subject")
PREDICATE: Final = standard("rdf:predicate")
OBJECT: Final = standard("rdf:object")
SAME_AS: Final = standard("schema:sameAs")
TITLE: Final = standard("dcterms:title")
DATE: Final = standard("dcterms:date")
SOURCE: Final = standard("dcterms:source")
SPECIFIC_RESOURCE: Final = standard("oa:SpecificResource")
HAS_SOURCE: Final = standard("oa:hasSource")
HAS_SELECTOR: Final = standard("oa:hasSelector")
POSITION_SELECTOR: Final = standard("oa:TextPositionSelector")
QUOTE_SELECTOR: Final = standard("oa:TextQuoteSelector")
HAS_TARGET: Final = standard("oa:hasTarget")
ANNOTATION: Final = standard("oa:Annotation")
BODY: Final = standard("oa:bodyValue")
CREATOR: Final = standard("dcterms:creator")
CREATED: Final = standard("dcterms:created")
START: Final = standard("oa:start")
END: Final = standard("oa:end")
EXACT: Final = standard("oa:exact")

XSD: Final = NAMESPACES["xsd"]
BOOLEAN: Final = {value: literal(str(value).lower(), datatype=f"{XSD}boolean") for value in (True, False)}

#: Language of labels and of what a text says.
LANGUAGE: Final = "en"

#: Datatype of a date by the length of its text.
DATE_TYPES: Final = {4: f"{XSD}gYear", 7: f"{XSD}gYearMonth", 10: f"{XSD}date"}


def date(value: str) -> str:
    """Term of an ISO 8601 date, as precise as it is.

    >>> date("2025-03")
    '"2025-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    return literal(value, datatype=DATE_TYPES.get(len(value), f"{XSD}dateTime" if "T" in value else ""))


def offset(value: int) -> str:
    """Term of an offset into a text."""
    return literal(str(value), datatype=f"{XSD}nonNegativeInteger")


class Vocabulary:
    """What the mapper and the reader look up in an ontology, as terms of N-Triples.

    Args:
        ontology: where the names are declared.
    """

    def __init__(self, ontology: Ontology) -> None:
        self.ontology: Final = ontology
        self.cls: Final = lru_cache(None)(lambda name: iri(ontology.cls(name)))
        self.prop: Final = lru_cache(None)(lambda name: iri(ontology.prop(name)))
        self.kind: Final = lru_cache(None)(lambda name: iri(ontology.kind(name)))
        self.role: Final = lru_cache(None)(ontology.role)
        self.is_binary: Final = lru_cache(None)(ontology.is_binary)
        self.individual: Final = lru_cache(None)(lambda role, word: iri(ontology.individual(role, word)))
        self.types_of: Final = lru_cache(4096)(lambda id_, kind: tuple(map(iri, ontology.types_of(id_, kind))))

    @cached_property
    def holder(self) -> str:
        """Property of a claim's holder."""
        return iri(self.role("holder").iri)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Names of the kinds of claims by term."""
        ontology = self.ontology
        return {self.kind(name): name for name in (*ontology.subclasses("Claim"), *ontology.binary_kinds())}

    @cached_property
    def roles(self) -> dict[str, RoleInfo]:
        """Roles by the term of their property."""
        found = {role.name: role for kind in self.kinds.values() for role in self.ontology.roles(kind)}
        return {iri(role.iri): role for role in found.values()}

    def modality(self, word: str) -> str:
        """Term of a modality."""
        return self.individual("modality", word)

    def role_property(self, name: str) -> str:
        """Term of the property that a role, or anything else that a mention is of, is written with."""
        return iri(self.role(name).iri) if self.ontology.has_role(name) else self.prop(name)

    def filler(self, role: Role) -> str:
        """Term of a filler that is no entity and no claim."""
        info = self.role(role.name)
        match role.filler:
            case int(number) if info.filler == "integer":
                return literal(str(number), datatype=f"{XSD}integer")
            case str(text) if info.filler == "text":
                return literal(text, language=LANGUAGE if info.language else "")
            case str(word) if info.filler == "individual":
                return self.individual(role.name, word)
        raise OntologyError(
            f"{role.filler!r} cannot fill the role {role.name}, which takes {info.filler} fillers",
            hint="mend the frame that fills it, or its kg:fillerType",
        )
