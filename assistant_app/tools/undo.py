"""The tool that takes changes back."""

from typing import Annotated

from assistant_app.services import ledger
from assistant_app.services.task_views import counted
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools.changes import origin_of


@tool(title="Undo", subject="Undo", effect="write")
async def undo(
    ctx: ToolContext,
    count: Annotated[
        int | None, described("How many single changes; without it, all that was done last at once.", ge=1, le=50)
    ] = None,
) -> ToolResult:
    """Take back what was changed last in this conversation, when the user asks for that."""
    done = await ledger.undo_last(
        user_id=ctx.user_id,
        conversation_id=ctx.conversation_id,
        count=None if count == 1 else count,
        origin=origin_of(ctx),
    )
    summary = done[0].summary if len(done) == 1 else f"Undid {counted(len(done), 'change')}"
    lines = [action.summary for action in done]
    return ToolResult(summary, {"undone": lines} if len(done) > 1 else {})
