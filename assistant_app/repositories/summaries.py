"""Queries of what a summary tells: some tasks of a time with the count of all, and the reminders that come.

The statements are put together once, since that takes longer than to run them; their parameters have the names of the
arguments.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Reminder, Task

Page = tuple[Sequence[Task], int]
"""The first tasks, and how many there are."""
_Paged = tuple[Select[Task], Select[int]]


def _paged(wanted: Sequence[ColumnElement[bool]], order: Sequence[ColumnElement[Any]]) -> _Paged:
    """Return the statement of the first tasks of a user that are wanted, and the one that counts them all."""
    of_user = col(Task.user_id) == bindparam("user_id")
    rows = select(Task).where(of_user, *wanted).order_by(*order).limit(bindparam("limit"))
    return rows, select(func.count()).select_from(Task).where(of_user, *wanted)


_OPEN = col(Task.done_at).is_(None)
_BETWEEN = col(Task.due_on).between(bindparam("first"), bindparam("last"))
_DAY_ONLY_LAST = case((col(Task.due_at).is_(None), 1), else_=0)
_IN_TIME = (
    col(Task.due_on).asc(), _DAY_ONLY_LAST.asc(), col(Task.due_at).asc(), col(Task.priority).desc(),
    col(Task.number).asc(),
)  # fmt: skip
_AHEAD = or_(col(Task.due_at).is_(None), col(Task.due_at) >= bindparam("now"))
_PASSED = or_(col(Task.due_at) < bindparam("now"), col(Task.due_at).is_(None) & (col(Task.due_on) < bindparam("last")))
_DUE = _paged((_OPEN, _BETWEEN, _AHEAD), _IN_TIME)
_OVERDUE = _paged((_OPEN, _BETWEEN, _PASSED), _IN_TIME)
_DONE = _paged(
    (col(Task.done_at).between(bindparam("first"), bindparam("last")),),
    (col(Task.done_at).asc(), col(Task.number).asc()),
)
_REMINDERS = (
    select(Reminder)
    .where(
        col(Reminder.user_id) == bindparam("user_id"),
        col(Reminder.done_at).is_(None),
        col(Reminder.next_at) <= bindparam("last"),
    )
    .order_by(col(Reminder.next_at), col(Reminder.number))
)


async def list_due(session: AsyncSession, *, user_id: str, first: date, last: date, now: datetime, limit: int) -> Page:
    """Return the open tasks that are due on the days, both included, and whose time has not passed."""
    return await _page(session, _DUE, limit, user_id=user_id, first=first, last=last, now=now)


async def list_overdue(
    session: AsyncSession, *, user_id: str, today: date, now: datetime, limit: int, since: date = date.min
) -> Page:
    """Return the open tasks whose time has passed, those of the days from `since` on."""
    return await _page(session, _OVERDUE, limit, user_id=user_id, first=since, last=today, now=now)


async def list_done(session: AsyncSession, *, user_id: str, first: datetime, last: datetime, limit: int) -> Page:
    """Return what was done between two moments, both included, in the order in which it was done."""
    return await _page(session, _DONE, limit, user_id=user_id, first=first, last=last)


async def list_reminders(session: AsyncSession, *, user_id: str, last: datetime) -> Sequence[Reminder]:
    """Return the reminders of which something is to come until a moment."""
    return (await session.scalars(_REMINDERS, {"user_id": user_id, "last": last})).all()


async def _page(session: AsyncSession, paged: _Paged, limit: int, **given: Any) -> Page:
    rows = (await session.scalars(paged[0], {**given, "limit": limit})).all()
    if len(rows) < limit:
        return rows, len(rows)
    return rows, (await session.execute(paged[1], given)).scalar_one()
