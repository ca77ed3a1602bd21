"""Reading when something comes by itself."""

from datetime import UTC, datetime, time

import pytest

from assistant_app.language.rhythms import every_weekday_of, in_the_morning, read_rhythm

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # A Wednesday.


@pytest.mark.parametrize(
    ("text", "repeat", "at"),
    [
        ("every weekday at 7", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(7)),
        ("at 8:15", None, time(8, 15)),
        ("20:00", None, time(20)),
        ("on Tuesdays", "FREQ=WEEKLY;BYDAY=TU", None),
        ("tomorrow at 9", "", time(9)),
        ("once, tomorrow at 9:00", "", time(9)),
        ("once at 15:00", "", time(15)),
    ],
)
def test_what_was_said_is_read_and_the_rest_left_open(text: str, repeat: str | None, at: time | None) -> None:
    found = read_rhythm(text, NOW)
    assert found is not None
    assert (found.repeat, found.when.time) == (repeat, at)


def test_what_is_no_time_is_none() -> None:
    assert read_rhythm("every blue moon", NOW) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("6", "06:00"),
        ("daily at 6:30", "daily at 06:30"),
        ("every day at 5", "every day at 05:00"),
        ("6pm", "6pm"),
        ("every evening at 6", "every evening at 6"),
        ("16:30", "16:30"),
        ("7:56", "7:56"),
        ("every 6 hours", "every 6 hours"),
        ("on December 5 at 8", "on December 5 at 8"),
    ],
)
def test_early_hours_are_of_the_morning_unless_the_evening_is_said(text: str, written: str) -> None:
    assert in_the_morning(text) == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("monday to friday at 8", "every monday to friday at 8"),
        ("from Mon-Fri 7:15", "every Mon-Fri 7:15"),
        ("every monday to friday", "every monday to friday"),
        ("monday to friday next week", "monday to friday next week"),
        ("on Friday", "on Friday"),
    ],
)
def test_days_of_a_week_in_a_row_come_every_week(text: str, said: str) -> None:
    assert every_weekday_of(text) == said
