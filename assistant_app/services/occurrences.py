"""The runs of schedules: claimed before they begin, ended together with the delivery of what they made.

What a run made and its final state are one transaction, so that a process which dies at any point neither delivers
twice nor loses anything: a run that was claimed and not ended is claimed again when its lease has run out.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.models import Occurrence, Schedule
from assistant_app.repositories import database
from assistant_app.repositories import inbox as inbox_queries
from assistant_app.repositories import occurrences as queries
from assistant_app.repositories import schedules as schedule_queries
from assistant_app.services import inbox_items, ledger
from assistant_app.services.due_runs import SKIPPED, SKIPPED_AFTER
from assistant_app.services.ledger import Origin
from assistant_app.services.schedule_times import schedule_words
from assistant_app.services.schedules import TOPIC
from assistant_app.services.task_views import counted, quoted
from assistant_app.settings import get_settings
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local

TRIES = 3
_BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5))
_LATE = timedelta(minutes=10)
_SPARE = timedelta(minutes=1)  # A lease outlives the deadline, so that only a dead process lets it run out.
_DIED = "Steward stopped in the middle of it three times."
_log = structlog.get_logger("steward.schedules")


@dataclass(frozen=True)
class Due:
    """A run that was claimed, as its runner needs it. `tries` counts the claims; `late` is later than its time.

    `conversation_id` and `message_id` are what an earlier try has left.
    """

    schedule_id: str
    occurrence_id: str
    user_id: str
    kind: str
    title: str
    words: str
    data: dict[str, Any]
    due_at: datetime
    started_at: datetime
    zone: str
    late: bool
    most_cost: float | None
    tries: int
    failures: int = 0
    conversation_id: str = ""
    message_id: str = ""

    @property
    def seconds(self) -> float:
        """How long the run may take."""
        return _seconds(self.kind)


@dataclass(frozen=True)
class Made:
    """What a run made. `waiting` has nothing to deliver yet: the answer in `message_id` waits for an approval."""

    state: Literal["ok", "empty", "partial", "waiting"]
    title: str
    text: str = ""
    why: str = ""
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    cost: float = 0.0
    kind: Literal["summary", "result"] = "result"
    conversation_id: str = ""
    message_id: str = ""


async def claim(now: datetime | None = None, *, limit: int) -> list[Due]:
    """Take runs that are due, so that nobody else does; those that a dead process has left are taken again."""
    now, claimed = now or clock.now(), list[Due]()
    async with database.transaction() as session:
        schedules: set[str] = set()
        for occurrence, schedule in await queries.list_claimable(session, at=now, limit=limit):
            if schedule.id in schedules:
                continue
            schedules.add(schedule.id)
            if occurrence.state == "running" and occurrence.tries >= TRIES:
                await _give_up(session, occurrence, schedule, _DIED, now)
            elif _is_skipped(occurrence, schedule, now):
                occurrence.state, occurrence.error, occurrence.finished_at = "missed", SKIPPED, now
            else:
                claimed.append(_take(occurrence, schedule, now))
            bus.publish(occurrence.user_id, TOPIC)
    return claimed


async def take_over(now: datetime | None = None) -> None:
    """Let all runs that were begun be claimed again: whoever begins to run jobs is the only one who does."""
    async with database.write() as session:
        await queries.end_leases(session, at=now or clock.now())


async def give_back(due: Due) -> None:
    """Return a run that was begun and is not made for now, as if it had not been claimed."""
    async with database.write() as session:
        row = await _claimed(session, due)
        if row is not None:
            row.state, row.tries, row.lease_until, row.started_at = "due", row.tries - 1, None, None


async def finish(due: Due, made: Made, now: datetime | None = None) -> bool:
    """Deliver what a run made and end it, at once; tell whether it was still this try's to end."""
    now = now or clock.now()
    async with database.write() as session:
        row = await _claimed(session, due)
        if row is None:
            return False
        await _settle(session, row, made, due, now)
        if due.failures and made.state != "waiting":
            await _forget_failures(session, due)
    _tell(due.user_id)
    _log.info("run_ended", user_id=due.user_id, schedule_id=due.schedule_id, state=made.state)
    return True


async def fail(due: Due, error: str, now: datetime | None = None, *, cost: float = 0.0) -> bool:
    """Note that a try failed: it is tried again a little later, or given up and told; tell whether it was its try.

    A schedule that was paused meanwhile is not tried again.
    """
    now = now or clock.now()
    async with database.transaction() as session:
        row = await _claimed(session, due)
        if row is None:
            return False
        schedule = await schedule_queries.get_schedule(
            session, user_id=due.user_id, schedule_id=due.schedule_id, lock=True
        )
        schedule.failures += 1
        row.cost += cost
        if schedule.enabled and row.tries < TRIES and schedule.failures < TRIES:
            row.state, row.error, row.lease_until = "due", error, None
            row.retry_at = now + _BACK_OFF[row.tries - 1]
        else:
            await _give_up(session, row, schedule, error, now)
        bus.publish(due.user_id, TOPIC)
    _log.warning("run_failed", user_id=due.user_id, schedule_id=due.schedule_id, tries=due.tries)
    return True


async def _settle(session: AsyncSession, row: Occurrence, made: Made, due: Due, now: datetime) -> None:
    """Write down how a run went, with the item that it brings, in the transaction that is open."""
    row.state, row.error, row.lease_until, row.retry_at = made.state, "", None, None
    row.cost += made.cost
    row.conversation_id = made.conversation_id or row.conversation_id
    row.message_id = made.message_id or row.message_id
    row.output = json.dumps({"title": made.title, "data": made.data})
    if made.state == "waiting":
        return
    row.finished_at = now
    if made.state == "empty" and due.data.get("silent_when_empty"):
        return
    data = {"conversation_id": row.conversation_id, "message_id": row.message_id, "late": due.late, **made.data}
    text = "\n\n".join(filter(None, (_lateness(due, now), made.text)))
    why = made.why or f"Your schedule {quoted(due.title)} comes {due.words}."
    await _bring(session, row, made.kind, (made.title, text, why), data, now)


async def _bring(
    session: AsyncSession,
    row: Occurrence,
    kind: inbox_items.Kind,
    words: tuple[str, str, str],
    data: dict[str, Any],
    now: datetime,
) -> None:
    """Put the one item of a run into the inbox; the receipt says so."""
    title, text, why = words
    key = f"occurrence:{row.id}"
    new_id = await inbox_items.put_item(
        session,
        user_id=row.user_id,
        kind=kind,
        key=key,
        title=title,
        text=text,
        why=why,
        subject_id=row.schedule_id,
        data={"schedule_id": row.schedule_id, "occurrence_id": row.id, "due_at": row.due_at.isoformat(), **data},
    )
    item = None if new_id else await inbox_queries.find_by_key(session, user_id=row.user_id, key=key)
    row.item_id, row.delivered_at = item.id if item else new_id, now


async def _give_up(session: AsyncSession, row: Occurrence, schedule: Schedule, error: str, now: datetime) -> None:
    """End a run that failed too often, pause its schedule, and tell its owner why."""
    row.state, row.error, row.finished_at, row.lease_until, row.retry_at = "failed", error, now, None, None
    name = quoted(schedule.title)
    told = schedule.paused_why == error  # What paused it, such as the budget, has brought a notice of its own.
    if not schedule.repeat or not schedule.enabled:
        words = (f"{name} failed", f"{error} Once that is mended, run it under Settings > Schedules.")
    else:
        words = (f"{name} failed and is paused", f"{error} Once that is mended, resume it under Settings > Schedules.")
        await _pause(session, schedule, error, now)
    why = f"Your schedule {name} comes {schedule_words(schedule)}. It was tried {counted(row.tries, 'time')}."
    if told:
        row.delivered_at = now
    else:
        await _bring(session, row, "error", (*words, why), {}, now)
    bus.publish(row.user_id, inbox_items.TOPIC)


async def _pause(session: AsyncSession, schedule: Schedule, error: str, now: datetime) -> None:
    why = f"It failed {TRIES} times in a row. {error}"
    async with ledger.change(user_id=schedule.user_id, origin=Origin(source="job")) as step:
        step.change(schedule)
        schedule.enabled, schedule.paused_why, schedule.next_at, schedule.updated_at = False, why, None, now
        step.say("pause", "schedule", schedule.id, f"Paused the schedule {quoted(schedule.title)}, which kept failing")
    reason = "The schedule was paused before this run."
    await schedule_queries.drop_due(session, user_id=schedule.user_id, schedule_id=schedule.id, at=now, why=reason)


async def _forget_failures(session: AsyncSession, due: Due) -> None:
    schedule = await schedule_queries.get_schedule(session, user_id=due.user_id, schedule_id=due.schedule_id)
    schedule.failures = 0


async def _claimed(session: AsyncSession, due: Due) -> Occurrence | None:
    return await queries.get_claimed(session, user_id=due.user_id, occurrence_id=due.occurrence_id, tries=due.tries)


def _take(row: Occurrence, schedule: Schedule, now: datetime) -> Due:
    row.state, row.tries, row.retry_at, row.started_at = "running", row.tries + 1, None, now
    row.lease_until = now + timedelta(seconds=_seconds(schedule.kind)) + _SPARE
    return _due(row, schedule)


def _due(row: Occurrence, schedule: Schedule) -> Due:
    started_at = row.started_at or row.due_at
    return Due(
        schedule_id=schedule.id,
        occurrence_id=row.id,
        user_id=row.user_id,
        kind=schedule.kind,
        title=schedule.title,
        words=schedule_words(schedule),
        data=json.loads(schedule.data),
        due_at=row.due_at,
        started_at=started_at,
        zone=schedule.zone,
        late=started_at - row.due_at > _LATE,
        most_cost=schedule.most_cost,
        tries=row.tries,
        failures=schedule.failures,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
    )


def _is_skipped(row: Occurrence, schedule: Schedule, now: datetime) -> bool:
    """Tell whether a run comes too late for a schedule that skips such."""
    return schedule.catch_up == "skip" and row.tries == 0 and now - row.due_at > SKIPPED_AFTER


def _seconds(kind: str) -> float:
    settings = get_settings()
    return settings.prompt_seconds if kind == "prompt" else settings.job_seconds


def _lateness(due: Due, now: datetime) -> str:
    """Say that something was due earlier; the zone is that of the schedule, whose time it was."""
    if not due.late:
        return ""
    words = moment_words(to_local(due.due_at, due.zone), to_local(now, due.zone))
    return f"This was due {words}; it comes late."


def _tell(user_id: str) -> None:
    for topic in (inbox_items.TOPIC, TOPIC):
        bus.publish(user_id, topic)
