"""``kg build``."""

from typing import Annotated

import typer

from kg.cli.common import JobsOption, LexiconOption, OntologyOption, StoreOption


def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text, Markdown, HTML, JSON, JSON lines or CSV files, folders of them, or - for standard input.",
        ),
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="File for the graph; - is standard output.")
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", help="ttl, trig, nt, nq, rdfxml or jsonld; by the suffix if not given.")
    ] = None,
    store: StoreOption = None,
    facts: Annotated[
        str | None, typer.Option("--facts", metavar="FILE", help="File for the facts, one JSON object a document.")
    ] = None,
    mentions: Annotated[
        str | None, typer.Option("--mentions", metavar="FILE", help="File for every mention of an actor, JSON lines.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of documents that state none.")
    ] = None,
    input_format: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="Input format: txt, md, html, json, jsonl or csv.")
    ] = None,
    jobs: JobsOption = 0,
    ontology: OntologyOption = None,
    lexicon: LexiconOption = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="IRI", help="Base of the IRIs that the graph mints.")
    ] = None,
) -> None:
    """Read documents and write what they say as a graph.

    The graph is added to --store, or written to --output; Turtle goes to standard output if neither is given. A file
    that cannot be read is told and left out (exit status 1).

    Examples:
      kg build article.txt                                   Turtle to standard output
      kg build news/ --store kg-store --date 2025-03-06      a folder into a store
      kg build wire.jsonl -o wire.nq --facts wire.facts.jsonl
      cat article.html | kg build - --from html -o graph.jsonld
      kg build deals/ --ontology deals.ttl --lexicon deals.yaml -o deals.ttl
    """  # fmt: skip
    from kg.build import build as run
    from kg.cli.progress import Progress

    silent = "-" in (facts, mentions)  # standard output is taken
    with Progress() as progress:
        graph = run(
            list(paths),
            output=output or (None if store or silent else "-"),
            format=format,
            store=store,
            facts=facts,
            mentions=mentions,
            date=date,
            input_format=input_format,
            jobs=jobs,
            ontology=ontology or (),
            lexicon=lexicon or (),
            base=base,
            progress=progress,
        )
    if graph.report is not None and graph.report.skipped:
        raise typer.Exit(1)
