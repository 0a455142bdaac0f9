"""``kg load`` and ``kg forget``: changing a store."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import EndpointOption, StoreOption, complain
from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store


def load(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="RDF files, gzip too; - is standard input.")],
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    into: Annotated[str | None, typer.Option("--into", metavar="IRI", help="Graph for triples that name none.")] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="ttl, trig, nt, nq, rdfxml or jsonld, where suffixes do not tell.")
    ] = None,
) -> None:
    """Put RDF into a store: all of a file or nothing of it.

    A store that is not there is made.

    Examples:
      kg load graph.ttl more.nq.gz --store kg-store
      kg load reviews.ttl --into https://example.org/reviews
      kg load graph.nq --endpoint http://localhost:7878/query
      gunzip -c graph.ttl.gz | kg load - --format ttl
    """  # fmt: skip
    from kg.load import load as run

    with _writable(store, endpoint) as opened:
        run(files, opened, into, form=format)


def forget(
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of documents.")],
    store: StoreOption = None,
    endpoint: EndpointOption = None,
) -> None:
    """Remove documents from a store, and what only they said.

    Examples:
      kg forget article
      kg forget 2025-03-06-001 2025-03-06-002 --store kg-store
    """  # fmt: skip
    from kg.forget import forget as run

    with _writable(store, endpoint, exists=True) as opened:
        gone = run(documents, opened)
    complain(f"{gone.documents} documents removed, {gone.claims} claims and {gone.entities} entities with them")


def _writable(store: "Path | None", endpoint: str | None, *, exists: bool = False) -> "Store":
    """The store to change."""
    from kg.sources import default_store
    from kg.store import open_endpoint, open_store

    if store and endpoint:
        raise UsageError("--store and --endpoint name different stores", hint="give one of them")
    if endpoint:
        return open_endpoint(endpoint)
    folder = store or default_store(exists=exists)
    if exists and not folder.exists():  # opening would make it
        raise UsageError(f"there is no store {folder}", hint="check the name")
    return open_store(folder)
