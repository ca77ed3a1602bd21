"""When a schedule comes: its next moment, and those that have come since one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from assistant_app import clock
from assistant_app.models import Schedule
from assistant_app.services.due_times import wall_time
from assistant_app.times import recurrence
from assistant_app.times.wording import moment_words, time_words
from assistant_app.times.zones import to_utc

# How far back the newest moment of a rule is looked for: most rules have one in the first of these.
_BACK = (timedelta(days=2), timedelta(days=32), timedelta(days=366 * 4))


def moment_after(schedule: Schedule, after: datetime) -> datetime | None:
    """Return when a schedule comes, strictly after a moment; None at its end.

    A wall time that the clocks jump over comes at the jump, one that they show twice comes once.
    """
    if schedule.repeat:
        return recurrence.next_moment(schedule.repeat, start=schedule.starts, zone=schedule.zone, after=after)
    moment = to_utc(schedule.starts, schedule.zone)
    return moment if moment > after else None


def moments_until(schedule: Schedule, after: datetime, last: datetime) -> set[datetime]:
    """Return the moments at which a schedule comes after one moment and until another, the first one in any case."""
    first = moment_after(schedule, after)
    if first is None or not schedule.repeat:
        return {first} if first else set()
    walls = recurrence.between(
        schedule.repeat,
        start=schedule.starts,
        first=wall_time(after, schedule.zone) - timedelta(days=1),
        last=wall_time(last, schedule.zone),
    )
    return {first, *(at for wall in walls if after < (at := to_utc(wall, schedule.zone)) <= last)}


def newest_moments(schedule: Schedule, first: datetime, now: datetime, *, most: int) -> list[datetime]:
    """Return the newest moments from `first`, which is one, until `now`, in their order; `most` of them at most."""
    if not schedule.repeat:
        return [first]
    for back in _BACK:
        begin = max(first, now - back)
        walls = recurrence.between(
            schedule.repeat,
            start=schedule.starts,
            first=wall_time(begin, schedule.zone) - timedelta(days=1),
            last=wall_time(now, schedule.zone) + timedelta(days=1),
        )
        found = sorted({at for wall in walls if begin <= (at := to_utc(wall, schedule.zone)) <= now})
        if len(found) >= most or (found and begin == first):
            return found[-most:]
    return [first]


def joined_again(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a schedule that is put back as it was, to come next after now: what is past is past."""
    schedule = Schedule.model_validate(values)
    schedule.next_at = moment_after(schedule, clock.now()) if schedule.enabled else None
    return schedule.model_dump(mode="json")


def schedule_words(schedule: Schedule) -> str:
    """Say when a schedule comes: `every weekday at 7:00`, `once, tomorrow at 9:00`."""
    if not schedule.repeat:
        now = clock.local_now(schedule.zone).replace(tzinfo=None)
        return f"once, {moment_words(schedule.starts, now)}"
    often = recurrence.describe(schedule.repeat)
    joint = "from" if schedule.repeat.startswith("FREQ=HOURLY") else "at"
    return f"{often} {joint} {time_words(schedule.starts.time())}"
