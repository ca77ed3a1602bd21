"""Queries of runs."""

from datetime import datetime

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Message, Run

GONE = "That answer is not there. Its conversation may have been deleted."

# Put together once, since that takes longer than to run them.
_ONE = select(Run).where(col(Run.id) == bindparam("run_id"), col(Run.user_id) == bindparam("user_id"))
_RUNNING = select(Run).where(
    col(Run.conversation_id) == bindparam("conversation_id"),
    col(Run.user_id) == bindparam("user_id"),
    col(Run.status) == "running",
)


async def get_run(session: AsyncSession, *, user_id: str, run_id: str) -> Run:
    """Return one run."""
    found = await session.scalar(_ONE, {"run_id": run_id, "user_id": user_id})
    if found is None:
        raise NotFoundError(GONE)
    return found


async def find_running(session: AsyncSession, *, user_id: str, conversation_id: str) -> Run | None:
    """Return the run that writes in a conversation now."""
    return await session.scalar(_RUNNING, {"conversation_id": conversation_id, "user_id": user_id})


async def find_last(session: AsyncSession, *, user_id: str, message_id: str) -> Run | None:
    """Return the run that wrote on an answer last."""
    query = select(Run).where(col(Run.message_id) == message_id, col(Run.user_id) == user_id)
    return await session.scalar(query.order_by(col(Run.started_at).desc()).limit(1))


async def save_text(session: AsyncSession, *, user_id: str, run_id: str, text: str, reasoning: str) -> bool:
    """Write what a running run has so far; False if it does not run."""
    running = select(col(Run.message_id)).where(
        col(Run.id) == run_id, col(Run.user_id) == user_id, col(Run.status) == "running"
    )
    statement = (
        update(Message)
        .where(col(Message.id) == running.scalar_subquery(), col(Message.user_id) == user_id)
        .values(text=text, reasoning=reasoning)
        .execution_options(synchronize_session=False)
    )
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an update returns
    return result.rowcount > 0


async def interrupt_all(session: AsyncSession, *, moment: datetime) -> int:
    """Mark every run of every user that is left running, and its message, as interrupted."""
    result = await session.execute(
        update(Run)
        .where(col(Run.status) == "running")
        .values(status="interrupted", finished_at=moment)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Message)
        .where(col(Message.status) == "running")
        .values(status="interrupted")
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an update returns
    return result.rowcount
