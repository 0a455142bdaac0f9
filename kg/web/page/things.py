"""What a store is about, once for all views: every claim in a few words, every entity and document, and what ties them.

It is read from the store predicate by predicate, which takes a few microseconds a triple, and kept as long as the store
is open. What a page shows of single claims (words, reasons) is read by `kg.web.page.statements` when it is wanted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.errors import KgError
from kg.iris import BASE, document_id, kind_of
from kg.mapping import vocabulary as v
from kg.mapping.vocabulary import Vocabulary
from kg.ontology import Ontology
from kg.store.interface import Store

#: Roles of those who do, promise, hold or say, and of those to whom they do.
WHO: Final = ("actor", "subject", "providedBy", "person", "force", "speaker")
WHOM: Final = ("target", "object", "beneficiary", "of")

#: How far a claim is presented as fact, from most to least.
STANDINGS: Final = ("fact", "planned", "conditional", "possible", "denied", "claimed")

_DAY: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, order=True, slots=True)
class Thing:
    """An entity as a page names it.

    Attributes:
        label: its name.
        path: its path below the base; a whole IRI where it is not below it.
        kind: its class.
    """

    label: str
    path: str
    kind: str


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """A document as a page names it.

    Attributes:
        date: ISO 8601, empty where it has none.
        title: its title, else its id.
        id: its id.
        path: its path below the base.
        source: where it comes from, as it says itself.
    """

    date: str
    title: str
    id: str
    path: str
    source: str

    @property
    def site(self) -> str:
        """The host of its source, or the source itself where that is no address.

        >>> Source("", "", "", "", "https://example.org/wire/7").site
        'example.org'
        """
        found = re.match(r"https?://([^/?#]+)", self.source)
        return found[1] if found else self.source


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in a few words.

    Attributes:
        key: the claim's key.
        kind: class or property.
        standing: one of `STANDINGS`.
        performance: of a guarantee, how far it is performed.
        date: of what it says, else the first of its documents.
        documents: paths of the documents that state it; empty where it only stands inside another.
        who: paths of those who act.
        whom: paths of those to whom they do.
        others: paths of other entities: places, offices, holders.
        holder: path of whose claim it is, empty where the text vouches.
        verdict: what the last review says of it: ``confirmed``, ``rejected`` or nothing.
    """

    key: str
    kind: str
    standing: str
    performance: str
    date: str
    documents: tuple[str, ...]
    who: tuple[str, ...]
    whom: tuple[str, ...]
    others: tuple[str, ...]
    holder: str
    verdict: str

    @property
    def entities(self) -> tuple[str, ...]:
        """Paths of every entity it names, each once."""
        return tuple(dict.fromkeys((*self.who, *self.whom, *self.others)))


class Things:
    """Everything that a store is about.

    Args:
        store: open for reading.
        ontology: names and vocabularies; the shipped ontology unless told otherwise.
    """

    def __init__(self, store: Store, ontology: Ontology | None = None) -> None:
        self.ontology: Final = ontology or Ontology.load()
        self.terms: Final = Vocabulary(self.ontology)
        self._scan: Final = _Scan(store)
        self.base: Final = _base(self._scan, self.terms)
        self._kinds = {name.lower(): name for name in self.ontology.subclasses("Entity")}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every document, by path."""
        titles, dates, places = map(self._scan.one, (v.TITLE, v.DATE, v.SOURCE))
        found = {}
        for node in self._scan.instances(self.terms.cls("Document")):
            path = self.path(node)
            name = document_id(path) or path
            found[path] = Source(dates.get(node, ""), titles.get(node, name), name, path, places.get(node, ""))
        return found

    @cached_property
    def entities(self) -> Mapping[str, Thing]:
        """Every entity that has a name, by path."""
        return {
            path: Thing(label, path, self.kind(path))
            for path, label in ((self.path(node), label) for node, label in self._scan.one(v.LABEL).items())
        }

    def thing(self, path: str) -> Thing:
        """An entity, also one without a name."""
        return self.entities.get(path) or Thing(path.rpartition("/")[2], path, self.kind(path))

    def kind(self, path: str) -> str:
        """Class of an entity, as its path tells it."""
        return self._kinds.get(kind_of(path), "Entity")

    def path(self, address: str) -> str:
        """Path of an IRI below the base, or the IRI where it is not below it."""
        return address.removeprefix(self.base)

    def node(self, path: str) -> str:
        """Term of what stands at a path."""
        return f"<{path}>" if ":" in path.partition("/")[0] else f"<{self.base}{path}>"

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every claim, by key, newest first and then by kind and key."""
        found = sorted(self._rows(), key=lambda row: (row.kind, row.key))
        found.sort(key=lambda row: row.date, reverse=True)
        return {row.key: row for row in found}

    @cached_property
    def by_entity(self) -> Mapping[str, Sequence[Row]]:
        """Claims by the path of each entity that they name."""
        found: dict[str, list[Row]] = {}
        for row in self.rows.values():
            for path in row.entities:
                found.setdefault(path, []).append(row)
        return found

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[Row]]:
        """Claims by the path of each document that states them."""
        found: dict[str, list[Row]] = {}
        for row in self.rows.values():
            for path in row.documents:
                found.setdefault(path, []).append(row)
        return found

    # ------------------------------------------------------------ reading

    def _rows(self) -> Iterator[Row]:
        terms, one = self.terms, self._scan.one
        kinds = {node[1:-1]: name for node, name in terms.kinds.items()}
        modality, negated = one(terms.prop("modality")), one(terms.prop("negated"))
        performance, occasion = one(terms.prop("performance")), one(terms.prop("occasion"))
        holder, documents, verdicts = one(terms.holder), self._documents(), self._verdicts()
        who, whom, others = self._roles(WHO), self._roles(WHOM), self._roles(self._other_roles())
        short = {f"{self.ontology.individual('modality', word)}": word for word in self.ontology.vocabulary("Modality")}
        for node, kind in one(terms.prop("kind")).items():
            if kind not in kinds:
                continue
            held = self.path(holder[node]) if node in holder else ""
            said = documents.get(node, ())
            yield Row(
                key=node.rpartition("/")[2],
                kind=kinds[kind],
                standing=_standing(short.get(modality.get(node, ""), "actual"), negated.get(node) == "true", held),
                performance=short.get(performance.get(node, ""), ""),
                date=self._date(occasion.get(node, ""), said),
                documents=said,
                who=who.get(node, ()),
                whom=whom.get(node, ()),
                others=tuple(dict.fromkeys((*others.get(node, ()), *((held,) if held else ())))),
                holder=held,
                verdict=verdicts.get(node, ""),
            )

    def _other_roles(self) -> tuple[str, ...]:
        known = {*WHO, *WHOM, "holder"}
        return tuple(r.name for r in self.ontology.all_roles() if r.filler == "entity" and r.name not in known)

    def _roles(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name in names:
            if self.ontology.has_role(name):
                for node, filler in self._scan.values(self.terms.role_property(name)):
                    found.setdefault(node, []).append(self.path(filler))
        return {node: tuple(sorted(set(fillers))) for node, fillers in found.items()}

    def _documents(self) -> dict[str, tuple[str, ...]]:
        homes = self._scan.one(v.HAS_SOURCE)
        found: dict[str, set[str]] = {}
        for node, evidence in self._scan.values(self.terms.prop("evidence")):
            if evidence in homes:
                found.setdefault(node, set()).add(self.path(homes[evidence]))
        return {node: tuple(sorted(paths)) for node, paths in found.items()}

    def _verdicts(self) -> dict[str, str]:
        """Last verdict on each claim."""
        targets = self._scan.one(v.HAS_TARGET)
        if not targets:
            return {}
        verdicts, created = self._scan.one(self.terms.prop("verdict")), self._scan.one(v.CREATED)
        reviews = sorted((created.get(review, ""), review) for review in targets if review in verdicts)
        return {targets[review]: self.ontology.notation(verdicts[review]) for _, review in reviews}

    def _date(self, occasion: str, documents: Iterable[str]) -> str:
        if _DAY.fullmatch(occasion):
            return occasion
        return min((s.date for s in map(self.sources.get, documents) if s and s.date), default="")[:10]


_kept: "WeakKeyDictionary[Store, Things]" = WeakKeyDictionary()


def things_of(store: Store) -> Things:
    """What a store is about; read once as long as it is open."""
    found = _kept.get(store)
    if found is None:
        found = _kept[store] = Things(store)
    return found


class _Scan:
    """Reads all triples of a predicate.

    Args:
        store: open for reading.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def values(self, predicate: str) -> list[tuple[str, str]]:
        """Subjects and objects of a predicate without their syntax, in no particular order; some may come twice."""
        rows = self._rows(f"SELECT ?s ?o {{ ?s {predicate} ?o }}")
        return [(_value(subject), _value(object_)) for subject, object_ in rows]

    def one(self, predicate: str) -> dict[str, str]:
        """Object of a predicate by subject; the first in order where there are several."""
        pairs = self.values(predicate)
        found = dict(pairs)
        return found if len(found) == len(pairs) else dict(sorted(pairs, reverse=True))

    def instances(self, cls: str) -> list[str]:
        """IRIs of the instances of a class, sorted."""
        return sorted({_value(row[0]) for row in self._rows(f"SELECT ?s {{ ?s {v.TYPE} {cls} }}")})

    def _rows(self, text: str) -> ox.QuerySolutions:
        rows = self._store.query(text)
        if not isinstance(rows, ox.QuerySolutions):
            raise KgError("the store answered a SELECT query without rows")
        return rows


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)


def _standing(modality: str, negated: bool, holder: str) -> str:
    if holder:
        return "claimed"
    if negated:
        return "denied"
    return "fact" if modality == "actual" else modality


def _base(scan: _Scan, terms: Vocabulary) -> str:
    """Base of the graph's IRIs; the first where there are several."""
    for name, part in (("Claim", "claim/"), ("Document", "document/")):
        bases = {node.rpartition(part)[0] for node in scan.instances(terms.cls(name))} - {""}
        if bases:
            return min(bases)
    return BASE
