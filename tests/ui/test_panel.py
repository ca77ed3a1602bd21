"""The assistant's panel beside a page, and what of the page its conversation knows."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from assistant_app import clock, models
from assistant_app.agent import runs
from assistant_app.repositories.database import Database
from assistant_app.services import conversations, deliveries, events, focus, reminders, tasks, trash
from assistant_app.services.focus import Sight
from assistant_app.ui.beside import Beside
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.follow import FollowState
from assistant_app.ui.inbox.state import InboxState
from assistant_app.ui.panel.state import PanelState
from assistant_app.ui.session import SessionState
from assistant_app.ui.tasks.state import TasksState
from tests.ui.conftest import OpenTab, Tab

TASKS = [SessionState.load, TasksState.load]
FOLLOW = FollowState.follow(False)


@pytest_asyncio.fixture(autouse=True)
async def finished_runs(db: Database) -> AsyncIterator[None]:
    """Let answers end before the database is closed."""
    yield
    await runs.idle()


async def shown_in(tab: Tab, user: models.User) -> tuple[tuple[str, str], ...]:
    """Return what the tab's conversation can mean by "the first one"."""
    conversation_id = tab.value(ChatState, "conversation_id")
    return (await focus.get_focus(user_id=user.id, conversation_id=conversation_id)).shown


async def add_tasks(user: models.User, *titles: str) -> list[tuple[str, str]]:
    added = [await tasks.add_task(user_id=user.id, title=title) for title in titles]
    return [("task", task.id) for task in added]


async def test_message_from_the_panel_stays_on_the_page(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(PanelState.open())
    await tab.send(ChatState.send("What day is it?", "n1"))
    assert tab.value(ChatState, "conversation_id").startswith("con_")
    assert tab.events == []
    assert [row.role for row in tab.value(ChatState, "rows")] == ["user", "assistant"]


async def test_what_the_page_lists_counts_as_listed(open_tab: OpenTab, ada: models.User) -> None:
    await add_tasks(ada, "Water the plants", "Call mom")
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(ChatState.send("Thanks", "n1"))
    assert await shown_in(tab, ada) == tuple(("task", row.id) for row in tab.value(TasksState, "rows"))


async def test_a_page_that_changed_is_seen_as_it_is_now(open_tab: OpenTab, ada: models.User) -> None:
    first, second = await add_tasks(ada, "Water the plants", "Call mom")
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(ChatState.send("Thanks", "n1"))
    await runs.idle()
    gone = tab.value(TasksState, "rows")[0].id
    await tasks.complete_task(user_id=ada.id, task_id=gone)
    await tab.send(TasksState.load())
    await tab.send(ChatState.send("Hello", "n2"))
    assert await shown_in(tab, ada) == tuple(ref for ref in (first, second) if ref[1] != gone)


async def test_what_the_chat_listed_is_kept_until_the_page_is_another(open_tab: OpenTab, ada: models.User) -> None:
    (plants,) = await add_tasks(ada, "Water the plants")
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(ChatState.send("Thanks", "n1"))
    await runs.idle()
    listed = (("event", "evt_1"), ("event", "evt_2"))
    conversation_id = tab.value(ChatState, "conversation_id")
    await focus.set_shown(user_id=ada.id, conversation_id=conversation_id, sight=Sight(listed))
    (mom,) = await add_tasks(ada, "Call mom")
    await tab.send(TasksState.load())
    await tab.send(ChatState.send("Hello", "n2"))
    await runs.idle()
    assert await shown_in(tab, ada) == listed
    tab.router["asPath"] = "/tasks?view=open"
    await tab.send(ChatState.send("Hello again", "n3"))
    assert set(await shown_in(tab, ada)) == {plants, mom}


async def test_calendar_lists_the_chosen_day(open_tab: OpenTab, ada: models.User) -> None:
    today = clock.now().date()
    tomorrow = today + timedelta(days=1)
    fair = await events.add_event(user_id=ada.id, title="Fair", start=today)
    lunch = await events.add_event(user_id=ada.id, title="Lunch", start=tomorrow)
    tab = await open_tab(ada, "/calendar", on_load=[SessionState.load, CalendarState.load])
    await tab.send(CalendarState.choose_day(today))
    await tab.send(ChatState.send("Thanks", "n1"))
    await runs.idle()
    assert await shown_in(tab, ada) == (("event", fair.id),)
    await tab.send(CalendarState.choose_day(tomorrow))
    await tab.send(ChatState.send("Hello", "n2"))
    assert await shown_in(tab, ada) == (("event", lunch.id),)


async def test_inbox_lists_the_reminders_in_it(open_tab: OpenTab, ada: models.User) -> None:
    reminder = await reminders.add_reminder(user_id=ada.id, text="Water the plants", at=clock.now())
    await deliveries.deliver_due(clock.now() + timedelta(seconds=1))
    tab = await open_tab(ada, "/inbox", on_load=[SessionState.load, InboxState.load])
    await tab.send(ChatState.send("Thanks", "n1"))
    assert await shown_in(tab, ada) == (("reminder", reminder.id),)


async def test_page_without_objects_leaves_the_conversation_alone(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/profile", on_load=[SessionState.load])
    await tab.send(ChatState.send("Hello", "n1"))
    assert await shown_in(tab, ada) == ()


def test_sight_is_news_only_once() -> None:
    seen = Beside("/tasks?", (("task", "tsk_1"),))
    assert seen.sight(None) == Sight(seen.things)
    assert seen.sight(seen) is None
    assert Beside("/tasks?", (("task", "tsk_2"),)).sight(seen) == Sight((("task", "tsk_2"),), seen.things)
    assert Beside("/inbox?", (("task", "tsk_2"),)).sight(seen) == Sight((("task", "tsk_2"),))


async def test_panel_follows_its_conversation_only_while_it_is_open(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/tasks", on_load=[*TASKS, FOLLOW], wait=False)
    await tab.until(lambda: tab.value(TasksState, "loaded") is True)
    await tab.send(PanelState.open())
    await tab.send(ChatState.send("What day is it?", "n1"))
    await tab.until(lambda: not tab.value(ChatState, "running"))
    conversation_id = tab.value(ChatState, "conversation_id")
    await conversations.rename_conversation(user_id=ada.id, conversation_id=conversation_id, title="Which day")
    await tab.until(lambda: tab.value(ChatState, "title") == "Which day")
    await tab.send(PanelState.close())
    tab.close()


async def test_new_chat_in_the_panel_leaves_the_page_where_it_is(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(PanelState.open())
    await tab.send(ChatState.send("What is 2+2?", "n1"))
    await runs.idle()
    await tab.send(PanelState.new_chat())
    assert tab.value(ChatState, "conversation_id") == ""
    assert tab.events == []


async def test_conversation_that_is_gone_makes_room_for_a_new_one(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/tasks", on_load=TASKS)
    await tab.send(ChatState.send("What is 2+2?", "n1"))
    await runs.idle()
    conversation_id = tab.value(ChatState, "conversation_id")
    await trash.move_to_trash(user_id=ada.id, conversation_id=conversation_id)
    await trash.delete_forever(user_id=ada.id, conversation_id=conversation_id)
    await tab.send(PanelState.open())
    assert tab.value(ChatState, "conversation_id") == ""
    assert tab.value(ChatState, "is_missing") is False
