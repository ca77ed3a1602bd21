"""What was said and done so far, as a model reads it."""

import json
from collections.abc import Sequence
from itertools import groupby

from assistant_app.llm.base import ChatMessage, ToolCallRequested
from assistant_app.services.tool_calls import CallView
from assistant_app.services.views import Turn

_LONGEST_RESULT = 20_000  # Characters of a result that a model reads again.


def messages_of(turns: Sequence[Turn], calls: Sequence[CallView]) -> list[ChatMessage]:
    """Return turns as messages, an answer that called tools as its parts between the calls and their results."""
    by_message: dict[str, list[CallView]] = {}
    for call in calls:
        by_message.setdefault(call.message_id, []).append(call)
    return [message for turn in turns for message in _parts(turn, by_message.get(turn.id, ()))]


def call_messages(text: str, calls: Sequence[CallView]) -> list[ChatMessage]:
    """Return one round of calls: what was said before them, then each one's result."""
    asked = tuple(ToolCallRequested(_id(call), call.tool, call.arguments) for call in calls)
    results = [ChatMessage("tool", _result(call), tool_call_id=_id(call)) for call in calls]
    return [ChatMessage("assistant", text, tool_calls=asked), *results]


def _parts(turn: Turn, calls: Sequence[CallView]) -> list[ChatMessage]:
    if not calls:
        return [ChatMessage(turn.role, turn.text)] if turn.text.strip() else []
    found: list[ChatMessage] = []
    said = 0
    for _, step in groupby(calls, key=lambda call: call.step):
        made = list(step)
        found += call_messages(turn.text[said : made[0].position].strip(), made)
        said = made[0].position
    if rest := turn.text[said:].strip():
        found.append(ChatMessage(turn.role, rest))
    return found


def _id(call: CallView) -> str:
    """Name a call as no other: what a provider names calls, it may use again."""
    return call.id


def _result(call: CallView) -> str:
    result = json.dumps(call.result, ensure_ascii=False)
    if len(result) <= _LONGEST_RESULT:
        return result
    return json.dumps({"summary": call.summary, "note": "The rest is too long to show."}, ensure_ascii=False)
