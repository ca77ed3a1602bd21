"""Tools for lists of tasks, and for clearing tasks away."""

import pytest

from assistant_app import models
from assistant_app.errors import ConflictError
from assistant_app.services import ledger, task_lists, tasks
from assistant_app.toolkit.outcomes import RetryTool
from tests.tools.conftest import Ask, Call


async def test_list_is_added_once(call: Call) -> None:
    assert (await call("add_list", name="Groceries")).summary == "Added the list “Groceries”"
    with pytest.raises(ConflictError, match="a list “Groceries” already"):
        await call("add_list", name="groceries")


async def test_deleted_list_leaves_its_tasks(call: Call, ask: Ask, berliner: models.User) -> None:
    await call("add_task", title="milk", list="Groceries")
    preview = await ask("delete_list", name="groceries")
    assert preview.summary == "Delete the list “Groceries”; 1 open task kept, in no list"
    assert preview.arguments == {"name": "Groceries"}
    assert (await call("delete_list", name="groceries")).summary == "Deleted the list “Groceries”; 1 task kept"
    assert (await tasks.list_tasks(user_id=berliner.id)).tasks[0].list_id is None
    with pytest.raises(RetryTool, match="There is no list “Groceries”"):
        await call("delete_list", name="Groceries")


async def test_list_of_somebody_else_is_not_there(call: Call, bob: models.User) -> None:
    await task_lists.add_list(user_id=bob.id, title="Secrets")
    with pytest.raises(RetryTool, match="There is no list “Secrets”"):
        await call("delete_list", name="Secrets")


async def test_done_tasks_are_cleared_at_once(call: Call, berliner: models.User) -> None:
    for title in ("milk", "eggs", "bread"):
        await call("add_task", title=title)
    await call("complete_task", task="1")
    await call("complete_task", task="2")
    cleared = await call("clear_tasks", which="done")
    assert (cleared.summary, cleared.data) == ("Deleted 2 tasks", {"total": 2})
    assert [task.title for task in (await tasks.list_tasks(user_id=berliner.id, view="all")).tasks] == ["bread"]
    assert (await ledger.list_actions(user_id=berliner.id))[0].summary == "Deleted 2 tasks"


async def test_list_is_emptied_and_stays(call: Call, berliner: models.User) -> None:
    await call("add_task", title="milk", list="Groceries")
    await call("add_task", title="rent")
    assert (await call("clear_tasks", list="groceries", which="all")).summary == "Deleted “milk”"
    assert [task.title for task in (await tasks.list_tasks(user_id=berliner.id, view="all")).tasks] == ["rent"]
    assert [found.title for found in await task_lists.list_lists(user_id=berliner.id)] == ["Groceries"]


async def test_yes_clears_only_what_was_named(call: Call, ask: Ask, berliner: models.User) -> None:
    for title in ("milk", "eggs", "bread"):
        await call("add_task", title=title)
    await call("complete_task", task="1")
    preview = await ask("clear_tasks")
    assert preview.summary == "Delete 1 done task: “milk”"
    assert preview.arguments == {"which": "done", "only": "1"}
    await call("complete_task", task="2")
    await call("clear_tasks", **preview.arguments)
    left = (await tasks.list_tasks(user_id=berliner.id, view="all")).tasks
    assert [task.title for task in left] == ["eggs", "bread"]


async def test_preview_names_a_dozen_tasks_in_short(call: Call, ask: Ask) -> None:
    for number in range(12):
        await call("add_task", title=f"t{number}", list="Work")
    preview = await ask("clear_tasks", which="all", list="Work")
    assert preview.summary.startswith("Delete 12 tasks in Work: “t0”, “t1”")
    assert preview.summary.endswith("“t9” and 2 more")
    assert len(preview.touched) == 12


async def test_nothing_to_clear_is_said_before_anybody_is_asked(call: Call, ask: Ask) -> None:
    await call("add_task", title="milk")
    with pytest.raises(RetryTool, match="no done tasks there"):
        await ask("clear_tasks", which="done")
    with pytest.raises(RetryTool, match="no done tasks there"):
        await call("clear_tasks")
    with pytest.raises(RetryTool, match="There is no list “Work”"):
        await ask("clear_tasks", which="all", list="Work")
