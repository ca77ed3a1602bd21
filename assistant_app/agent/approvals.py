"""A person's answer by a button to what waits; the answer that asked goes on after it."""

from collections.abc import Mapping
from typing import Any

from assistant_app.agent import decisions, runs
from assistant_app.errors import StewardError
from assistant_app.services import answers, approvals, temporary
from assistant_app.services.approvals import Decision
from assistant_app.services.temporary import is_temporary


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


async def _go_on(user_id: str, decision: Decision) -> None:
    """Let the answers go on that waited for this alone and that nothing was said after."""
    for conversation_id, message_id in decision.resumable:
        place = temporary if is_temporary(conversation_id) else answers
        try:
            start = await place.resume_answer(user_id=user_id, message_id=message_id)
        except StewardError:  # Its conversation is in the trash, or gone; what was decided is done all the same.
            continue
        if start is not None:
            runs.start(start)
