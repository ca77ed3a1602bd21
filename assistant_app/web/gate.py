"""The gate in front of everything: who may pass, from which page, how often, and with how much.

It stands before Reflex and sees HTTP and websockets alike. Without a session only the pages for signing in are
there. A session that ends closes the websockets it opened: not by a word of socket.io, after which the browser
would stay away, but as a lost connection, so that the page looks for itself and lands on the sign-in page.
"""

import asyncio
from pathlib import Path
from urllib.parse import quote

import structlog
from limits import RateLimitItemPerMinute
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant_app.services import devices, throttle
from assistant_app.services.devices import Session
from assistant_app.web.built_pages import BUILT, read_built_pages
from assistant_app.web.headers import with_headers
from assistant_app.web.requests import SESSION, client_address, is_own_origin

_LOG = structlog.get_logger("steward.gate")
_PAGES = ("/login", "/logout", "/setup", "/invite", "/reset", "/session", "/healthz", "/readyz")
# Browsers fetch these without the cookie.
_FILES = ("/favicon.ico", "/manifest.json", "/manifest.webmanifest", "/robots.txt")
_PUBLIC = frozenset((*_PAGES, *_FILES))
_PUBLIC_FOLDERS = ("/icons/", "/feeds/")
_WITHOUT_DATABASE = frozenset(("/healthz", "/readyz"))
_SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
_POSTS = RateLimitItemPerMinute(120, namespace="posts")
_HANDSHAKES = RateLimitItemPerMinute(600, namespace="handshakes")
_LARGEST_BODY = 1024 * 1024
_LARGER_BODIES = {"/import/calendar": 6 * 1024 * 1024}
_ENDED = 4401
_LOOK_AGAIN_SECONDS = 15.0  # Sessions are also ended by other processes, such as a command on the machine.


class Gate:
    """The last `api_transformer`: `lambda app: Gate(app)`."""

    def __init__(self, app: ASGIApp, built: Path = BUILT) -> None:
        """Stand in front of `app`, whose pages are built in the folder `built`."""
        self.app = app
        self.pages = read_built_pages(built)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection pass or refuse it."""
        if scope["type"] == "http":
            await self._http(scope, receive, with_headers(send, scope, self.pages.policy))
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        refusal = _refusal(scope)
        if refusal is None and path not in _WITHOUT_DATABASE:
            scope[SESSION] = await _find_session(scope)
            if scope[SESSION] is None and not _is_public(path):
                refusal = _ask_to_sign_in(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if path in self.pages.folders:
            scope = {**scope, "path": path + "/", "raw_path": scope.get("raw_path", path.encode()) + b"/"}
        await self.app(scope, _limited(receive, _largest_body(scope)), send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        session = None
        if is_own_origin(scope) and throttle.allow(_HANDSHAKES, throttle.network_of(client_address(scope))):
            session = await _find_session(scope)
        if session is None:
            await send({"type": "websocket.close", "code": 1008})
            return
        with devices.watch_session(session.id) as ended:
            # Once more, because it could have ended before it was watched.
            if await _find_session(scope) is None:
                await send({"type": "websocket.close", "code": 1008})
                return
            watch = asyncio.create_task(_wait_for_end(scope, ended))
            try:
                await self._pass_socket(scope, receive, send, watch)
            finally:
                watch.cancel()

    async def _pass_socket(self, scope: Scope, receive: Receive, send: Send, watch: asyncio.Task[None]) -> None:
        is_first, is_closed = True, False

        async def receive_until_end() -> Message:
            nonlocal is_first
            if is_first:
                is_first = False
                return {"type": "websocket.connect"}
            message = asyncio.ensure_future(receive())
            try:
                await asyncio.wait({message, watch}, return_when=asyncio.FIRST_COMPLETED)
                return {"type": "websocket.disconnect", "code": _ENDED} if watch.done() else message.result()
            finally:
                message.cancel()

        async def send_until_end(message: Message) -> None:
            nonlocal is_closed
            if not watch.done():
                is_closed = is_closed or message["type"] == "websocket.close"
                await send(message)

        await self.app(scope, receive_until_end, send_until_end)
        if watch.done() and not is_closed:
            # Only now: while the application waits for a message, the server would not take this.
            await send({"type": "websocket.close", "code": _ENDED})


async def _wait_for_end(scope: Scope, ended: asyncio.Event) -> None:
    while not ended.is_set():
        try:
            async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                await ended.wait()
        except TimeoutError:
            if await _find_session(scope) is None:
                return


async def _find_session(scope: Scope) -> Session | None:
    return await devices.find_session_by_cookies(Headers(scope=scope).get("cookie", ""), address=client_address(scope))


def _refusal(scope: Scope) -> Response | None:
    """Look at what can be judged without knowing who asks."""
    if scope["method"] in _SAFE_METHODS:
        return None
    headers = Headers(scope=scope)
    if not is_own_origin(scope):
        _LOG.warning("foreign_origin", path=scope["path"][:200], address=client_address(scope))
        return PlainTextResponse(
            "This form was not sent from one of Steward's own pages. If it was, Steward does not know the address "
            "that you use: set STEWARD_PUBLIC_URL or STEWARD_HOST_NAMES.",
            status_code=403,
        )
    if not throttle.allow(_POSTS, throttle.network_of(client_address(scope))):
        return PlainTextResponse("Too many requests. Try again in a minute.", status_code=429)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > _largest_body(scope):
        return PlainTextResponse("That is too much for one request.", status_code=413)
    return None


def _is_public(path: str) -> bool:
    # The file server would follow the dots out of the folder.
    return path in _PUBLIC or (path.startswith(_PUBLIC_FOLDERS) and ".." not in path)


def _ask_to_sign_in(scope: Scope) -> Response:
    wants_page = scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")
    if not wants_page:
        return PlainTextResponse("Sign in first.", status_code=401)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(wanted, safe='')}", status_code=303)


def _largest_body(scope: Scope) -> int:
    return _LARGER_BODIES.get(scope["path"], _LARGEST_BODY)


def _limited(receive: Receive, largest: int) -> Receive:
    """Cut a body off that turns out larger than it said, or that said nothing."""
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > largest else message

    return receive_some
