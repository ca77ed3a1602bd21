"""What the assistant does by itself: schedules, and each due run of one."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment

# A time on a wall: it has no zone of its own, `Schedule.zone` gives it one.
_WALL: Any = DateTime(timezone=False)


class Schedule(SQLModel, table=True):
    """A recurring job of a user. `kind` is summary, review or prompt; `data` is a JSON object with what it needs.

    `repeat` is an RRULE without DTSTART, empty for once, counted from the wall time `starts` in `zone`. `catch_up` says
    what happens to a run that was due while Steward was off: late (the newest one runs late) or skip (it is missed).
    `next_at` is the next due moment, empty when none is to come; `failures` counts those in a row, after three the
    schedule is not `enabled` any more and `paused_why` tells its owner. `most_cost` is the most one run may cost in US
    dollars. What was stopped by the month's budget `rests_until` the next month. One that `follows_zone` goes by its
    owner's clocks when these change.
    """

    __table_args__ = (
        Index("ix_schedule_due", "next_at", sqlite_where=text("enabled"), postgresql_where=text("enabled")),
        Index(
            "ix_schedule_rests",
            "rests_until",
            sqlite_where=text("rests_until IS NOT NULL"),
            postgresql_where=text("rests_until IS NOT NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("sch"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    kind: str
    title: str = Field(max_length=200)
    repeat: str = ""
    starts: datetime = Field(sa_type=_WALL)
    zone: str
    follows_zone: bool = False
    catch_up: str = "late"
    enabled: bool = True
    paused_why: str = ""
    rests_until: datetime | None = Field(default=None, sa_type=Moment)
    failures: int = 0
    most_cost: float | None = None
    data: str = "{}"
    next_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)


class Occurrence(SQLModel, table=True):
    """One due run of a schedule; of one schedule no two are due at the same moment.

    `state` is due, running, ok, empty, partial, failed, missed or waiting (for an approval). A run is claimed by the
    update to running, which sets `lease_until`: after it, another process may claim the run again. `tries` counts the
    claims, `retry_at` is when a failed one is tried again. `output` is a JSON object that says what was made,
    `item_id` the inbox item. `delivered_at` is the receipt of the delivery, apart from how the run went.
    """

    __table_args__ = (
        UniqueConstraint("schedule_id", "due_at"),
        Index(
            "ix_occurrence_open",
            "state",
            "due_at",
            sqlite_where=text("state IN ('due', 'running', 'waiting')"),
            postgresql_where=text("state IN ('due', 'running', 'waiting')"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("occ"), primary_key=True)
    schedule_id: str = Field(foreign_key="schedule.id", ondelete="CASCADE")
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    due_at: datetime = Field(sa_type=Moment)
    state: str = "due"
    tries: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    retry_at: datetime | None = Field(default=None, sa_type=Moment)
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    error: str = ""
    cost: float = 0.0
    output: str = "{}"
    item_id: str = Field(default="", index=True)
    conversation_id: str = ""
    message_id: str = Field(default="", index=True)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
