"""A signed-in tab of a real Chromium that notes when things happen in it."""

import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from benchmarks.figures import CHROMIUM
from benchmarks.stage import Guest, Steward

_NOTES = Path(__file__).with_name("tab.js")
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


@dataclass
class Traffic:
    """What came over the network since it was last reset."""

    frames: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    http_bytes: int = 0
    requests: int = 0
    compressed_socket: bool = False

    @property
    def socket_bytes(self) -> int:
        """Bytes of all frames of websockets, as the page gets them."""
        return sum(size for _, size in self.frames)

    @property
    def most_frames_in_a_second(self) -> int:
        """The largest number of frames within any second."""
        times = [time for time, _ in self.frames]
        return max((sum(start <= time < start + 1 for time in times) for start in times), default=0)

    def reset(self) -> None:
        """Count from nothing again."""
        self.frames.clear()
        self.http_bytes = self.requests = 0


@dataclass
class Tab:
    """A page, what the browser says of it, and its traffic."""

    page: Page
    cdp: CDPSession
    traffic: Traffic
    answers: int = 0

    async def notes(self) -> dict[str, Any]:
        """Return what the page noted so far."""
        return await self.page.evaluate(
            "() => { const { entered, clicked, sent, longest, long, growth } = window.__notes;"
            " return { entered, clicked, sent, longest, long, growth }; }"
        )

    async def main_thread_seconds(self) -> float:
        """Return how long the page's main thread has worked so far."""
        answer = cast("dict[str, Any]", await self.cdp.send("Performance.getMetrics"))
        return next(float(one["value"]) for one in answer["metrics"] if one["name"] == "TaskDuration")

    async def ask(self, text: str) -> None:
        """Type a question, have the page watch for its answer, and press Enter."""
        field = self.page.get_by_role("textbox", name="Message")
        await field.fill(text)
        self.answers = await self.page.locator("[data-role=assistant]").count() + 1
        await self.page.evaluate("(count) => window.__notes.watchAnswers(count)", self.answers)
        await field.press("Enter")

    async def answered(self, *, seconds: float) -> None:
        """Wait until the answer is whole, and everything that follows from that is done."""
        # Only a message that has ended has tools under it.
        newest = self.page.locator("[data-role=assistant]").nth(self.answers - 1)
        await newest.get_by_role("button", name="Copy answer").wait_for(timeout=seconds * 1000)
        await self.page.wait_for_timeout(700)


@contextlib.asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Start the browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *_QUIET]
        )
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def tab(browser: Browser, server: Steward, guest: Guest) -> AsyncGenerator[Tab]:
    """Open an empty tab with an empty cache, signed in."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies([{"name": server.cookie, "value": guest.token, "url": server.base}])
    await context.add_init_script(path=_NOTES)
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    traffic = Traffic()
    _count(cdp, traffic)
    await cdp.send("Network.enable")
    await cdp.send("Performance.enable")
    page.on("pageerror", lambda error: print("  page:", str(error)[:300]))
    try:
        yield Tab(page, cdp, traffic)
    finally:
        await context.close()


def _count(cdp: CDPSession, traffic: Traffic) -> None:
    def frame(event: dict[str, Any]) -> None:
        traffic.frames.append((event["timestamp"], len(event["response"]["payloadData"].encode())))

    def finished(event: dict[str, Any]) -> None:
        traffic.http_bytes += int(event["encodedDataLength"])
        traffic.requests += 1

    def shaken(event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        traffic.compressed_socket = "permessage-deflate" in headers.get("sec-websocket-extensions", "")

    cdp.on("Network.webSocketFrameReceived", frame)
    cdp.on("Network.loadingFinished", finished)
    cdp.on("Network.webSocketHandshakeResponseReceived", shaken)
