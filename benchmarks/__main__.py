"""All measurements, one after the other: `python -m benchmarks`; takes some ten minutes."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Sequence

from benchmarks import acting, clients, first_load, initiative, latency, opening, resting, streaming
from benchmarks.figures import Figure, machine, table

_ALL: tuple[Callable[[], Awaitable[Sequence[Figure]]], ...] = (
    resting.measure,
    first_load.measure,
    latency.measure,
    acting.measure,
    initiative.measure,
    streaming.measure,
    clients.measure,
    functools.partial(clients.measure, one_person=True),
    opening.measure,
)


async def main() -> None:
    """Print a table of each as soon as it is there."""
    print(machine(), flush=True)
    for measure in _ALL:
        print("\n" + table(await measure()), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
