"""Queries of the ledger, and rows put back as it remembers them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from assistant_app.errors import NotFoundError
from assistant_app.models import Action, Event, InboxItem, Reminder, Schedule, Task, TaskList

Row = Task | TaskList | Reminder | Event | InboxItem | Schedule
TABLES: Mapping[str, type[Row]] = {
    "task_list": TaskList,
    "task": Task,
    "reminder": Reminder,
    "event": Event,
    "inbox_item": InboxItem,
    "schedule": Schedule,
}
# What a row points at; a restored one must not point at what is gone.
_POINTERS: Mapping[str, tuple[str, type[Row]]] = {"task": ("list_id", TaskList), "reminder": ("task_id", Task)}


def table_of(row: Row) -> str:
    """Return the name under which the ledger knows the row's table."""
    return next(name for name, table in TABLES.items() if isinstance(row, table))


def values_of(row: SQLModel) -> dict[str, Any]:
    """Return a row as values that JSON has."""
    return row.model_dump(mode="json")


async def get_action(session: AsyncSession, *, user_id: str, action_id: str) -> Action:
    """Return one action, locked until the end of the transaction."""
    query = select(Action).where(col(Action.id) == action_id, col(Action.user_id) == user_id).with_for_update()
    found = await session.scalar(query)
    if found is None:
        raise NotFoundError("That change is not in your activity.")
    return found


async def find_row(session: AsyncSession, *, user_id: str, table: str, row_id: str) -> Row | None:
    """Return a user's row, locked until the end of the transaction, None if it is gone."""
    model = TABLES[table]
    query = select(model).where(col(model.id) == row_id, col(model.user_id) == user_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def put_row(session: AsyncSession, *, user_id: str, table: str, values: Mapping[str, Any]) -> None:
    """Bring a row back to these values, whether it is there or not."""
    row = TABLES[table].model_validate({**values, "user_id": user_id})
    if pointer := _POINTERS.get(table):
        name, target = pointer
        pointed = getattr(row, name)
        if pointed and await session.get(target, pointed) is None:
            setattr(row, name, None)
    await session.merge(row)
    await session.flush()


async def list_pointing(session: AsyncSession, *, user_id: str, table: str, row_id: str) -> list[tuple[str, Row]]:
    """Return the rows that point at a row, each with its table's name."""
    found: list[tuple[str, Row]] = []
    for name, (column, target) in _POINTERS.items():
        if target is not TABLES[table]:
            continue
        model = TABLES[name]
        query = select(model).where(col(getattr(model, column)) == row_id, col(model.user_id) == user_id)
        found += [(name, row) for row in await session.scalars(query.with_for_update())]
    return found


async def part(session: AsyncSession, row: Row) -> Row | None:
    """Take a row from what it points at: a task stays without its list, a reminder of a task goes."""
    if isinstance(row, Task):
        row.list_id = None
        await session.flush()
        return row
    await session.delete(row)
    await session.flush()
    return None


async def list_undoable(
    session: AsyncSession, *, user_id: str, conversation_id: str | None, pages_since: datetime, limit: int
) -> Sequence[Action]:
    """Return what "undo" can mean, the newest first: changes of a conversation, and recent ones of pages."""
    here = and_(col(Action.source) == "page", col(Action.created_at) >= pages_since)
    if conversation_id is not None:
        here = or_(here, col(Action.conversation_id) == conversation_id)
    query = (
        select(Action)
        .where(col(Action.user_id) == user_id, col(Action.undone_by_id).is_(None), col(Action.source) != "undo", here)
        .order_by(col(Action.number).desc())
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def list_gesture(session: AsyncSession, *, user_id: str, gesture: str) -> Sequence[Action]:
    """Return what one message or click did and what was not taken back yet, the newest first."""
    query = select(Action).where(
        col(Action.user_id) == user_id, col(Action.gesture) == gesture, col(Action.undone_by_id).is_(None)
    )
    return (await session.scalars(query.order_by(col(Action.number).desc()))).all()


async def list_actions(  # noqa: PLR0913 - one filter each
    session: AsyncSession,
    *,
    user_id: str,
    since: datetime | None = None,
    until: datetime | None = None,
    kind: str = "",
    conversation_id: str = "",
    tool_call_ids: Sequence[str] | None = None,
    before_number: int | None = None,
    limit: int = 100,
) -> Sequence[Action]:
    """Return a user's actions, the newest first, as the filters say."""
    query = select(Action).where(col(Action.user_id) == user_id)
    if since is not None:
        query = query.where(col(Action.created_at) >= since)
    if until is not None:
        query = query.where(col(Action.created_at) < until)
    if kind:
        query = query.where(col(Action.kind) == kind)
    if conversation_id:
        query = query.where(col(Action.conversation_id) == conversation_id)
    if tool_call_ids is not None:
        query = query.where(col(Action.tool_call_id).in_(tool_call_ids))
    if before_number is not None:
        query = query.where(col(Action.number) < before_number)
    return (await session.scalars(query.order_by(col(Action.number).desc()).limit(limit))).all()


async def list_recent_ids(session: AsyncSession, *, user_id: str, limit: int) -> list[str]:
    """Return the ids of a user's newest actions, the newest first."""
    query = select(col(Action.id)).where(col(Action.user_id) == user_id).order_by(col(Action.number).desc())
    return list(await session.scalars(query.limit(limit)))


async def list_changes(session: AsyncSession, *, user_id: str, action_ids: Sequence[str]) -> list[str]:
    """Return the changes of actions, as JSON."""
    query = select(col(Action.changes)).where(col(Action.user_id) == user_id, col(Action.id).in_(action_ids))
    return list(await session.scalars(query))
