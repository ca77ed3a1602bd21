"""What may interrupt a user, and which suggestions they want less of."""

from datetime import datetime, time
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.models.columns import Moment


class Notifications(SQLModel, table=True):
    """How a user is told of what comes into the inbox. Without a row the defaults here hold.

    From `quiet_from` until `quiet_until`, on the wall of the user's zone, nothing interrupts; both empty for never.
    `interrupting` and `sounding` are JSON lists of kinds of inbox items.
    """

    user_id: str = Field(foreign_key="user.id", primary_key=True, ondelete="CASCADE")
    quiet_from: time | None = None
    quiet_until: time | None = None
    interrupting: str = '["reminder", "approval", "error"]'
    sounding: str = '["reminder"]'
    in_browser: bool = False
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class SuggestionWeight(SQLModel, table=True):
    """How much a user wants suggestions of a rule: 1 at first, less after each "less like this"; 0 is never."""

    __tablename__: ClassVar[Any] = "suggestion_weight"

    user_id: str = Field(foreign_key="user.id", primary_key=True, ondelete="CASCADE")
    rule: str = Field(primary_key=True)
    weight: float = 1.0
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
