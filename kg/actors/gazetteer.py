"""The gazetteer: which actors the words of a text may mean.

It keeps every reading (``Georgia`` the state and the US state, ``Congolese`` of two states); context decides between
them elsewhere. Readings of people carry the dates of their offices, so that a leader is told as of an article's date.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from kg.actors.matching import Pieces, fits, key, pieces
from kg.actors.naming import entity as entity_of
from kg.actors.naming import office as office_of
from kg.actors.naming import slug
from kg.actors.register import Record, read_register, shipped_index, shipped_register
from kg.claims import Entity

Relation: TypeAlias = Literal[
    "name", "alias", "abbreviation", "adjective", "demonym", "capital", "seat", "leader"
]  # fmt: skip

_FORMS: Final[Mapping[str, Relation]] = {
    "skos:prefLabel": "name",
    "skos:altLabel": "alias",
    "schema:legalName": "alias",
    "kg:abbreviation": "abbreviation",
    "kg:adjective": "adjective",
    "kg:demonym": "demonym",
}
_PLACES: Final[Mapping[str, Relation]] = {"kg:capital": "capital", "kg:seat": "seat"}
_RANK: Final = {name: rank for rank, name in enumerate(Relation.__args__)}  # type: ignore[attr-defined]
#: Words for the same office.
_OFFICES: Final = {"premier": "prime-minister", "pm": "prime-minister", "taoiseach": "prime-minister",
                   "foreign-secretary": "foreign-minister", "defense-minister": "defence-minister",
                   "defence-secretary": "defence-minister", "defense-secretary": "defence-minister",
                   "secretary-of-defense": "defence-minister", "emir": "amir"}  # fmt: skip


#: Offices that news means first when it gives a surname alone.
_WEIGHT: Final = {
    **{f"office/{role}": 0 for role in ("president", "king", "queen", "leader", "supreme-leader", "pope", "emir")},
    **{f"office/{role}": 1 for role in ("prime-minister", "chancellor", "premier", "secretary-general")},
}


@dataclass(frozen=True, order=True, slots=True)
class Sense:
    """One reading of some words.

    Attributes:
        entity: whom they mean.
        relation: how they mean it: by ``name``, ``alias``, ``abbreviation``, ``adjective`` (Russian), ``demonym``
            (Russians), by the state's ``capital``, its ``seat`` of power (the Kremlin), or as a ``leader``'s name.
        since: of a person, start of the first office known here, ISO 8601, as precise as known.
        until: of a person, end of the last office; None where it lasts or was never dated.
    """

    entity: Entity
    relation: Relation
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, order=True, slots=True)
class Holder:
    """Who holds, or held, an office.

    Attributes:
        person: the holder.
        office: the office.
        of: id of the state or organisation.
        since: start, ISO 8601, as precise as known; empty where unknown.
        until: end, or None.
        status: ``current`` or ``acting``, as of its time.
        certain: whether the register's knowledge reaches the date asked for; past it, this is the last one known.
    """

    person: Entity
    office: Entity
    of: str
    since: str
    until: str | None = None
    status: str = "current"
    certain: bool = True
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface form that means an entity."""

    pieces: Pieces
    id: str
    relation: Relation
    rank: int


class Gazetteer:
    """Names of states, organisations, places and leaders, and what they may mean.

    Use `Gazetteer.load`; the shipped register is loaded once per process.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[str, Record] = {}
        self._tenures: list[Record] = []
        self._by_key: dict[str, list[_Form]] = {}
        self._longest: dict[str, int] = {}
        self._surnames: dict[str, list[str]] = {}
        for record in records:
            if record.kind == "Membership":
                self._tenures.append(record)
            elif record.id in self._records:
                known = self._records[record.id]
                self._records[record.id] = replace(known, properties=known.properties + record.properties)
            else:
                self._records[record.id] = record
        for record in self._records.values():
            self._add(record)
        self._senses: dict[tuple[str, Pieces], tuple[Sense, ...]] = {}
        self._held_by: dict[str, list[Holder]] | None = None
        self._held_of: dict[tuple[str, str], list[Holder]] = {}

    @staticmethod
    def load(paths: Sequence[Path] | None = None, extra: Sequence[Path] = ()) -> "Gazetteer":
        """The gazetteer of some register files.

        Args:
            paths: Turtle files; the shipped ones if None.
            extra: a user's own files besides, Turtle or YAML (`kg.actors.listing` tells the form).

        Raises:
            InputError: if a file cannot be read.
            OntologyError: if a file is malformed.
        """
        return _load(None if paths is None else tuple(paths), tuple(extra))

    def find(self, words: str) -> tuple[Sense, ...]:
        """Readings of exactly these words, the likeliest first; empty where there are none.

        >>> [(s.entity.id, s.relation) for s in Gazetteer.load().find("the Kremlin")][0]
        ('state/RUS', 'seat')
        >>> Gazetteer.load().find("us"), Gazetteer.load().find("US")[0].entity.label
        ((), 'United States')
        """
        parts = pieces(words)
        senses = self._lookup(parts)
        if not senses and len(parts) > 1 and parts[0] in ("the", "The", "THE"):
            return self._lookup(parts[1:])
        return senses

    def longest(self, words: Sequence[str], start: int) -> tuple[int, tuple[Sense, ...]]:
        """The longest name that begins at a token: how many tokens it takes, and its readings; ``(0, ())`` if none.

        >>> count, senses = Gazetteer.load().longest(["in", "New", "Zealand", "today"], 1)
        >>> count, senses[0].entity.id
        (2, 'state/NZL')
        """
        first = pieces(words[start])
        limit = self._longest.get(first[0].lower(), 0) if first else 0
        best: tuple[int, tuple[Sense, ...]] = (0, ())
        found: Pieces = ()
        for end in range(start, len(words)):
            more = first if end == start else pieces(words[end])
            if not more:
                continue
            found += more
            if len(found) > limit:
                break
            if senses := self._lookup(found):
                best = (end - start + 1, senses)
        return best

    def entity(self, identifier: str) -> Entity | None:
        """The entity of an id that this gazetteer knows, else None.

        >>> Gazetteer.load().entity("state/UKR").label
        'Ukraine'
        """
        record = self._records.get(identifier)
        if record is None:
            return None
        if identifier in shipped_index():
            return entity_of(identifier)
        label = record.value("skos:prefLabel") or identifier
        state = record.value("kg:ofState")
        return Entity(identifier, record.kind, label, state.removeprefix("state/") if state else None)

    def adjectives(self, state: str) -> tuple[str, ...]:
        """Nationality adjectives of a state, by its code.

        >>> Gazetteer.load().adjectives("PER")
        ('Peruvian',)
        """
        record = self._records.get(f"state/{state}")
        return record.values("kg:adjective") if record else ()

    def category(self, identifier: str) -> str | None:
        """What sort of organisation it is: ``armed group``, ``party``, ``company``, ``international`` …, or None.

        >>> Gazetteer.load().category("state/UKR") is None
        True
        """
        record = self._records.get(identifier)
        return record.value("kg:category") if record else None

    def links(self, identifier: str) -> tuple[str, ...]:
        """External IRIs of an entity (``schema:sameAs``), such as its Wikidata item."""
        record = self._records.get(identifier)
        return record.values("schema:sameAs") if record else ()

    def capital(self, state: str) -> Entity | None:
        """The capital of a state, as a place, by the state's alpha-3 code.

        >>> Gazetteer.load().capital("UKR").id
        'region/kyiv'
        """
        record = self._records.get(f"state/{state}")
        capital = record.value("kg:capital") if record else None
        return self.entity(capital) if capital else None

    def members(self, organization: str) -> tuple[Entity, ...]:
        """Members of an organisation, by its id, in order of id; empty where none are known."""
        record = self._records.get(organization)
        found = (self.entity(member) for member in sorted(record.values("org:hasMember") if record else ()))
        return tuple(member for member in found if member)

    def tenures(self, person: str) -> tuple[Holder, ...]:
        """Offices of a person, by id, in order of start."""
        return tuple(self._holders().get(person, ()))

    def office_holder(self, state: str, office: str, date: str | None) -> Holder | None:
        """Who held an office on a date.

        Args:
            state: alpha-3 code of the state, or the id of an organisation.
            office: its words (``prime minister``).
            date: ISO 8601; without one nobody is named.

        Returns:
            The holder, or None where the register does not know; `Holder.certain` is false for a date later than
            what the register knows.

        >>> holder = Gazetteer.load().office_holder("GBR", "prime minister", "2026-01-06")
        >>> holder.person.label, holder.certain
        ('Keir Starmer', True)
        """
        if date is None:
            return None
        self._holders()
        of = state if "/" in state else f"state/{state}"
        holding = [
            holder
            for holder in self._held_of.get((of, canonical_office(office)), ())
            if holder.since <= date and (holder.until is None or date < holder.until)
        ]
        if not holding:
            return None
        latest = max(holding, key=lambda holder: (holder.since, holder.person.id))
        return latest if latest.until or date <= latest.as_of else replace(latest, certain=False)

    def surname(self, word: str, date: str | None) -> tuple[Sense, ...]:
        """People of a surname: those in office on the date first, then the most recent; all of them without a date.

        >>> [sense.entity.label for sense in Gazetteer.load().surname("Macron", "2025-06-01")]
        ['Emmanuel Macron']
        """
        parts = pieces(word)
        if not parts or parts[-1][:1].islower():
            return ()
        people = [self._person(identifier) for identifier in self._surnames.get(key(parts), ())]
        known = [sense for sense in people if date is None or sense.since is None or sense.since <= date]
        return tuple(sorted(known, key=lambda sense: self._recency(sense, date)))

    def state_of(self, person: str, date: str | None) -> str | None:
        """State that a person served on a date, else last before it, else belongs to; None for an organisation's.

        >>> gazetteer = Gazetteer.load()
        >>> [gazetteer.state_of("person/mark-rutte", date) for date in ("2020-05-01", "2025-05-01")]
        ['NLD', None]
        """
        held = [holder for holder in self.tenures(person) if date is None or holder.since <= date]
        if held:
            of = max(held, key=lambda holder: (_holds(holder, date), holder.since)).of
            entity = self.entity(of)
            return entity.state if entity else None
        known = self.entity(person)
        return known.state if known else None

    def _recency(self, sense: Sense, date: str | None) -> tuple[bool, int, int, str]:
        held = self.tenures(sense.entity.id)
        now = [holder for holder in held if _holds(holder, date)]
        weight = min((_WEIGHT.get(holder.office.id, 2) for holder in now or held), default=3)
        latest = max((int(holder.since[:4] or 0) for holder in held), default=0)
        return not now, weight, -latest, sense.entity.id

    def _add(self, record: Record) -> None:
        rank = int(record.value("kg:rank") or 0)
        person = record.kind == "Person"
        for name, value in record.properties:
            if name in _FORMS:
                self._add_form(value, record.id, "leader" if person else _FORMS[name], rank)
            elif name in _PLACES and value in self._records:
                place = self._records[value]
                for form in (*place.values("skos:prefLabel"), *place.values("skos:altLabel")):
                    self._add_form(form, record.id, _PLACES[name], rank)
            elif name == "kg:surname":
                people = self._surnames.setdefault(key(pieces(value)), [])
                if record.id not in people:
                    people.append(record.id)

    def _add_form(self, words: str, identifier: str, relation: Relation, rank: int) -> None:
        parts = pieces(words)
        if parts:
            first = parts[0].lower()
            if len(parts) > self._longest.get(first, 0):
                self._longest[first] = len(parts)
            self._by_key.setdefault(key(parts), []).append(_Form(parts, identifier, relation, rank))

    def _lookup(self, parts: Pieces) -> tuple[Sense, ...]:
        of = key(parts)
        forms = self._by_key.get(of)
        if forms is None:
            return ()
        known = self._senses.get((of, parts))
        if known is None:
            known = self._senses[of, parts] = tuple(self._readings(forms, parts))
        return known

    def _readings(self, forms: Iterable[_Form], written: Pieces) -> Iterator[Sense]:
        fitting = [form for form in forms if fits(written, form.pieces)]
        seen: set[tuple[str, str]] = set()
        for form in sorted(fitting, key=_likelihood):
            how = "name" if form.relation in ("alias", "abbreviation") else form.relation
            entity = self.entity(form.id)
            if entity is not None and (form.id, how) not in seen:
                seen.add((form.id, how))
                yield self._person(form.id) if form.relation == "leader" else Sense(entity, form.relation)

    def _person(self, identifier: str) -> Sense:
        entity = self.entity(identifier) or entity_of(identifier)
        held = self.tenures(identifier)
        since = min((holder.since for holder in held if holder.since), default=None)
        ends = [holder.until for holder in held]
        until = max((end for end in ends if end), default=None) if None not in ends else None
        return Sense(entity, "leader", since, until)

    def _holders(self) -> Mapping[str, list[Holder]]:
        """Tenures by person, read on first use: a text that names no leader does not pay for them."""
        if self._held_by is None:
            self._held_by = {}
            for record in self._tenures:
                person = self.entity(record.value("org:member") or "")
                if person is None:
                    continue
                office = office_of((record.value("org:role") or "office/leader").removeprefix("office/"))
                holder = Holder(
                    person, office, record.value("org:organization") or "", record.value("schema:startDate") or "",
                    record.value("schema:endDate"), record.value("kg:status") or "current",
                    as_of=record.value("kg:asOf") or "",
                )  # fmt: skip
                self._held_by.setdefault(person.id, []).append(holder)
                self._held_of.setdefault((holder.of, office.id.removeprefix("office/")), []).append(holder)
            for held in self._held_by.values():
                held.sort(key=lambda holder: (holder.since, holder.office.id))
        return self._held_by


def canonical_office(words: str) -> str:
    """Slug of an office, synonyms as one.

    >>> canonical_office("Premier"), canonical_office("acting president")
    ('prime-minister', 'president')
    """
    plain = slug(words)
    for status in ("acting-", "interim-", "transitional-", "caretaker-"):
        plain = plain.removeprefix(status)
    return _OFFICES.get(plain, plain)


def _holds(holder: Holder, date: str | None) -> bool:
    return date is not None and holder.since <= date and (holder.until is None or date < holder.until)


def _likelihood(form: _Form) -> tuple[int, bool, int, str]:
    """Sort key of readings: states before places of their name, names before capitals, lesser states last."""
    return form.rank, not form.id.startswith("state/"), _RANK[form.relation], form.id


@functools.lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...] | None, extra: tuple[Path, ...]) -> Gazetteer:
    records = list(shipped_register()) if paths is None else [r for path in paths for r in read_register(path)]
    if extra:
        from kg.actors.listing import read_listing  # YAML is needed for a user's own lists only
    for path in extra:
        records += read_listing(path) if path.suffix in {".yaml", ".yml"} else read_register(path)
    return Gazetteer(records)
