"""Ends the runs of schedules that waited for a yes, once, when the answer that asked has come to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.models import Message, Occurrence, ToolCall
from assistant_app.repositories import database, messages, tool_calls
from assistant_app.repositories import initiative as queries
from assistant_app.services import inbox_items
from assistant_app.services.task_views import quoted

_EXPIRED = "Nobody answered within a day, so this was not done: {what}."
_GONE = "Its chat was deleted before the answer was finished."
_INTERRUPTED = (
    "Steward was stopped before the answer was finished. What you approved is done. "
    "Open the chat and press Continue for the rest."
)
_STOPPED = "The answer was stopped before its end."
_log = structlog.get_logger("steward.jobs")


@dataclass(frozen=True)
class Waiting:
    """A run that waits for a person, and the answer that asked."""

    user_id: str
    conversation_id: str
    message_id: str


@dataclass(frozen=True)
class _End:
    state: Literal["ok", "partial", "failed"]
    text: str = ""
    error: str = ""


async def list_waiting() -> list[Waiting]:
    """Return everybody's runs that wait."""
    async with database.read() as session:
        found = await queries.list_waiting(session)
    return [Waiting(one.user_id, one.conversation_id, one.message_id) for one in found]


async def settle_waiting(*, user_id: str, message_id: str, cost: float = 0.0) -> bool:
    """End the run that waited for this answer and deliver what came of it; False if there is none, or it waits on.

    `cost` is what going on with the answer has cost.
    """
    async with database.write() as session:
        run = await queries.find_waiting(session, user_id=user_id, message_id=message_id)
        if run is None:
            return False
        run.cost += cost
        end = await _find_end(session, run)
        if end is None or not await _deliver(session, run, end):
            return False
    _log.info("run_settled", user_id=user_id, occurrence_id=run.id, state=end.state)
    for topic in ("schedules", inbox_items.TOPIC):
        bus.publish(user_id, topic)
    return True


async def _find_end(session: AsyncSession, run: Occurrence) -> _End | None:
    """Return how the answer ended; None while it is written, or a call of it waits."""
    found = await messages.list_messages(session, user_id=run.user_id, ids=[run.message_id])
    if not found:
        return _End("failed", error=_GONE)
    calls = await tool_calls.list_calls(session, user_id=run.user_id, message_ids=[run.message_id])
    if found[0].status == "running" or any(call.status == "waiting" for call in calls):
        return None
    return _end_of(found[0], calls)


def _end_of(answer: Message, calls: Sequence[ToolCall]) -> _End:
    text = answer.text.strip() or "\n".join(f"- {call.summary}" for call in calls if call.summary)
    if expired := [call.summary for call in calls if call.status == "expired"]:
        return _End("failed", text, _EXPIRED.format(what="; ".join(expired)))
    match answer.status:
        case "complete":
            return _End("ok", text)
        case "stopped":
            return _End("partial", text, _STOPPED)
        case "interrupted":
            return _End("failed", text, _INTERRUPTED)
        case _:
            return _End(
                "partial" if answer.error_kind in ("BudgetError", "ModelCutError") else "failed", text, answer.error
            )


async def _deliver(session: AsyncSession, run: Occurrence, end: _End) -> bool:
    """Write the end of a run and its item into the inbox, if nobody has ended it yet."""
    schedule = await queries.get_schedule(session, user_id=run.user_id, schedule_id=run.schedule_id)
    values: dict[str, Any] = {"state": end.state, "error": end.error, "finished_at": clock.now()}
    if not await queries.claim_waiting(session, user_id=run.user_id, occurrence_id=run.id, **values):
        return False
    failed = end.state == "failed"
    item = await inbox_items.put_item(
        session,
        inbox_items.Matter(
            user_id=run.user_id,
            kind="error" if failed else "result",
            key=f"occurrence:{run.id}",
            title=f"{quoted(schedule.title)} did not come to its end" if failed else schedule.title,
            text="\n\n".join(filter(None, (end.error, end.text))),
            why=f"Your schedule {quoted(schedule.title)} asked you before it went on.",
            subject_id=run.schedule_id,
            data={"schedule_id": run.schedule_id, "occurrence_id": run.id, "conversation_id": run.conversation_id},
        ),
    )
    run.item_id, run.delivered_at = item.id, clock.now()
    return True
