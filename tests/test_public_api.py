"""The Python API: what is public, and what importing it costs."""

import subprocess
import sys
from importlib import import_module

import pytest

import kg


def test_every_public_name_is_there_and_documented() -> None:
    assert sorted(kg.__all__) == kg.__all__
    for name in kg.__all__:
        assert getattr(kg, name).__doc__


@pytest.mark.parametrize("verb", ["build", "check", "diff", "evaluate", "export", "forget", "load"])
def test_a_verb_stays_a_function_when_its_module_is_imported(verb: str) -> None:
    module = import_module(f"kg.{verb}")
    assert getattr(kg, verb) is getattr(module, verb)
    assert callable(getattr(kg, verb))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'banana'"):
        getattr(kg, "banana")  # noqa: B009


@pytest.mark.parametrize("module", ["kg", "kg.actors", "kg.actors.naming", "kg.cli"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    heavy = "spacy", "numpy", "pyoxigraph", "rdflib", "pyshacl", "owlready2", "SPARQLWrapper", "yaml"
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_nothing_public_is_missing_from_dir() -> None:
    assert set(kg.__all__) <= set(dir(kg))
