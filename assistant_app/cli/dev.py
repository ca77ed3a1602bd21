"""`dev`: serve on one port as in production, and follow changes in the sources."""

import argparse
import asyncio
import os
import sys

from assistant_app.cli import environment
from assistant_app.cli.build import forget_build
from assistant_app.cli.run import prepare_database, require_free_port
from assistant_app.services import storage
from assistant_app.settings import get_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `dev` takes."""
    parser.add_argument("--host", help="address to listen on, in place of STEWARD_HOST")
    parser.add_argument("--port", type=int, help="port to listen on, in place of STEWARD_PORT")


def run(arguments: argparse.Namespace) -> None:
    """Hand over to Reflex, which builds after each change and serves pages and events on one port."""
    del arguments
    settings = get_settings()
    require_free_port(settings)
    with storage.hold_data_folder():
        print(asyncio.run(prepare_database(settings)), flush=True)
    forget_build()  # What Reflex leaves behind is meant for developers, not for serving.
    command = [sys.executable, "-m", "reflex", "run", "--env", "preview"]
    os.execve(sys.executable, command, environment.build_environment())  # noqa: S606 - our own Reflex
