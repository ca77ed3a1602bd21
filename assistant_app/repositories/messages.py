"""Queries of the trees of messages.

The statements that every answer asks are put together once, since that takes longer than to run them; their parameters
have the names of the arguments.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import CTE, CursorResult, and_, bindparam, delete, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.errors import NotFoundError
from assistant_app.models import Message

GONE = "That message is not there. It may have been deleted; open the conversation again to see what there is."
NO_LIMIT = 1_000_000


_MINE = col(Message.user_id) == bindparam("user_id")
_IN_CONVERSATION = and_(_MINE, col(Message.conversation_id) == bindparam("conversation_id"))


def _path() -> CTE:
    """Return the messages from a leaf upwards, the newest `limit` of the branch."""
    path = (
        select(col(Message.id), col(Message.parent_id), literal(1).label("step"))
        .where(col(Message.id) == bindparam("leaf_id"), _IN_CONVERSATION)
        .cte("path", recursive=True)
    )
    return path.union_all(
        select(col(Message.id), col(Message.parent_id), path.c.step + 1)
        .join(path, col(Message.id) == path.c.parent_id)
        .where(path.c.step < bindparam("limit"), _IN_CONVERSATION)
    )


_PATH = _path()
_PATH_IDS = select(_PATH.c.id).order_by(_PATH.c.step)
_SAID = (
    select(col(Message.id), col(Message.role), col(Message.text))
    .join(_PATH, col(Message.id) == _PATH.c.id)
    # Without these, SQLite walks all messages of everybody to find those of the path.
    .where(_IN_CONVERSATION)
    .order_by(_PATH.c.step.desc())
)
_ONE = select(Message).where(col(Message.id) == bindparam("message_id"), _MINE)
_SOME = (
    select(Message).where(col(Message.id).in_(bindparam("ids", expanding=True)), _MINE).order_by(col(Message.number))
)
_OF_PARENTS = col(Message.parent_id).in_(bindparam("parents", expanding=True))
_VERSIONS = select(col(Message.parent_id), col(Message.id)).where(_IN_CONVERSATION).order_by(col(Message.number))
_VERSIONS_BELOW = _VERSIONS.where(_OF_PARENTS)
_VERSIONS_FROM_TOP = _VERSIONS.where(or_(_OF_PARENTS, col(Message.parent_id).is_(None)))


async def get_message(
    session: AsyncSession, *, user_id: str, message_id: str, conversation_id: str | None = None
) -> Message:
    """Return one message, of the conversation if that is given."""
    found = await session.scalar(_ONE, {"user_id": user_id, "message_id": message_id})
    if found is None or conversation_id not in (None, found.conversation_id):
        raise NotFoundError(GONE)
    return found


async def list_path(
    session: AsyncSession, *, user_id: str, conversation_id: str, leaf_id: str | None, limit: int = NO_LIMIT
) -> list[str]:
    """Return the ids from the leaf upwards; the newest `limit` of the branch."""
    given = {"user_id": user_id, "conversation_id": conversation_id, "leaf_id": leaf_id, "limit": limit}
    return list(await session.scalars(_PATH_IDS, given))


async def list_said(
    session: AsyncSession, *, user_id: str, conversation_id: str, leaf_id: str
) -> list[tuple[str, str, str]]:
    """Return id, role and text of each message of the branch that ends at the leaf, from the first one on."""
    given = {"user_id": user_id, "conversation_id": conversation_id, "leaf_id": leaf_id, "limit": NO_LIMIT}
    return list(await session.execute(_SAID, given))


async def list_messages(session: AsyncSession, *, user_id: str, ids: Iterable[str]) -> list[Message]:
    """Return messages by their ids, oldest first."""
    return list(await session.scalars(_SOME, {"user_id": user_id, "ids": list(ids)}))


async def list_tree(session: AsyncSession, *, user_id: str, conversation_id: str) -> list[Message]:
    """Return all messages of a conversation, oldest first."""
    trees = await list_trees(session, user_id=user_id, conversation_ids=[conversation_id])
    return trees.get(conversation_id, [])


async def list_trees(
    session: AsyncSession, *, user_id: str, conversation_ids: Iterable[str]
) -> dict[str, list[Message]]:
    """Return all messages of some conversations, oldest first, by the conversation's id."""
    statement = (
        select(Message)
        .where(col(Message.conversation_id).in_(conversation_ids), col(Message.user_id) == user_id)
        .order_by(col(Message.number))
    )
    trees: dict[str, list[Message]] = {}
    for message in await session.scalars(statement):
        trees.setdefault(message.conversation_id, []).append(message)
    return trees


async def list_versions(
    session: AsyncSession, *, user_id: str, conversation_id: str, parents: Iterable[str | None]
) -> dict[str | None, list[str]]:
    """Return for each parent the ids of the messages that follow it, oldest first."""
    parents = set(parents)
    given = {"user_id": user_id, "conversation_id": conversation_id, "parents": list(parents - {None})}
    versions: defaultdict[str | None, list[str]] = defaultdict(list)
    for parent_id, message_id in await session.execute(
        _VERSIONS_FROM_TOP if None in parents else _VERSIONS_BELOW, given
    ):
        versions[parent_id].append(message_id)
    return versions


async def find_newest_leaf(
    session: AsyncSession, *, user_id: str, conversation_id: str, top_id: str | None
) -> str | None:
    """Return the newest message at or below `top_id`, of the whole conversation if that is None."""
    mine = (col(Message.user_id) == user_id, col(Message.conversation_id) == conversation_id)
    if top_id is None:
        return await session.scalar(select(col(Message.id)).where(*mine).order_by(col(Message.number).desc()).limit(1))
    below = (
        select(col(Message.id), col(Message.number))
        .where(col(Message.id) == top_id, *mine)
        .cte("below", recursive=True)
    )
    below = below.union_all(
        select(col(Message.id), col(Message.number)).join(below, col(Message.parent_id) == below.c.id).where(*mine)
    )
    return await session.scalar(select(below.c.id).order_by(below.c.number.desc()).limit(1))


async def change_message(session: AsyncSession, *, user_id: str, message_id: str, **values: Any) -> None:
    """Set columns of one message."""
    statement = (
        update(Message)
        .where(col(Message.id) == message_id, col(Message.user_id) == user_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - tells the type checker what an update returns
    if result.rowcount == 0:
        raise NotFoundError(GONE)


async def remove_message(session: AsyncSession, *, message: Message) -> None:
    """Take one message out of its tree; what follows it then follows its parent."""
    mine = (col(Message.user_id) == message.user_id, col(Message.conversation_id) == message.conversation_id)
    await session.execute(
        update(Message)
        .where(col(Message.parent_id) == message.id, *mine)
        .values(parent_id=message.parent_id)
        .execution_options(synchronize_session=False)
    )
    await session.execute(delete(Message).where(col(Message.id) == message.id, *mine))
