"""What a process that is killed in the middle of a run leaves behind: the next one makes it, and it comes once."""

import asyncio
import signal
import sys
from datetime import datetime, timedelta

import pytest

from assistant_app import models
from assistant_app.jobs.schedules import Runs
from assistant_app.repositories.database import Database
from assistant_app.services import inbox, occurrences, schedules
from tests.jobs.test_schedules import run_all

_RUNS = 3

# Runs what is due as the server does, but is killed at the named point.
_DYING = """
import asyncio, os, signal, sys
from assistant_app import clock
from assistant_app.jobs import schedules as jobs
from assistant_app.repositories import database
from assistant_app.services import due_runs, inbox_items, occurrences

url, point = sys.argv[1:]

def die_at(name, holder, attribute, *, before=False):
    real = getattr(holder, attribute)

    async def dying(*given, **named):
        if before and name == point:
            os.kill(os.getpid(), 9)
        result = await real(*given, **named)
        if name == point:
            os.kill(os.getpid(), 9)
        return result

    setattr(holder, attribute, dying)

die_at("noting", due_runs, "_carry_out")
die_at("noted", due_runs, "_note_some")
die_at("claimed", occurrences, "claim")
die_at("made", occurrences, "finish_all", before=True)
die_at("item written", inbox_items, "put_items")
die_at("settled", occurrences, "_settle")
die_at("delivered", occurrences, "finish_all")

async def main():
    database.open_database(url)
    runs = jobs.Runs()
    await runs.look(clock.now())
    await runs.idle()
    raise SystemExit("did not die")

asyncio.run(main())
"""


@pytest.mark.parametrize("point", ["noting", "noted", "claimed", "made", "item written", "settled", "delivered"])
async def test_runs_of_a_killed_process_are_delivered_once_in_the_end(
    db: Database, ada: models.User, point: str
) -> None:
    for _ in range(_RUNS):
        schedule = await schedules.create_schedule(
            user_id=ada.id, kind="summary", starts=datetime.fromisoformat("2020-01-01 07:00"), repeat="FREQ=HOURLY"
        )
        await _bring_forward(db, schedule.id)

    url = db.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DYING, url, point, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == -signal.SIGKILL, errors.decode()
    assert len(await inbox.list_items(user_id=ada.id)) == (_RUNS if point == "delivered" else 0)

    for _ in range(2):
        await occurrences.take_over()
        await run_all(Runs())
        items = {item.id for item in await inbox.list_items(user_id=ada.id)}
        found = [
            run
            for schedule in await schedules.list_schedules(user_id=ada.id)
            for run in await schedules.list_occurrences(user_id=ada.id, schedule_id=schedule.id)
        ]
        assert [run.state for run in found] == ["empty"] * _RUNS
        assert {run.item_id for run in found} == items
        assert len(items) == _RUNS


async def _bring_forward(db: Database, schedule_id: str) -> None:
    """Have a schedule come an hour earlier, so that it is due just now."""
    async with db.write() as session:
        row = await session.get_one(models.Schedule, schedule_id)
        assert row.next_at is not None
        row.next_at -= timedelta(hours=1)
