"""Finds a short title for a conversation after its first exchange."""

import asyncio
from contextlib import aclosing

import structlog

from assistant_app import clock
from assistant_app.errors import StewardError
from assistant_app.llm.base import CallInfo, ChatMessage, ChatModel, Finished, TextDelta
from assistant_app.services import conversations, providers, threads, usage
from assistant_app.services.temporary import is_temporary
from assistant_app.services.views import RunStart, Thread

_SECONDS = 20.0
_MOST_CHARS = 60
_EXCERPT = 1_500
_REQUEST = (
    "Write a title for this conversation: three to six words in its language, plain text, no quotes, no full stop. "
    "Answer with the title alone."
)

_log = structlog.get_logger("steward.run")


async def give_title(run: RunStart) -> None:
    """Ask the model of a conversation's first answer for a title; without one the conversation keeps what it has."""
    if is_temporary(run.conversation_id):
        return
    try:
        thread = await threads.open_thread(user_id=run.user_id, conversation_id=run.conversation_id, limit=2)
        if thread.title_by != "default":
            return
        async with asyncio.timeout(_SECONDS):
            model = await providers.resolve_model(user_id=run.user_id, model=run.model)
            title = tidy(await _ask(model, thread, run))
        if title:
            await conversations.set_title_from_model(
                user_id=run.user_id, conversation_id=run.conversation_id, title=title
            )
    except (StewardError, TimeoutError) as error:
        _log.warning("title_failed", conversation_id=run.conversation_id, error=str(error))


def tidy(answer: str) -> str:
    """Return the first line of a model's answer as a title, or nothing if it is no title."""
    line = next((line.strip() for line in answer.splitlines() if line.strip()), "")
    plain = line.lstrip("# ").replace("**", "").replace("`", "").strip().removeprefix("Title:")
    line = plain.strip().strip("\"'“”‘’*").strip().rstrip(".")
    return line if len(line) <= _MOST_CHARS else line[: _MOST_CHARS - 1].rsplit(" ", 1)[0] + "…"


async def _ask(model: ChatModel, thread: Thread, run: RunStart) -> str:
    excerpts = [f"{message.role}: {message.text[:_EXCERPT]}" for message in thread.messages]
    asked = [ChatMessage("system", _REQUEST), ChatMessage("user", "\n\n".join(excerpts))]
    if model.name == providers.BUILTIN:  # It works by rule, on what the user said alone.
        asked = [ChatMessage("user", message.text) for message in thread.messages if message.role == "user"][:1]
    text, started, end = "", clock.monotonic(), Finished()
    call = CallInfo(user_id=run.user_id, conversation_id=run.conversation_id, kind="title")
    async with aclosing(model.stream(asked, call=call)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                text += event.text
            elif isinstance(event, Finished):
                end = event
    await usage.record_usage(
        user_id=run.user_id,
        model=model.name,
        kind="title",
        conversation_id=run.conversation_id,
        prompt_tokens=end.prompt_tokens,
        completion_tokens=end.completion_tokens,
        cost=end.cost,
        duration_ms=round((clock.monotonic() - started) * 1000),
    )
    return text
