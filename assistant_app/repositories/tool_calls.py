"""Queries of calls of tools, approvals, policies, and what conversations talk about."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from assistant_app.errors import NotFoundError
from assistant_app.models import Action, Approval, Focus, ToolCall, ToolPolicy
from assistant_app.repositories.parameters import USER_IDS


async def list_calls(session: AsyncSession, *, user_id: str, message_ids: Iterable[str]) -> Sequence[ToolCall]:
    """Return the calls that these answers made, in the order in which they were made."""
    query = (
        select(ToolCall)
        .where(col(ToolCall.user_id) == user_id, col(ToolCall.message_id).in_(list(message_ids)))
        .order_by(col(ToolCall.message_id), col(ToolCall.step), col(ToolCall.place))
    )
    return (await session.scalars(query)).all()


async def list_conversation_calls(session: AsyncSession, *, user_id: str, conversation_id: str) -> Sequence[ToolCall]:
    """Return the calls of a conversation, on whichever branch, in the order in which they were made."""
    query = (
        select(ToolCall)
        .where(col(ToolCall.conversation_id) == conversation_id, col(ToolCall.user_id) == user_id)
        .order_by(col(ToolCall.message_id), col(ToolCall.step), col(ToolCall.place))
    )
    return (await session.scalars(query)).all()


async def list_calls_in(
    session: AsyncSession, *, user_id: str, conversation_ids: Iterable[str]
) -> dict[str, list[ToolCall]]:
    """Return the calls of several conversations by the answer that made them, in order."""
    query = (
        select(ToolCall)
        .where(col(ToolCall.conversation_id).in_(list(conversation_ids)), col(ToolCall.user_id) == user_id)
        .order_by(col(ToolCall.step), col(ToolCall.place))
    )
    found: dict[str, list[ToolCall]] = {}
    for call in await session.scalars(query):
        found.setdefault(call.message_id, []).append(call)
    return found


async def list_actions_of(session: AsyncSession, *, user_id: str, call_ids: Iterable[str]) -> Sequence[Action]:
    """Return what these calls changed, undos not counted."""
    query = select(Action).where(
        col(Action.user_id) == user_id,
        col(Action.tool_call_id).in_(list(call_ids)),
        col(Action.source) != "undo",
    )
    return (await session.scalars(query.order_by(col(Action.number)))).all()


async def list_calls_of_approval(session: AsyncSession, *, user_id: str, approval_id: str) -> Sequence[ToolCall]:
    """Return the calls that wait for one approval, the oldest first."""
    query = (
        select(ToolCall)
        .where(col(ToolCall.user_id) == user_id, col(ToolCall.approval_id) == approval_id)
        .order_by(col(ToolCall.started_at), col(ToolCall.id))
    )
    return (await session.scalars(query)).all()


async def count_waiting_calls(session: AsyncSession, *, user_id: str, message_id: str) -> int:
    """Return how many calls of an answer still wait for an approval."""
    query = select(col(ToolCall.id)).where(
        col(ToolCall.user_id) == user_id, col(ToolCall.message_id) == message_id, col(ToolCall.status) == "waiting"
    )
    return len((await session.scalars(query)).all())


async def get_approval(session: AsyncSession, *, user_id: str, approval_id: str) -> Approval:
    """Return one approval."""
    query = select(Approval).where(col(Approval.id) == approval_id, col(Approval.user_id) == user_id)
    found = await session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFoundError("That question is not there any more.")
    return found


async def find_same_approval(session: AsyncSession, *, user_id: str, tool: str, arguments_hash: str) -> Approval | None:
    """Return the approval that waits for the same call already, if there is one."""
    query = select(Approval).where(
        col(Approval.user_id) == user_id,
        col(Approval.tool) == tool,
        col(Approval.arguments_hash) == arguments_hash,
        col(Approval.status) == "waiting",
    )
    return await session.scalar(query)


# Put together once, since that takes longer than to run it.
_WAITING = (
    select(Approval)
    .where(
        col(Approval.user_id).in_(USER_IDS),
        col(Approval.status) == "waiting",
        col(Approval.expires_at) > bindparam("moment"),
    )
    .order_by(col(Approval.created_at), col(Approval.id))
)


async def list_waiting(
    session: AsyncSession, *, user_ids: Collection[str], conversation_id: str | None, moment: datetime
) -> Sequence[Approval]:
    """Return what waits for the users' yes and has not expired, the oldest first."""
    query = _WAITING
    if conversation_id is not None:
        asked_here = select(col(ToolCall.approval_id)).where(
            col(ToolCall.user_id).in_(user_ids),
            col(ToolCall.conversation_id) == conversation_id,
            col(ToolCall.status) == "waiting",
        )
        query = query.where(col(Approval.id).in_(asked_here))
    return (await session.scalars(query, {"user_ids": list(user_ids), "moment": moment})).all()


async def list_answered(session: AsyncSession, *, user_id: str, limit: int) -> Sequence[Approval]:
    """Return what was decided or has expired, the newest decision first."""
    query = select(Approval).where(col(Approval.user_id) == user_id, col(Approval.decided_at).is_not(None))
    return (await session.scalars(query.order_by(col(Approval.decided_at).desc()).limit(limit))).all()


async def claim_approval(session: AsyncSession, *, user_id: str, approval_id: str, **values: Any) -> bool:
    """Decide an approval that still waits; False if somebody was faster. Whoever gets True, and nobody else, acts."""
    result = await session.execute(
        update(Approval)
        .where(col(Approval.id) == approval_id, col(Approval.user_id) == user_id, col(Approval.status) == "waiting")
        .values(**values)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


async def list_expired(session: AsyncSession, *, moment: datetime) -> Sequence[Approval]:
    """Return the approvals of all users that waited too long."""
    query = select(Approval).where(col(Approval.status) == "waiting", col(Approval.expires_at) <= moment)
    return (await session.scalars(query)).all()


async def list_policies(session: AsyncSession, *, user_id: str) -> dict[str, str]:
    """Return what the user decided, by the tool's name."""
    query = select(ToolPolicy).where(col(ToolPolicy.user_id) == user_id)
    return {row.tool: row.policy for row in await session.scalars(query)}


async def find_focus(session: AsyncSession, *, user_id: str, conversation_id: str) -> Focus | None:
    """Return what a conversation talked about last."""
    query = select(Focus).where(col(Focus.conversation_id) == conversation_id, col(Focus.user_id) == user_id)
    return await session.scalar(query)


async def forget_conversations(session: AsyncSession, *, ids: Sequence[str]) -> None:
    """Remove what calls, approvals and focus remember of conversations that are gone."""
    for table in (ToolCall, Approval, Focus):
        await session.execute(delete(table).where(col(table.conversation_id).in_(ids)))


async def forget_conversations_named(session: AsyncSession, *, prefix: str) -> None:
    """Remove the same of all conversations whose ids start with a prefix."""
    for table in (ToolCall, Approval, Focus):
        await session.execute(delete(table).where(col(table.conversation_id).startswith(prefix, autoescape=True)))
