"""Checking files and graphs: sources, formats, order, reasoning, a user's ontology."""

from pathlib import Path

import pytest
import rdflib

from kg.check import Finding, check
from kg.errors import InputError

SOUND = Path(__file__).with_name("sound.ttl")
BASE = "https://w3id.org/foedus/id/"
CONTRADICTION = """
@base <https://w3id.org/foedus/id/> .
@prefix kg: <https://w3id.org/foedus/ontology#> .
<state/PER> a kg:Person .
"""


@pytest.fixture
def contradiction(tmp_path: Path) -> Path:
    file = tmp_path / "more.ttl"
    file.write_text(CONTRADICTION, encoding="utf-8")
    return file


def test_a_state_that_is_a_person_is_told_in_words(contradiction: Path) -> None:
    (found,) = check([SOUND, contradiction])
    assert found == Finding(
        "violation",
        "state/PER is a kg:Person and a kg:State, which nothing can be at once: remove the wrong type, or give one of "
        "the two an id of its own.",
        focus=f"{BASE}state/PER",
        source="disjoint",
    )


@pytest.mark.java
def test_the_reasoner_confirms_it(contradiction: Path) -> None:
    assert [finding.source for finding in check([SOUND, contradiction], reason=True)] == ["disjoint", "reasoner"]


@pytest.mark.java
def test_the_reasoner_has_nothing_to_say_of_a_sound_graph() -> None:
    assert check(SOUND, reason=True) == []


@pytest.mark.parametrize(("form", "suffix"), [("nt", "nt"), ("xml", "rdf"), ("json-ld", "jsonld"), ("turtle", "ttl")])
def test_every_format_is_read(tmp_path: Path, form: str, suffix: str) -> None:
    file = tmp_path / f"graph.{suffix}"
    rdflib.Graph().parse(SOUND).serialize(file, format=form, encoding="utf-8")
    assert check(str(file)) == []


def test_named_graphs_are_united(tmp_path: Path) -> None:
    lines = rdflib.Graph().parse(SOUND).serialize(format="nt").splitlines()
    file = tmp_path / "graph.nq"
    quads = [f"{line[:-1]}<{BASE}document/note> ." if "evidence" in line else line for line in lines if line]
    file.write_text("\n".join(quads) + "\n", encoding="utf-8")
    assert check(file) == []


def test_a_graph_is_left_as_it_was() -> None:
    graph = rdflib.Graph().parse(SOUND)
    before = set(graph)
    check(graph)
    assert set(graph) == before


def test_findings_come_gravest_first_and_the_same_each_time() -> None:
    graph = rdflib.Graph().parse(SOUND)
    claim = rdflib.URIRef(f"{BASE}claim/accuse")
    kg = rdflib.Namespace("https://w3id.org/foedus/ontology#")
    for role in ("actor", "target", "evidence"):
        graph.remove((claim, kg[role], None))
    found = check(graph)
    assert [(finding.severity, finding.source) for finding in found] == [
        ("violation", "claim-evidence"),
        ("warning", "act"),
    ]
    assert check(graph) == found


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("none.ttl", None, "no such file"),
        ("graph.doc", "", "no suffix of RDF"),
        ("graph.ttl", "<a> <b>", "is no Turtle"),
    ],
)
def test_unusable_files_are_told(tmp_path: Path, name: str, content: str | None, problem: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        check(file)


def test_roles_of_a_users_ontology_are_checked_too(tmp_path: Path) -> None:
    mine, data = tmp_path / "mine.ttl", tmp_path / "data.ttl"
    prefixes = "@prefix my: <https://example.org/#> . @prefix kg: <https://w3id.org/foedus/ontology#> ."
    mine.write_text(f"{prefixes} my:seizes kg:roleOf kg:Coerce ; kg:fillerType kg:Facility .", encoding="utf-8")
    data.write_text(f"{prefixes} @base <{BASE}> . <claim/accuse> my:seizes <state/PER> .", encoding="utf-8")
    (found,) = check([SOUND, data], ontology=[mine])
    assert (found.focus, found.path, found.value) == (
        f"{BASE}claim/accuse",
        "https://example.org/#seizes",
        f"{BASE}state/PER",
    )
    assert "kg:Facility" in found.message
