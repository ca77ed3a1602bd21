"""Queries of what may interrupt a user."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import InboxItem, Notifications


async def find_notifications(session: AsyncSession, *, user_id: str, lock: bool = False) -> Notifications | None:
    """Return what a user chose; with `lock`, others who want to change it wait until this transaction ends."""
    query = select(Notifications).where(col(Notifications.user_id) == user_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(query)


async def remove_item(session: AsyncSession, *, user_id: str, key: str) -> None:
    """Remove an item of the inbox that nobody will want back."""
    await session.execute(delete(InboxItem).where(col(InboxItem.user_id) == user_id, col(InboxItem.key) == key))
