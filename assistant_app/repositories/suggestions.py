"""Queries of what suggestions are made from, of those that were made, and of how much people want of each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Action, InboxItem, SuggestionWeight, Task, TaskList


async def list_often_changed(
    session: AsyncSession, *, user_id: str, since: datetime, least: int, limit: int
) -> Sequence[Task]:
    """Return the open tasks with a due day that were changed so often, the most often changed first."""
    times = func.count(col(Action.number))
    query = (
        select(Task)
        .join(Action, (col(Action.object_id) == col(Task.id)) & (col(Action.user_id) == col(Task.user_id)))
        .where(
            col(Task.user_id) == user_id,
            col(Task.done_at).is_(None),
            col(Task.due_on).is_not(None),
            col(Action.verb) == "update",
            col(Action.created_at) >= since,
            col(Action.undone_by_id).is_(None),
        )
        .group_by(col(Task.id))
        .having(times >= least)
        .order_by(times.desc(), col(Task.number))
        .limit(limit)
    )
    return (await session.scalars(query)).all()


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
    last = func.max(col(Task.updated_at))
    count = func.count().filter(col(Task.done_at).is_(None))
    query = (
        select(TaskList, count, last)
        .join(Task, col(Task.list_id) == col(TaskList.id))
        .where(col(TaskList.user_id) == user_id, col(Task.user_id) == user_id, col(TaskList.created_at) < before)
        .group_by(col(TaskList.id))
        .having(last < before, count > 0)
        .order_by(last)
        .limit(limit)
    )
    return [(row, number, at) for row, number, at in await session.execute(query)]


async def list_done_titles(
    session: AsyncSession, *, user_id: str, since: datetime, limit: int
) -> list[tuple[str, datetime]]:
    """Return the title and the moment of what was done and does not repeat, the last first."""
    query = (
        select(col(Task.title), col(Task.done_at))
        .where(
            col(Task.user_id) == user_id,
            col(Task.done_at) >= since,
            col(Task.repeat) == "",
            col(Task.follows_id).is_(None),
        )
        .order_by(col(Task.done_at).desc())
        .limit(limit)
    )
    return [(title, at) for title, at in await session.execute(query) if at is not None]


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
    query = select(InboxItem).where(col(InboxItem.user_id) == user_id, col(InboxItem.kind) == "suggestion")
    query = query.order_by(col(InboxItem.created_at).desc())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def list_weights(session: AsyncSession, *, user_id: str) -> dict[str, float]:
    """Return the weights that a user has changed, by rule."""
    query = select(SuggestionWeight).where(col(SuggestionWeight.user_id) == user_id)
    return {row.rule: row.weight for row in await session.scalars(query)}


async def put_weight(session: AsyncSession, *, user_id: str, rule: str, weight: float, at: datetime) -> None:
    """Keep how much a user wants suggestions of a rule."""
    await session.merge(SuggestionWeight(user_id=user_id, rule=rule, weight=weight, updated_at=at))
