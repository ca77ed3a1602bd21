"""The clock tick: calls each job at its times, in this process."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from assistant_app.jobs import housekeeping, reminders, suggestions

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
    Job("deliver reminders", reminders.deliver, seconds=1),
    Job("bring snoozed items back", reminders.wake_snoozed, minutes=1),
    Job("bring suggestions", suggestions.bring, minutes=15),
)


@asynccontextmanager
async def running_scheduler() -> AsyncGenerator[None, None]:
    """Call the jobs for as long as the context lasts."""
    # APScheduler ships no types.
    scheduler: Any = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    for job in JOBS:
        often = {"minutes": job.minutes, "seconds": job.seconds}
        scheduler.add_job(_call, "interval", args=[job], **often, misfire_grace_time=None)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _call(job: Job) -> None:
    """Run one job; one that breaks must not take the others with it."""
    try:
        await job.call()
    except Exception:  # noqa: BLE001 - whatever breaks is logged, and the job runs again at its next time
        _log.exception("job_failed", job=job.name)
