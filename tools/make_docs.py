"""Write what the documentation takes from the program: commands, questions, the README's transcripts.

Usage: ``python tools/make_docs.py`` writes ``docs/commands.md``, ``docs/questions.md``, the JSON-LD context beside the
ontology, and the output below each ``$`` line of the README's ``console`` blocks. ``--check`` says what is out of date
instead (exit status 1 if anything is).
"""

import inspect
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import typer

from kg.cli import app
from kg.export import write_context
from kg.ontology import Ontology
from kg.queries import Question, catalogue

ROOT: Final = Path(__file__).resolve().parent.parent
NOTE: Final = "<!-- Written by tools/make_docs.py; do not edit. -->"
_CONSOLE: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


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
    for block in inspect.cleandoc(command.help).replace("\b\n", "").split("\n\n"):
        first, _, rest = block.partition("\n")
        blocks.append(f"```sh\n{inspect.cleandoc(rest)}\n```" if first == "Examples:" else block)
    return "\n\n".join(blocks)


def _parameters(command: Any) -> Iterator[str]:
    yield "| argument or option | |"
    yield "|---|---|"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = parameter.metavar
        else:
            name = ", ".join(parameter.opts) + ("" if parameter.is_flag else f" {parameter.metavar or 'VALUE'}")
        yield f"| `{name.replace('|', chr(92) + '|')}` | {parameter.help} |"


def questions() -> str:
    """Every shipped question with its words and parameters."""
    intro = "`kg query NAME` answers them; each is a file in `queries/`, plain SPARQL 1.1."
    return "\n\n".join(["# Questions", NOTE, intro, *map(_question, catalogue())]) + "\n"


def _question(question: Question) -> str:
    lines = [f"## {question.name}", "", question.question]
    lines += [""] if question.parameters else []
    for parameter in question.parameters:
        default = f"; `{parameter.default}` if not given" if parameter.default is not None else ""
        need = " (required)" if parameter.required else default
        lines.append(f"- `-p {parameter.name}=` ({parameter.type}) {parameter.meaning}{need}")
    return "\n".join(lines)


def readme() -> str:
    """The README with the output of its commands, run one after the other in a copy of the examples."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        return _CONSOLE.sub(lambda block: _transcript(block.group(), folder), text)


def _transcript(block: str, folder: str) -> str:
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines.append(f"{line}\n{_output(line[2:], folder)}")
    return "".join(lines)


def _output(command: str, folder: str) -> str:
    """What a command shows; it has to succeed."""
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": here, "COLUMNS": "120"}
    environment.pop("KG_STORE", None)
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def context() -> str:
    """The JSON-LD context of the ontology."""
    stream = io.BytesIO()
    write_context(stream, Ontology.load())
    return stream.getvalue().decode()


PAGES: Final[dict[str, Callable[[], str]]] = {
    "docs/commands.md": commands,
    "docs/questions.md": questions,
    "ontology/context.jsonld": context,
    "README.md": readme,
}


def main() -> int:
    """Write or check the pages."""
    pages = {name: page() for name, page in PAGES.items()}
    stale = [name for name, text in pages.items() if not _same(ROOT / name, text)]
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(f"{name} is out of date: run python tools/make_docs.py\n" for name in stale)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(pages[name], encoding="utf-8")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
