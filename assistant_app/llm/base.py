"""What every chat model does: take the messages of a turn and stream events back."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
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
    `suggestions` are short messages that the person may want to send next; they are offered to click.
    """

    reason: Literal["stop", "length", "tool_calls"] = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    suggestions: tuple[str, ...] = ()


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


ThingKind = Literal["task", "reminder", "event"]
KINDS: tuple[ThingKind, ...] = ("task", "reminder", "event")


@dataclass(frozen=True)
class Thing:
    """One of the user's tasks, reminders or events that words can mean.

    `score` tells how well the words fit: 1.0 is its number or its whole title. `when` is a day or a moment in ISO 8601,
    empty if it has none, and `ends` the moment at which an event ends; `list` is the title of a task's list. `on` is
    the ISO day that the words named of an event that `repeats`; `when` and `ends` are then those of that day. `repeat`
    is the rule that it repeats by, empty where only the fact is known.
    """

    kind: ThingKind
    number: int
    id: str
    title: str
    done: bool = False
    score: float = 1.0
    list: str = ""
    when: str = ""
    repeats: bool = False
    on: str = ""
    ends: str = ""
    repeat: str = ""


@dataclass(frozen=True)
class Focus:
    """What a conversation is about at this moment: the objects that "it", "both" or "the other one" can mean.

    `shown` was listed last, in that order; `touched` was acted on last, the newest first; `candidates` were offered
    when it was not clear which one was meant.
    """

    shown: tuple[Thing, ...] = ()
    touched: tuple[Thing, ...] = ()
    candidates: tuple[Thing, ...] = ()


class Book(Protocol):
    """The user's own objects, to be looked up by words."""

    async def find(
        self, words: str, *, kinds: Sequence[ThingKind] = KINDS, done: bool | None = False
    ) -> Sequence[Thing]:
        """Return what the words can mean, the best fit first and nothing implausible; `done` None searches both."""
        ...

    async def focus(self) -> Focus:
        """Return what this conversation talked about last."""
        ...

    async def lists(self) -> Sequence[str]:
        """Return the titles of the user's lists of tasks."""
        ...

    async def open_tasks(
        self, *, in_list: str = "", first: date | None = None, last: date | None = None
    ) -> Sequence[Thing]:
        """Return the open tasks of a list, or due on some days; all without either."""
        ...

    async def waiting(self) -> Sequence[str]:
        """Say what waits for the user's yes in this conversation, a sentence each."""
        ...


@dataclass(frozen=True)
class Decided:
    """A call that waited for the user's yes and has its answer now; `result` is that of its tool, as JSON."""

    name: str
    arguments: dict[str, Any]
    approved: bool
    result: str


@dataclass(frozen=True)
class Surroundings:
    """What a model that works from the user's own data may know and look up: the built-in one does.

    `search` looks through the user's past conversations; `other_models` tells whether any other model is connected.
    `decided` are the calls that the user's last message approved or denied. `page` is the page beside the chat.
    """

    user_name: str = ""
    zone: str = "UTC"
    other_models: bool = False
    search: Callable[[str], Awaitable[Sequence[SearchHit]]] | None = None
    book: Book | None = None
    decided: tuple[Decided, ...] = ()
    page: str = ""


@dataclass(frozen=True)
class CallInfo:
    """Who asks and what for; sent to the provider as `user` and metadata, and written into usage."""

    user_id: str
    conversation_id: str
    kind: Literal["chat", "title", "job"] = "chat"
    surroundings: Surroundings = field(default_factory=Surroundings)


class ChatModel(Protocol):
    """A model that answers. `name` is its id in the catalog, `provider` the title of who runs it."""

    name: str
    provider: str
    context_tokens: int
    takes_tools: bool

    def stream(
        self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec] = (), *, call: CallInfo
    ) -> AsyncGenerator[ModelEvent, None]:
        """Stream the answer, ending with Finished. Every fault is raised as a ModelError, a sentence inside."""
        ...

    def count_tokens(self, text: str) -> int:
        """Estimate how many tokens the model would count; never less than one for a text that is not empty."""
        ...
