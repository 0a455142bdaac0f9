"""Dates in words: what they mean, and what they leave open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims import Time
from kg.language.times import find_times, resolve

TODAY = date(2025, 6, 5)  # a Thursday


def value(text: str, *, future: bool = False, today: date | None = TODAY) -> list[str]:
    return [phrase.value(today, future=future) for phrase in find_times(text)]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on Thursday", "2025-06-05", "2025-06-05"),
        ("on Friday", "2025-05-30", "2025-06-06"),
        ("late on Sunday night", "2025-06-01", "2025-06-08"),
        ("last Thursday", "2025-05-29", "2025-05-29"),
        ("next Monday", "2025-06-09", "2025-06-09"),
        ("this Saturday", "2025-06-07", "2025-06-07"),
        ("yesterday", "2025-06-04", "2025-06-04"),
        ("last night", "2025-06-04", "2025-06-04"),
        ("tomorrow morning", "2025-06-06", "2025-06-06"),
        ("on 3 March", "2025-03-03", "2026-03-03"),
        ("on Monday, March 3", "2025-03-03", "2026-03-03"),
        ("on December 27", "2024-12-27", "2025-12-27"),
        ("on the 21st of July", "2025-07-21", "2025-07-21"),
        ("in March", "2025-03", "2026-03"),
        ("in March last year", "2024-03", "2024-03"),
        ("in mid-2024", "2024", "2024"),
        ("in the summer of 2023", "2023", "2023"),
        ("earlier this month", "2025-06", "2025-06"),
        ("next year", "2026", "2026"),
        ("last week", "2025-05-26/2025-06-01", "2025-05-26/2025-06-01"),
        ("over the weekend", "2025-05-31/2025-06-01", "2025-06-07/2025-06-08"),
        ("two days ago", "2025-06-03", "2025-06-03"),
        ("a month ago", "2025-05", "2025-05"),
        ("over the past two weeks", "2025-05-22/2025-06-05", "2025-05-22/2025-06-05"),
        ("in the next three days", "2025-06-05/2025-06-08", "2025-06-05/2025-06-08"),
        ("since Tuesday", "2025-06-03/..", "2025-06-03/.."),
        ("from Monday", "2025-06-02/..", "2025-06-09/.."),
        ("until Friday", "../2025-06-06", "../2025-06-06"),
        ("by the end of the year", "../2025", "../2025"),
        ("from 2014 to 2016", "2014/2016", "2014/2016"),
        ("between May and July 2024", "2024-05/2024-07", "2024-05/2024-07"),
        ("from 3 to 5 March 2024", "2024-03-03/2024-03-05", "2024-03-03/2024-03-05"),
        ("the following day", "", ""),
        ("in recent weeks", "", ""),
        ("after Monday", "", ""),
        ("on 31 June", "", ""),
    ],
)
def test_words_mean_a_date_seen_from_the_document(text: str, past: str, future: str) -> None:
    assert value(text) == [past]
    assert value(text, future=True) == [future]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on Thursday", ""), ("on 3 March", ""), ("last year", ""), ("in 2020", "2020"), ("on 3 May 2020", "2020-05-03")],
)
def test_without_a_date_of_the_document_only_whole_dates_have_values(text: str, expected: str) -> None:
    assert value(text, today=None) == [expected]


@pytest.mark.parametrize("text", ["2,025 people", "a 2000-year history", "$2020", "the marches", "they may go", "9/11"])
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert value(text) == []


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["Monday", "Tuesday", "Sunday"]), st.booleans())
def test_a_weekday_is_within_a_week(today: date, day: str, future: bool) -> None:
    found = date.fromisoformat(resolve(day, today, future))
    assert found.strftime("%A") == day
    assert 0 <= ((found - today).days if future else (today - found).days) < 7


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.booleans(), st.sampled_from(["since May", "last week"]))
def test_intervals_do_not_end_before_they_begin(today: date, future: bool, text: str) -> None:
    for found in value(text, future=future, today=today):
        first, last = Time(found).bounds
        assert first <= last


def test_long_texts_of_digits_are_read_fast() -> None:
    assert value("1234 " * 20_000) == []
