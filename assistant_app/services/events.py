"""Events: what takes place from a start to an end, once or again and again."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.ids import new_id
from assistant_app.models import Event
from assistant_app.repositories import database, numbers
from assistant_app.repositories import events as queries
from assistant_app.services import due_times, event_times, ledger, task_steps, texts
from assistant_app.services.event_views import EventChanges, EventView, start_words, view_event, when_words
from assistant_app.services.grouping import by_user
from assistant_app.services.ledger import PAGE, Origin, Step
from assistant_app.services.reminder_views import day_bounds
from assistant_app.services.task_views import KEEP, Keep, quoted, zone_of
from assistant_app.times import recurrence

__all__ = [
    "EventChanges",
    "EventView",
    "add_event",
    "change_occurrence",
    "delete_event",
    "get_event",
    "list_events",
    "list_events_of",
    "move_event",
    "put_event",
    "update_event",
]

_PLACE_CHARS = 500
_NOTHING = EventChanges()


async def add_event(  # noqa: PLR0913 - an event has this many sides
    *,
    user_id: str,
    title: str,
    start: date | datetime,
    end: date | datetime | None = None,
    place: str = "",
    notes: str = "",
    repeat: str = "",
    message_id: str | None = None,
    origin: Origin = PAGE,
) -> EventView:
    """Add an event: from a day to a day, both included, or from a moment to a moment; an hour or the day if no end.

    Naive times are the user's wall times. One that repeats begins at the first of its times from `start` on.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        zone = await zone_of(step.session, user_id=user_id)
        span = event_times.span_of(start, end, zone)
        event = Event(
            user_id=user_id, number=0, title=task_steps.valid_title(title), place=_valid_place(place),
            notes=task_steps.valid_notes(notes), starts_at=span.starts_at, ends_at=span.ends_at, zone=zone,
            repeat=due_times.checked_repeat(repeat), message_id=message_id,
        )  # fmt: skip
        event_times.set_span(event, event_times.aligned(span, event.repeat, zone) if event.repeat else span, zone)
        await put_event(step, event)
        step.say("add", "event", event.id, f"Added {quoted(event.title)}, {when_words(event, zone)}")
    return view_event(event, zone)


async def move_event(
    *,
    user_id: str,
    event_id: str,
    start: date | datetime,
    end: date | datetime | None = None,
    origin: Origin = PAGE,
) -> EventView:
    """Have an event begin at another time; it keeps its length if no end is given, and its time of day on a new day.

    Of one that repeats all times move along.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        event = await queries.get_event(step.session, user_id=user_id, event_id=event_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        span = event_times.moved(event, start, end, zone)
        step.change(event)
        if event.repeat:
            begins = event_times.local_start(span, zone)
            repeat = event_times.moved_repeat(event, begins)
            event.excluded = event_times.moved_excluded(event, begins, all_day=span.all_day)
            event.repeat = repeat
        event_times.set_span(event, span, zone)
        event.updated_at = clock.now()
        step.say("move", "event", event.id, f"Moved {quoted(event.title)} to {start_words(event, zone)}")
    return view_event(event, zone)


async def update_event(*, user_id: str, event_id: str, changes: EventChanges, origin: Origin = PAGE) -> EventView:
    """Change what `changes` names of an event."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        event = await queries.get_event(step.session, user_id=user_id, event_id=event_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        step.change(event)
        title = event.title
        said = _apply(event, changes)
        event.updated_at = clock.now()
        step.say("update", "event", event.id, f"Changed {quoted(title)}: {said}")
    return view_event(event, zone)


async def change_occurrence(  # noqa: PLR0913 - an occurrence has the sides of an event
    *,
    user_id: str,
    event_id: str,
    occurrence: datetime,
    changes: EventChanges = _NOTHING,
    start: date | datetime | None = None,
    end: date | datetime | None = None,
    origin: Origin = PAGE,
) -> EventView:
    """Change only the occurrence of a series that begins then; it becomes an event of its own, which is returned."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        series = await queries.get_event(step.session, user_id=user_id, event_id=event_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        span = _exclude(step, series, due_times.moment_of(occurrence, zone), zone)
        event = Event(
            user_id=user_id, number=0, title=series.title, place=series.place, notes=series.notes,
            starts_at=span.starts_at, ends_at=span.ends_at, zone=zone, message_id=series.message_id,
        )  # fmt: skip
        event_times.set_span(event, span, zone)
        _apply(event, replace(changes, repeat=KEEP))
        if start is not None:
            event_times.set_span(event, event_times.moved(event, start, end, zone), zone)
        await put_event(step, event)
        to = f", now {start_words(event, zone)}" if start is not None else ""
        step.say("move", "event", event.id, f"Changed only {_one_of(series, view_event(series, zone, span))}{to}")
    return view_event(event, zone)


async def delete_event(
    *, user_id: str, event_id: str, occurrence: datetime | None = None, origin: Origin = PAGE
) -> EventView:
    """Delete an event, or of one that repeats only the occurrence that begins then; return what was deleted."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        event = await queries.get_event(step.session, user_id=user_id, event_id=event_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        if occurrence is not None and event.repeat:
            return _leave_out(step, event, due_times.moment_of(occurrence, zone), zone)
        view = view_event(event, zone)
        await step.delete(event)
        step.say("delete", "event", event_id, f"Deleted {quoted(event.title)}")
    return view


async def get_event(*, user_id: str, event_id: str) -> EventView:
    """Return an event at its first time."""
    async with database.read() as session:
        event = await queries.get_event(session, user_id=user_id, event_id=event_id)
        return view_event(event, await zone_of(session, user_id=user_id))


async def list_events(*, user_id: str, first: date, last: date, text: str = "") -> list[EventView]:
    """Return what takes place on the days, both included, in the order of time; whole days come first.

    `text` is words that the title, the place or the notes have.
    """
    words = text.casefold().split()
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        rows = await _rows_between(session, [user_id], zone, first, last)
    told = [row for row in rows if all(word in f"{row.title} {row.place} {row.notes}".casefold() for word in words)]
    return _views(told, zone, first, last)


async def list_events_of(
    *, user_ids: Collection[str], zone: str, first: date, last: date
) -> dict[str, list[EventView]]:
    """Return, by user, what takes place on the days, as `list_events` does; all of them live in one zone."""
    async with database.read() as session:
        rows = by_user(await _rows_between(session, user_ids, zone, first, last))
    return {user_id: _views(rows[user_id], zone, first, last) for user_id in user_ids}


async def _rows_between(
    session: AsyncSession, user_ids: Collection[str], zone: str, first: date, last: date
) -> Sequence[Event]:
    begin, end = day_bounds(first, last, zone)
    # Whole days are the same days everywhere, though not the same moments.
    wide = begin - event_times.ZONES_APART, end + event_times.ZONES_APART
    return await queries.list_between(session, user_ids=user_ids, first=wide[0], last=wide[1])


def _views(rows: Iterable[Event], zone: str, first: date, last: date) -> list[EventView]:
    bounds = day_bounds(first, last, zone)
    views = [
        view_event(row, zone, span)
        for row in rows
        for span in event_times.spans_between(row, *bounds, days=(first, last))
    ]
    return sorted(views, key=lambda view: (view.starts_at.date(), not view.all_day, view.starts_at, view.number))


async def put_event(step: Step, event: Event) -> None:
    """Add an event with the next number, as part of a change."""
    event.number = await numbers.take_number(step.session, user_id=step.user_id, kind="event")
    event.uid = event.uid or new_id("uid")
    step.add(event)
    await step.session.flush()


def _exclude(step: Step, event: Event, at: datetime, zone: str) -> event_times.Span:
    """Take the occurrence that begins at a moment out of a series, and return from when to when it was."""
    span = event_times.find_span(event, at, zone)
    if span is None:
        raise NotFoundError(f"{quoted(event.title)} does not take place then. Choose one of its times.")
    step.change(event)
    name = event_times.start_name(event, event_times.local_start(span, event.zone))
    event.excluded = json.dumps(sorted({*event_times.excluded_starts(event), name}))
    event.updated_at = clock.now()
    return span


def _leave_out(step: Step, event: Event, at: datetime, zone: str) -> EventView:
    span = _exclude(step, event, at, zone)
    view = view_event(event, zone, span)
    step.say("delete", "event", event.id, f"Deleted {_one_of(event, view)}")
    return view


def _one_of(series: Event, one: EventView) -> str:
    return f"{quoted(series.title)} on {one.starts_at:%A}, {one.starts_at.day} {one.starts_at:%B}"


def _apply(event: Event, changes: EventChanges) -> str:
    """Change an event as asked; return what changed in words."""
    said: list[str] = []
    if not isinstance(changes.title, Keep) and (title := task_steps.valid_title(changes.title)) != event.title:
        event.title = title
        said.append(f"now {quoted(title)}")
    if not isinstance(changes.place, Keep) and (place := _valid_place(changes.place)) != event.place:
        event.place = place
        said.append(f"at {place}" if place else "no place")
    if not isinstance(changes.notes, Keep) and (notes := task_steps.valid_notes(changes.notes)) != event.notes:
        event.notes = notes
        said.append("new notes" if notes else "no notes")
    if not isinstance(changes.repeat, Keep) and (repeat := due_times.checked_repeat(changes.repeat)) != event.repeat:
        event.repeat, event.excluded = repeat, "[]"
        said.append(recurrence.describe(repeat) if repeat else "no longer repeating")
    return ", ".join(said)


def _valid_place(place: str) -> str:
    place = texts.one_line(place)
    if len(place) > _PLACE_CHARS:
        raise InvalidInputError(f"A place can have up to {_PLACE_CHARS} characters.")
    return place
