"""When schedules come, in every zone around every change of its clocks of four years, against a count of its own.

The count knows nothing of rules: it goes through the quarters of an hour around a change, sees what the clocks of the
zone show, and takes the first at which they show a wall time, or more, on each day.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant_app.models import Schedule
from assistant_app.services.schedule_times import moment_after, newest_moments
from tests.times.test_zones import ZONES, changes

QUARTER = timedelta(minutes=15)
AROUND = timedelta(hours=40)
SUMMER = datetime(2026, 6, 15, 12, tzinfo=UTC)
NOON = time(12)


def schedule(zone: str, wall: time, rule: str = "FREQ=DAILY") -> Schedule:
    """Return a schedule that comes at a wall time since long ago."""
    starts = datetime.combine(datetime(2024, 12, 1), wall)  # noqa: DTZ001 - a wall time
    return Schedule(user_id="usr_1", kind="summary", title="", repeat=rule, starts=starts, zone=zone)


def counted(zone: str, change: datetime, walls: Sequence[time]) -> dict[time, list[datetime]]:
    """Return the moments around a change at which each wall time comes, one for each day."""
    place, begin = ZoneInfo(zone), change - AROUND
    moments = [begin + number * QUARTER for number in range(2 * AROUND // QUARTER + 1)]
    shown = [moment.astimezone(place).replace(tzinfo=None) for moment in moments]
    days = sorted({each.date() for each in shown})[1:-1]
    found: dict[time, list[datetime]] = {}
    for wall in walls:
        firsts = (
            next(at for at, seen in zip(moments, shown, strict=True) if seen >= datetime.combine(day, wall))
            for day in days
        )
        found[wall] = sorted(set(firsts))
    return found


def coming(zone: str, wall: time, expected: Sequence[datetime]) -> list[datetime]:
    """Return as many moments as expected, each asked for after the one before."""
    found: list[datetime] = []
    after = expected[0] - timedelta(seconds=1)
    for _ in expected:
        moment = moment_after(schedule(zone, wall), after)
        assert moment is not None
        found.append(moment)
        after = moment
    return found


def walls_at(zone: str, change: datetime, by: timedelta) -> tuple[time, time]:
    """Return a wall time in the middle of what is jumped over or shown twice, and one at its edge."""
    after = change.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    middle = after - by / 2
    return middle.time(), (after - by).time() if change.day % 2 else after.time()


def test_every_zone_comes_right_around_every_change_of_its_clocks() -> None:
    seen = 0
    for zone in ZONES:
        for change, by in changes(zone):
            seen += 1
            for wall, expected in counted(zone, change, walls_at(zone, change, by)).items():
                assert coming(zone, wall, expected) == expected, (zone, change, wall)
    assert seen > 1_000


def test_every_zone_comes_right_where_nothing_changes() -> None:
    for zone in ZONES:
        for wall, expected in counted(zone, SUMMER, [NOON]).items():
            assert coming(zone, wall, expected) == expected, zone


def test_newest_moments_are_those_that_came_last() -> None:
    for change, _ in changes("Europe/Berlin"):
        wall = time(2, 30)
        (expected,) = counted("Europe/Berlin", change, [wall]).values()
        daily, now = schedule("Europe/Berlin", wall), expected[-1] + QUARTER
        assert newest_moments(daily, expected[0], now, most=len(expected)) == expected
        assert newest_moments(daily, expected[0] - timedelta(days=900), now, most=2) == expected[-2:]
