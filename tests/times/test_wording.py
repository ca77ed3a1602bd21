"""How moments are said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from assistant_app.times.wording import day_words, moment_words, span_words, time_words

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 18), "today"), (date(2026, 11, 19), "tomorrow"), (date(2026, 11, 17), "yesterday"),
        (date(2026, 11, 20), "Friday"), (date(2026, 11, 24), "Tuesday"), (date(2026, 11, 25), "Wednesday, 25 November"),
        (date(2026, 12, 4), "Friday, 4 December"), (date(2027, 1, 1), "Friday, 1 January 2027"),
        (date(2026, 11, 13), "Friday, 13 November"), (date(2025, 12, 24), "Wednesday, 24 December 2025"),
    ],
)  # fmt: skip
def test_day_is_said_as_short_as_it_is_clear(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words


@pytest.mark.parametrize(
    ("at", "words"), [(time(9), "9:00"), (time(17, 30), "17:30"), (time(0, 5), "00:05"), (time(6), "06:00")]
)
def test_time_is_said_so_that_it_is_read_as_the_same(at: time, words: str) -> None:
    assert time_words(at) == words


def test_moment_is_said_with_its_day() -> None:
    now = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
    assert moment_words(now + timedelta(hours=10), now) == "tomorrow at 9:00"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "no time"), (1, "1 minute"), (90, "1 hour 30 minutes"), (60 * 24, "1 day"), (60 * 49, "2 days 1 hour")],
)
def test_length_is_said(minutes: int, words: str) -> None:
    assert span_words(timedelta(minutes=minutes)) == words
