"""Long answers in one tab: how far the page is behind at the end, what it costs the browser, and the bytes it takes.

python -m benchmarks.streaming                  all of the table
python -m benchmarks.streaming 2000 200 3       tokens, tokens a second (0: as fast as they are taken), runs
"""

import dataclasses
import functools
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.async_api import Browser

from assistant_app.services import threads
from benchmarks import stage
from benchmarks.figures import Figure, run_alone
from benchmarks.stage import Guest, Provider, Steward
from benchmarks.tab import Tab, chromium, tab
from benchmarks.text import markdown

_FRAME_BYTES = 200
_MOST_FRAMES_A_SECOND = 20.0


@dataclass(frozen=True)
class Case:
    """Answers of one kind, and what is asked of them: milliseconds behind, seconds of work, milliseconds at once."""

    tokens: int
    rate: int
    runs: int
    lag: float | None = None
    work: float | None = None
    task: float | None = None

    @property
    def model(self) -> str:
        """The name by which the provider knows what to do."""
        return f"tokens-{self.tokens}-{self.rate}"

    @property
    def name(self) -> str:
        """How the table calls it."""
        return f"{self.tokens:,} tokens " + (f"at {self.rate}/s" if self.rate else "at full speed")


CASES = (
    Case(2_000, 200, 5, lag=28, work=2),
    Case(8_000, 200, 3, lag=50, work=8, task=50),
    Case(8_000, 0, 5, lag=500),
)


@dataclass(frozen=True)
class Run:
    """What one answer took: milliseconds, seconds of work, bytes."""

    lag: float
    painted_lag: float
    seconds: float
    work: float
    longest_task: float
    server_cpu: float
    socket_bytes: int
    frames: int
    frames_at_most: int


@dataclass(frozen=True)
class Place:
    """Where the answers of one case are streamed."""

    browser: Browser
    server: Steward
    provider: Provider
    guest: Guest
    text: str

    async def stream(self, index: int) -> Run:
        """Ask in one conversation, in a tab of its own, and read what the answer took."""
        conversation_id = self.guest.conversation_ids[index]
        async with tab(self.browser, self.server, self.guest) as page:
            await page.page.goto(f"{self.server.base}/c/{conversation_id}")
            await page.page.evaluate("() => window.__notes.usable")
            await page.page.wait_for_timeout(500)
            page.traffic.reset()
            work, cpu = await page.main_thread_seconds(), self.server.cpu_seconds()
            await page.ask("Tell me everything.")
            await page.answered(seconds=120)
            work, cpu = await page.main_thread_seconds() - work, self.server.cpu_seconds() - cpu
            await self._require_whole(conversation_id)
            return await self._read(page, conversation_id, work=work, cpu=cpu)

    async def _require_whole(self, conversation_id: str) -> None:
        thread = await threads.open_thread(user_id=self.guest.user_id, conversation_id=conversation_id)
        kept = thread.messages[-1]
        if kept.status != "complete" or not self.text.startswith(kept.text):
            raise AssertionError(f"the answer is not what the provider sent: {kept.status}, {kept.error}")

    async def _read(self, page: Tab, conversation_id: str, *, work: float, cpu: float) -> Run:
        notes, request = await page.notes(), await self.provider.request_of(conversation_id)
        last_byte = request["finished"] * 1000
        length = notes["growth"][-1][0]
        _, shown, painted = next(entry for entry in notes["growth"] if entry[0] == length)
        return Run(
            lag=shown - last_byte,
            painted_lag=painted - last_byte,
            seconds=request["finished"] - request["first_byte"],
            work=work,
            longest_task=notes["longest"],
            server_cpu=cpu,
            socket_bytes=page.traffic.socket_bytes,
            frames=len(page.traffic.frames),
            frames_at_most=page.traffic.most_frames_in_a_second,
        )


async def measure(cases: Sequence[Case] = CASES, *, text: str = "") -> Sequence[Figure]:
    """Stream the answers of each case; a short one before them warms everything up."""
    figures: list[Figure] = []
    text = text or markdown(max(case.tokens for case in cases))
    for case in cases:
        async with stage.data_folder() as data, stage.provider(text=text) as provider, chromium() as browser:
            guest = await stage.invite(["tokens-50-200", *[case.model] * case.runs])
            async with stage.steward(data, served_by=provider) as server:
                place = Place(browser, server, provider, guest, text)
                await place.stream(0)
                runs = [await place.stream(index) for index in range(1, case.runs + 1)]
        figures += _figures(case, runs, size=_size(text, case.tokens))
    return figures


def _size(text: str, tokens: int) -> int:
    return len("".join(re.findall(r"\S+\s*|\s+", text)[:tokens]).encode())


def _figures(case: Case, runs: Sequence[Run], *, size: int) -> list[Figure]:
    allowed = [size + _FRAME_BYTES * run.frames for run in runs]
    kib = f"{size / 1024:.1f} KiB of text, {min(run.frames for run in runs)} - {max(run.frames for run in runs)} frames"
    figure = functools.partial(Figure, load=Figure("", "", [0]).load)
    return [
        figure(f"{case.name}: lag at the end", "ms", [run.lag for run in runs], case.lag),
        figure(f"{case.name}: the same until it was painted", "ms", [run.painted_lag for run in runs]),
        figure(f"{case.name}: main thread", "s", [run.work for run in runs], case.work),
        figure(f"{case.name}: longest task", "ms", [run.longest_task for run in runs], case.task, "0: none over 50 ms"),
        figure(
            f"{case.name}: websocket payload",
            "KiB",
            [run.socket_bytes / 1024 for run in runs],
            sum(allowed) / len(allowed) / 1024,
            kib,
        ),
        figure(
            f"{case.name}: frames a second",
            "",
            [run.frames / max(run.seconds, 1) for run in runs],
            _MOST_FRAMES_A_SECOND,
            f"at most {max(run.frames_at_most for run in runs)} within one second",
        ),
        figure(f"{case.name}: server's CPU", "s", [run.server_cpu for run in runs]),
    ]


def _cases(arguments: Sequence[str]) -> Sequence[Case]:
    if not arguments:
        return CASES
    tokens, rate, runs = map(int, arguments)
    known = next((case for case in CASES if (case.tokens, case.rate) == (tokens, rate)), Case(tokens, rate, runs))
    return [dataclasses.replace(known, runs=runs)]


if __name__ == "__main__":
    run_alone(functools.partial(measure, _cases(sys.argv[1:])))
