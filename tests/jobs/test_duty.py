"""Of several processes on one database only one runs the jobs, and another one takes over when it is gone."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import time_machine

from assistant_app import bus, models
from assistant_app.jobs.scheduler import Job, Tick, ending_quietly
from assistant_app.jobs.schedules import Runs
from assistant_app.jobs.watch import Watch
from assistant_app.repositories.database import Database
from assistant_app.services import deliveries, inbox, reminders, storage
from assistant_app.services.duty import Duty

_ASKED = """
import asyncio, sys
from assistant_app.repositories import database
from assistant_app.services.duty import Duty

async def main():
    database.open_database(sys.argv[1])
    duty = Duty()
    while await asyncio.to_thread(sys.stdin.readline):
        print("held" if await duty.keep() else "free", flush=True)

asyncio.run(main())
"""
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def test_only_one_of_two_has_the_duty(db: Database) -> None:
    first, second = Duty(), Duty()
    assert await first.keep()
    assert await first.keep()
    assert not await second.keep()
    await first.leave()
    assert await second.keep()
    assert not await first.keep()
    await second.leave()


async def test_of_two_processes_one_runs_jobs_and_the_other_takes_over_when_it_is_killed(db: Database) -> None:
    url = db.url.render_as_string(hide_password=False)
    first, second = await begin(url), await begin(url)
    assert [await asks(first), await asks(second)] == ["held", "free"]
    first.kill()
    await first.wait()
    assert await asks(second) == "held"
    second.kill()
    await second.wait()


async def begin(url: str) -> Process:
    """Start a process that says, each time it is asked, whether it runs the jobs of a database."""
    return await asyncio.create_subprocess_exec(sys.executable, "-c", _ASKED, url, stdin=PIPE, stdout=PIPE)


async def asks(process: Process) -> str:
    """Return what a process says."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"\n")
    return (await process.stdout.readline()).decode().strip()


async def test_duty_is_lost_with_its_connection_and_taken_again(db: Database) -> None:
    if db.is_sqlite:
        pytest.skip("SQLite has no server to lose")
    first, second = Duty(), Duty()
    assert await first.keep()
    with psycopg.connect(db.url.render_as_string(hide_password=False), autocommit=True) as admin:
        # Those of this database alone: other tests hold locks in theirs at the same time.
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
    assert await second.keep()
    assert not await first.keep()
    assert not first.held
    await second.leave()
    assert await first.keep()
    await first.leave()


async def test_jobs_run_only_on_duty(ada: models.User) -> None:
    called: list[str] = []

    async def job() -> None:
        called.append("job")

    with time_machine.travel(NOON, tick=False) as time, bus.subscribe_to_everybody() as changes:
        await reminders.add_reminder(user_id=ada.id, text="oven", at=NOON + timedelta(minutes=1))
        time.shift(timedelta(minutes=1))
        other, duty = Duty(), Duty()
        watch = Watch(
            changes,
            topics=frozenset({"reminders"}),
            work=deliveries.deliver_due,
            next_due=deliveries.next_due,
            stamp=storage.write_stamp,
        )
        tick = Tick(duty, Runs(), (watch,))
        assert await other.keep()
        await tick.keep_duty()
        await tick.each_second()
        await tick.call(Job("job", job))
        assert (called, await inbox.list_items(user_id=ada.id)) == ([], [])
        await other.leave()
        await tick.keep_duty()
        await tick.each_second()
        await tick.call(Job("job", job))
        assert (called, len(await inbox.list_items(user_id=ada.id))) == (["job"], 1)
        await duty.leave()


async def test_what_another_process_writes_is_noticed(db: Database) -> None:
    if not db.is_sqlite:
        pytest.skip("nobody can tell of PostgreSQL")
    before = storage.write_stamp()
    assert storage.write_stamp() == before
    other = Database(db.url.render_as_string(hide_password=False))
    async with other.write() as session:
        session.add(models.User(login="eve", name="Eve", password_hash="-"))
    await other.close()
    assert storage.write_stamp() != before


async def test_look_that_the_end_of_the_process_cancels_ends_without_an_error() -> None:
    looking = asyncio.Event()

    async def look() -> None:
        looking.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(ending_quietly(look)())
    await looking.wait()
    task.cancel()
    await task
    assert not task.cancelled()
