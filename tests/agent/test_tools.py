"""Turns that call tools: in rounds, by policy, with approvals, and never twice."""

import asyncio
import json
from typing import Any

import pytest

from assistant_app import models
from assistant_app.agent import approvals as answering
from assistant_app.agent import policy, runs, talk
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.services import approvals, ledger, tasks, temporary, threads, tool_calls
from assistant_app.services.tool_calls import CallView
from assistant_app.services.views import MessageView
from tests.peers.openai_server import OpenAIServer

SCRIPTED = "openai_compatible/scripted"


async def say(user: models.User, text: str, *, model: str = SCRIPTED, conversation_id: str = "") -> str:
    """Say something, wait for the whole answer, and return the conversation's id."""
    asked = await talk.ask(user_id=user.id, conversation_id=conversation_id, text=text, model=model)
    await runs.idle()
    return asked.conversation_id


async def script(user: models.User, *rounds: Any, conversation_id: str = "") -> str:
    return await say(user, json.dumps(rounds), conversation_id=conversation_id)


async def last_message(user: models.User, conversation_id: str) -> MessageView:
    return (await threads.open_thread(user_id=user.id, conversation_id=conversation_id)).messages[-1]


async def calls_of(user: models.User, conversation_id: str) -> list[CallView]:
    thread = await threads.open_thread(user_id=user.id, conversation_id=conversation_id)
    return await tool_calls.list_calls(user_id=user.id, message_ids=[message.id for message in thread.messages])


async def titles(user: models.User, view: Any = "open") -> list[str]:
    page = await tasks.list_tasks(user_id=user.id, view=view)
    return sorted(task.title for task in page.tasks)


async def test_parallel_calls_run_in_order_and_the_model_reads_their_results(
    ada: models.User, provider: OpenAIServer
) -> None:
    place = await script(ada, [{"add_task": {"title": "milk"}}, {"add_task": {"title": "eggs"}}], "Both are on it.")
    assert await titles(ada) == ["eggs", "milk"]
    assert [(call.tool, call.status, call.step, call.place) for call in await calls_of(ada, place)] == [
        ("add_task", "ok", 0, 0),
        ("add_task", "ok", 0, 1),
    ]
    assert (await last_message(ada, place)).text == "Both are on it."
    answered = provider.chats[-2].body["messages"]
    assert [message["role"] for message in answered[-3:]] == ["assistant", "tool", "tool"]
    assert "milk" in answered[-2]["content"]


async def test_several_rounds_are_one_answer_with_paragraphs(ada: models.User, provider: OpenAIServer) -> None:
    place = await script(ada, [{"add_task": {"title": "milk"}}], [{"list_tasks": {}}], "That is all.")
    calls = await calls_of(ada, place)
    assert [(call.tool, call.step) for call in calls] == [("add_task", 0), ("list_tasks", 1)]
    again = await script(ada, "And now?", conversation_id=place)
    roles = [message["role"] for message in provider.chats[-1].body["messages"]]
    assert again == place
    assert roles == ["system", "user", "assistant", "tool", "assistant", "tool", "assistant", "user"]


async def test_wrong_arguments_go_back_to_the_model_which_calls_again(ada: models.User, provider: OpenAIServer) -> None:
    place = await script(ada, [{"add_task": {"titel": "milk"}}], [{"add_task": {"title": "milk"}}], "Done.")
    assert [call.status for call in await calls_of(ada, place)] == ["failed", "ok"]
    assert await titles(ada) == ["milk"]
    told = json.loads(provider.chats[1].body["messages"][-1]["content"])
    assert told["kind"] == "retry"
    assert "titel" in told["error"]


async def test_unknown_tool_is_refused_and_the_model_hears_so(ada: models.User, provider: OpenAIServer) -> None:
    place = await script(ada, [{"format_disk": {}}], "Sorry.")
    (call,) = await calls_of(ada, place)
    assert (call.status, call.result["kind"]) == ("failed", "unknown_tool")


async def test_cut_call_is_never_run(ada: models.User, provider: OpenAIServer) -> None:
    place = await script(ada, [{"add_task": '{"title": "mi'}])
    assert await titles(ada) == []
    assert (await last_message(ada, place)).status == "failed"


async def test_calls_without_end_stop_with_a_sentence(ada: models.User, provider: OpenAIServer) -> None:
    place = await say(ada, "go", model="openai_compatible/endless-calls")
    message = await last_message(ada, place)
    assert message.status == "failed"
    assert "12 rounds" in message.error
    assert len(await calls_of(ada, place)) == 12


async def test_tool_that_is_off_is_not_offered_and_refused(ada: models.User, provider: OpenAIServer) -> None:
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="off")
    place = await script(ada, [{"add_task": {"title": "milk"}}], "No.")
    offered = {tool["function"]["name"] for tool in provider.chats[0].body["tools"]}
    assert "add_task" not in offered
    assert "list_tasks" in offered
    assert [call.status for call in await calls_of(ada, place)] == ["off"]
    assert await titles(ada) == []


async def test_what_deletes_cannot_be_set_to_run_unasked(ada: models.User) -> None:
    with pytest.raises(InvalidInputError, match="always asks"):
        await policy.set_policy(user_id=ada.id, tool="delete_task", policy="auto")


async def test_deletion_waits_for_a_yes_and_the_answer_then_goes_on(ada: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place = await script(ada, [{"delete_task": {"task": "milk"}}], "It is gone.")
    assert await titles(ada) == ["milk"]
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    assert "milk" in waiting.summary
    await answering.approve(user_id=ada.id, approval_id=waiting.id)
    await runs.idle()
    assert await titles(ada) == []
    message = await last_message(ada, place)
    assert (message.text, message.status) == ("It is gone.", "complete")
    assert [call.status for call in await calls_of(ada, place)] == ["ok"]


async def test_no_leaves_everything_and_the_model_hears_so(ada: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place = await script(ada, [{"delete_task": {"task": "milk"}}], "Then not.")
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    await answering.deny(user_id=ada.id, approval_id=waiting.id)
    await runs.idle()
    assert await titles(ada) == ["milk"]
    assert (await last_message(ada, place)).text == "Then not."


@pytest.mark.parametrize(("word", "left"), [("yes", []), ("go ahead", []), ("no", ["milk"]), ("cancel", ["milk"])])
async def test_a_word_in_the_chat_answers_what_waits(
    ada: models.User, provider: OpenAIServer, word: str, left: list[str]
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place = await script(ada, [{"delete_task": {"task": "milk"}}])
    await say(ada, word, conversation_id=place)
    assert await titles(ada) == left
    assert await approvals.list_waiting(user_id=ada.id) == []


async def test_other_words_leave_what_waits_and_the_model_knows_of_it(ada: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place = await script(ada, [{"delete_task": {"task": "milk"}}])
    await script(ada, [{"add_task": {"title": "eggs"}}], "Added.", conversation_id=place)
    assert await titles(ada) == ["eggs", "milk"]
    assert len(await approvals.list_waiting(user_id=ada.id, conversation_id=place)) == 1
    results = [message for message in provider.chats[-1].body["messages"] if message["role"] == "tool"]
    assert json.loads(results[0]["content"])["kind"] == "waiting"


async def test_two_devices_that_approve_at_once_delete_once(ada: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    await script(ada, [{"delete_task": {"task": "milk"}}], "Gone.")
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    said = await asyncio.gather(
        *(answering.approve(user_id=ada.id, approval_id=waiting.id) for _ in range(5)), return_exceptions=True
    )
    await runs.idle()
    assert sum(isinstance(one, ConflictError) for one in said) == 4
    deleted = [action for action in await ledger.list_actions(user_id=ada.id) if action.verb == "delete"]
    assert len(deleted) == 1


async def test_the_same_call_asked_twice_waits_once(ada: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    await script(ada, [{"delete_task": {"task": "milk"}}])
    await script(ada, [{"delete_task": {"task": "1"}}])
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    await answering.approve(user_id=ada.id, approval_id=waiting.id)
    await runs.idle()
    assert await titles(ada) == []


async def test_edited_arguments_are_what_is_carried_out(ada: models.User, provider: OpenAIServer) -> None:
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="ask")
    place = await script(ada, [{"add_task": {"title": "milk"}}], "There.")
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    with pytest.raises(InvalidInputError):
        await answering.approve(user_id=ada.id, approval_id=waiting.id, arguments={"titel": "oat milk"})
    await answering.approve(user_id=ada.id, approval_id=waiting.id, arguments={"title": "oat milk"})
    await runs.idle()
    assert await titles(ada) == ["oat milk"]
    (call,) = await calls_of(ada, place)
    assert call.arguments == {"title": "oat milk"}


async def test_somebody_else_cannot_answer(ada: models.User, bob: models.User, provider: OpenAIServer) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    await script(ada, [{"delete_task": {"task": "milk"}}])
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    with pytest.raises(Exception, match="not there"):
        await answering.approve(user_id=bob.id, approval_id=waiting.id)
    assert await titles(ada) == ["milk"]


async def test_what_one_message_did_is_undone_in_one_go(ada: models.User, provider: OpenAIServer) -> None:
    place = await script(ada, [{"add_task": {"title": "milk"}}, {"add_task": {"title": "eggs"}}])
    await script(ada, [{"undo": {}}], "Undone.", conversation_id=place)
    assert await titles(ada) == []
    calls = await calls_of(ada, place)
    assert [call.undone for call in calls] == [True, True, False]


async def test_answer_stops_when_it_has_cost_as_much_as_it_may(
    ada: models.User, provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant_app.agent.turn.get_settings", _Cheap)
    place = await say(ada, "go", model="openai_compatible/endless-calls")
    message = await last_message(ada, place)
    assert "as much as one answer may" in message.error
    assert len(await calls_of(ada, place)) == 1


class _Cheap:
    most_cost_per_answer = 0.0


async def test_temporary_chat_leaves_no_record_of_its_calls(ada: models.User, provider: OpenAIServer) -> None:
    asked = await talk.ask(
        user_id=ada.id, conversation_id="", text=json.dumps([[{"list_tasks": {}}]]), model=SCRIPTED, keep=False
    )
    await runs.idle()
    assert len(await tool_calls.list_conversation_calls(user_id=ada.id, conversation_id=asked.conversation_id)) == 1
    await temporary.discard_conversation(user_id=ada.id, conversation_id=asked.conversation_id)
    assert await tool_calls.list_conversation_calls(user_id=ada.id, conversation_id=asked.conversation_id) == []
