"""The gazetteer's files name only terms that the ontology declares."""

import re

import pytest

from kg.ontology import Ontology
from kg.resources import resource

FILES = sorted(resource("ontology", "actors").glob("*.ttl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_every_own_term_is_declared(path: object) -> None:
    ontology = Ontology.load()
    known = {*ontology.classes(), *ontology.properties(), *ontology.vocabulary("status")}
    lines = resource("ontology", "actors", str(path)).read_text(encoding="utf-8").splitlines()
    used = {name for line in lines for name in re.findall(r"^[^\"]*?\bkg:([A-Za-z0-9-]+)", line)}
    assert used - known - {"https"} == set()
