"""How reminders are seen from outside, and when they come."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.models import Reminder
from assistant_app.repositories import reminders as queries
from assistant_app.services.due_times import wall_time
from assistant_app.services.task_views import KEEP, Keep, zone_of
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc


@dataclass(frozen=True)
class ReminderView:
    """A reminder. `at` is when it comes next or, if nothing is to come, when it came; in the user's zone.

    A delivered one that nobody has answered yet is not `done`; `upcoming` tells whether something is to come.
    """

    id: str
    number: int
    text: str
    at: datetime
    repeat: str
    repeat_words: str
    task_id: str | None
    task_title: str
    delivered_at: datetime | None
    done: bool
    upcoming: bool
    snoozed: bool
    message_id: str | None
    created_at: datetime


@dataclass(frozen=True)
class ReminderChanges:
    """What changes of a reminder; `repeat` "" lets it come only once."""

    text: str | Keep = KEEP
    at: datetime | Keep = KEEP
    repeat: str | Keep = KEEP


async def view_reminders(session: AsyncSession, *, user_id: str, reminders: Sequence[Reminder]) -> list[ReminderView]:
    """Return the reminders with all that is shown of them, in the same order."""
    if not reminders:
        return []
    zone = await zone_of(session, user_id=user_id)
    task_ids = [row.task_id for row in reminders if row.task_id is not None]
    titles = await queries.task_titles(session, user_id=user_id, task_ids=task_ids) if task_ids else {}
    return [_view(row, titles.get(row.task_id or "", ""), zone) for row in reminders]


async def view_reminder(session: AsyncSession, reminder: Reminder) -> ReminderView:
    """Return one reminder with all that is shown of it."""
    return (await view_reminders(session, user_id=reminder.user_id, reminders=[reminder]))[0]


def next_moment(reminder: Reminder, after: datetime) -> datetime | None:
    """Return when a reminder that repeats comes by its rule, strictly after a moment; None at its end."""
    if not reminder.repeat:
        return None
    start, left_out = wall_time(reminder.starts_at, reminder.zone), _left_out(reminder)
    moment = recurrence.next_moment(reminder.repeat, start=start, zone=reminder.zone, after=after)
    while moment is not None and moment in left_out:
        moment = recurrence.next_moment(reminder.repeat, start=start, zone=reminder.zone, after=moment)
    return moment


def moments_between(reminder: Reminder, first: datetime, last: datetime) -> list[datetime]:
    """Return the moments from `first` to `last`, both included, at which a reminder comes or came, in UTC."""
    found = {reminder.next_at or reminder.starts_at}
    if reminder.repeat and reminder.next_at is not None:
        start = wall_time(reminder.starts_at, reminder.zone)
        span = wall_time(first, reminder.zone), wall_time(last, reminder.zone)
        locals_ = recurrence.between(reminder.repeat, start=start, first=span[0], last=span[1])
        found |= {to_utc(at, reminder.zone) for at in locals_} - _left_out(reminder)
    return sorted(at for at in found if first <= at <= last)


def excluded_times(reminder: Reminder) -> list[datetime]:
    """Return the wall times that a recurrence leaves out, in their order."""
    return [datetime.fromisoformat(text) for text in json.loads(reminder.excluded)]


def leave_out(reminder: Reminder, walls: Iterable[datetime]) -> None:
    """Have a recurrence leave out wall times beside those that it leaves out already."""
    reminder.excluded = json.dumps(sorted({at.isoformat() for at in (*excluded_times(reminder), *walls)}))


def _left_out(reminder: Reminder) -> set[datetime]:
    return {to_utc(at, reminder.zone) for at in excluded_times(reminder)}


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Return the first and last moment of a span of days in a zone."""
    end = to_utc(datetime.combine(last + timedelta(days=1), time()), zone)
    return to_utc(datetime.combine(first, time()), zone), end - timedelta.resolution


def shown_at(view: ReminderView, at: datetime, zone: str) -> ReminderView:
    """Return a reminder as it is at one of its moments."""
    return replace(view, at=to_local(at, zone))


def _view(row: Reminder, task_title: str, zone: str) -> ReminderView:
    return ReminderView(
        id=row.id,
        number=row.number,
        text=row.text,
        at=to_local(row.next_at or row.starts_at, zone),
        repeat=row.repeat,
        repeat_words=recurrence.describe(row.repeat) if row.repeat else "",
        task_id=row.task_id,
        task_title=task_title,
        delivered_at=None if row.delivered_at is None else to_local(row.delivered_at, zone),
        done=row.done_at is not None,
        upcoming=row.next_at is not None,
        snoozed=is_snoozed(row),
        message_id=row.message_id,
        created_at=to_local(row.created_at, zone),
    )


def is_snoozed(row: Reminder) -> bool:
    """Tell whether a reminder comes at another time than was asked for."""
    if row.next_at is None or row.next_at == row.starts_at:
        return False
    return next_moment(row, row.next_at - timedelta.resolution) != row.next_at
