"""Runs as the database sees them: beginning, growing, ending, going on."""

import asyncio

import pytest

from assistant_app import models
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import answers, conversations, messages, threads, transcripts, trash
from assistant_app.services.answers import EndStatus
from assistant_app.services.views import Asked, MessageView


async def ask(user: models.User, text: str = "What is a spoon?") -> Asked:
    """Ask in a new conversation."""
    return await answers.ask(user_id=user.id, conversation_id=None, text=text, model="builtin")


async def end(user: models.User, asked: Asked, status: EndStatus, text: str, error: str = "") -> bool:
    """End the run of a question."""
    return await answers.finish_run(
        user_id=user.id, run_id=asked.run.run_id, status=status, text=text, error=error, error_kind="ModelError"
    )


async def answer_of(user: models.User, asked: Asked) -> MessageView:
    """Return the newest shown message."""
    return (await threads.open_thread(user_id=user.id, conversation_id=asked.conversation_id)).messages[-1]


async def test_question_and_its_running_answer_are_stored_at_once(ada: models.User) -> None:
    asked = await ask(ada)
    thread = await threads.open_thread(user_id=ada.id, conversation_id=asked.conversation_id)
    assert [(m.role, m.text, m.status) for m in thread.messages] == [
        ("user", "What is a spoon?", "complete"),
        ("assistant", "", "running"),
    ]
    assert thread.messages[0] == asked.question
    assert (thread.run_id, thread.title, thread.title_by) == (asked.run.run_id, "What is a spoon?", "default")
    assert asked.run.parent_id == asked.question.id


async def test_partial_text_is_kept_and_published_to_nobody(ada: models.User) -> None:
    asked = await ask(ada)
    await answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="A small\0 la", reasoning="hm")
    answer = await answer_of(ada, asked)
    assert (answer.text, answer.reasoning, answer.status) == ("A small la", "hm", "running")


async def test_finished_answer_holds_how_it_ended(ada: models.User) -> None:
    asked = await ask(ada)
    assert await end(ada, asked, "failed", "A small", "The provider does not answer. Try again.")
    answer = await answer_of(ada, asked)
    assert (answer.text, answer.status, answer.error_kind) == ("A small", "failed", "ModelError")
    assert answer.error == "The provider does not answer. Try again."
    thread = await threads.open_thread(user_id=ada.id, conversation_id=asked.conversation_id)
    assert (thread.run_id, thread.unread) == ("", True)


async def test_only_the_first_end_counts(ada: models.User) -> None:
    asked = await ask(ada)
    assert await end(ada, asked, "stopped", "first")
    assert not await end(ada, asked, "complete", "second")
    with pytest.raises(NotFoundError):
        await answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="third")
    assert ((await answer_of(ada, asked)).text, (await answer_of(ada, asked)).status) == ("first", "stopped")


async def test_run_of_a_deleted_conversation_learns_that_it_is_gone(ada: models.User) -> None:
    asked = await ask(ada)
    await trash.delete_forever(user_id=ada.id, conversation_id=asked.conversation_id)
    with pytest.raises(NotFoundError):
        await answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="x")
    with pytest.raises(NotFoundError):
        await end(ada, asked, "complete", "x")


async def test_two_answers_at_a_time_are_refused_even_from_two_devices(ada: models.User) -> None:
    first = await ask(ada)
    await end(ada, first, "complete", "A")
    again = [
        answers.regenerate_answer(user_id=ada.id, message_id=first.run.message_id, model="builtin") for _ in range(3)
    ]
    results = await asyncio.gather(*again, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["ConflictError", "ConflictError", "RunStart"]
    thread = await threads.open_thread(user_id=ada.id, conversation_id=first.conversation_id)
    assert thread.messages[-1].versions == 2


async def test_refused_question_leaves_nothing_behind(ada: models.User) -> None:
    asked = await ask(ada)
    with pytest.raises(ConflictError):
        await answers.ask_edited(user_id=ada.id, message_id=asked.question.id, text="Other", model="builtin")
    thread = await threads.open_thread(user_id=ada.id, conversation_id=asked.conversation_id)
    assert (len(thread.messages), thread.messages[0].versions) == (2, 1)


async def test_regenerated_answer_is_another_version(ada: models.User) -> None:
    asked = await ask(ada)
    await end(ada, asked, "complete", "A1")
    await conversations.set_model(user_id=ada.id, conversation_id=asked.conversation_id, model="other")
    run = await answers.regenerate_answer(user_id=ada.id, message_id=asked.run.message_id)
    await answers.finish_run(user_id=ada.id, run_id=run.run_id, status="complete", text="A2")
    answer = await answer_of(ada, asked)
    assert (answer.text, answer.model, answer.version, answer.versions) == ("A2", "other", 2, 2)
    assert answer.previous_version_id == asked.run.message_id


async def test_edited_question_gets_its_own_answer(ada: models.User) -> None:
    asked = await ask(ada)
    await end(ada, asked, "complete", "A1")
    edited = await answers.ask_edited(user_id=ada.id, message_id=asked.question.id, text="A fork?", model="builtin")
    assert (edited.question.version, edited.question.versions) == (2, 2)
    assert (await answer_of(ada, edited)).parent_id == edited.question.id


@pytest.mark.parametrize("status", ["stopped", "interrupted", "failed"])
async def test_answer_that_ended_early_goes_on_after_its_text(ada: models.User, status: EndStatus) -> None:
    asked = await ask(ada)
    await end(ada, asked, status, "A small", "Cut off.")
    run = await answers.continue_answer(user_id=ada.id, message_id=asked.run.message_id)
    assert (run.message_id, run.text, run.parent_id) == (asked.run.message_id, "A small", asked.question.id)
    assert run.run_id != asked.run.run_id
    answer = await answer_of(ada, asked)
    assert (answer.status, answer.error, answer.text, answer.versions) == ("running", "", "A small", 1)
    assert await answers.finish_run(user_id=ada.id, run_id=run.run_id, status="complete", text="A small ladle.")


@pytest.mark.parametrize(("status", "text"), [("complete", "A"), ("failed", "")])
async def test_there_is_nothing_to_continue_in_a_whole_or_empty_answer(
    ada: models.User, status: EndStatus, text: str
) -> None:
    asked = await ask(ada)
    await end(ada, asked, status, text)
    with pytest.raises(ConflictError, match="nothing to continue"):
        await answers.continue_answer(user_id=ada.id, message_id=asked.run.message_id)


@pytest.mark.parametrize(("text", "versions"), [("", 1), ("half", 2)])
async def test_retry_replaces_an_empty_answer_and_stands_beside_another(
    ada: models.User, text: str, versions: int
) -> None:
    asked = await ask(ada)
    await end(ada, asked, "failed", text, "No connection.")
    run = await answers.retry_answer(user_id=ada.id, message_id=asked.run.message_id, model="other")
    answer = await answer_of(ada, asked)
    assert (answer.id, answer.status, answer.error, answer.model) == (run.message_id, "running", "", "other")
    assert (answer.versions, answer.text) == (versions, "")


async def test_question_is_no_answer_to_regenerate(ada: models.User) -> None:
    asked = await ask(ada)
    await end(ada, asked, "complete", "A")
    for begin in (answers.regenerate_answer, answers.retry_answer, answers.continue_answer):
        with pytest.raises(ConflictError, match="not an answer"):
            await begin(user_id=ada.id, message_id=asked.question.id)
    await messages.delete_message(user_id=ada.id, message_id=asked.question.id)
    with pytest.raises(ConflictError, match="question to this answer was deleted"):
        await answers.regenerate_answer(user_id=ada.id, message_id=asked.run.message_id)


async def test_start_marks_what_was_left_running_as_interrupted(ada: models.User, bob: models.User) -> None:
    running, other, ended = await ask(ada), await ask(bob), await ask(ada)
    await answers.save_partial(user_id=ada.id, run_id=running.run.run_id, text="so far")
    await end(ada, ended, "complete", "whole")
    assert await answers.sweep_interrupted() == 2
    assert await answers.sweep_interrupted() == 0
    left = await answer_of(ada, running)
    assert (left.text, left.status) == ("so far", "interrupted")
    assert (await answer_of(bob, other)).status == "interrupted"
    assert (await answer_of(ada, ended)).status == "complete"
    run = await answers.continue_answer(user_id=ada.id, message_id=left.id)
    assert run.text == "so far"
    async with database.read() as session:
        swept = await session.get(models.Run, running.run.run_id)
    assert swept is not None
    assert (swept.status, swept.finished_at is not None) == ("interrupted", True)


async def test_transcript_of_a_stored_conversation_writes_there(ada: models.User) -> None:
    asked = await ask(ada, "Q")
    transcript = transcripts.Transcript(asked.run)
    assert [(turn.role, turn.text) for turn in await transcript.history()] == [("user", "Q")]
    await transcript.save_partial(text="A", reasoning="r")
    assert (await answer_of(ada, asked)).text == "A"
    assert await transcript.finish(status="complete", text="All", reasoning="r")
    answer = await answer_of(ada, asked)
    assert (answer.text, answer.reasoning, answer.status) == ("All", "r", "complete")
    assert not await transcript.finish(status="failed", text="")
