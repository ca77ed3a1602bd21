"""Tasks and their lists, reminders and events, and the numbers people speak of them by."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class Counter(SQLModel, table=True):
    """The last number given to an object of a kind; a number is never given again, even after a deletion."""

    user_id: str = Field(foreign_key="user.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    last: int = 0


class TaskList(SQLModel, table=True):
    """A titled list of tasks; `position` orders the lists of a user."""

    __tablename__: ClassVar[Any] = "task_list"

    id: str = Field(default_factory=lambda: new_id("lst"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=100)
    position: float = 0.0
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class Task(SQLModel, table=True):
    """Something to do.

    `due_on` is the day in the user's zone on which it is due, and `due_at` the moment, if a time was given as well.
    `priority` is 0 (none) to 3 (high). `repeat` is an RRULE: completing the task brings the next one, whose
    `follows_id` is the completed one. `message_id` is what the user said that made it.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "number"),
        Index(
            "ix_task_open",
            "user_id",
            "due_on",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_task_done", "user_id", "done_at"),
    )

    id: str = Field(default_factory=lambda: new_id("tsk"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    number: int
    title: str = Field(max_length=500)
    notes: str = ""
    list_id: str | None = Field(default=None, foreign_key="task_list.id", index=True, ondelete="SET NULL")
    due_on: date | None = None
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    priority: int = 0
    repeat: str = ""
    follows_id: str | None = None
    position: float = 0.0
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    message_id: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class Reminder(SQLModel, table=True):
    """Something to be told at a time, of a task if `task_id` is set.

    `starts_at` is the time that was asked for and, with `zone`, where `repeat` (an RRULE) counts from. `next_at` is
    when it is delivered next, which a snooze moves; None once nothing is to come. `excluded` is a JSON list of the wall
    times that the recurrence leaves out.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "number"),
        Index(
            "ix_reminder_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("rem"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    number: int
    text: str = Field(max_length=500)
    starts_at: datetime = Field(sa_type=Moment)
    zone: str
    repeat: str = ""
    excluded: str = "[]"
    next_at: datetime | None = Field(default=None, sa_type=Moment)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    task_id: str | None = Field(default=None, foreign_key="task.id", index=True, ondelete="CASCADE")
    message_id: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class Event(SQLModel, table=True):
    """Something that takes place from `starts_at` to `ends_at`.

    An all-day event has its days in `starts_on` and `ends_on`, both inclusive, and the moments of their bounds in
    `zone`. `excluded` is a JSON list of the local starts that a recurrence leaves out. `uid` names the event among
    calendars (iCalendar's UID), and `source` the calendar that it comes from: empty for Steward's own.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "number"),
        Index("ix_event_starts", "user_id", "starts_at"),
        Index("ix_event_uid", "user_id", "uid"),
    )

    id: str = Field(default_factory=lambda: new_id("evt"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", ondelete="CASCADE")
    number: int
    title: str = Field(max_length=500)
    place: str = Field(default="", max_length=500)
    notes: str = ""
    all_day: bool = False
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    starts_on: date | None = None
    ends_on: date | None = None
    zone: str
    repeat: str = ""
    excluded: str = "[]"
    uid: str = ""
    source: str = ""
    message_id: str | None = None
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class CalendarFeed(SQLModel, table=True):
    """A private address under which calendar programs read a user's tasks and events; the token is kept as its hash."""

    __tablename__: ClassVar[Any] = "calendar_feed"

    id: str = Field(default_factory=lambda: new_id("fed"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)
