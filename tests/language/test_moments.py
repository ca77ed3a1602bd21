"""Texts that are nothing but a time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant_app.language.moments import When, read_when
from assistant_app.language.saying import words_for
from tests.language.tables import NOW, rows, written

PHRASES = rows("phrases.txt")


@pytest.mark.parametrize(("text", "meant"), PHRASES)
def test_phrase_means_what_people_mean_by_it(text: str, meant: str) -> None:
    assert written(read_when(text, NOW)) == meant


@pytest.mark.parametrize("text", [text for text, meant in PHRASES if meant != "-" and "unclear" not in meant])
def test_capitals_do_not_matter(text: str) -> None:
    assert read_when(text.upper(), NOW) == read_when(text, NOW)


@pytest.mark.parametrize(
    "text", [text for text, meant in PHRASES if meant.startswith("day") and "unclear" not in meant]
)
def test_what_is_said_back_is_read_as_the_same(text: str) -> None:
    when = read_when(text, NOW)
    assert when is not None
    assert read_when(words_for(when, NOW), NOW) == when


@given(
    day=st.dates(date(2026, 11, 18), date(2031, 12, 31)),
    at=st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    minutes=st.none() | st.integers(1, 600),
)
def test_any_moment_to_come_is_said_back(day: date, at: time | None, minutes: int | None) -> None:
    if day == NOW.date() and at is not None and at <= NOW.time():
        return
    when = When(day, at, duration=timedelta(minutes=minutes) if minutes and at else None)
    assert read_when(words_for(when, NOW), NOW) == when


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Europe/London", date(2027, 4, 3)),
        ("Asia/Tokyo", date(2027, 4, 3)),
        ("America/New_York", date(2027, 3, 4)),
        ("America/Indiana/Knox", date(2027, 3, 4)),
        ("Pacific/Honolulu", date(2027, 3, 4)),
        ("America/Toronto", date(2027, 4, 3)),
        ("America/Sao_Paulo", date(2027, 4, 3)),
    ],
)
def test_figures_are_read_in_the_order_of_the_country(zone: str, meant: date) -> None:
    when = read_when("3/4", datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo(zone)))
    assert when is not None
    assert when.day == meant


def test_day_that_does_not_exist_is_not_guessed() -> None:
    when = read_when("31 April", NOW)
    assert when is not None
    assert when.unclear


def test_end_comes_from_a_length_or_a_time() -> None:
    for text in ("tomorrow at 10 for 90 minutes", "tomorrow 10-11:30"):
        when = read_when(text, NOW)
        assert when is not None
        assert when.end == datetime(2026, 11, 19, 11, 30)  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize("text", ["", " ", "?", "." * 500, "\n", "tomorrow " * 100])
def test_text_that_is_no_time_is_none(text: str) -> None:
    assert read_when(text, NOW) is None


@given(st.text(max_size=150))
def test_no_text_breaks_it(text: str) -> None:
    read_when(text, NOW)
