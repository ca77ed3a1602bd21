"""What every chat model does: take the messages of a turn and stream events back."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

# What a model is told when an answer of its own ended early. One that works by rule recognises it by this text.
CONTINUE = "Continue your last answer exactly where it broke off. Do not repeat any of it, and add no introduction."


@dataclass(frozen=True)
class ChatMessage:
    """One message as a model sees it."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    tool_calls: tuple["ToolCallRequested", ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True)
class TextDelta:
    """A piece of the answer's text."""

    text: str


@dataclass(frozen=True)
class ReasoningDelta:
    """A piece of the model's reasoning, where a model gives it."""

    text: str


@dataclass(frozen=True)
class ToolCallRequested:
    """A whole call of a tool, its arguments parsed from a complete stream."""

    id: str
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Finished:
    """The regular end of a stream; the last event, and only sent if the provider said that it ended.

    `cost` is in US dollars, None where no price is known. `reason` is length when the model's limit cut the answer.
    """

    reason: Literal["stop", "length", "tool_calls"] = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None


ModelEvent = TextDelta | ReasoningDelta | ToolCallRequested | Finished


@dataclass(frozen=True)
class ToolSpec:
    """A tool as a model is told of it; `parameters` is a JSON schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class SearchHit:
    """A past message that a search found; `snippet` is plain text."""

    conversation_id: str
    title: str
    snippet: str
    at: datetime


@dataclass(frozen=True)
class Surroundings:
    """What a model that works from the user's own data may know and look up: the built-in one does.

    `search` looks through the user's past conversations; `other_models` tells whether any other model is connected.
    """

    user_name: str = ""
    zone: str = "UTC"
    other_models: bool = False
    search: Callable[[str], Awaitable[Sequence[SearchHit]]] | None = None


@dataclass(frozen=True)
class CallInfo:
    """Who asks and what for; sent to the provider as `user` and metadata, and written into usage."""

    user_id: str
    conversation_id: str
    kind: Literal["chat", "title"] = "chat"
    surroundings: Surroundings = field(default_factory=Surroundings)


class ChatModel(Protocol):
    """A model that answers. `name` is its id in the catalog, `provider` the title of who runs it."""

    name: str
    provider: str
    context_tokens: int

    def stream(
        self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec] = (), *, call: CallInfo
    ) -> AsyncGenerator[ModelEvent, None]:
        """Stream the answer, ending with Finished. Every fault is raised as a ModelError, a sentence inside."""
        ...

    def count_tokens(self, text: str) -> int:
        """Estimate how many tokens the model would count; never less than one for a text that is not empty."""
        ...
