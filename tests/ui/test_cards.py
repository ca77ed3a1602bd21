"""The cards of calls in a chat: what they say, undo and redo, approvals, and all of it live."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from assistant_app import bus, models
from assistant_app.agent import approvals as answering
from assistant_app.agent import policy, runs, talk
from assistant_app.errors import ConflictError
from assistant_app.services import approvals, ledger, tasks, tool_calls
from assistant_app.ui.chat.approval_state import ApprovalState
from assistant_app.ui.chat.calls import CallRow
from assistant_app.ui.chat.card_state import CardState, DoingState
from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.follow import FollowState
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState
from tests.ui.calls import chat_with_calls
from tests.ui.conftest import OpenTab, Tab

OLD = [SessionState.load, ChatState.open, ModelState.load, SidebarState.load]
FOLLOW = FollowState.follow(True)
MILK = ("add_task", {"title": "milk"})


@pytest_asyncio.fixture(autouse=True)
async def nothing_left_running(open_tab: OpenTab) -> AsyncIterator[None]:
    """Let the answers that went on after a yes come to their end."""
    yield
    await runs.idle()


def cards(tab: Tab) -> list[CallRow]:
    """Return the cards of the last answer."""
    return tab.value(ChatState, "rows")[-1].calls


async def open_titles(user: models.User) -> list[str]:
    return [task.title for task in (await tasks.list_tasks(user_id=user.id, view="open")).tasks]


async def last_notice(tab: Tab) -> str:
    return tab.value(NoticeState, "notices")[-1].text


async def test_card_says_what_was_done_and_offers_to_undo_it(ada: models.User, open_tab: OpenTab) -> None:
    place, _ = await chat_with_calls(ada, MILK)
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    (card,) = cards(tab)
    assert (card.summary, card.status, card.can_undo) == ("Added “milk”", "ok", True)
    assert tab.value(ChatState, "rows")[-1].said == "- Added “milk”"


async def test_what_only_read_has_nothing_to_undo(ada: models.User, open_tab: OpenTab) -> None:
    place, _ = await chat_with_calls(ada, ("list_tasks", {}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    (card,) = cards(tab)
    assert (card.status, card.can_undo, card.can_redo) == ("read", False, False)


async def test_undo_and_redo_on_the_card(ada: models.User, open_tab: OpenTab) -> None:
    place, (call,) = await chat_with_calls(ada, MILK)
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    await tab.send(CardState.undo(call.id, False))
    assert await open_titles(ada) == []
    assert (cards(tab)[0].status, cards(tab)[0].can_undo, cards(tab)[0].can_redo) == ("undone", False, True)
    await tab.send(CardState.redo(call.id, False))
    assert await open_titles(ada) == ["milk"]
    assert (cards(tab)[0].status, cards(tab)[0].can_undo) == ("ok", True)


async def test_undo_asks_before_a_later_change_is_lost(ada: models.User, open_tab: OpenTab) -> None:
    place, (call,) = await chat_with_calls(ada, MILK)
    (task,) = (await tasks.list_tasks(user_id=ada.id, view="open")).tasks
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    await tab.send(CardState.undo(call.id, False))
    assert "changed again since" in tab.value(CardState, "asked")[call.id]
    await tab.send(CardState.leave(call.id))
    assert tab.value(CardState, "asked") == {}
    await tab.send(CardState.undo(call.id, True))
    assert (await tasks.list_tasks(user_id=ada.id, view="all")).total == 0


async def test_open_card_says_arguments_and_result_in_words(ada: models.User, open_tab: OpenTab) -> None:
    asked = {"title": "bins", "due": "2030-12-03", "repeat": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}
    place, (call,) = await chat_with_calls(ada, ("add_task", asked))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    await tab.send(CardState.toggle(call.message_id, call.id))
    details = tab.value(CardState, "opened")[call.id]
    said = {fact.label: fact.said for fact in details.asked}
    assert list(said) == ["Title", "Due", "Repeat"]
    assert (said["Due"], said["Repeat"]) == ("Tuesday, 3 December 2030", "every other Tuesday")
    assert details.tool == "Add a task"
    assert details.came[0].label == "Result"
    await tab.send(CardState.toggle(call.message_id, call.id))
    assert tab.value(CardState, "opened") == {}


async def test_undo_elsewhere_shows_on_the_card(ada: models.User, open_tab: OpenTab) -> None:
    place, (call,) = await chat_with_calls(ada, MILK)
    tab = await open_tab(ada, f"/c/{place}", on_load=[*OLD, FOLLOW], wait=False)
    await tab.until(lambda: bus.subscribers(ada.id) == 1 and bool(tab.value(ChatState, "rows")))
    await ledger.undo(user_id=ada.id, action_id=call.action_ids[0])
    await tab.until(lambda: cards(tab)[0].status == "undone")
    tab.close()


async def test_candidates_are_offered_on_the_last_answer(ada: models.User, open_tab: OpenTab) -> None:
    for title in ("buy milk", "buy eggs"):
        await tasks.add_task(user_id=ada.id, title=title)
    place, _ = await chat_with_calls(ada, ("complete_task", {"task": "buy"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    (card,) = cards(tab)
    assert card.summary == "Several tasks could be meant by “buy”."
    assert sorted(choice.text for choice in card.choices) == ["Task 1", "Task 2"]


async def test_suggestions_of_the_answer_take_the_place_of_candidates(ada: models.User, open_tab: OpenTab) -> None:
    for title in ("buy milk", "buy eggs"):
        await tasks.add_task(user_id=ada.id, title=title)
    place, _ = await chat_with_calls(ada, ("complete_task", {"task": "buy"}), suggestions=("Complete 1", "Complete 2"))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    assert tab.value(ChatState, "suggestions") == ["Complete 1", "Complete 2"]
    assert cards(tab)[0].choices == []


async def test_call_that_the_model_mended_is_told_quietly(ada: models.User, open_tab: OpenTab) -> None:
    place, _ = await chat_with_calls(ada, ("add_task", {"titel": "milk"}), MILK)
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    assert [card.status for card in cards(tab)] == ["mended", "ok"]


@pytest.mark.parametrize(("answer", "left"), [(ApprovalState.approve, []), (ApprovalState.deny, ["milk"])])
async def test_question_is_answered_by_a_button(
    ada: models.User, open_tab: OpenTab, answer: Any, left: list[str]
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place, (call,) = await chat_with_calls(ada, ("delete_task", {"task": "milk"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    (card,) = cards(tab)
    assert (card.status, card.summary) == ("waiting", "Delete task 1 “milk”")
    assert card.expires_at
    assert "Delete task 1 “milk”" in tab.value(ChatState, "asks")
    await tab.send(answer(call.approval_id or ""))
    await tab.send(answer(call.approval_id or ""))  # A double click answers once, and complains of nothing.
    assert await open_titles(ada) == left
    assert cards(tab)[0].summary == ("Delete task 1 “milk”" if left else "Deleted “milk”")
    assert tab.value(ChatState, "asks") == ""
    assert not tab.value(NoticeState, "notices")


async def test_question_answered_elsewhere_is_told_and_shown(ada: models.User, open_tab: OpenTab) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place, (call,) = await chat_with_calls(ada, ("delete_task", {"task": "milk"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    assert call.approval_id
    await answering.deny(user_id=ada.id, approval_id=call.approval_id)
    await tab.send(ApprovalState.approve(call.approval_id or ""))
    assert "answered already" in await last_notice(tab)
    assert cards(tab)[0].status == "denied"
    with pytest.raises(ConflictError):
        await tab.send(ApprovalState.begin_edit(call.approval_id or ""))


async def test_new_question_shows_on_every_device(ada: models.User, open_tab: OpenTab) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    place, (call,) = await chat_with_calls(ada, ("delete_task", {"task": "milk"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=[*OLD, FOLLOW], wait=False)
    await tab.until(lambda: bus.subscribers(ada.id) == 1 and bool(tab.value(ChatState, "rows")))
    assert call.approval_id
    await answering.deny(user_id=ada.id, approval_id=call.approval_id)
    await tab.until(lambda: cards(tab)[0].status == "denied")
    tab.close()


async def test_edited_call_is_carried_out_as_it_was_typed(ada: models.User, open_tab: OpenTab) -> None:
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="ask")
    place, (call,) = await chat_with_calls(ada, ("add_task", {"title": "milk", "due": "2030-12-03T17:00"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    await tab.send(ApprovalState.begin_edit(call.approval_id or ""))
    fields = {field.name: field for field in tab.value(ApprovalState, "fields")}
    assert fields["due"].value == "2030-12-03 17:00"
    assert fields["priority"].options == ["", "none", "low", "medium", "high"]
    form = {name: field.value for name, field in fields.items()}
    await tab.send(ApprovalState.save_edit({**form, "due": "whenever it suits"}))
    assert "not understood" in tab.value(ApprovalState, "problem")
    assert tab.value(ApprovalState, "editing_id") == call.approval_id
    await tab.send(ApprovalState.save_edit({**form, "title": "oat milk", "due": "4 December 2030"}))
    (task,) = (await tasks.list_tasks(user_id=ada.id, view="open")).tasks
    assert (task.title, str(task.due_on)) == ("oat milk", "2030-12-04")
    assert tab.value(ApprovalState, "editing_id") == ""


async def test_form_that_changes_nothing_keeps_the_exact_arguments(ada: models.User, open_tab: OpenTab) -> None:
    await policy.set_policy(user_id=ada.id, tool="add_task", policy="ask")
    place, (call,) = await chat_with_calls(ada, ("add_task", {"title": "milk", "due": "2030-12-03T17:00:30+01:00"}))
    tab = await open_tab(ada, f"/c/{place}", on_load=OLD)
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    await tab.send(ApprovalState.begin_edit(call.approval_id or ""))
    form = {field.name: field.value for field in tab.value(ApprovalState, "fields")}
    await tab.send(ApprovalState.save_edit(form))
    (task,) = (await tasks.list_tasks(user_id=ada.id, view="open")).tasks
    assert task.due_at is not None
    assert waiting.arguments["due"].startswith(f"{task.due_at:%Y-%m-%dT%H:%M}")


async def test_tool_at_work_is_named_until_it_is_done(
    ada: models.User, open_tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, done = tool_calls.run_recorded, asyncio.Event()

    async def run_slowly(new: tool_calls.NewCall, work: tool_calls.Work) -> tool_calls.CallView:
        await done.wait()
        return await record(new, work)

    monkeypatch.setattr(tool_calls, "run_recorded", run_slowly)
    asked = await talk.ask(user_id=ada.id, conversation_id="", text="Add milk to my groceries list", model="builtin")
    tab = await open_tab(ada, f"/c/{asked.conversation_id}", on_load=[*OLD, FOLLOW], wait=False)
    await tab.until(lambda: tab.value(DoingState, "title") == "Add a task")
    done.set()
    await tab.until(lambda: tab.value(DoingState, "title") == "" and [card.status for card in cards(tab)] == ["ok"])
    tab.close()


async def test_somebody_else_neither_sees_nor_undoes_nor_answers(
    ada: models.User, bob: models.User, open_tab: OpenTab
) -> None:
    _, (call,) = await chat_with_calls(ada, MILK)
    await tasks.add_task(user_id=ada.id, title="eggs")
    _, (waiting,) = await chat_with_calls(ada, ("delete_task", {"task": "eggs"}))
    tab = await open_tab(bob, "/", on_load=[SessionState.load])
    await tab.send(CardState.toggle(call.message_id, call.id))
    assert tab.value(CardState, "opened") in (None, {})
    with pytest.raises(Exception, match="nothing left to undo"):
        await tab.send(CardState.undo(call.id, False))
    await tab.send(ApprovalState.approve(waiting.approval_id or ""))
    assert sorted(await open_titles(ada)) == ["eggs", "milk"]
