"""Queries of conversations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, delete, exists, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Conversation, Run

GONE = "That conversation is not there. It may have been deleted; the list shows those that you have."

Shelf = Literal["list", "archive", "trash"]


@dataclass(frozen=True)
class Cursor:
    """The last conversation of a page: the next page starts after it."""

    pinned: bool
    touched_at: datetime
    id: str


def _on_shelf(shelf: Shelf) -> ColumnElement[bool]:
    if shelf == "trash":
        return col(Conversation.deleted_at).is_not(None)
    archived = col(Conversation.archived_at)
    return and_(
        col(Conversation.deleted_at).is_(None),
        archived.is_not(None) if shelf == "archive" else archived.is_(None),
    )


# Put together once, since that takes longer than to run them.
_ONE = select(Conversation).where(
    col(Conversation.id) == bindparam("conversation_id"), col(Conversation.user_id) == bindparam("user_id")
)
_ONE_LOCKED = _ONE.with_for_update()


async def get_conversation(
    session: AsyncSession, *, user_id: str, conversation_id: str, lock: bool = False
) -> Conversation:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    given = {"conversation_id": conversation_id, "user_id": user_id}
    found = await session.scalar(_ONE_LOCKED if lock else _ONE, given)
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_conversations(
    session: AsyncSession, *, user_id: str, shelf: Shelf, limit: int, after: Cursor | None = None
) -> list[tuple[Conversation, bool]]:
    """Return conversations with whether an answer is being written, pinned ones first, then by the last touch."""
    found: list[tuple[Conversation, bool]] = []
    if after is None or after.pinned:
        found = await _list_part(session, user_id=user_id, shelf=shelf, pinned=True, limit=limit, after=after)
    if len(found) < limit:
        after = None if after is None or after.pinned else after
        rest = limit - len(found)
        found += await _list_part(session, user_id=user_id, shelf=shelf, pinned=False, limit=rest, after=after)
    return found


async def _list_part(
    session: AsyncSession, *, user_id: str, shelf: Shelf, pinned: bool, limit: int, after: Cursor | None
) -> list[tuple[Conversation, bool]]:
    order = tuple_(col(Conversation.touched_at), col(Conversation.id))
    running = exists().where(col(Run.conversation_id) == col(Conversation.id), col(Run.status) == "running")
    pinned_at = col(Conversation.pinned_at)
    statement = (
        select(Conversation, running)
        .where(
            col(Conversation.user_id) == user_id,
            _on_shelf(shelf),
            pinned_at.is_not(None) if pinned else pinned_at.is_(None),
        )
        .order_by(col(Conversation.touched_at).desc(), col(Conversation.id).desc())
        .limit(limit)
    )
    if after is not None:
        # The first condition lets the index start in the right place on databases that do not do so for pairs.
        statement = statement.where(
            col(Conversation.touched_at) <= after.touched_at,
            or_(col(Conversation.touched_at) < after.touched_at, order < tuple_(after.touched_at, after.id)),
        )
    return [(row, is_running) for row, is_running in await session.execute(statement)]


async def list_all(session: AsyncSession, *, user_id: str) -> list[Conversation]:
    """Return all conversations that are not in the trash, oldest first."""
    statement = (
        select(Conversation)
        .where(col(Conversation.user_id) == user_id, col(Conversation.deleted_at).is_(None))
        .order_by(col(Conversation.created_at), col(Conversation.id))
    )
    return list(await session.scalars(statement))


async def list_titles(session: AsyncSession, *, user_id: str, ids: Collection[str]) -> dict[str, str]:
    """Return the titles of those of these conversations that are not in the trash, by id."""
    statement = select(col(Conversation.id), col(Conversation.title)).where(
        col(Conversation.user_id) == user_id, col(Conversation.deleted_at).is_(None), col(Conversation.id).in_(ids)
    )
    found = await session.execute(statement)
    return dict(row for row in found)


async def change_conversation(session: AsyncSession, *, user_id: str, conversation_id: str, **values: Any) -> None:
    """Set columns of one conversation."""
    statement = (
        update(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.user_id) == user_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if await _changed(session, statement) == 0:
        raise NotFoundError(GONE)


async def remove_conversation(session: AsyncSession, *, user_id: str, conversation_id: str) -> None:
    """Remove one with all its messages."""
    statement = delete(Conversation).where(
        col(Conversation.id) == conversation_id, col(Conversation.user_id) == user_id
    )
    if await _changed(session, statement) == 0:
        raise NotFoundError(GONE)


async def remove_trash(session: AsyncSession, *, user_id: str) -> list[str]:
    """Remove everything in a user's trash, and return the ids of the conversations."""
    statement = (
        delete(Conversation)
        .where(col(Conversation.user_id) == user_id, col(Conversation.deleted_at).is_not(None))
        .returning(col(Conversation.id))
    )
    return list(await session.scalars(statement))


async def remove_deleted_before(session: AsyncSession, *, moment: datetime) -> list[tuple[str, str]]:
    """Remove what any user moved to the trash before `moment`, and return the id and the owner of each."""
    statement = (
        delete(Conversation)
        .where(col(Conversation.deleted_at) < moment)
        .returning(col(Conversation.id), col(Conversation.user_id))
    )
    return [(conversation_id, user_id) for conversation_id, user_id in await session.execute(statement)]


async def _changed(session: AsyncSession, statement: Any) -> int:
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what a change returns
    return result.rowcount
