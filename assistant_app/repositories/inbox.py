"""Queries of the inbox."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import InboxItem

GONE = "That is not in your inbox any more."
OPEN = ("new", "read")


async def list_by_keys(
    session: AsyncSession, *, user_ids: Collection[str], keys: Collection[str]
) -> Sequence[InboxItem]:
    """Return the items of any of these people about any of these matters."""
    if not keys:
        return []
    query = select(InboxItem).where(col(InboxItem.user_id).in_(user_ids), col(InboxItem.key).in_(keys))
    return (await session.scalars(query)).all()


async def get_item(session: AsyncSession, *, user_id: str, item_id: str) -> InboxItem:
    """Return one item, locked until the end of the transaction."""
    query = select(InboxItem).where(col(InboxItem.user_id) == user_id, col(InboxItem.id) == item_id)
    found = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_items(  # noqa: PLR0913 - one filter each
    session: AsyncSession,
    *,
    user_id: str,
    kind: str,
    states: Sequence[str],
    at: datetime,
    limit: int,
    snoozed: bool = False,
) -> Sequence[InboxItem]:
    """Return items, the newest first, and those that are answered by when they were.

    Of the open ones these are those that are `snoozed` at the moment `at`, or those that are not.
    """
    snoozed_until = col(InboxItem.snoozed_until)
    is_there = snoozed_until > at if snoozed else or_(snoozed_until.is_(None), snoozed_until <= at)
    query = select(InboxItem).where(
        col(InboxItem.user_id) == user_id,
        col(InboxItem.state).in_(states),
        or_(col(InboxItem.state).not_in(OPEN), is_there),
    )
    if kind:
        query = query.where(col(InboxItem.kind) == kind)
    newest = func.coalesce(col(InboxItem.resolved_at), col(InboxItem.created_at)).desc()
    return (await session.scalars(query.order_by(newest, col(InboxItem.id).desc()).limit(limit))).all()


async def count_new(session: AsyncSession, *, user_id: str, at: datetime) -> int:
    """Return how many items nobody has looked at."""
    snoozed_until = col(InboxItem.snoozed_until)
    query = (
        select(func.count())
        .select_from(InboxItem)
        .where(
            col(InboxItem.user_id) == user_id,
            col(InboxItem.state) == "new",
            or_(snoozed_until.is_(None), snoozed_until <= at),
        )
    )
    return (await session.execute(query)).scalar_one()


async def list_open_about(session: AsyncSession, *, user_id: str, subject_id: str) -> Sequence[InboxItem]:
    """Return the open items about an object, the newest first, locked until the end of the transaction."""
    query = (
        select(InboxItem)
        .where(
            col(InboxItem.user_id) == user_id,
            col(InboxItem.subject_id) == subject_id,
            col(InboxItem.state).in_(OPEN),
        )
        .order_by(col(InboxItem.created_at).desc(), col(InboxItem.id).desc())
    )
    return (await session.scalars(query.with_for_update().execution_options(populate_existing=True))).all()


async def wake_items(session: AsyncSession, *, at: datetime) -> list[str]:
    """Bring back what was snoozed until a moment that has come, of all users; return the owner of each.

    It came anew at that moment. A reminder comes by itself, and takes the place of what was snoozed.
    """
    query = (
        update(InboxItem)
        .where(col(InboxItem.snoozed_until) <= at, col(InboxItem.state).in_(OPEN), col(InboxItem.kind) != "reminder")
        .values(snoozed_until=None, state="new", read_at=None, created_at=at)
        .returning(col(InboxItem.user_id))
    )
    return list((await session.scalars(query)).all())
