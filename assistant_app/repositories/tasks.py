"""Queries of tasks and their lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Reminder, Task, TaskList

GONE = "That task is not there. It may have been deleted; the task list shows those that you have."
LIST_GONE = "That list is not there. It may have been deleted; the task page shows those that you have."

View = Literal["open", "today", "upcoming", "overdue", "done", "all"]


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks are wanted, as seen on `today` at the moment `now`."""

    view: View
    today: date
    now: datetime
    list_id: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    ids: Sequence[str] | None = None


@dataclass(frozen=True)
class ListCounts:
    """How many open tasks one list has, or `list_id` None; `today` is due on the day."""

    list_id: str | None
    open: int
    today: int
    upcoming: int
    overdue: int


async def get_task(session: AsyncSession, *, user_id: str, task_id: str, lock: bool = False) -> Task:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    found = await list_by_ids(session, user_id=user_id, task_ids=[task_id], lock=lock)
    if not found:
        raise NotFoundError(GONE)
    return found[0]


async def list_by_ids(
    session: AsyncSession, *, user_id: str, task_ids: Sequence[str], lock: bool = False
) -> Sequence[Task]:
    """Return those of the tasks that are there, in the order in which they were made."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids)).order_by(col(Task.number))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def list_tasks(
    session: AsyncSession, *, user_id: str, wanted: TaskFilter, limit: int, offset: int = 0, lock: bool = False
) -> Sequence[Task]:
    """Return a page of the wanted tasks, in the order that suits the view."""
    query = select(Task).where(*_conditions(user_id, wanted)).order_by(*_order(wanted)).limit(limit).offset(offset)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def count_wanted(session: AsyncSession, *, user_id: str, wanted: TaskFilter) -> int:
    """Return how many tasks are wanted."""
    query = select(func.count()).select_from(Task).where(*_conditions(user_id, wanted))
    return (await session.execute(query)).scalar_one()


async def list_texts(session: AsyncSession, *, user_id: str) -> Sequence[tuple[str, str, str]]:
    """Return the id, title and notes of every task."""
    query = select(col(Task.id), col(Task.title), col(Task.notes)).where(col(Task.user_id) == user_id)
    return [(task_id, title, notes) for task_id, title, notes in await session.execute(query)]


async def count_open(session: AsyncSession, *, user_id: str, today: date, now: datetime) -> list[ListCounts]:
    """Count the open tasks of each list, and of none."""
    counted = [func.sum(case((condition, 1), else_=0)) for condition in _due_conditions(today, now)]
    query = (
        select(col(Task.list_id), func.count(), *counted)
        .where(col(Task.user_id) == user_id, col(Task.done_at).is_(None))
        .group_by(col(Task.list_id))
    )
    return [ListCounts(*row) for row in await session.execute(query)]


async def count_done(session: AsyncSession, *, user_id: str) -> int:
    """Return how many tasks are done."""
    query = select(func.count()).select_from(Task).where(col(Task.user_id) == user_id, col(Task.done_at).is_not(None))
    return (await session.execute(query)).scalar_one()


async def find_follower(session: AsyncSession, *, user_id: str, task_id: str) -> Task | None:
    """Return the task that came when a recurring one was completed."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.follows_id) == task_id).with_for_update()
    return (await session.scalars(query.order_by(col(Task.number)).limit(1))).first()


async def list_reminders_of(session: AsyncSession, *, user_id: str, task_id: str) -> Sequence[Reminder]:
    """Return the reminders of a task, locked."""
    query = select(Reminder).where(col(Reminder.user_id) == user_id, col(Reminder.task_id) == task_id)
    return (await session.scalars(query.order_by(col(Reminder.number)).with_for_update())).all()


async def next_reminders(session: AsyncSession, *, user_id: str, task_ids: Sequence[str]) -> Mapping[str, datetime]:
    """Return when each of the tasks is reminded of next, if it is."""
    query = (
        select(col(Reminder.task_id), func.min(col(Reminder.next_at)))
        .where(
            col(Reminder.user_id) == user_id,
            col(Reminder.task_id).in_(task_ids),
            col(Reminder.next_at).is_not(None),
        )
        .group_by(col(Reminder.task_id))
    )
    return {task_id: at for task_id, at in await session.execute(query) if task_id is not None and at is not None}


async def last_position(session: AsyncSession, *, user_id: str) -> float:
    """Return the position of the last task."""
    query = select(func.max(col(Task.position))).where(col(Task.user_id) == user_id)
    return await session.scalar(query) or 0.0


async def first_position(session: AsyncSession, *, user_id: str) -> float:
    """Return the position of the first task."""
    query = select(func.min(col(Task.position))).where(col(Task.user_id) == user_id)
    return await session.scalar(query) or 0.0


async def position_after(session: AsyncSession, *, user_id: str, position: float) -> float | None:
    """Return the next position that a task has after this one."""
    query = select(func.min(col(Task.position))).where(col(Task.user_id) == user_id, col(Task.position) > position)
    return await session.scalar(query)


async def list_in_order(session: AsyncSession, *, user_id: str, lock: bool = False) -> Sequence[Task]:
    """Return all tasks as they are ordered by hand."""
    query = select(Task).where(col(Task.user_id) == user_id).order_by(col(Task.position), col(Task.number))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


async def list_lists(session: AsyncSession, *, user_id: str) -> Sequence[TaskList]:
    """Return the lists of a user, in their order."""
    query = select(TaskList).where(col(TaskList.user_id) == user_id)
    return (await session.scalars(query.order_by(col(TaskList.position), col(TaskList.id)))).all()


async def get_list(session: AsyncSession, *, user_id: str, list_id: str) -> TaskList:
    """Return one list, locked until the end of the transaction."""
    query = select(TaskList).where(col(TaskList.user_id) == user_id, col(TaskList.id) == list_id)
    found = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError(LIST_GONE)
    return found


async def list_of_list(session: AsyncSession, *, user_id: str, list_id: str) -> Sequence[Task]:
    """Return all tasks of a list, done ones included, locked."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.list_id) == list_id)
    query = query.order_by(col(Task.number)).with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(query)).all()


def _due_conditions(today: date, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what makes a task due today, later, and overdue."""
    due_on, due_at = col(Task.due_on), col(Task.due_at)
    overdue = or_(due_at < now, and_(due_at.is_(None), due_on < today))
    return due_on == today, due_on > today, overdue


def _conditions(user_id: str, wanted: TaskFilter) -> list[ColumnElement[bool]]:
    is_today, is_upcoming, is_overdue = _due_conditions(wanted.today, wanted.now)
    conditions: list[ColumnElement[bool]] = [col(Task.user_id) == user_id]
    if wanted.view == "done":
        conditions.append(col(Task.done_at).is_not(None))
    elif wanted.view != "all":
        conditions.append(col(Task.done_at).is_(None))
    by_view: dict[str, Any] = {"today": is_today, "upcoming": is_upcoming, "overdue": is_overdue}
    if wanted.view in by_view:
        conditions.append(by_view[wanted.view])
    if wanted.list_id is not None:
        conditions.append(col(Task.list_id) == wanted.list_id)
    if wanted.due_from is not None:
        conditions.append(col(Task.due_on) >= wanted.due_from)
    if wanted.due_to is not None:
        conditions.append(col(Task.due_on) <= wanted.due_to)
    if wanted.ids is not None:
        conditions.append(col(Task.id).in_(wanted.ids))
    return conditions


def _order(wanted: TaskFilter) -> list[ColumnElement[Any]]:
    """Return the order by hand where people see all tasks, and the order of time where they look at a time."""
    by_hand: list[ColumnElement[Any]] = [col(Task.position).asc(), col(Task.number).asc()]
    if wanted.view == "done":
        return [col(Task.done_at).desc(), col(Task.number).desc()]
    if wanted.view in ("open", "all") and wanted.due_from is None and wanted.due_to is None:
        return by_hand
    day_only_last = case((col(Task.due_at).is_(None), 1), else_=0)
    return [col(Task.due_on).asc(), day_only_last.asc(), col(Task.due_at).asc(), col(Task.priority).desc(), *by_hand]
