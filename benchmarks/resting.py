"""The server by itself: how soon it is there, and how much memory it takes at rest.

python -m benchmarks.resting
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import stage
from benchmarks.figures import Figure, run_alone
from benchmarks.stage import Provider
from benchmarks.tab import chromium, tab
from benchmarks.text import markdown

_RUNS, _MEMORY_RUNS = 7, 3
_SETTLE_SECONDS = 6.0
_MODEL = "tokens-2000-200"


@dataclass(frozen=True)
class Memory:
    """Proportional and resident memory in MiB, after a tab was used for a while."""

    pss: float
    rss: float


async def measure() -> Sequence[Figure]:
    """Start the server often, and use it a little."""
    starts = [await _start() for _ in range(_RUNS + 1)][1:]
    idle = [await _use("builtin", None) for _ in range(_MEMORY_RUNS)]
    async with stage.provider(text=markdown(2_000)) as provider:
        streamed = [await _use(_MODEL, provider) for _ in range(_MEMORY_RUNS)]
    return [
        Figure("cold start until /readyz answers", "s", [ready for ready, _ in starts], 1.3),
        Figure("cold start until the address is printed", "s", [printed for _, printed in starts]),
        Figure("memory with the built-in model, after a tab was used", "MiB", [one.pss for one in idle], 145),
        Figure("the same, resident", "MiB", [one.rss for one in idle]),
        Figure("memory after 2,000 tokens through LiteLLM", "MiB", [one.pss for one in streamed], 320),
        Figure("the same, resident", "MiB", [one.rss for one in streamed]),
    ]


async def _start() -> tuple[float, float]:
    async with stage.data_folder() as data, stage.steward(data) as server:
        return server.ready_seconds, server.printed_seconds


async def _use(model: str, provider: Provider | None) -> Memory:
    async with stage.data_folder() as data:
        guest = await stage.invite([model])
        async with stage.steward(data, served_by=provider) as server:
            async with chromium() as browser, tab(browser, server, guest) as page:
                await page.page.goto(f"{server.base}/c/{guest.conversation_ids[0]}")
                await page.page.evaluate("() => window.__notes.usable")
                await page.ask("What time is it in Tokyo?")
                await page.answered(seconds=60)
            await asyncio.sleep(_SETTLE_SECONDS)
            return Memory(*server.memory_mib())


if __name__ == "__main__":
    run_alone(measure)
