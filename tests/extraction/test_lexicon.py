"""The lexicon: its files, its index, and what a user's file may do."""

import json
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extraction.frames import Frame
from kg.extraction.lexicon import Candidate, Lexicon
from kg.extraction.lexicon_files import read, schema_problems, shipped_files

ACTS = (
    "Agree", "Consult", "Support", "Cooperate", "Aid", "Concede", "Retreat", "Request", "Accuse", "Reject", "Threaten",
    "Protest", "Sanction", "Mobilize", "Coerce", "Assault",
)  # fmt: skip

COMPANIES = """
- frame: company-appoint
  yields: Appointment
  verbs: [appoint, name]
  nouns: [appointment]
  roles: {appointer: subject, person: object, post: as}
  example: Acme appointed Jane Roe as its treasurer.
"""


def kinds(candidates: tuple[Candidate, ...]) -> list[str]:
    return [c.frame.yields for c in candidates]


def chosen(candidates: tuple[Candidate, ...], held: dict[str, set[str]]) -> str | None:
    """The class of the first candidate without particles that fits."""
    return next((c.frame.yields for c in candidates if not c.unit.words and c.frame.fits(held)), None)


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_shipped_file_fits_the_schema(path: Path) -> None:
    assert list(schema_problems(read(path))) == []


@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_many_units(act: str) -> None:
    units = {(u.pos, u.form) for f in Lexicon.load().frames.values() if f.yields == act for u in f.units}
    assert len(units) >= 50


def test_load_is_cached() -> None:
    assert Lexicon.load() is Lexicon.load()


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [("bomb", "Assault"), ("Recognise", "Support"), ("rearreste", "Coerce"), ("spar", "Concede")],
)
def test_verb(lemma: str, expected: str) -> None:
    assert kinds(Lexicon.load().verb(lemma))[0] == expected


def test_longer_units_come_first() -> None:
    sizes = [c.unit.size for c in Lexicon.load().verb("call")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_restricted_frames_come_before_open_ones() -> None:
    restricted = [bool(c.frame.requires) for c in Lexicon.load().verb("suspend")]
    assert restricted == sorted(restricted, reverse=True)
    assert not restricted[-1]


@pytest.mark.parametrize(
    ("lemma", "held", "expected"),
    [
        ("withdraw", {"object": {"troop"}, "from": {"border"}}, "Retreat"),
        ("withdraw", {"subject": {"soldier"}, "from": {"city"}}, "Retreat"),
        ("withdraw", {"subject": {"france"}, "from": {"treaty"}}, "Sanction"),
        ("withdraw", {"object": {"case"}}, "Concede"),
        ("withdraw", {"object": {"ambassador"}}, "Sanction"),
        ("strike", {"object": {"base"}}, "Assault"),
        ("strike", {"object": {"deal"}}, "Agree"),
        ("release", {"object": {"hostage"}}, "Concede"),
        ("release", {"object": {"report"}}, None),
        ("lift", {"object": {"sanction"}}, "Concede"),
        ("lift", {"object": {"immunity"}}, "Sanction"),
        ("suspend", {"object": {"talk"}}, "Sanction"),
        ("end", {"object": {"attack"}}, "Retreat"),
        ("end", {"object": {"aid"}}, "Sanction"),
        ("kill", {"in": {"earthquake"}, "object": {"people"}}, None),
        ("kill", {"subject": {"militant"}, "object": {"soldier"}}, "Assault"),
        ("impose", {"object": {"tariff"}}, "Sanction"),
        ("join", {"object": {"alliance"}}, "Cooperate"),
        ("join", {"object": {"protest"}}, None),
        ("fire", {"object": {"missile"}}, "Assault"),
        ("fire", {"object": {"minister"}}, "Sanction"),
    ],
)
def test_what_stands_in_a_slot_decides(lemma: str, held: dict[str, set[str]], expected: str | None) -> None:
    acts = tuple(c for c in Lexicon.load().verb(lemma) if c.frame.yields in ACTS)
    assert chosen(acts, held) == expected


@pytest.mark.parametrize(
    ("verb", "noun", "slot", "expected"),
    [
        ("open", "fire", "object", "Assault"),
        ("come", "fire", "under", "Assault"),
        ("take", "part", "object", "Cooperate"),
    ],
)
def test_light_units(verb: str, noun: str, slot: str, expected: str) -> None:
    found = [(c.unit.slot, c.frame.yields) for c in Lexicon.load().light(verb, noun)]
    assert (slot, expected) in found
    assert Lexicon.load().light_verb(verb)


def test_noun_phrases() -> None:
    unit = next(c.unit for c in Lexicon.load().noun("state") if c.unit.after == ("of", "emergency"))
    assert unit.stands_between([], [{"of"}, {"emergency"}])
    assert not unit.stands_between([], [{"of"}, {"play"}])


def test_slot_named_on_is_a_word(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {frame: my-rely, yields: Aid, verbs: [rely on], roles: {actor: subject, target: on}}\n")
    frame = Lexicon.load((path,)).frames["my-rely"]
    assert frame.roles["target"] == ("on",)


def test_user_frames_have_roles_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "companies.yaml"
    path.write_text(COMPANIES)
    lexicon = Lexicon.load([path])
    frame = lexicon.verb("appoint")[0].frame
    assert (frame.yields, frame.roles["post"]) == ("Appointment", ("as",))
    assert frame.noun_roles["person"] == ("of",)
    assert lexicon.noun("appointment")
    assert "company-appoint" not in Lexicon.load().frames


def test_user_frame_replaces_ours_of_that_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {frame: protest-riot, yields: Unrest, verbs: [riot]}\n")
    assert kinds(Lexicon.load((path,)).verb("riot")) == ["Unrest"]


def test_user_frame_wins_over_a_restricted_one_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {frame: my-leave, yields: Departure, verbs: [abdicate]}\n")
    assert kinds(Lexicon.load((path,)).verb("abdicate"))[0] == "Departure"


def test_user_frame_wins_where_equally_specific(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {frame: my-riot, yields: Unrest, verbs: [riot]}\n")
    assert kinds(Lexicon.load((path,)).verb("riot")) == ["Unrest", "Protest"]


def test_lists_of_words_expand_in_units_and_restrictions(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "- {words: my-fruit, lemmas: [apple, pear]}\n"
        "- {frame: my-eat, yields: Meal, light: [eat|chew $my-fruit], requires: {subject: $my-fruit}}\n"
    )
    lexicon = Lexicon.load((path,))
    assert lexicon.light("chew", "pear")[0].frame.requires == ({"subject": frozenset({"apple", "pear"})},)
    assert lexicon.words("my-fruit") == {"apple", "pear"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- frame: [", ("mine.yaml:", "not valid YAML")),
        ("frame: x", ("mine.yaml", "not a list of frames")),
        ("- {frame: my-x, yields: Aid}", ("my-x",)),
        ("- {frame: my-x, yields: Aid, verbs: [go], rolls: {actor: subject}}", ("my-x", "rolls")),
        ("- {frame: My X, yields: Aid, verbs: [go]}", ("My X", "frame")),
        ("- {frame: my-x, yields: Aid, verbs: [go], content_modality: planned}", ("my-x", "content")),
        ("- {frame: my-x, yields: Aid, verbs: [$nothing]}", ("my-x", "nothing")),
        ("- {frame: my-x, yields: Aid, light: [go]}", ("my-x", "'go'")),
        ("- {frame: my-x, yields: Aid, verbs: [go]}\n- {frame: my-x, yields: Aid, verbs: [run]}", ("my-x", "taken")),
        ("- {yields: Aid, verbs: [go]}", ("entry 0", "frame")),
    ],
)
def test_errors_name_file_and_frame(tmp_path: Path, text: str, parts: tuple[str, ...]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(OntologyError) as caught:
        Lexicon.load((path,))
    message = str(caught.value)
    assert all(part in message for part in ("mine.yaml", *parts)), message
    assert "\n" not in message
    assert caught.value.hint


def test_missing_file() -> None:
    with pytest.raises(OntologyError, match=r"no-such\.yaml: cannot be read"):
        Lexicon.load(("no-such.yaml",))


def examples() -> list[Frame]:
    return [frame for frame in Lexicon.load().frames.values() if frame.example]


@pytest.mark.model
@pytest.mark.parametrize("frame", examples(), ids=lambda frame: frame.name)
def test_example_has_a_unit_of_its_frame(frame: Frame) -> None:
    from kg.documents import Document
    from kg.language import parse

    lexicon, doc = Lexicon.load(), parse(Document("example", frame.example))
    words = [t.lemma_ for t in doc]
    found = [c for w in words for c in (*lexicon.verb(w), *lexicon.noun(w), *lexicon.adjective(w))]
    found += [c for verb in words for noun in words for c in lexicon.light(verb, noun)]
    assert frame.name in {c.frame.name for c in found}


@pytest.mark.model
@pytest.mark.shared
def test_lexicon_covers_the_triggers_of_real_news(shared: Path) -> None:
    """Of the annotated events, nine in ten have a word among whose frames is the annotated class."""
    from kg.language import load_model

    lexicon = Lexicon.load()
    lines = (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:300]]
    facts = [(row["text"], fact) for row in rows for fact in row["facts"] if fact["type"] == "event"]
    nlp = load_model()
    covered = 0
    for text, fact in facts:
        start = text.find(fact["trigger"])
        words = nlp(text[max(0, start - 60) : start + len(fact["trigger"]) + 60])
        lemmas = {t.lemma_ for t in words if t.text in fact["trigger"].split()} | set(fact["trigger"].split())
        found = [c for w in lemmas for c in (*lexicon.verb(w), *lexicon.noun(w), *lexicon.adjective(w))]
        covered += fact["event"] in {c.frame.yields.upper() for c in found}
    assert covered / len(facts) >= 0.85
