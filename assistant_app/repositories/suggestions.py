"""Queries of what suggestions are made from, of those that were made, and of how much people want of each.

What every summary asks is asked for many people at once. These statements are put together once, since that takes
longer than to run them; their parameters have the names of the arguments.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Action, InboxItem, SuggestionWeight, Task, TaskList
from assistant_app.repositories.parameters import USER_IDS

_TIMES = func.count(col(Action.number))
_OFTEN_CHANGED = (
    select(Task)
    .join(Action, (col(Action.object_id) == col(Task.id)) & (col(Action.user_id) == col(Task.user_id)))
    .where(
        col(Task.user_id).in_(USER_IDS),
        col(Task.done_at).is_(None),
        col(Task.due_on).is_not(None),
        col(Action.verb) == "update",
        col(Action.created_at) >= bindparam("since"),
        col(Action.undone_by_id).is_(None),
    )
    .group_by(col(Task.id))
    .having(bindparam("least") <= _TIMES)
    .order_by(_TIMES.desc(), col(Task.number))
)
_CHANGED = func.max(col(Task.updated_at))
_COUNT_OPEN = func.count().filter(col(Task.done_at).is_(None))
_UNTOUCHED = (
    select(TaskList, _COUNT_OPEN, _CHANGED)
    .join(Task, (col(Task.list_id) == col(TaskList.id)) & (col(Task.user_id) == col(TaskList.user_id)))
    .where(
        col(TaskList.user_id).in_(USER_IDS),
        col(TaskList.created_at) < bindparam("before"),
    )
    .group_by(col(TaskList.id))
    .having(bindparam("before") > _CHANGED, _COUNT_OPEN > 0)
    .order_by(_CHANGED)
)
_DONE = (
    select(
        col(Task.user_id),
        col(Task.title),
        col(Task.done_at),
        func.row_number().over(partition_by=col(Task.user_id), order_by=col(Task.done_at).desc()).label("place"),
    )
    .where(
        col(Task.user_id).in_(USER_IDS),
        col(Task.done_at) >= bindparam("since"),
        col(Task.repeat) == "",
        col(Task.follows_id).is_(None),
    )
    .subquery()
)
_DONE_TITLES = (
    select(_DONE.c.user_id, _DONE.c.title, _DONE.c.done_at)
    .where(_DONE.c.place <= bindparam("limit"))
    .order_by(_DONE.c.user_id, _DONE.c.place)
)
_ITEMS = (
    select(InboxItem)
    .where(col(InboxItem.user_id).in_(USER_IDS), col(InboxItem.kind) == "suggestion")
    .order_by(col(InboxItem.created_at).desc())
)
_WEIGHTS = select(SuggestionWeight).where(col(SuggestionWeight.user_id).in_(USER_IDS))


async def list_often_changed(
    session: AsyncSession, *, user_ids: Collection[str], since: datetime, least: int
) -> Sequence[Task]:
    """Return the users' open tasks with a due day that were changed so often, the most often changed first."""
    given = {"user_ids": list(user_ids), "since": since, "least": least}
    return (await session.scalars(_OFTEN_CHANGED, given)).all()


async def list_changes_of(
    session: AsyncSession, *, user_ids: Collection[str], object_ids: Collection[str], since: datetime
) -> list[tuple[str, str]]:
    """Return what was changed of tasks and still stands, each the task's id and the changes as JSON."""
    if not object_ids:
        return []
    query = select(col(Action.object_id), col(Action.changes)).where(
        col(Action.user_id).in_(user_ids),
        col(Action.object_id).in_(object_ids),
        col(Action.verb) == "update",
        col(Action.created_at) >= since,
        col(Action.undone_by_id).is_(None),
    )
    return [(object_id, changes) for object_id, changes in await session.execute(query)]


async def list_untouched(
    session: AsyncSession, *, user_ids: Collection[str], before: datetime
) -> list[tuple[TaskList, int, datetime]]:
    """Return the users' lists with open tasks of which nothing was changed since a moment, what rested longest first.

    Each has the count of its open tasks, and its last change.
    """
    found = await session.execute(_UNTOUCHED, {"user_ids": list(user_ids), "before": before})
    return [(row, number, at) for row, number, at in found]


async def list_done_titles(
    session: AsyncSession, *, user_ids: Collection[str], since: datetime, limit: int
) -> Mapping[str, list[tuple[str, datetime]]]:
    """Return, by user, the title and the moment of what was done and does not repeat, the last first."""
    found = await session.execute(_DONE_TITLES, {"user_ids": list(user_ids), "since": since, "limit": limit})
    done: defaultdict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for user_id, title, at in found:
        done[user_id].append((title, at))
    return done


async def list_open_titled(
    session: AsyncSession, *, user_ids: Collection[str], titles: Collection[str]
) -> Sequence[Task]:
    """Return the users' open tasks with one of the titles, as it is written."""
    if not titles:
        return []
    query = select(Task).where(
        col(Task.user_id).in_(user_ids), col(Task.done_at).is_(None), col(Task.title).in_(titles)
    )
    return (await session.scalars(query.order_by(col(Task.number)))).all()


async def find_done_titled(session: AsyncSession, *, user_id: str, title: str) -> Task | None:
    """Return the task with a title that was done last."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.done_at).is_not(None), col(Task.title) == title)
    return await session.scalar(query.order_by(col(Task.done_at).desc()).limit(1))


async def list_items(session: AsyncSession, *, user_ids: Collection[str], lock: bool = False) -> Sequence[InboxItem]:
    """Return all suggestions that were made to the users, answered or not, the newest first."""
    query = _ITEMS
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query, {"user_ids": list(user_ids)})).all()


async def list_weights(session: AsyncSession, *, user_ids: Collection[str]) -> dict[tuple[str, str], float]:
    """Return the weights that users have changed, by user and rule."""
    rows = await session.scalars(_WEIGHTS, {"user_ids": list(user_ids)})
    return {(row.user_id, row.rule): row.weight for row in rows}


async def put_weight(session: AsyncSession, *, user_id: str, rule: str, weight: float, at: datetime) -> None:
    """Keep how much a user wants suggestions of a rule."""
    await session.merge(SuggestionWeight(user_id=user_id, rule=rule, weight=weight, updated_at=at))
