"""Conversations, the trees of their messages, and the runs that write answers."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, text
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class Conversation(SQLModel, table=True):
    """A titled tree of messages; the branch that is shown ends at `leaf_id`.

    `title_by` is default, model or user: only a title that is not the user's own may be replaced.
    `touched_at` orders the list; unread means `answered_at` is later than `read_at`.
    """

    __table_args__ = (
        Index("ix_conversation_list", "user_id", "touched_at"),
        Index(
            "ix_conversation_pinned",
            "user_id",
            "touched_at",
            sqlite_where=text("pinned_at IS NOT NULL"),
            postgresql_where=text("pinned_at IS NOT NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("con"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    title: str = Field(default="New chat", max_length=200)
    title_by: str = "default"
    model: str = ""
    leaf_id: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    touched_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
    pinned_at: datetime | None = Field(default=None, sa_type=Moment)
    archived_at: datetime | None = Field(default=None, sa_type=Moment)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class Message(SQLModel, table=True):
    """One node of a conversation's tree.

    `number` is what the full-text index points at: unlike an implicit row id it survives a VACUUM.
    `role` is user or assistant. `status` is complete, running, stopped, interrupted (the process died) or failed.
    `error` is the sentence shown under a failed answer, `error_kind` the class of errors.py it came from.
    `suggestions` is a JSON list of short messages that the answer offers to send next.
    `schedule_id` names the schedule that asked for an answer: nobody sits there, so what writes has to be approved.
    """

    __table_args__ = (Index("ix_message_tree", "conversation_id", "parent_id"),)

    number: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))
    id: str = Field(default_factory=lambda: new_id("msg"), unique=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    parent_id: str | None = None
    role: str
    text: str = ""
    reasoning: str = ""
    status: str = "complete"
    error: str = ""
    error_kind: str = ""
    suggestions: str = "[]"
    model: str = ""
    schedule_id: str = ""
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class Run(SQLModel, table=True):
    """One generation, from a user's message to the finished answer in `message_id`."""

    id: str = Field(default_factory=lambda: new_id("run"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    conversation_id: str = Field(foreign_key="conversation.id", index=True, ondelete="CASCADE")
    message_id: str
    model: str
    status: str = Field(default="running", index=True)
    started_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
