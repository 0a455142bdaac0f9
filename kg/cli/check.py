"""``kg check``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import EndpointOption, GraphOption, OntologyOption, OutputOption, StoreOption, source, write

if TYPE_CHECKING:
    from kg.check import Finding


def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="RDF files.")] = None,
    store: StoreOption = None,
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    reason: Annotated[
        bool, typer.Option("--reason", help="Have a reasoner confirm that nothing contradicts the ontology.")
    ] = False,
    lexicon: Annotated[
        Path | None, typer.Option("--lexicon", metavar="FILE", help="Also frames, a file or a folder of them.")
    ] = None,
    ontology: OntologyOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    output: OutputOption = "-",
) -> None:
    """Say in words what is wrong with a graph, or with a lexicon.

    A graph is held against the shapes of the ontology and, with --reason, against its logic. Exit status 1 if anything
    is found. With --lexicon alone only the frames are checked.

    Examples:
      kg check graph.ttl
      kg check --store kg-store --reason
      kg check --lexicon mine.yaml --ontology mine.ttl
    """  # fmt: skip
    findings = _findings(files or [], store, graph, endpoint, reason=reason, lexicon=lexicon, ontology=ontology or [])
    if as_json:
        write(json.dumps([_as_json(found) for found in findings], ensure_ascii=False, indent=1) + "\n", output)
    else:
        write("".join(map(_told, findings)) or "nothing was found to be wrong\n", output)
    if any(found.severity != "info" for found in findings):
        raise typer.Exit(1)


def _findings(
    files: list[Path],
    store: Path | None,
    graph: list[str] | None,
    endpoint: str | None,
    *,
    reason: bool,
    lexicon: Path | None,
    ontology: list[Path],
) -> "list[Finding]":
    from kg.check import check as run
    from kg.check import check_lexicon

    named = [*map(str, files), *(graph or [])]
    if lexicon is not None and not (named or store or endpoint):
        from kg.ontology import Ontology

        return check_lexicon(lexicon, Ontology.load(ontology))
    from kg.sources import as_rdflib

    with source(store, named, endpoint) as opened:
        return run(as_rdflib(opened), reason=reason, lexicon=lexicon, ontology=ontology)


def _told(finding: "Finding") -> str:
    from kg.queries.formats import short

    about = " ".join(filter(None, (short(finding.focus), short(finding.path), finding.value)))
    return f"{finding.severity}: {finding.message}" + (f" [{about}]\n" if about else "\n")


def _as_json(finding: "Finding") -> dict[str, str]:
    names = ("severity", "message", "focus", "path", "value", "source")
    return {name: getattr(finding, name) for name in names}
