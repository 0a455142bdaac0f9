"""Explaining entities and claims of a graph made from claims by hand."""

import pytest

from kg.claims import Claim, Condition, Entity, Evidence, Mention, Role, Span
from kg.documents import Document
from kg.errors import QueryError
from kg.explain import explain, in_words, marked
from kg.mapping import Mapper
from kg.store import Store, open_store

CHILE = Entity("state/CHL", "State", "Chile", "CHL")
PERU = Entity("state/PER", "State", "Peru", "PER")
TEXT = "Chile struck Peru. Peru says that Chile will strike again."


def _evidence(document: str, start: int, end: int, words: str, *mentions: Mention) -> Evidence:
    at = TEXT.index(words)
    trigger = Span(at, at + len(words), words)
    return Evidence(document, Span(start, end, TEXT[start:end]), "assault-strike", trigger, mentions)


def _mention(role: str, entity: Entity, start: int) -> Mention:
    span = Span(start, start + len(entity.label), entity.label)
    return Mention(role, entity.id, span, entity.label, "name in the gazetteer", entity.state)


STRUCK = Claim(
    "Assault",
    (Role("actor", CHILE), Role("target", PERU)),
    occasion="2025-03-06",
    evidence=(_evidence("one", 0, 18, "struck", _mention("actor", CHILE, 0), _mention("target", PERU, 13)),),
)
AGAIN = Claim(
    "Assault",
    (Role("actor", CHILE),),
    modality="planned",
    holder=PERU,
    occasion="2025-03-06",
    evidence=(_evidence("two", 19, 58, "strike again", _mention("actor", CHILE, 34)),),
)
ACCUSED = Claim(
    "Accuse",
    (Role("actor", PERU), Role("target", CHILE), Role("content", AGAIN.ref)),
    modality="conditional",
    condition=Condition("if talks fail"),
    evidence=(_evidence("two", 19, 58, "says"),),
)


@pytest.fixture
def store() -> Store:
    opened = open_store()
    documents = [Document("one", TEXT, "2025-03-06"), Document("two", TEXT, "2025-03-06")]
    opened.add(Mapper().quads([STRUCK, AGAIN, ACCUSED], documents))
    return opened


def test_facts_plans_and_claims_of_others_are_kept_apart(store: Store) -> None:
    found = explain(store, "Chile")
    assert [[c.key for c in part] for part in (found.facts, found.open, found.reported)] == [
        [STRUCK.key], [ACCUSED.key], [AGAIN.key],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["CHL", "state/CHL", "https://w3id.org/foedus/id/state/CHL", "chile"])
def test_an_entity_is_found_by_label_code_id_and_iri(store: Store, name: str) -> None:
    assert explain(store, name).label == "Chile"


@pytest.mark.parametrize("form", ["{}", "claim/{}", "https://w3id.org/foedus/id/claim/{}"])
def test_a_claim_is_found_by_key_id_and_iri(store: Store, form: str) -> None:
    assert [c.key for c in explain(store, form.format(STRUCK.key)).claims] == [STRUCK.key]


def test_sentences_are_shown_with_their_words_marked_and_the_reasons(store: Store) -> None:
    text = explain(store, STRUCK.key).as_text()
    assert "[actor: Chile] [trigger: struck] [target: Peru]." in text
    assert "one, characters 0 to 18; frame assault-strike" in text
    assert "actor “Chile” is state/CHL: name in the gazetteer" in text


def test_content_holder_and_condition_are_told_in_words(store: Store) -> None:
    text = " ".join(explain(store, "Peru").as_text().split())
    assert "content [Assault (planned): actor Chile, according to Peru]" in text
    assert "condition “if talks fail”" in text


def test_only_what_one_document_says(store: Store) -> None:
    assert [c.key for c in explain(store, "Chile", document="one").claims] == [STRUCK.key]


@pytest.mark.parametrize("name", ["Bolivia", "0" * 20])
def test_what_is_not_there_is_said_in_one_line(store: Store, name: str) -> None:
    with pytest.raises(QueryError, match=name):
        explain(store, name)


def test_a_document_that_says_nothing_of_it_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError, match="in three"):
        explain(store, "Chile", document="three")


def test_marks_inside_others_do_not_break_the_sentence() -> None:
    marks = [("what", Span(0, 12, "Chile struck")), ("actor", Span(0, 5, "Chile"))]
    assert marked(Span(0, 18, TEXT[:18]), marks) == "[what: Chile struck] Peru."


def test_json_holds_offsets_that_slice_the_document(store: Store) -> None:
    facts = explain(store, STRUCK.key).as_json()["facts"]
    assert isinstance(facts, list)
    sentence = facts[0]["evidence"][0]["sentence"]
    assert TEXT[sentence["start"] : sentence["end"]] == sentence["text"]


def test_denials_and_performance_stand_in_the_words() -> None:
    claim = Claim("Guarantee", (Role("providedBy", CHILE),), performance="planned", negated=True)
    assert in_words(claim) == "Guarantee (performance planned, denied): providedBy Chile"
