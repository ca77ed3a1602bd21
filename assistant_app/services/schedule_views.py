"""How schedules and their runs are seen from outside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.models import Occurrence, Schedule
from assistant_app.repositories import schedules as queries
from assistant_app.services.schedule_times import schedule_words
from assistant_app.services.task_views import KEEP, Keep, zone_of
from assistant_app.times.zones import to_local

Kind = Literal["summary", "review", "prompt"]
CatchUp = Literal["late", "skip"]
State = Literal["due", "running", "ok", "empty", "partial", "failed", "missed", "waiting"]


@dataclass(frozen=True)
class OccurrenceView:
    """One due run and how it went; moments are aware and in the user's zone.

    `delivered_at` is when what it made came into the inbox, apart from how it went. `retry_at` is when one that failed
    is tried again.
    """

    id: str
    schedule_id: str
    due_at: datetime
    state: State
    started_at: datetime | None
    finished_at: datetime | None
    retry_at: datetime | None
    duration_ms: int | None
    error: str
    cost: float
    item_id: str
    conversation_id: str
    delivered_at: datetime | None


@dataclass(frozen=True)
class ScheduleView:
    """A recurring job. `words` say when it comes; `starts` is a wall time in `zone`, from which `repeat` counts.

    `next_at` is aware and in the user's zone; without it a schedule that is `enabled` has come to its end.
    `paused_why` is empty if its owner paused it; one that `rests_until` a moment goes on by itself then.
    """

    id: str
    kind: Kind
    title: str
    repeat: str
    words: str
    starts: datetime
    zone: str
    catch_up: CatchUp
    enabled: bool
    paused_why: str
    rests_until: datetime | None
    next_at: datetime | None
    most_cost: float | None
    data: dict[str, Any]
    last: OccurrenceView | None


@dataclass(frozen=True)
class ScheduleChanges:
    """What changes of a schedule: `at` is the time of day alone, `repeat` "" lets it come only once.

    `data` replaces all that it needs, `most_cost` None takes the limit away.
    """

    title: str | Keep = KEEP
    starts: datetime | Keep = KEEP
    at: time | Keep = KEEP
    repeat: str | Keep = KEEP
    zone: str | Keep = KEEP
    catch_up: CatchUp | Keep = KEEP
    most_cost: float | Keep | None = KEEP
    data: dict[str, Any] | Keep = KEEP


async def view_schedules(session: AsyncSession, *, user_id: str, rows: Sequence[Schedule]) -> list[ScheduleView]:
    """Return the schedules with all that is shown of them, in the same order."""
    if not rows:
        return []
    zone = await zone_of(session, user_id=user_id)
    last = await queries.last_occurrences(session, user_id=user_id, schedule_ids=[row.id for row in rows])
    return [_view(row, last.get(row.id), zone) for row in rows]


async def view_schedule(session: AsyncSession, row: Schedule) -> ScheduleView:
    """Return one schedule with all that is shown of it."""
    return (await view_schedules(session, user_id=row.user_id, rows=[row]))[0]


def view_occurrence(row: Occurrence, zone: str) -> OccurrenceView:
    """Return one run with all that is shown of it."""
    lasted = row.finished_at - row.started_at if row.finished_at and row.started_at else None
    state: Any = row.state
    return OccurrenceView(
        id=row.id,
        schedule_id=row.schedule_id,
        due_at=to_local(row.due_at, zone),
        state=state,
        started_at=_local(row.started_at, zone),
        finished_at=_local(row.finished_at, zone),
        retry_at=_local(row.retry_at, zone),
        duration_ms=None if lasted is None else round(lasted.total_seconds() * 1000),
        error=row.error,
        cost=row.cost,
        item_id=row.item_id,
        conversation_id=row.conversation_id,
        delivered_at=_local(row.delivered_at, zone),
    )


def _view(row: Schedule, last: Occurrence | None, zone: str) -> ScheduleView:
    kind: Any = row.kind
    catch_up: Any = row.catch_up
    return ScheduleView(
        id=row.id,
        kind=kind,
        title=row.title,
        repeat=row.repeat,
        words=schedule_words(row),
        starts=row.starts,
        zone=row.zone,
        catch_up=catch_up,
        enabled=row.enabled,
        paused_why=row.paused_why,
        rests_until=_local(row.rests_until, zone),
        next_at=_local(row.next_at, zone),
        most_cost=row.most_cost,
        data=json.loads(row.data),
        last=None if last is None else view_occurrence(last, zone),
    )


def _local(moment: datetime | None, zone: str) -> datetime | None:
    return None if moment is None else to_local(moment, zone)
