"""The tool that takes changes back."""

from dataclasses import replace

import pytest

from assistant_app.errors import NotFoundError
from assistant_app.services import tasks
from assistant_app.services.ledger import ChangedSinceError
from assistant_app.toolkit.context import ToolContext
from assistant_app.tools.tasks import add_task, update_task
from assistant_app.tools.undo import undo


async def titles(ctx: ToolContext) -> list[str]:
    return [task.title for task in (await tasks.list_tasks(user_id=ctx.user_id)).tasks]


async def test_undo_takes_back_all_that_the_last_answer_did(ctx: ToolContext) -> None:
    await add_task(replace(ctx, message_id="msg_first"), {"title": "rent"})
    for title in ("milk", "eggs"):
        await add_task(ctx, {"title": title})
    undone = await undo(replace(ctx, message_id="msg_later"), {})
    assert undone.summary == "Undid 2 changes"
    assert undone.data == {"undone": ["Undid: Added “eggs”", "Undid: Added “milk”"]}
    assert await titles(ctx) == ["rent"]


async def test_undo_takes_back_as_many_changes_as_asked(ctx: ToolContext) -> None:
    for number, title in enumerate(("rent", "milk", "eggs")):
        await add_task(replace(ctx, message_id=f"msg_{number}"), {"title": title})
    assert (await undo(ctx, {"count": 2})).summary == "Undid 2 changes"
    assert await titles(ctx) == ["rent"]
    assert (await undo(ctx, {"count": 1})).summary == "Undid: Added “rent”"
    with pytest.raises(NotFoundError, match="nothing to undo"):
        await undo(ctx, {})


async def test_undo_leaves_other_conversations_alone(ctx: ToolContext) -> None:
    await add_task(replace(ctx, conversation_id="cnv_other"), {"title": "rent"})
    with pytest.raises(NotFoundError, match="nothing to undo"):
        await undo(ctx, {})
    assert await titles(ctx) == ["rent"]


async def test_undo_keeps_what_was_changed_elsewhere_since(ctx: ToolContext) -> None:
    await add_task(ctx, {"title": "rent"})
    elsewhere = replace(ctx, conversation_id="cnv_other", tool_call_id="cal_2")
    await update_task(elsewhere, {"task": "1", "title": "the rent"})
    with pytest.raises(ChangedSinceError, match="changed again since"):
        await undo(ctx, {})
    assert await titles(ctx) == ["the rent"]
