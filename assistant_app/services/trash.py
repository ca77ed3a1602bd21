"""Deleting conversations: into the trash first, for good after 30 days or when somebody says so.

With a conversation go the calls of tools in it, what waits for a yes, and what was talked about. What the calls changed
stays changed, and stays in the ledger.
"""

from datetime import timedelta

from assistant_app import bus, clock
from assistant_app.repositories import conversations, database, tool_calls
from assistant_app.services.conversations import LIST_TOPIC, publish_thread

DAYS = 30


async def move_to_trash(*, user_id: str, conversation_id: str) -> None:
    """Put a conversation into the trash, from where it can be restored for 30 days."""
    async with database.write() as session:
        await conversations.change_conversation(
            session, user_id=user_id, conversation_id=conversation_id, deleted_at=clock.now()
        )
    publish_thread(user_id, conversation_id)


async def restore_conversation(*, user_id: str, conversation_id: str) -> None:
    """Take a conversation out of the trash, to where it was before."""
    async with database.write() as session:
        await conversations.change_conversation(
            session, user_id=user_id, conversation_id=conversation_id, deleted_at=None
        )
    publish_thread(user_id, conversation_id)


async def delete_forever(*, user_id: str, conversation_id: str) -> None:
    """Remove a conversation with all its messages; this cannot be undone."""
    async with database.write() as session:
        await conversations.remove_conversation(session, user_id=user_id, conversation_id=conversation_id)
        await tool_calls.forget_conversations(session, ids=[conversation_id])
    publish_thread(user_id, conversation_id)


async def empty_trash(*, user_id: str) -> int:
    """Remove everything in the user's trash, and return how many conversations that were."""
    async with database.write() as session:
        removed = await conversations.remove_trash(session, user_id=user_id)
        await tool_calls.forget_conversations(session, ids=removed)
    bus.publish(user_id, LIST_TOPIC)
    return len(removed)


async def purge_trash() -> int:
    """Remove what lies in anybody's trash for more than 30 days, and return how many conversations that were."""
    async with database.write() as session:
        removed = await conversations.remove_deleted_before(session, moment=clock.now() - timedelta(days=DAYS))
        await tool_calls.forget_conversations(session, ids=[conversation_id for conversation_id, _ in removed])
    for user_id in {user_id for _, user_id in removed}:
        bus.publish(user_id, LIST_TOPIC)
    return len(removed)
