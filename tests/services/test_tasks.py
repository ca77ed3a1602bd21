"""Tasks and their lists: what people do to them, and what becomes of recurrences and reminders."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.services import ledger, reminders, task_lists, tasks
from assistant_app.services.tasks import TaskChanges, TaskView
from tests.conftest import add_user

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # A Tuesday.


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def wall(text: str) -> datetime:
    """Return what a person's clocks show, naive."""
    return datetime.fromisoformat(text)


async def add(user: models.User, title: str, **fields: object) -> TaskView:
    """Add a task."""
    return await tasks.add_task(user_id=user.id, title=title, **fields)  # pyright: ignore[reportArgumentType]


async def titles(user: models.User, **filters: object) -> list[str]:
    """Return the titles of the tasks that are listed."""
    page = await tasks.list_tasks(user_id=user.id, **filters)  # pyright: ignore[reportArgumentType]
    assert page.total == len(page.tasks)
    return [task.title for task in page.tasks]


async def said(user: models.User) -> str:
    """Return the newest line of the ledger."""
    return (await ledger.list_actions(user_id=user.id, limit=1))[0].summary


async def test_task_is_added_with_what_was_said_of_it(ada: models.User) -> None:
    task = await add(
        ada, " buy\nmilk ", notes="two", list_title="Groceries", due=date(2026, 11, 25), priority="high",
        remind_at=wall("2026-11-25 09:00"),
    )  # fmt: skip
    assert (task.number, task.title, task.notes, task.list_title) == (1, "buy milk", "two", "Groceries")
    assert (task.due_on, task.due_at, task.priority, task.done) == (date(2026, 11, 25), None, "high", False)
    assert task.remind_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert await tasks.get_task(user_id=ada.id, task_id=task.id) == task
    assert await said(ada) == "Added “buy milk” to Groceries, due tomorrow"


async def test_list_is_found_whatever_its_capitals(ada: models.User) -> None:
    first = await add(ada, "milk", list_title="Groceries")
    second = await add(ada, "eggs", list_title=" GROCERIES ")
    assert first.list_id == second.list_id
    assert [(each.title, each.open) for each in await task_lists.list_lists(user_id=ada.id)] == [("Groceries", 2)]


async def test_numbers_are_never_given_again(ada: models.User, bob: models.User) -> None:
    first = await add(ada, "one")
    await tasks.delete_task(user_id=ada.id, task_id=first.id)
    assert (await add(ada, "two")).number == 2
    assert (await add(bob, "his")).number == 1


async def test_view_has_the_tasks_of_its_time(ada: models.User) -> None:
    await add(ada, "some day")
    await add(ada, "this morning", due=wall("2026-11-24 09:00"))
    await add(ada, "tonight", due=wall("2026-11-24 20:00"))
    await add(ada, "today", due=date(2026, 11, 24))
    await add(ada, "friday", due=date(2026, 11, 27))
    await add(ada, "yesterday", due=date(2026, 11, 23))
    done = await add(ada, "done", due=date(2026, 11, 24))
    await tasks.complete_task(user_id=ada.id, task_id=done.id)
    assert await titles(ada, view="today") == ["this morning", "tonight", "today"]
    assert await titles(ada, view="upcoming") == ["friday"]
    assert await titles(ada, view="overdue") == ["yesterday", "this morning"]
    assert await titles(ada, view="done") == ["done"]
    assert await titles(ada) == ["some day", "this morning", "tonight", "today", "friday", "yesterday"]
    assert await titles(ada, due_from=date(2026, 11, 24), due_to=date(2026, 11, 27)) == [
        "this morning", "tonight", "today", "friday",
    ]  # fmt: skip
    counts = await tasks.count_tasks(user_id=ada.id)
    assert (counts.today, counts.upcoming, counts.overdue, counts.open, counts.done) == (3, 1, 2, 6, 1)


async def test_day_of_a_task_is_a_day_where_its_user_lives(db: object) -> None:
    eva = await add_user("eva", zone="Pacific/Auckland")
    task = await add(eva, "call", due=datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert (task.due_on, task.overdue) == (date(2026, 11, 25), False)
    assert await titles(eva, view="today") == ["call"]


async def test_page_tells_how_many_there_are(ada: models.User) -> None:
    for number in range(5):
        await add(ada, f"number {number}")
    page = await tasks.list_tasks(user_id=ada.id, limit=2, offset=2)
    assert ([task.title for task in page.tasks], page.total) == (["number 2", "number 3"], 5)


async def test_text_is_looked_for_whatever_its_capitals(ada: models.User) -> None:
    await add(ada, "Äpfel kaufen", notes="rote")
    await add(ada, "Birnen kaufen")
    assert await titles(ada, text="äPFEL ROTE") == ["Äpfel kaufen"]


async def test_change_says_what_it_changed(ada: models.User) -> None:
    task = await add(ada, "report")
    changes = TaskChanges(title="paper", due=wall("2026-11-27 17:00"), list_title="Work", priority="high")
    changed = await tasks.update_task(user_id=ada.id, task_id=task.id, changes=changes)
    assert (changed.title, changed.list_title, changed.priority) == ("paper", "Work", "high")
    assert await said(ada) == "Changed “report”: now “paper”, in Work, due Friday at 17:00, high priority"
    cleared = TaskChanges(due=None, list_title="", priority="none")
    changed = await tasks.update_task(user_id=ada.id, task_id=task.id, changes=cleared)
    assert (changed.due_at, changed.due_on, changed.list_id) == (None, None, None)
    assert await said(ada) == "Changed “paper”: in no list, no longer due, no priority"


async def test_change_of_nothing_is_not_in_the_ledger(ada: models.User) -> None:
    task = await add(ada, "report", list_title="Work")
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(title="report", list_title="work"))
    assert len(await ledger.list_actions(user_id=ada.id)) == 1


async def test_reminder_of_a_task_says_its_new_title(ada: models.User) -> None:
    task = await add(ada, "report", remind_at=wall("2026-11-25 09:00"))
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(title="paper"))
    (reminder,) = await reminders.list_reminders(user_id=ada.id)
    assert (reminder.text, reminder.task_title) == ("paper", "paper")


async def test_completing_twice_is_completing_once(ada: models.User) -> None:
    task = await add(ada, "milk", repeat="FREQ=DAILY", due=date(2026, 11, 24))
    first = await tasks.complete_task(user_id=ada.id, task_id=task.id)
    second = await tasks.complete_task(user_id=ada.id, task_id=task.id)
    assert (first.task, second.following) == (second.task, None)
    assert await said(ada) == "Completed “milk”; it comes again tomorrow"


@pytest.mark.parametrize(
    ("repeat", "due", "following"),
    [
        ("FREQ=DAILY", date(2026, 11, 24), date(2026, 11, 25)),
        ("FREQ=DAILY", date(2026, 11, 20), date(2026, 11, 25)),
        ("FREQ=DAILY", date(2026, 11, 30), date(2026, 12, 1)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 11, 17), date(2026, 12, 1)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 10, 31), date(2026, 12, 31)),
        ("FREQ=DAILY;UNTIL=20261124", date(2026, 11, 24), None),
        ("FREQ=DAILY;COUNT=1", date(2026, 11, 24), None),
    ],
)
async def test_recurring_task_comes_again_after_today(
    ada: models.User, repeat: str, due: date, following: date | None
) -> None:
    task = await add(ada, "bins", repeat=repeat, due=due, list_title="Home", priority="low")
    done = await tasks.complete_task(user_id=ada.id, task_id=task.id)
    assert done.task.done
    assert (done.following.due_on if done.following else None) == following
    if done.following:
        assert (done.following.title, done.following.list_title, done.following.priority) == ("bins", "Home", "low")


async def test_counted_recurrence_comes_as_often_as_it_says(ada: models.User) -> None:
    task = await add(ada, "pill", repeat="FREQ=DAILY;COUNT=3", due=date(2026, 11, 24))
    times = 0
    following: TaskView | None = task
    while following is not None:
        times += 1
        following = (await tasks.complete_task(user_id=ada.id, task_id=following.id)).following
    assert times == 3


async def test_recurring_task_keeps_its_time_when_the_clocks_change(db: object) -> None:
    eva = await add_user("eva", zone="Europe/Rome")
    with time_machine.travel(datetime(2027, 3, 27, 7, tzinfo=UTC), tick=False):
        task = await add(
            eva, "run", repeat="FREQ=DAILY", due=wall("2027-03-27 09:00"), remind_at=wall("2027-03-27 08:30")
        )
        following = (await tasks.complete_task(user_id=eva.id, task_id=task.id)).following
    assert following is not None
    assert following.due_at == datetime(2027, 3, 28, 7, 0, tzinfo=UTC)
    assert following.remind_at == datetime(2027, 3, 28, 6, 30, tzinfo=UTC)


async def test_recurrence_without_a_day_begins_with_its_first(ada: models.User) -> None:
    assert (await add(ada, "bins", repeat="FREQ=WEEKLY;BYDAY=FR")).due_on == date(2026, 11, 27)
    assert (await add(ada, "walk", repeat="FREQ=DAILY")).due_on == date(2026, 11, 24)


async def test_reopening_takes_the_untouched_next_one_away(ada: models.User) -> None:
    task = await add(ada, "bins", repeat="FREQ=DAILY", remind_at=wall("2026-11-24 20:00"))
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    reopened = await tasks.reopen_task(user_id=ada.id, task_id=task.id)
    assert (reopened.done, reopened.remind_at) == (False, datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert [each.id for each in (await tasks.list_tasks(user_id=ada.id, view="all")).tasks] == [task.id]


async def test_reopening_keeps_a_next_one_that_was_changed(ada: models.User, noon: time_machine.Traveller) -> None:
    task = await add(ada, "bins", repeat="FREQ=DAILY")
    following = (await tasks.complete_task(user_id=ada.id, task_id=task.id)).following
    assert following is not None
    noon.shift(60)
    await tasks.update_task(user_id=ada.id, task_id=following.id, changes=TaskChanges(notes="big ones"))
    await tasks.reopen_task(user_id=ada.id, task_id=task.id)
    assert (await tasks.complete_task(user_id=ada.id, task_id=task.id)).following is None
    assert await titles(ada) == ["bins"]


async def test_several_tasks_are_one_change(ada: models.User) -> None:
    ids = [(await add(ada, f"number {number}", list_title="A")).id for number in range(3)]
    await tasks.move_tasks_to_list(user_id=ada.id, task_ids=ids, list_title="B")
    assert await said(ada) == "Moved 3 tasks to B"
    await tasks.complete_tasks(user_id=ada.id, task_ids=ids[:2])
    assert await said(ada) == "Completed 2 tasks"
    deleted = await tasks.delete_tasks(user_id=ada.id, task_ids=ids)
    assert [task.list_title for task in deleted] == ["B", "B", "B"]
    assert await said(ada) == "Deleted 3 tasks"
    assert len(await ledger.list_actions(user_id=ada.id)) == 6


async def test_clearing_takes_the_done_ones_or_all_of_a_list(ada: models.User) -> None:
    for title in ("milk", "eggs"):
        await add(ada, title, list_title="Groceries")
    other = await add(ada, "call")
    for task in (other, (await tasks.list_tasks(user_id=ada.id, list_title="groceries")).tasks[0]):
        await tasks.complete_task(user_id=ada.id, task_id=task.id)
    cleared = await tasks.clear_tasks(user_id=ada.id, list_title="groceries")
    assert [task.title for task in cleared] == ["milk"]
    assert [task.title for task in await tasks.clear_tasks(user_id=ada.id, list_title="Groceries", which="all")] == [
        "eggs"
    ]
    assert [task.title for task in await tasks.clear_tasks(user_id=ada.id)] == ["call"]
    assert await tasks.clear_tasks(user_id=ada.id) == []
    with pytest.raises(NotFoundError, match="no list “Nowhere”"):
        await tasks.clear_tasks(user_id=ada.id, list_title="Nowhere")


async def test_order_by_hand_holds_however_often_it_changes(ada: models.User) -> None:
    ids = {name: (await add(ada, name)).id for name in "abc"}
    await tasks.move_task(user_id=ada.id, task_id=ids["c"], after_id=None)
    assert await titles(ada) == ["c", "a", "b"]
    order = ["c", "a", "b"]
    for _ in range(70):  # More often than numbers can be halved.
        moved = order.pop()
        order.insert(1, moved)
        await tasks.move_task(user_id=ada.id, task_id=ids[moved], after_id=ids[order[0]])
        assert await titles(ada) == order


async def test_deleted_list_leaves_its_tasks(ada: models.User) -> None:
    task = await add(ada, "milk", list_title="Groceries")
    assert task.list_id is not None
    await task_lists.delete_list(user_id=ada.id, list_id=task.list_id)
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).list_title == ""
    assert await said(ada) == "Deleted the list “Groceries”; 1 task kept"
    (action, *_) = await ledger.list_actions(user_id=ada.id)
    await ledger.undo(user_id=ada.id, action_id=action.id)
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).list_title == "Groceries"


async def test_lists_are_renamed_and_ordered(ada: models.User) -> None:
    ids = {title: (await task_lists.add_list(user_id=ada.id, title=title)).id for title in ("A", "B", "C")}
    await task_lists.move_list(user_id=ada.id, list_id=ids["C"], after_id=ids["A"])
    await task_lists.rename_list(user_id=ada.id, list_id=ids["B"], title="b")
    assert [each.title for each in await task_lists.list_lists(user_id=ada.id)] == ["A", "C", "b"]
    with pytest.raises(ConflictError, match="a list “A” already"):
        await task_lists.rename_list(user_id=ada.id, list_id=ids["B"], title="a")
    with pytest.raises(ConflictError):
        await task_lists.add_list(user_id=ada.id, title="c")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " \n "},
        {"title": "x" * 501},
        {"title": "x", "priority": "urgent"},
        {"title": "x", "repeat": "FREQ=SECONDLY"},
        {"title": "x", "list_title": "y" * 101},
        {"title": "x", "notes": "y" * 20_001},
        {"title": "x", "due": date(9999, 1, 1)},
        {"title": "x", "remind_at": wall("2026-11-24 11:00")},
    ],
)
async def test_what_cannot_be_kept_is_refused_in_a_sentence(ada: models.User, fields: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError, match=r"\.$"):
        await tasks.add_task(user_id=ada.id, **fields)  # pyright: ignore[reportArgumentType]
    assert await titles(ada) == []


async def test_what_belongs_to_somebody_else_is_not_found(ada: models.User, bob: models.User) -> None:
    theirs = await add(ada, "secret", list_title="Private")
    mine = await add(bob, "mine")
    assert theirs.list_id is not None
    his, task_id, list_id = bob.id, theirs.id, theirs.list_id
    for call in (
        tasks.get_task(user_id=his, task_id=task_id),
        tasks.update_task(user_id=his, task_id=task_id, changes=TaskChanges(title="x")),
        tasks.complete_task(user_id=his, task_id=task_id),
        tasks.complete_tasks(user_id=his, task_ids=[mine.id, task_id]),
        tasks.reopen_task(user_id=his, task_id=task_id),
        tasks.delete_task(user_id=his, task_id=task_id),
        tasks.delete_tasks(user_id=his, task_ids=[mine.id, task_id]),
        tasks.move_task(user_id=his, task_id=task_id, after_id=None),
        tasks.move_task(user_id=his, task_id=mine.id, after_id=task_id),
        tasks.move_tasks_to_list(user_id=his, task_ids=[mine.id], list_id=list_id),
        tasks.add_task(user_id=his, title="x", list_id=list_id),
        tasks.clear_tasks(user_id=his, list_title="Private", which="all"),
        task_lists.rename_list(user_id=his, list_id=list_id, title="x"),
        task_lists.delete_list(user_id=his, list_id=list_id),
        task_lists.move_list(user_id=his, list_id=list_id, after_id=None),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert await titles(bob, view="all") == ["mine"]
    assert await tasks.get_task(user_id=ada.id, task_id=task_id) == theirs
    assert await task_lists.list_lists(user_id=bob.id) == []
