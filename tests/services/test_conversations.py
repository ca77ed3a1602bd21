"""The list of conversations: order, pages, unread, titles, shelves, trash."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import answers, conversations, messages, threads, trash
from assistant_app.services.views import ConversationRow

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def create(user: models.User, title: str = "", **columns: object) -> str:
    """Store a conversation as it is described, and return its id."""
    async with database.write() as session:
        conversation = models.Conversation(user_id=user.id, title=title or "New chat", **columns)  # pyright: ignore[reportArgumentType] - columns of many types
        session.add(conversation)
    return conversation.id


async def titles(user: models.User, *, archived: bool = False, trash: bool = False) -> list[str]:
    """Return the titles on a shelf, in order."""
    rows = await conversations.list_conversations(user_id=user.id, archived=archived, trash=trash)
    return [row.title for row in rows]


async def only(user: models.User) -> ConversationRow:
    """Return the user's one conversation."""
    (row,) = await conversations.list_conversations(user_id=user.id)
    return row


async def answered(user: models.User, **fields: str) -> tuple[str, str]:
    """Store a question with a whole answer; return the conversation's id and the answer's."""
    asked = await answers.ask(user_id=user.id, conversation_id=None, text="What is a spoon?", model="builtin")
    await answers.finish_run(user_id=user.id, run_id=asked.run.run_id, status="complete", text="A small ladle.")
    return asked.conversation_id, asked.run.message_id


async def test_conversation_starts_with_the_beginning_of_its_first_message_as_title(ada: models.User) -> None:
    first = await conversations.create_conversation(user_id=ada.id, model="builtin", first_text="Buy\n  milk")
    assert (first.title, first.model, first.unread, first.running) == ("Buy milk", "builtin", False, False)
    empty = await conversations.create_conversation(user_id=ada.id, model="builtin")
    assert empty.title == "New chat"
    long = await conversations.create_conversation(user_id=ada.id, model="builtin", first_text="word " * 40)
    assert len(long.title) <= 60
    assert long.title.endswith("word…")


async def test_pinned_ones_come_first_then_the_last_touched(ada: models.User) -> None:
    for age, title, pinned in ((3, "old", None), (1, "new", None), (9, "kept", MONDAY), (5, "kept later", MONDAY)):
        await create(ada, title, touched_at=MONDAY - timedelta(days=age), pinned_at=pinned)
    assert await titles(ada) == ["kept later", "kept", "new", "old"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
async def test_pages_hold_every_conversation_once_even_with_equal_times(ada: models.User, size: int) -> None:
    for number in range(9):
        pinned = MONDAY if number in (2, 5, 6) else None
        await create(ada, touched_at=MONDAY + timedelta(hours=number // 4), pinned_at=pinned)
    whole = await conversations.list_conversations(user_id=ada.id)
    paged: list[ConversationRow] = []
    while page := await conversations.list_conversations(
        user_id=ada.id, limit=size, after=paged[-1].cursor if paged else None
    ):
        paged += page
    assert paged == whole
    assert len({row.id for row in paged}) == 9


async def test_writing_brings_a_conversation_to_the_top_but_answers_and_titles_do_not(ada: models.User) -> None:
    older, newer = await create(ada, "older"), await create(ada, "newer")
    asked = await answers.ask(user_id=ada.id, conversation_id=older, text="Hi", model="builtin")
    await conversations.list_conversations(user_id=ada.id)
    assert await titles(ada) == ["older", "newer"]
    await messages.add_user_message(user_id=ada.id, conversation_id=newer, text="Hello")
    await answers.finish_run(user_id=ada.id, run_id=asked.run.run_id, status="complete", text="Hi!")
    await conversations.set_title_from_model(user_id=ada.id, conversation_id=older, title="A greeting")
    assert await titles(ada) == ["newer", "A greeting"]


async def test_answer_makes_unread_until_it_is_looked_at(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Hi", model="builtin")
    row = await only(ada)
    assert (row.running, row.unread) == (True, False)
    await answers.finish_run(user_id=ada.id, run_id=asked.run.run_id, status="complete", text="Hi!")
    row = await only(ada)
    assert (row.running, row.unread) == (False, True)
    await conversations.mark_read(user_id=ada.id, conversation_id=asked.conversation_id)
    assert not (await only(ada)).unread
    await conversations.set_title_from_model(user_id=ada.id, conversation_id=asked.conversation_id, title="Hi")
    assert not (await only(ada)).unread


async def test_answer_that_somebody_stopped_is_not_unread(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Hi", model="builtin")
    await answers.finish_run(user_id=ada.id, run_id=asked.run.run_id, status="stopped", text="H")
    assert not (await only(ada)).unread


async def test_looking_works_although_the_clock_was_set_back(ada: models.User) -> None:
    conversation_id, _ = await answered(ada)
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1)):
        await conversations.mark_read(user_id=ada.id, conversation_id=conversation_id)
    assert not (await only(ada)).unread


async def test_looking_again_publishes_nothing(ada: models.User) -> None:
    conversation_id, _ = await answered(ada)
    await conversations.mark_read(user_id=ada.id, conversation_id=conversation_id)
    with bus.subscribe(ada.id) as subscription:
        await conversations.mark_read(user_id=ada.id, conversation_id=conversation_id)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(subscription.changes(), 0.01)


async def test_title_of_the_user_is_never_replaced_by_a_model(ada: models.User) -> None:
    conversation_id = await create(ada)
    assert await conversations.set_title_from_model(user_id=ada.id, conversation_id=conversation_id, title=" A\nB ")
    assert await titles(ada) == ["A B"]
    await conversations.rename_conversation(user_id=ada.id, conversation_id=conversation_id, title="  Mine  ")
    assert not await conversations.set_title_from_model(user_id=ada.id, conversation_id=conversation_id, title="C")
    assert await titles(ada) == ["Mine"]


async def test_empty_title_from_a_model_is_ignored(ada: models.User) -> None:
    conversation_id = await create(ada, "Before")
    assert not await conversations.set_title_from_model(user_id=ada.id, conversation_id=conversation_id, title=" \n ")
    assert await titles(ada) == ["Before"]


@pytest.mark.parametrize("title", ["", "  \n", "\0", "x" * 201])
async def test_title_that_cannot_be_is_refused(ada: models.User, title: str) -> None:
    conversation_id = await create(ada, "Before")
    with pytest.raises(InvalidInputError):
        await conversations.rename_conversation(user_id=ada.id, conversation_id=conversation_id, title=title)
    assert await titles(ada) == ["Before"]


async def test_pin_archive_and_model_can_be_set_and_taken_back(ada: models.User) -> None:
    conversation_id = await create(ada, "one")
    await conversations.pin_conversation(user_id=ada.id, conversation_id=conversation_id)
    await conversations.set_model(user_id=ada.id, conversation_id=conversation_id, model="other")
    row = await only(ada)
    assert (row.pinned, row.model) == (True, "other")
    await conversations.unpin_conversation(user_id=ada.id, conversation_id=conversation_id)
    assert not (await only(ada)).pinned
    await conversations.archive_conversation(user_id=ada.id, conversation_id=conversation_id)
    assert (await titles(ada), await titles(ada, archived=True)) == ([], ["one"])
    await conversations.unarchive_conversation(user_id=ada.id, conversation_id=conversation_id)
    assert (await titles(ada), await titles(ada, archived=True)) == (["one"], [])


async def test_trash_keeps_for_thirty_days_and_then_forgets(ada: models.User, bob: models.User) -> None:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        conversation_id, _ = await answered(ada)
        theirs, _ = await answered(bob)
        for user, its_id in ((ada, conversation_id), (bob, theirs)):
            await trash.move_to_trash(user_id=user.id, conversation_id=its_id)
        assert (await titles(ada), len(await titles(ada, trash=True))) == ([], 1)
        traveller.shift(timedelta(days=30))
        assert await trash.purge_trash() == 0
        await trash.restore_conversation(user_id=bob.id, conversation_id=theirs)
        traveller.shift(timedelta(seconds=1))
        assert await trash.purge_trash() == 1
    assert await titles(ada, trash=True) == []
    assert len((await threads.open_thread(user_id=bob.id, conversation_id=theirs)).messages) == 2
    with pytest.raises(NotFoundError):
        await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)


async def test_restored_conversation_is_back_where_it_was(ada: models.User) -> None:
    conversation_id = await create(ada, "put aside", archived_at=MONDAY)
    await trash.move_to_trash(user_id=ada.id, conversation_id=conversation_id)
    assert (await titles(ada, archived=True), await titles(ada, trash=True)) == ([], ["put aside"])
    await trash.restore_conversation(user_id=ada.id, conversation_id=conversation_id)
    assert (await titles(ada, archived=True), await titles(ada, trash=True)) == (["put aside"], [])


async def test_emptying_the_trash_leaves_everything_else(ada: models.User, bob: models.User) -> None:
    await create(ada, "keep")
    for user in (ada, ada, bob):
        await create(user, "away", deleted_at=MONDAY)
    assert await trash.empty_trash(user_id=ada.id) == 2
    assert (await titles(ada), await titles(bob, trash=True)) == (["keep"], ["away"])


async def test_deleting_forever_takes_the_messages_along(ada: models.User) -> None:
    conversation_id, answer_id = await answered(ada)
    await trash.delete_forever(user_id=ada.id, conversation_id=conversation_id)
    with pytest.raises(NotFoundError):
        await messages.history_for_model(user_id=ada.id, message_id=answer_id)


Change = Callable[[models.User, str], Awaitable[object]]
CHANGES: dict[str, Change] = {
    "rename": lambda u, c: conversations.rename_conversation(user_id=u.id, conversation_id=c, title="T"),
    "title": lambda u, c: conversations.set_title_from_model(user_id=u.id, conversation_id=c, title="T"),
    "pin": lambda u, c: conversations.pin_conversation(user_id=u.id, conversation_id=c),
    "archive": lambda u, c: conversations.archive_conversation(user_id=u.id, conversation_id=c),
    "model": lambda u, c: conversations.set_model(user_id=u.id, conversation_id=c, model="m"),
    "trash": lambda u, c: trash.move_to_trash(user_id=u.id, conversation_id=c),
    "delete": lambda u, c: trash.delete_forever(user_id=u.id, conversation_id=c),
    "say": lambda u, c: messages.add_user_message(user_id=u.id, conversation_id=c, text="Hi"),
    "ask": lambda u, c: answers.ask(user_id=u.id, conversation_id=c, text="Hi", model="m"),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_change_is_told_to_open_tabs(ada: models.User, bob: models.User, change: str) -> None:
    conversation_id, _ = await answered(ada)
    with bus.subscribe(ada.id) as mine, bus.subscribe(bob.id) as theirs:
        await CHANGES[change](ada, conversation_id)
        assert await asyncio.wait_for(mine.changes(), 1) == {"conversations", f"thread:{conversation_id}"}
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(theirs.changes(), 0.01)


async def test_that_something_was_read_changes_the_list_alone(ada: models.User) -> None:
    conversation_id, _ = await answered(ada)
    with bus.subscribe(ada.id) as changes:
        await conversations.mark_read(user_id=ada.id, conversation_id=conversation_id)
        assert await asyncio.wait_for(changes.changes(), 1) == {"conversations"}
