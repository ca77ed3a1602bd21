"""A person's answer by a button to what waits; the answer that asked goes on after it.

What a schedule asked goes on unattended, and its run has ended when its answer has.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import structlog

from assistant_app.agent import decisions, runs
from assistant_app.errors import StewardError
from assistant_app.services import answers, approvals, settling, temporary
from assistant_app.services.approvals import Decision
from assistant_app.services.settling import Waiting
from assistant_app.services.temporary import is_temporary

_log = structlog.get_logger("steward.run")


async def approve(*, user_id: str, approval_id: str, arguments: Mapping[str, Any] | None = None) -> Decision:
    """Say yes to a call, with changed arguments if some are given."""
    decision = await decisions.approve(user_id, approval_id, arguments)
    await _go_on(user_id, decision)
    return decision


async def deny(*, user_id: str, approval_id: str) -> Decision:
    """Say no to a call."""
    decision = await approvals.deny(user_id=user_id, approval_id=approval_id)
    await _go_on(user_id, decision)
    return decision


async def go_on_with_decided() -> int:
    """Let everybody's runs go on that wait although nothing waits for a person any more; return how many did.

    Between a person's yes and the end of the answer the process can have died, or the question can have expired.
    """
    waiting = await settling.list_waiting()
    return sum([await _go_on_safely(one) for one in waiting])


async def _go_on_safely(waiting: Waiting) -> bool:
    try:
        return await _resume_or_settle(waiting.user_id, waiting.conversation_id, waiting.message_id)
    except Exception:  # noqa: BLE001 - one that breaks must not keep the others waiting
        _log.exception("run_not_settled", message_id=waiting.message_id)
        return False


async def _go_on(user_id: str, decision: Decision) -> None:
    for conversation_id, message_id in decision.resumable:
        await _resume_or_settle(user_id, conversation_id, message_id)


async def _resume_or_settle(user_id: str, conversation_id: str, message_id: str) -> bool:
    """Let an answer go on that waited, unless something was said after it; then the run that it belongs to is over."""
    place = temporary if is_temporary(conversation_id) else answers
    start = None
    with suppress(StewardError):  # Its conversation is in the trash, or gone; what was decided is done all the same.
        start = await place.resume_answer(user_id=user_id, message_id=message_id)
    if start is None:
        return await settling.settle_waiting(user_id=user_id, message_id=message_id)
    runs.start(start)
    return True
