"""``kg diff``."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import OutputOption, write

if TYPE_CHECKING:
    from kg.diff import Diff

_PLACE = "An RDF file, a store's folder, or the URL of an endpoint."


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=_PLACE)],
    after: Annotated[str, typer.Argument(metavar="B", help=_PLACE)],
    as_json: Annotated[bool, typer.Option("--json", help="The changes as JSON.")] = False,
    output: OutputOption = "-",
) -> None:
    """Compare what two graphs say: added, withdrawn, and changed in standing (planned, and now actual).

    Exit status 1 if there is a difference.

    Examples:
      kg diff monday.ttl tuesday.ttl
      kg diff kg-store http://localhost:7878/query --json
    """  # fmt: skip
    from kg.diff import diff as run
    from kg.diff import to_json
    from kg.sources import open_any

    with open_any(before) as first, open_any(after) as second:
        difference = run(first, second)
    if as_json:
        write(json.dumps(to_json(difference), ensure_ascii=False, indent=1) + "\n", output)
    else:
        write(_told(difference), output)
    if difference:
        raise typer.Exit(1)


def _told(difference: "Diff") -> str:
    from kg.diff import describe

    lines = [f"+ {describe(claim)}" for claim in difference.added]
    lines += [f"- {describe(claim)}" for claim in difference.withdrawn]
    for change in difference.changed:
        lines += [f"< {describe(claim)}" for claim in change.before]
        lines += [f"> {describe(claim)}" for claim in change.after]
    return "\n".join(lines or ["no difference"]) + "\n"
