"""Scoring: the rules of the interchange format, and the same figures as the reference scorer to the last digit."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import Row, compare, evaluate, load
from kg.facts import Fact
from kg.scoring import match, norm, same

UKRAINE = {"name": "Ukraine", "state": "UKR"}
RUSSIA = {"name": "Russian army", "state": "RUS"}
ENVOY = {"name": "Ana Souza", "state": None}


def event(kind: str = "ASSAULT", actor: Any = (RUSSIA,), target: Any = (UKRAINE,), **more: Any) -> Fact:
    fact = {"type": "event", "event": kind, "actor": list(actor), "target": list(target), "trigger": "attacked"}
    return {**fact, "modality": "actual", "negated": False, "holder": None, "place": None, **more}


@pytest.mark.parametrize(
    ("text", "plain"),
    [("The Élysée’s plan", "elysees plan"), ("U.S. troops", "us troops"), ("their own", "own"), (None, "")],
)
def test_names_are_compared_without_what_does_not_matter(text: str | None, plain: str) -> None:
    assert norm(text) == plain


@pytest.mark.parametrize(
    ("gold", "got", "alike"),
    [
        (event(), event(actor=[{"name": "Moscow", "state": "RUS"}]), True),
        (event(), event(actor=[UKRAINE]), False),
        (event(), event(target=[]), False),
        (event(target=[]), event(target=[]), True),
        (event(), event("COERCE"), False),
        (event("CONSULT"), event("CONSULT", actor=[UKRAINE], target=[]), True),
        (event("ACCUSE"), event("ACCUSE", actor=[UKRAINE], target=[RUSSIA]), False),
        (
            {"type": "office", "person": ENVOY, "role": "prime minister", "of": UKRAINE, "status": "current"},
            {"type": "office", "person": {"name": "Souza", "state": "UKR"}, "role": "Minister", "of": UKRAINE},
            True,
        ),
        (
            {"type": "count", "of": "talks", "what": "countries", "number": 35},
            {"type": "count", "of": "", "what": "coalition countries", "number": 35},
            True,
        ),
        (
            {"type": "quote", "speaker": ENVOY, "text": "we will not wait"},
            {"type": "quote", "speaker": ENVOY, "text": "We will not wait any more"},
            True,
        ),
        ({"type": "force", "name": "European force"}, {"type": "force", "name": "forces"}, True),
        (
            {"type": "guarantee", "by": [UKRAINE], "for": [ENVOY]},
            {"type": "guarantee", "by": [UKRAINE, RUSSIA], "for": [ENVOY]},
            True,
        ),
    ],
)
def test_what_states_the_same(gold: Fact, got: Fact, alike: bool) -> None:
    assert same(gold, got) is alike


def test_each_gold_fact_matches_once_and_best() -> None:
    planned = event(modality="planned")
    outcome = match("a", [event()], [planned, event()])
    assert outcome.matched == ((event(), event()),)
    assert outcome.wrong == (planned,)


@pytest.mark.parametrize("gold", [event(modality="planned"), event(negated=True), event(holder=ENVOY)])
def test_a_plain_fact_that_is_none_is_an_overclaim(gold: Fact) -> None:
    evaluation = compare([Row("a", (gold, event("COERCE")))], {"a": [event(), event("COERCE")]})
    assert evaluation.figures["overclaim_rate"] == 0.5
    assert [mistake.kind for mistake in evaluation.mistakes()] == ["overclaim"]


def test_figures_are_nothing_where_nothing_is() -> None:
    assert compare([Row("a", ())], {}).figures["all"] == {"precision": 0, "recall": 0, "f1": 0, "gold": 0, "system": 0}


@pytest.mark.parametrize("fact", [{"type": "rumour"}, {"type": "event", "event": "AID"}, {"type": "count", "what": 3}])
def test_malformed_facts_are_told(fact: Fact) -> None:
    with pytest.raises(InputError, match="document 'a'"):
        match("a", [fact], [fact])


def test_confusion_counts_events_on_the_same_trigger() -> None:
    gold = [event("AID"), event("REJECT", trigger="vetoed"), event("AGREE")]
    evaluation = compare(
        [Row("a", tuple(gold))], {"a": [event("AGREE"), event("ASSAULT"), event("COERCE", trigger="x")]}
    )
    assert evaluation.confusion() == {
        ("", "COERCE"): 1, ("AGREE", "AGREE"): 1, ("AID", "ASSAULT"): 1, ("REJECT", ""): 1,
    }  # fmt: skip


def test_mistakes_quote_their_sentence() -> None:
    text = "Talks open in Oslo\nThe U.S. and Norway met on Monday. Russia attacked Ukraine again. Nobody spoke."
    (mistake,) = compare([Row("a", (event(),), text)], {}).mistakes()
    assert (mistake.kind, mistake.sentence) == ("missed", "Russia attacked Ukraine again.")


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    rows = [Row(str(n), (event(), event("AID"))) for n in range(30)]
    evaluation = compare(rows, {str(n): [event()] for n in range(0, 30, 2)})
    first = evaluation.intervals()
    assert first == evaluation.intervals()
    low, high = first["all"]
    assert low < evaluation.figures["all"]["f1"] < high


@pytest.mark.parametrize("content", ["{", "[]\n", '{"id": 3, "facts": []}', '{"id": "a", "facts": [{}]}', "\xff"])
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        load(path)


def test_an_empty_gold_file_is_told_and_an_empty_system_file_is_no_fact(tmp_path: Path) -> None:
    gold, empty = tmp_path / "gold.jsonl", tmp_path / "empty.jsonl"
    gold.write_text(json.dumps({"id": "a", "facts": [event()]}))
    empty.touch()
    assert evaluate(gold, system=empty).figures["all"]["recall"] == 0
    with pytest.raises(InputError, match=r"empty\.jsonl: empty"):
        evaluate(empty, system=gold)


def _worsened(rows: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Facts as a bad extractor would give them: left out, doubled, changed, without optional keys."""
    generator = random.Random(seed)
    worse = copy.deepcopy(rows)
    for row in worse:
        facts = [fact for fact in row["facts"] if generator.random() > 0.2]
        facts += [copy.deepcopy(fact) for fact in row["facts"] if generator.random() < 0.2]
        for fact in facts:
            if generator.random() < 0.3:
                fact["modality"] = generator.choice(["actual", "planned", "possible"])
            if fact["type"] == "event" and generator.random() < 0.3:
                fact["event"] = generator.choice(["ASSAULT", "CONSULT", "AGREE"])
            if fact["type"] == "event" and generator.random() < 0.3:
                fact["actor"] = fact["actor"][1:]
            if generator.random() < 0.2:
                fact.pop("holder", None)
                fact.pop("negated", None)
        generator.shuffle(facts)
        row["facts"] = facts
    return worse[: -len(worse) // 10 or None]


@pytest.mark.parametrize("name", ["dev.jsonl", "domain-1.jsonl", "../seed/gold.jsonl"])
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_reference(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    gold, system = shared / "gold" / name, tmp_path / "system.jsonl"
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    system.write_text("".join(json.dumps(row) + "\n" for row in (_worsened(rows, seed) if seed else rows)))
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(system), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert evaluate(gold, system=system).figures == json.loads(answer.stdout)
