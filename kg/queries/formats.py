"""Writing answers down: for people (table, Markdown) and in the SPARQL 1.1 results formats and Turtle."""

import json
from collections.abc import Mapping
from io import StringIO
from typing import TYPE_CHECKING, Final

from kg.errors import UsageError
from kg.quads import NAMESPACES
from kg.queries.answers import Answer, Graph, Table, Truth, lexical

if TYPE_CHECKING:
    from kg.queries.answers import Term

#: Names of the formats that `render` knows.
FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "md", "ttl")

_KG: Final = "https://w3id.org/foedus/ontology#"
_UNSEEN: Final = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"
) | {ord(char): " " for char in "\t\n\r"}


def render(answer: Answer, form: str | None = None, *, width: int | None = None) -> str:
    """An answer as text, ended by a line feed.

    Args:
        answer: what `kg.queries.query` gave.
        form: one of `FORMATS`; without it a table, or Turtle for triples.
        width: columns of the terminal, for a table; without it no line is broken.

    Raises:
        UsageError: a format that there is not, or that cannot hold such an answer.
    """
    chosen = form or ("ttl" if isinstance(answer, Graph) else "table")
    if chosen not in FORMATS:
        raise UsageError(f"there is no result format {chosen!r}", hint=f"use {', '.join(FORMATS)}")
    if isinstance(answer, Graph):
        if chosen != "ttl":
            raise UsageError(f"triples cannot be written as {chosen}", hint="use --format ttl")
        return _turtle(answer)
    if chosen == "ttl":
        raise UsageError("rows cannot be written as ttl", hint="use table, md, csv, tsv, json or xml")
    if isinstance(answer, Truth):
        return _truth(answer, chosen)
    match chosen:
        case "table":
            return _table(answer, width)
        case "md":
            return _markdown(answer)
        case _:
            return _standard(_results_json(answer), chosen)


# ---------------------------------------------------------------- for machines


def _standard(results: Mapping[str, object], chosen: str) -> str:
    """In a SPARQL 1.1 results format; the JSON is taken through the library that knows the other three."""
    import pyoxigraph as ox

    text = json.dumps(results, ensure_ascii=False)
    if chosen == "json":
        return f"{text}\n"
    forms = {"csv": "CSV", "tsv": "TSV", "xml": "XML"}
    form = getattr(ox.QueryResultsFormat, forms[chosen])
    parsed = ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
    written = parsed.serialize(format=form)
    body = written.decode() if written else ""
    return body if body.endswith("\n") else f"{body}\n"


def _results_json(table: Table) -> dict[str, object]:
    rows = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return {"head": {"vars": list(table.columns)}, "results": {"bindings": rows}}


def _json_term(term: "Term") -> dict[str, object]:
    """A term in the SPARQL 1.1 results format JSON."""
    import pyoxigraph as ox

    match term:
        case ox.NamedNode(value=value):
            return {"type": "uri", "value": value}
        case ox.BlankNode(value=value):
            return {"type": "bnode", "value": value}
        case ox.Literal(value=value, language=str(language)):
            return {"type": "literal", "value": value, "xml:lang": language}
        case ox.Literal(value=value, datatype=datatype) if datatype.value != f"{NAMESPACES['xsd']}string":
            return {"type": "literal", "value": value, "datatype": datatype.value}
        case ox.Literal(value=value):
            return {"type": "literal", "value": value}
        case _:
            parts = zip(("subject", "predicate", "object"), term, strict=True)
            return {"type": "triple", "value": {name: _json_term(part) for name, part in parts}}


def _truth(answer: Truth, chosen: str) -> str:
    if chosen in ("json", "xml", "csv", "tsv"):
        return _standard({"head": {}, "boolean": answer.value}, chosen)
    return "yes\n" if answer.value else "no\n"


def _turtle(graph: Graph) -> str:
    import pyoxigraph as ox

    used = {"kg": _KG, **NAMESPACES}
    text = "".join(map(str, graph.triples))
    prefixes = {name: space for name, space in sorted(used.items()) if f"<{space}" in text}
    written = ox.serialize(graph.triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return (written or b"").decode()


# ---------------------------------------------------------------- for people


def _markdown(table: Table) -> str:
    columns, rows = _readable(table)
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _table(table: Table, width: int | None) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    columns, rows = _readable(table)
    shown = RichTable(*columns, box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for row in rows:
        shown.add_row(*map(Text, row))
    out = StringIO()
    natural = sum(max(map(len, column)) + 4 for column in zip(columns, *rows, strict=True)) * 2 + 4
    Console(file=out, width=width or max(natural, 20), color_system=None, legacy_windows=False).print(shown)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join([*lines, f"{len(rows)} row{'' if len(rows) == 1 else 's'}", ""])


def _readable(table: Table) -> tuple[list[str], list[list[str]]]:
    """Columns and cells for people: an entity is shown by its label, and by its id too where two share the label."""
    places = {name: place for place, name in enumerate(table.columns)}
    shown = [name for name in table.columns if not (name.endswith("Label") and name[: -len("Label")] in places)]
    cells = [_column(table, places[name], places.get(f"{name}Label")) for name in shown]
    return shown, [list(row) for row in zip(*cells, strict=True)]


def _column(table: Table, place: int, label: int | None) -> list[str]:
    terms = [row[place] for row in table.rows]
    if label is None:
        return [_cell(term) for term in terms]
    labels = [row[label] for row in table.rows]
    called: dict[str, set[str]] = {}
    for term, words in zip(terms, labels, strict=True):
        called.setdefault(_cell(words), set()).add(_cell(term))
    return [
        f"{name} ({_cell(term)})" if len(called[name]) > 1 else name or _cell(term)
        for term, name in zip(terms, map(_cell, labels), strict=True)
    ]


def _cell(term: "Term | None") -> str:
    """A term for people: an IRI as its id or local name, without anything that could steer a terminal."""
    import pyoxigraph as ox

    if term is None:
        return ""
    value = lexical(term)
    return (short(value) if isinstance(term, ox.NamedNode) else value).translate(_UNSEEN)


def short(address: str) -> str:
    """An IRI as people read it: the id of one of ours, the local name of a term.

    >>> short("https://w3id.org/foedus/id/state/UKR"), short("https://w3id.org/foedus/ontology#Assault")
    ('state/UKR', 'Assault')
    >>> short("https://example.org/a")
    'https://example.org/a'
    """
    if "/id/" in address:
        return address.rpartition("/id/")[2]
    return address.removeprefix(_KG)
