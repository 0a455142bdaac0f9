"""Write ``docs/commands.md`` and ``docs/questions.md`` from the command line and the query files themselves.

Usage: ``python tools/make_docs.py`` writes them, ``--check`` only says whether they are up to date (exit status 1 if not).
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from kg.cli import app
from kg.queries import Question, catalogue

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by tools/make_docs.py; do not edit. -->"


def commands() -> str:
    """Every command with its help, arguments and options."""
    root: Any = typer.main.get_command(app)
    parts = ["# Commands", NOTE, _help(root)]
    for name, command in root.commands.items():
        parts += [f"## kg {name}", _help(command), "\n".join(_parameters(command))]
    return "\n\n".join(parts) + "\n"


def _help(command: Any) -> str:
    """Help with its examples as a block of code."""
    blocks = []
    for block in inspect.cleandoc(command.help).split("\n\n"):
        first, _, rest = block.removeprefix("\b\n").partition("\n")
        blocks.append(f"```sh\n{inspect.cleandoc(rest)}\n```" if first == "Examples:" else block.removeprefix("\b\n"))
    return "\n\n".join(blocks)


def _parameters(command: Any) -> Iterator[str]:
    yield "| argument or option | |"
    yield "|---|---|"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield f"| `{parameter.metavar}` | {parameter.help} |"
        else:
            value = "" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}"
            yield f"| `{', '.join(parameter.opts)}{value}` | {parameter.help} |".replace("|", "|")


def questions() -> str:
    """Every shipped question with its words and parameters."""
    parts = ["# Questions", NOTE, "`kg query NAME` answers them; each is a file in `queries/`, plain SPARQL 1.1."]
    return "\n\n".join([*parts, *map(_question, catalogue())]) + "\n"


def _question(question: Question) -> str:
    lines = [f"## {question.name}", "", question.question]
    for parameter in question.parameters:
        default = f"; `{parameter.default}` if not given" if parameter.default is not None else ""
        need = " (required)" if parameter.required else default
        lines += ["" if parameter is question.parameters[0] else None]  # type: ignore[list-item]
        lines += [f"- `-p {parameter.name}=` ({parameter.type}) {parameter.meaning}{need}"]
    return "\n".join(line for line in lines if line is not None)


PAGES = {"docs/commands.md": commands, "docs/questions.md": questions}


def main() -> int:
    """Write or check the pages."""
    stale = [name for name, page in PAGES.items() if not _same(ROOT / name, page())]
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(f"{name} is out of date: run python tools/make_docs.py\n" for name in stale)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
