"""A watch looks at the database only when something is due or has changed, and after a while in any case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from assistant_app import bus
from assistant_app import clock as system_clock
from assistant_app.jobs.watch import NET_SECONDS, Watch

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Work:
    """Something to do at moments that are known."""

    def __init__(self, *moments: datetime) -> None:
        """Begin with nothing done."""
        self.moments = list(moments)
        self.looks = 0
        self.breaks = False
        self.stamp = 0

    async def do(self, now: datetime) -> int:
        """Do what is due."""
        self.looks += 1
        if self.breaks:
            raise RuntimeError("no database today")
        due = [moment for moment in self.moments if moment <= now]
        self.moments = [moment for moment in self.moments if moment > now]
        return len(due)

    async def next_due(self, after: datetime) -> datetime | None:
        """Return the next moment."""
        return min((moment for moment in self.moments if moment > after), default=None)


class Clock:
    """Ticks once a second, for as long as it is told to."""

    def __init__(self, work: Work, changes: bus.Subscription) -> None:
        """Begin at noon."""
        self.watch = Watch(
            changes, topics=frozenset({"reminders"}), work=work.do, next_due=work.next_due, stamp=lambda: work.stamp
        )
        self.traveller = time_machine.travel(NOON, tick=False)
        self.time = self.traveller.start()

    async def tick(self, seconds: int = 1) -> None:
        """Let seconds pass, and look after each."""
        for _ in range(seconds):
            now = datetime.now(UTC)
            if self.watch.is_due(now):
                await self.watch.look(now)
            self.time.shift(SECOND)


@pytest.fixture
def changes() -> Iterator[bus.Subscription]:
    """What changes for anybody."""
    with bus.subscribe_to_everybody() as subscription:
        yield subscription


@pytest.fixture
def work() -> Work:
    """What is due at noon, and twenty seconds later."""
    return Work(NOON, NOON + 20 * SECOND)


@pytest.fixture
def clock(work: Work, changes: bus.Subscription, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """A clock that begins at noon."""
    monkeypatch.setattr(system_clock, "monotonic", lambda: system_clock.now().timestamp())
    clock = Clock(work, changes)
    yield clock
    clock.traveller.stop()


async def test_nothing_is_asked_between_two_moments(work: Work, clock: Clock) -> None:
    await clock.tick(2)
    assert work.looks == 2
    await clock.tick(18)
    assert (work.looks, len(work.moments)) == (2, 1)
    await clock.tick(1)
    assert (work.looks, len(work.moments)) == (3, 0)


async def test_change_of_anybody_is_looked_at_with_the_next_tick(work: Work, clock: Clock) -> None:
    await clock.tick(3)
    work.moments = [NOON + 4 * SECOND]
    bus.publish("usr_somebody", "reminders")
    await clock.tick(2)
    assert work.moments == []


async def test_change_of_something_else_is_none(work: Work, clock: Clock) -> None:
    await clock.tick(3)
    bus.publish("usr_somebody", "tasks")
    await clock.tick(3)
    assert work.looks == 2


async def test_what_another_process_wrote_is_seen_with_the_next_tick(work: Work, clock: Clock) -> None:
    work.moments = []
    await clock.tick(3)
    work.moments, work.stamp = [NOON + 4 * SECOND], 1
    await clock.tick(2)
    assert work.moments == []


async def test_what_nobody_told_is_seen_after_a_while(work: Work, clock: Clock) -> None:
    work.moments = []
    await clock.tick(3)
    work.moments = [NOON + 4 * SECOND]
    await clock.tick(int(NET_SECONDS))
    assert (work.looks, work.moments) == (3, [])


async def test_failure_is_no_storm_and_ends_by_itself(work: Work, clock: Clock) -> None:
    work.breaks = True
    await clock.tick(10)
    assert work.looks == 1
    work.breaks = False
    await clock.tick(int(NET_SECONDS))
    assert work.moments == []


async def test_new_duty_means_a_new_look(work: Work, clock: Clock) -> None:
    await clock.tick(3)
    clock.watch.look_soon()
    await clock.tick(1)
    assert work.looks == 3
