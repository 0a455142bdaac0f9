"""``kg explain``."""

import json
from typing import Annotated

import typer

from kg.cli.common import EndpointOption, GraphOption, OutputOption, StoreOption, source, write


def explain(
    what: Annotated[str, typer.Argument(metavar="ENTITY|CLAIM", help="A name, code, id or IRI; or a claim's key.")],
    store: StoreOption = None,
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="Only what this one says.")] = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: OutputOption = "-",
) -> None:
    """Show the sentences behind an actor, a thing or a claim, with the words marked.

    Examples:
      kg explain "Emmanuel Macron"            the sentences behind it, with the words marked
      kg explain UKR --graph graph.ttl --document article
      kg explain 3f9a0c1d2e4b5a697887 --format json
    """
    from kg.errors import UsageError
    from kg.explain import explain as explained

    if format not in ("text", "json"):
        raise UsageError(f"there is no format {format}", hint="say text or json")
    with source(store, graph, endpoint) as opened:
        found = explained(opened, what, document=document)
    text = found.as_text() if format == "text" else json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n"
    write(text, output)
