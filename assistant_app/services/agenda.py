"""What days hold: events, tasks that are due, and reminders together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from assistant_app.errors import InvalidInputError
from assistant_app.repositories import database
from assistant_app.repositories import reminders as reminder_queries
from assistant_app.services import events, tasks
from assistant_app.services.event_views import EventView
from assistant_app.services.reminder_views import (
    ReminderView,
    day_bounds,
    moments_between,
    shown_at,
    view_reminders,
)
from assistant_app.services.task_views import TaskView, zone_of

_LONGEST = timedelta(days=400)
_MOST_TASKS = 2_000


@dataclass(frozen=True)
class AgendaItem:
    """Something of one day; `starts_at` is None if it has no time of day. Moments are in the user's zone.

    `ends_at` is set of events, `place` if they have one; `list_title`, `priority` and `overdue` are set of tasks.
    An event of several days is there on each of them.
    """

    kind: Literal["event", "task", "reminder"]
    id: str
    number: int
    title: str
    day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    done: bool = False
    place: str = ""
    list_title: str = ""
    priority: str = "none"
    overdue: bool = False
    repeat_words: str = ""
    task_id: str | None = None


@dataclass(frozen=True)
class AgendaDay:
    """A day and what it holds: whole days first, then in the order of time, then what has no time."""

    day: date
    items: tuple[AgendaItem, ...]


async def list_agenda(*, user_id: str, first: date, last: date, done: bool = True) -> list[AgendaDay]:
    """Return all days from `first` to `last`, both included, with what they hold; `done` False leaves done things out.

    A reminder of a task that is due on the same day is left to its task.
    """
    if last < first or last - first > _LONGEST:
        raise InvalidInputError("Ask for the days in their order, and for up to a year at once.")
    happening = await events.list_events(user_id=user_id, first=first, last=last)
    view = "all" if done else "open"
    page = await tasks.list_tasks(user_id=user_id, view=view, due_from=first, due_to=last, limit=_MOST_TASKS)
    reminded = await _reminders(user_id, first, last, done=done)
    items = [
        *(item for event in happening for item in _event_items(event, first, last)),
        *(_task_item(task, task.due_on) for task in page.tasks if task.due_on is not None),
        *_reminder_items(reminded, page.tasks),
    ]
    return [
        AgendaDay(day, tuple(sorted((item for item in items if item.day == day), key=_order)))
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
    ]


async def _reminders(user_id: str, first: date, last: date, *, done: bool) -> list[ReminderView]:
    """Return the reminders of the days, one for each time that they come."""
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        rows = [*await reminder_queries.list_reminders(session, user_id=user_id, done=False)]
        if done:
            rows += await reminder_queries.list_reminders(session, user_id=user_id, done=True)
        views = await view_reminders(session, user_id=user_id, reminders=rows)
    bounds = day_bounds(first, last, zone)
    return [
        shown_at(view, at, zone) for row, view in zip(rows, views, strict=True) for at in moments_between(row, *bounds)
    ]


def _event_items(event: EventView, first: date, last: date) -> Iterable[AgendaItem]:
    # What ends at midnight does not reach into the day that begins then.
    end = max(event.starts_at, event.ends_at - timedelta.resolution).date()
    day = max(first, event.starts_at.date())
    while day <= min(last, end):
        yield AgendaItem(
            kind="event",
            id=event.id,
            number=event.number,
            title=event.title,
            day=day,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            all_day=event.all_day,
            place=event.place,
            repeat_words=event.repeat_words,
        )
        day += timedelta(days=1)


def _task_item(task: TaskView, day: date) -> AgendaItem:
    return AgendaItem(
        kind="task",
        id=task.id,
        number=task.number,
        title=task.title,
        day=day,
        starts_at=task.due_at,
        done=task.done,
        list_title=task.list_title,
        priority=task.priority,
        overdue=task.overdue,
        repeat_words=task.repeat_words,
        task_id=task.id,
    )


def _reminder_items(reminders: Iterable[ReminderView], due: Iterable[TaskView]) -> Iterable[AgendaItem]:
    shown = {(task.id, task.due_on) for task in due}
    for reminder in reminders:
        if (reminder.task_id, reminder.at.date()) not in shown:
            yield AgendaItem(
                kind="reminder",
                id=reminder.id,
                number=reminder.number,
                title=reminder.text,
                day=reminder.at.date(),
                starts_at=reminder.at,
                done=reminder.done,
                repeat_words=reminder.repeat_words,
                task_id=reminder.task_id,
            )


def _order(item: AgendaItem) -> tuple[bool, bool, float, str, int]:
    timeless = item.starts_at is None
    seconds = 0.0 if item.starts_at is None else item.starts_at.timestamp()
    return (not item.all_day, timeless, seconds, item.kind, item.number)
