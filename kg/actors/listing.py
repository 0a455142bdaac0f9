"""Lists of actors as people write them: short YAML that becomes register records.

A file is a list of blocks. In a block, ``names`` holds actors, separated by semicolons or as a YAML list; an actor is
its label and then its other names, each after a ``/`` between spaces; an alias of capitals is its abbreviation::

    - kind: Organization
      category: armed group
      names: Hamas / Islamic Resistance Movement; Palestinian Islamic Jihad / PIJ
    - kind: Region                      # names by state: Kharkiv belongs to Ukraine
      names: {UKR: Kharkiv / Kharkov; Odesa / Odessa}
    - kind: Region
      suffix: Oblast / Region           # Sumy stands for Sumy Oblast, Sumy oblast, Sumy region
      names: {UKR: Sumy; Volyn}
    - organ: military                   # names of an organ of a state
      names: {DEU: Bundeswehr / German Armed Forces}
    - seats: {state/RUS: Kremlin}       # places whose name stands for an actor
    - adjectives: {region/europe: European / Europeans}     # the adjective, then nouns for the people
    - members: {organization/aukus: AUS GBR USA}
    - people:                           # who | of | office | since | until; an underscore joins a surname of two words
        - Ursula von_der_Leyen | organization/european-commission | president | 2019-12-01
        - '*Xi Jinping | CHN | president | 2013-03-14'  # an asterisk marks a surname that is not the last word

``id=...`` before a label gives the id, where the label should not make it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from kg.actors.naming import KINDS, named, organ, slug, title_case
from kg.actors.register import Record
from kg.errors import InputError, OntologyError
from kg.iris import segment

Pairs = list[tuple[str, str]]
_ABBREVIATION: Final = re.compile(r"^(?=.*[A-Z].*[A-Z0-9])[A-Z][A-Z0-9.&/+-]{0,8}s?$")
_DATE: Final = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
_BLOCKS: Final = ("people", "seats", "adjectives", "members", "names")


def read_listing(path: Path) -> tuple[Record, ...]:
    """Records of one YAML file.

    Raises:
        InputError: if the file cannot be read.
        OntologyError: if it is malformed; the message names the block.
    """
    try:
        blocks = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the actors in {path}: {error}", hint="give a YAML file in UTF-8") from error
    except yaml.YAMLError as error:
        what = f"{path} is not YAML: {' '.join(str(error).split())}"
        raise OntologyError(what, hint="mind quotes and colons") from error
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise OntologyError(f"{path} is no list of blocks", hint="begin each with '- kind:', '- people:' …")
    found: dict[str, Record] = {}
    for number, block in enumerate(blocks, 1):
        try:
            records = list(_block(block))
        except (AttributeError, TypeError, ValueError) as error:
            what = f"{path}, block {number}: {error}"
            raise OntologyError(what, hint="see kg.actors.listing for the form") from error
        merge(found, records)
    return tuple(found.values())


def merge(found: dict[str, Record], records: Iterable[Record]) -> None:
    """Add records to those found: a record of the same id brings further properties, one of another state a new id."""
    for record in records:
        record = apart(found, record)
        known = found.get(record.id)
        pairs = dict.fromkeys((*(known.properties if known else ()), *record.properties))
        labels = [value for name, value in pairs if name == "skos:prefLabel"]
        kept = [pair for pair in pairs if pair[0] != "skos:prefLabel" or pair[1] == labels[0]]
        spare: Pairs = [("skos:altLabel", label) for label in labels[1:]]
        found[record.id] = Record(record.id, known.kind if known else record.kind, (*kept, *spare))


def apart(found: Mapping[str, Record], record: Record) -> Record:
    """The record, under an id that no actor of its name in another state bears: Tripoli of Libya and of Lebanon."""
    state = record.value("kg:ofState")
    if record.kind != "Region" or not state:
        return record
    code = f"-{state[-3:].lower()}"
    plain = record.id.removesuffix(code)
    owner = found[plain].value("kg:ofState") if plain in found else state
    identifier = plain if owner in (state, None) else plain + code
    return record if record.id == identifier else Record(identifier, record.kind, record.properties)


def _block(block: Mapping[str, Any]) -> Iterator[Record]:
    if not any(name in block for name in _BLOCKS):
        raise ValueError(f"it has none of {', '.join(_BLOCKS)}")
    for line in block.get("people", ()):
        yield from person_records(line)
    for holder, places in block.get("seats", {}).items():
        yield from _seats(holder, places)
    for identifier, words in block.get("adjectives", {}).items():
        adjective, *nouns = _split(words, " / ")
        pairs = [("kg:adjective", adjective), *(("kg:demonym", noun) for noun in nouns)]
        yield Record(identifier, _kind_of(identifier), tuple(pairs))
    for identifier, codes in block.get("members", {}).items():
        members = tuple(("org:hasMember", _path(code)) for code in codes.split())
        yield Record(identifier, _kind_of(identifier), members)
    names = block.get("names", ())
    for state, entries in names.items() if isinstance(names, dict) else [(block.get("state"), names)]:
        for entry in _split(entries, ";") if isinstance(entries, str) else entries:
            if "organ" in block:
                yield _organ(block, state, entry)
            else:
                yield actor_record(block, state, _suffixed(entry, block["suffix"]) if "suffix" in block else entry)


def _suffixed(entry: str, suffixes: str) -> str:
    """A province by its bare name, with what it is called: ``Sumy`` is Sumy Oblast, also Sumy region.

    >>> _suffixed("Sumy", "Oblast / Region")
    'Sumy Oblast / Sumy oblast / Sumy region'
    """
    first, *others = _split(suffixes, " / ")
    return " / ".join([f"{entry} {first}", *(f"{entry} {word.lower()}" for word in (first, *others))])


def actor_record(block: Mapping[str, Any], state: str | None, entry: str) -> Record:
    """One actor of a block of names.

    >>> actor_record({"kind": "Region"}, "UKR", "Odesa / Odessa").properties
    (('skos:prefLabel', 'Odesa'), ('skos:altLabel', 'Odessa'), ('kg:ofState', 'state/UKR'))
    """
    kind = block.get("kind", "Organization")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, not one of {', '.join(KINDS)}")
    explicit, label, *aliases = _explicit(entry)
    identifier = explicit or _plain_id(kind, label)
    pairs: Pairs = [("skos:prefLabel", label), *_aliases(aliases)]
    if _ABBREVIATION.match(label):
        pairs.append(("kg:abbreviation", label))
    if category := block.get("category"):
        pairs.append(("kg:category", category))
    if state:
        pairs.append(("kg:ofState", f"state/{state}"))
    return Record(identifier, kind, tuple(pairs))


def _explicit(entry: str) -> list[str]:
    """Explicit id (or an empty string), label, aliases."""
    if entry.startswith("id="):
        identifier, _, entry = entry.removeprefix("id=").partition(" ")
        return [identifier, *_split(entry, " / ")]
    return ["", *_split(entry, " / ")]


def _plain_id(kind: str, label: str) -> str:
    """Id of a listed name: its slug, since the register says its label."""
    plain = slug(label)
    return f"{kind.lower()}/{plain}" if plain else named(kind, label).id


def _organ(block: Mapping[str, Any], state: str | None, entry: str) -> Record:
    if state is None:
        raise ValueError("names of an organ go by state: {DEU: Bundeswehr}")
    entity = organ(state, block["organ"])
    pairs: Pairs = [("skos:prefLabel", entity.label), *_aliases(_split(entry, " / "))]
    return Record(entity.id, "Organization", (*pairs, ("kg:ofState", f"state/{state}")))


def _seats(holder: str, places: str) -> Iterator[Record]:
    pairs: Pairs = []
    parts = holder.split("/")
    if parts[0] == "state" and len(parts) == 3:
        pairs = [("skos:prefLabel", organ(parts[1], parts[2]).label), ("kg:ofState", f"state/{parts[1]}")]
    for entry in _split(places, ";"):
        place = actor_record({"kind": "Region"}, parts[1] if parts[0] == "state" else None, entry)
        yield place
        pairs.append(("kg:seat", place.id))
    yield Record(holder, _kind_of(holder), tuple(pairs))


def person_records(line: str) -> Iterator[Record]:
    """A person, and the office that the line gives.

    >>> person, tenure = person_records("*Xi Jinping | CHN | president | 2013-03-14")
    >>> person.values("kg:surname"), tenure.id
    (('Xi',), 'tenure/CHN/president/2013-03-14/xi-jinping')
    """
    names, of, role, since, until, *_ = [part.strip() for part in (line + "||||").split("|")]
    if not names or any(date and not _DATE.match(date) for date in (since, until)):
        raise ValueError(f"not 'name | of | office | since | until': {line!r}")
    written = _split(names, " / ")
    label = written[0].replace("*", "").replace("_", " ")
    identifier = f"person/{slug(label)}"
    pairs: Pairs = [("skos:prefLabel", label)]
    surnames: list[str] = []
    for name in written:
        plain = name.replace("*", "").replace("_", " ")
        if " " in plain and plain != label:
            pairs.append(("skos:altLabel", plain))
        if "*" in name or "*" not in written[0] or " " not in name:
            surnames += _surnames(name)
    pairs += [("kg:surname", surname) for surname in dict.fromkeys(surnames)]
    if of and "/" not in of:
        pairs.append(("kg:ofState", f"state/{of}"))
    yield Record(identifier, "Person", tuple(dict.fromkeys(pairs)))
    if role:
        yield _tenure(identifier, of, role, since, until)


def _tenure(person: str, of: str, role: str, since: str, until: str) -> Record:
    office = role.removeprefix("acting ")
    pairs: Pairs = [("org:member", person), ("org:role", f"office/{slug(office)}"), ("org:organization", _path(of))]
    if since:
        pairs.append(("schema:startDate", since))
    if until:
        pairs.append(("schema:endDate", until))
    pairs.append(("kg:status", "acting" if office != role else "current"))
    name = f"tenure/{segment(of.replace('/', '-'))}/{slug(office)}/{since or 'undated'}/{person.split('/')[1]}"
    return Record(name, "Membership", tuple(pairs))


def _surnames(name: str) -> list[str]:
    """Surname that a name marks, else its last word; a name of one word is one."""
    marked = re.search(r"\*(\S+)", name)
    surname = (marked.group(1) if marked else name.split()[-1]).replace("_", " ")
    last = re.sub(r"^(?:[Aa]l|[Ee]l|[Aa]sh?)-", "", surname.split()[-1])
    lone = last != surname and last[0].isupper() and not re.fullmatch(r"[IVX]+", last)
    return [surname, last] if lone else [surname]


def _aliases(names: Iterable[str]) -> Pairs:
    return [("kg:abbreviation" if _ABBREVIATION.match(name) else "skos:altLabel", name) for name in names]


def _split(words: str, separator: str) -> list[str]:
    return [" ".join(part.split()) for part in words.split(separator) if part.strip()]


def _path(code: str) -> str:
    return code if "/" in code else f"state/{code}"


def _kind_of(identifier: str) -> str:
    prefix, *rest = identifier.split("/")
    return "Organization" if prefix == "state" and len(rest) > 1 else title_case(prefix)
