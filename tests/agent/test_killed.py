"""What a process that dies in the middle of an approved call leaves behind: all of it, or nothing."""

import asyncio
import json
import sys

import pytest

from assistant_app import models
from assistant_app.agent import approvals as answering
from assistant_app.agent import runs, talk
from assistant_app.repositories.database import Database
from assistant_app.services import approvals, ledger, tasks
from tests.peers.openai_server import OpenAIServer

# Approves like a page does, but dies at the named point, as if the power had failed.
_DYING = """
import asyncio, os, sys
from assistant_app.agent import calls, decisions
from assistant_app.repositories import database
from assistant_app.services import approvals, tool_calls

url, user_id, approval_id, point = sys.argv[1:]

async def die_after(name, real, *given, **named):
    result = await real(*given, **named)
    if name == point:
        os._exit(9)
    return result

def dying(name, holder, attribute):
    real = getattr(holder, attribute)
    setattr(holder, attribute, lambda *given, **named: die_after(name, real, *given, **named))

dying("claimed", approvals, "_claim")
dying("carried out", calls, "carry_out")
dying("settled", approvals, "_settle")

async def main():
    database.open_database(url)
    await decisions.approve(user_id, approval_id)
    if point == "kept":
        os._exit(9)
    raise SystemExit("did not die")

asyncio.run(main())
"""


@pytest.mark.parametrize(("point", "done"), [("claimed", 0), ("carried out", 0), ("settled", 0), ("kept", 1)])
async def test_call_of_a_killed_process_is_carried_out_once_in_the_end(
    db: Database, ada: models.User, provider: OpenAIServer, point: str, done: int
) -> None:
    await tasks.add_task(user_id=ada.id, title="milk")
    script = json.dumps([[{"delete_task": {"task": "milk"}}]])
    await talk.ask(user_id=ada.id, conversation_id="", text=script, model="openai_compatible/scripted")
    await runs.idle()
    (waiting,) = await approvals.list_waiting(user_id=ada.id)

    url = db.url.render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DYING, url, ada.id, waiting.id, point, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 9, errors.decode()

    assert await _deleted(ada) == done
    assert len(await approvals.list_waiting(user_id=ada.id)) == 1 - done
    if not done:
        await answering.approve(user_id=ada.id, approval_id=waiting.id)
        await runs.idle()
    assert await _deleted(ada) == 1
    assert (await tasks.list_tasks(user_id=ada.id, view="all")).total == 0


async def _deleted(user: models.User) -> int:
    return sum(action.verb == "delete" for action in await ledger.list_actions(user_id=user.id))
