"""What a process that dies between a person's yes and the end of the answer leaves: the run ends once all the same."""

import asyncio
import sys
from datetime import datetime

import pytest
from sqlmodel import col, select

from assistant_app import clock, models
from assistant_app.agent import approvals as answering
from assistant_app.agent import runs, unattended
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from assistant_app.services import answers, approvals, inbox, tasks

# Approves like a page does, but is killed at the named point.
_DYING = """
import asyncio, os, signal, sys
from assistant_app.agent import approvals, decisions, runs
from assistant_app.repositories import database
from assistant_app.services import answers, settling
from assistant_app.services.transcripts import Transcript

url, user_id, approval_id, point = sys.argv[1:]

async def die_after(name, real, *given, **named):
    result = await real(*given, **named)
    if name == point:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

def dying(name, holder, attribute):
    real = getattr(holder, attribute)
    async def call(*given, **named):
        return await die_after(name, real, *given, **named)
    setattr(holder, attribute, call)

dying("approved", decisions, "approve")
dying("going on", answers, "resume_answer")
dying("ended", Transcript, "finish")
dying("settled", settling, "settle_waiting")

async def main():
    database.open_database(url)
    await approvals.approve(user_id=user_id, approval_id=approval_id)
    await runs.idle()
    raise SystemExit("did not die")

asyncio.run(main())
"""


async def run_schedule(user: models.User) -> str:
    """Have a schedule ask for a write, as the scheduler does; return the id of the run that waits."""
    starts = datetime.fromisoformat("2026-11-16T09:00")
    schedule = models.Schedule(user_id=user.id, kind="prompt", title="Shopping", zone="UTC", starts=starts)
    async with database.write() as session:
        session.add(schedule)
        await session.flush()
        run = models.Occurrence(schedule_id=schedule.id, user_id=user.id, due_at=clock.now(), state="running")
        session.add(run)
    made = await unattended.run_prompt(
        user_id=user.id,
        schedule_id=schedule.id,
        conversation_id="",
        prompt="add milk to my tasks",
        model="builtin",
        most_cost=None,
    )
    async with database.write() as session:
        waiting = await find_run(run.id)
        waiting.state, waiting.message_id = made.state, made.message_id
        await session.merge(waiting)
    return run.id


async def find_run(run_id: str) -> models.Occurrence:
    async with database.read() as session:
        return (await session.scalars(select(models.Occurrence).where(col(models.Occurrence.id) == run_id))).one()


@pytest.mark.parametrize(
    ("point", "state"), [("approved", "ok"), ("going on", "failed"), ("ended", "ok"), ("settled", "ok")]
)
async def test_run_of_a_killed_process_ends_once_and_its_change_is_made_once(
    db: Database, ada: models.User, point: str, state: str
) -> None:
    run_id = await run_schedule(ada)
    (waiting,) = await approvals.list_waiting(user_id=ada.id)
    url = db.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DYING, url, ada.id, waiting.id, point, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == -9, errors.decode()

    for _ in range(2):  # What a start does, and the next look a minute later.
        await answers.sweep_interrupted()
        await answering.go_on_with_decided()
        await runs.idle()
    run = await find_run(run_id)
    (item,) = await inbox.list_items(user_id=ada.id)
    assert (run.state, run.item_id) == (state, item.id)
    assert item.kind == ("error" if state == "failed" else "result")
    assert [task.title for task in (await tasks.list_tasks(user_id=ada.id)).tasks] == ["milk"]
