"""Looks at the clock each second, and at the database only when something is due or has changed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from assistant_app import bus, clock

# In any case, and for what could not be done.
NET_SECONDS = 30.0
_log = structlog.get_logger("steward.jobs")


class Watch:
    """Does work when its next moment has come, when a topic or its `stamp` changed, and now and then in any case.

    The next moment is after what is due already: what could not be done is tried again now and then.
    """

    def __init__(
        self,
        changes: bus.Subscription,
        *,
        topics: frozenset[str],
        work: Callable[[datetime], Awaitable[int]],
        next_due: Callable[[datetime], Awaitable[datetime | None]],
        stamp: Callable[[], object],
    ) -> None:
        """Begin with a look at the first tick."""
        self._changes = changes
        self._topics = topics
        self._work = work
        self._next_due = next_due
        self._stamp = stamp
        self._seen: object = None
        self._next_at: datetime | None = None
        self._net = clock.monotonic()

    def look_soon(self) -> None:
        """Look at the next tick: what is known of the next moment may be old."""
        self._net = clock.monotonic()

    def is_due(self, now: datetime) -> bool:
        """Tell whether there may be something to do."""
        before, self._seen = self._seen, self._stamp()
        changed = not self._topics.isdisjoint(self._changes.take()) or before != self._seen
        return changed or clock.monotonic() >= self._net or (self._next_at is not None and now >= self._next_at)

    async def look(self, now: datetime) -> None:
        """Do what is due, and find out when something is due next; what breaks is tried again with the next look."""
        self._net = clock.monotonic() + NET_SECONDS
        try:
            done = await self._work(now)
            # What was due may have been more than is done at once.
            self._next_at = now if done else await self._next_due(now)
        except Exception:  # noqa: BLE001 - whatever breaks is logged, and done at the next look
            self._next_at = None
            _log.exception("look_failed", topics=sorted(self._topics))
