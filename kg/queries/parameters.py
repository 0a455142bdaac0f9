"""From what a user types to a term in the query: types checked, escaped, and put only where a line awaits it."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kg.errors import QueryError
from kg.quads import iri, literal
from kg.queries.header import BINDING, Parameter, Question

#: Finds the IRI that a user's words mean.
Resolver = Callable[[str], str]

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f]*")
_DATES: Final = (
    (re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"), "date"),
    (re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"), "gYearMonth"),
    (re.compile(r"[0-9]{4}"), "gYear"),
)
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def prepare(
    question: Question,
    parameters: Mapping[str, str] | None = None,
    *,
    entity: Resolver | None = None,
    term: Resolver | None = None,
) -> str:
    r"""The question's SPARQL with its parameters in place.

    Args:
        question: to ask.
        parameters: values as the user wrote them, by name.
        entity: finds an entity by id, label or code; without it entities are given as IRIs.
        term: finds a class or other term of the ontology by name; without it they are given as IRIs.

    Raises:
        QueryError: an unknown or missing parameter, or a value that does not fit its type.

    >>> question = Question("q", "SELECT * {\nVALUES ?n { UNDEF }\n?s ?p ?n }", parameters=(
    ...     Parameter("n", "integer", "a number"),))
    >>> print(prepare(question, {"n": "7"}))
    SELECT * {
    VALUES ?n { 7 }
    ?s ?p ?n }
    """
    given = dict(parameters or {})
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise QueryError(f"{question.name} has no parameter {name!r}", hint=has)
    terms: dict[str, str] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name] = serialise(parameter, value, entity=entity, term=term)
        elif parameter.required:
            raise QueryError(
                f"{question.name} needs the parameter {parameter.name}: {parameter.meaning}",
                hint=f"add -p {parameter.name}=…",
            )
    return BINDING.sub(lambda match: _bind(match, terms), question.text)


def _bind(match: re.Match[str], terms: Mapping[str, str]) -> str:
    term = terms.get(match[1])
    if term is None:
        return match[0]
    start, end = match.start(2) - match.start(), match.end(2) - match.start()
    return match[0][:start] + term + match[0][end:]


def serialise(parameter: Parameter, value: str, *, entity: Resolver | None = None, term: Resolver | None = None) -> str:
    r"""A value as the SPARQL term that its parameter's type asks for.

    >>> serialise(Parameter("t", "text", ""), 'a "b" } \\ \n')
    '"a \\"b\\" } \\\\ \\n"'
    >>> serialise(Parameter("d", "date", ""), "2025-03")
    '"2025-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    match parameter.type:
        case "entity":
            return _iri(parameter, value, entity)
        case "class":
            return _iri(parameter, value, term)
        case "text":
            return literal(_encodable(parameter, value))
        case "date":
            return _date(parameter, value.strip())
        case "integer":
            if not _INTEGER.fullmatch(value.strip()):
                raise _misfit(parameter, value, "a whole number")
            return str(int(value))


def is_iri(value: str) -> bool:
    """Whether a user wrote a whole IRI, as far as its characters go.

    >>> is_iri("https://example.org/a"), is_iri("state/UKR"), is_iri("https://example.org/> } #")
    (True, False, False)
    """
    return bool(_IRI.fullmatch(value)) and ("://" in value or value.startswith("urn:"))


def _iri(parameter: Parameter, value: str, resolver: Resolver | None) -> str:
    words = value.strip()
    bare = words[1:-1] if words.startswith("<") and words.endswith(">") else words
    if is_iri(bare):
        return iri(bare)
    if not words:
        raise _misfit(parameter, value, "a name, an id or an IRI")
    if resolver is None:
        raise _misfit(parameter, value, "a whole IRI where there is no graph to look names up in")
    found = resolver(_encodable(parameter, words))
    if not is_iri(found):
        raise _misfit(parameter, value, f"something with an IRI that SPARQL can hold, not {found!r}")
    return iri(found)


def _date(parameter: Parameter, value: str) -> str:
    from datetime import date

    for pattern, datatype in _DATES:
        if not pattern.fullmatch(value):
            continue
        try:
            date.fromisoformat(f"{value}-01-01"[:10])
        except ValueError:
            break
        return literal(value, datatype=_XSD + datatype)
    raise _misfit(parameter, value, "a date such as 2025, 2025-03 or 2025-03-06")


def _encodable(parameter: Parameter, value: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise _misfit(parameter, value.encode("ascii", "backslashreplace").decode(), "text in UTF-8")
    return value


def _misfit(parameter: Parameter, value: str, wanted: str) -> QueryError:
    return QueryError(f"parameter {parameter.name} is {value[:80]!r}", hint=f"give {wanted}")
