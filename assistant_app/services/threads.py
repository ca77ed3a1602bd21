"""Opening a conversation: a window of the branch that ends at its leaf."""

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.errors import NotFoundError
from assistant_app.models import Message
from assistant_app.repositories import conversations, database, messages, runs
from assistant_app.services.views import MessageView, Thread, message_of, thread_of

WINDOW = 50


async def open_thread(
    *,
    user_id: str,
    conversation_id: str,
    limit: int = WINDOW,
    before_message_id: str | None = None,
    around_message_id: str | None = None,
) -> Thread:
    """Return the last `limit` messages of the shown branch.

    With `before_message_id`, those that come before that message, for "Show earlier". With `around_message_id`,
    those around it, for a jump to something found; on a branch that is not shown, NotFoundError is raised:
    `messages.switch_version` shows it first.
    """
    async with database.read() as session:
        conversation = await conversations.get_conversation(session, user_id=user_id, conversation_id=conversation_id)
        window = _Window(session, user_id=user_id, conversation_id=conversation_id, limit=limit)
        if around_message_id is not None:
            await window.around(around_message_id, leaf_id=conversation.leaf_id)
        elif before_message_id is not None:
            await window.before(before_message_id)
        else:
            await window.up_from(conversation.leaf_id)
        shown = await list_views(session, user_id=user_id, conversation_id=conversation_id, ids=window.ids)
        run = await runs.find_running(session, user_id=user_id, conversation_id=conversation_id)
    return thread_of(
        conversation,
        shown,
        has_earlier=window.has_earlier,
        has_later=window.has_later,
        run_id=run.id if run else "",
    )


async def list_views(session: AsyncSession, *, user_id: str, conversation_id: str, ids: list[str]) -> list[MessageView]:
    """Return messages by their ids, with their versions, oldest first."""
    rows = await messages.list_messages(session, user_id=user_id, ids=ids)
    parents = {row.parent_id for row in rows}
    versions = await messages.list_versions(session, user_id=user_id, conversation_id=conversation_id, parents=parents)
    return [message_of(row, versions) for row in rows]


class _Window:
    """Which messages of a branch are shown; texts are only read for these."""

    def __init__(self, session: AsyncSession, *, user_id: str, conversation_id: str, limit: int) -> None:
        self._session = session
        self._user_id, self._conversation_id = user_id, conversation_id
        self._limit = limit
        self.ids: list[str] = []
        self.has_earlier = self.has_later = False

    async def up_from(self, leaf_id: str | None) -> None:
        path = await self._path(leaf_id, self._limit + 1)
        self.ids, self.has_earlier = path[: self._limit], len(path) > self._limit

    async def before(self, message_id: str) -> None:
        message = await self._get(message_id)
        self.has_later = True
        await self.up_from(message.parent_id)

    async def around(self, message_id: str, *, leaf_id: str | None) -> None:
        await self._get(message_id)
        path = await self._path(leaf_id)
        if message_id not in path:
            raise NotFoundError(messages.GONE)
        start = max(0, min(path.index(message_id) - self._limit // 2, len(path) - self._limit))
        self.ids = path[start : start + self._limit]
        self.has_earlier, self.has_later = start + self._limit < len(path), start > 0

    async def _path(self, leaf_id: str | None, limit: int = messages.NO_LIMIT) -> list[str]:
        return await messages.list_path(
            self._session,
            user_id=self._user_id,
            conversation_id=self._conversation_id,
            leaf_id=leaf_id,
            limit=limit,
        )

    async def _get(self, message_id: str) -> Message:
        return await messages.get_message(
            self._session, user_id=self._user_id, conversation_id=self._conversation_id, message_id=message_id
        )
