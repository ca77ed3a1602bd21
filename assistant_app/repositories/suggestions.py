"""Queries of what suggestions are made from, of those that were made, and of how much people want of each.

The statements that every summary asks are put together once, since that takes longer than to run them; their
parameters have the names of the arguments.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Action, InboxItem, SuggestionWeight, Task, TaskList

_TIMES = func.count(col(Action.number))
_OFTEN_CHANGED = (
    select(Task)
    .join(Action, (col(Action.object_id) == col(Task.id)) & (col(Action.user_id) == col(Task.user_id)))
    .where(
        col(Task.user_id) == bindparam("user_id"),
        col(Task.done_at).is_(None),
        col(Task.due_on).is_not(None),
        col(Action.verb) == "update",
        col(Action.created_at) >= bindparam("since"),
        col(Action.undone_by_id).is_(None),
    )
    .group_by(col(Task.id))
    .having(bindparam("least") <= _TIMES)
    .order_by(_TIMES.desc(), col(Task.number))
    .limit(bindparam("limit"))
)
_CHANGED = func.max(col(Task.updated_at))
_COUNT_OPEN = func.count().filter(col(Task.done_at).is_(None))
_UNTOUCHED = (
    select(TaskList, _COUNT_OPEN, _CHANGED)
    .join(Task, col(Task.list_id) == col(TaskList.id))
    .where(
        col(TaskList.user_id) == bindparam("user_id"),
        col(Task.user_id) == bindparam("user_id"),
        col(TaskList.created_at) < bindparam("before"),
    )
    .group_by(col(TaskList.id))
    .having(bindparam("before") > _CHANGED, _COUNT_OPEN > 0)
    .order_by(_CHANGED)
    .limit(bindparam("limit"))
)
_DONE_TITLES = (
    select(col(Task.title), col(Task.done_at))
    .where(
        col(Task.user_id) == bindparam("user_id"),
        col(Task.done_at) >= bindparam("since"),
        col(Task.repeat) == "",
        col(Task.follows_id).is_(None),
    )
    .order_by(col(Task.done_at).desc())
    .limit(bindparam("limit"))
)
_ITEMS = (
    select(InboxItem)
    .where(col(InboxItem.user_id) == bindparam("user_id"), col(InboxItem.kind) == "suggestion")
    .order_by(col(InboxItem.created_at).desc())
)
_WEIGHTS = select(SuggestionWeight).where(col(SuggestionWeight.user_id) == bindparam("user_id"))


async def list_often_changed(
    session: AsyncSession, *, user_id: str, since: datetime, least: int, limit: int
) -> Sequence[Task]:
    """Return the open tasks with a due day that were changed so often, the most often changed first."""
    given = {"user_id": user_id, "since": since, "least": least, "limit": limit}
    return (await session.scalars(_OFTEN_CHANGED, given)).all()


async def list_changes_of(
    session: AsyncSession, *, user_id: str, object_ids: Sequence[str], since: datetime
) -> list[tuple[str, str]]:
    """Return what was changed of tasks and still stands, each the task's id and the changes as JSON."""
    if not object_ids:
        return []
    query = select(col(Action.object_id), col(Action.changes)).where(
        col(Action.user_id) == user_id,
        col(Action.object_id).in_(object_ids),
        col(Action.verb) == "update",
        col(Action.created_at) >= since,
        col(Action.undone_by_id).is_(None),
    )
    return [(object_id, changes) for object_id, changes in await session.execute(query)]


async def list_untouched(
    session: AsyncSession, *, user_id: str, before: datetime, limit: int
) -> list[tuple[TaskList, int, datetime]]:
    """Return the lists with open tasks of which nothing was changed since a moment: how many, and the last change."""
    found = await session.execute(_UNTOUCHED, {"user_id": user_id, "before": before, "limit": limit})
    return [(row, number, at) for row, number, at in found]


async def list_done_titles(
    session: AsyncSession, *, user_id: str, since: datetime, limit: int
) -> list[tuple[str, datetime]]:
    """Return the title and the moment of what was done and does not repeat, the last first."""
    found = await session.execute(_DONE_TITLES, {"user_id": user_id, "since": since, "limit": limit})
    return [(title, at) for title, at in found if at is not None]


async def list_open_titled(session: AsyncSession, *, user_id: str, titles: Sequence[str]) -> Sequence[Task]:
    """Return the open tasks with one of the titles, as it is written."""
    if not titles:
        return []
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.done_at).is_(None), col(Task.title).in_(titles))
    return (await session.scalars(query.order_by(col(Task.number)))).all()


async def find_done_titled(session: AsyncSession, *, user_id: str, title: str) -> Task | None:
    """Return the task with a title that was done last."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.done_at).is_not(None), col(Task.title) == title)
    return await session.scalar(query.order_by(col(Task.done_at).desc()).limit(1))


async def list_items(session: AsyncSession, *, user_id: str, lock: bool = False) -> Sequence[InboxItem]:
    """Return all suggestions that were made, answered or not, the newest first."""
    query = _ITEMS
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query, {"user_id": user_id})).all()


async def list_weights(session: AsyncSession, *, user_id: str) -> dict[str, float]:
    """Return the weights that a user has changed, by rule."""
    return {row.rule: row.weight for row in await session.scalars(_WEIGHTS, {"user_id": user_id})}


async def put_weight(session: AsyncSession, *, user_id: str, rule: str, weight: float, at: datetime) -> None:
    """Keep how much a user wants suggestions of a rule."""
    await session.merge(SuggestionWeight(user_id=user_id, rule=rule, weight=weight, updated_at=at))
