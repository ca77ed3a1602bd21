"""Queries that find conversations by title and messages by words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Select, Text, column, func, literal_column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Conversation, Message

_NEWEST = 5_000
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True)
class TitleHit:
    """A conversation whose title was found."""

    conversation_id: str
    title: str
    at: datetime


@dataclass(frozen=True)
class MessageHit:
    """A message found by its words."""

    conversation_id: str
    title: str
    message_id: str
    text: str
    at: datetime


async def list_title_candidates(session: AsyncSession, *, user_id: str, plain: str) -> list[TitleHit]:
    """Return conversations whose title may hold `plain`, the last touched first.

    Titles in ASCII are decided here. All others are returned, too: folding them is left to the caller, because
    the two databases do not agree on it.
    """
    title = col(Conversation.title)
    statement = (
        select(col(Conversation.id), title, col(Conversation.touched_at))
        .where(
            col(Conversation.user_id) == user_id,
            col(Conversation.deleted_at).is_(None),
            or_(title.icontains(plain, autoescape=True), _has_other_than_ascii(session)),
        )
        .order_by(col(Conversation.touched_at).desc(), col(Conversation.id).desc())
    )
    return [TitleHit(*row) for row in await session.execute(statement)]


async def list_messages(session: AsyncSession, *, user_id: str, words: Sequence[str], limit: int) -> list[MessageHit]:
    """Return messages that have all the words, newest first; the last word may be the beginning of one."""
    if _is_sqlite(session):
        index = table("message_text", column("rowid", BigInteger), column("message_text", Text))
        return await _hits(
            session,
            _messages(user_id, limit)
            .join(index, index.c.rowid == col(Message.number))
            .where(index.c.message_text.op("MATCH")(_fts5_query(words)))
            .order_by(index.c.rowid.desc()),
        )
    # An answer that is still being written is found on neither database.
    matching = _messages(user_id, limit).where(
        literal_column("message.message_text").op("@@")(func.to_tsquery("simple", _tsquery(words))),
        col(Message.status) != "running",
    )
    number = col(Message.number)
    # Frequent words are found among the newest messages, where no index of words is needed. Rare ones are in few
    # messages, which that index gives; adding nothing to the number keeps PostgreSQL from walking all messages by it.
    newest = await session.scalar(select(func.max(number))) or 0
    found = await _hits(session, matching.where(number > newest - _NEWEST).order_by(number.desc()))
    return found if len(found) == limit else await _hits(session, matching.order_by((number + 0).desc()))


def _messages(user_id: str, limit: int) -> Select[str, str, str, str, datetime]:
    return (
        select(
            col(Message.conversation_id),
            col(Conversation.title),
            col(Message.id),
            col(Message.text),
            col(Message.created_at),
        )
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .where(col(Message.user_id) == user_id, col(Conversation.deleted_at).is_(None))
        .limit(limit)
    )


async def _hits(session: AsyncSession, statement: Select[str, str, str, str, datetime]) -> list[MessageHit]:
    return [MessageHit(*row) for row in await session.execute(statement)]


def _fts5_query(words: Sequence[str]) -> str:
    """Write each word as a string of FTS5's language, in which only the double quote means anything."""
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in words) + "*"


def _tsquery(words: Sequence[str]) -> str:
    """Write each word as a quoted lexeme of PostgreSQL's language, folded as the index is."""
    plain = [_ACCENTS.sub("", unicodedata.normalize("NFD", word)) for word in words]
    quoted = ["'{}'".format(word.replace("\\", "\\\\").replace("'", "''")) for word in plain]
    return " & ".join(quoted) + ":*"


def _has_other_than_ascii(session: AsyncSession) -> ColumnElement[bool]:
    title = col(Conversation.title)
    return title.op("GLOB")("*[^ -~]*") if _is_sqlite(session) else title.op("~")("[^ -~]")


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
