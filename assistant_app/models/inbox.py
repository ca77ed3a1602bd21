"""What the assistant brings on its own."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class InboxItem(SQLModel, table=True):
    """One matter brought to a user; `key` names the matter, so that it never appears twice.

    `kind` is summary, reminder, approval, conflict, suggestion, result or error. `state` is new, read, done or
    dismissed. `why` says which rule or run brought it; `subject_id` is the object it is about, and `data` a JSON object
    with what its actions need.
    """

    __tablename__: ClassVar[Any] = "inbox_item"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        Index("ix_inbox_item_list", "user_id", "state", "created_at"),
    )

    id: str = Field(default_factory=lambda: new_id("inb"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    kind: str
    key: str
    title: str = Field(max_length=500)
    text: str = ""
    why: str = ""
    data: str = "{}"
    subject_id: str = Field(default="", index=True)
    state: str = "new"
    snoozed_until: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
    resolved_at: datetime | None = Field(default=None, sa_type=Moment)
