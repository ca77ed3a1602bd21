"""The record of what models do with tools: every call, in one transaction with what it changed."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.models import Action, ToolCall
from assistant_app.repositories import database
from assistant_app.repositories import tool_calls as queries
from assistant_app.services import focus
from assistant_app.services.focus import Ref

Status = Literal["ok", "failed", "waiting", "denied", "expired", "off"]


@dataclass(frozen=True)
class CallPlace:
    """Where a call stands: the answer that makes it, and where in the answer."""

    user_id: str
    conversation_id: str
    message_id: str
    step: int
    place: int
    position: int


@dataclass(frozen=True)
class Outcome:
    """How a call ended. `result` is what the model reads, `summary` the line that the person reads."""

    status: Status
    summary: str
    result: Mapping[str, Any]
    shown: Sequence[Ref] = ()
    touched: Sequence[Ref] = ()
    candidates: Sequence[Ref] = ()


@dataclass(frozen=True)
class CallView:
    """One call as a card shows it, and as a model reads it again later.

    `action_ids` are the lines of the ledger that the call made and that can be undone; `undone` tells that all were.
    """

    id: str
    conversation_id: str
    message_id: str
    step: int
    place: int
    position: int
    call_id: str
    tool: str
    arguments: dict[str, Any]
    result: dict[str, Any]
    summary: str
    status: Status
    approval_id: str | None
    started_at: datetime
    finished_at: datetime | None
    action_ids: tuple[str, ...] = ()
    undone: bool = False

    @property
    def milliseconds(self) -> int:
        """How long the call took; 0 while it waits."""
        return 0 if self.finished_at is None else round((self.finished_at - self.started_at).total_seconds() * 1000)


@dataclass(frozen=True)
class NewCall:
    """A call that a model asked for. `id` names its record before there is one."""

    id: str
    at: CallPlace
    call_id: str
    tool: str
    arguments: Mapping[str, Any]
    started_at: datetime = field(default_factory=clock.now)


Work = Callable[[], Awaitable[Outcome]]


def calls_topic(conversation_id: str) -> str:
    """Return the topic that tells of calls made or answered in a conversation."""
    return f"calls:{conversation_id}"


async def record_call(new: NewCall, outcome: Outcome, *, approval_id: str | None = None) -> CallView:
    """Record a call that changed nothing: one that read, was refused, or waits."""
    async with database.write() as session:
        row = await put_call(session, new, outcome, approval_id=approval_id)
    bus.publish(new.at.user_id, calls_topic(new.at.conversation_id))
    return _view(row, ())


async def run_recorded(new: NewCall, work: Work) -> CallView:
    """Do a call's work and record it, together: after a crash there are both or neither.

    What a call began that does not end ok is taken back.
    """
    async with database.transaction() as session:
        outcome = await do_or_take_back(session, work)
        row = await put_call(session, new, outcome)
        await session.flush()
        actions = await queries.list_actions_of(session, user_id=new.at.user_id, call_ids=[row.id])
    bus.publish(new.at.user_id, calls_topic(new.at.conversation_id))
    return _view(row, actions)


async def list_calls(*, user_id: str, message_ids: Iterable[str]) -> list[CallView]:
    """Return the calls that these answers made, in order, with what can be undone of each."""
    async with database.read() as session:
        rows = await queries.list_calls(session, user_id=user_id, message_ids=message_ids)
        actions = await queries.list_actions_of(session, user_id=user_id, call_ids=[row.id for row in rows])
    return [_view(row, [action for action in actions if action.tool_call_id == row.id]) for row in rows]


async def list_conversation_calls(*, user_id: str, conversation_id: str) -> list[CallView]:
    """Return the calls of a conversation as models read them again, in order; what can be undone is left out."""
    async with database.read() as session:
        rows = await queries.list_conversation_calls(session, user_id=user_id, conversation_id=conversation_id)
    return [_view(row, ()) for row in rows]


async def forget_conversations(ids: Sequence[str]) -> None:
    """Remove what calls, approvals and focus remember of conversations that are gone."""
    async with database.write() as session:
        await queries.forget_conversations(session, ids=ids)


async def forget_conversations_named(prefix: str) -> None:
    """Remove the same of all conversations whose ids start like this."""
    async with database.write() as session:
        await queries.forget_conversations_named(session, prefix=prefix)


async def do_or_take_back(session: AsyncSession, work: Work) -> Outcome:
    """Do the work within a transaction; unless it ends ok, nothing of it stays."""
    savepoint = await session.begin_nested()
    try:
        outcome = await work()
    except BaseException:
        await savepoint.rollback()
        raise
    if outcome.status == "ok":
        await savepoint.commit()
    else:
        await savepoint.rollback()
    return outcome


async def put_call(
    session: AsyncSession, new: NewCall, outcome: Outcome, *, approval_id: str | None = None
) -> ToolCall:
    """Put a call's record into a transaction, and what the conversation is about now."""
    row = ToolCall(
        id=new.id,
        **vars(new.at),
        call_id=new.call_id,
        tool=new.tool,
        arguments=as_json(new.arguments),
        approval_id=approval_id,
        started_at=new.started_at,
        **settled(outcome),
    )
    session.add(row)
    await focus.note(session, user_id=new.at.user_id, conversation_id=new.at.conversation_id, outcome=outcome)
    return row


def settled(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as the columns of a call's record."""
    return {
        "status": outcome.status,
        "summary": outcome.summary,
        "result": as_json(outcome.result),
        "finished_at": None if outcome.status == "waiting" else clock.now(),
    }


def as_json(value: Mapping[str, Any]) -> str:
    """Write arguments or a result the same way every time, so that equal ones have equal hashes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _view(row: ToolCall, actions: Sequence[Action]) -> CallView:
    return CallView(
        id=row.id,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        step=row.step,
        place=row.place,
        position=row.position,
        call_id=row.call_id,
        tool=row.tool,
        arguments=json.loads(row.arguments),
        result=json.loads(row.result),
        summary=row.summary,
        status=row.status,  # pyright: ignore[reportArgumentType] - one of the above
        approval_id=row.approval_id,
        started_at=row.started_at,
        finished_at=row.finished_at,
        action_ids=tuple(action.id for action in actions if action.undone_by_id is None),
        undone=bool(actions) and all(action.undone_by_id is not None for action in actions),
    )
