"""Queries that find conversations by title and messages by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal_column, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from assistant_app.models import Conversation, Message


@dataclass(frozen=True)
class TitleHit:
    """A conversation found by its title."""

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
