"""Settings > Activity: every change, by day, with Undo."""

import pytest

from assistant_app import clock, models
from assistant_app.errors import NotFoundError
from assistant_app.services import ledger, reminders, tasks
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.activity.rows import ActivityRow
from assistant_app.ui.settings.activity.state import ActivityState
from tests.ui.calls import chat_with_calls
from tests.ui.conftest import OpenTab, Tab

LOAD = [SessionState.load, ActivityState.load]


def rows(tab: Tab) -> list[ActivityRow]:
    """Return the lines of all days."""
    return [row for day in tab.value(ActivityState, "days") for row in day.rows]


async def open_count(user: models.User) -> int:
    return (await tasks.list_tasks(user_id=user.id, view="open")).total


async def test_changes_are_listed_newest_first_by_day(ada: models.User, open_tab: OpenTab) -> None:
    for title in ("milk", "eggs"):
        await tasks.add_task(user_id=ada.id, title=title)
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    assert [day.day for day in tab.value(ActivityState, "days")] == ["Today"]
    assert [(row.summary, row.source, row.button) for row in rows(tab)] == [
        ("Added “eggs”", "by you", "Undo"),
        ("Added “milk”", "by you", "Undo"),
    ]


async def test_what_the_assistant_did_links_its_conversation(ada: models.User, open_tab: OpenTab) -> None:
    place, _ = await chat_with_calls(ada, ("add_task", {"title": "milk"}))
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    (row,) = rows(tab)
    assert (row.source, row.conversation_id, row.conversation) == ("by the assistant", place, "Please")


async def test_undo_and_do_again(ada: models.User, open_tab: OpenTab) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    await tab.send(ActivityState.undo(rows(tab)[0].id, False))
    assert await open_count(ada) == 0
    assert [(row.summary, row.undone, row.button) for row in rows(tab)] == [
        ("Undid: Added “milk”", "", "Do again"),
        ("Added “milk”", "Undone", ""),
    ]
    await tab.send(ActivityState.undo(rows(tab)[0].id, False))
    assert await open_count(ada) == 1
    assert [row.undone for row in rows(tab)] == ["", "Done again", ""]


async def test_undo_asks_before_a_later_change_is_lost(ada: models.User, open_tab: OpenTab) -> None:
    task = await tasks.add_task(user_id=ada.id, title="milk")
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    first = rows(tab)[-1].id
    await tab.send(ActivityState.undo(first, False))
    assert tab.value(ActivityState, "asked_id") == first
    assert "changed again since" in tab.value(ActivityState, "asked")
    await tab.send(ActivityState.undo(first, True))
    assert tab.value(ActivityState, "asked_id") == ""
    assert (await tasks.list_tasks(user_id=ada.id, view="all")).total == 0


async def test_filters_by_kind_day_and_conversation(ada: models.User, open_tab: OpenTab) -> None:
    place, _ = await chat_with_calls(ada, ("add_task", {"title": "milk"}))
    await reminders.add_reminder(user_id=ada.id, text="call mom", at=clock.now().replace(year=2040))
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    await tab.send(ActivityState.choose_kind("reminder"))
    assert [row.kind for row in rows(tab)] == ["reminder"]
    await tab.send(ActivityState.choose_kind(""))
    await tab.send(ActivityState.choose_conversation(place))
    assert [row.summary for row in rows(tab)] == ["Added “milk”"]
    await tab.send(ActivityState.choose_day("2001-01-01"))
    assert rows(tab) == []
    await tab.send(ActivityState.show_everything)
    assert len(rows(tab)) == 2


async def test_long_activity_is_shown_in_windows(ada: models.User, open_tab: OpenTab) -> None:
    for number in range(52):
        await tasks.add_task(user_id=ada.id, title=f"task {number}")
    tab = await open_tab(ada, "/settings/activity", on_load=LOAD)
    assert (len(rows(tab)), tab.value(ActivityState, "has_more")) == (50, True)
    await tab.send(ActivityState.show_more)
    assert (len(rows(tab)), tab.value(ActivityState, "has_more")) == (52, False)


async def test_new_changes_show_while_the_page_is_open(ada: models.User, open_tab: OpenTab) -> None:
    tab = await open_tab(ada, "/settings/activity", on_load=[*LOAD, ActivityState.follow], wait=False)
    await tab.until(lambda: tab.value(ActivityState, "loaded") is True)
    await tab.send(SessionState.load)
    await tasks.add_task(user_id=ada.id, title="milk")
    await tab.until(lambda: len(rows(tab)) == 1)
    tab.close()


async def test_somebody_elses_change_is_neither_listed_nor_undone(
    ada: models.User, bob: models.User, open_tab: OpenTab
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    (action,) = await ledger.list_actions(user_id=ada.id)
    tab = await open_tab(bob, "/settings/activity", on_load=LOAD)
    assert rows(tab) == []
    with pytest.raises(NotFoundError):
        await tab.send(ActivityState.undo(action.id, True))
    assert await open_count(ada) == 1
