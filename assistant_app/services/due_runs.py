"""Notes which runs are due: one of each moment, of those that were missed only the newest, and never one again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.models import Occurrence, Schedule
from assistant_app.repositories import database
from assistant_app.repositories import occurrences as queries
from assistant_app.services import inbox_items
from assistant_app.services.schedule_times import moment_after, newest_moments
from assistant_app.services.schedules import TOPIC
from assistant_app.services.task_views import quoted

SKIPPED_AFTER = timedelta(minutes=10)
_AT_ONCE = 50
_MOST_MISSED = 5  # Of a long pause, so many runs are written down as missed; the rest is as gone as it was.
SKIPPED = "Steward was not running then, and this schedule skips what it missed."
_NEWER = "Steward was not running then; the newest run was made instead."
_BROKEN = "Steward cannot tell when this comes next. Change its time, its days or its time zone to start it again."
_log = structlog.get_logger("steward.schedules")


@dataclass(frozen=True)
class _Plan:
    """What a schedule that is due leads to: a moment to run at, some to note as missed, and when it comes next."""

    schedule: Schedule
    run_at: datetime | None
    missed: Sequence[datetime]
    next_at: datetime | None


async def note_due(now: datetime | None = None) -> int:
    """Make runs of the schedules that are due, and set when each comes next; return of how many schedules."""
    now, noted = now or clock.now(), 0
    while await _wake_some(now):
        pass
    while found := await _note_some(now):
        noted += found
    return noted


async def next_due(after: datetime | None = None) -> datetime | None:
    """Return when anything of anybody's is to be noted or claimed next, after what is due already."""
    async with database.read() as session:
        return await queries.next_due(session, after=after or clock.now())


async def _wake_some(now: datetime) -> int:
    """Let schedules go on that rested until now, with their first time after it; return how many."""
    async with database.write() as session:
        rested = await queries.list_rested(session, at=now, limit=_AT_ONCE)
        for schedule in rested:
            _go_on(schedule, now)
            await inbox_items.close_notices_of(
                session, user_id=schedule.user_id, subject_id=schedule.id, beginning=inbox_items.SPEND
            )
            for topic in (TOPIC, inbox_items.TOPIC):
                bus.publish(schedule.user_id, topic)
            _log.info("schedule_goes_on", user_id=schedule.user_id, schedule_id=schedule.id)
    return len(rested)


def _go_on(schedule: Schedule, now: datetime) -> None:
    schedule.rests_until, schedule.failures, schedule.updated_at = None, 0, now
    try:
        schedule.next_at = moment_after(schedule, now)
    except Exception:  # noqa: BLE001 - whatever is wrong with one schedule must not stop those of others
        _log.exception("schedule_broken", schedule_id=schedule.id)
        schedule.paused_why = _BROKEN
    else:
        schedule.enabled, schedule.paused_why = True, ""


async def _note_some(now: datetime) -> int:
    async with database.transaction() as session:
        due = await queries.list_due_schedules(session, at=now, limit=_AT_ONCE)
        if not due:
            return 0
        plans = [plan for schedule in due if (plan := await _plan_safely(session, schedule, now)) is not None]
        await _carry_out(session, plans, now)
        for schedule in due:
            bus.publish(schedule.user_id, TOPIC)
    return len(due)


async def _plan_safely(session: AsyncSession, schedule: Schedule, now: datetime) -> _Plan | None:
    """Plan one schedule; one that cannot be planned is paused, and its owner is told, so that others go on."""
    try:
        return _plan(schedule, now)
    except Exception:  # noqa: BLE001 - whatever is wrong with one schedule must not stop those of others
        _log.exception("schedule_broken", schedule_id=schedule.id)
    schedule.enabled, schedule.paused_why, schedule.next_at = False, _BROKEN, None
    await inbox_items.put_item(
        session,
        inbox_items.Matter(
            user_id=schedule.user_id,
            kind="error",
            key=f"schedule:{schedule.id}:broken:{now.isoformat()}",
            title=f"{quoted(schedule.title)} is paused",
            text=_BROKEN,
            why="Its next time could not be worked out.",
            subject_id=schedule.id,
            data={"schedule_id": schedule.id},
        ),
    )
    bus.publish(schedule.user_id, inbox_items.TOPIC)
    return None


def _plan(schedule: Schedule, now: datetime) -> _Plan:
    first = schedule.next_at
    assert first is not None  # noqa: S101 - tells the type checker what the query asked for
    next_at = moment_after(schedule, first)
    moments = [first]
    if next_at is not None and next_at <= now:
        moments = newest_moments(schedule, first, now, most=_MOST_MISSED + 1)
        next_at = moment_after(schedule, now)
    newest = moments[-1]
    if schedule.catch_up == "skip" and now - newest > SKIPPED_AFTER:
        return _Plan(schedule, None, moments[-_MOST_MISSED:], next_at)
    return _Plan(schedule, newest, moments[:-1], next_at)


async def _carry_out(session: AsyncSession, plans: Sequence[_Plan], now: datetime) -> None:
    if not plans:
        return
    ids = [plan.schedule.id for plan in plans]
    firsts = [moment for plan in plans for moment in (*plan.missed, plan.run_at) if moment is not None]
    known = await queries.moments_since(session, schedule_ids=ids, since=min(firsts))
    await queries.drop_older(session, schedule_ids=ids, due_before=now, at=now, why=_NEWER)
    for plan in plans:
        schedule = plan.schedule
        schedule.next_at = plan.next_at
        why = _NEWER if plan.run_at is not None else SKIPPED
        for moment in plan.missed:
            if (schedule.id, moment) not in known:
                session.add(_occurrence(schedule, moment, state="missed", error=why, finished_at=now))
        if plan.run_at is not None and (schedule.id, plan.run_at) not in known:
            session.add(_occurrence(schedule, plan.run_at))


def _occurrence(schedule: Schedule, due_at: datetime, **fields: object) -> Occurrence:
    return Occurrence.model_validate(
        {"schedule_id": schedule.id, "user_id": schedule.user_id, "due_at": due_at, **fields}
    )
