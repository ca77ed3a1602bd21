"""The chat as a tab meets it: guard, handlers, follower and what goes over the wire."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from assistant_app import bus, models
from assistant_app.agent import runs
from assistant_app.errors import NotFoundError
from assistant_app.services import answers, conversations, messages, temporary, threads
from assistant_app.settings import get_settings
from assistant_app.ui import follow
from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.state import ChatState, TextState
from assistant_app.ui.follow import FollowState, pace
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState
from tests.peers.openai_server import OpenAIServer, openai_server
from tests.ui.conftest import OpenTab, Tab

NEW = [SessionState.load, ChatState.open_new, ModelState.load, SidebarState.load]
OLD = [SessionState.load, ChatState.open, ModelState.load, SidebarState.load]
FOLLOW = FollowState.follow(True)


@pytest_asyncio.fixture
async def provider(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[OpenAIServer]:
    """A provider that speaks the OpenAI protocol, connected for all users."""
    async with openai_server() as server:
        monkeypatch.setenv("STEWARD_OPENAI_COMPATIBLE_URL", server.url)
        monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "data"))
        get_settings.cache_clear()
        yield server
        await runs.stop_all()
    get_settings.cache_clear()


async def chat_of(user: models.User, *texts: str) -> str:
    """Store a conversation: question, answer, question, ..."""
    conversation_id: str | None = None
    for question, answer in zip(texts[::2], texts[1::2], strict=True):
        asked = await answers.ask(user_id=user.id, conversation_id=conversation_id, text=question, model="builtin")
        await answers.finish_run(user_id=user.id, run_id=asked.run.run_id, status="complete", text=answer)
        conversation_id = asked.conversation_id
    assert conversation_id is not None
    return conversation_id


def texts(tab: Tab) -> dict[str, str]:
    """Put the pieces together as the page does."""
    whole: dict[str, str] = {}
    for delta in tab.deltas:
        for piece in value_in(delta, TextState, "pieces") or []:
            if "text" in piece:
                before = whole.get(piece["id"], "")
                assert piece["at"] <= len(before), "a piece is missing"
                whole[piece["id"]] = before[: piece["at"]] + piece["text"]
    return whole


def value_in(delta: dict[str, dict[str, Any]], state: type, name: str) -> Any:
    """Return what a delta says of a variable."""
    return delta.get(state.get_full_name(), {}).get(f"{name}_rx_state_")  # type: ignore[attr-defined] - every state has it


def shown(tab: Tab) -> list[tuple[str, str]]:
    """Return role and text of each message on the page."""
    known = texts(tab)
    return [(row.role, known.get(row.id, "?")) for row in tab.value(ChatState, "rows")]


async def test_conversation_opens_with_its_title_and_texts(ada: models.User, open_tab: OpenTab) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    tab = await open_tab(ada, f"/c/{conversation_id}", on_load=OLD)
    assert tab.value(ChatState, "title") == "Hello"
    assert shown(tab) == [("user", "Hello"), ("assistant", "Hello, Ada.")]


@pytest.mark.parametrize("path", ["/c/con_nothing", "/c/..%2f", "/c/con_x/y"])
async def test_address_of_nothing_is_said_to_be_missing(ada: models.User, open_tab: OpenTab, path: str) -> None:
    tab = await open_tab(ada, path, on_load=OLD)
    assert tab.value(ChatState, "is_missing") is True
    assert open_tab.errors == []


async def test_conversation_of_somebody_else_is_missing_and_nothing_of_it_is_sent(
    ada: models.User, bob: models.User, open_tab: OpenTab
) -> None:
    conversation_id = await chat_of(ada, "My secret", "Kept.")
    tab = await open_tab(bob, f"/c/{conversation_id}", on_load=OLD)
    assert tab.value(ChatState, "is_missing") is True
    assert "secret" not in json.dumps(tab.deltas, default=str)


async def test_every_handler_with_an_id_answers_not_found_to_others(
    ada: models.User, bob: models.User, open_tab: OpenTab
) -> None:
    conversation_id = await chat_of(ada, "My secret", "Kept.")
    thread = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    message_id = thread.messages[-1].id
    tab = await open_tab(bob, f"/c/{conversation_id}", on_load=OLD)
    of_message = (
        ChatState.switch_version,
        ChatState.regenerate,
        ChatState.retry,
        ChatState.resume,
        ChatState.delete_message,
        ChatState.branch_from,
        ChatState.send_text,
    )
    of_conversation = (
        SidebarState.pin,
        SidebarState.unpin,
        SidebarState.archive,
        SidebarState.unarchive,
        SidebarState.delete,
        SidebarState.restore,
        SidebarState.delete_forever,
        SidebarState.duplicate,
    )
    calls = [
        *(handler(message_id) for handler in of_message),
        *(handler(conversation_id) for handler in of_conversation),
        SidebarState.rename(conversation_id, "Mine now"),
        ChatState.save_edit(message_id, "Mine now"),
    ]
    for call in calls:
        with pytest.raises(NotFoundError):
            await tab.send(call)
    await tab.send(ChatState.send("Mine now", "n1"))
    assert tab.value(ChatState, "refused_nonce") == "n1"
    after = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    assert after == thread


async def test_first_message_makes_a_conversation_and_goes_to_its_address(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/", on_load=[*NEW, FOLLOW], wait=False)
    await tab.until(lambda: tab.value(ChatState, "model") == "builtin")
    await tab.send(ChatState.send("What is 6 times 7?", "n1"))
    assert tab.value(ChatState, "sent_nonce") == "n1"
    assert [event.name for event in tab.events] == ["_redirect"]
    await tab.until(lambda: shown(tab)[-1][1].startswith("6") or "42" in shown(tab)[-1][1])
    await tab.until(lambda: tab.value(ChatState, "running") is False)
    await tab.until(lambda: bool(tab.value(SidebarState, "groups")))
    tab.close()


async def test_message_that_comes_twice_is_sent_once(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ChatState.send("Hello", "n1"))
    await runs.idle()
    await tab.send(ChatState.send("Hello", "n1"))
    await runs.idle()
    (row,) = await conversations.list_conversations(user_id=ada.id)
    thread = await threads.open_thread(user_id=ada.id, conversation_id=row.id)
    assert len(thread.messages) == 2


async def test_refused_message_is_told_and_the_composer_keeps_it(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ChatState.send("   ", "n1"))
    assert tab.value(ChatState, "refused_nonce") == "n1"
    assert tab.value(NoticeState, "notices")[0].tone == "problem"


async def test_two_tabs_and_a_second_device_see_the_same_text_grow(
    ada: models.User, open_tab: OpenTab, provider: OpenAIServer
) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    tabs = [await open_tab(ada, f"/c/{conversation_id}", on_load=[*OLD, FOLLOW], wait=False) for _ in range(3)]
    for tab in tabs:
        await tab.until(lambda: bus.subscribers(ada.id) == 3)
    await conversations.set_model(
        user_id=ada.id, conversation_id=conversation_id, model="openai_compatible/tokens-120-400"
    )
    await tabs[0].until(lambda: tabs[0].value(ChatState, "model") == "openai_compatible/tokens-120-400")
    await tabs[0].send(ChatState.send("Go", "n1"))
    await runs.idle()
    final = (await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)).messages[-1]
    for tab in tabs:
        await tab.until(lambda tab=tab: texts(tab).get(final.id) == final.text)
        await tab.until(lambda tab=tab: tab.value(ChatState, "running") is False)
        tab.close()
    await tabs[0].until(lambda: bus.subscribers(ada.id) == 0)


async def test_each_text_goes_over_the_wire_once(ada: models.User, open_tab: OpenTab, provider: OpenAIServer) -> None:
    conversation_id = await chat_of(ada, "Hello", "An old answer. " * 400)
    await conversations.set_model(
        user_id=ada.id, conversation_id=conversation_id, model="openai_compatible/tokens-300-1000"
    )
    tab = await open_tab(ada, f"/c/{conversation_id}", on_load=[*OLD, FOLLOW], wait=False)
    await tab.until(lambda: len(tab.value(ChatState, "rows") or ()) == 2)
    tab.deltas.clear()
    await tab.send(ChatState.send("Go", "n1"))
    await runs.idle()
    final = (await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)).messages[-1]
    await tab.until(lambda: tab.value(ChatState, "running") is False)
    pieces = [delta for delta in tab.deltas if value_in(delta, TextState, "pieces")]
    sent = sum(len(piece.get("text", "")) for delta in pieces for piece in value_in(delta, TextState, "pieces"))
    assert sent == len(final.text) + len("Go")
    frames = [json.dumps({TextState.get_full_name(): delta[TextState.get_full_name()]}) for delta in pieces]
    assert sum(map(len, frames)) <= sent + 200 * len(frames)
    tab.close()


async def test_any_device_can_stop(ada: models.User, open_tab: OpenTab, provider: OpenAIServer) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    desk = await open_tab(ada, f"/c/{conversation_id}", on_load=OLD)
    phone = await open_tab(ada, f"/c/{conversation_id}", on_load=OLD)
    await desk.send(ModelState.choose("openai_compatible/stall"))
    await desk.send(ChatState.send("Go", "n1"))
    await phone.send(ChatState.stop())
    final = (await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)).messages[-1]
    assert final.status == "stopped"


async def test_jump_shows_a_message_on_a_branch_that_was_not_shown(ada: models.User, open_tab: OpenTab) -> None:
    conversation_id = await chat_of(ada, "First wording", "Old answer")
    old = (await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)).messages[0]
    await messages.edit_user_message(user_id=ada.id, message_id=old.id, text="Second wording")
    tab = await open_tab(ada, f"/c/{conversation_id}?m={old.id}", on_load=OLD)
    tab.router["asPath"] = f"/c/{conversation_id}?m={old.id}"
    await tab.send(ChatState.open())
    assert shown(tab)[0] == ("user", "First wording")
    assert tab.value(ChatState, "jump_to") == old.id


async def jump(user: models.User, open_tab: OpenTab, *, to: int) -> tuple[Tab, list[str]]:
    """Open a long conversation at one of its messages, and return the ids of all."""
    conversation_id = await chat_of(user, *(text for n in range(4) for text in (f"Question {n}", f"Answer {n}")))
    ids = [row.id for row in (await threads.open_thread(user_id=user.id, conversation_id=conversation_id)).messages]
    tab = await open_tab(user, f"/c/{conversation_id}", on_load=OLD)
    tab.router["asPath"] = f"/c/{conversation_id}?m={ids[to]}"
    await tab.send(ChatState.open())
    assert tab.value(ChatState, "jump_to") == ids[to]
    return tab, ids


async def test_conversation_stays_when_the_message_that_was_jumped_to_is_deleted(
    ada: models.User, open_tab: OpenTab
) -> None:
    tab, ids = await jump(ada, open_tab, to=4)
    await tab.send(ChatState.delete_message(ids[4]))
    assert not tab.value(ChatState, "is_missing")
    assert [row.id for row in tab.value(ChatState, "rows")] == [*ids[:4], *ids[5:]]


async def test_edit_above_the_message_that_was_jumped_to_shows_the_new_branch(
    ada: models.User, open_tab: OpenTab
) -> None:
    tab, ids = await jump(ada, open_tab, to=4)
    await tab.send(ChatState.save_edit(ids[2], "Asked in other words"))
    await runs.idle()
    await tab.send(ChatState.switch_version(ids[2]))
    assert not tab.value(ChatState, "is_missing")
    assert [row.id for row in tab.value(ChatState, "rows")] == ids


async def test_link_to_a_deleted_message_opens_its_conversation(ada: models.User, open_tab: OpenTab) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    tab = await open_tab(ada)
    tab.router["asPath"] = f"/c/{conversation_id}?m=msg_gone"
    await tab.send(ChatState.open())
    assert shown(tab) == [("user", "Hello"), ("assistant", "Hello, Ada.")]
    assert "not there" in tab.value(NoticeState, "notices")[0].text


async def test_tab_goes_on_following_after_a_fault(
    ada: models.User, open_tab: OpenTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    tab = await open_tab(ada, f"/c/{conversation_id}", on_load=[*OLD, FOLLOW], wait=False)
    await tab.until(lambda: bus.subscribers(ada.id) == 1 and bool(tab.value(ChatState, "rows")))
    read, left = threads.open_thread, [OSError("the database is away")]

    async def open_thread(**wanted: Any) -> Any:
        if left:
            raise left.pop()
        return await read(**wanted)

    monkeypatch.setattr(follow, "_AFTER_FAULT", 0.01)
    monkeypatch.setattr(threads, "open_thread", open_thread)
    await conversations.rename_conversation(user_id=ada.id, conversation_id=conversation_id, title="Renamed")
    await tab.until(lambda: tab.value(ChatState, "title") == "Renamed")
    assert not left
    tab.close()


async def test_message_moves_the_unread_dot_away_once_it_is_seen(ada: models.User, open_tab: OpenTab) -> None:
    conversation_id = await chat_of(ada, "Hello", "Hello, Ada.")
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert row.unread
    await open_tab(ada, f"/c/{conversation_id}", on_load=OLD)
    (row,) = await conversations.list_conversations(user_id=ada.id)
    assert not row.unread


async def test_message_that_is_faster_than_its_page_does_not_go_to_what_was_shown_before(
    ada: models.User, open_tab: OpenTab
) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ChatState.send("The first", "n1"))
    await runs.idle()
    first = tab.value(ChatState, "conversation_id")
    tab.router["sid"] = "loaded anew"  # The address is still that of an empty conversation.
    await tab.send(ChatState.send("The second", "n2"))
    await runs.idle()
    assert tab.value(ChatState, "conversation_id") not in ("", first)
    titles = [row.title for row in await conversations.list_conversations(user_id=ada.id)]
    assert sorted(titles) == ["The first", "The second"]


async def test_temporary_chat_goes_with_a_new_one(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ChatState.toggle_temporary())
    await tab.send(ChatState.send("Between us", "n1"))
    await runs.idle()
    assert tab.value(ChatState, "conversation_id").startswith("tmp_")
    assert await conversations.list_conversations(user_id=ada.id) == []
    await tab.send(ChatState.new_chat())
    assert tab.value(ChatState, "conversation_id") == ""
    assert tab.value(ChatState, "rows") == []


async def test_what_was_chosen_for_a_new_chat_outlives_a_lost_connection(
    ada: models.User, open_tab: OpenTab, provider: OpenAIServer
) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ChatState.toggle_temporary())
    await tab.send(ModelState.choose("openai_compatible/second"))
    await tab.send(ChatState.open_new())
    assert tab.value(ChatState, "is_temporary")
    assert tab.value(ChatState, "model") == "openai_compatible/second"
    await tab.send(ChatState.new_chat())
    assert not tab.value(ChatState, "is_temporary")
    assert tab.value(ChatState, "model") == "openai_compatible/plain"


async def test_temporary_chat_is_left_when_its_tab_closes(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/", on_load=[*NEW, FOLLOW], wait=False)
    await tab.until(lambda: tab.value(ChatState, "model") == "builtin" and bus.subscribers(ada.id) == 1)
    await tab.send(ChatState.toggle_temporary())
    await tab.send(ChatState.send("Between us", "n1"))
    conversation_id = tab.value(ChatState, "conversation_id")
    await tab.until(lambda: len(shown(tab)) == 2 and shown(tab)[-1][1] not in ("", "?"))
    tab.close()
    await tab.until(lambda: temporary._held[conversation_id].left_at is not None)


async def test_model_of_a_temporary_chat_can_be_changed(
    ada: models.User, open_tab: OpenTab, provider: OpenAIServer
) -> None:
    tab = await open_tab(ada, "/", on_load=NEW)
    await tab.send(ModelState.choose("builtin"))
    await tab.send(ChatState.toggle_temporary())
    await tab.send(ChatState.send("Hello", "n1"))
    await runs.idle()
    await tab.send(ModelState.choose("openai_compatible/plain"))
    await tab.send(ChatState.send("And now?", "n2"))
    assert tab.value(ChatState, "model") == "openai_compatible/plain"
    await runs.idle()
    assert provider.chats[-1].body["model"] == "plain"


def test_long_answers_come_in_fewer_pieces() -> None:
    paces = [pace(length) for length in (0, 3_999, 4_000, 20_000, 1_000_000)]
    assert paces == sorted(paces)
    assert paces[0] >= 0.05


def test_pieces_of_many_answers_at_once_come_later() -> None:
    assert pace(100, at_once=8) == pace(100)
    assert pace(100) < pace(100, at_once=30) < pace(100, at_once=60) <= 0.3
    assert pace(100_000, at_once=500) <= 0.3
