"""Whatever the clock and the power do, no run is delivered twice, and none is lost without a word."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from assistant_app import models
from assistant_app.ids import new_id
from assistant_app.repositories import database
from assistant_app.services import due_runs, occurrences, schedules
from assistant_app.services.occurrences import Due, Made
from tests.conftest import add_user

START = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DONE = Made(state="ok", title="done")

MINUTES = st.integers(1, 4_000)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), MINUTES),
        st.tuples(st.just("jump back"), MINUTES),
        st.tuples(st.sampled_from(["tick", "tick", "note", "claim", "end", "end again", "die", "run now"]), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


@dataclass
class World:
    """A schedule that comes at every full hour, a clock that goes as it likes, and a process that can die."""

    user_id: str
    schedule_id: str
    now: datetime = START
    held: list[Due] = field(default_factory=list[Due])
    ended: list[Due] = field(default_factory=list[Due])
    delivered: list[str] = field(default_factory=list[str])
    newest: set[datetime] = field(default_factory=set[datetime])
    latest: datetime = START

    async def do(self, step: str, minutes: int) -> None:
        """Take one step."""
        if step == "pass":
            self.now += timedelta(minutes=minutes)
        elif step == "jump back":
            self.now -= timedelta(minutes=minutes)
        elif step == "die":
            self.held.clear()
            await occurrences.take_over(self.now)
        elif step == "run now" and not await self._busy():
            with time_machine.travel(self.now, tick=False):
                await schedules.run_now(user_id=self.user_id, schedule_id=self.schedule_id)
        if step in ("tick", "note"):
            await self._note()
        if step in ("tick", "claim"):
            self.held += await occurrences.claim(self.now, limit=9)
        if step in ("tick", "end"):
            await self._end(self.held)
            self.held.clear()
        elif step == "end again":
            await self._end(list(self.ended))

    async def settle(self) -> None:
        """Let the process live for a while, until nothing is left to do."""
        for _ in range(4):
            self.now = max(self.now, self.latest) + HOUR
            await self.do("die", 0)
            for _ in range(3):  # Of one schedule, runs are claimed one after the other.
                await self.do("tick", 0)

    async def _note(self) -> None:
        view = await schedules.get_schedule(user_id=self.user_id, schedule_id=self.schedule_id)
        await due_runs.note_due(self.now)
        full_hour = self.now.replace(minute=0, second=0)
        if view.enabled and full_hour > START and self.now > self.latest:
            self.newest.add(full_hour)
        self.latest = max(self.latest, self.now)

    async def _end(self, held: list[Due]) -> None:
        for due in held:
            self.delivered += [due.occurrence_id] * await occurrences.finish(due, DONE, self.now)
            self.ended.append(due)
        del self.ended[:-20]

    async def _busy(self) -> bool:
        view = await schedules.list_occurrences(user_id=self.user_id, schedule_id=self.schedule_id, limit=50)
        return any(run.state in ("due", "running") or run.due_at == self.now for run in view)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_no_run_is_delivered_twice_or_lost_without_a_word(db: object, steps: list[tuple[str, int]]) -> None:
    user = await add_user(new_id("u"))
    with time_machine.travel(START, tick=False):
        schedule = await schedules.create_schedule(
            user_id=user.id, kind="summary", starts=START.replace(tzinfo=None, minute=0), repeat="FREQ=HOURLY"
        )
    world = World(user.id, schedule.id)
    for step, minutes in steps:
        await world.do(step, minutes)
    await world.settle()
    async with database.read() as session:
        query = select(models.Occurrence).where(col(models.Occurrence.user_id) == user.id)
        runs = list(await session.scalars(query))
        items = list(await session.scalars(select(models.InboxItem).where(col(models.InboxItem.user_id) == user.id)))
    assert sorted(world.delivered) == sorted(run.id for run in runs if run.state == "ok")
    assert len(world.delivered) == len(set(world.delivered))
    assert sorted(run.item_id for run in runs if run.delivered_at) == sorted(item.id for item in items)
    assert {run.state for run in runs} <= {"ok", "failed", "missed"}
    assert all((run.delivered_at is not None) == (run.state != "missed") for run in runs)
    assert all(run.error for run in runs if run.state == "missed")
    assert world.newest <= {run.due_at for run in runs}
    await schedules.delete_schedule(user_id=user.id, schedule_id=schedule.id)
