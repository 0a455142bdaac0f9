"""``kg export``."""

from typing import Annotated

import typer

from kg.cli.common import EndpointOption, GraphOption, OntologyOption, OutputOption, StoreOption, source


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
    ontology: OntologyOption = None,
    output: OutputOption = "-",
) -> None:
    """Write a graph in a standard format, the same bytes each time.

    graphml and csv hold the network of actors, parquet a row for each claim.

    Examples:
      kg export -o graph.ttl
      kg export --graph graph.ttl --format jsonld
      kg export --document paris-summit --vouched-only -o summit.nq
      kg export --store kg-store --reason --format nt
      kg export --format graphml -o actors.graphml
    """  # fmt: skip
    from kg.documents.text import is_day
    from kg.errors import UsageError
    from kg.export import Part, format_of
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
    )
    with source(store, graph, endpoint) as opened, atomic_write(output) as stream:
        run(opened, format or format_of(output), stream, part)
