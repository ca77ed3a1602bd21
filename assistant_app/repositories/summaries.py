"""Queries of what summaries tell: some tasks of a time with the count of all, and the reminders that come.

Each asks for many people at once. The statements are put together once, since that takes longer than to run them;
their parameters have the names of the arguments.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Reminder, Task
from assistant_app.repositories.parameters import USER_IDS

Page = tuple[Sequence[Task], int]
"""The first tasks, and how many there are."""


def _paged(wanted: Sequence[ColumnElement[bool]], order: Sequence[ColumnElement[Any]]) -> Select[Task, int]:
    """Return the statement of the first tasks of each user that are wanted, each with the count of them all."""
    place = func.row_number().over(partition_by=col(Task.user_id), order_by=order).label("place")
    total = func.count().over(partition_by=col(Task.user_id)).label("total")
    found = select(col(Task.id), place, total).where(col(Task.user_id).in_(USER_IDS), *wanted).subquery()
    return (
        select(Task, found.c.total)
        .join(found, found.c.id == col(Task.id))
        .where(found.c.place <= bindparam("limit"))
        .order_by(col(Task.user_id), found.c.place)
    )


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
        col(Reminder.user_id).in_(USER_IDS),
        col(Reminder.done_at).is_(None),
        col(Reminder.next_at) <= bindparam("last"),
    )
    .order_by(col(Reminder.next_at), col(Reminder.number))
)


async def list_due(
    session: AsyncSession, *, user_ids: Collection[str], first: date, last: date, now: datetime, limit: int
) -> Mapping[str, Page]:
    """Return, by user, the open tasks that are due on the days, both included, and whose time has not passed."""
    return await _pages(session, _DUE, user_ids, first=first, last=last, now=now, limit=limit)


async def list_overdue(
    session: AsyncSession,
    *,
    user_ids: Collection[str],
    today: date,
    now: datetime,
    limit: int,
    since: date = date.min,
) -> Mapping[str, Page]:
    """Return, by user, the open tasks whose time has passed, those of the days from `since` on."""
    return await _pages(session, _OVERDUE, user_ids, first=since, last=today, now=now, limit=limit)


async def list_done(
    session: AsyncSession, *, user_ids: Collection[str], first: datetime, last: datetime, limit: int
) -> Mapping[str, Page]:
    """Return, by user, what was done between two moments, both included, in the order in which it was done."""
    return await _pages(session, _DONE, user_ids, first=first, last=last, limit=limit)


async def list_reminders(session: AsyncSession, *, user_ids: Collection[str], last: datetime) -> Sequence[Reminder]:
    """Return the reminders of which something is to come until a moment."""
    return (await session.scalars(_REMINDERS, {"user_ids": list(user_ids), "last": last})).all()


async def _pages(
    session: AsyncSession, paged: Select[Task, int], user_ids: Collection[str], **given: Any
) -> Mapping[str, Page]:
    pages: dict[str, tuple[list[Task], int]] = {user_id: ([], 0) for user_id in user_ids}
    for task, total in await session.execute(paged, {**given, "user_ids": list(user_ids)}):
        pages[task.user_id] = ([*pages[task.user_id][0], task], total)
    return pages
