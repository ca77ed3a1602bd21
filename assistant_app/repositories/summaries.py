"""Queries of what a summary tells: some tasks of a time with the count of all, and the reminders that come."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Reminder, Task

Page = tuple[Sequence[Task], int]
"""The first tasks, and how many there are."""


async def list_due(session: AsyncSession, *, user_id: str, first: date, last: date, now: datetime, limit: int) -> Page:
    """Return the open tasks that are due on the days, both included, and whose time has not passed."""
    ahead = or_(col(Task.due_at).is_(None), col(Task.due_at) >= now)
    wanted = _of(user_id), col(Task.done_at).is_(None), col(Task.due_on).between(first, last), ahead
    return await _page(session, wanted, _in_time(), limit)


async def list_overdue(
    session: AsyncSession, *, user_id: str, today: date, now: datetime, limit: int, since: date = date.min
) -> Page:
    """Return the open tasks whose time has passed, those of the days from `since` on."""
    passed = or_(col(Task.due_at) < now, col(Task.due_at).is_(None) & (col(Task.due_on) < today))
    wanted = _of(user_id), col(Task.done_at).is_(None), col(Task.due_on).between(since, today), passed
    return await _page(session, wanted, _in_time(), limit)


async def list_done(session: AsyncSession, *, user_id: str, first: datetime, last: datetime, limit: int) -> Page:
    """Return what was done between two moments, both included, in the order in which it was done."""
    wanted = _of(user_id), col(Task.done_at).between(first, last)
    return await _page(session, wanted, (col(Task.done_at).asc(), col(Task.number).asc()), limit)


async def list_reminders(session: AsyncSession, *, user_id: str, last: datetime) -> Sequence[Reminder]:
    """Return the reminders of which something is to come until a moment."""
    query = select(Reminder).where(
        col(Reminder.user_id) == user_id, col(Reminder.done_at).is_(None), col(Reminder.next_at) <= last
    )
    return (await session.scalars(query.order_by(col(Reminder.next_at), col(Reminder.number)))).all()


def _of(user_id: str) -> ColumnElement[bool]:
    return col(Task.user_id) == user_id


def _in_time() -> tuple[ColumnElement[Any], ...]:
    day_only_last = case((col(Task.due_at).is_(None), 1), else_=0)
    return (
        col(Task.due_on).asc(), day_only_last.asc(), col(Task.due_at).asc(), col(Task.priority).desc(),
        col(Task.number).asc(),
    )  # fmt: skip


async def _page(
    session: AsyncSession, wanted: Sequence[ColumnElement[bool]], order: Sequence[ColumnElement[Any]], limit: int
) -> Page:
    rows = (await session.scalars(select(Task).where(*wanted).order_by(*order).limit(limit))).all()
    if len(rows) < limit:
        return rows, len(rows)
    return rows, (await session.execute(select(func.count()).select_from(Task).where(*wanted))).scalar_one()
