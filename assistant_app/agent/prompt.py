"""What a model is told: who it is, whom it talks to, and as much of the conversation as it can hold."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from assistant_app import clock
from assistant_app.llm.base import ChatMessage, Focus, ToolSpec
from assistant_app.services.accounts import LANGUAGES, Person

_ANSWER_SHARE = 4  # A quarter of the context stays free for the answer ...
_ANSWER_TOKENS = 8_000  # ... but no more than this.
_MOST_NAMED = 12
_TOOLS = (
    "You can look after the user's tasks, reminders and events with your tools; never say that something is done that "
    "no tool did. Look numbers up with the list tools before you change what you are not sure of. Give days as "
    "YYYY-MM-DD and moments as ISO 8601 in the user's time zone. When something is deleted, Steward asks the user by "
    "itself: call the tool, do not ask first. If it is unclear what is meant, ask."
)
_PER_MESSAGE = 4  # What a message costs besides its text.


def system_prompt(person: Person, *, focus: Focus | None = None) -> str:
    """Describe the assistant's place and the person, without anything secret.

    `focus` is what the conversation talks about, for a model that has tools.
    """
    local = clock.now().astimezone(ZoneInfo(person.zone))
    lines = [
        "You are Steward, a personal assistant that runs on the user's own server. Be helpful, accurate and brief.",
        "Use Markdown where it helps reading. Say so when you do not know something.",
        f"The user's name is {person.name}.",
        f"Their time zone is {person.zone}; it is now {local:%A}, {local.day} {local:%B %Y}, {local:%H:%M}.",
    ]
    if language := LANGUAGES.get(person.language):
        lines.append(f"Answer in {language}, unless the user writes in another language or asks for one.")
    if person.instructions:
        lines.append(f"The user's own instructions for you:\n{person.instructions}")
    if focus is not None:
        lines += [_TOOLS, *_talked_about(focus)]
    return "\n".join(lines)


def _talked_about(focus: Focus) -> list[str]:
    """Name what "it" and "the first two" can mean."""
    return [
        f"{title}: " + "; ".join(f"{thing.kind} {thing.number} “{thing.title}”" for thing in things[:_MOST_NAMED])
        for title, things in (("Shown to the user last, in order", focus.shown), ("Changed last", focus.touched))
        if things
    ]


def fit(
    history: Sequence[ChatMessage],
    *,
    system: str,
    context_tokens: int,
    count: Callable[[str], int],
    tools: Sequence[ToolSpec] = (),
) -> list[ChatMessage]:
    """Return the system prompt and the newest turns that fit; a turn is kept whole or left out whole.

    The newest turn is always kept: a provider's refusal says more than a silently cut question.
    A `context_tokens` of 0 means that the model has no limit.
    """
    first = ChatMessage("system", system)
    if not context_tokens:
        return [first, *history]
    room = context_tokens - min(_ANSWER_TOKENS, context_tokens // _ANSWER_SHARE) - count(system) - _PER_MESSAGE
    room -= _tools_cost(tools, count)
    kept: list[list[ChatMessage]] = []
    for turn in reversed(_turns(history)):
        room -= sum(_cost(message, count) for message in turn)
        if kept and room < 0:
            break
        kept.append(turn)
    return [first, *(message for turn in reversed(kept) for message in turn)]


def count_tokens(
    messages: Sequence[ChatMessage], *, count: Callable[[str], int], tools: Sequence[ToolSpec] = ()
) -> int:
    """Estimate how long a request is."""
    return sum(_cost(message, count) for message in messages) + _tools_cost(tools, count)


def _cost(message: ChatMessage, count: Callable[[str], int]) -> int:
    calls = sum(count(json.dumps(call.arguments)) + _PER_MESSAGE for call in message.tool_calls)
    return count(message.text) + calls + _PER_MESSAGE


def _tools_cost(tools: Sequence[ToolSpec], count: Callable[[str], int]) -> int:
    return sum(count(tool.description) + count(json.dumps(tool.parameters)) for tool in tools)


def _turns(history: Sequence[ChatMessage]) -> list[list[ChatMessage]]:
    """Cut the history before each message of the user's."""
    turns: list[list[ChatMessage]] = []
    for message in history:
        if message.role == "user" or not turns:
            turns.append([])
        turns[-1].append(message)
    return turns


def alternating(history: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Join messages of one role that follow each other: some providers insist on taking turns.

    They come about when a message between them was deleted, or an answer failed without a word.
    """
    joined: list[ChatMessage] = []
    for message in history:
        if not (message.text or message.tool_calls):
            continue
        plain = message.role != "tool" and not message.tool_calls
        if plain and joined and joined[-1].role == message.role and not joined[-1].tool_calls:
            message = replace(message, text=f"{joined.pop().text}\n\n{message.text}")  # noqa: PLW2901 - takes the place of both
        joined.append(message)
    return joined
