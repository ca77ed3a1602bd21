"""The clock tick: calls each job at its times, in the one process that is on duty."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from assistant_app import bus, clock
from assistant_app.jobs import housekeeping, prompts, reminders, suggestions
from assistant_app.jobs.schedules import Runs
from assistant_app.jobs.watch import Watch
from assistant_app.services import deliveries, due_runs, schedules, storage
from assistant_app.services.duty import Duty

_DUTY_SECONDS = 3
_log = structlog.get_logger("steward.jobs")


@dataclass(frozen=True)
class Job:
    """What is called, and how often: minutes and seconds are added up."""

    name: str
    call: Callable[[], Awaitable[None]]
    minutes: int = 0
    seconds: int = 0


JOBS = (
    Job("empty the trash", housekeeping.empty_trash, minutes=60),
    Job("drop idle temporary chats", housekeeping.drop_temporary_chats, minutes=1),
    Job("expire approvals", housekeeping.expire_approvals, minutes=5),
    Job("forget old runs", housekeeping.forget_old_runs, minutes=60),
    Job("go on with what was decided", prompts.go_on_with_decided, minutes=1),
    Job("bring snoozed items back", reminders.wake_snoozed, minutes=1),
    Job("bring suggestions", suggestions.bring, minutes=15),
)


class Tick:
    """What happens each second: reminders and schedules are looked at, as long as this process is on duty."""

    def __init__(self, duty: Duty, runs: Runs, watches: tuple[Watch, ...]) -> None:
        """Begin with a look at everything."""
        self._duty = duty
        self._runs = runs
        self._watches = watches

    async def each_second(self) -> None:
        """Do what is due, if there may be something; the duty is made sure of before."""
        if not self._duty.held:
            return
        now = clock.now()
        due = [watch for watch in self._watches if watch.is_due(now)]
        if due and await self.keep_duty():
            await asyncio.gather(*(watch.look(now) for watch in due))

    async def keep_duty(self) -> bool:
        """Take the duty, or see whether it is still ours; who loses it stops its runs until it is back."""
        before = self._duty.held
        try:
            await self._duty.keep()
        except Exception:  # noqa: BLE001 - the database may be away; it is asked again soon
            _log.exception("duty_unknown")
        if self._duty.held and not before:
            _log.info("duty_taken")
            for watch in self._watches:
                watch.look_soon()
        elif before and not self._duty.held:
            _log.warning("duty_lost")
            await self._runs.stop()
        return self._duty.held

    async def call(self, job: Job) -> None:
        """Run one job; one that breaks must not take the others with it."""
        try:
            if await self.keep_duty():
                await job.call()
        except Exception:  # noqa: BLE001 - whatever breaks is logged, and the job runs again at its next time
            _log.exception("job_failed", job=job.name)


def ending_quietly(call: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[None]]:
    """Have a call that is cancelled as the process ends just end: APScheduler would log that as an error."""

    async def ending_quietly(*args: object) -> None:
        with suppress(asyncio.CancelledError):
            await call(*args)

    return ending_quietly


@asynccontextmanager
async def running_scheduler() -> AsyncGenerator[None, None]:
    """Call the jobs for as long as the context lasts."""
    duty, runs = Duty(), Runs()
    # APScheduler ships no types.
    scheduler: Any = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    with bus.subscribe_to_everybody() as of_reminders, bus.subscribe_to_everybody() as of_schedules:
        reminding = Watch(
            of_reminders,
            topics=frozenset({"reminders"}),
            work=deliveries.deliver_due,
            next_due=deliveries.next_due,
            stamp=storage.write_stamp,
        )
        scheduling = Watch(
            of_schedules,
            topics=frozenset({schedules.TOPIC}),
            work=runs.look,
            next_due=due_runs.next_due,
            stamp=storage.write_stamp,
        )
        tick = Tick(duty, runs, (reminding, scheduling))
        for job in JOBS:
            often = {"minutes": job.minutes, "seconds": job.seconds}
            scheduler.add_job(ending_quietly(tick.call), "interval", args=[job], **often, misfire_grace_time=None)
        scheduler.add_job(ending_quietly(tick.keep_duty), "interval", seconds=_DUTY_SECONDS, misfire_grace_time=None)
        scheduler.add_job(ending_quietly(tick.each_second), "interval", seconds=1, misfire_grace_time=None)
        await tick.keep_duty()
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            await runs.stop()
            await duty.leave()
