"""Queries of runs as the clock sees them: of all users who may come in."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from assistant_app.models import Occurrence, Schedule, User

# Written as the partial indexes are, so that SQLite takes them: it compares the words.
_ENABLED = text("schedule.enabled")
_OPEN = text("occurrence.state IN ('due', 'running', 'waiting')")
_STILL_OPEN = ("due", "running", "waiting")


async def list_due_schedules(session: AsyncSession, *, at: datetime, limit: int) -> Sequence[Schedule]:
    """Return the schedules that are due at a moment, locked; those that somebody else holds are left out."""
    query = (
        select(Schedule)
        .join(User, col(User.id) == col(Schedule.user_id))
        .where(_ENABLED, col(Schedule.next_at) <= at, col(User.disabled_at).is_(None))
        .order_by(col(Schedule.next_at))
        .limit(limit)
        .with_for_update(of=Schedule, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


async def list_rested(session: AsyncSession, *, at: datetime, limit: int) -> Sequence[Schedule]:
    """Return the schedules that rested until a moment, locked; those that somebody else holds are left out."""
    query = (
        select(Schedule)
        .join(User, col(User.id) == col(Schedule.user_id))
        .where(col(Schedule.rests_until) <= at, col(User.disabled_at).is_(None))
        .order_by(col(Schedule.rests_until))
        .limit(limit)
        .with_for_update(of=Schedule, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


async def moments_since(
    session: AsyncSession, *, schedule_ids: Sequence[str], since: datetime
) -> set[tuple[str, datetime]]:
    """Return the due moments from `since` on that schedules have a run for."""
    query = select(col(Occurrence.schedule_id), col(Occurrence.due_at)).where(
        col(Occurrence.schedule_id).in_(schedule_ids), col(Occurrence.due_at) >= since
    )
    return {(schedule_id, due_at) for schedule_id, due_at in await session.execute(query)}


async def drop_older(
    session: AsyncSession, *, schedule_ids: Sequence[str], due_before: datetime, at: datetime, why: str
) -> None:
    """Note that runs of the schedules which nobody has begun are not made, since newer ones are due."""
    await session.execute(
        update(Occurrence)
        .where(
            _OPEN,
            col(Occurrence.state) == "due",
            col(Occurrence.tries) == 0,
            col(Occurrence.schedule_id).in_(schedule_ids),
            col(Occurrence.due_at) < due_before,
        )
        .values(state="missed", error=why, finished_at=at)
        .execution_options(synchronize_session=False)
    )


async def list_claimable(
    session: AsyncSession, *, at: datetime, limit: int, prompts: bool = True
) -> list[tuple[Occurrence, Schedule]]:
    """Return runs that are due or whose lease ran out, locked, the longest due first; one at a time of a schedule.

    Without `prompts`, those that ask a model something are left out.
    """
    other = aliased(Occurrence)
    state, retry_at = col(Occurrence.state), col(Occurrence.retry_at)
    is_due = and_(
        state == "due",
        or_(retry_at.is_(None), retry_at <= at),
        ~select(col(other.id))
        .where(col(other.schedule_id) == col(Occurrence.schedule_id), col(other.state) == "running")
        .exists(),
    )
    query = (
        select(Occurrence, Schedule)
        .join(Schedule, col(Schedule.id) == col(Occurrence.schedule_id))
        .join(User, col(User.id) == col(Occurrence.user_id))
        .where(
            _OPEN,
            or_(is_due, and_(state == "running", col(Occurrence.lease_until) <= at)),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(Occurrence.due_at))
        .limit(limit)
        .with_for_update(of=Occurrence, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if not prompts:
        query = query.where(col(Schedule.kind) != "prompt")
    return [(occurrence, schedule) for occurrence, schedule in await session.execute(query)]


async def list_running(
    session: AsyncSession, *, user_ids: Collection[str], occurrence_ids: Collection[str]
) -> Sequence[Occurrence]:
    """Return those of the runs that were claimed and have not ended, locked."""
    query = select(Occurrence).where(
        col(Occurrence.id).in_(occurrence_ids),
        col(Occurrence.user_id).in_(user_ids),
        col(Occurrence.state) == "running",
    )
    query = query.order_by(col(Occurrence.id)).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def list_waiting(session: AsyncSession, *, user_id: str, message_id: str) -> Sequence[Occurrence]:
    """Return the runs that wait for the answer in a message, locked."""
    query = select(Occurrence).where(
        col(Occurrence.user_id) == user_id,
        col(Occurrence.message_id) == message_id,
        col(Occurrence.state) == "waiting",
    )
    return (await session.scalars(query.with_for_update().execution_options(populate_existing=True))).all()


async def end_leases(session: AsyncSession, *, at: datetime) -> None:
    """Let all runs that somebody has begun be claimed again."""
    await session.execute(
        update(Occurrence)
        .where(_OPEN, col(Occurrence.state) == "running", col(Occurrence.lease_until) > at)
        .values(lease_until=at)
        .execution_options(synchronize_session=False)
    )


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """Return when a schedule is due or has rested, or a run can be claimed, strictly after a moment."""
    next_at = col(Schedule.next_at)
    coming = (
        select(func.min(next_at))
        .join(User, col(User.id) == col(Schedule.user_id))
        .where(_ENABLED, next_at > after, col(User.disabled_at).is_(None))
    )
    rests_until = col(Schedule.rests_until)
    rested = (
        select(func.min(rests_until))
        .join(User, col(User.id) == col(Schedule.user_id))
        .where(rests_until > after, col(User.disabled_at).is_(None))
    )
    retry_at, lease_until = col(Occurrence.retry_at), col(Occurrence.lease_until)
    retried = select(func.min(retry_at)).where(_OPEN, col(Occurrence.state) == "due", retry_at > after)
    lapsing = select(func.min(lease_until)).where(_OPEN, col(Occurrence.state) == "running", lease_until > after)
    found = [await session.scalar(query) for query in (coming, rested, retried, lapsing)]
    return min(filter(None, found), default=None)


async def list_outlived(session: AsyncSession, *, due_before: datetime, kept: int, limit: int) -> Sequence[str]:
    """Return the ids of ended runs that were due before a moment, or after which a schedule had `kept` others.

    The newest run of a schedule is never among them: it tells how the schedule went last, and in which conversation.
    """
    age = func.row_number().over(
        partition_by=col(Occurrence.schedule_id), order_by=(col(Occurrence.due_at).desc(), col(Occurrence.id))
    )
    runs = select(col(Occurrence.id), col(Occurrence.state), col(Occurrence.due_at), age.label("age")).subquery()
    query = (
        select(runs.c.id)
        .where(runs.c.state.not_in(_STILL_OPEN), runs.c.age > 1)
        .where(or_(runs.c.age > kept, runs.c.due_at < due_before))
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def remove_ended(session: AsyncSession, *, ids: Sequence[str]) -> None:
    """Remove runs, unless one is open again."""
    await session.execute(
        delete(Occurrence)
        .where(col(Occurrence.id).in_(ids), col(Occurrence.state).not_in(_STILL_OPEN))
        .execution_options(synchronize_session=False)
    )
