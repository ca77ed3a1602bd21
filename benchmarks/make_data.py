"""Fills a database with conversations for one user, to measure lists and search at a size that years of use make.

    python benchmarks/make_data.py --url sqlite:////tmp/big.db --conversations 10000 --messages 100000 --long 2000

makes the account `--login` if there is none, and adds one conversation of `--long` messages beside the others.
With `--measure` it then times what the sidebar, search and opening a conversation cost, without a browser.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, text

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models import Conversation, Message, User
from assistant_app.repositories import database, migrations
from assistant_app.services import conversations, messages, search, threads

_BATCH = 5_000
_SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru"


def make_words(count: int, rng: random.Random) -> list[str]:
    """Return a vocabulary; the first ones shall be used most."""
    syllables = _SYLLABLES.split()
    plain = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(count)]
    return ["the", "and", "umbrella", "café", *plain]


class Writer:
    """Makes sentences in which few words are frequent and most are rare, as in any language."""

    def __init__(self, seed: int) -> None:
        """Choose the vocabulary."""
        self.rng = random.Random(seed)  # noqa: S311 - data to measure with, not secrets
        self._words = make_words(20_000, self.rng)
        weights = [1 / rank for rank in range(1, len(self._words) + 1)]
        self._pool = self.rng.choices(self._words, weights, k=500_000)

    def text(self, words: int) -> str:
        """Return that many words."""
        at = self.rng.randrange(len(self._pool) - words)
        return " ".join(self._pool[at : at + words])


def make_conversation(
    writer: Writer, *, user_id: str, size: int, age: timedelta
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the columns of a conversation and of its messages, questions and answers in turn."""
    at = clock.now() - age
    conversation_id, parent_id = new_id("con"), None
    rows: list[dict[str, Any]] = []
    for number in range(size):
        role = "assistant" if number % 2 else "user"
        message_id = new_id("msg")
        words = writer.rng.randint(30, 150) if number % 2 else writer.rng.randint(5, 40)
        rows.append(
            {
                "id": message_id,
                "user_id": user_id,
                "conversation_id": conversation_id,
                "parent_id": parent_id,
                "role": role,
                "text": writer.text(words),
                "created_at": at + timedelta(seconds=number),
            }
        )
        parent_id = message_id
    kept = {
        "id": conversation_id,
        "user_id": user_id,
        "title": writer.text(5),
        "title_by": "model",
        "model": "builtin",
        "leaf_id": parent_id,
        "created_at": at,
        "touched_at": at,
        "answered_at": at,
        "read_at": at,
        "pinned_at": at if writer.rng.random() < 0.001 else None,
    }
    return kept, rows


async def fill(*, login: str, count: int, total: int, long: int, seed: int) -> str:
    """Write everything, and return the user's id."""
    async with database.write() as session:
        user = await session.scalar(select(User).where(User.login == login))  # pyright: ignore[reportArgumentType] - SQLModel types columns as their values
        if user is None:
            user = User(login=login, name=login.title(), password_hash="-")
            session.add(user)
    writer = Writer(seed)
    sizes = [max(2, round(total / count))] * count + ([long] if long else [])
    kept: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number, size in enumerate(sizes):
        age = timedelta(minutes=37 * (len(sizes) - number))
        conversation, tree = make_conversation(writer, user_id=user.id, size=size, age=age)
        kept.append(conversation)
        rows += tree
        if len(rows) >= _BATCH or number == len(sizes) - 1:
            async with database.write() as session:
                await session.execute(insert(Conversation), kept)
                await session.execute(insert(Message), rows)
            kept, rows = [], []
    async with database.write() as session:
        await session.execute(text("ANALYZE"))
    return user.id


async def measure(user_id: str) -> None:
    """Print what the services take, each ten times after a first one that is not counted."""
    newest = await conversations.list_conversations(user_id=user_id)
    cursor = newest[-1].cursor
    long_id = next(row.id for row in newest if not row.pinned)
    thread = await threads.open_thread(user_id=user_id, conversation_id=long_id)
    works: dict[str, Callable[[], Awaitable[object]]] = {
        "list, first page": lambda: conversations.list_conversations(user_id=user_id),
        "list, second page": lambda: conversations.list_conversations(user_id=user_id, after=cursor),
        "list, trash": lambda: conversations.list_conversations(user_id=user_id, trash=True),
        "open the newest conversation": lambda: threads.open_thread(user_id=user_id, conversation_id=long_id),
        "its earlier messages": lambda: threads.open_thread(
            user_id=user_id, conversation_id=long_id, before_message_id=thread.messages[0].id
        ),
        "jump to a message in it": lambda: threads.open_thread(
            user_id=user_id, conversation_id=long_id, around_message_id=thread.messages[0].id
        ),
        "history for the model": lambda: messages.history_for_model(user_id=user_id, message_id=thread.messages[-1].id),
    }
    for query in ("t", "the", "um", "umbrella", "cafe", "the umbrella caf", "bakido", "kemiru da", "nothinglikethis"):
        works[f"search {query!r}"] = lambda query=query: search.search(user_id=user_id, query=query)
    for name, work in works.items():
        await work()
        took: list[float] = []
        for _ in range(10):
            start = time.perf_counter()
            await work()
            took.append((time.perf_counter() - start) * 1000)
        print(f"{name:32} {statistics.median(took):8.1f} ms   worst {max(took):8.1f} ms")


async def run(options: argparse.Namespace) -> None:
    """Do what the command line says."""
    opened = database.open_database(options.url)
    try:
        await migrations.migrate(opened)
        if options.only_measure:
            await measure(options.only_measure)
            return
        start = time.perf_counter()
        user_id = await fill(
            login=options.login,
            count=options.conversations,
            total=options.messages,
            long=options.long,
            seed=options.seed,
        )
        print(f"filled in {time.perf_counter() - start:.1f} s, for {user_id}")
        if options.measure:
            await measure(user_id)
    finally:
        await database.close_database()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="sqlite:////path or postgresql://user@host/name")
    parser.add_argument("--login", default="bench")
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--long", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--only-measure", metavar="USER_ID", help="a user of a database that is filled already")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
