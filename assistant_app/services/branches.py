"""Copies of conversations: the whole tree, or one branch of it."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus
from assistant_app.ids import new_id
from assistant_app.models import Conversation, Message
from assistant_app.repositories import conversations, database, messages
from assistant_app.services import texts
from assistant_app.services.conversations import LIST_TOPIC


async def duplicate_conversation(*, user_id: str, conversation_id: str) -> str:
    """Copy a conversation with all its versions, and return the copy's id. An unfinished answer becomes stopped."""
    async with database.write() as session:
        source = await conversations.get_conversation(session, user_id=user_id, conversation_id=conversation_id)
        tree = await messages.list_tree(session, user_id=user_id, conversation_id=conversation_id)
        copy = await _copy(session, source, tree, leaf_id=source.leaf_id, suffix=" (copy)")
    bus.publish(user_id, LIST_TOPIC)
    return copy.id


async def branch_from(*, user_id: str, message_id: str) -> str:
    """Start a conversation from the branch that ends with this message, and return its id."""
    async with database.write() as session:
        message = await messages.get_message(session, user_id=user_id, message_id=message_id)
        source = await conversations.get_conversation(session, user_id=user_id, conversation_id=message.conversation_id)
        path = await messages.list_path(session, user_id=user_id, conversation_id=source.id, leaf_id=message_id)
        branch = await messages.list_messages(session, user_id=user_id, ids=path)
        copy = await _copy(session, source, branch, leaf_id=message_id, suffix=" (branch)")
    bus.publish(user_id, LIST_TOPIC)
    return copy.id


async def _copy(
    session: AsyncSession, source: Conversation, tree: Sequence[Message], *, leaf_id: str | None, suffix: str
) -> Conversation:
    new_ids = {message.id: new_id("msg") for message in tree}
    copy = Conversation(
        user_id=source.user_id,
        title=texts.shortened(source.title, texts.TITLE_CHARS - len(suffix)) + suffix,
        # The copy keeps its name: a title from a model would not tell it from the original.
        title_by="user",
        model=source.model,
        leaf_id=new_ids[leaf_id] if leaf_id else None,
    )
    session.add(copy)
    await session.flush()
    session.add_all(_copied(message, copy.id, new_ids) for message in tree)
    await session.flush()
    return copy


def _copied(message: Message, conversation_id: str, new_ids: dict[str, str]) -> Message:
    return Message(
        id=new_ids[message.id],
        user_id=message.user_id,
        conversation_id=conversation_id,
        parent_id=new_ids[message.parent_id] if message.parent_id else None,
        role=message.role,
        text=message.text,
        reasoning=message.reasoning,
        status="stopped" if message.status == "running" else message.status,
        error=message.error,
        error_kind=message.error_kind,
        model=message.model,
        created_at=message.created_at,
    )
