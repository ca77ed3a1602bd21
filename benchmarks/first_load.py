"""The first visit with an empty cache: bytes over the network, and the time until one can write.

python -m benchmarks.first_load
"""

from collections.abc import Sequence

from playwright.async_api import Browser

from benchmarks import stage
from benchmarks.figures import Figure, run_alone
from benchmarks.stage import Guest, Steward
from benchmarks.tab import chromium, tab

_RUNS = 9


async def measure() -> Sequence[Figure]:
    """Open the page again and again, each time as if for the first."""
    async with stage.data_folder() as data, chromium() as browser:
        guest = await stage.invite(["builtin"] * 5)
        async with stage.steward(data) as server:
            visits = [await _visit(browser, server, guest) for _ in range(_RUNS + 1)][1:]
    sizes, requests, sockets, times, painted = zip(*visits, strict=True)
    return [
        Figure("first load over the network", "KiB", sizes, 500, f"{requests[0]} requests"),
        Figure("websocket payload of the first load", "KiB", sockets),
        Figure("page open to usable, empty cache", "ms", times, 350),
        Figure("the same until it was painted", "ms", painted),
    ]


async def _visit(browser: Browser, server: Steward, guest: Guest) -> tuple[float, int, float, float, float]:
    async with tab(browser, server, guest) as page:
        await page.page.goto(server.base)
        # Usable: the composer takes text, and the sidebar has its list. Measured from the beginning of the navigation.
        usable = "() => window.__notes.usable.then((times) => times.map((time) => time - performance.timeOrigin))"
        shown, painted = await page.page.evaluate(usable)
        await page.page.wait_for_timeout(1_500)
        traffic = page.traffic
        return traffic.http_bytes / 1024, traffic.requests, traffic.socket_bytes / 1024, shown, painted


if __name__ == "__main__":
    run_alone(measure)
