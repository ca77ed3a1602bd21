"""The runs of schedules: claimed before they begin, ended together with the delivery of what they made.

What a run made and its final state are one transaction, so that a process which dies at any point neither delivers
twice nor loses anything: a run that was claimed and not ended is claimed again when its lease has run out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.models import Occurrence, Schedule
from assistant_app.repositories import database
from assistant_app.repositories import occurrences as queries
from assistant_app.repositories import schedules as schedule_queries
from assistant_app.services import inbox_items, ledger
from assistant_app.services.due_runs import SKIPPED, SKIPPED_AFTER
from assistant_app.services.inbox_items import Matter
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
_KEPT_DAYS, _KEPT_RUNS = 400, 200  # Runs that ended longer ago, or had so many after them, are forgotten.
_FORGOTTEN_AT_ONCE = 500
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
    def asks_model(self) -> bool:
        """Whether a model is asked, so that the run may take long."""
        return _asks_model(self.kind, self.data)

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


async def claim(now: datetime | None = None, *, limit: int, most_asking: int | None = None) -> list[Due]:
    """Take runs that are due, so that nobody else does; those that a dead process has left are taken again.

    Of those that ask a model at most `most_asking` are taken.
    """
    now, claimed = now or clock.now(), list[Due]()
    room = limit if most_asking is None else most_asking
    async with database.transaction() as session:
        schedules: set[str] = set()
        for occurrence, schedule in await queries.list_claimable(session, at=now, limit=limit, prompts=room > 0):
            asks = _asks_model(schedule.kind, json.loads(schedule.data))
            if schedule.id in schedules or (asks and room <= 0):
                continue
            schedules.add(schedule.id)
            if occurrence.state == "running" and occurrence.tries >= TRIES:
                await _give_up(session, occurrence, schedule, _DIED, now)
            elif _is_skipped(occurrence, schedule, now):
                occurrence.state, occurrence.error, occurrence.finished_at = "missed", SKIPPED, now
            else:
                claimed.append(_take(occurrence, schedule, now))
                room -= asks
            bus.publish(occurrence.user_id, TOPIC)
    return claimed


async def take_over(now: datetime | None = None) -> None:
    """Let all runs that were begun be claimed again: whoever begins to run jobs is the only one who does."""
    async with database.write() as session:
        await queries.end_leases(session, at=now or clock.now())


async def give_back(due: Due) -> None:
    """Return a run that was begun and is not made for now, as if it had not been claimed."""
    async with database.write() as session:
        row = (await _claimed(session, [due])).get(due.occurrence_id)
        if row is not None:
            row.state, row.tries, row.lease_until, row.started_at = "due", row.tries - 1, None, None


async def finish(due: Due, made: Made, now: datetime | None = None) -> bool:
    """Deliver what a run made and end it, at once; tell whether it was still this try's to end."""
    return bool(await finish_all([(due, made)], now))


async def finish_all(outcomes: Sequence[tuple[Due, Made]], now: datetime | None = None) -> int:
    """Deliver what several runs made and end them, at once; return how many were still their tries' to end."""
    now = now or clock.now()
    async with database.write() as session:
        rows = await _claimed(session, [due for due, _ in outcomes])
        ended = [(rows[due.occurrence_id], due, made) for due, made in outcomes if due.occurrence_id in rows]
        await _settle(session, ended, now)
        for _, due, made in ended:
            if due.failures and made.state != "waiting":
                await _forget_failures(session, due)
    for _, due, made in ended:
        _tell(due.user_id)
        _log.info("run_ended", user_id=due.user_id, schedule_id=due.schedule_id, state=made.state)
    return len(ended)


async def fail(due: Due, error: str, now: datetime | None = None, *, cost: float = 0.0) -> bool:
    """Note that a try failed: it is tried again a little later, or given up and told; tell whether it was its try.

    A schedule that was paused meanwhile is not tried again.
    """
    now = now or clock.now()
    async with database.transaction() as session:
        row = (await _claimed(session, [due])).get(due.occurrence_id)
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


async def _settle(session: AsyncSession, ended: Sequence[tuple[Occurrence, Due, Made]], now: datetime) -> None:
    """Write down how runs went, with the items that they bring, in the transaction that is open."""
    brought: list[tuple[Occurrence, Matter]] = []
    for row, due, made in ended:
        row.state, row.error, row.lease_until, row.retry_at = made.state, "", None, None
        row.cost += made.cost
        row.conversation_id = made.conversation_id or row.conversation_id
        row.message_id = made.message_id or row.message_id
        row.output = json.dumps({"title": made.title, "data": made.data})
        if made.state == "waiting":
            continue
        row.finished_at = now
        if made.state != "empty" or not due.data.get("silent_when_empty"):
            brought.append((row, _matter(row, due, made, now)))
    await _bring(session, brought, now)


def _matter(row: Occurrence, due: Due, made: Made, now: datetime) -> Matter:
    data = {"conversation_id": row.conversation_id, "message_id": row.message_id, "late": due.late, **made.data}
    text = "\n\n".join(filter(None, (_lateness(due, now), made.text)))
    why = made.why or f"Your schedule {quoted(due.title)} comes {due.words}."
    return _matter_of(row, made.kind, (made.title, text, why), data)


def _matter_of(row: Occurrence, kind: inbox_items.Kind, words: tuple[str, str, str], data: dict[str, Any]) -> Matter:
    """Return the one matter of a run; `words` are its title, its text and why it comes."""
    title, text, why = words
    ids = {"schedule_id": row.schedule_id, "occurrence_id": row.id, "due_at": row.due_at.isoformat()}
    return Matter(row.user_id, kind, f"occurrence:{row.id}", title, text, why, row.schedule_id, {**ids, **data})


async def _bring(session: AsyncSession, brought: Sequence[tuple[Occurrence, Matter]], now: datetime) -> None:
    """Put the items of runs into the inbox; the receipts say so."""
    items = await inbox_items.put_items(session, [matter for _, matter in brought])
    for (row, _), item in zip(brought, items, strict=True):
        row.item_id, row.delivered_at = item.id, now


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
        await _bring(session, [(row, _matter_of(row, "error", (*words, why), {}))], now)
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


async def _claimed(session: AsyncSession, runs: Sequence[Due]) -> dict[str, Occurrence]:
    """Return those of the runs that are still these tries', by their ids."""
    tries = {(due.user_id, due.occurrence_id): due.tries for due in runs}
    rows = await queries.list_running(
        session, user_ids={due.user_id for due in runs}, occurrence_ids={due.occurrence_id for due in runs}
    )
    return {row.id: row for row in rows if tries.get((row.user_id, row.id)) == row.tries}


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


def _asks_model(kind: str, data: Mapping[str, Any]) -> bool:
    return kind == "prompt" or bool(data.get("model"))


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


async def forget_old(now: datetime | None = None) -> int:
    """Forget what ended long ago, or many runs ago, of everybody's schedules; return how many runs that were.

    What a run made lies in the inbox and in its conversation, and what it cost is counted in the usage.
    """
    due_before = (now or clock.now()) - timedelta(days=_KEPT_DAYS)
    forgotten = 0
    while True:
        async with database.read() as session:
            ids = await queries.list_outlived(session, due_before=due_before, kept=_KEPT_RUNS, limit=_FORGOTTEN_AT_ONCE)
        if not ids:
            return forgotten
        async with database.write() as session:
            await queries.remove_ended(session, ids=ids)
        forgotten += len(ids)
