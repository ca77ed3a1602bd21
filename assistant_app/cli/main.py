"""Reads the command line, and turns errors into sentences and exit codes."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from assistant_app import logs
from assistant_app.cli import environment
from assistant_app.errors import InvalidInputError, StewardError
from assistant_app.settings import get_settings

COMMANDS = {
    "run": "bring the database up to date, build what changed, and serve",
    "dev": "serve, and follow changes in the sources",
    "build": "build the front end if its sources changed",
    "migrate": "bring the database up to date",
    "users": "list, add, disable and enable accounts, and let people choose new passwords",
    "ask": "ask one question, or one per line, in the terminal",
    "backup": "write database, files and keys into one archive, while Steward runs or not",
    "restore": "put back what an archive holds",
}
_FAILED, _WRONG_INPUT, _INTERRUPTED = 1, 2, 130


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; of the commands only the one in `argv` has its arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant_app",
        description="Steward, a personal assistant that people host themselves.",
        epilog="Settings come from STEWARD_* variables and a .env file; the README lists them.",
    )
    commands = parser.add_subparsers(title="commands", metavar="command", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name in argv[:1]:
            module = importlib.import_module(f"assistant_app.cli.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, and return the exit code: 0 done, 1 failed, 2 wrong input."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = build_parser(argv).parse_args(argv)
    os.chdir(
        environment.ROOT
    )  # Relative settings, such as the data folder, mean the same from wherever this is called.
    try:
        environment.choose_address(getattr(arguments, "host", None), getattr(arguments, "port", None))
        logs.set_up(get_settings())
        arguments.run(arguments)
    except StewardError as error:
        print(error, file=sys.stderr)
        return _WRONG_INPUT if isinstance(error, InvalidInputError) else _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0
