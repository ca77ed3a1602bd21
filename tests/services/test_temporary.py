"""Temporary conversations, which are nowhere but in memory."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from assistant_app import bus, models
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError
from assistant_app.repositories import database
from assistant_app.services import temporary, transcripts
from assistant_app.services.views import Asked, Thread

ADA, BOB = "usr_ada", "usr_bob"


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Start and end with no temporary conversation."""
    temporary._held.clear()
    yield
    temporary._held.clear()


async def start(user_id: str = ADA) -> str:
    """Return the id of an empty temporary conversation."""
    return (await temporary.create_conversation(user_id=user_id, model="builtin")).id


async def ask(conversation_id: str, text: str = "Q") -> Asked:
    """Ask as Ada."""
    return await temporary.ask(user_id=ADA, conversation_id=conversation_id, text=text, model="builtin")


async def answered(conversation_id: str, text: str = "Q", answer: str = "A") -> Asked:
    """Ask as Ada, and answer."""
    asked = await ask(conversation_id, text)
    await temporary.finish_run(user_id=ADA, run_id=asked.run.run_id, status="complete", text=answer)
    return asked


async def look(conversation_id: str, *, limit: int = 50) -> Thread:
    """Open as Ada."""
    return await temporary.open_thread(user_id=ADA, conversation_id=conversation_id, limit=limit)


async def shown(conversation_id: str) -> list[str]:
    """Return the texts of the shown branch."""
    return [message.text for message in (await look(conversation_id)).messages]


async def test_temporary_chat_is_never_stored(ada: models.User) -> None:
    thread = await temporary.create_conversation(user_id=ada.id, model="builtin")
    assert thread.temporary
    assert temporary.is_temporary(thread.id)
    asked = await temporary.ask(user_id=ada.id, conversation_id=thread.id, text="secret", model="builtin")
    transcript = transcripts.Transcript(asked.run)
    await transcript.save_partial(text="so")
    assert await transcript.finish(status="complete", text="so far")
    async with database.read() as session:
        for table in (models.Conversation, models.Message, models.Run):
            assert await session.scalar(select(func.count()).select_from(table)) == 0


async def test_question_and_answer_are_shown_as_they_grow() -> None:
    conversation_id = await start()
    asked = await ask(conversation_id)
    transcript = transcripts.Transcript(asked.run)
    assert [(turn.role, turn.text) for turn in await transcript.history()] == [("user", "Q")]
    await transcript.save_partial(text="so", reasoning="hm")
    thread = await look(conversation_id)
    assert [(m.text, m.status) for m in thread.messages] == [("Q", "complete"), ("so", "running")]
    assert (thread.run_id, thread.messages[1].reasoning) == (asked.run.run_id, "hm")
    await transcript.finish(status="failed", text="so far", error="Cut.", error_kind="ModelCutError")
    thread = await look(conversation_id)
    assert (thread.run_id, thread.messages[1].status, thread.messages[1].error) == ("", "failed", "Cut.")


async def test_versions_work_as_in_stored_conversations() -> None:
    conversation_id = await start()
    first = await answered(conversation_id, "Q1", "A1")
    again = await temporary.regenerate_answer(user_id=ADA, message_id=first.run.message_id)
    await temporary.finish_run(user_id=ADA, run_id=again.run_id, status="complete", text="A2")
    answer = (await look(conversation_id)).messages[-1]
    assert (answer.text, answer.version, answer.versions) == ("A2", 2, 2)
    edited = await temporary.ask_edited(user_id=ADA, message_id=first.question.id, text="Q2", model="builtin")
    await temporary.finish_run(user_id=ADA, run_id=edited.run.run_id, status="complete", text="B")
    assert await shown(conversation_id) == ["Q2", "B"]
    await temporary.switch_version(user_id=ADA, message_id=first.question.id)
    assert await shown(conversation_id) == ["Q1", "A2"]
    await temporary.delete_message(user_id=ADA, message_id=again.message_id)
    assert await shown(conversation_id) == ["Q1", "A1"]
    await temporary.delete_message(user_id=ADA, message_id=first.question.id)
    assert await shown(conversation_id) == ["A1"]
    with pytest.raises(ConflictError, match="question to this answer was deleted"):
        await temporary.regenerate_answer(user_id=ADA, message_id=first.run.message_id)


async def test_stopped_answer_goes_on_and_empty_one_is_replaced() -> None:
    conversation_id = await start()
    asked = await ask(conversation_id)
    await temporary.finish_run(user_id=ADA, run_id=asked.run.run_id, status="failed", text="", error="No connection.")
    with pytest.raises(ConflictError, match="nothing to continue"):
        await temporary.continue_answer(user_id=ADA, message_id=asked.run.message_id)
    run = await temporary.retry_answer(user_id=ADA, message_id=asked.run.message_id)
    assert run.message_id == asked.run.message_id
    await temporary.finish_run(user_id=ADA, run_id=run.run_id, status="stopped", text="half")
    run = await temporary.continue_answer(user_id=ADA, message_id=run.message_id)
    assert (run.text, run.message_id) == ("half", asked.run.message_id)
    assert (await look(conversation_id)).messages[-1].versions == 1


async def test_one_answer_at_a_time() -> None:
    conversation_id = await start()
    asked = await ask(conversation_id)
    for refused in (
        ask(conversation_id),
        temporary.ask_edited(user_id=ADA, message_id=asked.question.id, text="R", model="m"),
        temporary.add_user_message(user_id=ADA, conversation_id=conversation_id, text="More"),
        temporary.delete_message(user_id=ADA, message_id=asked.run.message_id),
    ):
        with pytest.raises(ConflictError, match="still being written"):
            await refused
    assert len((await look(conversation_id)).messages) == 2


async def test_text_is_checked_as_elsewhere() -> None:
    conversation_id = await start()
    for text in ("", "x" * 100_001):
        with pytest.raises(InvalidInputError):
            await ask(conversation_id, text)
    assert await shown(conversation_id) == []


async def test_chat_may_not_fill_the_memory() -> None:
    conversation_id = await start()
    for _ in range(20):
        await temporary.add_user_message(user_id=ADA, conversation_id=conversation_id, text="x" * 100_000)
    with pytest.raises(ConflictError, match="as long as one may be"):
        await ask(conversation_id, "more")


async def test_windows_go_back_through_a_long_chat() -> None:
    conversation_id = await start()
    for number in range(5):
        await temporary.add_user_message(user_id=ADA, conversation_id=conversation_id, text=str(number))
    newest = await look(conversation_id, limit=2)
    assert ([m.text for m in newest.messages], newest.has_earlier) == (["3", "4"], True)
    before = await temporary.open_thread(
        user_id=ADA, conversation_id=conversation_id, before_message_id=newest.messages[0].id
    )
    assert ([m.text for m in before.messages], before.has_earlier, before.has_later) == (["0", "1", "2"], False, True)


@pytest.mark.usefixtures("db")
async def test_discarded_chat_is_gone_and_its_run_learns_it() -> None:
    conversation_id = await start()
    asked = await ask(conversation_id)
    await temporary.discard_conversation(user_id=ADA, conversation_id=conversation_id)
    with pytest.raises(NotFoundError):
        await look(conversation_id)
    with pytest.raises(NotFoundError):
        await transcripts.Transcript(asked.run).save_partial(text="x")


@pytest.mark.usefixtures("db")
async def test_chat_that_nobody_touches_for_half_a_day_is_forgotten() -> None:
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False) as traveller:
        idle, used, writing = await start(), await start(), await start()
        await ask(writing)
        traveller.shift(timedelta(hours=11))
        await look(used)
        traveller.shift(timedelta(hours=2))
        assert await temporary.sweep_idle() == 1
        assert {idle, used, writing} & temporary._held.keys() == {used, writing}


@pytest.mark.usefixtures("db")
async def test_chat_is_forgotten_once_its_tab_is_gone_and_does_not_come_back() -> None:
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False) as traveller:
        left, back, open_still = await start(), await start(), await start()
        for conversation_id in (left, back):
            await temporary.leave_conversation(user_id=ADA, conversation_id=conversation_id)
        traveller.shift(timedelta(minutes=1))
        await look(back)
        traveller.shift(timedelta(minutes=2))
        assert await temporary.sweep_idle() == 1
        assert {left, back, open_still} & temporary._held.keys() == {back, open_still}


@pytest.mark.usefixtures("db")
async def test_of_too_many_chats_the_one_idle_longest_is_dropped() -> None:
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False) as traveller:
        theirs = await start(BOB)
        mine: list[str] = []
        for _ in range(temporary.PER_USER):
            mine.append(await start())
            traveller.shift(timedelta(seconds=1))
        await ask(mine[0])
        await look(mine[1])
        newest = await start()
        assert temporary._held.keys() == {theirs, newest, *mine} - {mine[2]}


async def test_no_chat_is_dropped_while_it_is_being_answered() -> None:
    for _ in range(temporary.PER_USER):
        await ask(await start())
    with pytest.raises(ConflictError, match="all your temporary chats"):
        await start()
    assert len(temporary._held) == temporary.PER_USER


async def test_changes_are_told_to_the_thread_alone() -> None:
    conversation_id = await start()
    with bus.subscribe(ADA) as subscription:
        asked = await ask(conversation_id)
        assert await asyncio.wait_for(subscription.changes(), 1) == {f"thread:{conversation_id}"}
        await temporary.save_partial(user_id=ADA, run_id=asked.run.run_id, text="x")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(subscription.changes(), 0.01)
