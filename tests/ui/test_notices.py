"""Notices: what was done can be taken back from them, and done again."""

from assistant_app import models
from assistant_app.services import task_lists, tasks
from assistant_app.services.tasks import TaskChanges
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.tasks.editor import EditState
from assistant_app.ui.tasks.state import TasksState
from tests.ui.conftest import OpenTab, Tab


async def titles(user: models.User) -> list[str]:
    """Return what a person has to do."""
    return [task.title for task in (await tasks.list_tasks(user_id=user.id)).tasks]


async def press(tab: Tab, button: str) -> None:
    """Press the button of the newest notice."""
    notice = tab.value(NoticeState, "notices")[-1]
    assert notice.button == button
    await tab.send(NoticeState.undo(notice.id))


async def test_what_was_done_is_undone_and_done_again_from_its_notice(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Buy milk")
    tab = await open_tab(ada, "/tasks")
    await tab.send(TasksState.complete(task.id))
    assert await titles(ada) == []
    await press(tab, "Undo")
    assert await titles(ada) == ["Buy milk"]
    await press(tab, "Redo")
    assert await titles(ada) == []
    assert [notice.text for notice in tab.value(NoticeState, "notices")] == ["Done again."]


async def test_what_changed_since_is_undone_only_after_a_question(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Buy milk")
    tab = await open_tab(ada, "/tasks")
    await tab.send(TasksState.complete(task.id))
    await tasks.update_task(user_id=ada.id, task_id=task.id, changes=TaskChanges(title="Buy oat milk"))
    await press(tab, "Undo")
    asked = tab.value(NoticeState, "notices")[-1]
    assert asked.tone == "problem"
    assert "changed again since" in asked.text
    assert await titles(ada) == []
    await press(tab, "Undo anyway")
    assert await titles(ada) == ["Buy milk"]


async def test_a_notice_is_undone_once_even_if_its_button_is_pressed_twice(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Buy milk")
    tab = await open_tab(ada, "/tasks")
    await tab.send(TasksState.complete(task.id))
    notice = tab.value(NoticeState, "notices")[-1]
    await tab.send(NoticeState.undo(notice.id))
    await tab.send(NoticeState.undo(notice.id))
    assert await titles(ada) == ["Buy milk"]
    assert [each.text for each in tab.value(NoticeState, "notices")] == ["Undone."]


async def test_a_change_that_made_a_list_is_undone_with_the_list(open_tab: OpenTab, ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Buy milk")
    tab = await open_tab(ada, "/tasks")
    await tab.send(EditState.open(task.id))
    await tab.send(EditState.save({**vars(tab.value(EditState, "text")), "list_title": "Groceries"}))
    for button, expected in (("Undo", []), ("Redo", ["Groceries"]), ("Undo", [])):
        await press(tab, button)
        assert [each.title for each in await task_lists.list_lists(user_id=ada.id)] == expected
    assert await titles(ada) == ["Buy milk"]


async def test_a_forged_notice_undoes_nothing(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="Buy milk")
    hers = await open_tab(ada, "/tasks")
    await hers.send(TasksState.complete(task.id))
    his = await open_tab(bob, "/tasks")
    await his.send(NoticeState.undo(hers.value(NoticeState, "notices")[-1].id))
    assert await titles(ada) == []
