"""Runs: written by the server, whoever watches."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from assistant_app import bus, models
from assistant_app.agent import runs, talk
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.services import answers, conversations, temporary, threads, trash, usage
from assistant_app.services.views import MessageView
from tests.peers.openai_server import OpenAIServer

SERVER = "openai_compatible/"
Counter = Callable[[], Awaitable[int]]


async def last_message(user: models.User, conversation_id: str) -> MessageView:
    return (await threads.open_thread(user_id=user.id, conversation_id=conversation_id)).messages[-1]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the model runs in a task of its own
            await asyncio.sleep(0.005)


async def ask(user: models.User, model: str, text: str = "Hello", conversation_id: str = "") -> str:
    return (await talk.ask(user_id=user.id, conversation_id=conversation_id, text=text, model=model)).conversation_id


async def test_builtin_model_answers_and_the_answer_is_stored(ada: models.User) -> None:
    conversation_id = await ask(ada, "builtin", "What is 6 times 7?")
    await runs.idle()
    message = await last_message(ada, conversation_id)
    assert message.status == "complete"
    assert "42" in message.text


async def test_question_is_stored_before_the_provider_is_asked(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "no-first-token", "Are you there?")
    thread = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    assert [(message.role, message.text) for message in thread.messages] == [
        ("user", "Are you there?"),
        ("assistant", ""),
    ]


async def test_provider_gets_user_conversation_and_history(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "plain", "First")
    await runs.idle()
    await ask(ada, SERVER + "plain", "Second", conversation_id)
    await runs.idle()
    body = provider.chats[-1].body
    assert body["user"] == ada.id
    assert [message["content"] for message in body["messages"]][1:] == ["First", "Hello from here.", "Second"]


async def test_usage_of_an_answer_and_of_its_title_are_recorded(ada: models.User, provider: OpenAIServer) -> None:
    await ask(ada, SERVER + "plain")
    await runs.idle()
    report = await usage.usage_by_day(user_id=ada.id)
    assert report.total.calls == 2
    assert report.total.prompt_tokens == 14


async def test_stop_keeps_the_text_so_far(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    run = runs.find(user_id=ada.id, conversation_id=conversation_id)
    assert run is not None
    await until(lambda: run.text == "I was about ")
    await runs.stop(user_id=ada.id, conversation_id=conversation_id)
    message = await last_message(ada, conversation_id)
    assert (message.status, message.text) == ("stopped", "I was about ")
    assert runs.find(user_id=ada.id, conversation_id=conversation_id) is None


async def test_stopped_answer_goes_on_where_it_was(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    run = runs.find(user_id=ada.id, conversation_id=conversation_id)
    assert run is not None
    await until(lambda: run.text != "")
    await runs.stop(user_id=ada.id, conversation_id=conversation_id)
    message = await last_message(ada, conversation_id)
    await talk.resume(user_id=ada.id, conversation_id=conversation_id, message_id=message.id, model=SERVER + "plain")
    await runs.idle()
    whole = await last_message(ada, conversation_id)
    assert (whole.id, whole.status, whole.text) == (message.id, "complete", "I was about Hello from here.")


async def test_partial_text_is_stored_while_the_answer_is_written(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    async with asyncio.timeout(5):
        while not (await last_message(ada, conversation_id)).text:  # noqa: ASYNC110 - it lies in the database
            await asyncio.sleep(0.02)
    assert (await last_message(ada, conversation_id)).status == "running"


async def test_end_of_the_process_leaves_an_interrupted_answer(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    run = runs.find(user_id=ada.id, conversation_id=conversation_id)
    assert run is not None
    await until(lambda: run.text != "")
    await runs.stop_all()
    message = await last_message(ada, conversation_id)
    assert (message.status, message.text) == ("interrupted", "I was about ")


@pytest.mark.parametrize(
    ("scenario", "sentence", "kind", "text"),
    [
        ("fail-401", "key", "ModelKeyError", ""),
        ("fail-404", "fail-404", "ModelNotFoundError", ""),
        ("busy-429", "20 s", "ModelBusyError", ""),
        ("cut", "broke off", "ModelCutError", "Half an "),
        ("length", "length", "ModelCutError", "It goes on and"),
    ],
)
async def test_fault_leaves_a_sentence_and_the_text_so_far(
    ada: models.User, provider: OpenAIServer, scenario: str, sentence: str, kind: str, text: str
) -> None:
    conversation_id = await ask(ada, SERVER + scenario)
    await runs.idle()
    message = await last_message(ada, conversation_id)
    assert message.status == "failed"
    assert sentence in message.error
    assert (message.error_kind, message.text) == (kind, text)


async def test_retry_after_a_fault_answers(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "fail-401")
    await runs.idle()
    failed = await last_message(ada, conversation_id)
    await talk.retry(user_id=ada.id, conversation_id=conversation_id, message_id=failed.id, model=SERVER + "plain")
    await runs.idle()
    assert (await last_message(ada, conversation_id)).text == "Hello from here."


async def test_model_that_is_not_connected_is_told_in_the_thread(ada: models.User) -> None:
    conversation_id = await ask(ada, "anthropic/claude")
    await runs.idle()
    assert "not connected" in (await last_message(ada, conversation_id)).error


async def test_second_question_waits_for_the_first_answer(ada: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    with pytest.raises(ConflictError):
        await ask(ada, SERVER + "plain", "And?", conversation_id)


async def test_one_person_cannot_have_answers_without_end_written_at_once(
    ada: models.User, bob: models.User, provider: OpenAIServer
) -> None:
    for _ in range(runs._MOST_AT_ONCE):
        await ask(ada, SERVER + "no-first-token")
    with pytest.raises(ConflictError, match="answers are being written for you"):
        await ask(ada, SERVER + "plain")
    assert len(await conversations.list_conversations(user_id=ada.id, limit=99)) == runs._MOST_AT_ONCE
    await ask(bob, SERVER + "plain")


async def test_nobody_else_sees_or_stops_a_run(ada: models.User, bob: models.User, provider: OpenAIServer) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    assert runs.find(user_id=bob.id, conversation_id=conversation_id) is None
    await runs.stop(user_id=bob.id, conversation_id=conversation_id)
    assert runs.find(user_id=ada.id, conversation_id=conversation_id) is not None


async def test_conversation_deleted_in_mid_answer_ends_its_run_without_noise(
    ada: models.User, provider: OpenAIServer
) -> None:
    conversation_id = await ask(ada, SERVER + "stall")
    await trash.move_to_trash(user_id=ada.id, conversation_id=conversation_id)
    await trash.delete_forever(user_id=ada.id, conversation_id=conversation_id)
    await runs.stop(user_id=ada.id, conversation_id=conversation_id)
    with pytest.raises(NotFoundError):
        await last_message(ada, conversation_id)


async def test_followers_hear_of_text_and_of_the_end(ada: models.User) -> None:
    with bus.subscribe(ada.id) as changes:
        conversation_id = await ask(ada, "builtin")
        await runs.idle()
        topics = await changes.changes()
    assert {runs.run_topic(conversation_id), runs.end_topic(conversation_id)} <= topics


async def test_answer_left_running_by_a_dead_process_is_swept(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Hello", model="builtin")
    await answers.sweep_interrupted()
    assert (await last_message(ada, asked.conversation_id)).status == "interrupted"


async def test_temporary_chat_answers_without_a_row(ada: models.User, read_tables: Counter) -> None:
    asked = await talk.ask(user_id=ada.id, conversation_id="", text="What is 2+2?", model="builtin", keep=False)
    await runs.idle()
    thread = await temporary.open_thread(user_id=ada.id, conversation_id=asked.conversation_id)
    assert "4" in thread.messages[-1].text
    assert await read_tables() == 0


@pytest.mark.parametrize("moments", [0, 3, 5, 8])
async def test_stop_from_two_tabs_ends_the_answer_once(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch, moments: int
) -> None:
    finish, storing = answers.finish_run, asyncio.Event()

    async def slow_finish(**end: Any) -> bool:
        storing.set()
        for _ in range(10):
            await asyncio.sleep(0)
        return await finish(**end)

    monkeypatch.setattr(answers, "finish_run", slow_finish)
    conversation_id = await ask(ada, SERVER + "stall")
    run = runs.find(user_id=ada.id, conversation_id=conversation_id)
    assert run is not None
    await until(lambda: run.text != "")
    first = asyncio.create_task(runs.stop(user_id=ada.id, conversation_id=conversation_id))
    await storing.wait()
    for _ in range(moments):
        await asyncio.sleep(0)
    await runs.stop(user_id=ada.id, conversation_id=conversation_id)
    await first
    assert (await last_message(ada, conversation_id)).status == "stopped"


async def test_answer_that_is_stopped_before_its_first_step_is_stopped(
    ada: models.User, provider: OpenAIServer
) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Hello", model=SERVER + "stall")
    runs.start(asked.run)
    await runs.stop(user_id=ada.id, conversation_id=asked.conversation_id)
    assert (await last_message(ada, asked.conversation_id)).status == "stopped"


def failing(real: Callable[..., Awaitable[Any]], times: int) -> Callable[..., Awaitable[Any]]:
    """Return what fails at first, as a full disk does."""
    left = [OSError("disk full")] * times

    async def call(**arguments: Any) -> Any:
        if left:
            raise left.pop()
        return await real(**arguments)

    return call


async def test_end_that_could_not_be_stored_is_stored_later(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "finish_run", failing(answers.finish_run, 2))
    monkeypatch.setattr(runs, "_STORE_AGAIN", (0.01,))
    conversation_id = await ask(ada, SERVER + "plain")
    await runs.idle()
    assert (await last_message(ada, conversation_id)).status == "complete"


async def test_database_that_stays_away_does_not_keep_the_process_from_ending(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "finish_run", failing(answers.finish_run, 1_000))
    await ask(ada, SERVER + "stall")
    async with asyncio.timeout(4):
        await runs.stop_all()


async def test_save_that_failed_does_not_end_the_saving(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "save_partial", failing(answers.save_partial, 1))
    monkeypatch.setattr(runs, "_SAVE_EVERY", 0.01)
    conversation_id = await ask(ada, SERVER + "stall")
    async with asyncio.timeout(5):
        while not (await last_message(ada, conversation_id)).text:  # noqa: ASYNC110 - it lies in the database
            await asyncio.sleep(0.02)


async def test_answer_of_a_deleted_conversation_is_not_paid_to_its_end(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_SAVE_EVERY", 0.01)
    conversation_id = await ask(ada, SERVER + "stall")
    await trash.delete_forever(user_id=ada.id, conversation_id=conversation_id)
    async with asyncio.timeout(5):
        await runs.idle()


async def test_answer_without_end_is_ended(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_MOST_CHARS", 5)
    conversation_id = await ask(ada, SERVER + "stall")
    await runs.idle()
    message = await last_message(ada, conversation_id)
    assert (message.status, message.text) == ("failed", "I was about ")
    assert "longer" in message.error
