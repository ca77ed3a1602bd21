"""Queries of events."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Event
from assistant_app.repositories.parameters import USER_IDS

GONE = "That event is not there. It may have been deleted; the calendar shows those that you have."


# Put together once, since that takes longer than to run it.
_BETWEEN = (
    select(Event)
    .where(
        col(Event.user_id).in_(USER_IDS),
        col(Event.starts_at) <= bindparam("last"),
        or_(col(Event.repeat) != "", col(Event.ends_at) >= bindparam("first")),
    )
    .order_by(col(Event.starts_at), col(Event.number))
)


async def get_event(session: AsyncSession, *, user_id: str, event_id: str, lock: bool = False) -> Event:
    """Return one; with `lock`, others who want to change it wait until this transaction ends."""
    query = select(Event).where(col(Event.user_id) == user_id, col(Event.id) == event_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await session.scalar(query)
    if found is None:
        raise NotFoundError(GONE)
    return found


async def list_between(
    session: AsyncSession, *, user_ids: Collection[str], first: datetime, last: datetime
) -> Sequence[Event]:
    """Return the users' events that overlap a span of time, and all that repeat and began before its end."""
    return (await session.scalars(_BETWEEN, {"user_ids": list(user_ids), "first": first, "last": last})).all()


async def list_all(session: AsyncSession, *, user_id: str) -> Sequence[Event]:
    """Return all events of a user, by their numbers."""
    query = select(Event).where(col(Event.user_id) == user_id).order_by(col(Event.number))
    return (await session.scalars(query)).all()
