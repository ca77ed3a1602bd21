"""Calls of tools in a stored conversation, as a model would have made them."""

from typing import Any

from assistant_app import models
from assistant_app.agent import policy
from assistant_app.agent.calls import Caller
from assistant_app.llm.base import ToolCallRequested
from assistant_app.services import answers
from assistant_app.services.tool_calls import CallView

Asked = tuple[str, dict[str, Any]]


async def chat_with_calls(
    user: models.User, *asked: Asked, text: str = "", suggestions: tuple[str, ...] = ()
) -> tuple[str, list[CallView]]:
    """Store a question and an answer that made these calls; return the conversation's id, and the calls."""
    begun = await answers.ask(user_id=user.id, conversation_id=None, text="Please", model="builtin")
    caller = Caller(
        user_id=user.id,
        zone=user.zone,
        conversation_id=begun.conversation_id,
        message_id=begun.run.message_id,
        question_id=begun.question.id,
        policies=await policy.read_policies(user.id),
    )
    made = [
        await caller.call(ToolCallRequested(f"call_{step}", name, arguments), step=step, place=0, position=0)
        for step, (name, arguments) in enumerate(asked)
    ]
    await answers.finish_run(
        user_id=user.id, run_id=begun.run.run_id, status="complete", text=text, suggestions=suggestions
    )
    return begun.conversation_id, made
