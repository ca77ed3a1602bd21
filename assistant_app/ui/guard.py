"""What stands between a websocket and the event handlers.

Two doors. The first, in front of Reflex's queue, drops what is malformed, unknown or too much before Reflex logs
it together with the cookie, and gives a browser a fresh client token if it shows up with another session's. The
second runs before each handler: it reads the session again, clears a state tree that another session has left,
and checks who may call the handler, and with which arguments. What is not allowed is dropped without an answer.
"""

import functools
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import reflex as rx
import structlog
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event, EventSpec
from socketio.exceptions import ConnectionRefusedError as SocketRefusedError

from assistant_app import clock
from assistant_app.errors import StewardError
from assistant_app.services import devices
from assistant_app.ui import handlers
from assistant_app.ui.handlers import Access
from assistant_app.ui.session import SessionState

_EVENTS_PER_SECOND, _EVENTS_AT_ONCE = 50.0, 300.0
_TOKENS_REMEMBERED = 20_000
_LOG = structlog.get_logger("steward.guard")


class EventGuard(Middleware):
    """Lets an event reach its handler only for a living session that may call it, with valid arguments."""

    def __init__(self, packages: tuple[str, ...] = handlers.OUR_PACKAGES) -> None:
        """Take the packages whose states are Steward's own."""
        self._access = _known(packages)

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002 - Reflex's signature
        """Return None to let the event pass, or what the browser gets instead."""
        root = state._get_root_state()
        me = await state.get_state(SessionState)
        session = await devices.find_session_by_cookies(root.router_data.get("headers", {}).get("cookie", ""))
        if session is None:
            return await _lock(root, me)
        if me._session_id not in ("", session.id):
            root.reset()
            if event.name not in handlers.HYDRATE:
                return await _flush(root)
        me._session_id, me._user_id = session.id, session.user_id
        access = self._access(event.name)
        if access is Access.NOBODY or (access is Access.OWNER and not session.is_owner):
            return _drop(event, "not allowed", session.user_id)
        payload = handlers.valid_payload(event.name, event.payload)
        if payload is None:
            return _drop(event, "arguments", session.user_id)
        event.payload.clear()
        event.payload.update(payload)
        return None


async def _lock(root: BaseState, me: SessionState) -> StateUpdate:
    if me.expired and not me._session_id:
        return StateUpdate()
    root.reset()
    me.expired = True
    return await _flush(root)


async def _flush(root: BaseState) -> StateUpdate:
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta)


def _drop(event: Event, why: str, user_id: str) -> StateUpdate:
    # The name of a handler is safe to log, the arguments are not: they may be what somebody wrote.
    _LOG.warning("event_dropped", handler=event.name[:200], why=why, user_id=user_id)
    return StateUpdate()


def _known(packages: tuple[str, ...]) -> Callable[[str], Access]:
    # Bounded, because names come from browsers.
    return functools.lru_cache(2000)(lambda name: handlers.access_of(name, packages))


class _Bucket:
    """Lets through a burst, then a steady rate."""

    def __init__(self) -> None:
        self._level, self._at = _EVENTS_AT_ONCE, clock.monotonic()

    def take(self) -> bool:
        now = clock.monotonic()
        self._level = min(_EVENTS_AT_ONCE, self._level + (now - self._at) * _EVENTS_PER_SECOND)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True


def guard(app: rx.App, packages: tuple[str, ...] = handlers.OUR_PACKAGES) -> None:
    """Put both doors into an application."""
    app.add_middleware(EventGuard(packages), index=0)
    lock_door(app, packages)


def lock_door(app: rx.App, packages: tuple[str, ...] = handlers.OUR_PACKAGES) -> None:
    """Put the first door in front of the application's event namespace."""
    namespace = app.event_namespace
    if namespace is None:
        raise RuntimeError("the application has no state")
    enter, leave, pass_on = namespace.on_connect, namespace.on_disconnect, namespace.on_event
    access = _known(packages)
    buckets: dict[str, _Bucket] = {}
    owners: OrderedDict[str, str] = OrderedDict()

    async def on_connect(sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        session = await devices.find_session_by_cookies(environ.get("HTTP_COOKIE", ""))
        token = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])[0]
        if session is None or not token:
            raise SocketRefusedError
        if owners.get(token, session.id) != session.id:
            token = str(uuid.uuid4())
            environ["QUERY_STRING"] = urlencode({"token": token})
            await namespace.emit("new_token", token, to=sid)
        owners[token] = session.id
        owners.move_to_end(token)
        if len(owners) > _TOKENS_REMEMBERED:
            owners.popitem(last=False)
        buckets[sid] = _Bucket()
        await enter(sid, environ, auth)

    def on_disconnect(sid: str, *_reason: object) -> Any:
        buckets.pop(sid, None)
        return leave(sid)

    async def on_event(sid: str, data: Any) -> None:
        bucket = buckets.get(sid)
        if bucket is None or not _is_well_formed(data) or access(data["name"]) is Access.NOBODY:
            _LOG.warning("event_refused", sid=sid)
        elif not bucket.take():
            _LOG.warning("event_refused", sid=sid, why="too many")
        else:
            await pass_on(sid, data)

    namespace.on_connect, namespace.on_disconnect, namespace.on_event = on_connect, on_disconnect, on_event


def _is_well_formed(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and isinstance(data.get("name"), str)
        and all(isinstance(data.get(key, {}), dict) for key in ("payload", "router_data"))
    )


def exception_handler(
    notify: Callable[[str], Any] | None = None,
) -> Callable[[Exception], EventSpec | None]:
    """Make the application's `backend_exception_handler`: it logs, and tells people by the event `notify` makes."""

    def handle(exception: Exception) -> EventSpec | None:
        if isinstance(exception, StewardError):
            _LOG.info("handler_refused", error=type(exception).__name__)
            return notify(str(exception)) if notify else None
        _LOG.error("handler_failed", exc_info=exception)
        sentence = "Something went wrong in Steward. Try again; if it happens again, its log says more."
        return notify(sentence) if notify else None

    return handle
