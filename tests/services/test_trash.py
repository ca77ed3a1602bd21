"""What goes with a conversation that is deleted for good, and what stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from assistant_app import clock, models
from assistant_app.repositories import database
from assistant_app.services import conversations, ledger, tasks, trash
from assistant_app.services.ledger import Origin


async def talked(user: models.User) -> str:
    """Store a conversation in the trash whose assistant added a task, asked for a yes, and remembers what it was."""
    thread = await conversations.create_conversation(user_id=user.id, model="m")
    origin = Origin("chat", conversation_id=thread.id, message_id="msg_1")
    task = await tasks.add_task(user_id=user.id, title="milk", origin=origin)
    async with database.write() as session:
        session.add(
            models.ToolCall(user_id=user.id, conversation_id=thread.id, message_id="msg_1", tool="t", status="ok")
        )
        session.add(
            models.Approval(
                user_id=user.id,
                conversation_id=thread.id,
                tool="t",
                arguments="{}",
                arguments_hash=thread.id,
                expires_at=clock.now(),
            )
        )
        session.add(models.Focus(user_id=user.id, conversation_id=thread.id, touched=f'[["task", "{task.id}"]]'))
    await trash.move_to_trash(user_id=user.id, conversation_id=thread.id)
    return thread.id


async def left(conversation_id: str) -> int:
    """Count what is still known of a conversation."""
    counts: list[int] = []
    async with database.read() as session:
        for table in (models.ToolCall, models.Approval, models.Focus):
            query = select(func.count()).select_from(table).where(table.conversation_id == conversation_id)  # pyright: ignore[reportArgumentType]
            counts.append((await session.execute(query)).scalar_one())
    return sum(counts)


@pytest.mark.parametrize("way", ["one", "all", "old"])
async def test_calls_and_approvals_go_with_their_conversation(ada: models.User, way: str) -> None:
    gone = await talked(ada)
    kept = (await conversations.create_conversation(user_id=ada.id, model="m")).id
    async with database.write() as session:
        session.add(models.ToolCall(user_id=ada.id, conversation_id=kept, message_id="m", tool="t", status="ok"))
        row = await session.get_one(models.Conversation, gone)
        row.deleted_at = clock.now() - timedelta(days=trash.DAYS + 1)
    assert await left(gone) == 3
    if way == "one":
        await trash.delete_forever(user_id=ada.id, conversation_id=gone)
    else:
        assert await (trash.empty_trash(user_id=ada.id) if way == "all" else trash.purge_trash()) == 1
    assert (await left(gone), await left(kept)) == (0, 1)


async def test_what_was_done_stays_done_and_in_the_ledger(ada: models.User) -> None:
    gone = await talked(ada)
    await trash.delete_forever(user_id=ada.id, conversation_id=gone)
    assert (await tasks.list_tasks(user_id=ada.id)).total == 1
    (action,) = await ledger.list_actions(user_id=ada.id)
    assert (action.summary, action.conversation_id) == ("Added “milk”", gone)
    await ledger.undo(user_id=ada.id, action_id=action.id)
    assert (await tasks.list_tasks(user_id=ada.id)).total == 0
