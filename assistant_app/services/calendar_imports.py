"""Takes the entries of a calendar file over, as part of one step of the ledger.

An event is known again by its UID. A task has none of its own: those that Steward exported are named by their ids, and
others get an id that is made from their UID.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.models import Event, Task
from assistant_app.repositories import events as event_queries
from assistant_app.repositories import numbers
from assistant_app.repositories import tasks as task_queries
from assistant_app.services import event_times, task_steps
from assistant_app.services.calendar_reading import FileEvent, FileTask
from assistant_app.services.ledger import Step

State = Literal["new", "changed", "same"]
_SOURCE_CHARS = 100


@dataclass(frozen=True)
class KnownTasks:
    """The tasks of a user by their ids, and the titles of the lists by theirs."""

    user_id: str
    tasks: dict[str, Task]
    lists: dict[str, str]

    def find(self, task: FileTask) -> Task | None:
        """Return the task that was exported under this name, or made from it."""
        return self.tasks.get(task.uid) or self.tasks.get(_task_id(self.user_id, task.uid))

    def state(self, task: FileTask) -> State:
        """Return what importing a task does."""
        row = self.find(task)
        if row is None:
            return "new"
        now = (row.title, row.notes, row.due_on, row.due_at, row.priority, row.repeat)
        due = (task.due.on, task.due.at) if task.due else (None, None)
        same = now == (task.title, task.notes, *due, task.priority, task.repeat)
        same = same and self.lists.get(row.list_id or "", "").casefold() == task.list_title.casefold()
        # What was done here stays done: the file may be older than that.
        return "same" if same and (row.done_at is not None or not task.done) else "changed"


async def list_events_by_uid(session: AsyncSession, *, user_id: str) -> dict[str, Event]:
    """Return the events of a user by the names that calendars have for them."""
    return {row.uid: row for row in await event_queries.list_all(session, user_id=user_id)}


async def list_known_tasks(session: AsyncSession, *, user_id: str) -> KnownTasks:
    """Return the tasks of a user, to be known again in a file."""
    rows = await task_queries.list_in_order(session, user_id=user_id)
    lists = await task_queries.list_lists(session, user_id=user_id)
    return KnownTasks(user_id, {row.id: row for row in rows}, {row.id: row.title for row in lists})


def event_state(row: Event | None, event: FileEvent) -> State:
    """Return what importing an event does, of which this row is there already."""
    if row is None:
        return "new"
    now = (row.title, row.place, row.notes, row.starts_at, row.ends_at, row.starts_on, row.ends_on, row.repeat)
    span = event.span
    then = (
        event.title, event.place, event.notes, span.starts_at, span.ends_at, span.first, span.last, event.repeat,
    )  # fmt: skip
    same = now == then and tuple(sorted(event_times.excluded_starts(row))) == event.excluded
    return "same" if same else "changed"


async def put_events(step: Step, events: Sequence[FileEvent], *, source: str) -> list[State]:
    """Add events or bring them up to date; return what was done to each."""
    known = await list_events_by_uid(step.session, user_id=step.user_id)
    states: list[State] = [event_state(known.get(event.uid), event) for event in events]
    number = await _numbers(step, "event", states)
    for event, state in zip(events, states, strict=True):
        if state == "new":
            row = Event(
                user_id=step.user_id, number=number, title=event.title, starts_at=event.span.starts_at,
                ends_at=event.span.ends_at, zone=event.zone, uid=event.uid, source=source[:_SOURCE_CHARS],
            )  # fmt: skip
            number += 1
            _fill_event(row, event)
            step.add(row)
        elif state == "changed":
            row = known[event.uid]
            step.change(row)
            _fill_event(row, event)
            row.updated_at = clock.now()
    await step.session.flush()
    return states


async def put_tasks(step: Step, tasks: Sequence[FileTask], *, zone: str) -> list[State]:
    """Add tasks or bring them up to date; return what was done to each."""
    known = await list_known_tasks(step.session, user_id=step.user_id)
    states: list[State] = [known.state(task) for task in tasks]
    number = await _numbers(step, "task", states)
    position = await task_queries.last_position(step.session, user_id=step.user_id)
    lists = {title: await task_steps.find_or_add_list(step, title) for title in _list_titles(tasks, states)}
    for task, state in zip(tasks, states, strict=True):
        row = known.find(task)
        if state == "new":
            position += 1
            row_id = _task_id(step.user_id, task.uid)
            row = Task(id=row_id, user_id=step.user_id, number=number, title=task.title, position=position)
            number += 1
            step.add(row)
        elif state == "changed" and row is not None:
            step.change(row)
            row.updated_at = clock.now()
        if state != "same" and row is not None:
            _fill_task(row, task, lists[task.list_title].id if task.list_title else None)
    await step.session.flush()
    for task, state in zip(tasks, states, strict=True):
        if state == "new" and not task.done and task.remind_at is not None and task.remind_at > clock.now():
            row = await task_queries.get_task(
                step.session, user_id=step.user_id, task_id=_task_id(step.user_id, task.uid)
            )
            await task_steps.set_reminder(step, row, task.remind_at, zone)
    return states


async def _numbers(step: Step, kind: str, states: Sequence[State]) -> int:
    """Return the first of as many numbers as there are new things."""
    count = states.count("new")
    return await numbers.take_numbers(step.session, user_id=step.user_id, kind=kind, count=count) if count else 0


def _fill_event(row: Event, event: FileEvent) -> None:
    row.title, row.place, row.notes = event.title, event.place, event.notes
    row.repeat, row.excluded = event.repeat, json.dumps(list(event.excluded))
    event_times.set_span(row, event.span, event.zone)


def _fill_task(row: Task, task: FileTask, list_id: str | None) -> None:
    row.title, row.notes, row.priority, row.repeat = task.title, task.notes, task.priority, task.repeat
    row.due_on, row.due_at = (task.due.on, task.due.at) if task.due else (None, None)
    row.list_id = list_id
    if task.done and row.done_at is None:
        row.done_at = task.done_at or clock.now()


def _list_titles(tasks: Sequence[FileTask], states: Sequence[State]) -> list[str]:
    titles = (task.list_title for task, state in zip(tasks, states, strict=True) if state != "same")
    return sorted({title for title in titles if title})


def _task_id(user_id: str, uid: str) -> str:
    """Return the id of the task that is made from a UID: the same each time, and another one for each user."""
    digest = hashlib.sha256(f"{user_id}\n{uid}".encode()).digest()
    return f"tsk_{base64.b32hexencode(digest).decode().lower()[:26]}"
