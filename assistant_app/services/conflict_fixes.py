"""What could be done about a conflict: one object moved to the next free time, as the exact calls that would do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant_app.models import Task
from assistant_app.services.conflict_rules import BREAK, MOST_DUE, Clash, are_apart, end_of, free_from
from assistant_app.services.conflict_words import day_in_full, new_times
from assistant_app.services.engagements import DAY, Engagement
from assistant_app.services.task_views import quoted
from assistant_app.times.repeat_words import listed
from assistant_app.times.zones import to_local, to_utc

_FROM, _UNTIL = time(8), time(20)
_FOR_A_TASK = timedelta(minutes=30)
_STEP = timedelta(minutes=5)
DAYS_AHEAD = 7
"""So far ahead a day with room is looked for when one has too many tasks."""


@dataclass(frozen=True)
class Fix:
    """What ends a conflict: calls of tools, each with the object that it changes, and what they do in words."""

    label: str
    calls: tuple[dict[str, Any], ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as the inbox keeps it."""
        return {"label": self.label, "calls": list(self.calls)}


def fix_clash(clash: Clash, engagements: Sequence[Engagement], *, zone: str, now: datetime) -> Fix | None:
    """Return how one of the two can be moved: later on the same day, else on the next one; None if there is no room.

    What does not repeat moves rather than what does, a task rather than an event, and the newer rather than the older.
    What has begun stays.
    """
    movable = [each for each in (clash.first, clash.second) if each.starts_at > now]
    for moved in sorted(movable, key=_steadiness):
        start = _free_start(moved, engagements, zone)
        if start is not None:
            return _move(moved, to_local(start, zone), zone)
    return None


def fix_crowded(day: date, tasks: Sequence[Task], due: Mapping[date, int], zone: str) -> Fix | None:
    """Return how those that are the easiest to put off can be due on the next day that has room for them all."""
    surplus = due[day] - MOST_DUE
    ahead = (day + DAY * number for number in range(1, DAYS_AHEAD + 1))
    free = next((each for each in ahead if due.get(each, 0) + surplus <= MOST_DUE), None)
    if free is None:
        return None
    moved = tasks[:surplus]
    label = f"Put {listed([quoted(task.title) for task in moved])} off until {day_in_full(free)}"
    return Fix(label, tuple(_put_off(task, free, zone) for task in moved))


def _put_off(task: Task, day: date, zone: str) -> dict[str, Any]:
    """Return the call that has a task due on another day, at the same time if it has one."""
    due = day if task.due_at is None else datetime.combine(day, to_local(task.due_at, zone).time())
    return _call("update_task", {"task": str(task.number), "due": due.isoformat()}, task.id)


def _steadiness(engagement: Engagement) -> tuple[bool, bool, int]:
    return engagement.repeats, engagement.kind == "event", -engagement.number


def _free_start(moved: Engagement, engagements: Sequence[Engagement], zone: str) -> datetime | None:
    if moved.is_series and moved.zone != zone:
        return None  # Its times are counted on other clocks than the person's.
    length = moved.ends_at - moved.starts_at if moved.kind == "event" else _FOR_A_TASK
    taken = [_taken(other, moved) for other in engagements if other.id != moved.id]
    if moved.kind == "task":
        taken = [_taken(other, moved) for other in engagements if other.kind == "event"]
    today = to_local(moved.starts_at, zone).date()
    # What repeats keeps its day: another one would not fit its rule.
    for day in (today,) if moved.repeats else (today, today + DAY):
        first = max(to_utc(datetime.combine(day, _FROM), zone), moved.starts_at)
        last = to_utc(datetime.combine(day, _UNTIL), zone)
        if (start := free_from(taken, first=first, last=last, length=length, step=_STEP)) is not None:
            return start
    return None


def _taken(other: Engagement, moved: Engagement) -> tuple[datetime, datetime]:
    """Return the time that another engagement takes from the one that moves, the way between them included."""
    away = BREAK if are_apart(other.place, moved.place) else timedelta()
    return other.starts_at - away, end_of(other) + away


def _move(moved: Engagement, start: datetime, zone: str) -> Fix:
    """Return the call that moves something to another start."""
    every = "every " if moved.is_series else ""
    label = f"Move {every}{quoted(moved.title)} to {new_times(moved, start, zone)}"
    wall = start.replace(tzinfo=None)
    if moved.kind == "task":
        return Fix(label, (_call("update_task", {"task": str(moved.number), "due": wall.isoformat()}, moved.id),))
    if moved.is_series and moved.first_day is not None:
        wall = datetime.combine(moved.first_day, wall.time())  # Moving the first of its times moves them all.
    return Fix(label, (_call("move_event", {"event": str(moved.number), "start": wall.isoformat()}, moved.id),))


def _call(tool: str, arguments: dict[str, str], object_id: str) -> dict[str, Any]:
    return {"tool": tool, "arguments": arguments, "object_id": object_id}
