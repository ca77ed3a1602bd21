"""Wall times and moments, in every zone, around every change of the clocks of four years."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant_app.times.zones import to_local, to_utc

ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("posix", "right", "localtime")))
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)


def changes(zone: str) -> Iterator[tuple[datetime, timedelta]]:
    """Return the moments at which the clocks change, and by how much."""
    place = ZoneInfo(zone)
    at = FIRST
    while at < LAST:
        after = at + timedelta(days=1)
        by = (after.astimezone(place).utcoffset() or timedelta()) - (at.astimezone(place).utcoffset() or timedelta())
        if by:
            low, high = at, after
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                same = middle.astimezone(place).utcoffset() == at.astimezone(place).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high, by
        at = after


def test_every_change_of_every_zone_is_kept() -> None:
    seen = 0
    for zone in ZONES:
        place = ZoneInfo(zone)
        for moment, by in changes(zone):
            seen += 1
            wall = moment.astimezone(place).replace(tzinfo=None)
            if by > timedelta():
                assert to_utc(wall - by, zone) == moment, zone
                assert to_utc(wall - by / 2, zone) == moment, zone
                assert to_utc(wall - timedelta(seconds=1), zone) == moment, zone
                assert to_utc(wall - by - timedelta(seconds=1), zone) == moment - timedelta(seconds=1), zone
            else:
                assert to_utc(wall, zone) == moment + by, zone
                assert to_utc(wall - by - timedelta(seconds=1), zone) == moment - timedelta(seconds=1), zone
            assert to_utc(wall + abs(by), zone) == moment + abs(by), zone
    assert seen > 1_000


@given(
    seconds=st.integers(0, int((LAST - FIRST).total_seconds())),
    zone=st.sampled_from(ZONES),
)
def test_moment_comes_back_from_the_wall(seconds: int, zone: str) -> None:
    moment = FIRST + timedelta(seconds=seconds)
    wall = to_local(moment, zone)
    expected = moment if wall.fold == 0 else to_utc(wall.replace(tzinfo=None), zone)
    assert to_utc(wall.replace(tzinfo=None), zone) == expected
    assert expected <= moment


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        (datetime(2026, 3, 29, 2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 3, 8, 2, 0), "America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 7, 1, 9, 0), "Asia/Kathmandu", datetime(2026, 7, 1, 3, 15, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_known_times_are_right(wall: datetime, zone: str, moment: datetime) -> None:
    assert to_utc(wall, zone) == moment
