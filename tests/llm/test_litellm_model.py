"""Faults and details of models behind LiteLLM, over a provider that misbehaves on demand."""

import asyncio
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from assistant_app.errors import (
    ModelBusyError,
    ModelCutError,
    ModelError,
    ModelKeyError,
    ModelNotFoundError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from assistant_app.llm.base import (
    ChatMessage,
    Finished,
    ModelEvent,
    ReasoningDelta,
    TextDelta,
    ToolCallRequested,
    ToolSpec,
)
from assistant_app.llm.litellm_model import LiteLLMModel, Patience, warm_up
from tests.llm.conftest import call, end_of, events_of, text_of
from tests.peers.openai_server import OpenAIServer

LOOK_UP = ToolSpec("look_up", "Look a word up.", {"type": "object", "properties": {"word": {"type": "string"}}})
HASTY = Patience(first=0.3, gap=0.3, total=30)
PATIENT = Patience(first=10, gap=10, total=30)
SILENT = ("no-first-token", "stall")  # What never comes is not waited for; what comes may come late on a busy machine.
ROUTES = pytest.mark.parametrize("route", ["hosted_vllm", "openai", "together_ai"])


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Have LiteLLM loaded, which takes longer than the hasty ones wait."""
    asyncio.run(warm_up())


def model_at(
    url: str, name: str, route: str = "hosted_vllm", patience: Patience | None = None, key: str = ""
) -> LiteLLMModel:
    return LiteLLMModel(
        f"peer/{name}",
        "Peer",
        f"{route}/{name}",
        api_base=url,
        api_key=key,
        sends="user and metadata",
        patience=patience or (HASTY if name in SILENT else PATIENT),
    )


async def failing(model: LiteLLMModel) -> tuple[list[ModelEvent], ModelError]:
    """Collect what came before the error, and the error."""
    events: list[ModelEvent] = []
    try:
        async for event in model.stream([ChatMessage("user", "hello")], call=call()):
            events.append(event)  # noqa: PERF401 - what came before the error is wanted
    except ModelError as error:
        return events, error
    pytest.fail("no error was raised")


async def until(condition: Callable[[], object]) -> None:
    """Wait for what happens at the other end of a socket, where there is nothing to await."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)


@ROUTES
@pytest.mark.parametrize(
    ("scenario", "kind", "said"),
    [
        ("fail-400", ModelError, "temperature is out of range"),
        ("fail-401", ModelKeyError, "refuses the API key"),
        ("fail-402", ModelKeyError, "no credit left"),
        ("fail-403", ModelKeyError, "does not let this API key use fail-403"),
        ("fail-404", ModelNotFoundError, "does not know the model fail-404"),
        ("busy-429", ModelBusyError, "in 20 seconds"),
        ("fail-500", ModelError, "error 500"),
        ("fail-503", ModelError, "error 503"),
        ("too-long", ModelError, "longer than too-long"),
        ("empty", ModelCutError, "empty answer"),
        ("only-done", ModelCutError, "empty answer"),
        ("no-content", ModelCutError, "empty answer"),
        ("html", ModelCutError, "sent"),
        ("no-first-token", ModelTimeoutError, "did not begin to answer within 0.3 seconds"),
    ],
)
async def test_a_fault_before_the_answer_is_a_sentence_that_names_the_provider(
    provider: OpenAIServer, route: str, scenario: str, kind: type[ModelError], said: str
) -> None:
    events, error = await failing(model_at(provider.url, scenario, route))
    assert events == []
    assert type(error) is kind
    assert said in str(error)
    assert "Peer" in str(error)
    assert error.provider == "Peer"


@ROUTES
@pytest.mark.parametrize(
    ("scenario", "kind", "text", "said"),
    [
        ("cut", ModelCutError, "Half an ", "broke off"),
        ("cut-politely", ModelCutError, "Half an ", "broke off"),
        ("malformed", ModelCutError, "Good ", "no sense"),
        ("stall", ModelTimeoutError, "I was about ", "fell silent"),
    ],
)
async def test_a_fault_in_mid_answer_comes_after_the_text_that_arrived(
    provider: OpenAIServer, route: str, scenario: str, kind: type[ModelError], text: str, said: str
) -> None:
    events, error = await failing(model_at(provider.url, scenario, route))
    assert text_of(events) == text
    assert type(error) is kind
    assert said in str(error)
    assert len(provider.chats) == 1  # Text was shown, so that nothing is tried again.


async def test_an_error_sent_in_the_stream_is_one(provider: OpenAIServer) -> None:
    events, error = await failing(model_at(provider.url, "error-event"))
    assert text_of(events) == "Good "
    assert "problem of its own" in str(error)


async def test_an_answer_that_never_ends_is_ended(provider: OpenAIServer) -> None:
    model = model_at(provider.url, "tokens-100000-50", patience=Patience(first=1, gap=1, total=0.5))
    events, error = await failing(model)
    assert text_of(events)
    assert isinstance(error, ModelTimeoutError)
    assert "still answering" in str(error)


async def test_nobody_at_the_address_is_said_with_the_address() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        _, error = await failing(model_at(url, "plain"))
    assert isinstance(error, ModelUnreachableError)
    assert url in str(error)


async def test_no_network_is_said_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    # The name has no address, as every name has none when the network is gone.
    monkeypatch.setenv("TOGETHER_AI_API_BASE", "http://no-such-host.invalid/v1")
    _, error = await failing(LiteLLMModel("together_ai/x", "Together AI", "together_ai/x", api_key="k"))
    assert isinstance(error, ModelUnreachableError)
    assert "Together AI cannot be reached" in str(error)


async def test_no_error_carries_the_providers_own_words_of_the_request(provider: OpenAIServer) -> None:
    _, error = await failing(model_at(provider.url, "fail-401", key="sk-secret"))
    assert error.__cause__ is None
    assert error.__suppress_context__
    assert "sk-secret" not in str(error)


async def test_a_server_fault_before_the_answer_is_tried_once_more(provider: OpenAIServer) -> None:
    provider.fail_first["plain"] = 1
    assert text_of(await events_of(model_at(provider.url, "plain"), "hello")) == "Hello from here."
    assert len(provider.chats) == 2


async def test_a_server_fault_is_not_tried_a_third_time(provider: OpenAIServer) -> None:
    await failing(model_at(provider.url, "fail-500"))
    assert len(provider.chats) == 2


@pytest.mark.parametrize("scenario", ["busy-429", "fail-400", "fail-401", "fail-404", "no-first-token", "empty"])
async def test_what_would_fail_again_is_asked_once(provider: OpenAIServer, scenario: str) -> None:
    await failing(model_at(provider.url, scenario))
    assert len(provider.chats) == 1


async def test_a_busy_provider_says_how_long_to_wait(provider: OpenAIServer) -> None:
    _, error = await failing(model_at(provider.url, "busy-429"))
    assert error.retry_after == 20


async def test_calls_that_share_an_index_stay_apart(provider: OpenAIServer) -> None:
    events = await events_of(model_at(provider.url, "tool-calls"), "hello", [LOOK_UP])
    assert events[:-1] == [
        ToolCallRequested("call_a", "look_up", {"word": "boiler"}),
        ToolCallRequested("call_b", "look_up", {"word": "roof"}),
    ]
    assert end_of(events).reason == "tool_calls"


@pytest.mark.parametrize("scenario", ["cut-tool-call", "half-tool-call"])
async def test_half_a_call_is_never_handed_out(provider: OpenAIServer, scenario: str) -> None:
    events, error = await failing(model_at(provider.url, scenario))
    assert events == []
    assert isinstance(error, ModelCutError)


async def test_reasoning_is_kept_apart_from_the_answer(provider: OpenAIServer) -> None:
    events = await events_of(model_at(provider.url, "reasoning"), "hello")
    assert "".join(event.text for event in events if isinstance(event, ReasoningDelta)) == "Let me think."
    assert text_of(events) == "42."


async def test_an_answer_cut_by_the_models_limit_says_so(provider: OpenAIServer) -> None:
    assert end_of(await events_of(model_at(provider.url, "length"), "hello")).reason == "length"


async def test_the_usage_that_the_provider_reports_is_kept(provider: OpenAIServer) -> None:
    end = end_of(await events_of(model_at(provider.url, "tokens-20-0"), "hello"))
    assert (end.prompt_tokens, end.completion_tokens, end.cost) == (7, 20, None)


async def test_a_known_price_gives_a_cost_and_an_unknown_one_none(provider: OpenAIServer) -> None:
    known = "meta-llama/Llama-3.2-3B-Instruct"
    for name, priced in ((known, True), ("nobody/knows-me", False)):
        model = LiteLLMModel(f"together_ai/{name}", "Peer", f"together_ai/{name}", api_base=provider.url, priced=True)
        cost = end_of(await events_of(model, "hello")).cost
        assert (cost is not None and cost > 0) is priced


async def test_the_provider_is_told_who_asks(provider: OpenAIServer) -> None:
    await events_of(model_at(provider.url, "plain", key="sk-1"), "hello", [LOOK_UP])
    [request] = provider.chats
    assert request.body["user"] == "usr_ada"
    assert request.body["metadata"] == {"user_id": "usr_ada", "conversation_id": "con_now"}
    assert request.headers["authorization"] == "Bearer sk-1"
    assert request.body["tools"][0]["function"]["name"] == "look_up"
    assert request.body["stream_options"] == {"include_usage": True}


async def test_a_server_without_a_key_never_gets_one_of_the_environment(
    provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "HOSTED_VLLM_API_KEY", "TOGETHERAI_API_KEY"):
        monkeypatch.setenv(name, "sk-of-somebody-else")
    for route in ("hosted_vllm", "openai", "together_ai"):
        await events_of(model_at(provider.url, "plain", route), "hello")
    assert {request.headers["authorization"] for request in provider.chats} == {"Bearer none"}


async def test_messages_cannot_choose_address_or_model(provider: OpenAIServer) -> None:
    await events_of(model_at(provider.url, "plain"), '{"model": "gpt-6", "api_base": "http://127.0.0.1:1/v1"}')
    assert provider.chats[0].body["model"] == "plain"


async def test_leaving_a_stream_closes_it_at_the_provider(provider: OpenAIServer) -> None:
    stream = model_at(provider.url, "tokens-100000-200").stream([ChatMessage("user", "hello")], call=call())
    assert await anext(stream)
    await stream.aclose()
    await until(lambda: provider.chats[0].cut_by_client)


async def test_cancelling_ends_at_once_and_closes_the_stream(provider: OpenAIServer) -> None:
    task = asyncio.create_task(events_of(model_at(provider.url, "tokens-100000-200"), "hello"))
    await until(lambda: provider.chats and provider.chats[0].first_byte)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: provider.chats[0].cut_by_client)


async def test_a_burst_of_tokens_lets_others_work(provider: OpenAIServer) -> None:
    longest, last, done = 0.0, time.perf_counter(), False

    async def others() -> None:
        nonlocal longest, last
        while not done:
            await asyncio.sleep(0)
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()

    model = model_at(provider.url, "tokens-5000-0", patience=Patience())
    await events_of(model_at(provider.url, "plain", patience=Patience()), "hello")
    watcher, turns = asyncio.create_task(others()), 0
    async for event in model.stream([ChatMessage("user", "hello")], call=call()):
        turns += isinstance(event, TextDelta | Finished)
    done = True
    await watcher
    assert turns == 5001
    assert longest < 0.5


def test_the_key_is_not_in_what_is_printed() -> None:
    assert "sk-secret" not in repr(model_at("http://127.0.0.1/v1", "plain", key="sk-secret"))


@pytest.mark.parametrize("name", ["llama-3.3-70b-instruct", "command-r-plus", "claude-sonnet", "mistral-large"])
async def test_no_name_of_a_model_makes_it_talk_to_anybody_else(
    provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    looked_up: list[object] = []
    look_up = socket.getaddrinfo

    def noted(host: object, *args: Any, **options: Any) -> list[Any]:
        if host != "127.0.0.1":
            looked_up.append(host)
        return look_up("127.0.0.1", *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    await events_of(model_at(provider.url, name, patience=Patience()), "Hello")
    assert looked_up == []


@ROUTES
async def test_characters_that_come_in_halves_are_whole(provider: OpenAIServer, route: str) -> None:
    events = await events_of(model_at(provider.url, "halves", route), "hello")
    assert text_of(events) == "Smile 😀 and on."
    assert end_of(events).completion_tokens > 0
    "".join(event.text for event in events if isinstance(event, ReasoningDelta)).encode()


async def test_a_server_leads_to_no_other_address(provider: OpenAIServer) -> None:
    events, error = await failing(model_at(provider.url, "moved"))
    assert (events, type(error)) == ([], ModelError)
    assert {request.path for request in provider.requests} == {"/v1/chat/completions"}
