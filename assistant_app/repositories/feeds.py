"""Queries of the private addresses of calendars."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import CalendarFeed, User


async def find_feed(session: AsyncSession, *, user_id: str) -> CalendarFeed | None:
    """Return a user's address."""
    return await session.scalar(select(CalendarFeed).where(col(CalendarFeed.user_id) == user_id))


async def find_owner(session: AsyncSession, *, token_hash: str) -> str | None:
    """Return whose address this is, if they may come in."""
    query = (
        select(col(CalendarFeed.user_id))
        .join(User, col(User.id) == col(CalendarFeed.user_id))
        .where(col(CalendarFeed.token_hash) == token_hash, col(User.disabled_at).is_(None))
    )
    return await session.scalar(query)


async def add_feed(session: AsyncSession, *, user_id: str, token_hash: str) -> None:
    """Add an address."""
    session.add(CalendarFeed(user_id=user_id, token_hash=token_hash))
    await session.flush()


async def remove_feeds(session: AsyncSession, *, user_id: str) -> None:
    """Remove a user's address."""
    await session.execute(delete(CalendarFeed).where(col(CalendarFeed.user_id) == user_id))


async def touch_feed(session: AsyncSession, *, token_hash: str, at: datetime) -> None:
    """Note when an address was read."""
    await session.execute(update(CalendarFeed).where(col(CalendarFeed.token_hash) == token_hash).values(read_at=at))
