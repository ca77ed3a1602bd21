"""The tree of a conversation's messages: writing, versions, deleting, opening."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant_app import models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.repositories.conversations import change_conversation
from assistant_app.repositories.messages import get_message, list_tree
from assistant_app.services import answers, branches, conversations, messages, threads, trash
from assistant_app.services.views import MessageView, Thread


async def start(user: models.User) -> str:
    """Return the id of an empty conversation."""
    return (await conversations.create_conversation(user_id=user.id, model="builtin")).id


async def say(user: models.User, conversation_id: str, text: str, parent_id: str | None = None) -> MessageView:
    """Write as the user."""
    return await messages.add_user_message(
        user_id=user.id, conversation_id=conversation_id, text=text, parent_id=parent_id
    )


async def reply(user: models.User, question: MessageView, text: str, **fields: Any) -> str:
    """Answer as a model, and return the answer's id."""
    conversation_id = await conversation_of(user, question.id)
    run = await answers.start_answer(
        user_id=user.id, conversation_id=conversation_id, parent_id=question.id, model="builtin"
    )
    fields = {"status": "complete"} | fields
    await answers.finish_run(user_id=user.id, run_id=run.run_id, text=text, **fields)
    return run.message_id


async def conversation_of(user: models.User, message_id: str) -> str:
    """Return the conversation that a message is in."""
    async with database.read() as session:
        return (await get_message(session, user_id=user.id, message_id=message_id)).conversation_id


async def shown(user: models.User, conversation_id: str) -> list[str]:
    """Return the texts of the shown branch."""
    thread = await threads.open_thread(user_id=user.id, conversation_id=conversation_id)
    return [message.text for message in thread.messages]


async def last(user: models.User, conversation_id: str) -> MessageView:
    """Return the newest shown message."""
    thread = await threads.open_thread(user_id=user.id, conversation_id=conversation_id)
    return thread.messages[-1]


async def test_messages_follow_one_another(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "One")
    await reply(ada, question, "Two")
    third = await say(ada, conversation_id, "Three")
    assert (question.role, question.status, question.version, question.versions) == ("user", "complete", 1, 1)
    assert await shown(ada, conversation_id) == ["One", "Two", "Three"]
    thread = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    assert (thread.leaf_id, thread.has_earlier, thread.has_later, thread.run_id) == (third.id, False, False, "")
    assert thread.messages[-1] == third


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "x" * 100_001])
async def test_message_without_text_or_with_too_much_is_refused(ada: models.User, text: str) -> None:
    conversation_id = await start(ada)
    with pytest.raises(InvalidInputError):
        await say(ada, conversation_id, text)
    assert await shown(ada, conversation_id) == []


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(text=st.text(alphabet=st.characters(), min_size=1, max_size=200))
async def test_any_text_is_kept_as_it_was_written(ada: models.User, text: str) -> None:
    conversation_id = await start(ada)
    kept = "".join(char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff")
    if not kept.strip():
        return
    await say(ada, conversation_id, text)
    assert await shown(ada, conversation_id) == [kept]


async def test_edited_message_is_another_version_beside_the_old_one(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "What is a spon?")
    await reply(ada, question, "I don't know.")
    edited = await messages.edit_user_message(user_id=ada.id, message_id=question.id, text="What is a spoon?")
    assert (edited.version, edited.versions, edited.previous_version_id) == (2, 2, question.id)
    assert await shown(ada, conversation_id) == ["What is a spoon?"]
    assert await messages.switch_version(user_id=ada.id, message_id=question.id) != question.id
    assert await shown(ada, conversation_id) == ["What is a spon?", "I don't know."]
    thread = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    assert (thread.messages[0].version, thread.messages[0].next_version_id) == (1, edited.id)


async def test_switching_shows_where_that_version_was_written_on_last(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    first = await reply(ada, question, "A1")
    second = await reply(ada, question, "A2")
    await messages.switch_version(user_id=ada.id, message_id=first)
    await say(ada, conversation_id, "more on A1")
    await messages.switch_version(user_id=ada.id, message_id=second)
    assert await shown(ada, conversation_id) == ["Q", "A2"]
    await messages.switch_version(user_id=ada.id, message_id=first)
    assert await shown(ada, conversation_id) == ["Q", "A1", "more on A1"]
    await messages.switch_version(user_id=ada.id, message_id=question.id)
    assert await shown(ada, conversation_id) == ["Q", "A1", "more on A1"]


async def test_answers_cannot_be_edited(ada: models.User) -> None:
    conversation_id = await start(ada)
    answer_id = await reply(ada, await say(ada, conversation_id, "Q"), "A")
    with pytest.raises(ConflictError, match="Only your own messages"):
        await messages.edit_user_message(user_id=ada.id, message_id=answer_id, text="B")


async def test_what_followed_a_deleted_message_follows_the_one_before(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q1")
    answer_id = await reply(ada, question, "A1")
    await say(ada, conversation_id, "Q2")
    await messages.delete_message(user_id=ada.id, message_id=answer_id)
    assert await shown(ada, conversation_id) == ["Q1", "Q2"]
    await messages.delete_message(user_id=ada.id, message_id=question.id)
    assert await shown(ada, conversation_id) == ["Q2"]


async def test_deleting_the_last_message_shows_another_version_or_the_one_before(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    await reply(ada, question, "A1")
    for texts in (["Q", "A1"], ["Q"], []):
        if texts == ["Q", "A1"]:
            await reply(ada, question, "A2")
        await messages.delete_message(user_id=ada.id, message_id=(await last(ada, conversation_id)).id)
        assert await shown(ada, conversation_id) == texts


async def test_running_answer_is_neither_deleted_nor_written_after(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Q", model="builtin")
    with pytest.raises(ConflictError, match="Stop it first"):
        await messages.delete_message(user_id=ada.id, message_id=asked.run.message_id)
    with pytest.raises(ConflictError, match="still being written"):
        await say(ada, asked.conversation_id, "And?")
    assert await shown(ada, asked.conversation_id) == ["Q", ""]


async def test_conversation_in_the_trash_is_not_written_in(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    await trash.move_to_trash(user_id=ada.id, conversation_id=conversation_id)
    assert (await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)).deleted
    for refused in (
        say(ada, conversation_id, "More"),
        messages.edit_user_message(user_id=ada.id, message_id=question.id, text="R"),
        answers.ask(user_id=ada.id, conversation_id=conversation_id, text="More", model="builtin"),
    ):
        with pytest.raises(ConflictError, match="in the trash"):
            await refused


async def test_message_of_another_conversation_is_no_parent(ada: models.User) -> None:
    elsewhere = await say(ada, await start(ada), "Elsewhere")
    conversation_id = await start(ada)
    with pytest.raises(NotFoundError):
        await say(ada, conversation_id, "Here", parent_id=elsewhere.id)
    with pytest.raises(NotFoundError):
        await threads.open_thread(user_id=ada.id, conversation_id=conversation_id, before_message_id=elsewhere.id)


async def test_history_is_the_branch_down_to_the_message(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q1")
    await reply(ada, question, "", status="failed", error="No connection.")
    second = await say(ada, conversation_id, "Q2")
    await reply(ada, second, "half", status="stopped")
    third = await say(ada, conversation_id, "Q3")
    await messages.edit_user_message(user_id=ada.id, message_id=second.id, text="another branch")
    said = await messages.history_for_model(user_id=ada.id, message_id=third.id)
    assert [(turn.role, turn.text) for turn in said] == [
        ("user", "Q1"),
        ("assistant", ""),
        ("user", "Q2"),
        ("assistant", "half"),
        ("user", "Q3"),
    ]


async def long_thread(user: models.User, size: int) -> str:
    """Store a conversation of that many messages, whose texts are their numbers."""
    conversation_id = await start(user)
    async with database.write() as session:
        parent_id = None
        for number in range(size):
            role = "assistant" if number % 2 else "user"
            message = models.Message(
                user_id=user.id, conversation_id=conversation_id, parent_id=parent_id, role=role, text=str(number)
            )
            session.add(message)
            await session.flush()
            parent_id = message.id
        await change_conversation(session, user_id=user.id, conversation_id=conversation_id, leaf_id=parent_id)
    return conversation_id


def numbers(thread: Thread) -> list[int]:
    """Return the numbers that the messages have as texts."""
    return [int(message.text) for message in thread.messages]


async def test_long_conversation_is_opened_window_by_window(ada: models.User) -> None:
    conversation_id = await long_thread(ada, 120)
    newest = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id)
    assert (numbers(newest), newest.has_earlier) == (list(range(70, 120)), True)
    middle = await threads.open_thread(
        user_id=ada.id, conversation_id=conversation_id, before_message_id=newest.messages[0].id
    )
    assert (numbers(middle), middle.has_earlier, middle.has_later) == (list(range(20, 70)), True, True)
    oldest = await threads.open_thread(
        user_id=ada.id, conversation_id=conversation_id, before_message_id=middle.messages[0].id
    )
    assert (numbers(oldest), oldest.has_earlier) == (list(range(20)), False)
    whole = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id, limit=120)
    assert (len(whole.messages), whole.has_earlier) == (120, False)


@pytest.mark.parametrize(("at", "first"), [(0, 0), (10, 0), (60, 50), (118, 100)])
async def test_jump_shows_what_stands_around_a_message(ada: models.User, at: int, first: int) -> None:
    conversation_id = await long_thread(ada, 120)
    whole = await threads.open_thread(user_id=ada.id, conversation_id=conversation_id, limit=120)
    around = await threads.open_thread(
        user_id=ada.id, conversation_id=conversation_id, limit=20, around_message_id=whole.messages[at].id
    )
    assert at in numbers(around)
    assert len(around.messages) == 20
    assert abs(numbers(around)[0] - first) <= 1
    assert around.has_earlier == (numbers(around)[0] > 0)
    assert around.has_later == (numbers(around)[-1] < 119)


async def test_jump_to_a_branch_that_is_not_shown_needs_it_shown_first(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    await messages.edit_user_message(user_id=ada.id, message_id=question.id, text="R")
    with pytest.raises(NotFoundError):
        await threads.open_thread(user_id=ada.id, conversation_id=conversation_id, around_message_id=question.id)


async def test_duplicate_has_all_versions_and_lives_its_own_life(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    first = await reply(ada, question, "A1", status="failed", error="Cut.", error_kind="ModelCutError")
    await reply(ada, question, "A2", reasoning="thinking")
    await messages.switch_version(user_id=ada.id, message_id=first)
    copy_id = await branches.duplicate_conversation(user_id=ada.id, conversation_id=conversation_id)
    copy = await threads.open_thread(user_id=ada.id, conversation_id=copy_id)
    assert copy.title.endswith(" (copy)")
    answer = copy.messages[1]
    assert (answer.text, answer.status, answer.error, answer.version, answer.versions) == ("A1", "failed", "Cut.", 1, 2)
    await messages.switch_version(user_id=ada.id, message_id=answer.next_version_id or "")
    await messages.delete_message(user_id=ada.id, message_id=copy.messages[0].id)
    assert await shown(ada, copy_id) == ["A2"]
    assert await shown(ada, conversation_id) == ["Q", "A1"]


async def test_copy_of_a_running_answer_is_stopped(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="Q", model="builtin")
    await answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="so far")
    copy_id = await branches.duplicate_conversation(user_id=ada.id, conversation_id=asked.conversation_id)
    answer = await last(ada, copy_id)
    assert (answer.text, answer.status) == ("so far", "stopped")


async def test_branch_from_a_message_holds_what_led_to_it(ada: models.User) -> None:
    conversation_id = await start(ada)
    question = await say(ada, conversation_id, "Q")
    first = await reply(ada, question, "A1")
    await reply(ada, question, "A2")
    await say(ada, conversation_id, "after A2")
    branch_id = await branches.branch_from(user_id=ada.id, message_id=first)
    thread = await threads.open_thread(user_id=ada.id, conversation_id=branch_id)
    assert [message.text for message in thread.messages] == ["Q", "A1"]
    assert thread.messages[1].versions == 1
    await say(ada, branch_id, "after A1")
    assert await shown(ada, branch_id) == ["Q", "A1", "after A1"]


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["say", "edit", "ask", "regenerate", "delete", "switch", "branch"]), st.integers(0, 50)),
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
async def test_whatever_is_done_leaves_a_tree_with_its_leaf(ada: models.User, steps: list[Step]) -> None:
    conversation_id = await start(ada)
    for name, pick in steps:
        tree = await check_tree(ada, conversation_id)
        chosen = tree[pick % len(tree)].id if tree else None
        try:
            await take(ada, conversation_id, name, chosen)
        except ConflictError:
            assert name in ("edit", "regenerate")
    await check_tree(ada, conversation_id)


async def take(user: models.User, conversation_id: str, name: str, chosen: str | None) -> None:
    """Do one step, on the chosen message if there is one."""
    if name == "say" or chosen is None:
        await say(user, conversation_id, "said")
    elif name == "ask":
        asked = await answers.ask(user_id=user.id, conversation_id=conversation_id, text="asked", model="m")
        await answers.finish_run(user_id=user.id, run_id=asked.run.run_id, status="complete", text="answered")
    elif name == "branch":
        await say(user, conversation_id, "aside", parent_id=chosen)
    elif name == "edit":
        await messages.edit_user_message(user_id=user.id, message_id=chosen, text="edited")
    elif name == "regenerate":
        run = await answers.regenerate_answer(user_id=user.id, message_id=chosen)
        await answers.finish_run(user_id=user.id, run_id=run.run_id, status="complete", text="again")
    elif name == "delete":
        await messages.delete_message(user_id=user.id, message_id=chosen)
    else:
        await messages.switch_version(user_id=user.id, message_id=chosen)


async def check_tree(user: models.User, conversation_id: str) -> list[models.Message]:
    """Check that parents come before children, that the leaf is one, and that every message can be reached."""
    async with database.read() as session:
        tree = await list_tree(session, user_id=user.id, conversation_id=conversation_id)
    known: set[str | None] = {None}
    for message in tree:
        assert message.parent_id in known
        known.add(message.id)
    thread = await threads.open_thread(user_id=user.id, conversation_id=conversation_id, limit=1000)
    if not tree:
        assert (thread.leaf_id, thread.messages) == (None, ())
        return tree
    assert thread.messages[-1].id == thread.leaf_id
    assert thread.messages[0].parent_id is None
    assert thread.leaf_id not in {message.parent_id for message in tree}
    for above, below in zip(thread.messages, thread.messages[1:], strict=False):
        assert below.parent_id == above.id
    return tree
