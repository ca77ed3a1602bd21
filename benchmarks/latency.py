"""From Enter to the provider's request, and from the provider's first byte to text on the page.

python -m benchmarks.latency
"""

from collections.abc import Sequence

from benchmarks import stage
from benchmarks.figures import Figure, run_alone
from benchmarks.stage import Guest, Provider
from benchmarks.tab import Tab, chromium, tab
from benchmarks.text import markdown

_MODEL = "tokens-30-100"
_WARM_UP, _RUNS = 2, 15


async def measure() -> Sequence[Figure]:
    """Ask short questions in one conversation, one after the other."""
    async with (
        stage.data_folder() as data,
        stage.provider(text=markdown(200)) as provider,
        chromium() as browser,
    ):
        guest = await stage.invite([_MODEL])
        async with stage.steward(data, served_by=provider) as server, tab(browser, server, guest) as page:
            await page.page.goto(f"{server.base}/c/{guest.conversation_ids[0]}")
            await page.page.evaluate("() => window.__notes.usable")
            times = [await _ask(page, provider, guest, number) for number in range(_WARM_UP + _RUNS)][_WARM_UP:]
    asked, shown, painted = zip(*times, strict=True)
    return [
        Figure("Enter to the provider's request", "ms", asked, 13),
        Figure("provider's first byte to text on the page", "ms", shown),
        Figure("the same until it was painted", "ms", painted, 30),
    ]


async def _ask(page: Tab, provider: Provider, guest: Guest, number: int) -> tuple[float, float, float]:
    await page.ask(f"Question {number}?")
    await page.answered(seconds=20)
    notes = await page.notes()
    request = await provider.request_of(guest.conversation_ids[0], number=number)
    _length, shown, painted = notes["growth"][0]
    first = request["first_byte"] * 1000
    return request["arrived"] * 1000 - notes["entered"], shown - first, painted - first


if __name__ == "__main__":
    run_alone(measure)
