"""Whole conversations with the built-in model against the database: what it changes, asks first and says of it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from assistant_app import models
from assistant_app.agent import runs, talk
from assistant_app.services import reminders, tasks, threads


@pytest_asyncio.fixture(autouse=True)
async def _ended() -> AsyncIterator[None]:  # pyright: ignore[reportUnusedFunction]
    """Leave no run behind."""
    yield
    await runs.stop_all()


async def say(user: models.User, *said: str) -> str:
    """Say one thing after the other in one conversation, and return the last answer."""
    place = ""
    for text in said:
        asked = await talk.ask(user_id=user.id, conversation_id=place, text=text, model="builtin")
        await runs.idle()
        place = asked.conversation_id
    return (await threads.open_thread(user_id=user.id, conversation_id=place)).messages[-1].text


async def add(user: models.User, *titles: str, in_list: str = "") -> None:
    for title in titles:
        await tasks.add_task(user_id=user.id, title=title, list_title=in_list)


async def open_titles(user: models.User) -> set[str]:
    return {task.title for task in (await tasks.list_tasks(user_id=user.id)).tasks}


async def test_a_list_is_ticked_off_in_one_sentence(ada: models.User) -> None:
    await add(ada, "milk", "eggs", in_list="groceries")
    await add(ada, "call mom")
    assert await say(ada, "tick everything off the grocery list") == "Done, both."
    assert await open_titles(ada) == {"call mom"}


async def test_many_changes_wait_for_a_yes(ada: models.User) -> None:
    await add(ada, *(f"errand {number}" for number in range(7)))
    assert (await say(ada, "complete all my tasks")).endswith("Shall I do that?")
    assert len(await open_titles(ada)) == 7
    assert await say(ada, "complete all my tasks", "yes") == "Done, all 7."
    assert await open_titles(ada) == set()


async def test_everything_of_a_conversation_is_undone_after_a_yes(ada: models.User) -> None:
    said = ("add task paint the fence", "add task mow the lawn", "undo everything")
    assert (await say(ada, *said)).endswith("Shall I do that?")
    assert await open_titles(ada) == {"paint the fence", "mow the lawn"}
    await say(ada, *said, "yes")
    assert await open_titles(ada) == {"paint the fence", "mow the lawn"}  # Those of the first conversation.


async def test_a_question_about_what_waits_is_answered_and_changes_nothing(ada: models.User) -> None:
    await add(ada, "milk", in_list="groceries")
    said = await say(ada, "delete milk", "what exactly would be deleted?")
    assert "“milk”" in said
    assert "brings it back" in await say(ada, "delete milk", "is it gone for good?")
    assert await open_titles(ada) == {"milk"}
    assert await say(ada, "delete milk", "yes") == "Done. Say *undo that* to have it back."
    assert await open_titles(ada) == set()


async def test_a_bare_time_corrects_what_was_just_set(ada: models.User) -> None:
    said = await say(ada, "remind me to buy flowers tomorrow at 9", "at 5pm")
    assert said.startswith("Done: tomorrow at 17:00")
    found = await reminders.list_reminders(user_id=ada.id)
    assert [one.text for one in found] == ["buy flowers"]


async def test_what_follows_goes_on_from_the_list_before(ada: models.User) -> None:
    await add(ada, "fix the shelf", in_list="home")
    await add(ada, "send the slides", in_list="work")
    assert "send the slides" in await say(ada, "what's on the home list?", "and work?")


async def test_what_repeats_stops_repeating(ada: models.User) -> None:
    await say(ada, "remind me every monday at 9 to take out the bins", "stop repeating the bins")
    assert [(one.text, one.repeat) for one in await reminders.list_reminders(user_id=ada.id)] == [
        ("take out the bins", "")
    ]


async def test_the_name_of_what_there_is_behind_an_unknown_verb_adds_nothing(ada: models.User) -> None:
    await say(ada, "add task water the orchids")
    assert "already" in await say(ada, "sort water the orchids tomorrow")
    assert await open_titles(ada) == {"water the orchids"}
    await say(ada, "make watering the orchids repeat every three days")
    (task,) = (await tasks.list_tasks(user_id=ada.id)).tasks
    assert (task.title, task.repeat) == ("water the orchids", "FREQ=DAILY;INTERVAL=3")
