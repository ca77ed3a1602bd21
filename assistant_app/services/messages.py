"""What people do to the messages of a conversation: write, edit, switch versions, delete."""

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.errors import ConflictError
from assistant_app.models import Conversation, Message
from assistant_app.repositories import conversations, database, messages
from assistant_app.services import texts
from assistant_app.services.conversations import publish_thread
from assistant_app.services.threads import list_views
from assistant_app.services.views import MessageView, Turn, turns_of


async def add_user_message(
    *, user_id: str, conversation_id: str, text: str, parent_id: str | None = None
) -> MessageView:
    """Store what a person wrote, after the newest shown message or after `parent_id`."""
    text = texts.message_text(text)
    async with database.write() as session:
        conversation = await lock_open_conversation(session, user_id=user_id, conversation_id=conversation_id)
        message = await put_user_message(session, conversation, text=text, parent_id=parent_id)
        view = await view_message(session, message)
    publish_thread(user_id, conversation_id)
    return view


async def edit_user_message(*, user_id: str, message_id: str, text: str) -> MessageView:
    """Store another version of a user's message beside the old one, and show it."""
    text = texts.message_text(text)
    async with database.write() as session:
        conversation, message = await put_edited_message(session, user_id=user_id, message_id=message_id, text=text)
        view = await view_message(session, message)
    publish_thread(user_id, conversation.id)
    return view


async def switch_version(*, user_id: str, message_id: str) -> str:
    """Show the branch through this message, down to where it was written on last; return the new leaf's id."""
    async with database.write() as session:
        conversation, message = await lock_with_message(session, user_id=user_id, message_id=message_id)
        leaf_id = await messages.find_newest_leaf(
            session, user_id=user_id, conversation_id=conversation.id, top_id=message.id
        )
        conversation.leaf_id = leaf_id
    publish_thread(user_id, conversation.id)
    return leaf_id or message.id


async def delete_message(*, user_id: str, message_id: str) -> None:
    """Remove one message; what followed it then follows the one before it."""
    async with database.write() as session:
        conversation, message = await lock_with_message(session, user_id=user_id, message_id=message_id)
        if message.status == "running":
            raise ConflictError("This answer is still being written. Stop it first, then delete it.")
        await messages.remove_message(session, message=message)
        if conversation.leaf_id == message.id:
            # Another version may stand beside the one that is gone; then that is shown.
            conversation.leaf_id = await messages.find_newest_leaf(
                session, user_id=user_id, conversation_id=conversation.id, top_id=message.parent_id
            )
    publish_thread(user_id, conversation.id)


async def history_for_model(*, user_id: str, message_id: str) -> list[Turn]:
    """Return the branch from the first message down to this one, without questions that have no text."""
    async with database.read() as session:
        message = await messages.get_message(session, user_id=user_id, message_id=message_id)
        said = await messages.list_said(
            session, user_id=user_id, conversation_id=message.conversation_id, leaf_id=message.id
        )
    return turns_of(said)


async def lock_open_conversation(session: AsyncSession, *, user_id: str, conversation_id: str) -> Conversation:
    """Return the conversation to write in; one that lies in the trash is refused."""
    conversation = await conversations.get_conversation(
        session, user_id=user_id, conversation_id=conversation_id, lock=True
    )
    if conversation.deleted_at is not None:
        raise ConflictError("This conversation is in the trash. Restore it, then go on.")
    return conversation


async def lock_with_message(session: AsyncSession, *, user_id: str, message_id: str) -> tuple[Conversation, Message]:
    """Return a message that shall change, and its conversation, which is locked before the message is read again."""
    found = await messages.get_message(session, user_id=user_id, message_id=message_id)
    conversation = await lock_open_conversation(session, user_id=user_id, conversation_id=found.conversation_id)
    # Somebody else may have changed or deleted it before the lock was ours.
    session.expire(found)
    return conversation, await messages.get_message(session, user_id=user_id, message_id=message_id)


async def put_user_message(
    session: AsyncSession, conversation: Conversation, *, text: str, parent_id: str | None
) -> Message:
    """Add a user's message to a locked conversation."""
    if parent_id is None:
        parent_id = conversation.leaf_id
    if parent_id is not None:
        parent = await messages.get_message(
            session, user_id=conversation.user_id, conversation_id=conversation.id, message_id=parent_id
        )
        if parent.status == "running":
            raise ConflictError("The answer is still being written. Wait for it or stop it, then send your message.")
    return await put_message(session, conversation, parent_id=parent_id, text=text)


async def put_edited_message(
    session: AsyncSession, *, user_id: str, message_id: str, text: str
) -> tuple[Conversation, Message]:
    """Add another version of a user's message."""
    conversation, old = await lock_with_message(session, user_id=user_id, message_id=message_id)
    if old.role != "user":
        raise ConflictError("Only your own messages can be edited. Regenerate an answer to get another one.")
    return conversation, await put_message(session, conversation, parent_id=old.parent_id, text=text)


async def put_message(
    session: AsyncSession, conversation: Conversation, *, parent_id: str | None, text: str
) -> Message:
    """Add a user's message behind a parent, show it, and bring the conversation to the top of the list."""
    message = Message(
        user_id=conversation.user_id, conversation_id=conversation.id, parent_id=parent_id, role="user", text=text
    )
    session.add(message)
    await session.flush()
    conversation.leaf_id = message.id
    conversation.touched_at = clock.now()
    return message


async def view_message(session: AsyncSession, message: Message) -> MessageView:
    """Return a stored message with its versions."""
    await session.flush()
    found = await list_views(
        session, user_id=message.user_id, conversation_id=message.conversation_id, ids=[message.id]
    )
    return found[0]
