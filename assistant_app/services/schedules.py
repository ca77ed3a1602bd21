"""Schedules: what the assistant does by itself, and when. How a run goes is the matter of `occurrences`."""

import json
from datetime import datetime, timedelta
from typing import Any, get_args
from zoneinfo import available_timezones

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.models import Occurrence, Schedule
from assistant_app.repositories import database
from assistant_app.repositories import schedules as queries
from assistant_app.services import due_times, inbox_items, ledger, texts
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.schedule_times import moment_after, moments_until, schedule_words
from assistant_app.services.schedule_views import (
    CatchUp,
    Kind,
    OccurrenceView,
    ScheduleChanges,
    ScheduleView,
    view_occurrence,
    view_schedule,
    view_schedules,
)
from assistant_app.services.task_views import Keep, counted, quoted, zone_of

__all__ = [
    "TOPIC",
    "AlreadyScheduledError",
    "CatchUp",
    "Kind",
    "OccurrenceView",
    "ScheduleChanges",
    "ScheduleView",
    "change_schedule",
    "create_schedule",
    "delete_schedule",
    "follow_zone",
    "get_schedule",
    "list_occurrences",
    "list_schedules",
    "pause_schedule",
    "resume_schedule",
    "run_now",
]

TOPIC = "schedules"


class AlreadyScheduledError(ConflictError):
    """The same would come twice at the same moment: `schedule_id` is the schedule that there is already."""

    def __init__(self, message: str, schedule_id: str) -> None:
        """Keep which schedule could be changed instead."""
        super().__init__(message)
        self.schedule_id = schedule_id


TITLES: dict[str, str] = {"summary": "Daily summary", "review": "Weekly review"}
_MOST = 100
_LOOKED_AHEAD = timedelta(days=35)  # Two rules that meet do so in this time, unless they are very rare.
_TITLE_CHARS = 200
_DATA_CHARS = 20_000


async def create_schedule(  # noqa: PLR0913 - a schedule has this many sides
    *,
    user_id: str,
    kind: Kind,
    starts: datetime,
    repeat: str = "",
    title: str = "",
    zone: str = "",
    catch_up: CatchUp = "late",
    most_cost: float | None = None,
    data: dict[str, Any] | None = None,
    alone: bool = False,
    origin: Origin = PAGE,
) -> ScheduleView:
    """Add a schedule that comes at the wall time `starts`, in the user's zone if no other is given, or from then on.

    A prompt's `data` has the `prompt` and its `model`; `silent_when_empty` keeps quiet when there is nothing to say.
    With `alone`, AlreadyScheduledError says that another one brings the same at the same moment.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        if await queries.count_schedules(step.session, user_id=user_id) >= _MOST:
            raise InvalidInputError(
                f"You have {_MOST} schedules, and that is the most. Delete one that you don't need."
            )
        if kind not in get_args(Kind):
            raise InvalidInputError(f"A schedule is one of {', '.join(get_args(Kind))}.")
        stored = _valid_data(kind, data or {})
        own_zone = await zone_of(step.session, user_id=user_id)
        schedule = Schedule(
            user_id=user_id,
            kind=kind,
            title=_valid_title(title, kind, data or {}),
            repeat=due_times.checked_repeat(repeat),
            zone=_valid_zone(zone) if zone else own_zone,
            follows_zone=zone in ("", own_zone),
            starts=starts,
            catch_up=_valid_catch_up(catch_up),
            most_cost=_valid_cost(most_cost),
            data=stored,
        )
        _set_start(schedule, starts)
        _set_next(schedule)
        if alone:
            await _refuse_twin(step.session, schedule)
        step.add(schedule)
        step.say("add", "schedule", schedule.id, f"Added the schedule {_named(schedule)}")
        await step.session.flush()
        return await view_schedule(step.session, schedule)


async def change_schedule(
    *, user_id: str, schedule_id: str, changes: ScheduleChanges, alone: bool = False, origin: Origin = PAGE
) -> ScheduleView:
    """Change what `changes` names of a schedule; with another time it comes next at the first one after now.

    `alone` is as for a new one.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        schedule = await queries.get_schedule(step.session, user_id=user_id, schedule_id=schedule_id, lock=True)
        step.change(schedule)
        title, when = schedule.title, (schedule.starts, schedule.repeat, schedule.zone)
        _apply(schedule, changes)
        if not isinstance(changes.zone, Keep):
            schedule.follows_zone = schedule.zone == await zone_of(step.session, user_id=user_id)
        if (schedule.starts, schedule.repeat, schedule.zone) != when and schedule.enabled:
            _set_next(schedule)
        if alone and (schedule.starts, schedule.repeat, schedule.zone) != when:
            await _refuse_twin(step.session, schedule)
        schedule.updated_at = clock.now()
        step.say("update", "schedule", schedule.id, f"Changed the schedule {quoted(title)}: now {_named(schedule)}")
        await step.session.flush()
        return await view_schedule(step.session, schedule)


async def pause_schedule(*, user_id: str, schedule_id: str, why: str = "", origin: Origin = PAGE) -> ScheduleView:
    """Let a schedule rest until it is resumed; a run that is due already is not made.

    One that only rests until the next month does not go on then.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        schedule = await queries.get_schedule(step.session, user_id=user_id, schedule_id=schedule_id, lock=True)
        if not schedule.enabled and schedule.rests_until is None:
            raise ConflictError(f"{quoted(schedule.title)} is paused already.")
        step.change(schedule)
        schedule.enabled, schedule.paused_why, schedule.next_at, schedule.rests_until = False, why, None, None
        schedule.updated_at = now = clock.now()
        reason = "The schedule was paused before this run."
        await queries.drop_due(step.session, user_id=user_id, schedule_id=schedule_id, at=now, why=reason)
        step.say("pause", "schedule", schedule.id, f"Paused the schedule {quoted(schedule.title)}")
        await step.session.flush()
        return await view_schedule(step.session, schedule)


async def resume_schedule(*, user_id: str, schedule_id: str, origin: Origin = PAGE) -> ScheduleView:
    """Let a paused schedule go on with its first time after now."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        schedule = await queries.get_schedule(step.session, user_id=user_id, schedule_id=schedule_id, lock=True)
        if schedule.enabled:
            raise ConflictError(f"{quoted(schedule.title)} is not paused.")
        step.change(schedule)
        schedule.enabled, schedule.paused_why, schedule.failures, schedule.rests_until = True, "", 0, None
        _set_next(schedule)
        schedule.updated_at = clock.now()
        await inbox_items.close_notices_of(
            step.session, user_id=user_id, subject_id=schedule_id, beginning=inbox_items.SPEND, step=step
        )
        step.say("resume", "schedule", schedule.id, f"Resumed the schedule {_named(schedule)}")
        await step.session.flush()
        return await view_schedule(step.session, schedule)


async def follow_zone(*, user_id: str, zone: str, origin: Origin = PAGE) -> int:
    """Have the schedules that follow their owner's clocks go by those of a zone; return how many go by others now."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        rows = await queries.list_schedules(step.session, user_id=user_id)
        moved = [row for row in rows if row.follows_zone and row.zone != zone]
        for schedule in moved:
            step.change(schedule)
            schedule.zone, schedule.updated_at = zone, clock.now()
            schedule.next_at = moment_after(schedule, clock.now()) if schedule.enabled else None
        if moved:
            what = quoted(moved[0].title) if len(moved) == 1 else counted(len(moved), "schedule")
            step.say("update", "schedule", moved[0].id, f"Changed the time zone of {what} to {zone.replace('_', ' ')}")
    return len(moved)


async def delete_schedule(*, user_id: str, schedule_id: str, origin: Origin = PAGE) -> ScheduleView:
    """Delete a schedule with what is known of its runs, which an undo does not bring back; return it as it was."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        schedule = await queries.get_schedule(step.session, user_id=user_id, schedule_id=schedule_id, lock=True)
        view = await view_schedule(step.session, schedule)
        await step.delete(schedule)
        step.say("delete", "schedule", schedule_id, f"Deleted the schedule {quoted(view.title)}")
    return view


async def run_now(*, user_id: str, schedule_id: str) -> OccurrenceView:
    """Have a schedule run once more right now, beside its regular times; one that is paused does so as well."""
    async with database.transaction() as session:
        schedule = await queries.get_schedule(session, user_id=user_id, schedule_id=schedule_id, lock=True)
        if await queries.has_open_run(session, user_id=user_id, schedule_id=schedule_id):
            raise ConflictError(f"{quoted(schedule.title)} is running already, or about to. Wait until it is done.")
        occurrence = Occurrence(schedule_id=schedule.id, user_id=user_id, due_at=clock.now())
        session.add(occurrence)
        bus.publish(user_id, TOPIC)
        return view_occurrence(occurrence, await zone_of(session, user_id=user_id))


async def get_schedule(*, user_id: str, schedule_id: str) -> ScheduleView:
    """Return one schedule."""
    async with database.read() as session:
        row = await queries.get_schedule(session, user_id=user_id, schedule_id=schedule_id)
        return await view_schedule(session, row)


async def list_schedules(*, user_id: str) -> list[ScheduleView]:
    """Return all schedules of a user, the oldest first."""
    async with database.read() as session:
        rows = await queries.list_schedules(session, user_id=user_id)
        return await view_schedules(session, user_id=user_id, rows=rows)


async def list_occurrences(*, user_id: str, schedule_id: str, limit: int = 20) -> list[OccurrenceView]:
    """Return the runs of a schedule, the newest first."""
    async with database.read() as session:
        await queries.get_schedule(session, user_id=user_id, schedule_id=schedule_id)
        rows = await queries.list_occurrences(session, user_id=user_id, schedule_id=schedule_id, limit=limit)
        zone = await zone_of(session, user_id=user_id)
    return [view_occurrence(row, zone) for row in rows]


def _apply(schedule: Schedule, changes: ScheduleChanges) -> None:
    """Set what is not kept, each checked."""
    if not isinstance(changes.data, Keep):
        schedule.data = _valid_data(schedule.kind, changes.data)
    if not isinstance(changes.title, Keep):
        schedule.title = _valid_title(changes.title, schedule.kind, json.loads(schedule.data))
    if not isinstance(changes.zone, Keep):
        schedule.zone = _valid_zone(changes.zone)
    if not isinstance(changes.repeat, Keep):
        schedule.repeat = due_times.checked_repeat(changes.repeat)
    if not isinstance(changes.starts, Keep):
        _set_start(schedule, changes.starts)
    if not isinstance(changes.at, Keep):
        _set_start(schedule, datetime.combine(schedule.starts.date(), changes.at))
    if not isinstance(changes.catch_up, Keep):
        schedule.catch_up = _valid_catch_up(changes.catch_up)
    if not isinstance(changes.most_cost, Keep):
        schedule.most_cost = _valid_cost(changes.most_cost)


def _set_start(schedule: Schedule, starts: datetime) -> None:
    """Set the wall time that a schedule counts from, to the minute; an aware moment is what its zone shows then."""
    moment = due_times.moment_of(starts, schedule.zone)
    wall = starts if starts.tzinfo is None else due_times.wall_time(moment, schedule.zone)
    schedule.starts = wall.replace(second=0, microsecond=0, tzinfo=None, fold=0)


def _set_next(schedule: Schedule) -> None:
    """Set when a schedule comes next, or refuse one that never comes again."""
    schedule.next_at = moment_after(schedule, clock.now())
    if schedule.next_at is None:
        raise InvalidInputError("All times of that schedule have passed already. Choose one that is still to come.")


async def _refuse_twin(session: AsyncSession, schedule: Schedule) -> None:
    """Refuse what would bring the same as another schedule at the same moment, as AlreadyScheduledError."""
    now = clock.now()
    last = now + _LOOKED_AHEAD
    moments = moments_until(schedule, now, last)
    with session.no_autoflush:
        rows = await queries.list_schedules(session, user_id=schedule.user_id)
    for other in rows:
        if other.id == schedule.id or _matter(other) != _matter(schedule):
            continue
        if moments & moments_until(other, now, last):
            often = schedule_words(other)
            way = "Change that one" if other.enabled else "It is paused: resume or change that one"
            raise AlreadyScheduledError(
                f"{quoted(other.title)} comes {often} already. {way}, or choose another time.", other.id
            )


def _matter(schedule: Schedule) -> tuple[str, str]:
    """Return what a schedule brings: two summaries of one moment say the same, two prompts may not."""
    data: dict[str, Any] = json.loads(schedule.data)
    return schedule.kind, str(data.get("prompt", "")).strip().casefold()


def _named(schedule: Schedule) -> str:
    return f"{quoted(schedule.title)}, {schedule_words(schedule)}"


def _valid_title(title: str, kind: str, data: dict[str, Any]) -> str:
    title = texts.one_line(title) or TITLES.get(kind) or texts.first_title(str(data.get("prompt", "")))
    if not 1 <= len(title) <= _TITLE_CHARS:
        raise InvalidInputError(f"A schedule has a title of 1 to {_TITLE_CHARS} characters.")
    return title


def _valid_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise InvalidInputError("Choose a time zone from the list, such as Europe/Rome.")
    return zone


def _valid_catch_up(catch_up: str) -> str:
    if catch_up not in get_args(CatchUp):
        raise InvalidInputError("A run that was due while Steward was off comes late, or is skipped: choose one.")
    return catch_up


def _valid_cost(most_cost: float | None) -> float | None:
    if most_cost is not None and not 0 < most_cost < 1_000:
        raise InvalidInputError("The most that a run may cost is an amount above 0 and below 1,000 US dollars.")
    return most_cost


def _valid_data(kind: str, data: dict[str, Any]) -> str:
    if kind == "prompt" and not str(data.get("prompt", "")).strip():
        raise InvalidInputError("A scheduled prompt needs something to ask. Write what it shall say each time.")
    stored = json.dumps(data)
    if len(stored) > _DATA_CHARS:
        raise InvalidInputError("That is too long for a schedule. Shorten what it asks.")
    return stored
