"""The list of conversations, and what can be changed about each."""

from collections.abc import Collection
from typing import Any

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError
from assistant_app.models import Conversation
from assistant_app.repositories import conversations, database
from assistant_app.repositories.conversations import Cursor
from assistant_app.services import texts
from assistant_app.services.views import ConversationRow, is_unread, row_of

PAGE = 50
LIST_TOPIC = "conversations"


def thread_topic(conversation_id: str) -> str:
    """Return the topic that tells of changes to one conversation and its messages."""
    return f"thread:{conversation_id}"


def publish_thread(user_id: str, conversation_id: str) -> None:
    """Tell that a conversation changed, and the list with it."""
    bus.publish(user_id, thread_topic(conversation_id))
    bus.publish(user_id, LIST_TOPIC)


async def create_conversation(*, user_id: str, model: str, first_text: str = "") -> ConversationRow:
    """Start an empty conversation; `first_text` gives it a title until a better one is found."""
    async with database.write() as session:
        conversation = Conversation(user_id=user_id, model=model)
        if title := texts.first_title(first_text):
            conversation.title = title
        session.add(conversation)
    bus.publish(user_id, LIST_TOPIC)
    return row_of(conversation)


async def list_conversations(
    *, user_id: str, limit: int = PAGE, after: Cursor | None = None, archived: bool = False, trash: bool = False
) -> list[ConversationRow]:
    """Return pinned conversations first, then by the last touch, newest first.

    `after` is the `cursor` of the last row of the page before. `archived` and `trash` choose another shelf.
    """
    shelf = "trash" if trash else "archive" if archived else "list"
    async with database.read() as session:
        found = await conversations.list_conversations(session, user_id=user_id, shelf=shelf, limit=limit, after=after)
    return [row_of(conversation, running=running) for conversation, running in found]


async def list_titles(*, user_id: str, ids: Collection[str]) -> dict[str, str]:
    """Return the titles of these conversations, by id, without those that are gone or in the trash."""
    async with database.read() as session:
        return await conversations.list_titles(session, user_id=user_id, ids=ids)


async def rename_conversation(*, user_id: str, conversation_id: str, title: str) -> None:
    """Give a conversation the title that its user typed; no model replaces it from then on."""
    title = texts.one_line(title)
    if not title:
        raise InvalidInputError("A title needs some text. Type one, or press Esc to keep the old one.")
    if len(title) > texts.TITLE_CHARS:
        raise InvalidInputError(f"A title can have up to {texts.TITLE_CHARS} characters. Shorten it.")
    await _change(user_id, conversation_id, title=title, title_by="user")


async def set_title_from_model(*, user_id: str, conversation_id: str, title: str) -> bool:
    """Set a title that a model found, unless the user chose one; tell whether it was set."""
    title = texts.shortened(texts.one_line(title), texts.TITLE_CHARS)
    async with database.write() as session:
        conversation = await conversations.get_conversation(
            session, user_id=user_id, conversation_id=conversation_id, lock=True
        )
        wanted = bool(title) and conversation.title_by != "user"
        if wanted:
            conversation.title, conversation.title_by = title, "model"
    if wanted:
        publish_thread(user_id, conversation_id)
    return wanted


async def pin_conversation(*, user_id: str, conversation_id: str) -> None:
    """Keep a conversation at the top of the list."""
    await _change(user_id, conversation_id, pinned_at=clock.now())


async def unpin_conversation(*, user_id: str, conversation_id: str) -> None:
    """Let a conversation sink in the list again."""
    await _change(user_id, conversation_id, pinned_at=None)


async def archive_conversation(*, user_id: str, conversation_id: str) -> None:
    """Take a conversation off the list without deleting it."""
    await _change(user_id, conversation_id, archived_at=clock.now())


async def unarchive_conversation(*, user_id: str, conversation_id: str) -> None:
    """Put a conversation back on the list."""
    await _change(user_id, conversation_id, archived_at=None)


async def set_model(*, user_id: str, conversation_id: str, model: str) -> None:
    """Choose the model for the next answers of a conversation."""
    await _change(user_id, conversation_id, model=model)


async def mark_read(*, user_id: str, conversation_id: str) -> None:
    """Note that the user saw the newest answer. Nothing is written or published if that was known."""
    async with database.read() as session:
        conversation = await conversations.get_conversation(session, user_id=user_id, conversation_id=conversation_id)
    if not is_unread(conversation) or conversation.answered_at is None:
        return
    # A clock that was set back must not leave the dot on for ever.
    read_at = max(clock.now(), conversation.answered_at)
    async with database.write() as session:
        await conversations.change_conversation(
            session, user_id=user_id, conversation_id=conversation_id, read_at=read_at
        )
    bus.publish(user_id, LIST_TOPIC)  # Nothing of the conversation itself is another.


async def _change(user_id: str, conversation_id: str, **values: Any) -> None:
    async with database.write() as session:
        await conversations.change_conversation(session, user_id=user_id, conversation_id=conversation_id, **values)
    publish_thread(user_id, conversation_id)
