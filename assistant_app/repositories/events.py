"""Queries of events."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Event

GONE = "That event is not there. It may have been deleted; the calendar shows those that you have."


async def get_event(session: AsyncSession, *, user_id: str, event_id: str, lock: bool = False) -> Event:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    query = select(Event).where(col(Event.user_id) == user_id, col(Event.id) == event_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_between(session: AsyncSession, *, user_id: str, first: datetime, last: datetime) -> Sequence[Event]:
    """Return the events that overlap a span of time, and all that repeat and began before its end."""
    query = select(Event).where(
        col(Event.user_id) == user_id,
        col(Event.starts_at) <= last,
        or_(col(Event.repeat) != "", col(Event.ends_at) >= first),
    )
    return (await session.scalars(query.order_by(col(Event.starts_at), col(Event.number)))).all()


async def list_all(session: AsyncSession, *, user_id: str) -> Sequence[Event]:
    """Return all events of a user, by their numbers."""
    query = select(Event).where(col(Event.user_id) == user_id).order_by(col(Event.number))
    return (await session.scalars(query)).all()
