"""Calendar files: a person's events and tasks taken away, and those of other programs taken over."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant_app.repositories import database
from assistant_app.repositories import events as event_queries
from assistant_app.repositories import tasks as task_queries
from assistant_app.services import ledger
from assistant_app.services.calendar_imports import (
    State,
    event_state,
    list_events_by_uid,
    list_known_tasks,
    put_events,
    put_tasks,
)
from assistant_app.services.calendar_reading import CalendarFile, FileEvent, FileTask, read_file
from assistant_app.services.calendar_writing import write_file
from assistant_app.services.ledger import Origin
from assistant_app.services.task_views import counted, zone_of
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local

What = Literal["all", "events", "tasks"]
_IMPORT = Origin("import")
_SOURCE = "Imported calendar"


@dataclass(frozen=True)
class PreviewItem:
    """Something that a file holds; `state` says what importing it does. Moments are in the user's zone.

    `start` and `end` are days, both included, or moments; a task has its due day or moment as `start`, if it has one.
    """

    uid: str
    title: str
    start: date | datetime | None
    end: date | datetime | None
    place: str
    repeat_words: str
    done: bool
    state: State


@dataclass(frozen=True)
class Preview:
    """What is in a file, and in sentences what of it is left out."""

    title: str
    events: tuple[PreviewItem, ...]
    tasks: tuple[PreviewItem, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """How many events and tasks were added and changed; `summary` says it."""

    added: int
    changed: int
    same: int
    summary: str


async def export_calendar(*, user_id: str, what: What = "all") -> bytes:
    """Return the events and tasks as a file; tasks bring their next reminder along as an alarm."""
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        events = await event_queries.list_all(session, user_id=user_id) if what != "tasks" else ()
        tasks = await task_queries.list_in_order(session, user_id=user_id) if what != "events" else ()
        lists = {row.id: row.title for row in await task_queries.list_lists(session, user_id=user_id)}
        ids = [task.id for task in tasks]
        reminders = await task_queries.next_reminders(session, user_id=user_id, task_ids=ids)
    # Years of events take a while to write, in which others want to be served.
    return await asyncio.to_thread(write_file, events, tasks, zone=zone, lists=lists, reminders=reminders)


async def read_calendar(*, user_id: str, data: bytes) -> Preview:
    """Return what is in a file and what importing it would do; InvalidInputError if it is no calendar."""
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        found = await asyncio.to_thread(read_file, data, zone)
        known_events = await list_events_by_uid(session, user_id=user_id)
        known_tasks = await list_known_tasks(session, user_id=user_id)
    events = [_event_item(event, event_state(known_events.get(event.uid), event), zone) for event in found.events]
    tasks = [_task_item(task, known_tasks.state(task), zone) for task in found.tasks]
    return Preview(found.title, tuple(events), tuple(tasks), tuple(found.problems))


async def import_calendar(*, user_id: str, data: bytes, origin: Origin = _IMPORT) -> Imported:
    """Take over what is in a file, as one change; what was imported before is brought up to date, not doubled."""
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
    found = await asyncio.to_thread(read_file, data, zone)
    async with ledger.change(user_id=user_id, origin=origin) as step:
        states = await put_events(step, found.events, source=found.title or _SOURCE)
        states += await put_tasks(step, found.tasks, zone=zone)
        done = _imported(found, states)
        step.say("import", "event" if found.events else "task", "", done.summary)
    return done


def _imported(found: CalendarFile, states: Sequence[State]) -> Imported:
    """Count and say what became of the entries of a file."""
    events, tasks = states[: len(found.events)], states[len(found.events) :]
    new = [counted(part.count("new"), noun) for part, noun in ((events, "event"), (tasks, "task")) if "new" in part]
    said = [f"Imported {' and '.join(new)}"] if new else []
    if changed := states.count("changed"):
        said.append(f"{'brought' if said else 'Brought'} {counted(changed, 'thing')} up to date")
    summary = ", ".join(said) or "Imported nothing: all of it was there already"
    return Imported(states.count("new"), states.count("changed"), states.count("same"), summary)


def _event_item(event: FileEvent, state: State, zone: str) -> PreviewItem:
    return PreviewItem(
        uid=event.uid,
        title=event.title,
        start=event.span.first or to_local(event.span.starts_at, zone),
        end=event.span.last or to_local(event.span.ends_at, zone),
        place=event.place,
        repeat_words=recurrence.describe(event.repeat) if event.repeat else "",
        done=False,
        state=state,
    )


def _task_item(task: FileTask, state: State, zone: str) -> PreviewItem:
    due = None if task.due is None else task.due.on if task.due.at is None else to_local(task.due.at, zone)
    return PreviewItem(
        uid=task.uid,
        title=task.title,
        start=due,
        end=None,
        place="",
        repeat_words=recurrence.describe(task.repeat) if task.repeat else "",
        done=task.done,
        state=state,
    )
