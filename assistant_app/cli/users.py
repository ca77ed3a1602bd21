"""`users`: accounts, for whoever runs commands on the machine itself."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

from assistant_app.errors import InvalidInputError
from assistant_app.services import accounts, credentials, invites, storage
from assistant_app.services.invites import CONSOLE, ROLES
from assistant_app.settings import get_settings

_Act = Callable[[argparse.Namespace], Awaitable[None]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `users` takes."""
    actions = parser.add_subparsers(title="actions", metavar="action", required=True)
    _add_action(actions, "list", "show everybody who has an account", _list)
    add = _add_action(actions, "add", "create an account", _add, with_login=True)
    add.add_argument("--name", default="", help="what the assistant calls the person; without it, the sign-in name")
    add.add_argument("--role", choices=ROLES, default="member", help="owners invite and manage others")
    _add_password(add)
    reset = _add_action(
        actions, "reset-password", "set a new password, and sign out all devices", _reset, with_login=True
    )
    reset.add_argument("--link", action="store_true", help="print a one-time link for the person instead")
    _add_password(reset)
    _add_action(actions, "disable", "keep a person out, and sign all their devices out", _disable, with_login=True)
    _add_action(actions, "enable", "let a disabled person in again", _enable, with_login=True)


def run(arguments: argparse.Namespace) -> None:
    """Do what the action says."""
    asyncio.run(_act(arguments))


async def _act(arguments: argparse.Namespace) -> None:
    async with storage.opened_storage():
        await storage.bring_up_to_date(alone=True)
        await arguments.act(arguments)


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    act: _Act,
    *,
    with_login: bool = False,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(act=act)
    if with_login:
        parser.add_argument("login", help="sign-in name")
    return parser


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


async def _list(_arguments: argparse.Namespace) -> None:
    for person in await accounts.list_people(user_id=CONSOLE):
        state = "disabled" if person.is_disabled else person.role
        print(f"{person.login:<24} {state:<10} {person.created_at:%Y-%m-%d}  {person.name}")


async def _add(arguments: argparse.Namespace) -> None:
    password = _read_password(arguments)
    person = await accounts.add_person(
        user_id=CONSOLE, login=arguments.login, name=arguments.name, password=password, role=arguments.role
    )
    print(f"{person.login} can sign in now, as {person.role}.")


async def _reset(arguments: argparse.Namespace) -> None:
    person = await accounts.get_person_by_login(login=arguments.login)
    if arguments.link:
        path = await invites.create_reset(user_id=CONSOLE, person_id=person.id)
        print(f"{person.name} can choose a new password, once, at {get_settings().origins[0]}{path}")
        return
    password = _read_password(arguments)
    path = await invites.create_reset(user_id=CONSOLE, person_id=person.id)
    await credentials.reset_password(token=parse_qs(urlsplit(path).query)["token"][0], new=password)
    print(f"{person.login} has a new password, and is signed out everywhere.")


async def _disable(arguments: argparse.Namespace) -> None:
    person = await accounts.get_person_by_login(login=arguments.login)
    await accounts.disable_person(user_id=CONSOLE, person_id=person.id)
    print(f"{person.login} is kept out, and signed out everywhere.")


async def _enable(arguments: argparse.Namespace) -> None:
    person = await accounts.get_person_by_login(login=arguments.login)
    await accounts.enable_person(user_id=CONSOLE, person_id=person.id)
    print(f"{person.login} can sign in again.")


def _read_password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise InvalidInputError("The two passwords differ.")
    return password
