"""Answers by asking the skills in turn; the first that understands has the word."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from assistant_app.llm.base import CONTINUE, CallInfo, ChatMessage, Finished, ModelEvent, TextDelta, ToolSpec
from assistant_app.llm.builtin import (
    arithmetic,
    asked,
    calendar_days,
    clock_times,
    fallback,
    planning,
    recall,
    smalltalk,
)
from assistant_app.llm.builtin.hearing import Heard, hear
from assistant_app.llm.builtin.planning import Response
from assistant_app.llm.builtin.titles import is_greeting, title_for

Skill = Callable[[Heard, CallInfo], Awaitable[str | None]]

# In this order. Those before planning understand whole phrases of their own; the last one always answers.
FIRST: tuple[Skill, ...] = (
    asked.understand,
    smalltalk.understand,
    clock_times.understand,
    calendar_days.understand,
    arithmetic.understand,
)
LAST: tuple[Skill, ...] = (recall.understand, fallback.understand)
_PIECES = re.compile(r"\S+\s*|\s+")


class BuiltinModel:
    """The model that is always there. It keeps nothing between calls."""

    name = "builtin"
    provider = "Steward"
    takes_tools = True
    context_tokens = 1_000_000  # It reads the last message only, however long the history.

    async def stream(
        self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec] = (), *, call: CallInfo
    ) -> AsyncGenerator[ModelEvent]:
        """Stream the answer to the last message, word by word and without delay, or the calls that it takes."""
        said = [message.text for message in messages if message.role == "user"] or [""]
        if call.kind == "title":
            response = Response("" if is_greeting(said[0]) else title_for(said[0]))
        else:
            response = await _respond_or_continue(messages, said, tools, call)
        for piece in _PIECES.findall(response.text):
            yield TextDelta(piece)
        for requested in response.calls:
            yield requested
        reason = "tool_calls" if response.calls else "stop"
        used = self.count_tokens(response.text) + len(response.calls)
        yield Finished(reason, self.count_tokens(said[-1]), used, 0.0, response.suggestions)

    def count_tokens(self, text: str) -> int:
        """Count words: this model has no other tokens."""
        return len(text.split()) or len(text[:1])


async def _respond_or_continue(
    messages: Sequence[ChatMessage], said: Sequence[str], tools: Sequence[ToolSpec], call: CallInfo
) -> Response:
    if said[-1] != CONTINUE or len(said) == 1:
        return await _respond(messages, said[-1], tools, call)
    begun = next((message.text for message in reversed(messages) if message.role == "assistant"), "")
    whole = await _answer(said[-2], (*FIRST, *LAST), call)
    return Response(whole.removeprefix(begun) if whole.startswith(begun) else f"\n\n{whole}")


async def _respond(messages: Sequence[ChatMessage], said: str, tools: Sequence[ToolSpec], call: CallInfo) -> Response:
    if response := await planning.report(messages, call) or await planning.follow_up(messages, tools, call):
        return response
    if answer := await _answer(said, FIRST, call):
        return Response(answer)
    return await planning.respond(messages, tools, call) or Response(await _answer(said, LAST, call))


async def _answer(text: str, skills: Sequence[Skill], call: CallInfo) -> str:
    heard = hear(text)
    for skill in skills:
        if answer := await skill(heard, call):
            return answer
    return ""
