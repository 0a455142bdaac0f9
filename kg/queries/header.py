"""The header of a question: YAML in ``#+`` comment lines at the top of a ``.rq`` file.

::

    #+ title: Meetings
    #+ question: Who met, where, and how large was the meeting?
    #+ description: One row for each participant …
    #+ keywords: [meeting, talks]
    #+ parameters:
    #+   participant: {type: entity, meaning: only meetings in which it took part, default: any}

A parameter is bound by one or more lines ``VALUES ?participant { UNDEF }`` in the query.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast, get_args

from kg.errors import QueryError

ParameterType: TypeAlias = Literal["entity", "class", "text", "date", "integer"]

#: A line that binds a parameter, whole: nothing else may stand on it.
BINDING: Final = re.compile(r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{[ \t]*(UNDEF)[ \t]*\}[ \t]*$", re.MULTILINE)

_HEADER_LINE: Final = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_TYPES: Final[tuple[str, ...]] = get_args(ParameterType)


@dataclass(frozen=True, order=True, slots=True)
class Parameter:
    """One thing that a question may be narrowed by.

    Attributes:
        name: of the SPARQL variable, without question mark.
        type: what its value is.
        meaning: in words.
        default: value that is taken where none is given; None for no restriction.
        required: whether the question makes no sense without it.
    """

    name: str
    type: ParameterType
    meaning: str
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, order=True, slots=True)
class Question:
    """A question in words and in SPARQL.

    Attributes:
        name: what it is called by; the file's name without suffix.
        text: the file as it stands: valid SPARQL 1.1.
        title: in two or three words.
        question: in words, as a user would ask it.
        description: what a row means, and what is left out.
        keywords: to find it by.
        parameters: in the header's order.
    """

    name: str
    text: str
    title: str = ""
    question: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()


def parse_question(name: str, text: str) -> Question:
    r"""Read a question from the text of its file; a file without header is a question without parameters.

    Args:
        name: name of the question, for errors too.
        text: of the file.

    Raises:
        QueryError: a header that is not well-formed, or a parameter that no line of the query binds.

    >>> parse_question("n", "#+ title: Forces\nSELECT * { ?force ?p ?o }").title
    'Forces'
    """
    header = _read_header(name, text)
    question = Question(
        name=name,
        text=text,
        title=_words(header.get("title")),
        question=_words(header.get("question")),
        description=_words(header.get("description")),
        keywords=tuple(str(word) for word in _sequence(header.get("keywords"), name, "keywords")),
        parameters=tuple(
            _parameter(name, str(key), value)
            for key, value in _mapping(header.get("parameters"), name, "parameters").items()
        ),
    )
    bound = {match[1] for match in BINDING.finditer(text)}
    for parameter in question.parameters:
        if parameter.name not in bound:
            raise QueryError(
                f"{name}: no line binds parameter {parameter.name}",
                hint=f"add a line VALUES ?{parameter.name} {{ UNDEF }} of its own",
            )
    return question


def _read_header(name: str, text: str) -> dict[object, object]:
    import yaml

    lines = "\n".join(match[1] for match in _HEADER_LINE.finditer(text))
    if not lines.strip():
        return {}
    try:
        header: object = yaml.safe_load(lines)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        hint = "put values with a colon in quotes"
        raise QueryError(f"{name}: the header is not YAML: {reason}", hint=hint) from None
    return _mapping(header, name, "the header")


def _parameter(question: str, name: str, value: object) -> Parameter:
    entry = _mapping(value, question, f"parameter {name}")
    kind = str(entry.get("type", "text"))
    if kind not in _TYPES:
        raise QueryError(f"{question}: parameter {name} has the unknown type {kind}", hint=f"use {', '.join(_TYPES)}")
    default = entry.get("default")
    return Parameter(
        name=name,
        type=cast(ParameterType, kind),
        meaning=_words(entry.get("meaning")),
        default=None if default in (None, "any") else str(default),
        required=entry.get("required") is True,
    )


def _mapping(value: object, name: str, what: str) -> dict[object, object]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise QueryError(f"{name}: {what} should be a mapping of names to values")


def _sequence(value: object, name: str, what: str) -> list[object]:
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise QueryError(f"{name}: {what} should be a list in brackets")


def _words(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
