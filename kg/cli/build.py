"""``kg build``."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from kg.cli.common import JobsOption, LexiconOption, OntologyOption, StoreOption, complain
from kg.errors import UsageError


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
    engine: Annotated[
        str, typer.Option("--engine", metavar="ENGINE", help="local or spark; spark writes a folder, of nq or parquet.")
    ] = "local",
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help="Spark cluster; else all cores of this machine.")
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
      kg build archive.jsonl -o quads --engine spark --master spark://host:7077
    """  # fmt: skip
    from kg.build import build as run
    from kg.cli.progress import Progress

    if engine != "local" or master is not None:
        others = {"--store": store, "--facts": facts, "--mentions": mentions}
        own = {"date": date, "ontology": ontology or (), "lexicon": lexicon or (), "base": base}
        _on_spark(paths, output, engine, others, format=format or "nq", master=master, input_format=input_format, **own)
        return
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


def _on_spark(paths: list[str], output: str | None, engine: str, others: Mapping[str, object], **options: Any) -> None:
    """The build by the Spark engine, after a look at whether the options fit it."""
    from kg.scale import build_on_spark

    if engine != "spark":
        why = "--master is for --engine spark" if engine == "local" else f"there is no engine {engine!r}"
        raise UsageError(why, hint="the engines are local and spark")
    unfit = next((name for name, value in others.items() if value is not None), None)
    if unfit is not None:
        raise UsageError(f"the Spark engine writes no {unfit}", hint="build a folder of quads, and load that: kg load")
    if output is None or output == "-":
        raise UsageError("the Spark engine writes to a folder", hint="name it by --output")
    report = build_on_spark(paths, output, **options)
    for item in (*report.notices, *report.skipped):
        complain(str(item))
    complain(f"{report.documents} documents into {output}")
    if report.skipped:
        raise typer.Exit(1)
