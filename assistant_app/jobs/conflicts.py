"""Looks for conflicts when tasks or events have changed: soon after, and beside what the change was part of."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence

import structlog

from assistant_app.services import conflicts, ledger
from assistant_app.services.ledger import Change

_SECONDS = 0.5  # The answer or the page that the change belongs to goes first, and what comes in a row is seen at once.
_TABLES = ("task", "event")
_log = structlog.get_logger("steward.jobs")


class Watch:
    """Which objects of whom have changed and were not looked at yet."""

    def __init__(self) -> None:
        """Start with nothing changed."""
        self._changed: defaultdict[str, set[str]] = defaultdict(set)
        self._wake = asyncio.Event()

    def note(self, user_id: str, changes: Sequence[Change]) -> None:
        """Note what one step of the ledger changed."""
        if ids := {change.id for change in changes if change.table in _TABLES}:
            self._changed[user_id] |= ids
            self._wake.set()

    async def follow(self, *, seconds: float = _SECONDS) -> None:
        """Look at what changes, each time after so many seconds, for ever."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(seconds)
            await self.look()

    async def look(self) -> None:
        """Look at all that has changed until now."""
        self._wake.clear()
        changed, self._changed = self._changed, defaultdict(set)
        for user_id, ids in changed.items():
            try:
                await conflicts.check(user_id=user_id, changed=ids)
            except Exception:  # noqa: BLE001 - what breaks for one user must not keep the others from theirs
                _log.exception("conflicts_failed", user_id=user_id)


@contextlib.asynccontextmanager
async def watching_conflicts() -> AsyncGenerator[None]:
    """Bring conflicts as they arise for as long as the context lasts."""
    watch = Watch()
    with ledger.listening(watch.note):
        following = asyncio.create_task(watch.follow())
        try:
            yield
        finally:
            following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await following
