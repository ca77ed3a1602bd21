"""Recurrences against dateutil itself, and over changes of the clocks."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_app.errors import InvalidInputError
from assistant_app.times.recurrence import between, check, describe, following, next_moment
from assistant_app.times.zones import to_utc

START = datetime(2026, 1, 31, 9, 30)  # noqa: DTZ001 - a wall time
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=HOURLY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 5),
        st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True).map(",".join),
    ),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 7), st.sampled_from([1, 15, 28, 30, 31, -1])
    ),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(["MO", "FR", "SU"])),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)),
    st.just("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    st.just("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
)
ENDS = st.sampled_from(["", ";COUNT=5", ";UNTIL=20270615", ";UNTIL=20260801T093000"])
OFFSETS = st.timedeltas(timedelta(days=-3), timedelta(days=900))


def reference(rule: str, start: datetime, after: datetime) -> datetime | None:
    """Return what dateutil says by itself, of a rule whose last day is given as its last second."""
    if "UNTIL=20270615" in rule:
        rule = rule.replace("UNTIL=20270615", "UNTIL=20270615T235959")
    counter = rrule.rrulestr(rule, dtstart=start)
    return next((each for each in islice(counter, 60_000) if each > after), None)


@settings(max_examples=150, deadline=None)
@given(rule=RULES, end=ENDS, offset=OFFSETS)
def test_next_occurrence_is_that_of_dateutil(rule: str, end: str, offset: timedelta) -> None:
    after = (START + offset).replace(microsecond=0)
    assert following(rule + end, start=START, after=after) == reference(rule + end, START, after)


@settings(max_examples=80, deadline=None)
@given(rule=RULES, offset=OFFSETS)
def test_in_utc_moments_are_wall_times(rule: str, offset: timedelta) -> None:
    after = (START + offset).replace(microsecond=0)
    moment = next_moment(rule, start=START, zone="UTC", after=after.replace(tzinfo=UTC))
    wall = following(rule, start=START, after=after)
    assert moment == (wall.replace(tzinfo=UTC) if wall else None)


@settings(max_examples=25, deadline=None)
@given(
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU", "FREQ=HOURLY;INTERVAL=3", "FREQ=HOURLY"]),
    zone=st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"]
    ),
    hour=st.integers(0, 23),
    minute=st.sampled_from([0, 30]),
    day=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1)),  # noqa: DTZ001 - walls
)
def test_moments_follow_the_wall_over_changes_of_the_clocks(
    rule: str, zone: str, hour: int, minute: int, day: datetime
) -> None:
    start = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    walls = between(rule, start=start, first=start, last=start + timedelta(days=300))
    moments = sorted({to_utc(wall, zone) for wall in walls})
    for moment, following_one in islice(pairwise(moments), 0, None, 7):
        assert next_moment(rule, start=start, zone=zone, after=moment) == following_one


def test_daily_time_in_a_gap_happens_at_the_jump_and_once_in_a_fold() -> None:
    begin = datetime(2026, 1, 1, 2, 30)  # noqa: DTZ001 - a wall time

    def days(first: datetime) -> list[datetime]:
        at, found = first, list[datetime]()
        while len(found) < 3:
            at = next_moment("FREQ=DAILY", start=begin, zone="Europe/Berlin", after=at) or first
            found.append(at)
        return found

    spring = [datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)]
    assert days(datetime(2026, 3, 27, 12, tzinfo=UTC)) == [*spring, datetime(2026, 3, 30, 0, 30, tzinfo=UTC)]
    autumn = [datetime(2026, 10, day, 0, 30, tzinfo=UTC) for day in (24, 25)]
    assert days(datetime(2026, 10, 23, 12, tzinfo=UTC)) == [*autumn, datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("rule", "canonical"),
    [
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("freq=weekly;byday=fr,mo", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("BYDAY=+1MO;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=1MO"),
        ("FREQ=DAILY;INTERVAL=1", "FREQ=DAILY"),
        ("FREQ=DAILY;WKST=MO", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20261201", "FREQ=DAILY;UNTIL=20261201"),
        ("FREQ=YEARLY;BYMONTHDAY=4;BYMONTH=5", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"),
    ],
)
def test_rule_becomes_canonical(rule: str, canonical: str) -> None:
    assert check(rule) == canonical
    assert check(canonical) == canonical


@pytest.mark.parametrize(
    "rule",
    [
        "", "nonsense", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=x",
        "FREQ=DAILY;COUNT=3;UNTIL=20261201", "FREQ=DAILY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;EVIL=1", "FREQ=HOURLY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=DAILY;UNTIL=20261301",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "FREQ=DAILY;INTERVAL=99999", "FREQ=WEEKLY;WKST=XX", "A=" + "1" * 5_000,
    ],
)  # fmt: skip
def test_useless_rule_is_refused_with_a_sentence(rule: str) -> None:
    with pytest.raises(InvalidInputError, match=r"\.$"):
        check(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every other Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "every 3 weeks on Monday and Thursday"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "every month on the 3rd"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and the 15th"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;INTERVAL=3", "every 3 months"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", "every year on 4 May"),
        ("FREQ=DAILY;UNTIL=20261201", "every day until 1 December 2026"),
        ("FREQ=DAILY;COUNT=10", "every day, 10 times"),
        ("FREQ=HOURLY;INTERVAL=2", "every other hour"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
    ],
)
def test_rule_is_said_in_words(rule: str, words: str) -> None:
    assert describe(rule) == words


def test_hours_since_long_ago_are_not_counted_one_by_one() -> None:
    start = datetime(1990, 1, 1)  # noqa: DTZ001 - a wall time
    last = start + timedelta(hours=5 * 64_000)
    assert following("FREQ=HOURLY;INTERVAL=5", start=start, after=last) == last + timedelta(hours=5)


def test_occurrences_between_are_bounded() -> None:
    found = between("FREQ=HOURLY", start=START, first=START, last=START + timedelta(days=9_000))
    assert len(found) == 2_000
