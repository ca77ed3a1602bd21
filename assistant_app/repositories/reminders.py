"""Queries of reminders."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Reminder, Task, User

GONE = "That reminder is not there. It may have been deleted; ask for your reminders to see those that you have."


async def get_reminder(session: AsyncSession, *, user_id: str, reminder_id: str, lock: bool = False) -> Reminder:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    query = select(Reminder).where(col(Reminder.user_id) == user_id, col(Reminder.id) == reminder_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_reminders(session: AsyncSession, *, user_id: str, done: bool) -> Sequence[Reminder]:
    """Return the reminders that are done, or those that are not, in the order of their times."""
    done_at = col(Reminder.done_at)
    query = select(Reminder).where(
        col(Reminder.user_id) == user_id, done_at.is_not(None) if done else done_at.is_(None)
    )
    return (await session.scalars(query.order_by(col(Reminder.starts_at), col(Reminder.number)))).all()


async def task_titles(session: AsyncSession, *, user_id: str, task_ids: Sequence[str]) -> dict[str, str]:
    """Return the titles of tasks by their ids."""
    query = select(col(Task.id), col(Task.title)).where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids))
    return dict((await session.execute(query)).all())


async def list_due(session: AsyncSession, *, at: datetime, limit: int) -> Sequence[str]:
    """Return the ids of what is due at a moment, of all users who may come in, the longest due first."""
    query = (
        select(col(Reminder.id))
        .join(User, col(User.id) == col(Reminder.user_id))
        .where(col(Reminder.next_at) <= at, col(User.disabled_at).is_(None))
        .order_by(col(Reminder.next_at))
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def claim_due(session: AsyncSession, *, reminder_id: str, at: datetime) -> Reminder | None:
    """Return a reminder that is due, locked; None if somebody else has delivered, moved or deleted it meanwhile."""
    query = select(Reminder).where(col(Reminder.id) == reminder_id, col(Reminder.next_at) <= at)
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """Return when anything is due next, strictly after a moment, for anybody who may come in."""
    query = (
        select(func.min(col(Reminder.next_at)))
        .join(User, col(User.id) == col(Reminder.user_id))
        .where(col(Reminder.next_at) > after, col(User.disabled_at).is_(None))
    )
    return await session.scalar(query)
