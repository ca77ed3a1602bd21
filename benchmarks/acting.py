"""The built-in model at work among 5,000 tasks: its first token, and how soon another device shows what it added.

python -m benchmarks.acting
"""

import random
import time
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert

from assistant_app import bus, clock
from assistant_app.agent import runs, talk
from assistant_app.models import Counter, Task
from assistant_app.repositories import database
from benchmarks import stage
from benchmarks.figures import Figure, percentile, run_alone
from benchmarks.tab import chromium, tab

_TASKS = 5_000
_VERBS = ("call", "buy", "fix", "book", "clean", "write to", "pay", "return", "order", "plan", "check", "prepare")
_THINGS = (
    "the boiler",
    "milk",
    "Anna",
    "the report",
    "tickets",
    "the garden",
    "rent",
    "a parcel",
    "the bike",
    "slides",
)
_SAID = (
    "remind me to call mom tomorrow at 5",
    "add paint the fence {number} on friday",
    "what's due this week?",
    "push task 40 to Friday",
    "complete {number}",
    "put dentist on the calendar for the 3rd at 10 for an hour",
    "how are you?",
)
_ROUNDS = 10


async def measure() -> Sequence[Figure]:
    """Say things in process, then in one browser while another one shows the tasks."""
    async with stage.data_folder() as data:
        guest = await stage.invite(["builtin"] * 2)
        await _fill(guest.user_id)
        saved = [await _first_text(guest.user_id, guest.conversation_ids[0], said) for said in _script(_ROUNDS + 1)]
        saved = saved[len(_SAID) :]  # The first round warms up.
        async with (
            chromium() as browser,
            stage.steward(data) as server,
            tab(browser, server, guest) as chat,
            tab(browser, server, guest) as other,
        ):
            await chat.page.goto(f"{server.base}/c/{guest.conversation_ids[1]}")
            await chat.page.evaluate("() => window.__notes.usable")
            await other.page.goto(f"{server.base}/tasks?view=today")
            await other.page.get_by_role("textbox", name="Add a task").wait_for()
            shown = [await _until_seen(chat, other, number) for number in range(_ROUNDS)]
    return [
        Figure(f"message saved to the first text, {_TASKS:,} tasks", "ms", saved, 50),
        Figure("the same, the slowest twentieth", "ms", [percentile(saved, 0.95)]),
        Figure("Enter to the new task on another device's page", "ms", shown, 300),
    ]


async def _fill(user_id: str) -> None:
    chance, now = random.Random(3), clock.now()  # noqa: S311 - no secret
    rows = [
        Task(
            user_id=user_id,
            number=number,
            title=f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} {number}",
            due_on=(now + timedelta(days=chance.randint(-30, 300))).date() if chance.random() < 0.6 else None,
            position=float(number),
        ).model_dump()
        for number in range(1, _TASKS + 1)
    ]
    async with database.write() as session:
        await session.execute(insert(Task), rows)
        session.add(Counter(user_id=user_id, kind="task", last=_TASKS))


def _script(rounds: int) -> list[str]:
    return [said.format(number=100 + number) for number in range(rounds) for said in _SAID]


async def _first_text(user_id: str, conversation_id: str, said: str) -> float:
    """Return the milliseconds from the stored message to the first text of the answer."""
    asked = await talk.ask(user_id=user_id, conversation_id=conversation_id, text=said, model="builtin")
    started = time.perf_counter()
    run = runs.find(user_id=user_id, conversation_id=asked.conversation_id)
    assert run is not None
    with bus.subscribe(user_id) as changes:
        while not run.text and run.status == "running":
            await changes.changes()
    taken = (time.perf_counter() - started) * 1000
    await runs.idle()
    assert run.text, said
    return taken


async def _until_seen(chat: "object", other: "object", number: int) -> float:
    title = f"paint the fence blue {number}"
    seen = other.page.get_by_text(title, exact=True)  # type: ignore[attr-defined]
    await chat.page.get_by_role("textbox", name="Message").fill(f"add task {title} today")  # type: ignore[attr-defined]
    started = time.perf_counter()
    await chat.page.keyboard.press("Enter")  # type: ignore[attr-defined]
    await seen.first.wait_for()
    taken = (time.perf_counter() - started) * 1000
    await chat.answered(seconds=20)  # type: ignore[attr-defined]
    return taken


if __name__ == "__main__":
    run_alone(measure)
