"""Serves the application on one port, in this process, and stops without losing anything."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from assistant_app import clock
from assistant_app.errors import ServiceUnavailableError, StewardError

_LOG = structlog.get_logger("steward.requests")
_PATIENCE_SECONDS = 10
_GOODBYE_SECONDS = 2
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

    async def close_sockets(self) -> None:
        """End every open websocket; the pages come back by themselves once somebody listens again."""
        for task in self.sockets:
            task.cancel()
        if self.sockets:
            await asyncio.wait(self.sockets, timeout=_GOODBYE_SECONDS)

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


class Lifespan:
    """Starts and ends what the application runs beside its connections."""

    def __init__(self, application: Application) -> None:
        """Prepare; nothing runs before `start`."""
        self._orders: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self._answers: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self._application = application
        self._task: asyncio.Task[Any] | None = None

    async def start(self) -> None:
        """Return once everything runs, or raise what kept it from that."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.3"}, "state": {}}
        self._task = asyncio.create_task(self._application(scope, self._orders.get, self._answers.put))
        await self._order("startup")

    async def end(self) -> None:
        """Return once everything is put away."""
        await self._order("shutdown")

    async def _order(self, what: str) -> None:
        assert self._task is not None  # noqa: S101 - tells the type checker what `start` has seen to
        await self._orders.put({"type": f"lifespan.{what}"})
        answer = asyncio.ensure_future(self._answers.get())
        await asyncio.wait({self._task, answer}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done() and answer.result()["type"] == f"lifespan.{what}.complete":
            return
        answer.cancel()
        await self._task  # Raises what went wrong, if the application lets it out.
        raise ServiceUnavailableError(f"Steward failed at its {what}; the log says why.")


async def serve(application: Application, *, host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `when_ready` is called once connections are accepted."""
    connections = Connections(application)
    lifespan = Lifespan(application)
    await lifespan.start()
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
    _stop_on_signals(server, connections)
    gc.collect()
    gc.enable()
    gc.freeze()  # What start-up made stays; the collector need not look at it again.
    serving = asyncio.create_task(server.serve())
    try:
        if await _is_listening(serving, host, port):
            when_ready()
        with contextlib.suppress(TimeoutError):
            await serving
    finally:
        await lifespan.end()
    if server.interrupt_children:
        raise StewardError("The server stopped by itself; the log says why.")


async def _is_listening(serving: asyncio.Task[None], host: str, port: int) -> bool:
    """Wait until a connection can be made, as the server itself does not tell; False if it ended before."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while not serving.done():
        try:
            _, writer = await asyncio.open_connection(reachable, port)
        except OSError:
            await asyncio.sleep(0.005)
        else:
            writer.close()
            return True
    return False


def _stop_on_signals(server: Server, connections: Connections) -> None:
    loop = asyncio.get_running_loop()
    stopping = set[asyncio.Task[None]]()

    async def stop() -> None:
        await connections.close_sockets()  # First, because the server would cut them off without a word.
        server.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, lambda: stopping.add(loop.create_task(stop())))
