"""Answers by asking the skills in turn; the first that understands has the word."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from assistant_app.llm.base import CONTINUE, CallInfo, ChatMessage, Finished, ModelEvent, TextDelta, ToolSpec
from assistant_app.llm.builtin import arithmetic, calendar_days, clock_times, fallback, recall, smalltalk
from assistant_app.llm.builtin.hearing import Heard, hear
from assistant_app.llm.builtin.titles import title_for

Skill = Callable[[Heard, CallInfo], Awaitable[str | None]]

# In this order; the last one always answers.
SKILLS: tuple[Skill, ...] = (
    smalltalk.understand,
    clock_times.understand,
    calendar_days.understand,
    arithmetic.understand,
    recall.understand,
    fallback.understand,
)
_PIECES = re.compile(r"\S+\s*|\s+")


class BuiltinModel:
    """The model that is always there. It keeps nothing between calls."""

    name = "builtin"
    provider = "Steward"
    context_tokens = 1_000_000  # It reads the last message only, however long the history.

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        tools: Sequence[ToolSpec] = (),  # noqa: ARG002 - of the protocol; its skills use no tools
        *,
        call: CallInfo,
    ) -> AsyncGenerator[ModelEvent]:
        """Stream the answer to the last message, word by word and without delay."""
        said = [message.text for message in messages if message.role == "user"] or [""]
        answer = title_for(said[0]) if call.kind == "title" else await _answer_or_continue(messages, said, call)
        for piece in _PIECES.findall(answer):
            yield TextDelta(piece)
        yield Finished("stop", self.count_tokens(said[-1]), self.count_tokens(answer), 0.0)

    def count_tokens(self, text: str) -> int:
        """Count words: this model has no other tokens."""
        return len(text.split()) or len(text[:1])


async def _answer_or_continue(messages: Sequence[ChatMessage], said: Sequence[str], call: CallInfo) -> str:
    if said[-1] != CONTINUE or len(said) == 1:
        return await _answer(said[-1], call)
    begun = next((message.text for message in reversed(messages) if message.role == "assistant"), "")
    whole = await _answer(said[-2], call)
    return whole.removeprefix(begun) if whole.startswith(begun) else f"\n\n{whole}"


async def _answer(text: str, call: CallInfo) -> str:
    heard = hear(text)
    for skill in SKILLS:
        if answer := await skill(heard, call):
            return answer
    raise AssertionError("the last skill always answers")
