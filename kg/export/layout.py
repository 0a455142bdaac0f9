"""The order in which a person reads a graph, and how terms are shortened."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from kg.export.sorting import sorted_lines
from kg.iris import BASE, kind_of
from kg.ontology import Ontology
from kg.quads import NAMESPACES, Quad, from_line, is_iri, line, literal_parts, standard

#: Kinds of subjects in reading order, with the heading of their section; others come between and after.
SECTIONS: Final = {
    "document": "Documents",
    "state": "States",
    "region": "Regions",
    "person": "Persons",
    "organization": "Organizations",
    "coalition": "Coalitions",
    "force": "Forces",
    "mechanism": "Mechanisms",
    "facility": "Facilities",
    "meeting": "Meetings",
    "agreement": "Agreements",
    "conflict": "Conflicts",
    "office": "Offices",
    "actor": "Unnamed actors",
    "claim": "Claims",
    "condition": "Conditions",
    "": "Other subjects",
    "evidence": "Evidence",
    "mention": "Mentions",
    "words": "Trigger words",
    "position": "Positions",
    "quote": "Quotations",
}
#: Properties that say most come first.
_FIRST: Final = ("kind", "modality", "negated", "performance")
_MIDDLE: Final = len(_FIRST)
_STATEMENT: Final = ("subject", "predicate", "object")
_OTHER: Final = _MIDDLE + len(_STATEMENT)
_LAST: Final = _OTHER + 1
_RANK: Final = {kind: number for number, kind in enumerate(SECTIONS)}
_LOCAL: Final = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_RELATIVE: Final = re.compile(r"[A-Za-z][A-Za-z0-9._~%-]*(?:/[A-Za-z0-9_~%][A-Za-z0-9._~%-]*)+")
_BARE: Final = {
    f"{NAMESPACES['xsd']}boolean": re.compile("true|false"),
    f"{NAMESPACES['xsd']}integer": re.compile(r"[+-]?[0-9]+"),
}


class Layout:
    """Sections and short names of one graph.

    Args:
        base: base of the graph's own IRIs.
        ontology: whose namespace gets the prefix ``kg``; the shipped one unless told otherwise.
    """

    def __init__(self, base: str = BASE, ontology: Ontology | None = None) -> None:
        self.base: Final = base
        self.prefixes: Final = {"kg": (ontology or Ontology.load()).namespace} | NAMESPACES
        ours = self.prefixes["kg"]
        self._order: Final = {
            standard("rdf:type"): -2,
            standard("rdfs:label"): -1,
            **{f"<{ours}{name}>": place for place, name in enumerate(_FIRST)},
            **{standard(f"rdf:{name}"): _MIDDLE + place for place, name in enumerate(_STATEMENT)},
            f"<{ours}evidence>": _LAST,
        }
        self._cache: dict[str, str] = {}

    def section(self, subject: str) -> str:
        """Kind of a subject, a key of `SECTIONS`."""
        if not subject.startswith(self.base, 1):
            return ""
        kind = kind_of(subject[1 + len(self.base) : -1])
        return kind if kind in SECTIONS else ""

    def in_order(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Each quad once: by graph, section, subject, predicate, object."""
        ranked = (self._key(quad) + line(quad).encode() + b"\n" for quad in quads)
        for text in sorted_lines(ranked):
            yield from_line(text.decode().rpartition("\t")[2])

    def _key(self, quad: Quad) -> bytes:
        return f"{quad.graph}\t{_RANK[self.section(quad.subject)]:02}\t".encode()

    def subjects(self, quads: Iterable[Quad]) -> Iterator[tuple[str, str, list[Quad]]]:
        """Graph, subject and quads of each subject in turn, the types first, then the labels."""
        for (graph, subject), group in groupby(self.in_order(quads), key=attrgetter("graph", "subject")):
            yield graph, subject, sorted(group, key=lambda quad: (self._order.get(quad.predicate, _OTHER), quad))

    def relative(self, iri: str) -> str | None:
        """An IRI as seen from the base, where that is safe to write."""
        if not (iri.startswith(self.base) and self.base.endswith("/")):
            return None
        rest = iri[len(self.base) :]
        return rest if _RELATIVE.fullmatch(rest) else None

    def curie(self, iri: str) -> str | None:
        """Prefixed name of an IRI, where a prefix fits."""
        for prefix, space in self.prefixes.items():
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return None

    def short(self, term: str) -> str:
        """A term as Turtle writes it."""
        known = self._cache.get(term)
        if known is None:
            known = self._short(term)
            if len(self._cache) < 100_000:
                self._cache[term] = known
        return known

    def _short(self, term: str) -> str:
        if term.startswith("<<("):
            inner = from_line(f"{term[4:-4]} .")
            return f"<<( {' '.join(map(self.short, inner[:3]))} )>>"
        if is_iri(term):
            iri = term[1:-1]
            relative = self.relative(iri)
            return f"<{relative}>" if relative else self.curie(iri) or term
        if term.endswith(">") and term.startswith('"'):
            text, _, datatype = literal_parts(term)
            if datatype in _BARE and _BARE[datatype].fullmatch(text):
                return text
            return f"{term[: term.rindex('^^')]}^^{self._short(f'<{datatype}>')}"
        return term
