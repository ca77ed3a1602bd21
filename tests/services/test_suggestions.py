"""Suggestions: what the rules find in a person's data, one a day, and less of what is not wanted."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.jobs import suggestions as job
from assistant_app.services import inbox, ledger, suggestions, tasks
from assistant_app.services.inbox import ItemView
from assistant_app.services.ledger import Origin
from assistant_app.services.suggestion_rules import rhythm_of
from assistant_app.services.task_views import TaskChanges, TaskView

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # A Tuesday.
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at which all of these happen."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


async def found(user: models.User) -> list[tuple[str, str]]:
    """Return what could be suggested now: the rules and the titles."""
    own = await suggestions.find_suggestions(user_ids=[user.id], zone=user.zone, at=datetime.now(UTC))
    return [(each.rule, each.title) for each in own[user.id]]


async def bring(user: models.User) -> int:
    """Bring the day's suggestion."""
    return await suggestions.bring_suggestions(user_id=user.id, at=datetime.now(UTC))


async def items(user: models.User, state: inbox.State = "open") -> list[ItemView]:
    """Return the suggestions in the inbox."""
    return await inbox.list_items(user_id=user.id, kind="suggestion", state=state)


async def put_off(user: models.User, title: str, times: int) -> TaskView:
    """Add a task for today, and have it due one day later again and again."""
    task = await tasks.add_task(user_id=user.id, title=title, due=TODAY)
    for number in range(1, times + 1):
        changes = TaskChanges(due=TODAY + number * DAY)
        task = await tasks.update_task(user_id=user.id, task_id=task.id, changes=changes)
    return task


async def done_on(user: models.User, title: str, days: Sequence[date], clock: time_machine.Traveller) -> None:
    """Do the same thing on several days."""
    for day in days:
        clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        task = await tasks.add_task(user_id=user.id, title=title)
        await tasks.complete_task(user_id=user.id, task_id=task.id)
    clock.move_to(NOON)


async def test_task_put_off_three_times_is_suggested_with_its_reason(ada: models.User) -> None:
    await put_off(ada, "Taxes", 2)
    assert await found(ada) == []
    task = await put_off(ada, "Garage", 3)
    assert await found(ada) == [("put_off", "“Garage” was put off 3 times")]
    assert await bring(ada) == 1
    (item,) = await items(ada)
    assert item.why == "You have moved this task to a later time 3 times in three months."
    assert item.data["objects"] == [{"kind": "task", "id": task.id, "title": "Garage"}]
    assert [each["name"] for each in item.data["actions"]] == ["undate", "less"]


async def test_earlier_days_other_changes_and_undone_ones_do_not_count(ada: models.User) -> None:
    task = await put_off(ada, "Garage", 2)
    for changes in (TaskChanges(due=TODAY), TaskChanges(title="Attic"), TaskChanges(due=None)):
        await tasks.update_task(user_id=ada.id, task_id=task.id, changes=changes)
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(due=TODAY))
    origin = Origin(gesture="g")
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(due=TODAY + DAY), origin=origin)
    assert len(await found(ada)) == 1
    await ledger.undo_gesture(user_id=ada.id, gesture="g")
    assert await found(ada) == []


async def test_its_day_is_taken_away_and_can_be_had_back(ada: models.User) -> None:
    task = await put_off(ada, "Garage", 3)
    await bring(ada)
    (item,) = await items(ada)
    origin = Origin(gesture="g")
    said = await suggestions.act(user_id=ada.id, item_id=item.id, action="undate", origin=origin)
    assert said == "“Garage” is not due any more."
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).due_on is None
    assert await items(ada) == []
    await ledger.undo_gesture(user_id=ada.id, gesture="g")
    assert (await tasks.get_task(user_id=ada.id, task_id=task.id)).due_on == task.due_on
    assert [each.id for each in await items(ada)] == [item.id]


async def test_list_that_rests_for_three_weeks_is_suggested(ada: models.User, noon: time_machine.Traveller) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Shelf", list_title="House")
    noon.shift(timedelta(days=20))
    assert await found(ada) == []
    noon.shift(2 * DAY)
    assert await found(ada) == [("untouched", "The list “House” has rested for 3 weeks")]
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(priority="high"))
    assert await found(ada) == []
    noon.shift(22 * DAY)
    assert len(await found(ada)) == 1
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    noon.shift(22 * DAY)
    assert await found(ada) == []


async def test_more_than_seven_overdue_are_a_pile(ada: models.User, noon: time_machine.Traveller) -> None:
    for number in range(7):
        await tasks.add_task(user_id=ada.id, title=f"Task {number}", due=TODAY)
    noon.shift(DAY)
    assert await found(ada) == []
    await tasks.add_task(user_id=ada.id, title="One more", due=TODAY)
    assert await found(ada) == [("pile", "8 tasks are overdue")]


async def test_what_is_done_every_week_by_hand_can_repeat(ada: models.User, noon: time_machine.Traveller) -> None:
    await done_on(ada, "Water plants", [TODAY - 22 * DAY, TODAY - 15 * DAY, TODAY - 8 * DAY], noon)
    await done_on(ada, "Irregular", [TODAY - 30 * DAY, TODAY - 9 * DAY, TODAY - 8 * DAY], noon)
    await done_on(ada, "Twice", [TODAY - 14 * DAY, TODAY - 7 * DAY], noon)
    assert await found(ada) == [("habit", "Have “Water plants” come every week")]
    await bring(ada)
    (item,) = await items(ada)
    said = await suggestions.act(user_id=ada.id, item_id=item.id, action="repeat", origin=Origin(gesture="g"))
    assert said == "Added “Water plants”, every week."
    (task,) = (await tasks.list_tasks(user_id=ada.id)).tasks
    assert (task.repeat, task.due_on) == ("FREQ=WEEKLY", TODAY + 6 * DAY)
    assert await found(ada) == []
    await ledger.undo_gesture(user_id=ada.id, gesture="g")
    assert (await tasks.list_tasks(user_id=ada.id)).tasks == ()


async def test_open_task_of_a_habit_is_the_one_that_repeats(ada: models.User, noon: time_machine.Traveller) -> None:
    await done_on(ada, "Water plants", [TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - DAY], noon)
    task = await tasks.add_task(user_id=ada.id, title="Water plants")
    await bring(ada)
    (item,) = await items(ada)
    said = await suggestions.act(user_id=ada.id, item_id=item.id, action="repeat")
    assert said == "“Water plants” now repeats every day."
    changed = await tasks.get_task(user_id=ada.id, task_id=task.id)
    assert (changed.repeat, changed.due_on) == ("FREQ=DAILY", TODAY)


@pytest.mark.parametrize(
    ("gaps", "rhythm"),
    [
        ((1, 1), "FREQ=DAILY"),
        ((7, 6, 8), "FREQ=WEEKLY"),
        ((14, 15), "FREQ=WEEKLY;INTERVAL=2"),
        ((30, 31, 28), "FREQ=MONTHLY"),
        ((10, 10), "FREQ=DAILY;INTERVAL=10"),
        ((7, 12), None),
        ((1, 7), None),
        ((7,), None),
        ((40, 1, 7, 7, 7, 7), "FREQ=WEEKLY"),
    ],
)
def test_rhythm_is_heard_in_the_last_few_times(gaps: Sequence[int], rhythm: str | None) -> None:
    days = [TODAY]
    for gap in gaps:
        days.append(days[-1] + gap * DAY)
    assert rhythm_of(days) == rhythm


async def test_one_new_suggestion_comes_a_day_and_each_matter_once(
    ada: models.User, noon: time_machine.Traveller
) -> None:
    for title in ("Garage", "Taxes"):
        await put_off(ada, title, 3)
    assert [await bring(ada), await bring(ada)] == [1, 0]
    noon.shift(DAY)
    assert [await bring(ada), await bring(ada)] == [1, 0]
    noon.shift(DAY)
    assert await bring(ada) == 0
    assert len(await items(ada)) == 2


async def test_suggestion_closes_itself_with_its_reason(ada: models.User) -> None:
    task = await put_off(ada, "Garage", 3)
    await bring(ada)
    await tasks.complete_task(user_id=ada.id, task_id=task.id)
    assert await bring(ada) == 0
    assert await items(ada) == []


async def test_dismissed_suggestion_does_not_come_again(ada: models.User, noon: time_machine.Traveller) -> None:
    await put_off(ada, "Garage", 3)
    await bring(ada)
    (item,) = await items(ada)
    await inbox.dismiss_item(user_id=ada.id, item_id=item.id)
    noon.shift(DAY)
    assert (await bring(ada), await found(ada)) == (0, [])
    with pytest.raises(ConflictError):
        await suggestions.act(user_id=ada.id, item_id=item.id, action="less")


async def test_less_like_this_lowers_the_weight_and_says_so(ada: models.User, noon: time_machine.Traveller) -> None:
    said: list[str] = []
    days: list[int] = []
    for number in range(3):
        await put_off(ada, f"Task {number}", 3)
    for day in range(45):
        if await bring(ada):
            days.append(day)
            (item,) = await items(ada)
            said.append(await suggestions.act(user_id=ada.id, item_id=item.id, action="less"))
        noon.shift(DAY)
    assert days == [0, 7, 37]
    assert [words.rsplit(" come ")[-1] for words in said] == ["at most once a week.", "at most once a month.", "never."]
    assert said[0].startswith("Suggestions about tasks that are put off again and again now come")
    weights = {each.rule: each.weight for each in await suggestions.list_weights(user_id=ada.id)}
    assert weights == {"habit": 1, "put_off": 0, "pile": 1, "untouched": 1}
    await put_off(ada, "Another", 3)
    assert "put_off" not in dict(await found(ada))
    assert (await suggestions.set_weight(user_id=ada.id, rule="put_off", weight=1)).often == "at most once a day"
    assert "put_off" in dict(await found(ada))


async def test_what_is_wanted_most_comes_first(ada: models.User, noon: time_machine.Traveller) -> None:
    await done_on(ada, "Water plants", [TODAY - 3 * DAY, TODAY - 2 * DAY, TODAY - DAY], noon)
    await put_off(ada, "Garage", 3)
    assert [rule for rule, _ in await found(ada)] == ["habit", "put_off"]
    await suggestions.set_weight(user_id=ada.id, rule="habit", weight=0.5)
    assert [rule for rule, _ in await found(ada)] == ["put_off", "habit"]


async def test_weights_and_actions_that_do_not_exist_are_refused(ada: models.User) -> None:
    for rule, weight in (("nothing", 1), ("pile", 0.7)):
        with pytest.raises(InvalidInputError):
            await suggestions.set_weight(user_id=ada.id, rule=rule, weight=weight)
    await put_off(ada, "Garage", 3)
    await bring(ada)
    (item,) = await items(ada)
    with pytest.raises(InvalidInputError):
        await suggestions.act(user_id=ada.id, item_id=item.id, action="repeat")


async def test_the_days_suggestion_is_brought_in_the_morning_of_each_person(
    ada: models.User, noon: time_machine.Traveller
) -> None:
    await put_off(ada, "Garage", 3)
    noon.move_to(NOON.replace(hour=8))
    await job.bring()
    assert await items(ada) == []
    noon.move_to(NOON.replace(hour=9))
    await job.bring()
    assert len(await items(ada)) == 1
