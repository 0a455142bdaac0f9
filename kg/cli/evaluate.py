"""``kg evaluate``."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import JobsOption, LexiconOption, OntologyOption, OutputOption, write

if TYPE_CHECKING:
    from kg.evaluate import Evaluation, Mistake


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Gold facts, JSON lines; - is standard input.")],
    system: Annotated[
        str | None, typer.Option("--system", metavar="FACTS", help="Facts of kg build --facts; else extracted anew.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every mistake with its sentence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Figures, intervals and confusion as JSON.")] = False,
    minimum: Annotated[
        float | None, typer.Option("--min", metavar="F1", min=0, max=1, help="Exit status 1 below this F1.")
    ] = None,
    jobs: JobsOption = 0,
    ontology: OntologyOption = None,
    lexicon: LexiconOption = None,
    output: OutputOption = "-",
) -> None:
    """Measure extracted facts against gold facts.

    Shows precision, recall and F1 by type with 95 % intervals, how often modality, negation and holder are right, how
    often a plain fact overclaims, and which types of events are taken for which. docs/facts.md has the format and the
    rules.

    Examples:
      kg evaluate gold.jsonl                                 extract from the texts in it, and compare
      kg evaluate gold.jsonl --system facts.jsonl --errors
      kg evaluate gold.jsonl --min 0.6 --json
    """  # fmt: skip
    from kg.evaluate import evaluate as measure

    evaluation = measure(gold, system=system, ontology=ontology or (), lexicon=lexicon or (), jobs=jobs)
    if as_json:
        shown = evaluation.as_json()
        if errors:
            shown["mistakes"] = [_as_json(mistake) for mistake in evaluation.mistakes()]
        text = json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    else:
        text = _report(evaluation) + ("".join(map(_told, evaluation.mistakes())) if errors else "")
    write(text, output)
    if minimum is not None and evaluation.figures["all"]["f1"] < minimum:
        raise typer.Exit(1)


def _report(evaluation: "Evaluation") -> str:
    figures, intervals = evaluation.figures, evaluation.intervals()
    rows = [f"{'':12}{'P':>7}{'R':>7}{'F1':>7}   {'95 %':13}{'gold':>6}{'system':>8}"]
    for name in (*(n for n in figures if isinstance(figures[n], dict) and n not in ("all", "attributes")), "all"):
        row, (low, high) = figures[name], intervals.get(name, (0.0, 0.0))
        rates = "".join(f"{row[key]:7.3f}" for key in ("precision", "recall", "f1"))
        rows.append(f"{name:12}{rates}   {low:.3f}-{high:.3f}  {row['gold']:6}{row['system']:8}")
    rows.append("")
    attributes = ", ".join(f"{name} {value:.3f}" for name, value in figures["attributes"].items())
    rows += [f"right on matched events: {attributes}"] if attributes else []
    low, high = intervals.get("overclaim_rate", (0.0, 0.0))
    rows.append(f"overclaim rate: {figures['overclaim_rate']:.3f} ({low:.3f}-{high:.3f})")
    rows.append(f"plain facts that match nothing: {figures['unmatched_plain']}")
    rows += ["", *_confusion(evaluation.confusion())] if evaluation.confusion() else []
    return "\n".join(rows) + "\n"


def _confusion(counts: dict[tuple[str, str], int]) -> list[str]:
    """A table of event types: gold in rows, extracted in columns; the last of each is nothing."""
    names = sorted({name for pair in counts for name in pair if name})
    short = {name: name[:4].capitalize() for name in names} | {"": "none"}
    lines = ["events, gold in rows, extracted in columns", f"{'':12}" + "".join(f"{short[n]:>6}" for n in (*names, ""))]
    for gold in (*names, ""):
        cells = "".join(f"{counts.get((gold, got), 0) or '.':>6}" for got in (*names, ""))
        lines.append(f"{gold.capitalize() or 'none':12}{cells}")
    return lines


def _told(mistake: "Mistake") -> str:
    fact = json.dumps(mistake.fact, ensure_ascii=False)
    got = f"\n  got {json.dumps(mistake.got, ensure_ascii=False)}" if mistake.got else ""
    return f"\n{mistake.kind.upper()} {mistake.document}: {mistake.sentence}\n  {fact}{got}\n"


def _as_json(mistake: "Mistake") -> dict[str, object]:
    shown: dict[str, object] = {"kind": mistake.kind, "document": mistake.document, "fact": mistake.fact}
    return {**shown, "got": mistake.got, "sentence": mistake.sentence}
