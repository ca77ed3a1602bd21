"""The numbers by which people speak of their tasks, reminders and events."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_TAKE = text(
    "INSERT INTO counter (user_id, kind, last) VALUES (:user_id, :kind, :count) "
    "ON CONFLICT (user_id, kind) DO UPDATE SET last = counter.last + :count RETURNING last"
)


async def take_number(session: AsyncSession, *, user_id: str, kind: str) -> int:
    """Return the next number of a kind; whoever wants one as well waits until this transaction ends."""
    return await take_numbers(session, user_id=user_id, kind=kind, count=1)


async def take_numbers(session: AsyncSession, *, user_id: str, kind: str, count: int) -> int:
    """Take as many numbers as are wanted at once, and return the first of them."""
    taken = await session.execute(_TAKE, {"user_id": user_id, "kind": kind, "count": count})
    return taken.scalar_one() - count + 1
