"""``kg export``."""

import os
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from kg.cli.common import EndpointOption, GraphOption, OntologyOption, OutputOption, StoreOption, source

if TYPE_CHECKING:
    from pathlib import Path


def export(
    store: StoreOption = None,
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="ttl, trig, nt, nq, rdfxml, jsonld, graphml, csv, parquet or nanopub; else by the suffix of -o.",
        ),
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="ID", help="Only what this document says; repeatable.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Only documents dated on or after this day.")
    ] = None,
    vouched_only: Annotated[
        bool, typer.Option("--vouched-only", help="Only what a text itself presents as fact.")
    ] = False,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="Without claims that a review rejects.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Also the documents' texts.")] = False,
    reason: Annotated[
        bool, typer.Option("--reason", help="Also what follows by the ontology (needs foedus[reason]).")
    ] = False,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="Also reifying triples of RDF 1.2 (ttl, trig, nt, nq).")
    ] = False,
    context: Annotated[
        str | None,
        typer.Option("--context", metavar="FILE|IRI", help="JSON-LD: refer to a context; a file's is written."),
    ] = None,
    creator: Annotated[
        str | None, typer.Option("--creator", metavar="IRI", help="Nanopublications: who publishes them.")
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", metavar="IRI", help="Nanopublications: their licence.")
    ] = None,
    created: Annotated[
        str | None, typer.Option("--created", metavar="TIME", help="Nanopublications: when, as 2026-01-31T12:00:00Z.")
    ] = None,
    ontology: OntologyOption = None,
    output: OutputOption = "-",
) -> None:
    """Write a graph in a standard format, the same bytes each time.

    graphml and csv hold the network of actors, parquet a row for each claim. A file whose name ends in .gz is packed.

    Examples:
      kg export -o graph.ttl
      kg export --graph graph.ttl --format jsonld
      kg export --context context.jsonld -o graph.jsonld     the context in a file of its own
      kg export --document paris-summit --vouched-only -o summit.nq
      kg export --store kg-store --reason --format nt
      kg export --format graphml -o actors.graphml
    """  # fmt: skip
    from kg.documents.text import is_day
    from kg.errors import UsageError
    from kg.export import Part, Publication, format_of
    from kg.export import export as run
    from kg.files import atomic_write

    if since is not None and not is_day(since):
        raise UsageError(f"{since!r} is no date", hint="write it as YYYY-MM-DD")
    part = Part(
        documents=document or (),
        since=since or "",
        vouched_only=vouched_only,
        reviewed=reviewed,
        with_text=with_text,
        reason=reason,
        ontology=ontology or (),
        rdf12=rdf12,
        context=_reference(context, ontology or [], output) if context else "",
        publication=Publication(creator or "", license_ or "", created or ""),
    )
    with source(store, graph, endpoint) as opened, atomic_write(output) as stream:
        run(opened, format or format_of(output), stream, part)


def _reference(context: str, ontology: "list[Path]", output: str) -> str:
    """What a JSON-LD file says to refer to a context; one that is a file is written."""
    from kg.export import write_context
    from kg.files import atomic_write
    from kg.ontology import Ontology

    if context.startswith(("http://", "https://")):
        return context
    with atomic_write(context) as stream:
        write_context(stream, Ontology.load(ontology))
    folder = os.getcwd() if output == "-" else os.path.dirname(os.path.abspath(output))
    return quote(os.path.relpath(context, folder).replace(os.sep, "/"))
