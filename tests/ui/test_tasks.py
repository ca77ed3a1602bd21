"""The tasks page without a browser: what is shown, what is understood, and what a change sends."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.services import task_lists, tasks
from assistant_app.services.tasks import KEEP, TaskChanges
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.tasks import readings
from assistant_app.ui.tasks.changes import TaskText, changes_of
from assistant_app.ui.tasks.editor import EditState
from assistant_app.ui.tasks.lists import ListsState
from assistant_app.ui.tasks.quick_add import QuickAddState
from assistant_app.ui.tasks.state import PAGE, SelectionState, TasksState
from tests.ui.conftest import OpenTab, Tab

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("UTC"))  # A Wednesday.


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of this November on the wall, as people type it."""
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - a wall time


@pytest.fixture(autouse=True)
def wednesday() -> Any:
    """Wednesday morning, for as long as the test runs."""
    with time_machine.travel(NOW, tick=True):
        yield


async def opened(open_tab: OpenTab, user: models.User, query: str = "") -> Tab:
    """Open the page, at a view or a list."""
    tab = await open_tab(user, f"/tasks{query}")
    await tab.send(TasksState.load)
    return tab


def shown(tab: Tab) -> list[str]:
    """Return the titles on the page."""
    return [row.title for row in tab.value(TasksState, "rows")]


def notice(tab: Tab) -> str:
    """Return what was said last."""
    return tab.value(NoticeState, "notices")[-1].text


async def test_a_row_says_everything_in_plain_words(open_tab: OpenTab, ada: models.User) -> None:
    await tasks.add_task(
        user_id=ada.id,
        title="Water the plants",
        list_title="Home",
        due=at(26, 17),
        repeat="FREQ=WEEKLY;BYDAY=TH",
        priority="high",
        notes="Not the cactus",
        remind_at=at(26, 9),
    )
    tab = await opened(open_tab, ada)
    (row,) = tab.value(TasksState, "rows")
    assert (row.number, row.due, row.repeat, row.remind) == (
        1,
        "Tomorrow at 17:00",
        "Every Thursday",
        "tomorrow at 9:00",
    )
    assert (row.priority, row.list_title, row.has_notes, row.overdue) == ("High", "Home", True, False)


async def test_views_show_what_they_say_and_count_it(open_tab: OpenTab, ada: models.User) -> None:
    for title, due in (("Late", 24), ("Now", 25), ("Soon", 28)):
        await tasks.add_task(user_id=ada.id, title=title, due=date(2026, 11, due))
    done = await tasks.add_task(user_id=ada.id, title="Over")
    await tasks.complete_task(user_id=ada.id, task_id=done.id)
    tab = await opened(open_tab, ada)
    assert shown(tab) == ["Late", "Now", "Soon"]
    tally = tab.value(TasksState, "tally")
    assert (tally.open, tally.today, tally.upcoming, tally.overdue, tally.done) == (3, 1, 1, 1, 1)
    for view, title in (("today", "Now"), ("upcoming", "Soon"), ("overdue", "Late"), ("done", "Over")):
        assert shown(await opened(open_tab, ada, f"?view={view}")) == [title]
    assert shown(await opened(open_tab, ada, "?view=nonsense")) == ["Late", "Now", "Soon"]


async def test_a_list_shows_its_tasks_without_its_own_name_on_each(open_tab: OpenTab, ada: models.User) -> None:
    milk = await tasks.add_task(user_id=ada.id, title="Milk", list_title="Groceries")
    await tasks.add_task(user_id=ada.id, title="Bulb", list_title="Home")
    tab = await opened(open_tab, ada, f"?list={milk.list_id}")
    assert [(row.title, row.list_title) for row in tab.value(TasksState, "rows")] == [("Milk", "")]
    assert tab.value(TasksState, "title") == "Groceries"
    assert [(each.title, each.count) for each in tab.value(TasksState, "lists")] == [("Groceries", 1), ("Home", 1)]


async def test_another_persons_list_shows_nothing(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    hers = await tasks.add_task(user_id=ada.id, title="Secret plan", list_title="Secret list")
    tab = await opened(open_tab, bob, f"?list={hers.list_id}")
    assert tab.value(TasksState, "is_missing") is True
    assert "Secret" not in str(tab.deltas)
    for change in (TasksState.complete(hers.id), TasksState.delete(hers.id), EditState.open(hers.id)):
        with pytest.raises(NotFoundError):
            await tab.send(change)
    assert "Secret" not in str(tab.deltas)


async def test_many_tasks_come_a_page_at_a_time(open_tab: OpenTab, ada: models.User) -> None:
    for number in range(PAGE + 2):
        await tasks.add_task(user_id=ada.id, title=f"Task {number}")
    tab = await opened(open_tab, ada)
    assert (len(shown(tab)), tab.value(TasksState, "total")) == (PAGE, PAGE + 2)
    await tab.send(TasksState.show_more)
    assert len(shown(tab)) == PAGE + 2


async def test_a_change_elsewhere_shows_while_the_page_is_open(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/tasks", on_load=[TasksState.load, TasksState.follow], wait=False)
    await tab.until(lambda: bool(tab.value(TasksState, "loaded")))
    await tab.send(SelectionState.clear)
    await tasks.add_task(user_id=ada.id, title="From the phone")
    await tab.until(lambda: shown(tab) == ["From the phone"])
    tab.close()


async def test_what_stays_the_same_is_not_sent_again(open_tab: OpenTab, ada: models.User) -> None:
    await tasks.add_task(user_id=ada.id, title="Milk")
    tab = await opened(open_tab, ada)
    before = len(tab.deltas)
    await tab.send(TasksState.load)
    assert not any(TasksState.get_full_name() in delta for delta in tab.deltas[before:])


async def test_a_recurring_task_says_when_it_comes_again(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Bins", due=date(2026, 11, 25), repeat="FREQ=DAILY")
    tab = await opened(open_tab, ada)
    await tab.send(TasksState.complete(task.id))
    assert notice(tab) == "Completed “Bins”. Next: tomorrow."


async def test_what_is_typed_is_understood_while_it_is_typed(open_tab: OpenTab, ada: models.User) -> None:
    tab = await opened(open_tab, ada)
    await tab.send(QuickAddState.look("Buy milk tomorrow 5pm #groceries !high every week"))
    assert tab.value(QuickAddState, "title") == "Buy milk"
    assert {chip.kind: chip.words for chip in tab.value(QuickAddState, "chips")} == {
        "day": "Tomorrow",
        "time": "17:00",
        "repeat": "Every week",
        "list": "groceries, a new list",
        "priority": "High priority",
    }
    await tab.send(QuickAddState.look(""))
    assert tab.value(QuickAddState, "chips") == []


async def test_a_line_becomes_a_task_once_even_if_it_comes_twice(open_tab: OpenTab, ada: models.User) -> None:
    tab = await opened(open_tab, ada)
    for _ in range(2):
        await tab.send(QuickAddState.add("Buy milk tomorrow 5pm #groceries !high", "n1"))
    (task,) = (await tasks.list_tasks(user_id=ada.id)).tasks
    assert (task.title, task.list_title, task.priority) == ("Buy milk", "groceries", "high")
    assert task.due_at == datetime(2026, 11, 26, 17, tzinfo=ZoneInfo("UTC"))
    assert tab.value(QuickAddState, "added_nonce") == "n1"


async def test_what_is_added_goes_where_one_looks(open_tab: OpenTab, ada: models.User) -> None:
    await (await opened(open_tab, ada, "?view=today")).send(QuickAddState.add("Call Bob", "n1"))
    groceries = await task_lists.add_list(user_id=ada.id, title="Groceries")
    await (await opened(open_tab, ada, f"?list={groceries.id}")).send(QuickAddState.add("Milk", "n2"))
    found = {task.title: (task.due_on, task.list_title) for task in (await tasks.list_tasks(user_id=ada.id)).tasks}
    assert found == {"Call Bob": (date(2026, 11, 25), ""), "Milk": (None, "Groceries")}


async def test_what_was_added_out_of_sight_is_told(open_tab: OpenTab, ada: models.User) -> None:
    tab = await opened(open_tab, ada, "?view=today")
    await tab.send(QuickAddState.add("Milk tomorrow #groceries", "n1"))
    assert notice(tab) == "Added “Milk” to groceries."


async def test_what_cannot_be_added_is_given_back_with_a_sentence(open_tab: OpenTab, ada: models.User) -> None:
    tab = await opened(open_tab, ada)
    await tab.send(QuickAddState.add("x" * 501, "n1"))
    assert tab.value(QuickAddState, "refused_nonce") == "n1"
    assert "500 characters" in tab.value(QuickAddState, "problem")
    assert tab.value(QuickAddState, "added_nonce") != "n1"


async def test_an_opened_task_is_saved_by_what_was_changed(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Milk", due=date(2026, 12, 3), list_title="Groceries")
    tab = await opened(open_tab, ada)
    await tab.send(EditState.open(task.id))
    text = tab.value(EditState, "text")
    assert (text.title, text.due, text.list_title) == ("Milk", "Thursday, 3 December", "Groceries")
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(title="Oat milk"))
    await tab.send(EditState.save({**vars(text), "due": "friday at 5pm", "priority": "low"}))
    now = await tasks.get_task(user_id=ada.id, task_id=task.id)
    assert now.due_at == datetime(2026, 11, 27, 17, tzinfo=ZoneInfo("UTC"))
    # What another device changed meanwhile was not touched here, and stays.
    assert (now.title, now.priority, now.list_title) == ("Oat milk", "low", "Groceries")
    assert tab.value(EditState, "task_id") == ""


async def test_what_cannot_be_saved_stays_open_with_a_sentence(open_tab: OpenTab, ada: models.User) -> None:
    first, second = [await tasks.add_task(user_id=ada.id, title=title) for title in ("Milk", "Bread")]
    tab = await opened(open_tab, ada)
    await tab.send(EditState.open(first.id))
    await tab.send(EditState.save({**vars(tab.value(EditState, "text")), "due": "when pigs fly"}))
    assert tab.value(EditState, "problem").startswith("“when pigs fly” is not understood.")
    await tab.send(EditState.open(second.id))
    assert tab.value(EditState, "task_id") == first.id
    await tab.send(EditState.close())
    await tab.send(EditState.open(second.id))
    assert tab.value(EditState, "task_id") == second.id


async def test_a_task_that_went_away_while_it_was_open_holds_up_no_other(open_tab: OpenTab, ada: models.User) -> None:
    first, second = [await tasks.add_task(user_id=ada.id, title=title) for title in ("Milk", "Bread")]
    tab = await opened(open_tab, ada)
    await tab.send(EditState.open(first.id))
    await tab.send(EditState.save({**vars(tab.value(EditState, "text")), "due": "when pigs fly"}))
    await tasks.delete_task(user_id=ada.id, task_id=first.id)
    await tab.send(TasksState.load)
    await tab.send(EditState.open(second.id))
    assert tab.value(EditState, "task_id") == second.id


async def test_hints_say_what_is_understood_so_far(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Milk")
    tab = await opened(open_tab, ada)
    await tab.send(EditState.open(task.id))
    await tab.send(EditState.look_at_due("friday 5pm"))
    await tab.send(EditState.look_at_repeat("every other tuesday"))
    await tab.send(EditState.look_at_remind("sometime"))
    hints = tab.value(EditState, "hints")
    assert hints == {"due": "Friday at 17:00", "repeat": "Every other Tuesday", "remind": "Not understood yet"}


async def test_what_is_selected_is_changed_as_one(open_tab: OpenTab, ada: models.User) -> None:
    made = [await tasks.add_task(user_id=ada.id, title=title) for title in ("A", "B", "C")]
    home = await task_lists.add_list(user_id=ada.id, title="Home")
    tab = await opened(open_tab, ada)
    await tab.send(SelectionState.choose([made[0].id, made[1].id, "tsk_of_nobody"], True))
    assert tab.value(SelectionState, "ids") == [made[0].id, made[1].id]
    await tab.send(SelectionState.move_to(home.id))
    assert notice(tab) == "Moved 2 tasks to Home."
    await tab.send(SelectionState.choose([each.id for each in made], True))
    await tab.send(SelectionState.choose([made[2].id], False))
    await tab.send(SelectionState.complete)
    assert (shown(tab), notice(tab)) == (["C"], "Completed 2 tasks.")
    assert tab.value(SelectionState, "ids") == []
    await tab.send(NoticeState.undo(tab.value(NoticeState, "notices")[-1].id))
    await tab.send(TasksState.load)
    assert shown(tab) == ["A", "B", "C"]


async def test_deleting_many_asks_and_deleting_one_does_not(open_tab: OpenTab, ada: models.User) -> None:
    made = [await tasks.add_task(user_id=ada.id, title=title) for title in ("A", "B", "C")]
    tab = await opened(open_tab, ada)
    await tab.send(SelectionState.delete_pressed(made[2].id))
    assert shown(tab) == ["A", "B"]
    await tab.send(SelectionState.choose([each.id for each in made[:2]], True))
    await tab.send(SelectionState.delete_pressed(made[0].id))
    assert (tab.value(SelectionState, "asking"), shown(tab)) == (True, ["A", "B"])
    await tab.send(SelectionState.delete)
    assert (tab.value(SelectionState, "asking"), shown(tab)) == (False, [])


async def test_what_is_gone_is_no_longer_selected(open_tab: OpenTab, ada: models.User) -> None:
    made = [await tasks.add_task(user_id=ada.id, title=title) for title in ("A", "B")]
    tab = await opened(open_tab, ada)
    await tab.send(SelectionState.choose([each.id for each in made], True))
    await tasks.complete_task(user_id=ada.id, task_id=made[0].id)
    await tab.send(TasksState.load)
    assert tab.value(SelectionState, "ids") == [made[1].id]


async def test_tasks_and_lists_are_put_into_order(open_tab: OpenTab, ada: models.User) -> None:
    made = [await tasks.add_task(user_id=ada.id, title=title, list_title=title.lower()) for title in ("A", "B", "C")]
    tab = await opened(open_tab, ada)
    await tab.send(TasksState.move(made[2].id, made[0].id))
    assert shown(tab) == ["A", "C", "B"]
    await tab.send(TasksState.move(made[2].id, ""))
    assert shown(tab) == ["C", "A", "B"]
    first = tab.value(TasksState, "lists")[0]
    await tab.send(ListsState.move_down(first.id))
    assert [each.title for each in tab.value(TasksState, "lists")] == ["b", "a", "c"]
    await tab.send(ListsState.move_up(first.id))
    await tab.send(ListsState.move_up(first.id))
    assert [each.title for each in tab.value(TasksState, "lists")] == ["a", "b", "c"]
    for _ in range(3):
        await tab.send(ListsState.move_down(first.id))
    assert [each.title for each in tab.value(TasksState, "lists")] == ["b", "c", "a"]


async def test_a_deleted_list_leaves_its_tasks_and_comes_back(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Milk", list_title="Groceries")
    tab = await opened(open_tab, ada)
    await tab.send(ListsState.delete(task.list_id or ""))
    assert tab.value(TasksState, "lists") == []
    assert notice(tab) == "Deleted the list “Groceries”. Its 1 open task stayed."
    await tab.send(NoticeState.undo(tab.value(NoticeState, "notices")[-1].id))
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).list_title == "Groceries"


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({}, TaskChanges()),
        ({"title": "New"}, TaskChanges(title="New")),
        ({"due": ""}, TaskChanges(due=None)),
        ({"due": "tomorrow"}, TaskChanges(due=date(2026, 11, 26))),
        ({"due": "every friday"}, TaskChanges(due=date(2026, 11, 27), repeat="FREQ=WEEKLY;BYDAY=FR")),
        ({"repeat": ""}, TaskChanges(repeat="")),
        ({"repeat": "every day at 9"}, TaskChanges(repeat="FREQ=DAILY")),
        ({"remind": "tomorrow"}, TaskChanges(remind_at=at(26, 9))),
        ({"remind": ""}, TaskChanges(remind_at=None)),
        ({"list_title": ""}, TaskChanges(list_title="")),
    ],
)
def test_only_what_was_typed_changes(typed: dict[str, str], changed: TaskChanges) -> None:
    before = TaskText(title="Old", due="today", repeat="every week", remind="today at 18:00", list_title="Home")
    after = TaskText.from_form({**vars(before), **typed})
    assert changes_of(before, after, "UTC") == changed


def test_a_recurrence_brings_its_time_where_nothing_was_due() -> None:
    changes = changes_of(TaskText(title="Run"), TaskText(title="Run", repeat="every day at 7"), "UTC")
    assert changes.repeat == "FREQ=DAILY"
    assert isinstance(changes.due, datetime)
    assert changes.due.time() == time(7)
    assert changes.due.date() - date(2026, 11, 25) <= timedelta(days=1)
    assert changes.title is KEEP


@pytest.mark.parametrize("text", ["blah", "soon-ish", "4000"])
def test_words_that_are_no_time_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInputError, match="Try “"):
        readings.read_due(text, "UTC")


def test_what_is_shown_of_a_due_time_can_be_typed_again() -> None:
    for due in (date(2026, 11, 25), date(2026, 11, 27), date(2027, 3, 1), at(26, 17, 30)):
        words = readings.due_words(*readings.split_due(due), "UTC")
        assert readings.read_due(words, "UTC") == (due, "")


async def test_address_of_a_task_opens_it(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Water the plants")
    tab = await open_tab(ada, "/tasks", on_load=[TasksState.load])
    tab.router["asPath"] = f"/tasks?task={task.id}"
    await tab.send(EditState.open_addressed())
    assert tab.value(EditState, "task_id") == task.id
    await tab.send(EditState.close())
    await tab.send(EditState.open_addressed())  # As after a lost connection: what was closed stays closed.
    assert tab.value(EditState, "task_id") == ""
