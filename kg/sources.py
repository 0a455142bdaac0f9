"""Where a graph is: a store's folder, RDF files, a SPARQL endpoint; one rule for every command."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, StoreError, UsageError

if TYPE_CHECKING:
    import rdflib

    from kg.store import Store

#: The store that is used where none is named.
DEFAULT_STORE: Final = Path("kg-store")


def open_source(
    *,
    store: str | Path | None = None,
    graphs: Sequence[str | Path] = (),
    endpoint: str | None = None,
) -> "Store":
    """The graph that a user names, open for reading.

    Args:
        store: a store's folder.
        graphs: RDF files, taken together.
        endpoint: address of a SPARQL endpoint.

    Without any of them it is the folder in the environment variable ``KG_STORE``, else ``./kg-store``.

    Raises:
        UsageError: if more than one kind is named, or none and there is no store.
        InputError: if a file is missing or no RDF.
        StoreError: if the folder is no store.
        ServiceError: if the endpoint is out of reach.
    """
    named = [what for what, given in (("--store", store), ("--graph", graphs), ("--endpoint", endpoint)) if given]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} name different graphs", hint="give one of them")
    if endpoint:
        from kg.store import open_endpoint

        return open_endpoint(endpoint)
    if graphs:
        return open_file(graphs)
    return open_folder(store or default_store())


def default_store() -> Path:
    """The folder in ``KG_STORE``, else ``./kg-store``.

    Raises:
        UsageError: if it is not there.
    """
    folder = Path(os.environ.get("KG_STORE") or DEFAULT_STORE)
    if not folder.exists():
        advice = (
            "name a graph with --store, --graph or --endpoint, or make a store with: kg build FILE --store kg-store"
        )
        raise UsageError(f"there is no store {folder}", hint=advice)
    return folder


def open_folder(path: str | Path) -> "Store":
    """A store's folder, for reading."""
    from kg.store import open_store

    if Path(path).is_file():
        raise StoreError(f"{path} is a file, not a store", hint=f"for an RDF file say --graph {path}")
    return open_store(path, read_only=True)


def open_file(paths: Sequence[str | Path]) -> "Store":
    """RDF files, taken together in memory."""
    from kg.load import load
    from kg.store import open_store

    for path in paths:
        if Path(path).is_dir():
            raise InputError(f"{path} is a folder, not an RDF file", hint=f"for a store say --store {path}")
    store = open_store()
    load(store, paths)
    return store


def open_any(place: str) -> "Store":
    """A graph by one word: an address, a store's folder or an RDF file (``-`` is standard input)."""
    if place.startswith(("http://", "https://")):
        return open_source(endpoint=place)
    return open_folder(place) if Path(place).is_dir() else open_file([place])


def as_rdflib(store: "Store") -> "rdflib.Graph":
    """All triples of a store as an rdflib graph, named graphs united."""
    import rdflib

    from kg.quads import line

    graph = rdflib.Graph()
    graph.parse(data="".join(line(quad.triple) for quad in store.quads()), format="nt")
    return graph
