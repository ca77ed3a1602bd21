"""Calls that wait for a person's yes: durable, the same on every device, and carried out at most once."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import ConflictError
from assistant_app.models import Approval, ToolCall
from assistant_app.repositories import database, initiative
from assistant_app.repositories import tool_calls as queries
from assistant_app.services import focus
from assistant_app.services.grouping import by_user
from assistant_app.services.tool_calls import (
    CallPlace,
    CallView,
    NewCall,
    Outcome,
    as_json,
    calls_topic,
    do_or_take_back,
    list_calls,
    put_call,
    settled,
)

TOPIC = "approvals"
LASTS = timedelta(hours=24)
_AUDIT = structlog.get_logger("steward.audit")
_ANSWERED = "That question was answered already, here or on another device."
_EXPIRED = "That question is older than a day, so it expired. Ask again if you still want it."


@dataclass(frozen=True)
class ApprovalView:
    """A call that waits for a yes. `summary` says in our words what it would do, from the arguments kept here.

    `status` is waiting or, once it is decided, approved, denied or expired. `schedule` is the title of the schedule
    whose run asked, empty if a person's chat did.
    """

    id: str
    tool: str
    arguments: dict[str, Any]
    summary: str
    conversation_id: str
    message_id: str
    created_at: datetime
    expires_at: datetime
    status: str
    decided_at: datetime | None
    schedule: str = ""


@dataclass(frozen=True)
class Approved:
    """What the work of an approved call gets: its tool, the exact arguments, and the record it belongs to."""

    tool: str
    arguments: dict[str, Any]
    tool_call_id: str
    at: CallPlace


@dataclass(frozen=True)
class Decision:
    """How a question was answered. `resumable` are answers none of whose calls wait any more: they can go on."""

    approved: bool
    tool: str
    arguments: dict[str, Any]
    outcome: Outcome
    resumable: tuple[tuple[str, str], ...]
    """Each a conversation's id and a message's."""


ApprovedWork = Callable[[Approved], Awaitable[Outcome]]


async def ask_approval(new: NewCall, *, summary: str) -> CallView:
    """Record a call that waits; the same call that waits already, of whichever conversation, is asked only once."""
    try:
        row_id = await _ask(new, summary)
    except IntegrityError:  # Another one asked the same between our look and our write.
        row_id = await _ask(new, summary)
    bus.publish(new.at.user_id, calls_topic(new.at.conversation_id))
    bus.publish(new.at.user_id, TOPIC)
    return next(
        call for call in await list_calls(user_id=new.at.user_id, message_ids=[new.at.message_id]) if call.id == row_id
    )


async def _ask(new: NewCall, summary: str) -> str:
    arguments = as_json(new.arguments)
    async with database.write() as session:
        same = await queries.find_same_approval(
            session, user_id=new.at.user_id, tool=new.tool, arguments_hash=_hash(arguments)
        )
        if same is not None and same.expires_at <= clock.now():
            await _expire(session, same)
            same = None
        if same is None:
            same = Approval(
                user_id=new.at.user_id,
                conversation_id=new.at.conversation_id,
                tool=new.tool,
                arguments=arguments,
                arguments_hash=_hash(arguments),
                expires_at=clock.now() + LASTS,
            )
            session.add(same)
        waiting = Outcome("waiting", summary, {"kind": "waiting", "summary": "Waits for the user's approval."})
        row = await put_call(session, new, waiting, approval_id=same.id)
        await session.flush()
        return row.id


async def list_waiting(*, user_id: str, conversation_id: str | None = None) -> list[ApprovalView]:
    """Return what waits for the user, in one conversation or anywhere, the oldest first."""
    async with database.read() as session:
        found = await queries.list_waiting(
            session, user_ids=[user_id], conversation_id=conversation_id, moment=clock.now()
        )
        return await _view_all(session, user_id, found)


async def list_waiting_of(*, user_ids: Collection[str]) -> dict[str, list[ApprovalView]]:
    """Return, by user, what waits for them anywhere, the oldest first."""
    async with database.read() as session:
        found = by_user(
            await queries.list_waiting(session, user_ids=user_ids, conversation_id=None, moment=clock.now())
        )
        return {user_id: await _view_all(session, user_id, found[user_id]) for user_id in user_ids}


async def list_answered(*, user_id: str, limit: int = 100) -> list[ApprovalView]:
    """Return what was approved, denied or left until it expired, the newest decision first."""
    async with database.read() as session:
        found = await queries.list_answered(session, user_id=user_id, limit=limit)
        return await _view_all(session, user_id, found)


async def approve(
    *, user_id: str, approval_id: str, work: ApprovedWork, arguments: Mapping[str, Any] | None = None
) -> Decision:
    """Say yes, to other arguments if some are given, and carry the call out: at most once, whoever else says yes."""
    async with database.transaction() as session:
        approval = await _claim(session, user_id, approval_id, status="approved", arguments=arguments)
        calls = await queries.list_calls_of_approval(session, user_id=user_id, approval_id=approval_id)
        given, first = json.loads(approval.arguments), calls[0]
        at = CallPlace(user_id, first.conversation_id, first.message_id, first.step, first.place, first.position)
        wanted = Approved(approval.tool, given, first.id, at)
        outcome = await do_or_take_back(session, lambda: work(wanted))
        decision = await _settle(session, approval, outcome)
        await focus.note(session, user_id=user_id, conversation_id=first.conversation_id, outcome=outcome)
    _tell(user_id, approval, decision)
    return decision


async def deny(*, user_id: str, approval_id: str) -> Decision:
    """Say no; the model learns of it, and nothing is done."""
    async with database.transaction() as session:
        approval = await _claim(session, user_id, approval_id, status="denied")
        outcome = Outcome("denied", "", {"kind": "denied", "error": "The user said no. Do not try it again."})
        decision = await _settle(session, approval, outcome)
    _tell(user_id, approval, decision)
    return decision


async def expire_approvals() -> int:
    """Close what waited for more than a day, of all users, and return how many that were. For the housekeeping."""
    async with database.write() as session:
        expired = await queries.list_expired(session, moment=clock.now())
        for approval in expired:
            await _expire(session, approval)
    for user_id in {approval.user_id for approval in expired}:
        bus.publish(user_id, TOPIC)
    return len(expired)


async def _claim(
    session: AsyncSession, user_id: str, approval_id: str, *, status: str, arguments: Mapping[str, Any] | None = None
) -> Approval:
    approval = await queries.get_approval(session, user_id=user_id, approval_id=approval_id)
    if approval.status == "expired" or (approval.status == "waiting" and approval.expires_at <= clock.now()):
        raise ConflictError(_EXPIRED)
    values: dict[str, Any] = {"status": status, "decided_at": clock.now()}
    if arguments is not None and (edited := as_json(arguments)) != approval.arguments:
        values |= {"arguments": edited, "arguments_hash": _hash(edited), "before_edit": approval.arguments}
    if not await queries.claim_approval(session, user_id=user_id, approval_id=approval_id, **values):
        raise ConflictError(_ANSWERED)
    return await queries.get_approval(session, user_id=user_id, approval_id=approval_id)


async def _settle(session: AsyncSession, approval: Approval, outcome: Outcome) -> Decision:
    calls = await queries.list_calls_of_approval(session, user_id=approval.user_id, approval_id=approval.id)
    for call in calls:
        columns = settled(outcome)
        columns["summary"] = columns["summary"] or call.summary
        for name, value in columns.items():
            setattr(call, name, value)
        call.arguments = approval.arguments
    await session.flush()
    messages = {(call.conversation_id, call.message_id) for call in calls}
    free = [
        (conversation_id, message_id)
        for conversation_id, message_id in sorted(messages)
        if not await queries.count_waiting_calls(session, user_id=approval.user_id, message_id=message_id)
    ]
    for conversation_id, _ in messages:
        bus.publish(approval.user_id, calls_topic(conversation_id))
    return Decision(approval.status == "approved", approval.tool, json.loads(approval.arguments), outcome, tuple(free))


async def _expire(session: AsyncSession, approval: Approval) -> None:
    if await queries.claim_approval(
        session, user_id=approval.user_id, approval_id=approval.id, status="expired", decided_at=clock.now()
    ):
        gone = Outcome("expired", "", {"kind": "expired", "error": "The user did not answer within a day."})
        await _settle(session, approval, gone)


def _tell(user_id: str, approval: Approval, decision: Decision) -> None:
    _AUDIT.info("approval", user_id=user_id, approval_id=approval.id, tool=approval.tool, approved=decision.approved)
    bus.publish(user_id, TOPIC)


def _hash(arguments: str) -> str:
    return hashlib.sha256(arguments.encode()).hexdigest()


async def _view_all(session: AsyncSession, user_id: str, found: Sequence[Approval]) -> list[ApprovalView]:
    asked: list[tuple[Approval, ToolCall]] = []
    for approval in found:
        calls = await queries.list_calls_of_approval(session, user_id=user_id, approval_id=approval.id)
        asked += [(approval, call) for call in calls[:1]]
    titles = await initiative.list_titles_of_answers(
        session, user_id=user_id, message_ids=[call.message_id for _, call in asked]
    )
    return [_view(approval, call, titles.get(call.message_id, "")) for approval, call in asked]


def _view(approval: Approval, call: ToolCall, schedule: str) -> ApprovalView:
    return ApprovalView(
        id=approval.id,
        tool=approval.tool,
        arguments=json.loads(approval.arguments),
        summary=call.summary,
        conversation_id=approval.conversation_id,
        message_id=call.message_id,
        created_at=approval.created_at,
        expires_at=approval.expires_at,
        status=approval.status,
        decided_at=approval.decided_at,
        schedule=schedule,
    )
