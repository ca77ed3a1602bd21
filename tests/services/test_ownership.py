"""Another user's conversation, message or run is not found, whatever one tries with it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType

import pytest

from assistant_app import clock, models
from assistant_app.errors import NotFoundError
from assistant_app.repositories import database
from assistant_app.services import (
    answers,
    branches,
    conflicts,
    conversations,
    events,
    exports,
    inbox,
    messages,
    search,
    settling,
    suggestions,
    summaries,
    tasks,
    temporary,
    threads,
    trash,
)

STORED = (answers, branches, conversations, exports, messages, search, threads, trash)
# What takes no id of an object: it works on what the user has, or on everybody's at the start of the process.
WITHOUT_IDS = {
    "conversations.create_conversation",
    "conversations.list_conversations",
    "conversations.list_titles",
    "exports.export_all",
    "search.search",
    "trash.empty_trash",
    "trash.purge_trash",
    "answers.sweep_interrupted",
    "temporary.create_conversation",
    "temporary.forget_calls",
    "temporary.sweep_idle",
}
FILL = {"text": "t", "title": "t", "model": "m", "status": "complete", "form": "json"}


@dataclass(frozen=True)
class Ids:
    """What belongs to somebody: a conversation with a question, its whole answer, and a run that goes on."""

    conversation_id: str
    question_id: str
    answer_id: str
    run_id: str
    schedule_id: str = ""


async def things_of(user: models.User) -> Ids:
    """Store something of a user."""
    asked = await answers.ask(user_id=user.id, conversation_id=None, text="secret umbrella", model="m")
    await answers.finish_run(user_id=user.id, run_id=asked.run.run_id, status="failed", text="secret answer")
    run = await answers.continue_answer(user_id=user.id, message_id=asked.run.message_id)
    starts = datetime.fromisoformat("2026-11-16T09:00")
    schedule = models.Schedule(user_id=user.id, kind="prompt", title="secret", zone="UTC", starts=starts)
    async with database.write() as session:
        session.add(schedule)
        await session.flush()
        session.add(
            models.Occurrence(
                schedule_id=schedule.id,
                user_id=user.id,
                due_at=clock.now(),
                state="waiting",
                message_id=asked.run.message_id,
            )
        )
    return Ids(asked.conversation_id, asked.question.id, asked.run.message_id, run.run_id, schedule.id)


async def held_of(user: models.User) -> Ids:
    """Hold something of a user in memory."""
    thread = await temporary.create_conversation(user_id=user.id, model="m")
    asked = await temporary.ask(user_id=user.id, conversation_id=thread.id, text="secret", model="m")
    return Ids(thread.id, asked.question.id, asked.run.message_id, asked.run.run_id)


def functions(*modules: ModuleType) -> dict[str, Callable[..., Awaitable[object]]]:
    """Return the public functions for users that the modules define."""
    found: dict[str, Callable[..., Awaitable[object]]] = {}
    for module in modules:
        short = module.__name__.rsplit(".", 1)[-1]
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and "session" not in inspect.signature(function).parameters:
                found[f"{short}.{name}"] = function
    return found


def arguments(function: Callable[..., object], ids: Ids, *, message_id: str) -> dict[str, str]:
    """Return arguments that would do something if they were one's own."""
    known = FILL | {"conversation_id": ids.conversation_id, "run_id": ids.run_id, "message_id": message_id}
    known |= {"parent_id": ids.question_id, "schedule_id": ids.schedule_id}
    return {
        name: known[name]
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "user_id" and parameter.default is parameter.empty
    }


def test_every_function_is_either_tried_or_takes_no_id() -> None:
    assert functions(*STORED, temporary).keys() >= WITHOUT_IDS


@pytest.mark.parametrize("name", sorted(functions(*STORED).keys() - WITHOUT_IDS))
async def test_what_belongs_to_another_user_is_not_found(ada: models.User, bob: models.User, name: str) -> None:
    ids = await things_of(ada)
    before = await exports.export_conversation(user_id=ada.id, conversation_id=ids.conversation_id, form="md")
    function = functions(*STORED)[name]
    for message_id in (ids.question_id, ids.answer_id):
        with pytest.raises(NotFoundError):
            await function(user_id=bob.id, **arguments(function, ids, message_id=message_id))
    after = await exports.export_conversation(user_id=ada.id, conversation_id=ids.conversation_id, form="md")
    assert after == before


@pytest.mark.parametrize("name", sorted(functions(temporary).keys() - WITHOUT_IDS))
async def test_temporary_chat_of_another_user_is_not_found(ada: models.User, bob: models.User, name: str) -> None:
    ids = await held_of(ada)
    before = await temporary.open_thread(user_id=ada.id, conversation_id=ids.conversation_id)
    function = functions(temporary)[name]
    for message_id in (ids.question_id, ids.answer_id):
        with pytest.raises(NotFoundError):
            await function(user_id=bob.id, **arguments(function, ids, message_id=message_id))
    assert await temporary.open_thread(user_id=ada.id, conversation_id=ids.conversation_id) == before


async def test_lists_searches_and_exports_hold_only_ones_own(ada: models.User, bob: models.User) -> None:
    await things_of(ada)
    assert await conversations.list_conversations(user_id=bob.id) == []
    assert await search.search(user_id=bob.id, query="secret") == []
    assert b"secret" not in (await exports.export_all(user_id=bob.id, form="json")).body


async def test_own_message_does_not_open_a_foreign_conversation(ada: models.User, bob: models.User) -> None:
    theirs, mine = await things_of(ada), await things_of(bob)
    with pytest.raises(NotFoundError):
        await messages.add_user_message(
            user_id=bob.id, conversation_id=mine.conversation_id, text="t", parent_id=theirs.question_id
        )
    with pytest.raises(NotFoundError):
        await threads.open_thread(
            user_id=bob.id, conversation_id=mine.conversation_id, around_message_id=theirs.question_id
        )


async def test_titles_of_another_users_conversations_are_left_out(ada: models.User, bob: models.User) -> None:
    ids = await things_of(ada)
    assert await conversations.list_titles(user_id=ada.id, ids=[ids.conversation_id]) != {}
    assert await conversations.list_titles(user_id=bob.id, ids=[ids.conversation_id]) == {}


async def test_run_of_another_users_schedule_is_not_settled(ada: models.User, bob: models.User) -> None:
    ids = await things_of(ada)
    await answers.finish_run(user_id=ada.id, run_id=ids.run_id, status="complete", text="secret answer")
    assert not await settling.settle_waiting(user_id=bob.id, message_id=ids.answer_id)
    assert await settling.settle_waiting(user_id=ada.id, message_id=ids.answer_id)
    assert not await settling.settle_waiting(user_id=ada.id, message_id=ids.answer_id)


async def brought_to(user: models.User) -> tuple[str, dict[str, inbox.ItemView]]:
    """Let the assistant bring a user a conflict and a suggestion; return an event of it, and the items by kind."""
    start = clock.now() + timedelta(days=2)
    for title in ("Secret lunch", "Secret dentist"):
        event = await events.add_event(user_id=user.id, title=title, start=start)
    task = await tasks.add_task(user_id=user.id, title="Secret", due=start.date())
    for days in (1, 2, 3):
        changes = tasks.TaskChanges(due=start.date() + timedelta(days=days))
        await tasks.update_task(user_id=user.id, task_id=task.id, changes=changes)
    await conflicts.check(user_id=user.id, changed=[event.id])
    await suggestions.bring_suggestions(user_id=user.id, at=clock.now())
    return event.id, {item.kind: item for item in await inbox.list_items(user_id=user.id)}


@pytest.mark.parametrize("action", ["fix", "undate", "less"])
async def test_what_was_brought_to_another_user_cannot_be_acted_on(
    ada: models.User, bob: models.User, action: str
) -> None:
    _, items = await brought_to(ada)
    service, item = (conflicts, items["conflict"]) if action == "fix" else (suggestions, items["suggestion"])
    with pytest.raises(NotFoundError):
        await service.act(user_id=bob.id, item_id=item.id, action=action)
    assert await inbox.get_item(user_id=ada.id, item_id=item.id) == item
    weights = await suggestions.list_weights(user_id=ada.id) + await suggestions.list_weights(user_id=bob.id)
    assert {each.weight for each in weights} == {1.0}


async def test_nothing_is_brought_of_what_belongs_to_another_user(ada: models.User, bob: models.User) -> None:
    event_id, _ = await brought_to(ada)
    assert await conflicts.check(user_id=bob.id, changed=[event_id]) == 0
    assert await conflicts.check_ahead(user_id=bob.id) == 0
    now, both = clock.now(), [ada.id, bob.id]
    day = (now + timedelta(days=2)).date()
    clashing = await conflicts.list_conflicts(user_ids=both, zone=bob.zone, day=day, at=now)
    assert (len(clashing[ada.id]), clashing[bob.id]) == (1, [])
    suggested = await suggestions.find_suggestions(user_ids=both, zone=bob.zone, at=now)
    assert (len(suggested[ada.id]), suggested[bob.id]) == (1, [])
    assert await suggestions.bring_suggestions(user_id=bob.id, at=now) == 0
    assert (await summaries.daily_summaries(user_ids=both, at=now))[bob.id].empty
    assert (await summaries.weekly_reviews(user_ids=both, at=now))[bob.id].empty
    await suggestions.set_weight(user_id=bob.id, rule="put_off", weight=0.0)
    assert {each.weight for each in await suggestions.list_weights(user_id=ada.id)} == {1.0}
