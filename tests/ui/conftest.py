"""A browser's tab without the browser: events go through guard, locks and handlers, and deltas come back."""

import asyncio
import dataclasses
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest_asyncio
import reflex as rx
from reflex.app_mixins.middleware import MiddlewareMixin
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import State
from reflex_base.event import Event, EventSpec
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext

from assistant_app import models
from assistant_app.repositories.database import Database
from assistant_app.services import devices
from assistant_app.ui.guard import EventGuard

PACKAGES = ("assistant_app.ui.", "tests.ui.")


@dataclasses.dataclass
class Tab:
    """One tab. `state` is what the page shows, by state name and variable; `deltas` how it came, one by one."""

    processor: BaseStateEventProcessor
    token: str
    router: dict[str, Any]
    deltas: list[dict[str, dict[str, Any]]] = dataclasses.field(default_factory=list)
    events: list[Event] = dataclasses.field(default_factory=list)
    shown: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)

    async def send(self, spec: Any, *, wait: bool = True) -> None:
        """Send what a click would, `SomeState.handler(argument)`, and wait for it and all that it sets off.

        What the handler raises is raised here, too. With `wait=False` nothing is waited for, as a handler that
        lives as long as its page needs.
        """
        for event in Event.from_event_type(spec):
            await self._enqueue(dataclasses.replace(event, router_data=dict(self.router)), wait)

    async def forge(self, name: str, payload: dict[str, Any] | None = None) -> None:
        """Send an event that no page would."""
        await self._enqueue(Event(name=name, payload=payload or {}, router_data=dict(self.router)), wait=True)

    async def _enqueue(self, event: Event, wait: bool) -> None:
        future = await self.processor.enqueue(self.token, event)
        if wait:
            await asyncio.wait_for(future.wait_all(), 5)

    def value(self, state: type[rx.State], name: str) -> Any:
        """Return what the page shows of a variable; None before it was sent."""
        values = self.shown.get(state.get_full_name(), {})
        return next((values[key] for key in (name, f"{name}_rx_state_") if key in values), None)

    async def until(self, condition: Callable[[], bool], seconds: float = 5) -> None:
        """Wait for what a handler in the background brings."""
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - a page has no event to wait for either
                await asyncio.sleep(0.005)

    def close(self) -> None:
        """Do what closing the tab does: end the handlers of the page's `on_load`."""
        self.processor._on_disconnect(self.token)


class _Pages:
    """What stands in for the application: it knows what each path loads."""

    def __init__(self) -> None:
        self.loads: dict[str, Sequence[Any]] = {}

    def get_load_events(self, path: str) -> list[Any]:
        return list(self.loads.get(path, ()))


class OpenTab:
    """Opens tabs, and collects in `errors` what handlers raise."""

    def __init__(self, processor: BaseStateEventProcessor, pages: _Pages) -> None:
        """Start with no tab."""
        self.errors: list[Exception] = []
        self._tabs: dict[str, Tab] = {}
        self._processor = processor
        self._pages = pages

    async def __call__(
        self,
        user: models.User | None,
        path: str = "/",
        *,
        on_load: Sequence[Any] = (),
        query: dict[str, str] | None = None,
        token: str = "",
        wait: bool = True,
    ) -> Tab:
        """Open `path` as `user` on a device of its own, and run `on_load` as the page would.

        `token` takes over a client token that is in use already. With `wait=False` what the page loads is not
        waited for, because a follower would never end.
        """
        cookie = await cookie_of(user) if user else ""
        token = token or str(uuid.uuid4())
        router = {
            "pathname": path,
            "asPath": path,
            "path": path,
            "query": query or {},
            "token": token,
            "sid": uuid.uuid4().hex,
            "ip": "127.0.0.1",
            "headers": {"cookie": cookie, "origin": "http://127.0.0.1:8000"},
        }
        self._pages.loads[path] = on_load
        self._tabs[token] = tab = Tab(self._processor, token, router)
        await tab.send(State.hydrate_and_load(), wait=wait)
        return tab

    async def on_delta(self, token: str, delta: Any) -> None:
        """Show a delta on the page."""
        tab = self._tabs[token]
        tab.deltas.append(delta)
        for state, values in delta.items():
            tab.shown.setdefault(state, {}).update(values)

    async def on_event(self, token: str, *events: Event) -> None:
        """Keep what a handler asks the browser to do."""
        self._tabs[token].events += events

    def on_error(self, error: Exception) -> EventSpec | None:
        """Keep what a handler raised."""
        self.errors.append(error)
        return None


@pytest_asyncio.fixture
async def open_tab(db: Database) -> AsyncIterator[OpenTab]:
    """Opens tabs without a browser, each on a device of its own."""
    registry, pages = RegistrationContext.get().fork(), _Pages()
    object.__setattr__(registry, "_app", pages)
    registration = RegistrationContext.set(registry)
    processor = BaseStateEventProcessor(middleware=MiddlewareMixin(_middlewares=[EventGuard(PACKAGES)]))
    opener = OpenTab(processor, pages)
    processor.backend_exception_handler = opener.on_error
    processor.configure(state_manager=StateManagerMemory())
    assert processor._root_context is not None
    processor._root_context = dataclasses.replace(
        processor._root_context, emit_delta_impl=opener.on_delta, emit_event_impl=opener.on_event
    )
    async with processor:
        yield opener
    RegistrationContext.reset(registration)


async def cookie_of(user: models.User) -> str:
    """Sign a person in, and return the Cookie header of their browser."""
    opened = await devices.open_session(user_id=user.id, user_agent="Test", address="127.0.0.1")
    return f"{devices.cookie_name()}={opened.token}"
