"""Answers what waits for a person's yes, and carries it out."""

from collections.abc import Mapping
from typing import Any

from assistant_app.agent import calls
from assistant_app.agent.policy import find_tool
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.language.decisions import read_decision
from assistant_app.services import accounts, approvals
from assistant_app.services.approvals import Approved, Decision
from assistant_app.services.tool_calls import Outcome
from assistant_app.toolkit.outcomes import RetryTool


async def approve(user_id: str, approval_id: str, arguments: Mapping[str, Any] | None = None) -> Decision:
    """Say yes to a call and carry it out; InvalidInputError if changed arguments do not fit, and it waits on."""
    zone = (await accounts.get_person(user_id=user_id)).zone

    async def work(approved: Approved) -> Outcome:
        if arguments is not None and (tool := find_tool(approved.tool)) is not None:
            try:
                tool.check(approved.arguments)
            except RetryTool as error:
                raise InvalidInputError(str(error)) from None
        return await calls.carry_out(approved, zone=zone)

    return await approvals.approve(user_id=user_id, approval_id=approval_id, work=work, arguments=arguments)


async def decide_by_word(*, user_id: str, conversation_id: str, said: str) -> list[Decision]:
    """Answer what waits in a conversation if `said` is a plain yes or no, and nothing else.

    What another device answered in the meantime is left out.
    """
    decision = read_decision(said)
    if decision is None:
        return []
    decided: list[Decision] = []
    for waiting in await approvals.list_waiting(user_id=user_id, conversation_id=conversation_id):
        try:
            decided.append(
                await approve(user_id, waiting.id)
                if decision == "yes"
                else await approvals.deny(user_id=user_id, approval_id=waiting.id)
            )
        except ConflictError:
            continue
    return decided
