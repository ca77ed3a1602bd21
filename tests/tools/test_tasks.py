"""Tools for tasks: what they do, what they say, and what they refuse."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from assistant_app import models
from assistant_app.errors import InvalidInputError
from assistant_app.services import ledger, tasks
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool
from assistant_app.tools.tasks import add_task, complete_task, delete_task, update_task
from tests.tools.conftest import Ask, Call


async def test_task_is_added_with_all_that_was_said(call: Call, berliner: models.User) -> None:
    result = await call(
        "add_task",
        title="buy milk",
        notes="the good one",
        list="Groceries",
        due="2026-11-19T17:00:00+01:00",
        priority="high",
        repeat="FREQ=WEEKLY",
        remind_at="2026-11-19T09:00",
    )
    assert result.summary == (
        "Added “buy milk” to Groceries, due tomorrow at 17:00 · repeats every week · reminder tomorrow at 9:00"
    )
    task = (await tasks.list_tasks(user_id=berliner.id)).tasks[0]
    assert result.touched == [("task", task.id)]
    assert result.data["object"] == {
        "kind": "task",
        "number": 1,
        "id": task.id,
        "title": "buy milk",
        "due": "2026-11-19T17:00:00+01:00",
        "list": "Groceries",
        "repeat": "FREQ=WEEKLY",
        "priority": "high",
        "done": False,
        "text": "buy milk (Groceries), due tomorrow at 17:00, every week, high priority",
        "notes": "the good one",
        "remind_at": "2026-11-19T09:00:00+01:00",
    }


async def test_change_remembers_where_it_came_from(ctx: ToolContext, berliner: models.User) -> None:
    await add_task(ctx, {"title": "buy milk"})
    action = (await ledger.list_actions(user_id=berliner.id))[0]
    assert (action.source, action.conversation_id, action.message_id) == ("chat", "cnv_1", "msg_question")
    assert (action.tool_call_id, action.gesture) == ("cal_1", "msg_answer")
    assert (await tasks.list_tasks(user_id=berliner.id)).tasks[0].message_id == "msg_question"


async def test_time_without_an_offset_is_the_users(call: Call) -> None:
    summer = await call("add_task", title="swim", due="2027-07-01T17:00")
    gap = await call("add_task", title="sleep", due="2027-03-28T02:30")
    day = await call("add_task", title="rest", due="2026-11-22")
    assert summer.data["object"]["due"] == "2027-07-01T17:00:00+02:00"
    assert gap.data["object"]["due"] == "2027-03-28T03:00:00+02:00"
    assert day.data["object"]["due"] == "2026-11-22"


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        ({"title": "milk", "due": "tomorrow"}, "is not a time"),
        ({"title": "milk", "repeat": "weekly"}, "FREQ="),
        ({"title": "milk", "remind_at": "2026-11-19"}, "has no time of day"),
        ({"title": "milk", "priority": "urgent"}, "priority: Input should be 'none', 'low'"),
        ({"title": "m" * 501}, "title: String should have at most"),
    ],
)
async def test_arguments_that_do_not_fit_add_nothing(ctx: ToolContext, arguments: dict[str, str], about: str) -> None:
    with pytest.raises(RetryTool, match=about):
        await add_task(ctx, arguments)
    assert (await tasks.list_tasks(user_id=ctx.user_id)).total == 0


async def test_rules_of_the_service_hold_for_models(ctx: ToolContext) -> None:
    with pytest.raises(InvalidInputError, match="needs a title"):
        await add_task(ctx, {"title": "  "})
    with pytest.raises(InvalidInputError, match="passed already"):
        await add_task(ctx, {"title": "milk", "remind_at": "2026-11-17T09:00"})


async def test_tasks_are_listed_as_asked(call: Call) -> None:
    await call("add_task", title="buy milk", list="Groceries")
    await call("add_task", title="pay rent", due="2026-11-20")
    await call("add_task", title="call mom", due="2026-11-17")
    listed = await call("list_tasks")
    assert listed.summary == "3 open tasks"
    assert listed.data["total"] == 3
    assert [one["text"] for one in listed.data["objects"]] == [
        "buy milk (Groceries)",
        "pay rent, due Friday",
        "call mom, overdue since yesterday",
    ]
    assert [kind for kind, _ in listed.shown] == ["task", "task", "task"]
    assert [ref[1] for ref in listed.shown] == [one["id"] for one in listed.data["objects"]]


@pytest.mark.parametrize(
    ("arguments", "summary", "titles"),
    [
        ({"list": "groceries"}, "1 open task in groceries", ["buy milk"]),
        ({"overdue": True}, "1 overdue task", ["call mom"]),
        ({"due_from": "2026-11-18", "due_to": "2026-11-18"}, "No open tasks due today", []),
        ({"due_from": "2026-11-18", "due_to": "2026-11-22"}, "1 open task due from today to Sunday", ["pay rent"]),
        ({"due_to": "2026-11-20"}, "2 open tasks due by Friday", ["call mom", "pay rent"]),
        ({"text": "RENT"}, "1 open task with “RENT”", ["pay rent"]),
        ({"limit": 1}, "3 open tasks; here are the first 1", ["buy milk"]),
        ({"done": True}, "1 done task", ["old thing"]),
        ({"done": True, "due_from": "2026-11-18", "due_to": "2026-11-18"}, "1 done task today", ["old thing"]),
        ({"done": True, "due_from": "2026-11-17", "due_to": "2026-11-17"}, "No done tasks yesterday", []),
        ({"done": None, "text": None}, "3 open tasks", ["buy milk", "pay rent", "call mom"]),
    ],
)
async def test_tasks_are_found_by_each_filter(
    call: Call, arguments: dict[str, object], summary: str, titles: list[str]
) -> None:
    await call("add_task", title="buy milk", list="Groceries")
    await call("add_task", title="pay rent", due="2026-11-20")
    await call("add_task", title="call mom", due="2026-11-17")
    await call("add_task", title="old thing", due="2026-11-01")
    await call("complete_task", task="4")
    listed = await call("list_tasks", **arguments)
    assert (listed.summary, [one["title"] for one in listed.data["objects"]]) == (summary, titles)


async def test_long_list_says_that_there_is_more(call: Call, berliner: models.User) -> None:
    for number in range(60):
        await tasks.add_task(user_id=berliner.id, title=f"task {number}")
    listed = await call("list_tasks")
    assert listed.summary == "60 open tasks; here are the first 50"
    assert (listed.data["total"], len(listed.data["objects"])) == (60, 50)
    with pytest.raises(RetryTool, match="limit"):
        await call("list_tasks", limit=51)


async def test_list_that_is_not_there_is_named_with_those_that_are(call: Call) -> None:
    with pytest.raises(RetryTool, match=r"There is no list “Work”\. There are none\."):
        await call("list_tasks", list="Work")
    await call("add_list", name="Groceries")
    with pytest.raises(RetryTool, match=r"There are “Groceries”\."):
        await call("list_tasks", list="Work")


async def test_task_is_changed_where_something_was_said(call: Call) -> None:
    await call("add_task", title="buy milk", due="2026-11-19", priority="high", list="Groceries")
    changed = await call("update_task", task="1", due="2026-11-20T18:00", title="buy oat milk")
    assert changed.summary == "Changed “buy milk”: now “buy oat milk”, due Friday at 18:00"
    shown = changed.data["object"]
    assert (shown["due"], shown["priority"], shown["list"]) == ("2026-11-20T18:00:00+01:00", "high", "Groceries")


async def test_empty_text_takes_things_away(call: Call) -> None:
    await call(
        "add_task", title="milk", due="2026-11-19", list="Groceries", repeat="FREQ=DAILY", remind_at="2026-11-19T08:00"
    )
    changed = await call("update_task", task=1, due="", list="", repeat="", remind_at="")
    shown = changed.data["object"]
    assert (shown["due"], shown["list"], shown["repeat"], shown.get("remind_at")) == ("", "", "", None)


async def test_change_to_what_is_already_so_says_so(call: Call, berliner: models.User) -> None:
    await call("add_task", title="milk", priority="high")
    unchanged = await call("update_task", task="milk", priority="high")
    assert unchanged.summary == "“milk” is like that already"
    assert len(await ledger.list_actions(user_id=berliner.id)) == 1


async def test_task_is_completed_and_reopened(call: Call) -> None:
    await call("add_task", title="prepare for test")
    done = await call("complete_task", task="prepared for test")
    assert done.summary == "Completed “prepare for test”"
    assert (done.data["object"]["done"], done.data["object"]["text"]) == (
        True,
        "prepare for test, done today at 10:00",
    )
    again = await call("complete_task", task="1")
    assert again.summary == "“prepare for test” is done already"
    opened = await call("reopen_task", task="test")
    assert (opened.summary, opened.data["object"]["done"]) == ("Reopened “prepare for test”", False)
    assert (await call("reopen_task", task="1")).summary == "“prepare for test” is open already"


async def test_completed_task_that_repeats_comes_again(call: Call) -> None:
    await call("add_task", title="bins", due="2026-11-18", repeat="FREQ=WEEKLY")
    done = await call("complete_task", task="bins")
    assert done.summary == "Completed “bins”; it comes again Wednesday, 25 November"
    assert (done.data["following"]["number"], done.data["following"]["due"]) == (2, "2026-11-25")
    assert (await call("complete_task", task="bins")).data["object"]["number"] == 2


async def test_deleted_task_is_no_longer_talked_about(call: Call) -> None:
    await call("add_task", title="doctor appointment")
    gone = await call("delete_task", task="doctor")
    assert (gone.summary, gone.touched) == ("Deleted “doctor appointment”", ())
    with pytest.raises(RetryTool, match=r"There is no task “1”\. The list of tasks shows"):
        await call("delete_task", task="1")


async def test_name_of_several_tasks_asks_which(call: Call, berliner: models.User) -> None:
    await call("add_task", title="buy milk", list="Groceries", due="2026-11-19")
    await call("add_task", title="buy milk")
    with pytest.raises(RetryTool, match="Several tasks could be meant by “buy milk”") as asked:
        await call("complete_task", task="buy milk")
    assert [(one["number"], one["text"]) for one in asked.value.candidates] == [
        (1, "buy milk (Groceries), tomorrow"),
        (2, "buy milk"),
    ]
    assert [kind for kind, _ in asked.value.offered] == ["task", "task"]
    assert (await tasks.list_tasks(user_id=berliner.id)).total == 2


async def test_open_task_is_meant_before_a_done_one(call: Call) -> None:
    await call("add_task", title="buy milk")
    await call("complete_task", task="1")
    await call("add_task", title="buy milk")
    assert (await call("update_task", task="buy milk", priority="low")).data["object"]["number"] == 2
    assert (await call("reopen_task", task="buy milk")).data["object"]["number"] == 1


@pytest.mark.parametrize("name", ["update_task", "complete_task", "reopen_task", "delete_task"])
async def test_tasks_of_others_are_not_there(call: Call, bob: models.User, name: str) -> None:
    task = await tasks.add_task(user_id=bob.id, title="secret plan")
    for words in ("1", task.id, "secret plan"):
        with pytest.raises(RetryTool, match="There is no"):
            await call(name, task=words)
    assert await tasks.get_task(user_id=bob.id, task_id=task.id) == task


async def test_preview_pins_the_object_and_the_times(call: Call, ask: Ask, berliner: models.User) -> None:
    await call("add_task", title="doctor appointment")
    task = (await tasks.list_tasks(user_id=berliner.id)).tasks[0]
    deletion = await ask("delete_task", task="doctor")
    assert deletion.summary == "Delete task 1 “doctor appointment”"
    assert (deletion.arguments, deletion.touched) == ({"task": "1"}, [("task", task.id)])
    change = await ask("update_task", task="doctor", due="2026-11-19T17:00", priority="high", list="")
    assert change.summary == ("Change task 1 “doctor appointment”: in no list, due tomorrow at 17:00, high priority")
    assert change.arguments == {"task": "1", "list": "", "due": "2026-11-19T17:00:00+01:00", "priority": "high"}
    assert await tasks.get_task(user_id=berliner.id, task_id=task.id) == task


async def test_preview_of_a_new_task_says_and_pins_all(ask: Ask, berliner: models.User) -> None:
    new = await ask("add_task", title="milk", list="Groceries", due="2026-11-19", repeat="rrule:freq=weekly")
    assert new.summary == "Add task “milk”, in Groceries, due tomorrow, every week"
    assert new.arguments == {"title": "milk", "list": "Groceries", "due": "2026-11-19", "repeat": "FREQ=WEEKLY"}
    assert (await ask("add_task", title="milk")).summary == "Add task “milk”"
    assert (await tasks.list_tasks(user_id=berliner.id)).total == 0


async def test_yes_means_what_was_previewed_even_in_another_zone(ctx: ToolContext, ask: Ask) -> None:
    preview = await ask("add_task", title="call", due="2026-11-19T17:00")
    added = await add_task(replace(ctx, zone="America/New_York"), preview.arguments)
    assert datetime.fromisoformat(added.data["object"]["due"]) == datetime(2026, 11, 19, 16, tzinfo=UTC)


async def test_preview_refuses_what_the_call_would(ask: Ask) -> None:
    with pytest.raises(RetryTool, match="There is no task “milk”"):
        await ask("delete_task", task="milk")
    with pytest.raises(RetryTool, match="is not a time"):
        await ask("add_task", title="milk", due="soon")


async def test_overdue_follows_the_users_day(
    call: Call, morning: time_machine.Traveller, berliner: models.User
) -> None:
    await call("add_task", title="milk", due="2026-11-18")
    morning.move_to(datetime(2026, 11, 18, 22, 59, tzinfo=UTC))
    assert (await call("list_tasks", overdue=True)).data["total"] == 0
    morning.move_to(datetime(2026, 11, 18, 23, 1, tzinfo=UTC))
    assert (await call("list_tasks", overdue=True)).data["total"] == 1
    assert (await tasks.list_tasks(user_id=berliner.id)).tasks[0].due_on == date(2026, 11, 18)


def test_tools_are_told_apart_by_their_words() -> None:
    assert "complete_task" in update_task.description
    assert "complete" in delete_task.description
    assert "number" in complete_task.parameters["properties"]["task"]["description"]
