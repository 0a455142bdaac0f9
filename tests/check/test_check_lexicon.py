"""What is wrong with a lexicon, in words."""

from pathlib import Path

import pytest

from kg.check import check, check_lexicon
from kg.errors import OntologyError
from kg.ontology import Ontology
from kg.resources import resource

SOUND = """
- frame: board-ship
  yields: Coerce
  mode: seize
  verbs: [board]
  roles: {actor: subject, target: object}
  types: {actor: [Actor], target: [State, Facility]}
  example: Marines boarded a Fijian freighter.
- frame: join-body
  yields: memberOf
  verbs: [join]
  roles: {subject: subject, object: object}
  types: {object: [Organization, Mechanism]}
"""


def checked(tmp_path: Path, text: str, ontology: Ontology | None = None) -> list[str]:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    found = check_lexicon(file, ontology or Ontology.load())
    assert {finding.source for finding in found} <= {str(file)}
    return [finding.message for finding in found]


def test_the_shipped_lexicon_is_sound() -> None:
    assert check_lexicon(resource("ontology", "lexicon"), Ontology.load()) == []


def test_a_sound_lexicon_has_no_findings(tmp_path: Path) -> None:
    assert checked(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("yields: Coerce", "yields: Boarding", "board-ship yields Boarding, which the ontology lacks"),
        ("yields: Coerce", "yields: State", "board-ship yields State, which is no kind of claim"),
        ("yields: memberOf", "yields: evidence", "join-body yields evidence, which the ontology lacks"),
        ("{actor: subject, target", "{agent: subject, target", "has agent in roles, which is no role of Coerce"),
        ("{subject: subject, object", "{actor: subject, object", "has actor in roles, which is no role of memberOf"),
        ("types: {actor:", "types: {person:", "has person in types, which is no role of Coerce"),
        ("[State, Facility]", "[Nation]", "wants Nation as target, which the ontology lacks"),
        ("[State, Facility]", "[Assault]", "wants Assault as target, which is no class of entities"),
        ("mode: seize", "mode: steal", "has the mode steal, which the ontology lacks"),
        ("mode: seize", "mode: drone", "has the mode drone, which is none of Coerce: its modes are arrest"),
        ("  verbs: [join]", "  mode: visit\n  verbs: [join]", "has a mode, but memberOf is no act"),
        ("  example:", "  values: {mode: steal}\n  example:", "sets mode to steal, which the ontology lacks"),
        ("  example:", "  needs: [victim]\n  example:", "has victim in needs, which is no role of Coerce"),
        ("  verbs: [board]\n", "", "board-ship: "),
        ("verbs: [board]", "verb: [board]", "board-ship: "),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = SOUND.replace(old, new, 1)
    assert text != SOUND
    assert [message for message in checked(tmp_path, text) if problem in message]


def test_a_users_class_makes_the_frame_sound(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix my: <https://example.org/#> . @prefix kg: <https://w3id.org/foedus/ontology#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . my:Boarding rdfs:subClassOf kg:Coerce .",
        encoding="utf-8",
    )
    text = SOUND.replace("yields: Coerce", "yields: Boarding", 1)
    assert checked(tmp_path, text) != []
    assert checked(tmp_path, text, Ontology.load([mine])) == []


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(SOUND.replace("Coerce", "Boarding"), encoding="utf-8")
    assert [Path(f.source).name for f in check_lexicon(tmp_path, Ontology.load())] == ["a.yaml", "b.yaml"]


def test_graph_and_lexicon_are_checked_together(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SOUND.replace("Coerce", "Boarding"), encoding="utf-8")
    (found,) = check(Path(__file__).with_name("sound.ttl"), lexicon=file)
    assert (found.focus, found.source) == ("board-ship", str(file))


@pytest.mark.parametrize("content", ["- frame: [", "just words", None])
def test_an_unreadable_lexicon_is_an_error(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "mine.yaml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"mine\.yaml"):
        check_lexicon(file, Ontology.load())
