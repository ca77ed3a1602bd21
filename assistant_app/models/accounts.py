"""People, their signed-in devices, and the one-time links that let people in."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class User(SQLModel, table=True):
    """A person with an account. `login` is lower case and unique; `role` is owner or member.

    `monthly_budget` is the most, in US dollars, that the assistant may spend in a month without being asked.
    """

    id: str = Field(default_factory=lambda: new_id("usr"), primary_key=True)
    login: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=80)
    password_hash: str
    role: str = "member"
    zone: str = "UTC"
    language: str = "en"
    instructions: str = ""
    theme: str = "system"
    density: str = "comfortable"
    default_model: str = ""
    monthly_budget: float | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    disabled_at: datetime | None = Field(default=None, sa_type=Moment)


class DeviceSession(SQLModel, table=True):
    """One signed-in browser or client. The cookie's token itself is never kept, only its SHA-256."""

    __tablename__: ClassVar[Any] = "device_session"

    id: str = Field(default_factory=lambda: new_id("dev"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True)
    user_agent: str = ""
    address: str = ""
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    last_seen_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class Invite(SQLModel, table=True):
    """A single-use link. `kind` is setup (first account), invite (a further one) or reset (a new password)."""

    id: str = Field(default_factory=lambda: new_id("inv"), primary_key=True)
    kind: str
    token_hash: str = Field(unique=True)
    role: str = "member"
    user_id: str | None = Field(default=None, foreign_key="user.id", ondelete="CASCADE")
    created_by: str | None = Field(default=None, foreign_key="user.id", ondelete="CASCADE")
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
