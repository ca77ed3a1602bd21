"""What the assistant does by itself: a thousand schedules due in the same minute while somebody chats, and the rest.

python -m benchmarks.initiative
"""

import asyncio
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import aiohttp
from sqlalchemy import func, insert, select, update
from sqlmodel import col

from assistant_app import clock
from assistant_app.models import Event, InboxItem, Occurrence, Schedule, Task, User
from assistant_app.repositories import database
from benchmarks import stage
from benchmarks.clients import Client
from benchmarks.figures import Figure, percentile, run_alone

_USERS, _EACH, _TASKS = 200, 5, 10
_KINDS = ("summary", "review")
_ROUNDS, _QUESTIONS = 3, 25
_IDLE_SECONDS = 60.0
_SETTLE_SECONDS = 8.0
_WITHIN = 60.0
_PAUSE = 0.1
_Round = tuple[list[float], list[float], float]
"""The milliseconds until the first text without and with the schedules, and the seconds until all was delivered."""


async def measure() -> Sequence[Figure]:
    """Have all schedules come due at once, several times, and watch the server rest before."""
    figures: list[Figure] = []
    for people, each in ((_USERS, _EACH), (_USERS * _EACH, 1)):
        async with stage.data_folder() as data:
            guest = await stage.invite(["builtin"], login="talker")
            await _fill(people, each)
            async with stage.steward(data) as server, aiohttp.ClientSession() as session:
                await asyncio.sleep(_SETTLE_SECONDS)
                if not figures:
                    figures.append(await _idle(server))
                client = Client(session, server, guest, guest.conversation_ids[0])
                await client.open()
                await _ask(client, _QUESTIONS)
                rounds = [await _round(client, number) for number in range(_ROUNDS)]
                await client.close()
        figures += _told(f"{people * each:,} schedules of {people:,} people", rounds)
    return figures


async def _idle(server: stage.Steward) -> Figure:
    before = server.cpu_seconds()
    await asyncio.sleep(_IDLE_SECONDS)
    idle = (server.cpu_seconds() - before) / _IDLE_SECONDS * 100
    return Figure("the whole server's CPU at rest, over a minute", "%", [idle], 0.5)


def _told(what: str, rounds: Sequence[_Round]) -> list[Figure]:
    quiet, busy, delivered = zip(*rounds, strict=True)
    added = [percentile(b, 0.95) - percentile(q, 0.95) for q, b in zip(quiet, busy, strict=True)]
    return [
        Figure(f"{what} due at once: all delivered", "s", delivered, 10),
        Figure("the built-in model's first text meanwhile, p95", "ms", [percentile(one, 0.95) for one in busy]),
        Figure("the same without, p95", "ms", [percentile(one, 0.95) for one in quiet]),
        Figure("added at p95", "ms", added, 100),
    ]


async def _round(client: Client, number: int) -> _Round:
    quiet = await _ask(client, _QUESTIONS)
    due_at = clock.now()
    async with database.write() as session:
        await session.execute(update(Schedule).values(next_at=due_at))
    wanted = (number + 1) * _USERS * _EACH
    delivering = asyncio.create_task(_until_delivered(wanted, due_at))
    busy: list[float] = []
    while not delivering.done():
        busy += await _ask(client, 1)
    seconds = await delivering
    assert await _count(InboxItem) == wanted
    return quiet, busy, seconds


async def _ask(client: Client, count: int) -> list[float]:
    """Ask something some times; return the milliseconds until the first text each time."""
    taken: list[float] = []
    for _ in range(count):
        await client.ask("what time is it in Tokyo?")
        taken.append((client.first_text - client.sent) * 1000)
        await asyncio.sleep(_PAUSE)
    return taken


async def _until_delivered(wanted: int, due_at: datetime) -> float:
    """Return the seconds from the due moment until as many runs are delivered, by their own receipts."""
    started = time.perf_counter()
    while time.perf_counter() - started < _WITHIN:
        await asyncio.sleep(0.5)
        async with database.read() as session:
            query = select(func.count(), func.max(col(Occurrence.delivered_at)))
            count, last = (await session.execute(query.where(col(Occurrence.state) == "ok"))).one()
        if last is not None and count >= wanted:
            return (last - due_at).total_seconds()
    raise TimeoutError("not everything was delivered")


async def _count(table: type[InboxItem]) -> int:
    async with database.read() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def _fill(people: int, each: int) -> None:
    """Store people who each have something to do and some schedules that come tomorrow."""
    chance, now = random.Random(4), clock.now()  # noqa: S311 - no secret
    users = [User(login=f"user{number}", name=f"User {number}", password_hash="-") for number in range(people)]
    owned = [(user.id, number) for user in users for number in range(1, _TASKS + 1)]
    tasks = [
        Task(
            user_id=user_id,
            number=number,
            title=f"task {number}",
            due_on=(now + timedelta(days=chance.randint(-3, 3))).date(),
            position=float(number),
        )
        for user_id, number in owned
    ] + [Task(user_id=user.id, number=0, title="today", due_on=now.date(), position=0.0) for user in users]
    events = [
        Event(
            user_id=user.id,
            number=1,
            title="lunch",
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            zone="UTC",
            uid=user.id,
        )
        for user in users
    ]
    schedules = [
        Schedule(
            user_id=user.id,
            kind=_KINDS[number % len(_KINDS)],
            title=f"Schedule {number}",
            repeat="FREQ=DAILY",
            starts=(now - timedelta(hours=1)).replace(tzinfo=None, microsecond=0),
            zone="UTC",
            next_at=now + timedelta(days=1, hours=-1),
        )
        for user in users
        for number in range(each)
    ]
    async with database.write() as session:
        for table, rows in ((User, users), (Task, tasks), (Event, events), (Schedule, schedules)):
            await session.execute(insert(table), [row.model_dump() for row in rows])


if __name__ == "__main__":
    run_alone(measure)
