"""What model calls cost."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class Usage(SQLModel, table=True):
    """One model call. `kind` is chat, title or job, the last by the schedule `schedule_id`.

    `cost` is in US dollars, and empty where no price is known.

    The conversation may be a temporary one, or be gone by now, so that its id is no foreign key.
    """

    __table_args__ = (Index("ix_usage_user_day", "user_id", "created_at"),)

    id: str = Field(default_factory=lambda: new_id("use"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    conversation_id: str = ""
    model: str
    kind: str = "chat"
    schedule_id: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    first_token_ms: int | None = None
    duration_ms: int = 0
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
