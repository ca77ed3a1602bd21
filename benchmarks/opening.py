"""Opening long conversations, and the list and the search among many, in the browser.

python -m benchmarks.opening
"""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy import insert

from assistant_app.models import Conversation, Message
from assistant_app.repositories import database
from assistant_app.services import conversations, search
from benchmarks import make_data, stage
from benchmarks.figures import Figure, run_alone
from benchmarks.stage import Steward
from benchmarks.tab import Tab, chromium, tab

_RUNS = 7
_TARGETS = {500: 300.0, 2_000: 350.0}
_CONVERSATIONS, _MESSAGES = 10_000, 100_000
# Frequent, middling and rare words, and parts of them.
_QUERIES = ("the", "umbrella", "cafe", "um", "bakido", "kemiru da", "nothinglikethis")

_LAST_IN_SIGHT = """(id) => {
    const message = document.querySelector(`[data-message-id="${id}"]`);
    if (!message?.querySelector(".md")?.textContent) return false;
    const place = message.getBoundingClientRect();
    return place.bottom > 0 && place.top < innerHeight;
}"""
_MORE_LISTED = """(count) => document.querySelectorAll(".side-link").length > count"""
_FOUND = """() => document.querySelector(".search-results")?.childElementCount > 0"""


async def measure() -> Sequence[Figure]:
    """Fill a database as years of use do, then click and type."""
    async with stage.data_folder() as data:
        user_id = await make_data.fill(login="bench", count=_CONVERSATIONS, total=_MESSAGES, long=0, seed=1)
        guest = await stage.invite([], user_id=user_id)
        last_ids = {length: await _add_long(user_id, length) for length in _TARGETS}
        services = await _time_services(user_id)
        async with stage.steward(data) as server, chromium() as browser, tab(browser, server, guest) as page:
            opened = {length: await _open(page, server, length, last_id) for length, last_id in last_ids.items()}
            listed = await _list(page, server)
            found = await _search(page)
    return [
        *(
            Figure(f"opening a conversation of {length:,} messages, from the click", "ms", opened[length], target)
            for length, target in _TARGETS.items()
        ),
        Figure("sidebar among 10,000 conversations, from the event to the next 40 painted", "ms", listed, 100),
        Figure("search in 100,000 messages, from the event to results painted", "ms", found, 100),
        *services,
    ]


async def _add_long(user_id: str, length: int) -> str:
    """Add a conversation at the top of the list, and return the id of its last message."""
    kept, rows = make_data.make_conversation(
        make_data.Writer(length), user_id=user_id, size=length, age=timedelta(hours=1)
    )
    kept |= {"title": _title(length), "pinned_at": None}
    kept["touched_at"] += timedelta(hours=1)
    async with database.write() as session:
        await session.execute(insert(Conversation), [kept])
        await session.execute(insert(Message), rows)
    return str(kept["leaf_id"])


def _title(length: int) -> str:
    return f"With {length} messages"


async def _arrive(page: Tab, server: Steward) -> None:
    await page.page.goto(server.base)
    await page.page.evaluate("() => window.__notes.usable")
    await page.page.wait_for_timeout(300)


async def _painted(page: Tab, look: str, argument: object, do: Callable[[], Awaitable[None]]) -> float:
    """Do something, and return when what `look` looks for has been painted."""
    # The promise is kept in the page, so that it is there before anything happens.
    await page.page.evaluate(
        f"(argument) => {{ window.__painted = window.__notes.when(() => ({look})(argument)); }}", argument
    )
    await do()
    _, painted = await page.page.evaluate("() => window.__painted")
    return float(painted)


async def _sent(page: Tab) -> float:
    """Return when the newest event left for the server."""
    notes = await page.notes()
    return float(next(at for at, data in reversed(notes["sent"]) if '"name"' in data))


async def _open(page: Tab, server: Steward, length: int, last_id: str) -> list[float]:
    times: list[float] = []
    for _ in range(_RUNS + 1):
        await _arrive(page, server)
        link = page.page.get_by_role("link", name=_title(length))
        painted = await _painted(page, _LAST_IN_SIGHT, last_id, link.click)
        times.append(painted - (await page.notes())["clicked"])
    return times[1:]


async def _list(page: Tab, server: Steward) -> list[float]:
    times: list[float] = []
    for _ in range(_RUNS + 1):
        await _arrive(page, server)
        count = await page.page.locator(".side-link").count()
        more = page.page.get_by_role("button", name="Show more")
        painted = await _painted(page, _MORE_LISTED, count, more.click)
        times.append(painted - await _sent(page))
    return times[1:]


async def _search(page: Tab) -> list[float]:
    await page.page.get_by_role("button", name="Search").click()
    field = page.page.get_by_role("searchbox", name="Search titles and messages")
    times: list[float] = []
    for query in _QUERIES[:1] + _QUERIES:
        await field.fill("")
        await page.page.wait_for_timeout(600)
        painted = await _painted(page, _FOUND, None, lambda query=query: field.fill(query))
        times.append(painted - await _sent(page))
    return times[1:]


async def _time_services(user_id: str) -> list[Figure]:
    """Time what the list and the search cost without page and network."""

    async def take(work: Callable[[], Awaitable[object]]) -> float:
        await work()
        times: list[float] = []
        for _ in range(_RUNS):
            start = time.perf_counter()
            await work()
            times.append((time.perf_counter() - start) * 1000)
        return statistics.median(times)

    listed = await take(lambda: conversations.list_conversations(user_id=user_id))
    searched = [await take(lambda query=query: search.search(user_id=user_id, query=query)) for query in _QUERIES]
    return [
        Figure("the list without page and network", "ms", [listed]),
        Figure("the search without page and network", "ms", searched, note="each of the words"),
    ]


if __name__ == "__main__":
    run_alone(measure)
