"""What a call changes: where the change comes from, and what the ledger says of it."""

from assistant_app.services import ledger
from assistant_app.services.ledger import Origin
from assistant_app.toolkit.context import ToolContext


def origin_of(ctx: ToolContext) -> Origin:
    """Return where the changes of a call come from; all that one answer does is one gesture."""
    return Origin(
        source="chat",
        conversation_id=ctx.conversation_id,
        message_id=ctx.question_id,
        tool_call_id=ctx.tool_call_id,
        gesture=ctx.message_id,
    )


async def said_of(ctx: ToolContext, *, otherwise: str, also: tuple[str, ...] = ()) -> str:
    """Return the ledger's line for what the call did, with what the line leaves out, or `otherwise` if it did nothing.

    The person reads the same words on the card, in the activity and in the question before an undo.
    """
    actions = await ledger.list_actions(user_id=ctx.user_id, tool_call_ids=[ctx.tool_call_id], limit=1)
    return " · ".join([actions[0].summary, *filter(None, also)]) if actions else otherwise
