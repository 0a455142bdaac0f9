"""Reading the lexicon's files: YAML to frames, with errors that say where and what to do."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from kg.errors import OntologyError
from kg.extraction.frames import Content, Frame, LexicalUnit, PartOfSpeech, Restriction, Slots
from kg.resources import resource

#: Where a noun's actor stands unless its frame says otherwise: "Israel's war", "Israeli strikes", "strikes by Israel",
#: "Israel launches strikes".
NOUN_ACTOR: Final = ("owner", "modifier", "by", "host")

#: Files of the folder that hold no frames.
_OTHER_FILES: Final = frozenset({"standing.yaml"})

_GRAMMAR: Final = frozenset(
    {"subject", "object", "indirect", "complement", "attribute", "purpose", "owner", "modifier", "host",
     "clause"}
)  # fmt: skip
_LISTS: Final[tuple[tuple[str, PartOfSpeech], ...]] = (
    ("verbs", "verb"), ("light", "light"), ("nouns", "noun"), ("adjectives", "adjective"),
)  # fmt: skip


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which ``on``, ``off`` and ``no`` are words, as in YAML 1.2: "on" is a slot."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


class Entry(NamedTuple):
    """One entry of a file: a frame or a list of words."""

    path: Path
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entries:
    """What some files hold.

    Attributes:
        by_name: entries of frames, in the order of the files.
        words: lists of words.
        own: how many of the first entries are the user's own.
    """

    by_name: Mapping[str, Entry]
    words: Mapping[str, tuple[str, ...]]
    own: int = 0

    def updated(self, others: "Entries") -> "Entries":
        """These with the user's before them: they win where units are equally long, and replace what has their name."""
        kept = {name: entry for name, entry in self.by_name.items() if name not in others.by_name}
        return Entries({**others.by_name, **kept}, {**self.words, **others.words}, len(others.by_name))

    def frames(self) -> Iterator[Frame]:
        """The frames; `OntologyError` where one is malformed."""
        for rank, (name, entry) in enumerate(self.by_name.items(), -self.own):
            try:
                yield _frame(entry.data, self.words, rank)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise OntologyError(f"{entry.path}: {name}: {error}", hint="mend the frame") from error


def shipped_files() -> tuple[Path, ...]:
    """The files of frames that come with the program."""
    return tuple(sorted(f for f in resource("ontology", "lexicon").glob("*.yaml") if f.name not in _OTHER_FILES))


def entries(files: Iterable[Path]) -> Entries:
    """Read files; `OntologyError` if one cannot be read, is no list, or uses a name twice."""
    return _collect(Entry(path, data) for path in files for data in read(path))


def checked_entries(files: Iterable[Path]) -> Entries:
    """Read files and hold them against the schema."""
    return _collect(Entry(path, data) for path in files for data in _checked(path))


def schema_problems(data: object) -> Iterator[str]:
    """What the schema finds wrong with a file's entries, one line each, naming the frame."""
    from jsonschema import Draft202012Validator

    schema = json.loads(resource("ontology", "lexicon", "frame.schema.json").read_text(encoding="utf-8"))
    for error in sorted(Draft202012Validator(schema).iter_errors(data), key=lambda e: [str(p) for p in e.path]):
        first = error.path[0] if error.path else None
        entry = data[first] if isinstance(data, list) and isinstance(first, int) else None
        name = _name(entry) if isinstance(entry, dict) else ""
        inner = max(error.context, key=lambda e: len(e.path)) if error.context else error
        place = ".".join(str(step) for step in list(inner.absolute_path)[1:])
        yield ": ".join(part for part in (name or f"entry {first}", place, inner.message) if part)


def _name(data: Mapping[str, Any]) -> str:
    return str(data.get("frame") or data.get("words") or "")


def _collect(found: Iterable[Entry]) -> Entries:
    frames: dict[str, Entry] = {}
    words: dict[str, tuple[str, ...]] = {}
    for entry in found:
        name = _name(entry.data)
        if not name:
            raise OntologyError(f"{entry.path}: an entry has no name", hint="begin it with '- frame: its-name'")
        if name in frames or name in words:
            raise OntologyError(f"{entry.path}: {name}: the name is taken", hint="give each frame its own name")
        if "frame" in entry.data:
            frames[name] = entry
        else:
            words[name] = tuple(entry.data.get("lemmas", ()))
    return Entries(frames, words)


def read(path: Path) -> list[Mapping[str, Any]]:
    """The entries of one file as they stand; `OntologyError` if it cannot be read or is no list."""
    try:
        data = yaml.load(path.read_bytes(), _Loader)
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror}", hint="name a YAML file of frames") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "not UTF-8 text"
        raise OntologyError(f"{where}: not valid YAML: {problem}", hint="mend the line") from error
    if data is None:
        return []
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise OntologyError(f"{path}: not a list of frames", hint="begin each frame with '- frame: its-name'")
    return data


def _checked(path: Path) -> list[Mapping[str, Any]]:
    data = read(path)
    problem = next(schema_problems(data), None)
    if problem:
        raise OntologyError(f"{path}: {problem}", hint="ontology/lexicon/frame.schema.json says what a frame may hold")
    return data


def _frame(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]], rank: int) -> Frame:
    roles = _slots(data.get("roles"))
    return Frame(
        name=data["frame"],
        yields=str(data["yields"]).removeprefix("kg:"),
        units=_units(data, words),
        mode=data.get("mode"),
        roles=roles,
        noun_roles={**default_noun_roles(roles), **_slots(data.get("noun_roles"))},
        types=_slots(data.get("types")),
        needs=_tuple(data.get("needs")),
        values=data.get("values", {}),
        modalities=tuple(data.get("modalities", ())),
        content=_content(data),
        mutual=data.get("mutual", False),
        absorbs=_tuple(data.get("absorbs")),
        requires=_restrictions(data.get("requires"), words),
        excludes=_restrictions(data.get("excludes"), words),
        example=data.get("example", ""),
        rank=rank,
    )


def _content(data: Mapping[str, Any]) -> Content | None:
    if "content" not in data:
        return None
    return Content(
        slots=_tuple(data["content"]["of"]),
        actor=data["content"].get("actor", "subject"),
        modality=data.get("content_modality"),
        holder=data.get("content_holder", False),
        negated=data.get("content_negated", False),
    )


def default_noun_roles(roles: Slots) -> Slots:
    """A noun's slots where the frame names none: the verb's prepositions, and "of" for its object.

    >>> default_noun_roles({"actor": ("subject",), "target": ("object", "against")})["target"]
    ('against', 'of')
    """
    found: dict[str, tuple[str, ...]] = {}
    for role, slots in roles.items():
        prepositions = tuple(s for s in slots if s not in _GRAMMAR)
        if "subject" in slots:
            found[role] = (*NOUN_ACTOR, *(s for s in prepositions if s not in NOUN_ACTOR))
        else:
            found[role] = (*prepositions, *(("of",) if "object" in slots and "of" not in slots else ()))
    return found


def _units(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> tuple[LexicalUnit, ...]:
    return tuple(
        LexicalUnit.parse(form, pos) for key, pos in _LISTS for raw in data.get(key, ()) for form in expand(raw, words)
    )


def expand(form: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every combination of a unit's alternatives and list members.

    >>> list(expand("hold|host $talk", {"talk": ("talk", "meeting")}))
    ['hold talk', 'hold meeting', 'host talk', 'host meeting']
    """
    if "$" not in form and "|" not in form:
        return iter((form,))
    parts = ([w for a in part.split("|") for w in _members(a, words)] for part in form.split())
    return (" ".join(choice) for choice in product(*parts))


def _members(word: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not word.startswith("$"):
        return (word,)
    if word[1:] not in words:
        raise ValueError(f"there is no list of words named {word[1:]}")
    return tuple(m for member in words[word[1:]] for m in _members(member, words))


def _restrictions(data: Any, words: Mapping[str, tuple[str, ...]]) -> tuple[Restriction, ...]:
    if data is None:
        return ()
    return tuple(_restriction(option, words) for option in (data if isinstance(data, list) else [data]))


def _restriction(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> Restriction:
    return {slot: frozenset(w for raw in _tuple(held) for w in _members(raw, words)) for slot, held in data.items()}


def _slots(data: Mapping[str, object] | None) -> dict[str, tuple[str, ...]]:
    return {role: _tuple(slots) for role, slots in (data or {}).items()}


def _tuple(data: Any) -> tuple[str, ...]:
    if data is None:
        return ()
    return (data,) if isinstance(data, str) else tuple(data)
