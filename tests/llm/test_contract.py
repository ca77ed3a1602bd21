"""What every model does, the built-in one and those behind LiteLLM alike."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from assistant_app.llm.base import ChatMessage, ChatModel, Finished, TextDelta, ToolCallRequested
from assistant_app.llm.builtin import BuiltinModel
from assistant_app.llm.litellm_model import LiteLLMModel
from tests.llm.conftest import call, end_of, events_of, text_of
from tests.peers.openai_server import OpenAIServer


@pytest_asyncio.fixture(params=["builtin", "hosted_vllm", "openai", "together_ai"])
async def model(request: pytest.FixtureRequest, provider: OpenAIServer) -> AsyncIterator[ChatModel]:
    """Each model in turn."""
    if request.param == "builtin":
        yield BuiltinModel()
    else:
        yield LiteLLMModel("peer/plain", "Peer", f"{request.param}/plain", api_base=provider.url)


async def test_an_answer_comes_in_pieces_and_ends_with_finished(model: ChatModel) -> None:
    events = await events_of(model, "hello")
    assert len([event for event in events if isinstance(event, TextDelta)]) > 1
    assert isinstance(events[-1], Finished)
    assert not any(isinstance(event, Finished) for event in events[:-1])


async def test_an_answer_without_calls_ends_with_stop_and_says_what_it_used(model: ChatModel) -> None:
    end = end_of(await events_of(model, "hello"))
    assert end.reason == "stop"
    assert end.prompt_tokens > 0
    assert end.completion_tokens > 0


async def test_pieces_join_to_a_text_without_gaps_or_doubles(model: ChatModel) -> None:
    text = text_of(await events_of(model, "what can you do?"))
    assert text == text.strip()
    assert "  " not in text.replace("\n", "")


async def test_a_title_can_be_asked_for(model: ChatModel) -> None:
    assert text_of(await events_of(model, "How do I bake bread?", info=call("title"))).strip()


async def test_a_long_history_is_no_obstacle(model: ChatModel) -> None:
    messages = [ChatMessage("system", "Be kind.")]
    for _ in range(50):
        messages += [ChatMessage("user", "hello"), ChatMessage("assistant", "Hello.")]
    messages += [
        ChatMessage("assistant", "", (ToolCallRequested("call_1", "look_up", {"word": "x"}),)),
        ChatMessage("tool", "nothing", tool_call_id="call_1"),
        ChatMessage("user", "thanks"),
    ]
    events = [event async for event in model.stream(messages, call=call())]
    assert isinstance(events[-1], Finished)


async def test_a_stream_can_be_left_at_any_time_and_asked_again(model: ChatModel) -> None:
    stream = model.stream([ChatMessage("user", "hello")], call=call())
    assert await anext(stream)
    await stream.aclose()
    assert end_of(await events_of(model, "hello")).reason == "stop"


async def test_two_streams_at_once_do_not_mix(model: ChatModel) -> None:
    one, two = await asyncio.gather(events_of(model, "hello"), events_of(model, "hello"))
    assert text_of(one) == text_of(two)


async def test_tokens_are_never_none_for_a_text_and_grow_with_it(model: ChatModel) -> None:
    assert model.count_tokens("") == 0
    assert model.count_tokens("a") >= 1
    assert model.count_tokens(" ") >= 1
    assert model.count_tokens("漢字") >= 1
    assert model.count_tokens("word " * 100) > model.count_tokens("word " * 10)


async def test_a_model_says_what_it_is(model: ChatModel) -> None:
    assert model.name
    assert model.provider
    assert model.context_tokens > 0
