"""``kg query``."""

import sys
from typing import Annotated

import typer

from kg.cli.common import EndpointOption, GraphOption, OutputOption, StoreOption, assignments, complain, source, write
from kg.errors import UsageError


def _names(incomplete: str) -> list[str]:
    """Names of the shipped questions, for the shell."""
    from kg.resources import resource

    return sorted(path.stem for path in resource("queries").glob(f"{incomplete}*.rq"))


def query(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE|-",
            help="A question by name, a .rq file, or - for SPARQL from standard input.",
            autocompletion=_names,
        ),
    ] = None,
    store: StoreOption = None,
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; repeatable.")
    ] = None,
    format: Annotated[str | None, typer.Option("--format", help="table, csv, tsv, json, xml, md or ttl.")] = None,
    output: OutputOption = "-",
    list_: Annotated[bool, typer.Option("--list", help="Show all questions with their parameters.")] = False,
) -> None:
    """Ask a question of a graph.

    Examples:
      kg query --list                                        all questions
      kg query guarantees --graph graph.ttl
      kg query guarantees -p beneficiary=Ukraine --format csv
      kg query my.rq --endpoint http://localhost:7878/query
      echo 'SELECT * { ?s ?p ?o } LIMIT 5' | kg query - --store kg-store
    """  # fmt: skip
    if list_:
        write(_listing(), output)
        return
    if question is None:
        raise UsageError("no question is named", hint="kg query --list shows them all")
    from kg.queries import find, parse_question, render
    from kg.queries import query as ask

    asked = parse_question("standard input", sys.stdin.read()) if question == "-" else find(question)
    with source(store, graph, endpoint) as opened:
        answer = ask(opened, asked, assignments(parameter))
        if not len(answer) and opened.distant and not opened.unites():
            complain(f"queries of {opened.location} do not see its named graphs (set KG_ENDPOINT_GRAPHS)")
    write(render(answer, format, width=_width(output)), output)


def _width(output: str) -> int | None:
    """Columns of the terminal; None where the answer goes elsewhere and no line should be broken."""
    if output != "-" or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _listing() -> str:
    from kg.queries import catalogue

    lines = []
    for asked in catalogue():
        lines.append(f"{asked.name:24} {asked.question}\n")
        for parameter in asked.parameters:
            default = f", {parameter.default} if not given" if parameter.default is not None else ""
            need = " (required)" if parameter.required else default
            lines.append(f"{'':26}-p {parameter.name}={parameter.type.upper()}  {parameter.meaning}{need}\n")
    return "".join(lines)
