"""What models did with tools: each call, what waits for a yes, who may do what, and what is talked about."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class ToolCall(SQLModel, table=True):
    """One call of a tool by the answer `message_id`.

    `step` counts the rounds of an answer from 0, `place` the calls of a round; `position` is how many characters the
    answer had when the call was made. `call_id` is what the model named it. `arguments` and `result` are JSON objects.
    `status` is ok, failed, waiting (for an approval), denied, expired or off (the user switched the tool off).
    There is no foreign key to the conversation: a temporary one is in no table.
    """

    __tablename__: ClassVar[Any] = "tool_call"
    __table_args__ = (
        Index("ix_tool_call_message", "message_id"),
        Index("ix_tool_call_conversation", "conversation_id"),
    )

    id: str = Field(default_factory=lambda: new_id("cal"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    conversation_id: str
    message_id: str
    step: int = 0
    place: int = 0
    position: int = 0
    call_id: str = ""
    tool: str
    arguments: str = "{}"
    result: str = "{}"
    summary: str = ""
    status: str
    approval_id: str | None = Field(default=None, index=True)
    started_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class Approval(SQLModel, table=True):
    """A call that waits for a person's yes to its exact arguments.

    `status` is waiting, approved, denied or expired. Of one user no two with the same tool and arguments wait at once.
    `before_edit` has the arguments that the model gave, if the person changed them.
    """

    __table_args__ = (
        Index(
            "ix_approval_waiting",
            "user_id",
            "tool",
            "arguments_hash",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("apr"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    conversation_id: str = Field(index=True)
    tool: str
    arguments: str
    arguments_hash: str
    before_edit: str = ""
    status: str = "waiting"
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class ToolPolicy(SQLModel, table=True):
    """What a user decided for a tool: auto, ask or off. Without a row the tool's default holds."""

    __tablename__: ClassVar[Any] = "tool_policy"

    user_id: str = Field(foreign_key="user.id", primary_key=True, ondelete="CASCADE")
    tool: str = Field(primary_key=True)
    policy: str


class Focus(SQLModel, table=True):
    """What a conversation talked about last; each column is a JSON list of [kind, id]."""

    conversation_id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    shown: str = "[]"
    touched: str = "[]"
    candidates: str = "[]"
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
