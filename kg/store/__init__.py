"""Stores: Oxigraph inside the process, any SPARQL 1.1 endpoint, an rdflib graph; one interface.

Nothing here is loaded before a store is opened.
"""

from pathlib import Path

from kg.store.interface import Store

__all__ = ["Store", "nearby", "open_endpoint", "open_store"]


def open_store(path: str | Path | None = None, *, read_only: bool = False) -> Store:
    """Open an embedded store.

    Args:
        path: its folder, made where it is not there and ``read_only`` is not set; None for memory.
        read_only: open beside a writer; what it commits later is not seen.

    Raises:
        StoreError: the folder is no store, is not there to be read, or another process writes to it.
    """
    from kg.store.embedded import EmbeddedStore

    return EmbeddedStore(path, read_only=read_only)


def nearby(store: Store) -> Store:
    """The store itself, or a copy in memory of a distant one, for what takes many look-ups."""
    if not store.distant:
        return store
    copy = open_store()
    copy.add(store.quads())
    return copy


def open_endpoint(url: str) -> Store:
    """Open a SPARQL endpoint; credentials come from the environment or the user's netrc file.

    Args:
        url: where it takes queries.

    Raises:
        UsageError: if that is no address.
    """
    from kg.store.endpoint import EndpointStore

    return EndpointStore(url)
