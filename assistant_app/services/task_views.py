"""How tasks are seen from outside, and how what happened to them is said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.models import Task
from assistant_app.repositories import accounts
from assistant_app.repositories import tasks as queries
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, moment_words
from assistant_app.times.zones import to_local

Priority = Literal["none", "low", "medium", "high"]
PRIORITIES: tuple[Priority, ...] = ("none", "low", "medium", "high")


class Keep(Enum):
    """Says that a field of an object stays as it is; None and "" mean that it becomes empty."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True)
class TaskView:
    """A task. Moments are aware and in the user's zone; `remind_at` is its next reminder.

    `overdue` is an open task whose time, or whose day if it has no time, has passed.
    """

    id: str
    number: int
    title: str
    notes: str
    list_id: str | None
    list_title: str
    due_on: date | None
    due_at: datetime | None
    priority: Priority
    repeat: str
    repeat_words: str
    remind_at: datetime | None
    done: bool
    done_at: datetime | None
    overdue: bool
    position: float
    message_id: str | None
    created_at: datetime


@dataclass(frozen=True)
class Completed:
    """A task that was completed, and the next one if it repeats."""

    task: TaskView
    following: TaskView | None


@dataclass(frozen=True)
class TaskPage:
    """Some of the tasks that were asked for; `total` counts all of them."""

    tasks: tuple[TaskView, ...]
    total: int


@dataclass(frozen=True)
class Counts:
    """How many open tasks are due today, later, or overdue; `by_list` counts the open tasks of each list by its id."""

    today: int
    upcoming: int
    overdue: int
    open: int
    done: int
    by_list: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class TaskChanges:
    """What changes of a task. `due` None takes the due time away, `list_title` "" takes the task out of its list."""

    title: str | Keep = KEEP
    notes: str | Keep = KEEP
    list_title: str | Keep = KEEP
    due: date | datetime | Keep | None = KEEP
    priority: str | Keep = KEEP
    repeat: str | Keep = KEEP
    remind_at: datetime | Keep | None = KEEP


async def zone_of(session: AsyncSession, *, user_id: str) -> str:
    """Return the zone in which a user lives."""
    return (await accounts.get_user(session, user_id=user_id)).zone


async def view_tasks(session: AsyncSession, *, user_id: str, tasks: Sequence[Task]) -> list[TaskView]:
    """Return the tasks with all that is shown of them, in the same order."""
    if not tasks:
        return []
    zone = await zone_of(session, user_id=user_id)
    titles = {row.id: row.title for row in await queries.list_lists(session, user_id=user_id)}
    reminded = await queries.next_reminders(session, user_id=user_id, task_ids=[task.id for task in tasks])
    return [_view(task, titles, reminded.get(task.id), zone) for task in tasks]


async def view_task(session: AsyncSession, task: Task) -> TaskView:
    """Return one task with all that is shown of it."""
    return (await view_tasks(session, user_id=task.user_id, tasks=[task]))[0]


def quoted(title: str) -> str:
    """Return a title as it stands in a sentence."""
    return f"“{title}”"


def counted(count: int, noun: str) -> str:
    """Return `1 task` or `3 tasks`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def due_words(due_on: date | None, due_at: datetime | None, zone: str) -> str:
    """Say when something is due, such as `tomorrow` or `tomorrow at 17:00`; empty if it is never."""
    now = clock.local_now(zone)
    if due_at is not None:
        return moment_words(to_local(due_at, zone), now)
    return "" if due_on is None else day_words(due_on, now.date())


def _view(task: Task, titles: dict[str, str], remind_at: datetime | None, zone: str) -> TaskView:
    now = clock.local_now(zone)
    due_at = None if task.due_at is None else to_local(task.due_at, zone)
    due_on = task.due_on if due_at is None else due_at.date()
    passed = due_at < now if due_at is not None else due_on is not None and due_on < now.date()
    return TaskView(
        id=task.id,
        number=task.number,
        title=task.title,
        notes=task.notes,
        list_id=task.list_id,
        list_title=titles.get(task.list_id or "", ""),
        due_on=due_on,
        due_at=due_at,
        priority=PRIORITIES[task.priority],
        repeat=task.repeat,
        repeat_words=recurrence.describe(task.repeat) if task.repeat else "",
        remind_at=None if remind_at is None else to_local(remind_at, zone),
        done=task.done_at is not None,
        done_at=None if task.done_at is None else to_local(task.done_at, zone),
        overdue=passed and task.done_at is None,
        position=task.position,
        message_id=task.message_id,
        created_at=to_local(task.created_at, zone),
    )
