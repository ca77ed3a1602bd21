"""Queries of schedules, and of their runs as their owner sees them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Occurrence, Schedule

GONE = "That schedule is not there. It may have been deleted; Settings > Schedules lists those that you have."


async def get_schedule(session: AsyncSession, *, user_id: str, schedule_id: str, lock: bool = False) -> Schedule:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    query = select(Schedule).where(col(Schedule.user_id) == user_id, col(Schedule.id) == schedule_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_schedules(session: AsyncSession, *, user_id: str) -> Sequence[Schedule]:
    """Return all of a user's schedules, the oldest first."""
    query = select(Schedule).where(col(Schedule.user_id) == user_id)
    return (await session.scalars(query.order_by(col(Schedule.created_at), col(Schedule.id)))).all()


async def count_schedules(session: AsyncSession, *, user_id: str) -> int:
    """Return how many schedules a user has."""
    query = select(func.count()).select_from(Schedule).where(col(Schedule.user_id) == user_id)
    return (await session.execute(query)).scalar_one()


async def last_occurrences(
    session: AsyncSession, *, user_id: str, schedule_ids: Sequence[str]
) -> dict[str, Occurrence]:
    """Return the newest run of each schedule that has one."""
    newest = (
        select(col(Occurrence.schedule_id), func.max(col(Occurrence.due_at)).label("due_at"))
        .where(col(Occurrence.schedule_id).in_(schedule_ids))
        .group_by(col(Occurrence.schedule_id))
        .subquery()
    )
    query = (
        select(Occurrence)
        .join(
            newest,
            (newest.c.schedule_id == col(Occurrence.schedule_id)) & (newest.c.due_at == col(Occurrence.due_at)),
        )
        .where(col(Occurrence.user_id) == user_id)
    )
    return {row.schedule_id: row for row in await session.scalars(query)}


async def list_occurrences(
    session: AsyncSession, *, user_id: str, schedule_id: str, limit: int
) -> Sequence[Occurrence]:
    """Return the runs of a schedule, the newest first."""
    query = select(Occurrence).where(col(Occurrence.user_id) == user_id, col(Occurrence.schedule_id) == schedule_id)
    return (await session.scalars(query.order_by(col(Occurrence.due_at).desc()).limit(limit))).all()


async def has_open_run(session: AsyncSession, *, user_id: str, schedule_id: str) -> bool:
    """Tell whether a run of a schedule is due or running."""
    query = select(col(Occurrence.id)).where(
        col(Occurrence.user_id) == user_id,
        col(Occurrence.schedule_id) == schedule_id,
        col(Occurrence.state).in_(("due", "running")),
    )
    return await session.scalar(query.limit(1)) is not None


async def drop_due(session: AsyncSession, *, user_id: str, schedule_id: str, at: datetime, why: str) -> None:
    """Note that the runs of a schedule that are due are not made."""
    await session.execute(
        update(Occurrence)
        .where(
            col(Occurrence.user_id) == user_id,
            col(Occurrence.schedule_id) == schedule_id,
            col(Occurrence.state) == "due",
        )
        .values(state="missed", error=why, finished_at=at, retry_at=None)
        .execution_options(synchronize_session=False)
    )
