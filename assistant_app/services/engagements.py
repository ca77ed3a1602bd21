"""What a person is bound to at a time: each time of an event, and tasks with a time of day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.models import Event, Task
from assistant_app.repositories import conflicts as queries
from assistant_app.repositories import events as event_queries
from assistant_app.services import event_times
from assistant_app.services.grouping import by_user
from assistant_app.services.reminder_views import day_bounds
from assistant_app.times.zones import to_local

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Engagement:
    """One time of an event, or a task's moment, at which it begins and ends. Moments are in UTC.

    `first_day` is the day of the first time of an event that repeats, in its own zone `zone`.
    """

    kind: Literal["event", "task"]
    id: str
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    repeats: bool = False
    first_day: date | None = None
    zone: str = ""

    @property
    def is_series(self) -> bool:
        """Whether this is one of many times: a task that repeats has only one at a time."""
        return self.repeats and self.kind == "event"


async def list_engagements(
    session: AsyncSession, *, user_ids: Collection[str], zone: str, days: Collection[date]
) -> dict[str, list[Engagement]]:
    """Return, by user, what has a time on the days; whole days bind nobody to a time, and are left out.

    All of the users live in one zone.
    """
    if not days:
        return {user_id: [] for user_id in user_ids}
    first, last = day_bounds(min(days), max(days), zone)
    rows = by_user(await event_queries.list_between(session, user_ids=user_ids, first=first, last=last))
    tasks = by_user(await queries.list_timed(session, user_ids=user_ids, first=first, last=last))
    return {user_id: _engagements(rows[user_id], tasks[user_id], days, zone) for user_id in user_ids}


def _engagements(rows: Iterable[Event], tasks: Iterable[Task], days: Collection[date], zone: str) -> list[Engagement]:
    runs = _runs(days)
    found = {each for row in rows if not row.all_day for run in runs for each in _of_event(row, run, zone)}
    found |= {_of_task(task) for task in tasks if to_local(_moment(task), zone).date() in days}
    return sorted(found, key=lambda each: (each.starts_at, each.ends_at, each.kind, each.number))


async def days_of(
    session: AsyncSession, *, user_id: str, zone: str, ids: Collection[str], first: date, last: date
) -> set[date]:
    """Return the days, of those from `first` to `last`, on which any of these tasks and events is."""
    days: set[date] = set()
    for task in await queries.list_tasks(session, user_id=user_id, ids=ids):
        days |= {task.due_on} if task.due_on else set()
        days |= {to_local(task.due_at, zone).date()} if task.due_at else set()
    for row in await queries.list_events(session, user_id=user_id, ids=ids):
        if not row.all_day:
            for each in _of_event(row, (first, last), zone):
                days |= set(_days_between(to_local(each.starts_at, zone).date(), to_local(each.ends_at, zone).date()))
    return {day for day in days if first <= day <= last}


def _of_event(row: Event, days: tuple[date, date], zone: str) -> Iterable[Engagement]:
    for span in event_times.spans_between(row, *day_bounds(*days, zone), days=days):
        yield Engagement(
            kind="event",
            id=row.id,
            number=row.number,
            title=row.title,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            place=row.place,
            repeats=bool(row.repeat),
            first_day=event_times.local_start(row, row.zone).date(),
            zone=row.zone,
        )


def _of_task(task: Task) -> Engagement:
    at = _moment(task)
    return Engagement("task", task.id, task.number, task.title, at, at, repeats=bool(task.repeat))


def _moment(task: Task) -> datetime:
    assert task.due_at is not None  # noqa: S101 - tells the type checker what the query asks for
    return task.due_at


def _runs(days: Collection[date]) -> list[tuple[date, date]]:
    """Return days as spans of days without a gap: what repeats is counted through in these only."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] <= DAY:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _days_between(first: date, last: date) -> Sequence[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]
