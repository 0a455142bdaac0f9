"""Asking a store, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kg.errors import QueryError
from kg.queries.catalogue import find
from kg.queries.header import Question
from kg.queries.lookup import find_entity, find_term
from kg.queries.parameters import prepare

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.interface import Results

    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Source(Protocol):
    """What answers SPARQL: every `kg.store.Store` does."""

    def query(self, text: str) -> "Results":
        """Answer a SPARQL query."""


@dataclass(frozen=True, slots=True)
class Table:
    """Answer to a SELECT query.

    Attributes:
        columns: variables in the order of the SELECT clause.
        rows: a term for each column, None where a variable is unbound.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple["Term | None", ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Rows as texts by column, unbound ones left out."""
        for row in self.rows:
            yield {name: lexical(term) for name, term in zip(self.columns, row, strict=True) if term is not None}


@dataclass(frozen=True, slots=True)
class Truth:
    """Answer to an ASK query."""

    value: bool

    def __bool__(self) -> bool:
        return self.value

    def __len__(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Answer to a CONSTRUCT or DESCRIBE query: its triples, each once, sorted."""

    triples: tuple["ox.Triple", ...]

    def __len__(self) -> int:
        return len(self.triples)


Answer: TypeAlias = Table | Truth | Graph


def query(source: Source, question: Question | str | Path, parameters: Mapping[str, str] | None = None) -> Answer:
    """Ask a question of a store.

    Args:
        source: where to ask.
        question: a shipped question's name, a ``.rq`` file, SPARQL text, or a `Question`.
        parameters: values by name, as a user writes them; entities also by label, id or code.

    Raises:
        UsageError: a name that no shipped question has.
        InputError: a file that cannot be read.
        QueryError: what does not parse, or a parameter that does not fit.

    >>> from kg.store import open_store
    >>> query(open_store(), "SELECT (1 AS ?one) {}").rows[0][0].value
    '1'
    """
    asked = question if isinstance(question, Question) else find(str(question))
    text = prepare(
        asked,
        parameters,
        entity=lambda words: find_entity(source, words),
        term=lambda words: find_term(source, words),
    )
    return run(source, text)


def run(source: Source, text: str) -> Answer:
    """Ask SPARQL text of a store and take in the whole answer."""
    import pyoxigraph as ox

    results = source.query(text)
    try:
        match results:
            case ox.QuerySolutions():
                columns = tuple(variable.value for variable in results.variables)
                return Table(columns, tuple(tuple(row) for row in results))
            case ox.QueryBoolean():
                return Truth(bool(results))
            case _:
                return Graph(tuple(sorted(set(results), key=str)))
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the query failed: {error}", hint="narrow it and ask again") from error


def lexical(term: "Term") -> str:
    """A term without its syntax: the IRI, the literal's text."""
    value = getattr(term, "value", None)
    return str(term) if value is None else str(value)
