"""Queries of what can be in conflict, and of the conflicts that the inbox holds.

The statements that every summary asks are put together once, since that takes longer than to run them; their
parameters have the names of the arguments.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Event, InboxItem, Task
from assistant_app.repositories.inbox import OPEN
from assistant_app.repositories.parameters import USER_IDS

_DAY = timedelta(days=1)  # A task's day is that of the zone in which it was given, its moment is not.


_TIMED = select(Task).where(
    col(Task.user_id).in_(USER_IDS),
    col(Task.done_at).is_(None),
    col(Task.due_on).between(bindparam("first_day"), bindparam("last_day")),
    col(Task.due_at).between(bindparam("first"), bindparam("last")),
)
_COUNT_DUE = (
    select(col(Task.user_id), col(Task.due_on), func.count())
    .where(
        col(Task.user_id).in_(USER_IDS),
        col(Task.done_at).is_(None),
        col(Task.due_on).between(bindparam("first"), bindparam("last")),
    )
    .group_by(col(Task.user_id), col(Task.due_on))
)


async def list_timed(
    session: AsyncSession, *, user_ids: Collection[str], first: datetime, last: datetime
) -> Sequence[Task]:
    """Return the users' open tasks that are due at a moment between two, both included."""
    days = {"first_day": first.date() - _DAY, "last_day": last.date() + _DAY}
    return (await session.scalars(_TIMED, {"user_ids": list(user_ids), "first": first, "last": last, **days})).all()


async def count_due(
    session: AsyncSession, *, user_ids: Collection[str], first: date, last: date
) -> dict[str, dict[date, int]]:
    """Count, by user, the open tasks that are due on each day from one to another; days without any are left out."""
    counts: dict[str, dict[date, int]] = {user_id: {} for user_id in user_ids}
    found = await session.execute(_COUNT_DUE, {"user_ids": list(user_ids), "first": first, "last": last})
    for user_id, day, count in found:
        if day is not None:
            counts[user_id][day] = count
    return counts


async def list_due_on(session: AsyncSession, *, user_id: str, day: date, limit: int) -> Sequence[Task]:
    """Return the open tasks of a day, first those that are the easiest to put off."""
    query = (
        select(Task)
        .where(col(Task.user_id) == user_id, col(Task.done_at).is_(None), col(Task.due_on) == day)
        .order_by(col(Task.repeat) != "", col(Task.due_at).is_not(None), col(Task.priority), col(Task.number).desc())
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def list_tasks(session: AsyncSession, *, user_id: str, ids: Collection[str]) -> Sequence[Task]:
    """Return those of the ids that are open tasks."""
    if not ids:
        return []
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id).in_(ids), col(Task.done_at).is_(None))
    return (await session.scalars(query)).all()


async def list_events(session: AsyncSession, *, user_id: str, ids: Collection[str]) -> Sequence[Event]:
    """Return those of the ids that are events."""
    if not ids:
        return []
    query = select(Event).where(col(Event.user_id) == user_id, col(Event.id).in_(ids))
    return (await session.scalars(query)).all()


async def list_open_items(session: AsyncSession, *, user_id: str) -> Sequence[InboxItem]:
    """Return the conflicts that nobody has answered."""
    query = select(InboxItem).where(
        col(InboxItem.user_id) == user_id, col(InboxItem.kind) == "conflict", col(InboxItem.state).in_(OPEN)
    )
    return (await session.scalars(query.order_by(col(InboxItem.key)))).all()


async def list_items(
    session: AsyncSession, *, user_id: str, keys: Collection[str], lock: bool = False
) -> Sequence[InboxItem]:
    """Return what the inbox holds, or held, of these matters; with `lock`, until the end of the transaction."""
    if not keys:
        return []
    query = select(InboxItem).where(col(InboxItem.user_id) == user_id, col(InboxItem.key).in_(keys))
    query = query.order_by(col(InboxItem.key))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()
