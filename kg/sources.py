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
    if not named:
        store = default_store()
    for path in graphs:
        if Path(path).is_dir():
            raise InputError(f"{path} is a folder, not an RDF file", hint=f"for a store say --store {path}")
    if store and Path(store).is_file():
        raise StoreError(f"{store} is a file, not a store", hint=f"for an RDF file say --graph {store}")
    from kg.store import open_endpoint, open_store

    if endpoint:
        return open_endpoint(endpoint)
    if graphs:
        from kg.load import load

        memory = open_store()
        load(graphs, memory)
        return memory
    return open_store(store, read_only=True)


def default_store(*, exists: bool = True) -> Path:
    """The folder in ``KG_STORE``, else ``./kg-store``.

    Args:
        exists: whether it must be there.

    Raises:
        UsageError: if it is not there and must be.
    """
    folder = Path(os.environ.get("KG_STORE") or DEFAULT_STORE)
    if exists and not folder.exists():
        advice = (
            "name a graph with --store, --graph or --endpoint, or make a store with: kg build FILE --store kg-store"
        )
        raise UsageError(f"there is no store {folder}", hint=advice)
    return folder


def open_any(place: str) -> "Store":
    """A graph by one word: an address, a store's folder or an RDF file (``-`` is standard input)."""
    if place.startswith(("http://", "https://")):
        return open_source(endpoint=place)
    return open_source(store=place) if Path(place).is_dir() else open_source(graphs=[place])


def as_rdflib(store: "Store") -> "rdflib.Graph":
    """All triples of a store as an rdflib graph, named graphs united."""
    import rdflib

    from kg.quads import lines

    graph = rdflib.Graph()
    graph.parse(data=b"".join(lines(quad.triple for quad in store.quads())), format="nt")
    return graph
