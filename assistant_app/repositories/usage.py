"""Queries for what model calls used."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant_app.models import Usage, User


async def list_usage(session: AsyncSession, *, user_id: str, since: datetime) -> Sequence[Usage]:
    """List a user's model calls since a moment, the oldest first."""
    query = (
        select(Usage)
        .where(col(Usage.user_id) == user_id, col(Usage.created_at) >= since)
        .order_by(col(Usage.created_at))
    )
    return (await session.scalars(query)).all()


async def find_zone(session: AsyncSession, *, user_id: str) -> str | None:
    """Return the user's time zone, None if there is no such user."""
    return (await session.scalars(select(User.zone).where(col(User.id) == user_id))).one_or_none()
