"""Which of several processes runs the jobs: the one that holds the database, until it ends or loses it."""

import asyncio

from assistant_app.repositories import database
from assistant_app.repositories.holding import Hold, hold_of
from assistant_app.services import occurrences


class Duty:
    """Whether it is this process; `held` is what was found at the last look."""

    def __init__(self, hold: Hold | None = None) -> None:
        """Begin without it."""
        self._hold = hold or hold_of(database.current())
        self._asking = asyncio.Lock()
        self.held = False

    async def keep(self) -> bool:
        """Take it if it is free, and tell whether it is ours; who takes it takes over what the last one left."""
        async with self._asking:
            before, self.held = self.held, await self._hold.keep()
            if self.held and not before:
                await occurrences.take_over()
        return self.held

    async def leave(self) -> None:
        """Let another process have it."""
        async with self._asking:
            self.held = False
            await self._hold.leave()
