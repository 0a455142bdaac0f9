"""Putting RDF files into a store, whole or not at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError, UsageError
from kg.iris import is_absolute
from kg.quads import from_line
from kg.rdffiles import RdfFile, may_have_blank_nodes, rdf_file, refuse_entities, skolemized
from kg.store import Store
from kg.store.streams import LineStream


def load(files: Iterable[str | Path], store: Store, into: str | None = None, *, form: str | None = None) -> int:
    """Load RDF files: each one whole or not at all. The same file again changes nothing.

    Blank nodes become IRIs that follow from the file's content. Contexts of JSON-LD on the network are not fetched,
    and RDF/XML with entity declarations is refused.

    Args:
        files: their paths, packed by gzip or not; ``-`` is standard input.
        store: takes the quads.
        into: IRI of the graph that takes what stands in no named graph; the default graph unless told otherwise.
        form: format in the words of ``kg export``, where the suffixes do not tell.

    Returns:
        How many files were loaded.

    Raises:
        InputError: a file that is missing, broken, of unknown format, or hostile; those before it are loaded.
        UsageError: ``into`` is no IRI, or ``form`` no format.
    """
    if into is not None and not is_absolute(into):
        raise UsageError(f"{into!r} is no IRI of a graph", hint="write it like https://example.org/graph")
    store.tidy()
    count = 0
    for name in files:
        with rdf_file(str(name), form) as file:
            _load(file, store, into)
        count += 1
    return count


def _load(file: RdfFile, store: Store, into: str | None) -> None:
    if file.form == "rdfxml":
        refuse_entities(file)
    from kg.store.embedded import EmbeddedStore

    try:
        if not isinstance(store, EmbeddedStore):
            store.add(from_line(line.decode()) for line in skolemized(file, into))
        elif may_have_blank_nodes(file):
            store.load_lines(cast(BinaryIO, LineStream(skolemized(file, into))))
        else:
            with file.open() as stream:
                store.bulk_load(stream, file.format, into)
    except SyntaxError as error:
        raise file.broken(error) from error
    except ValueError as error:
        raise InputError(f"{file.name} cannot be read: {error}", hint="mend it and load it again") from error
