"""Days, times and recurrences as models write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant_app.toolkit.outcomes import RetryTool
from assistant_app.tools.arguments import read_day, read_day_or_moment, read_moment, read_repeat
from assistant_app.tools.ranges import range_words, read_range

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T17:00:00+01:00", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-11-24T17:00", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-11-24 17:00", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        (" 2026-11-24T17:00:30 ", datetime(2026, 11, 24, 16, 0, 30, tzinfo=UTC)),
        ("2026-11-24T16:00:00Z", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-11-24T11:00:00-05:00", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-07-01T17:00", datetime(2026, 7, 1, 15, tzinfo=UTC)),
        # The clocks jump from 2:00 to 3:00, and show 2:30 twice in autumn, of which the first is meant.
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_time_is_read_with_and_without_an_offset(text: str, moment: datetime) -> None:
    found = read_moment(text, BERLIN)
    assert found.astimezone(UTC) == moment  # Python calls times that the clocks show twice unequal across zones.
    assert found.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def test_day_and_time_are_told_apart() -> None:
    assert read_day_or_moment("2026-11-24", BERLIN) == date(2026, 11, 24)
    assert type(read_day_or_moment(" 2026-11-24 ", BERLIN)) is date
    assert read_day_or_moment("2026-11-24T00:00", BERLIN) == datetime(2026, 11, 23, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["tomorrow", "2026-11-31", "24.11.2026", "2026-13-01T10:00", "2026-11-24T25:00", "2026-11-24T", "soon" * 10, "-"],
)
def test_what_is_no_time_asks_for_one(text: str) -> None:
    with pytest.raises(RetryTool, match="as 2026-11-24"):
        read_day_or_moment(text, BERLIN)


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59", "1899-12-31", "2201-01-01"])
def test_year_out_of_reach_is_refused(text: str) -> None:
    with pytest.raises(RetryTool, match="too far away"):
        read_day_or_moment(text, BERLIN)


def test_time_is_no_day_and_a_day_no_time() -> None:
    with pytest.raises(RetryTool, match="is not a day"):
        read_day("2026-11-24T17:00")
    with pytest.raises(RetryTool, match="has no time of day"):
        read_moment("2026-11-24", BERLIN)


def test_recurrence_is_read_in_its_canonical_form() -> None:
    assert read_repeat("RRULE:interval=2;freq=weekly;byday=tu") == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert not read_repeat(" ")
    with pytest.raises(RetryTool, match="FREQ="):
        read_repeat("every week")


def test_range_of_days_is_read_and_said() -> None:
    now = datetime(2026, 11, 18, 10, tzinfo=UTC)
    assert range_words(*read_range("2026-11-18", "2026-11-18"), now) == "today"
    assert range_words(*read_range("2026-11-18", "2026-11-20"), now) == "from today to Friday"
    assert range_words(*read_range(None, "2026-11-20"), now) == "by Friday"
    assert range_words(*read_range("2026-11-20", None), now) == "from Friday on"
    assert not range_words(*read_range(None, None), now)


@pytest.mark.parametrize(("first", "last"), [("2026-11-20", "2026-11-19"), ("2026-11-20", "2028-01-01")])
def test_range_of_days_that_no_one_means_is_refused(first: str, last: str) -> None:
    with pytest.raises(RetryTool, match="at most a year"):
        read_range(first, last)
