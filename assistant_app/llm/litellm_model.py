"""The only door to LiteLLM: every hosted model and every OpenAI-compatible server goes through here.

LiteLLM is imported late and in a thread, since the import takes seconds and much memory. What it does besides
translating (retries, fallbacks, callbacks, joining tool calls, judging the end of a stream) is done here instead.
"""

import asyncio
import functools
import json
import logging
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant_app import clock
from assistant_app.llm import faults
from assistant_app.llm.base import (
    CallInfo,
    ChatMessage,
    Finished,
    ModelEvent,
    ReasoningDelta,
    TextDelta,
    ToolSpec,
)
from assistant_app.llm.characters import Characters
from assistant_app.llm.faults import Callee, CutStreamError
from assistant_app.llm.tool_calls import CallAssembler

# LiteLLM reads these while it is imported: no price list from the network, no .env file, no reports home.
_ENVIRONMENT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
}
_BYTES_PER_TOKEN = 3.5  # A little less than English has, so that the estimate errs on the safe side.
_LONGEST_TURN = 0.005  # Seconds for which a burst of chunks may keep everybody else waiting.
_SERVERS = "hosted_vllm/"  # The route of servers of one's own.
_loading = threading.Lock()


@functools.cache
def _load() -> Any:
    os.environ.update(_ENVIRONMENT)  # noqa: TID251 - it is LiteLLM that is told, not we
    import litellm  # noqa: PLC0415 - the one late import: it takes seconds

    litellm.suppress_debug_info = True
    litellm.drop_params = True
    # Otherwise it fetches a tokenizer for every model with "llama-3" or "command-r" in its name, and blocks the loop.
    litellm.disable_hf_tokenizer_download = True
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)  # Its lines can hold what people wrote.
    return litellm


def load() -> Any:
    """Import LiteLLM, once, whichever thread asks first."""
    with _loading:
        return _load()


async def warm_up() -> None:
    """Import LiteLLM in a thread and go once through its slow first call, so that the first real one is quick."""
    litellm = await asyncio.to_thread(load)
    model = LiteLLMModel(name="warm-up", provider="LiteLLM", route="hosted_vllm/warm-up", api_base="http://127.0.0.1:9")
    request = model._request([ChatMessage("user", "-")], (), CallInfo("", ""))  # noqa: SLF001 - own class
    with suppress(Exception):  # Nobody listens there: the way is gone up to the socket, no further.
        await litellm.acompletion(**request, client=_client(litellm))


def _client(litellm: Any) -> Any:
    """Return LiteLLM's own client, made to stay where it is sent: an address was checked, what it leads to was not."""
    make = litellm.llms.custom_httpx.http_handler.get_async_httpx_client
    return make(llm_provider="hosted_vllm", params={"follow_redirects": False})


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait for the first token, between two, and for the whole answer."""

    first: float = 30.0
    gap: float = 45.0
    total: float = 600.0


@dataclass
class LiteLLMModel:
    """A model behind LiteLLM. `route` is LiteLLM's name for it: its prefix for the provider, then the model.

    `sends` is what of the caller's ids the provider's API takes: OpenAI's `user`, and for servers of one's own the
    conversation's id as well. `priced` says whether LiteLLM's price list means this provider.
    """

    name: str
    provider: str
    route: str
    context_tokens: int = 8192
    takes_tools: bool = True
    api_key: str = field(default="", repr=False)
    api_base: str = ""
    sends: Literal["", "user", "user and metadata"] = ""
    priced: bool = False
    patience: Patience = Patience()

    async def stream(
        self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec] = (), *, call: CallInfo
    ) -> AsyncGenerator[ModelEvent]:
        """Stream the answer; a connection or server fault before the first event is tried once more."""
        for attempt in (1, 2):
            begun = False
            try:
                async with aclosing(self._attempt(messages, tools, call)) as events:
                    async for event in events:
                        begun = True
                        yield event
            except _FaultError as raised:
                if begun or attempt == 2 or not raised.fault.repeatable:
                    # Without its cause: a vendor's error can hold the request, and would reach a log.
                    raise raised.fault.error from None
                await asyncio.sleep(raised.fault.wait)
            else:
                return

    def count_tokens(self, text: str) -> int:
        """Estimate from the bytes, which is right enough for trimming, and needs no tokenizer of each model."""
        return -(-len(text.encode()) * 2 // int(_BYTES_PER_TOKEN * 2))

    @property
    def _callee(self) -> Callee:
        return Callee(self.provider, self.name.partition("/")[2] or self.name, self.api_base)

    async def _attempt(
        self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec], call: CallInfo
    ) -> AsyncGenerator[ModelEvent]:
        answer, watchdog, response = _Answer(), _Watchdog(self.patience), None
        try:
            litellm = await asyncio.to_thread(load) if not _load.cache_info().currsize else _load()
            request = self._request(messages, tools, call)
            if self.route.startswith(_SERVERS):
                request["client"] = _client(litellm)
            response = await watchdog.wait(litellm.acompletion(**request))
            chunks = _chunks(response)
            while (chunk := await watchdog.wait(anext(chunks, None))) is not None:
                await watchdog.saw_something()
                for event in answer.read(chunk):
                    yield event
            for event in answer.finish():
                yield event if not isinstance(event, Finished) else self._counted(event, messages, answer, litellm)
        except _TooSlowError as error:
            raise _FaultError(faults.Fault(faults.too_slow(self._callee, error.seconds, when=error.when))) from None
        except Exception as error:  # noqa: BLE001 - whatever a vendor raises becomes one of our errors
            streaming = response is not None
            raise _FaultError(faults.translate(error, self._callee, streaming=streaming)) from None
        finally:
            if response is not None:
                await response.aclose()

    def _request(self, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec], call: CallInfo) -> dict[str, Any]:
        """Build the call; address, key and model come from the settings alone, never from what a message says."""
        ids = {"user_id": call.user_id, "conversation_id": call.conversation_id}
        request: dict[str, Any] = {
            "model": self.route,
            "messages": [_as_openai(message) for message in messages],
            "api_key": self.api_key or "none",  # Without one, LiteLLM would look for another in the environment.
            "user": call.user_id,
            "metadata": ids,
            "stream": True,
            "stream_options": {"include_usage": True},
            "num_retries": 0,
            "max_retries": 0,
            "timeout": self.patience.total,
        }
        if self.api_base:
            request["api_base"] = self.api_base
        if self.sends:
            request["allowed_openai_params"] = ["user"]
        if self.sends == "user and metadata":
            request["extra_body"] = {"metadata": ids}
        if tools:
            request["tools"] = [_as_tool(tool) for tool in tools]
        return request

    def _counted(self, event: Finished, messages: Sequence[ChatMessage], answer: "_Answer", litellm: Any) -> Finished:
        """Add what the answer used and cost; a provider that does not say is estimated."""
        prompt = answer.prompt_tokens or sum(self.count_tokens(message.text) for message in messages)
        completion = answer.completion_tokens or self.count_tokens("".join(answer.texts))
        return Finished(event.reason, prompt, completion, self._cost(litellm, prompt, completion))

    def _cost(self, litellm: Any, prompt_tokens: int, completion_tokens: int) -> float | None:
        if not self.priced:
            return None
        try:
            cost = litellm.cost_per_token(
                model=self.route, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens
            )
        except Exception:  # noqa: BLE001 - LiteLLM raises many things for a model that it has no price of
            return None
        return float(sum(cost))


class _FaultError(Exception):
    """Carries a fault from an attempt to the decision whether there is another."""

    def __init__(self, fault: faults.Fault) -> None:
        super().__init__(str(fault.error))
        self.fault = fault


class _TooSlowError(Exception):
    """One of the waits ran out."""

    def __init__(self, seconds: float, when: str) -> None:
        super().__init__(when)
        self.seconds, self.when = seconds, when


class _Watchdog:
    """Ends a wait that takes too long: for the first token, for the next one, or in all."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._end = clock.monotonic() + patience.total
        self._first: float | None = clock.monotonic() + patience.first
        self._yielded = 0.0

    async def saw_something(self) -> None:
        """Note that the answer goes on, and let others work if it came faster than it could be read."""
        self._first = None
        if clock.monotonic() - self._yielded > _LONGEST_TURN:
            await asyncio.sleep(0)
            self._yielded = clock.monotonic()

    async def wait(self, awaitable: Any) -> Any:
        now = clock.monotonic()
        turn = self._first if self._first is not None else now + self._patience.gap
        try:
            async with asyncio.timeout(max(0.0, min(turn, self._end) - now)):
                return await awaitable
        except TimeoutError:
            if self._end <= turn:
                raise _TooSlowError(self._patience.total, "total") from None
            when = "gap" if self._first is None else "first"
            raise _TooSlowError(self._patience.first if when == "first" else self._patience.gap, when) from None


class _Answer:
    """Reads chunks into events, and judges at the end whether the answer is whole."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.prompt_tokens = 0
        self.completion_tokens = 0
        self._characters, self._thoughts = Characters(), Characters()
        self._calls = CallAssembler()
        self._reason = ""

    def read(self, chunk: Any) -> list[ModelEvent]:
        if isinstance(chunk, str):
            return self._say(chunk)
        if usage := getattr(chunk, "usage", None):
            self.prompt_tokens = int(usage.prompt_tokens or 0)
            self.completion_tokens = int(usage.completion_tokens or 0)
        events: list[ModelEvent] = []
        for choice in (chunk.choices or ())[:1]:
            delta = choice.delta
            if reasoning := getattr(delta, "reasoning_content", None):
                events.append(ReasoningDelta(self._thoughts.join(str(reasoning))))
            if text := getattr(delta, "content", None):
                events += self._say(str(text))
            self._calls.add(getattr(delta, "tool_calls", None) or ())
            self._reason = choice.finish_reason or self._reason
        return events

    def _say(self, piece: str) -> list[ModelEvent]:
        text = self._characters.join(piece)
        self.texts.append(text)
        return [TextDelta(text)]

    def finish(self) -> list[ModelEvent]:
        if not (self.texts or self._calls):
            raise CutStreamError("empty")
        if not self._reason:
            raise CutStreamError("cut")
        if self._reason == "length":
            # A call that the limit cut may look whole, and still not be what was meant.
            return [Finished("length")]
        calls = self._calls.finish()
        return [*calls, Finished("tool_calls" if calls else "stop")]


async def _chunks(response: Any) -> AsyncGenerator[Any]:
    """Yield a stream's chunks by the shortest way that hides no fault.

    LiteLLM's own wrapper costs ten times the CPU of what it wraps, and passes malformed events over in silence. So
    where the provider speaks OpenAI's protocol, its events are parsed here, and LiteLLM's parser for that provider
    reads those that bring more than text. The contract test would show if a newer version kept its streams elsewhere.
    """
    inner = response.completion_stream
    lines, parse = getattr(inner, "streaming_response", None), getattr(inner, "chunk_parser", None)
    if type(inner).__module__.partition(".")[0] == "openai":
        source = inner
    elif lines is not None and parse is not None and _speaks_openai(inner):
        source = _events(lines, parse)
    else:
        source = response
    async for chunk in source:
        yield chunk


def _speaks_openai(stream: Any) -> bool:
    return any(base.__name__ == "OpenAIChatCompletionStreamingHandler" for base in type(stream).__mro__)


async def _events(lines: AsyncIterator[str], parse: Any) -> AsyncGenerator[Any]:
    async for line in lines:
        name, _, value = line.strip().partition(":")
        if name in ("", "event", "id", "retry"):
            continue
        if name != "data":
            raise CutStreamError("garbled")
        if value.strip() == "[DONE]":
            return
        event = json.loads(value)
        yield _plain_text(event) or parse(event)


def _plain_text(event: Any) -> str:
    """Return the text of an event that brings nothing else, as nearly all do; parsing those costs most of all."""
    match event:
        case {"choices": [{"delta": {"content": str(text), **rest}, **choice}], **others}:
            more = any(value for key, value in rest.items() if key != "role")
            ends = choice.get("finish_reason") or others.get("usage") or others.get("error")
            return "" if more or ends else text
        case _:
            return ""


def _as_openai(message: ChatMessage) -> dict[str, Any]:
    entry: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.role == "tool":
        entry["tool_call_id"] = message.tool_call_id
    if message.tool_calls:
        entry["tool_calls"] = [
            {"id": one.id, "type": "function", "function": {"name": one.name, "arguments": json.dumps(one.arguments)}}
            for one in message.tool_calls
        ]
    return entry


def _as_tool(tool: ToolSpec) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}
