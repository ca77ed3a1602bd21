"""The ledger: every change to a person's objects, with what is needed to take it back."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class Action(SQLModel, table=True):
    """One change. `number` is the order in which changes were made.

    `changes` is a JSON list of {"table", "id", "before", "after"}, rows as values or null, in the order of the change;
    the inverse is the same list backwards with before and after exchanged. `gesture` joins what one message or one
    click did. `source` is chat, page, import, job or undo. An undo's `undoes_id` is the action that it took back,
    whose `undone_by_id` is the undo.
    """

    __table_args__ = (
        Index("ix_action_user", "user_id", "number"),
        Index("ix_action_conversation", "conversation_id"),
        Index("ix_action_object", "user_id", "object_id"),
    )

    number: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer(), "sqlite"))
    id: str = Field(default_factory=lambda: new_id("act"), unique=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    verb: str
    kind: str
    object_id: str
    summary: str
    changes: str
    gesture: str
    source: str = "page"
    conversation_id: str | None = None
    message_id: str | None = None
    tool_call_id: str | None = Field(default=None, index=True)
    undoes_id: str | None = None
    undone_by_id: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
