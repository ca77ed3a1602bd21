"""The whole way of an event: handshake, gate, first door, Reflex's queue, guard, handler, and back."""

import asyncio
import contextlib
import json
import logging
import uuid
from collections.abc import AsyncIterator
from typing import Any, Self

import pytest
import pytest_asyncio
import reflex as rx
from reflex.state import State
from reflex_base.registry import RegistrationContext
from starlette.types import ASGIApp, Message

from assistant_app import models
from assistant_app.repositories.database import Database
from assistant_app.services import devices, throttle
from assistant_app.ui import guard as guard_module
from assistant_app.ui.guard import exception_handler, guard
from assistant_app.ui.session import user_of
from assistant_app.web.gate import Gate
from assistant_app.web.routes import make_routes
from tests.ui.conftest import PACKAGES
from tests.web.conftest import ORIGIN, Socket, cookie_of

HYDRATE = f"{State.get_full_name()}.hydrate_and_load"


class WireState(rx.State):
    """A state like those of the pages."""

    text: str = ""

    @rx.event
    def write(self, text: str) -> None:
        """Keep a text."""
        self.text = text

    @rx.event
    async def show_user(self) -> None:
        """Show for whom this runs."""
        self.text = await user_of(self)


WRITE = f"{WireState.get_full_name()}.write"


@pytest_asyncio.fixture
async def app(db: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ASGIApp]:
    """A running application, put together as the real one is."""
    monkeypatch.setenv("__REFLEX_SKIP_COMPILE", "true")
    throttle.forget_everything()
    registration = RegistrationContext.set(RegistrationContext.get().fork())
    reflex_app = rx.App(api_transformer=[make_routes(), Gate], backend_exception_handler=exception_handler())
    guard(reflex_app, PACKAGES)
    served = reflex_app()
    inbox, outbox = asyncio.Queue[Message](), asyncio.Queue[Message]()
    lifespan = asyncio.ensure_future(served({"type": "lifespan", "state": {}}, inbox.get, outbox.put))
    inbox.put_nowait({"type": "lifespan.startup"})
    assert (await outbox.get())["type"] == "lifespan.startup.complete"
    yield served
    inbox.put_nowait({"type": "lifespan.shutdown"})
    await asyncio.wait_for(lifespan, 10)
    RegistrationContext.reset(registration)


class Wire:
    """What Reflex's page does with its websocket, in the words of engine.io and socket.io."""

    def __init__(self, app: ASGIApp, cookie: dict[str, str], token: str = "") -> None:
        """Prepare a tab with a client token."""
        self.token = token or str(uuid.uuid4())
        query = f"EIO=4&transport=websocket&token={self.token}"
        self.socket = Socket(app, "/_event/", headers={"origin": ORIGIN} | cookie, query=query)
        self.received: list[tuple[str, Any]] = []
        self.refused_by_namespace = False

    async def __aenter__(self) -> Self:
        """Connect and hydrate, as a page does."""
        await self.socket.__aenter__()
        if self.socket.refused is None:
            await self.socket.text()
            self.socket.send("40/_event," + json.dumps({"event": self.event(HYDRATE, {})}))
            await self.until("40", "44")
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close the tab."""
        await self.socket.__aexit__(*error)

    def event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Make an event as a page does."""
        return {"name": name, "payload": payload, "router_data": {"pathname": "/", "asPath": "/", "query": {}}}

    def send(self, name: str, payload: dict[str, Any] | None = None) -> None:
        """Send an event."""
        self.send_raw(self.event(name, payload or {}))

    def send_raw(self, event: Any) -> None:
        """Send anything in an event's place."""
        self.socket.send("42/_event," + json.dumps(["event", event]))

    async def until(self, *prefixes: str) -> str:
        """Read frames until one begins like this, keeping what they carry."""
        while True:
            frame = await self.socket.text()
            kind, _, body = frame.partition("/_event,")
            if kind == "42":
                name, data = json.loads(body)
                self.received.append((name, data))
            if kind == "44":
                self.refused_by_namespace = True
            if frame.startswith(prefixes):
                return frame

    async def shows(self, text: str) -> bool:
        """Send a text through its handler, and tell whether it comes back."""
        self.send(WRITE, {"text": text})
        while True:
            await self.until("42")
            if text in json.dumps(self.received[-1]):
                return True

    @property
    def seen(self) -> str:
        """Everything that came, as text."""
        return json.dumps(self.received)


async def test_a_signed_in_tab_sends_events_and_gets_deltas(app: ASGIApp, ada: models.User) -> None:
    async with Wire(app, await cookie_of(ada)) as tab:
        assert await tab.shows("milk")


async def test_the_cookie_is_never_sent_to_the_page(app: ASGIApp, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    async with Wire(app, cookie) as tab:
        assert await tab.shows("milk")
        assert cookie["cookie"].partition("=")[2] not in tab.seen


async def test_without_a_session_there_is_no_websocket(app: ASGIApp, ada: models.User) -> None:
    async with Wire(app, {}) as tab:
        assert tab.socket.refused == 1008


async def test_another_users_client_token_is_replaced_while_its_tab_is_open_and_after(
    app: ASGIApp, ada: models.User, bob: models.User
) -> None:
    async with Wire(app, await cookie_of(ada)) as hers:
        assert await hers.shows("secret")
        async with Wire(app, await cookie_of(bob), hers.token) as his:
            assert await his.shows("mine")
            assert "new_token" in [name for name, _ in his.received]
            assert "secret" not in his.seen
    async with Wire(app, await cookie_of(bob), hers.token) as later:
        assert await later.shows("mine again")
        assert "new_token" in [name for name, _ in later.received]
        assert "secret" not in later.seen


async def test_a_tab_keeps_its_client_token_when_it_reconnects(app: ASGIApp, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    async with Wire(app, cookie) as tab:
        assert await tab.shows("milk")
    await asyncio.sleep(0)
    async with Wire(app, cookie, tab.token) as again:
        assert await again.shows("bread")
        assert "new_token" not in [name for name, _ in again.received]


async def test_revoking_a_device_closes_its_tab(app: ASGIApp, ada: models.User) -> None:
    async with Wire(app, await cookie_of(ada)) as tab:
        assert await tab.shows("milk")
        await devices.revoke_all_devices(user_id=ada.id)
        while (message := await tab.socket.receive(seconds=1))["type"] != "websocket.close":
            pass
        assert message["code"] == 4401


async def test_what_is_no_event_is_dropped_before_it_is_logged(
    app: ASGIApp, ada: models.User, caplog: pytest.LogCaptureFixture
) -> None:
    cookie = await cookie_of(ada)
    with caplog.at_level(logging.DEBUG):
        async with Wire(app, cookie) as tab:
            for nonsense in (
                "text",
                ["list"],
                None,
                {"name": None},
                {"name": ["x"]},
                {"name": WRITE, "payload": "diary"},
                {"name": WRITE, "payload": {}, "router_data": "diary"},
                {"name": "no.such.handler", "payload": {"text": "diary"}},
                {"name": f"{WireState.get_full_name()}.setvar", "payload": {"var_name": "text", "value": "diary"}},
                {"payload": {}},
            ):
                tab.send_raw(nonsense)
            assert await tab.shows("still works")
    assert "diary" not in caplog.text + tab.seen
    assert cookie["cookie"].partition("=")[2] not in caplog.text


async def test_a_forged_cookie_in_an_event_does_not_count(app: ASGIApp, ada: models.User, bob: models.User) -> None:
    bobs = await cookie_of(bob)
    async with Wire(app, await cookie_of(ada)) as tab:
        event = tab.event(f"{WireState.get_full_name()}.show_user", {})
        tab.send_raw({**event, "router_data": {**event["router_data"], "headers": bobs}})
        while ada.id not in tab.seen:
            await tab.until("42")
    assert bob.id not in tab.seen


async def test_a_flood_of_events_is_cut(app: ASGIApp, ada: models.User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard_module, "_EVENTS_AT_ONCE", 5.0)
    monkeypatch.setattr(guard_module, "_EVENTS_PER_SECOND", 0.0)
    async with Wire(app, await cookie_of(ada)) as tab:
        for number in range(50):
            tab.send(WRITE, {"text": f"text {number}"})
        await tab.until('42/_event,["event",{"delta"')
        with contextlib.suppress(TimeoutError):
            while True:
                await asyncio.wait_for(tab.until("42"), 0.3)
    assert "text 0" in tab.seen
    assert "text 9" not in tab.seen
