"""Queries for what the assistant does by itself: whose runs wait for a yes, and what they have cost."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Message, Occurrence, Schedule, Usage


class Spent(NamedTuple):
    """What one schedule's calls of models came to; `cost` leaves out those without a known price."""

    schedule_id: str
    calls: int
    cost: float


async def get_schedule(session: AsyncSession, *, user_id: str, schedule_id: str) -> Schedule:
    """Return one schedule."""
    found = await find_schedule(session, user_id=user_id, schedule_id=schedule_id)
    if found is None:
        raise NotFoundError("That schedule is not there any more.")
    return found


async def find_schedule(session: AsyncSession, *, user_id: str, schedule_id: str) -> Schedule | None:
    """Return one schedule, None if it was deleted."""
    query = select(Schedule).where(col(Schedule.id) == schedule_id, col(Schedule.user_id) == user_id)
    return await session.scalar(query)


async def list_titles(session: AsyncSession, *, user_id: str, schedule_ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of schedules that are still there."""
    query = select(col(Schedule.id), col(Schedule.title)).where(
        col(Schedule.user_id) == user_id, col(Schedule.id).in_(list(schedule_ids))
    )
    return {row.id: row.title for row in await session.execute(query)}


async def list_titles_of_answers(session: AsyncSession, *, user_id: str, message_ids: Sequence[str]) -> dict[str, str]:
    """Return, by the answer, the titles of the schedules that asked for these answers."""
    if not message_ids:
        return {}
    query = (
        select(col(Message.id), col(Schedule.title))
        .join(Schedule, col(Schedule.id) == col(Message.schedule_id))
        .where(col(Message.user_id) == user_id, col(Message.id).in_(message_ids))
    )
    return {row.id: row.title for row in await session.execute(query)}


async def pause_schedule(
    session: AsyncSession, *, user_id: str, schedule_id: str, why: str, until: datetime | None, moment: datetime
) -> None:
    """Let a schedule rest until its owner resumes it or, if there is one, until a moment."""
    await session.execute(
        update(Schedule)
        .where(col(Schedule.id) == schedule_id, col(Schedule.user_id) == user_id)
        .values(enabled=False, paused_why=why, rests_until=until, next_at=None, updated_at=moment)
    )


async def end_rests(session: AsyncSession, *, user_id: str, at: datetime) -> bool:
    """Have the schedules of a user that rest go on at a moment; tell whether there are any."""
    result = await session.execute(
        update(Schedule)
        .where(col(Schedule.user_id) == user_id, col(Schedule.rests_until) > at)
        .values(rests_until=at)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount > 0


async def find_last_conversation(session: AsyncSession, *, user_id: str, schedule_id: str) -> str:
    """Return the conversation that a schedule asked in last, empty before its first run."""
    query = (
        select(col(Occurrence.conversation_id))
        .where(
            col(Occurrence.schedule_id) == schedule_id,
            col(Occurrence.user_id) == user_id,
            col(Occurrence.conversation_id) != "",
        )
        .order_by(col(Occurrence.due_at).desc())
        .limit(1)
    )
    return await session.scalar(query) or ""


async def note_answer(
    session: AsyncSession, *, user_id: str, schedule_id: str, conversation_id: str, message_id: str
) -> None:
    """Write down where the run of a schedule that goes on now has its answer written."""
    await session.execute(
        update(Occurrence)
        .where(
            col(Occurrence.schedule_id) == schedule_id,
            col(Occurrence.user_id) == user_id,
            col(Occurrence.state) == "running",
        )
        .values(conversation_id=conversation_id, message_id=message_id)
    )


async def find_running_answer(session: AsyncSession, *, user_id: str, schedule_id: str) -> str:
    """Return the answer of a schedule's run that goes on now, empty if there is none yet."""
    query = select(col(Occurrence.message_id)).where(
        col(Occurrence.schedule_id) == schedule_id,
        col(Occurrence.user_id) == user_id,
        col(Occurrence.state) == "running",
    )
    return await session.scalar(query.order_by(col(Occurrence.started_at).desc()).limit(1)) or ""


async def list_waiting(session: AsyncSession) -> Sequence[Occurrence]:
    """Return everybody's runs that wait for a yes, the oldest first."""
    query = select(Occurrence).where(col(Occurrence.state) == "waiting").order_by(col(Occurrence.due_at))
    return (await session.scalars(query)).all()


async def find_waiting(session: AsyncSession, *, user_id: str, message_id: str) -> Occurrence | None:
    """Return the run that waits for what its answer asked, locked until the end of the transaction."""
    query = select(Occurrence).where(
        col(Occurrence.message_id) == message_id,
        col(Occurrence.user_id) == user_id,
        col(Occurrence.state) == "waiting",
    )
    return await session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def claim_waiting(session: AsyncSession, *, user_id: str, occurrence_id: str, **values: Any) -> bool:
    """End a run that still waits; False if somebody was faster."""
    result = await session.execute(
        update(Occurrence)
        .where(
            col(Occurrence.id) == occurrence_id, col(Occurrence.user_id) == user_id, col(Occurrence.state) == "waiting"
        )
        .values(**values)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


async def find_cost(session: AsyncSession, *, user_id: str, message_id: str) -> float:
    """Return what the run that an answer belongs to has cost before."""
    query = select(func.max(col(Occurrence.cost))).where(
        col(Occurrence.message_id) == message_id, col(Occurrence.user_id) == user_id
    )
    return await session.scalar(query) or 0.0


async def list_spent(session: AsyncSession, *, user_id: str, since: datetime) -> list[Spent]:
    """Return what a user's schedules have cost since a moment, the dearest first."""
    cost = func.coalesce(func.sum(col(Usage.cost)), 0.0)
    query = (
        select(col(Usage.schedule_id), func.count(), cost)
        .where(col(Usage.user_id) == user_id, col(Usage.kind) == "job", col(Usage.created_at) >= since)
        .group_by(col(Usage.schedule_id))
        .order_by(cost.desc(), col(Usage.schedule_id))
    )
    return [Spent(*row) for row in await session.execute(query)]
