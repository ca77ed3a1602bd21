"""Queries of whatever a sentence can mean: the numbers and titles of tasks, reminders and events."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Event, Reminder, Task

Kind = Literal["task", "reminder", "event"]
KINDS: tuple[Kind, ...] = ("task", "reminder", "event")


class Titled(NamedTuple):
    """Something that has a number and a title."""

    kind: Kind
    id: str
    number: int
    title: str
    done: bool


# Where each kind has its title, and the time at which it was done; events are never done.
_COLUMNS: Mapping[Kind, tuple[Any, Any]] = {
    "task": (col(Task.title), col(Task.done_at)),
    "reminder": (col(Reminder.text), col(Reminder.done_at)),
    "event": (col(Event.title), null()),
}
_TABLES: Mapping[Kind, Any] = {"task": Task, "reminder": Reminder, "event": Event}


async def list_titled(session: AsyncSession, *, user_id: str, kinds: Sequence[str], done: bool | None) -> list[Titled]:
    """Return what a user has of these kinds, done or not; `done` None means both."""
    found: list[Titled] = []
    for kind in KINDS:
        if kind in kinds and not (kind == "event" and done):
            done_at = _COLUMNS[kind][1]
            conditions = [] if done is None else [done_at.is_not(None) if done else done_at.is_(None)]
            found += await _list(session, user_id, kind, conditions)
    return found


async def list_named(
    session: AsyncSession, *, user_id: str, kinds: Sequence[str], number: int | None = None, ids: Sequence[str] = ()
) -> list[Titled]:
    """Return what has this number or, if none is given, one of these ids, whether it is done or not."""
    found: list[Titled] = []
    for kind in KINDS:
        if kind in kinds:
            table = _TABLES[kind]
            named = col(table.id).in_(ids) if number is None else col(table.number) == number
            found += await _list(session, user_id, kind, [named])
    return found


async def list_rows(session: AsyncSession, *, user_id: str, ids: Sequence[str]) -> dict[str, Task | Reminder | Event]:
    """Return the rows with these ids."""
    found: dict[str, Task | Reminder | Event] = {}
    for table in _TABLES.values():
        query = select(table).where(col(table.user_id) == user_id, col(table.id).in_(ids))
        found |= {row.id: row for row in await session.scalars(query)}
    return found


async def _list(
    session: AsyncSession, user_id: str, kind: Kind, conditions: Sequence[ColumnElement[bool]]
) -> list[Titled]:
    table, (title, done_at) = _TABLES[kind], _COLUMNS[kind]
    query = select(col(table.id), col(table.number), title, done_at).where(col(table.user_id) == user_id, *conditions)
    return [
        Titled(kind, row_id, number, text, at is not None) for row_id, number, text, at in await session.execute(query)
    ]
