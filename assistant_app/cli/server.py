"""Serves the application on one port, in this process, and stops without losing anything."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from granian.asgi import LifespanProtocol
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from assistant_app import clock
from assistant_app.errors import ServiceUnavailableError, StewardError

_LOG = structlog.get_logger("steward.requests")
_PATIENCE_SECONDS = 10
_RESTARTS = 1012  # The websocket's close code: the service restarts.
_QUIET_PATHS = ("/assets/", "/external/", "/icons/", "/healthz", "/readyz")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Any]
Send = Callable[[MutableMapping[str, Any]], Any]
Application = Callable[[Scope, Receive, Send], Any]


class Connections:
    """Stands in front of the application: a log line for each request, and an end to websockets at the stop."""

    def __init__(self, application: Application) -> None:
        """Pass everything on to `application`."""
        self.application = application
        self.sockets: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on."""
        if scope["type"] == "websocket":
            await self._pass_socket(scope, receive, send)
        else:
            await self._pass_request(scope, receive, send)

    def close_sockets(self) -> None:
        """End every open websocket; the pages come back by themselves once somebody listens again."""
        for task in self.sockets:
            task.cancel()

    async def _pass_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = clock.monotonic(), 500

        async def note_status(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.application(scope, receive, note_status)
        finally:
            quiet = status < 400 and scope["path"].startswith(_QUIET_PATHS)
            _log(scope, "debug" if quiet else "info", method=scope["method"], status=status, started=started)

    async def _pass_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        task, started = asyncio.current_task(), clock.monotonic()
        assert task is not None  # noqa: S101 - tells the type checker what is always so
        self.sockets.add(task)
        try:
            await self.application(scope, receive, send)
        except asyncio.CancelledError:
            await send({"type": "websocket.close", "code": _RESTARTS})
        finally:
            self.sockets.discard(task)
            _log(scope, "info", method="WEBSOCKET", started=started)


def _log(scope: Scope, level: str, *, started: float, **fields: Any) -> None:
    client = (scope.get("client") or ("",))[0]
    took = round((clock.monotonic() - started) * 1000, 1)
    getattr(_LOG, level)("request", path=scope["path"], client=client, ms=took, **fields)


async def serve(application: Application, *, host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `when_ready` is called once connections are accepted."""
    connections = Connections(application)
    lifespan = LifespanProtocol(application)
    await lifespan.startup()
    if lifespan.interrupt:
        raise lifespan.exc or ServiceUnavailableError("Steward could not start; the log says why.")
    # One process rather than granian's usual two: it starts sooner, and a second Python would cost some 30 MB.
    server = Server(
        connections,
        host,
        port,
        interface=Interfaces.ASGINL,  # The lifespan is run here, so that it ends even if a connection does not.
        log_level=LogLevels.error,
        log_dictconfig={"loggers": {}},
    )
    server.workers_kill_timeout = _PATIENCE_SECONDS
    server.on_startup(when_ready)
    _stop_on_signals(server, connections)
    gc.collect()
    gc.enable()
    gc.freeze()  # What start-up made stays; the collector need not look at it again.
    try:
        with contextlib.suppress(TimeoutError):
            await server.serve()
    finally:
        await lifespan.shutdown()
    if server.interrupt_children:
        raise StewardError("The server stopped by itself; the log says why.")


def _stop_on_signals(server: Server, connections: Connections) -> None:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.stop()
        connections.close_sockets()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
