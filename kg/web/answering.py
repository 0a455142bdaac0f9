"""What a worker does for the SPARQL protocol: answer a query in a format."""

import re
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.quads import NAMESPACES
from kg.store.tokens import names_data_set

if TYPE_CHECKING:
    from kg.store.embedded import EmbeddedStore

_RESULTS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
#: Formats of triples by the words of ``kg export``.
TRIPLES: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
_PLACE: Final = re.compile(r"error at (\d+):(\d+)")


class DataSet(NamedTuple):
    """The graphs that a request names.

    Attributes:
        default: IRIs of the graphs that make the default graph.
        named: IRIs of the named graphs.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class Wanted(NamedTuple):
    """Formats that a client takes, each with its media type; None where it takes none.

    Attributes:
        results: for rows and truth values.
        triples: for graphs.
    """

    results: tuple[str, str] | None
    triples: tuple[str, str] | None


def answer(
    store: "EmbeddedStore", sink: BinaryIO, text: str, dataset: DataSet, wanted: Wanted, base: str
) -> str | None:
    """Write the answer to a query.

    Args:
        store: what is asked.
        sink: takes the bytes.
        text: the query.
        dataset: graphs that the request names; they count more than those that the query names.
        wanted: formats.
        base: what relative IRIs are relative to.

    Returns:
        Media type of the answer; None if it cannot be given as wanted.

    Raises:
        QueryError: the query does not parse, or fails.
    """
    try:
        found = _found(store.engine, text, dataset, base)
        if isinstance(found, ox.QueryTriples):
            if wanted.triples is None:
                return None
            form, media = wanted.triples
            ox.serialize(found, sink, TRIPLES[form], prefixes=prefixes(form))
        else:
            if wanted.results is None:
                return None
            form, media = wanted.results
            found.serialize(sink, _RESULTS[form])
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {located(str(error.msg), text)}") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}", hint="narrow it and ask again") from error
    return media


def _found(
    engine: ox.Store, text: str, dataset: DataSet, base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if dataset:
        default = [ox.NamedNode(iri) for iri in dataset.default]
        named = [ox.NamedNode(iri) for iri in dataset.named]
        return engine.query(text, base_iri=base, default_graph=default, named_graphs=named)  # type: ignore[arg-type]
    return engine.query(text, base_iri=base, use_default_graph_as_union=not names_data_set(text))


def located(message: str, text: str) -> str:
    r"""An error of the parser with the line, the column and the words where it gave up.

    >>> located("error at 2:3: expected OPTIONAL", "ASK {\n  ??s }")
    'line 2, column 3, before "??s }": expected OPTIONAL'
    """
    place = _PLACE.match(message)
    if place is None:
        return message
    line, column = int(place[1]), int(place[2])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 : column + 29].strip() if line <= len(lines) else ""
    near = f'before "{rest}"' if rest else "at the end of the line"
    expected = " ".join(message[place.end() :].split())[:300]
    return f"line {line}, column {column}, {near}{expected}"


def prefixes(form: str) -> dict[str, str] | None:
    """Short names for a format that has some."""
    if form not in ("ttl", "trig", "rdfxml"):
        return None
    from kg.ontology import Ontology

    return {"kg": Ontology.load().namespace, **NAMESPACES}
