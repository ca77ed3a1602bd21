"""`run`: bring the database up to date, build what changed, and serve until told to stop."""

import argparse
import asyncio
import gc
import importlib
import os
import socket
import sys

from assistant_app.cli import environment
from assistant_app.cli.build import build_front_end
from assistant_app.cli.server import Application, serve
from assistant_app.errors import ServiceUnavailableError
from assistant_app.services import accounts, storage
from assistant_app.settings import Settings, get_settings

_LAST_SECONDS = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `run` takes."""
    parser.add_argument("--host", help="address to listen on, in place of STEWARD_HOST")
    parser.add_argument("--port", type=int, help="port to listen on, in place of STEWARD_PORT")
    parser.add_argument("--no-build", action="store_true", help="serve what is built, even if sources changed")


def run(arguments: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    gc.disable()  # Until everything is loaded, there is nothing to collect; it saves a tenth of the start.
    settings = get_settings()
    with storage.hold_data_folder():
        require_free_port(settings)
        if not arguments.no_build:
            build_front_end()
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    welcome = await prepare_database(settings)
    environment.serve_prebuilt()
    application = load_application()
    await serve(application, host=settings.host, port=settings.port, when_ready=lambda: print(welcome, flush=True))
    await _leave_connections()


async def _leave_connections() -> None:
    """End what is left of connections; everything is stored by now.

    A browser that goes away just when the server stops can leave a task waiting for a websocket that is no more, and
    nothing reaches it there: neither a cancellation nor the end of the event loop.
    """
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    if rest and (await asyncio.wait(rest, timeout=_LAST_SECONDS))[1]:
        sys.stdout.flush()
        os._exit(0)


def load_application() -> Application:
    """Import the composition root, which makes Reflex read the environment, and build the application."""
    # Reflex's websocket library brings a client that nobody uses here, with two HTTP libraries: 12 MB and 0.1 s.
    unused = dict.fromkeys({"aiohttp", "requests"} - sys.modules.keys())
    sys.modules.update(unused)  # pyright: ignore[reportCallIssue, reportArgumentType] - None is how an import is made to fail.
    try:
        return importlib.import_module("assistant_app.assistant_app").app()
    finally:
        for name in unused:
            del sys.modules[name]


async def prepare_database(settings: Settings) -> str:
    """Migrate, and return what a person at the console should read."""
    async with storage.opened_storage():
        if await storage.bring_up_to_date():
            print("The database is up to date.", flush=True)
        link = await accounts.setup_link()
    lines = [f"Steward is at {settings.origins[0]}"]
    if link:
        lines.append(f"Create the first account at {settings.origins[0]}{link}")
    return "\n".join(lines)


def require_free_port(settings: Settings) -> None:
    """Refuse a port that somebody listens on: the server itself would share it without a word."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise ServiceUnavailableError(
            f"Steward cannot listen on {settings.host}, port {settings.port}: {os.strerror(error.errno or 0)}. "
            "Stop what uses it, or set STEWARD_PORT or STEWARD_HOST."
        ) from None
