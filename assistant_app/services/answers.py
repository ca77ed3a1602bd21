"""Runs in the database: how an answer begins, grows, ends, and begins again.

One answer at a time is written in a conversation. All functions that begin one commit before they return, so that
a model is only ever called for a question that is stored.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import Conversation, Message, Run, Schedule
from assistant_app.repositories import conversations, database, initiative, messages, runs, tool_calls
from assistant_app.services import partials, texts
from assistant_app.services.conversations import publish_thread
from assistant_app.services.messages import (
    lock_open_conversation,
    lock_with_message,
    put_edited_message,
    put_user_message,
    view_message,
)
from assistant_app.services.partials import Partial
from assistant_app.services.views import Asked, RunStart, run_of

EndStatus = Literal["complete", "stopped", "interrupted", "failed"]
UNFINISHED = ("stopped", "interrupted", "failed")


async def ask(
    *, user_id: str, conversation_id: str | None, text: str, model: str, parent_id: str | None = None
) -> Asked:
    """Store a question and begin its answer in one commit; without a conversation, start one."""
    text = texts.message_text(text)
    async with database.write() as session:
        if conversation_id is None:
            conversation = Conversation(user_id=user_id, model=model, title=texts.first_title(text))
            session.add(conversation)
            await session.flush()
        else:
            conversation = await lock_open_conversation(session, user_id=user_id, conversation_id=conversation_id)
        question = await put_user_message(session, conversation, text=text, parent_id=parent_id)
        asked = await _begin_asked(session, conversation, question, model=model)
    publish_thread(user_id, asked.conversation_id)
    return asked


async def ask_unattended(*, user_id: str, schedule_id: str, conversation_id: str, text: str, model: str) -> RunStart:
    """Store what a schedule asks and begin its answer in one commit.

    Without a conversation it is the one of the schedule's last run; where that is gone, a new one begins. An answer
    that an earlier try of the same run has left unfinished goes on instead.
    """
    text = texts.message_text(text)
    async with database.write() as session:
        schedule = await initiative.get_schedule(session, user_id=user_id, schedule_id=schedule_id)
        conversation = await _conversation_of(session, schedule, conversation_id, model=model)
        if (left := await _find_left(session, schedule, conversation)) is not None:
            start = await _begin_again(session, conversation, left, model=model)
        else:
            question = await put_user_message(session, conversation, text=text, parent_id=None)
            start = await _begin(session, conversation, parent_id=question.id, model=model, schedule_id=schedule_id)
        await initiative.note_answer(
            session,
            user_id=user_id,
            schedule_id=schedule_id,
            conversation_id=conversation.id,
            message_id=start.message_id,
        )
    publish_thread(user_id, start.conversation_id)
    return start


async def ask_edited(*, user_id: str, message_id: str, text: str, model: str) -> Asked:
    """Store another version of a question and begin its answer in one commit."""
    text = texts.message_text(text)
    async with database.write() as session:
        conversation, question = await put_edited_message(session, user_id=user_id, message_id=message_id, text=text)
        asked = await _begin_asked(session, conversation, question, model=model)
    publish_thread(user_id, asked.conversation_id)
    return asked


async def start_answer(*, user_id: str, conversation_id: str, parent_id: str, model: str) -> RunStart:
    """Begin an answer to a stored message."""
    async with database.write() as session:
        conversation = await lock_open_conversation(session, user_id=user_id, conversation_id=conversation_id)
        await messages.get_message(session, user_id=user_id, conversation_id=conversation_id, message_id=parent_id)
        start = await _begin(session, conversation, parent_id=parent_id, model=model)
    publish_thread(user_id, conversation_id)
    return start


async def regenerate_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Begin another version of an answer, by the conversation's model if none is given."""
    async with database.write() as session:
        conversation, old = await _lock_answer(session, user_id=user_id, message_id=message_id)
        start = await _begin(
            session, conversation, parent_id=old.parent_id, model=model or conversation.model or old.model
        )
    publish_thread(user_id, start.conversation_id)
    return start


async def retry_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Try a failed answer again: in its place if it has no text, else as another version beside it."""
    async with database.write() as session:
        conversation, old = await _lock_answer(session, user_id=user_id, message_id=message_id)
        model = model or conversation.model or old.model
        if old.text or old.status not in UNFINISHED:
            start = await _begin(session, conversation, parent_id=old.parent_id, model=model)
        else:
            start = await _begin_again(session, conversation, old, model=model)
    publish_thread(user_id, start.conversation_id)
    return start


async def continue_answer(*, user_id: str, message_id: str, model: str | None = None) -> RunStart:
    """Let an answer that ended early go on after its text so far, which the result holds."""
    async with database.write() as session:
        conversation, old = await _lock_answer(session, user_id=user_id, message_id=message_id)
        if old.status not in UNFINISHED or not old.text:
            raise ConflictError("There is nothing to continue here. Regenerate the answer to get another one.")
        start = await _begin_again(session, conversation, old, model=model or conversation.model or old.model)
    publish_thread(user_id, start.conversation_id)
    return start


async def resume_answer(*, user_id: str, message_id: str) -> RunStart | None:
    """Let an answer go on, once, whose calls have all been decided; None where the talk went on without it."""
    async with database.write() as session:
        conversation, old = await _lock_answer(session, user_id=user_id, message_id=message_id)
        running = await runs.find_running(session, user_id=user_id, conversation_id=conversation.id)
        if running is not None or conversation.leaf_id != old.id or not await _has_news(session, old):
            return None
        start = await _begin_again(session, conversation, old, model=old.model)
    publish_thread(user_id, start.conversation_id)
    return start


async def save_partial(*, user_id: str, run_id: str, text: str, reasoning: str = "") -> None:
    """Keep what an answer has so far. Nothing is published: whoever follows a run gets its text from the run.

    NotFoundError means that the run has ended or its conversation is gone, and that writing on is pointless.
    """
    if not await partials.save(Partial(user_id, run_id, texts.storable(text), texts.storable(reasoning))):
        raise NotFoundError(runs.GONE)


async def finish_run(  # noqa: PLR0913 - an answer's end has this many sides
    *,
    user_id: str,
    run_id: str,
    status: EndStatus,
    text: str,
    reasoning: str = "",
    error: str = "",
    error_kind: str = "",
    suggestions: Sequence[str] = (),
) -> bool:
    """End a run with its whole text; False, and nothing changed, if it had ended before."""
    async with database.write() as session:
        run = await runs.get_run(session, user_id=user_id, run_id=run_id)
        conversation = await conversations.get_conversation(
            session, user_id=user_id, conversation_id=run.conversation_id, lock=True
        )
        await session.refresh(run)
        if run.status != "running":
            return False
        await messages.change_message(
            session,
            user_id=user_id,
            message_id=run.message_id,
            status=status,
            text=texts.storable(text),
            reasoning=texts.storable(reasoning),
            error=texts.storable(error),
            error_kind=error_kind,
            suggestions=json.dumps(list(suggestions)),
        )
        run.status, run.finished_at = status, clock.now()
        if status != "stopped":  # Who stops an answer has seen it.
            conversation.answered_at = run.finished_at
    publish_thread(user_id, run.conversation_id)
    return True


async def sweep_interrupted() -> int:
    """Mark what was being written when the process ended as interrupted; return how many answers. For the start."""
    async with database.write() as session:
        return await runs.interrupt_all(session, moment=clock.now())


async def _lock_answer(session: AsyncSession, *, user_id: str, message_id: str) -> tuple[Conversation, Message]:
    conversation, old = await lock_with_message(session, user_id=user_id, message_id=message_id)
    if old.role != "assistant":
        raise ConflictError("This is a question, not an answer. Edit it, or ask again below it.")
    if old.parent_id is None:
        raise ConflictError("The question to this answer was deleted. Ask again to get a new answer.")
    return conversation, old


async def _conversation_of(
    session: AsyncSession, schedule: Schedule, conversation_id: str, *, model: str
) -> Conversation:
    wanted = conversation_id or await initiative.find_last_conversation(
        session, user_id=schedule.user_id, schedule_id=schedule.id
    )
    if wanted:
        with suppress(NotFoundError, ConflictError):  # It was deleted, or lies in the trash.
            return await lock_open_conversation(session, user_id=schedule.user_id, conversation_id=wanted)
    conversation = Conversation(user_id=schedule.user_id, model=model, title=schedule.title, title_by="user")
    session.add(conversation)
    await session.flush()
    return conversation


async def _find_left(session: AsyncSession, schedule: Schedule, conversation: Conversation) -> Message | None:
    """Return what the run that goes on now has had written before it was tried again, if nothing was said since."""
    message_id = await initiative.find_running_answer(session, user_id=schedule.user_id, schedule_id=schedule.id)
    if not message_id or message_id != conversation.leaf_id:
        return None
    found = await messages.list_messages(session, user_id=schedule.user_id, ids=[message_id])
    return next((one for one in found if one.status in UNFINISHED and one.parent_id is not None), None)


async def _has_news(session: AsyncSession, answer: Message) -> bool:
    """Tell whether calls of an answer were decided, all of them, since it was written on last."""
    calls = await tool_calls.list_calls(session, user_id=answer.user_id, message_ids=[answer.id])
    decided = [call.finished_at for call in calls if call.approval_id and call.finished_at]
    if not decided or any(call.status == "waiting" for call in calls):
        return False
    if answer.schedule_id and any(call.status == "expired" for call in calls):
        return False
    last = await runs.find_last(session, user_id=answer.user_id, message_id=answer.id)
    return last is None or last.started_at <= max(decided)


async def _begin_asked(session: AsyncSession, conversation: Conversation, question: Message, *, model: str) -> Asked:
    start = await _begin(session, conversation, parent_id=question.id, model=model)
    view = await view_message(session, question)
    return Asked(conversation_id=conversation.id, question=view, run=start)


async def _begin(
    session: AsyncSession, conversation: Conversation, *, parent_id: str | None, model: str, schedule_id: str = ""
) -> RunStart:
    await _refuse_second(session, conversation)
    answer = Message(
        user_id=conversation.user_id,
        conversation_id=conversation.id,
        parent_id=parent_id,
        role="assistant",
        status="running",
        model=model,
        schedule_id=schedule_id,
    )
    session.add(answer)
    conversation.leaf_id = answer.id
    return await _run(session, answer)


async def _begin_again(session: AsyncSession, conversation: Conversation, old: Message, *, model: str) -> RunStart:
    await _refuse_second(session, conversation)
    old.status, old.model, old.error, old.error_kind = "running", model, "", ""
    conversation.leaf_id = await messages.find_newest_leaf(
        session, user_id=old.user_id, conversation_id=old.conversation_id, top_id=old.id
    )
    return await _run(session, old)


async def _run(session: AsyncSession, answer: Message) -> RunStart:
    run = Run(user_id=answer.user_id, conversation_id=answer.conversation_id, message_id=answer.id, model=answer.model)
    session.add(run)
    await session.flush()
    return run_of(run.id, answer)


async def _refuse_second(session: AsyncSession, conversation: Conversation) -> None:
    running = await runs.find_running(session, user_id=conversation.user_id, conversation_id=conversation.id)
    if running is not None:
        raise ConflictError("An answer is still being written here. Wait for it or stop it, then try again.")
