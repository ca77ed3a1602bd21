"""Browsers that speak HTTP and websockets to the gate and what is behind it, without a server between them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Scope
from starlette.websockets import WebSocket

from assistant_app import models
from assistant_app.repositories.database import Database
from assistant_app.services import devices, throttle
from assistant_app.settings import get_settings
from assistant_app.web.gate import Gate
from assistant_app.web.routes import make_routes

ORIGIN = "http://127.0.0.1:8000"
HTML = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count attempts anew, and read the settings anew after each test."""
    throttle.forget_everything()
    yield
    get_settings.cache_clear()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A front end as the build leaves it."""
    folder = tmp_path / "client"
    (folder / "settings" / "profile").mkdir(parents=True)
    (folder / "index.html").write_text('<script>start("é")</script><script src="/assets/a.js"></script>')
    (folder / "settings" / "profile" / "index.html").write_text('<script type="module">second()</script>')
    return folder


async def _show_page(request: Request) -> Response:
    return PlainTextResponse(f"the page {request.url.path}")


async def _take(request: Request) -> Response:
    return JSONResponse({"bytes": len(await request.body())})


async def _echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(f"you said {text}")


@pytest.fixture
def gate(built: Path) -> Gate:
    """The gate, the plain routes, and behind them something that would answer everybody."""
    routes = make_routes()
    pages = [
        WebSocketRoute("/_event", _echo),
        Route("/{path:path}", _show_page, methods=["GET"]),
        Route("/{path:path}", _take, methods=["POST"]),
    ]
    routes.mount("", Starlette(routes=pages))
    return Gate(routes, built)


@pytest_asyncio.fixture
async def client(db: Database, gate: Gate) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that nobody has signed in with, sending our own Origin."""
    async with browser(gate) as opened:
        yield opened


def browser(app: ASGIApp, *, origin: str = ORIGIN, address: str = "192.0.2.1") -> httpx2.AsyncClient:
    """Return a browser with cookies of its own; redirects are for the tests to look at."""
    transport = httpx2.ASGITransport(app, client=(address, 5000))
    return httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": origin} if origin else {})


async def cookie_of(user: models.User) -> dict[str, str]:
    """Sign a person in, and return the headers that their browser sends."""
    opened = await devices.open_session(user_id=user.id, user_agent="Test/1", address="192.0.2.1")
    return {"cookie": f"{devices.cookie_name()}={opened.token}"}


class Socket:
    """The browser's end of a websocket, frame by frame."""

    def __init__(self, app: ASGIApp, path: str = "/_event", *, headers: dict[str, str], query: str = "") -> None:
        """Prepare the handshake; nothing is sent before the context is entered."""
        self._scope: Scope = {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [
                (name.encode(), value.encode())
                for name, value in {
                    "host": "127.0.0.1:8000",
                    "upgrade": "websocket",
                    "connection": "upgrade",
                    **headers,
                }.items()
            ],
            "client": ("192.0.2.1", 5000),
            "server": ("127.0.0.1", 8000),
            "subprotocols": [],
            "state": {},
        }
        self._app = app
        self._up: asyncio.Queue[Message] = asyncio.Queue()
        self._down: asyncio.Queue[Message] = asyncio.Queue()
        self.refused: int | None = None

    async def __aenter__(self) -> Self:
        """Shake hands; `refused` is the code if there was a refusal."""
        self._up.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.ensure_future(self._app(self._scope, self._up.get, self._down.put))
        answer = await self.receive()
        if answer["type"] == "websocket.close":
            self.refused = answer["code"]
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Go away, as a browser does, and see that the application ends without an error."""
        self._up.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self._task, 5)

    def send(self, text: str) -> None:
        """Send a text frame."""
        self._up.put_nowait({"type": "websocket.receive", "text": text})

    async def receive(self, seconds: float = 5) -> dict[str, Any]:
        """Return the next message from the server."""
        return dict(await asyncio.wait_for(self._down.get(), seconds))

    async def text(self) -> str:
        """Return the text of the next frame."""
        return str((await self.receive())["text"])
