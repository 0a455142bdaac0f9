"""Questions as forms, and their answers as tables that can be sorted, filtered and taken away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries import Answer, Graph, Question, Table, Truth, catalogue, find, query, render
from kg.queries.answers import lexical
from kg.queries.formats import short
from kg.store.interface import Store
from kg.web.page.things import Things, things_of

#: Rows of a page.
ROWS: Final = 100
#: Names that a form suggests.
SUGGESTIONS: Final = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that a form offers: what is sent, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """A question with what this data offers for its parameters.

    Attributes:
        question: the question.
        suggestions: values by parameter.
    """

    question: Question
    suggestions: Mapping[str, tuple[Suggestion, ...]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row.

    Attributes:
        text: as people read it.
        path: path of what it names; empty where it names nothing of ours.
        address: where else it leads.
    """

    text: str
    path: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer as a table.

    Attributes:
        columns: as the query names them; labels stand in the columns of what they name.
        rows: of this page.
        total: rows in all.
        found: rows that hold what is looked for.
        page: this page, from 1.
        pages: how many there are.
        text: of an answer that is no table.
        numeric: columns that hold numbers.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    found: int = 0
    page: int = 1
    pages: int = 1
    text: str = ""
    numeric: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a table is wanted: a column to sort by (``-`` before it: backwards), letters to look for, a page."""

    sort: str = ""
    find: str = ""
    page: int = 1


def questions(words: str = "") -> tuple[Question, ...]:
    """The shipped questions by title, perhaps only those that hold some words.

    >>> [question.name for question in questions("gives aid")]
    ['aid']
    """
    wanted = words.casefold().split()
    found = (q for q in catalogue() if all(word in _all_words(q) for word in wanted))
    return tuple(sorted(found, key=lambda question: (question.title, question.name)))


def _all_words(question: Question) -> str:
    return " ".join((question.name, question.title, question.question, *question.keywords)).casefold()


def form_of(store: Store, name: str) -> Form:
    """A question with suggestions from the data.

    Raises:
        UsageError: there is no such question.
    """
    things, question = things_of(store), find(name)
    return Form(question, {p.name: tuple(_suggested(things, p.type)) for p in question.parameters})


def _suggested(things: Things, type_: str) -> Iterator[Suggestion]:
    match type_:
        case "entity":
            ranked = sorted(things.by_entity, key=lambda path: (-len(things.by_entity[path]), path))
            labels = [things.thing(path).label for path in ranked]
            for path, label in list(zip(ranked, labels, strict=True))[:SUGGESTIONS]:
                yield Suggestion(label if labels.count(label) == 1 else path, f"{label} ({path})")
        case "class":
            kinds = sorted({row.kind for row in things.rows.values()})
            yield from (Suggestion(kind, things.ontology.label(things.ontology.kind(kind))) for kind in kinds)
        case "date":
            months = sorted({row.date[:7] for row in things.rows.values() if row.date}, reverse=True)
            yield from (Suggestion(month, month) for month in months[:SUGGESTIONS])
        case "text":
            yield from (Suggestion(s.id, s.title) for s in list(things.sources.values())[:SUGGESTIONS])


def ask(store: Store, name: str, parameters: Mapping[str, str], shown: Shown) -> AnswerView:
    """A question's answer, a page of it.

    Raises:
        QueryError: a parameter that does not fit.
    """
    return table_view(things_of(store), query(store, find(name), parameters), shown)


def answer_as(store: Store, name: str, parameters: Mapping[str, str], form: str) -> str:
    """A question's whole answer in a format of `kg.queries.render`."""
    return render(query(store, find(name), parameters), form)


def table_view(things: Things, answer: Answer, shown: Shown) -> AnswerView:
    """An answer as a page shows it.

    Raises:
        QueryError: there is no such column to sort by.
    """
    match answer:
        case Truth():
            return AnswerView(text="yes" if answer else "no")
        case Graph():
            return AnswerView(text=render(answer, "ttl"), total=len(answer))
        case Table():
            return _table(things, answer, shown)


def _table(things: Things, table: Table, shown: Shown) -> AnswerView:
    columns = _columns(table.columns)
    rows = [tuple(_cell(things, row[place], _at(row, label)) for _, place, label in columns) for row in table.rows]
    names = tuple(name for name, *_ in columns)
    numeric = tuple(name for place, name in enumerate(names) if rows and all(_number(r[place].text) for r in rows))
    letters = shown.find.casefold()
    found = [row for row in rows if any(letters in cell.text.casefold() for cell in row)] if letters else rows
    if shown.sort:
        column = shown.sort.removeprefix("-")
        if column not in names:
            raise QueryError(f"the answer has no column {column!r}", hint=f"it has {', '.join(names)}")
        place = names.index(column)
        found = sorted(found, key=lambda row: _order(row[place].text, column in numeric))
        found = found[::-1] if shown.sort.startswith("-") else found
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(1, shown.page), pages)
    on_page = tuple(found[(page - 1) * ROWS : page * ROWS])
    return AnswerView(names, on_page, len(rows), len(found), page, pages, numeric=numeric)


def _columns(names: Sequence[str]) -> list[tuple[str, int, int | None]]:
    """Columns that are shown, with the places of their values and of these values' labels."""
    places = {name: place for place, name in enumerate(names)}
    labels = {f"{name}Label" for name in names} & set(names)
    return [(name, place, places.get(f"{name}Label")) for name, place in places.items() if name not in labels]


def _at(row: Sequence[object], place: int | None) -> object:
    return None if place is None else row[place]


def _cell(things: Things, term: object, label: object) -> Cell:
    words = lexical(label) if isinstance(label, ox.Literal) else ""
    match term:
        case None:
            return Cell(words)
        case ox.NamedNode(value=address):
            path = things.path(address)
            if path != address:
                return Cell(words or _name(things, path), path=path)
            return Cell(words or short(address), address=address if address.startswith(("http:", "https:")) else "")
        case ox.Literal(value=text):
            return Cell(text)
    return Cell(str(term))


def _name(things: Things, path: str) -> str:
    source = things.sources.get(path)
    if path.startswith("claim/"):
        return f"claim\u00a0{path.rpartition('/')[2][:8]}"
    return source.title if source else things.entities[path].label if path in things.entities else path


def _number(text: str) -> bool:
    try:
        float(text or "0")
    except ValueError:
        return False
    return True


def _order(text: str, numeric: bool) -> tuple[float, str]:
    return (float(text) if numeric and text else 0.0, text.casefold())
