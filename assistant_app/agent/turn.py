"""One turn: from what was said so far to the model's answer, with its cost written down."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from assistant_app import clock
from assistant_app.agent.prompt import alternating, fit, system_prompt
from assistant_app.ids import new_id
from assistant_app.llm.base import (
    CONTINUE,
    CallInfo,
    ChatMessage,
    ChatModel,
    Finished,
    ModelEvent,
    SearchHit,
    Surroundings,
    TextDelta,
    ToolCallRequested,
)
from assistant_app.services import accounts, providers, search, usage
from assistant_app.services.accounts import Person

_HITS = 5


@dataclass
class Answer:
    """A whole answer, as the terminal's one-turn command prints it. `cost` is in US dollars, None where unknown."""

    model: str
    text: str = ""
    tool_calls: list[ToolCallRequested] = field(default_factory=list[ToolCallRequested])
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    duration_ms: int = 0


async def answer(
    *, person: Person, model: ChatModel, history: Sequence[ChatMessage], conversation_id: str
) -> AsyncGenerator[ModelEvent, None]:
    """Stream the model's answer to a history; one that ends with a part of an answer is continued."""
    call = CallInfo(user_id=person.id, conversation_id=conversation_id, surroundings=await _surroundings(person, model))
    messages = fit(
        to_answer(history), system=system_prompt(person), context_tokens=model.context_tokens, count=model.count_tokens
    )
    started = clock.monotonic()
    first_token_ms: int | None = None
    finished: Finished | None = None
    try:
        async with aclosing(model.stream(messages, call=call)) as events:
            async for event in events:
                if first_token_ms is None:
                    first_token_ms = _millis_since(started)
                if isinstance(event, Finished):
                    finished = event
                yield event
    finally:
        # A stream that was stopped cost something, too; the provider just never said how much.
        if first_token_ms is not None:
            await usage.record_usage(
                user_id=person.id,
                model=model.name,
                conversation_id=conversation_id,
                prompt_tokens=finished.prompt_tokens if finished else sum(model.count_tokens(m.text) for m in messages),
                completion_tokens=finished.completion_tokens if finished else 0,
                cost=finished.cost if finished else None,
                first_token_ms=first_token_ms,
                duration_ms=_millis_since(started),
            )


async def answer_once(*, user_id: str, question: str, model: str = "") -> AsyncGenerator[TextDelta | Answer, None]:
    """Answer one question outside any conversation: pieces of text, and at last the whole Answer."""
    person = await accounts.get_person(user_id=user_id)
    name = model or await providers.default_model(user_id=user_id)
    chosen = await providers.resolve_model(user_id=user_id, model=name)
    whole, started = Answer(model=name), clock.monotonic()
    history = [ChatMessage("user", question)]
    async with aclosing(answer(person=person, model=chosen, history=history, conversation_id=new_id("tmp"))) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                whole.text += event.text
                yield event
            elif isinstance(event, ToolCallRequested):
                whole.tool_calls.append(event)
            elif isinstance(event, Finished):
                whole.prompt_tokens, whole.completion_tokens = event.prompt_tokens, event.completion_tokens
                whole.cost = event.cost
    whole.duration_ms = _millis_since(started)
    yield whole


def to_answer(history: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Return the history as a request; a part of an answer at its end is asked to be continued."""
    joined = alternating(history)
    if joined and joined[-1].role == "assistant":
        joined.append(ChatMessage("user", CONTINUE))
    return joined


async def _surroundings(person: Person, model: ChatModel) -> Surroundings:
    if model.name != providers.BUILTIN:
        return Surroundings(user_name=person.name, zone=person.zone)

    async def look(query: str) -> list[SearchHit]:
        found = await search.search(user_id=person.id, query=query, limit=_HITS)
        return [
            SearchHit(hit.conversation_id, hit.title, "".join(part.text for part in hit.snippet), hit.at)
            for hit in found
        ]

    choices = await providers.list_models(user_id=person.id)
    return Surroundings(user_name=person.name, zone=person.zone, other_models=len(choices) > 1, search=look)


def _millis_since(start: float) -> int:
    return round((clock.monotonic() - start) * 1000)
