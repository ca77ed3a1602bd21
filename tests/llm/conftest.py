"""Models to test, and a provider that runs on this machine."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest_asyncio

from assistant_app.llm.base import (
    CallInfo,
    ChatMessage,
    ChatModel,
    Finished,
    ModelEvent,
    SearchHit,
    Surroundings,
    TextDelta,
    ToolSpec,
)
from tests.peers.openai_server import OpenAIServer, openai_server


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[OpenAIServer]:
    """A provider that speaks the OpenAI protocol."""
    async with openai_server() as server:
        yield server


@dataclass
class PastChats:
    """What a user said before; `asked` is what was searched for."""

    hits: Sequence[SearchHit] = ()
    asked: list[str] = field(default_factory=list[str])

    async def search(self, query: str) -> Sequence[SearchHit]:
        """Find what has one of the words."""
        self.asked.append(query)
        words = query.lower().split()
        return [hit for hit in self.hits if any(word in f"{hit.title} {hit.snippet}".lower() for word in words)]


BOILER = SearchHit("con_1", "Boiler repair", "the boiler makes noise", datetime(2026, 11, 3, 9, 0, tzinfo=UTC))


def call(kind: str = "chat", **surroundings: object) -> CallInfo:
    """Describe a call by Ada, who lives in Rome."""
    around = Surroundings(**{"user_name": "Ada", "zone": "Europe/Rome", **surroundings})  # type: ignore[arg-type] - a test's shorthand
    return CallInfo("usr_ada", "con_now", "title" if kind == "title" else "chat", around)


async def events_of(
    model: ChatModel, text: str, tools: Sequence[ToolSpec] = (), *, info: CallInfo | None = None
) -> list[ModelEvent]:
    """Ask one thing and collect what comes."""
    stream = model.stream([ChatMessage("user", text)], tools, call=info or call())
    return [event async for event in stream]


def text_of(events: Sequence[ModelEvent]) -> str:
    """Join the text of an answer."""
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def end_of(events: Sequence[ModelEvent]) -> Finished:
    """Return the last event, which must be the end."""
    last = events[-1]
    assert isinstance(last, Finished)
    return last
