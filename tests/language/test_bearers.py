"""What is said of whom by nouns: appositions, copulas, appointments, "as", lists, what stands beside the verb."""

import pytest

from kg.documents import Document
from kg.language import parse
from kg.language.bearers import apposed, around
from kg.language.clauses import Clauses

pytestmark = pytest.mark.model


def slots(text: str, word: str) -> dict[str, str]:
    clauses = Clauses(parse(Document("test", text)))
    noun = next(t for t in clauses.doc if t.text == word)
    return {slot: " ".join(t.text for t in tokens) for slot, tokens in around(clauses, noun).items()}


@pytest.mark.parametrize(
    ("text", "word", "bearers"),
    [
        ("Chad, a member of the pact, voted.", "member", "Chad"),
        ("The newest member, Chad, voted.", "member", "Chad"),
        ("Chad became a member of the pact.", "member", "Chad"),
        ("The newest member is Chad.", "member", "Chad"),
        ("Chad was named chair of the pact.", "chair", "Chad"),
        ("They elected Chad chair of the pact.", "chair", "Chad"),
        ("Chad was admitted as a member.", "member", "Chad"),
        ("Chad serves as chair.", "chair", "Chad"),
        ("Members such as Chad and Niger voted.", "Members", "Chad Niger"),
        ("Members including Chad voted.", "Members", "Chad"),
        ("The fleet sails with Japan at its head.", "head", "Japan"),
        ("Chad replaced Niger as chair.", "chair", "Chad Niger"),
        ("It was a member of the pact.", "member", ""),
    ],
)
def test_bearer(text: str, word: str, bearers: str) -> None:
    assert slots(text, word).get("bearer", "") == bearers


@pytest.mark.parametrize(
    ("text", "word", "governor"),
    [
        ("A force under Kenyan command landed.", "command", "force"),
        ("The force is under Kenyan command.", "command", "force"),
        ("The council placed the force under Kenyan command.", "command", "force"),
        ("A force placed under Kenyan command landed.", "command", "force"),
    ],
)
def test_governor(text: str, word: str, governor: str) -> None:
    assert slots(text, word)["governor"] == governor


@pytest.mark.parametrize(
    ("text", "word", "slot", "held"),
    [
        ("Command passed from Chad to Niger.", "Command", "^to", "Niger"),
        ("The mission works under General Roe.", "mission", "^under", "Roe"),
        ("The mission is to resume work under General Roe.", "mission", "^under", "Roe"),
        ("The mission works under General Roe.", "mission", "verb", "works"),
    ],
)
def test_beside_the_verb(text: str, word: str, slot: str, held: str) -> None:
    assert slots(text, word)[slot] == held


def test_apposition_taken_for_an_adverbial() -> None:
    doc = parse(Document("test", "It comes under the orders of a Kenyan, Major General Wanjiru Kimani."))
    assert [t.text for t in apposed(next(t for t in doc if t.text == "Kenyan"))] == ["Kimani"]
