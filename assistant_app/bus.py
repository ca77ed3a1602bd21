"""Tells every open tab and device of a user what changed, within this process.

A subscription does not queue: it holds the set of topics that changed since it was last read, so that a slow
reader costs nothing and always reads the newest state.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_subscriptions: defaultdict[str, set["Subscription"]] = defaultdict(set)
_everybody: set["Subscription"] = set()


@dataclass
class _Held:
    """What waits for the end of `held`."""

    topics: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])
    calls: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])


_held: ContextVar[_Held | None] = ContextVar("held", default=None)


class Subscription:
    """What changed for one user since the last look."""

    def __init__(self) -> None:
        """Start with nothing changed."""
        self._topics: set[str] = set()
        self._wake = asyncio.Event()
        self._quiet: frozenset[str] = frozenset()

    def notify(self, topic: str) -> None:
        """Note that `topic` changed, and wake the reader unless it wants to wait with this one."""
        self._topics.add(topic)
        if topic not in self._quiet:
            self._wake.set()

    async def changes(self, *, seconds: float | None = None, quiet: frozenset[str] = frozenset()) -> frozenset[str]:
        """Wait until something changed, `seconds` at the most, and return the topics.

        Changes of `quiet` topics do not end the wait: they are returned with the next thing that does.
        """
        self._quiet = quiet
        if not self._topics - quiet:
            self._wake.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
            except TimeoutError:
                pass
        return self.take()

    def take(self) -> frozenset[str]:
        """Return the topics that changed since the last look, without waiting."""
        self._wake.clear()
        topics, self._topics = frozenset(self._topics), set()
        return topics


def publish(user_id: str, topic: str) -> None:
    """Tell all subscriptions of the user. Topics are `noun` or `noun:id`, for instance `run:<conversation id>`."""
    if (held := _held.get()) is not None:
        held.topics[user_id, topic] = None
        return
    for subscription in (*_subscriptions.get(user_id, ()), *_everybody):
        subscription.notify(topic)


def when_kept(call: Callable[[], None]) -> None:
    """Call something as soon as what happens now is sure to have happened: at once, or at the end of `held`."""
    if (held := _held.get()) is not None:
        held.calls.append(call)
    else:
        call()


@contextmanager
def held() -> Generator[None]:
    """Publish at the end what is published in the body, and nothing if the body raises: it has not happened then."""
    waiting = _Held()
    token = _held.set(waiting)
    try:
        yield
    finally:
        _held.reset(token)
    for user_id, topic in waiting.topics:
        publish(user_id, topic)
    for call in waiting.calls:
        when_kept(call)


@contextmanager
def subscribe(user_id: str) -> Generator[Subscription]:
    """Follow what changes for a user for as long as the context lasts."""
    subscription = Subscription()
    _subscriptions[user_id].add(subscription)
    try:
        yield subscription
    finally:
        _subscriptions[user_id].discard(subscription)
        if not _subscriptions[user_id]:
            del _subscriptions[user_id]


@contextmanager
def subscribe_to_everybody() -> Generator[Subscription]:
    """Follow what changes for any user for as long as the context lasts."""
    subscription = Subscription()
    _everybody.add(subscription)
    try:
        yield subscription
    finally:
        _everybody.discard(subscription)


def subscribers(user_id: str) -> int:
    """Return how many subscriptions a user has."""
    return len(_subscriptions.get(user_id, ()))
