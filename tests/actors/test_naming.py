"""Ids decide labels, names never share an id, and every id is a path of an IRI."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.actors.naming import KINDS, entity, label, named, office, organ, scoped, slug
from kg.errors import UsageError
from kg.iris import segment

_PATH = re.compile(r"[A-Za-z0-9._~-]+|%[0-9A-F]{2}")
anything = st.text(min_size=1).filter(lambda text: text.strip() != "")
wordy = st.text(alphabet="aAbB -'éÉ3fñłЖ", min_size=1).filter(lambda text: text.strip() != "")
kinds = st.sampled_from(KINDS)


def is_path(identifier: str) -> bool:
    return all(part and not _PATH.sub("", part) and part not in (".", "..") for part in identifier.split("/"))


def spaces(text: str) -> str:
    return " ".join(text.split())


@given(kinds, anything)
def test_an_id_is_a_path_for_any_unicode(kind: str, name: str) -> None:
    assert is_path(named(kind, name).id)
    assert is_path(scoped(name, kind, name).id)
    assert is_path(office(name).id)
    assert is_path(organ("FRA", name).id)


@given(kinds.filter(lambda kind: kind != "Office"), wordy | anything, wordy | anything)
def test_different_names_never_share_an_id(kind: str, one: str, other: str) -> None:
    same = spaces(one) == spaces(other)
    assert (named(kind, one).id == named(kind, other).id) is same


@given(kinds, wordy | anything)
def test_the_label_is_a_function_of_the_id(kind: str, name: str) -> None:
    for made in (named(kind, name), scoped("doc", kind, name)):
        told = label(made.id)
        assert told is None or told == made.label
        if told is not None:
            assert entity(made.id) == made
            assert entity(made.id).label == made.label


@given(kinds, wordy, wordy)
def test_descriptions_share_an_id_only_with_their_label(kind: str, one: str, other: str) -> None:
    first, second = scoped("d", kind, one), scoped("d", kind, other)
    assert (first.id == second.id) is (first.label == second.label)


@given(anything, anything)
def test_segments_are_told_apart(one: str, other: str) -> None:
    assert is_path(segment(one))
    assert (segment(one) == segment(other)) is (one == other)


@pytest.mark.parametrize(
    ("kind", "name", "identifier"),
    [
        ("Person", "Emmanuel Macron", "person/emmanuel-macron"),
        ("Organization", "NATO", "organization/nato"),
        ("Coalition", "Coalition of the Willing", "coalition/coalition-of-the-willing"),
        ("Agreement", "Treaty of the Hague Sea", "agreement/treaty-of-the-hague-sea"),
        ("Region", "Ürümqi Heights", f"region/urumqi-heights-{named('Region', 'Ürümqi Heights').id[-6:]}"),
    ],
)
def test_readable_ids(kind: str, name: str, identifier: str) -> None:
    assert named(kind, name).id == identifier


def test_an_unknown_name_does_not_take_the_id_of_a_known_one() -> None:
    assert named("Organization", "Nato").id != named("Organization", "NATO").id
    assert named("Organization", "Nato").label == "Nato"


def test_a_name_that_ends_like_a_hash_is_guarded() -> None:
    assert named("Person", "Anna Decade").id != "person/anna-decade"
    assert label(named("Person", "Anna Decade").id) is None


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("state/ISR/military", "military of Israel"),
        ("state/USA/foreign-ministry", "foreign ministry of the United States"),
        ("state/PHL/coast-guard", "coast guard of the Philippines"),
        ("office/secretary-general", "secretary-general"),
        ("document/a/actor/armed-men", "Armed men"),
        ("person/jane-van-der-roe", "Jane van der Roe"),
    ],
)
def test_labels_from_ids(identifier: str, expected: str) -> None:
    assert label(identifier) == expected


def test_states_of_entities() -> None:
    assert entity("state/UKR").state == "UKR"
    assert organ("UKR", "navy").state == "UKR"
    assert entity("state/UKR/navy") == organ("UKR", "navy")
    assert entity("region/kyiv").state == "UKR"
    assert entity("organization/nato").state is None


@pytest.mark.parametrize("identifier", ["person/jane-roe-12ab34", "unknown/thing", "plain"])
def test_ids_that_say_no_label_are_refused(identifier: str) -> None:
    with pytest.raises(UsageError, match="no label"):
        entity(identifier)


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(UsageError, match="unknown kind"):
        named("Ship", "Aurora")


def test_slugs_are_ascii() -> None:
    assert slug("Łódź–Kraków Pact’s") == "lodz-krakow-pact-s"
