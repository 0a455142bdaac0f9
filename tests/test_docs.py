"""Documentation says what the program does: transcripts are run, and nothing that there is goes unmentioned."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import kg
from kg.cli import app
from kg.queries import catalogue
from kg.scoring import ATTRIBUTES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOT_COMMAND: Any = typer.main.get_command(app)


@pytest.mark.model
def test_generated_pages_and_transcripts_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.model
@pytest.mark.parametrize("block", re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
def test_python_in_the_readme_runs(block: str, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("name", ROOT_COMMAND.commands)
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## kg {name}\n")[2].partition("\n## ")[0]
    assert f"`kg {name}" in README
    for parameter in ROOT_COMMAND.commands[name].params:
        assert parameter.help
        assert all(option in section for option in parameter.opts if option.startswith("-"))


@pytest.mark.parametrize("question", catalogue(), ids=lambda question: question.name)
def test_every_question_is_documented(question: Any) -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert f"## {question.name}\n\n{question.question}\n" in page
    assert question.question.endswith("?")


PAGES = ["README.md", "CONTRIBUTING.md", "examples/README.md", "docs/facts.md", "docs/page.md"]


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_pages_name_are_there(page: str) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#:]+)\)", text)
    folders = "kg|docs|examples|ontology|queries|tests|tools|articles|expected"
    named += re.findall(rf"`((?:{folders})/[\w./-]*)`", text)
    for name in named:
        assert (path.parent / name).exists() or (ROOT / name).exists(), name


def test_the_format_page_names_every_attribute() -> None:
    page = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in ATTRIBUTES)


def test_the_changelog_begins_with_what_is_to_come_or_this_version() -> None:
    first = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] in ("Unreleased", kg.__version__)


def test_the_test_command_of_the_readme_is_what_continuous_integration_runs() -> None:
    assert "```sh\nbash tools/test\n```" in README
    assert "exec bash tools/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
