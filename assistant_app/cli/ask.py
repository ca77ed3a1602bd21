"""`ask`: one question, or one per line, each answered on its own, as if in a fresh temporary chat."""

import argparse
import asyncio
import getpass
import json
import secrets
import sys
from collections.abc import Iterator

from assistant_app.agent.turn import Answer, CallMade, answer_once
from assistant_app.errors import InvalidInputError, StewardError
from assistant_app.llm.base import TextDelta
from assistant_app.services import accounts, storage
from assistant_app.services.accounts import Person
from assistant_app.services.invites import CONSOLE
from assistant_app.services.storage import scratch_storage

_STATUS = {"ok": "done", "waiting": "waits for your approval in the browser"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `ask` takes."""
    parser.add_argument("text", nargs="?", help="the question")
    parser.add_argument("--stdin", action="store_true", help="read one question per line from standard input")
    parser.add_argument("--model", default="", help="model to ask, e.g. builtin; without it, the person's default")
    parser.add_argument("--user", default="", help="sign-in name of who asks; the oldest account, or a guest")
    parser.add_argument("--json", action="store_true", help="print one JSON object per question")
    parser.add_argument("--dry-run", action="store_true", help="show the calls that would be made, and change nothing")


def run(arguments: argparse.Namespace) -> None:
    """Answer to standard output, as the answer comes in."""
    if bool(arguments.text) == arguments.stdin:
        raise InvalidInputError("Give one question, or --stdin for one per line.")
    asyncio.run(_ask_all(arguments))


async def _ask_all(arguments: argparse.Namespace) -> None:
    async with storage.opened_storage():
        await storage.bring_up_to_date(alone=True)
        people = await accounts.list_people(user_id=CONSOLE)
        if people or arguments.user:
            person = await accounts.get_person_by_login(login=arguments.user) if arguments.user else people[0]
            await _ask_as(person, arguments)
            return
        async with scratch_storage():
            guest = await accounts.add_person(
                user_id=CONSOLE, login="guest", name=getpass.getuser(), password=secrets.token_urlsafe()
            )
            await _ask_as(guest, arguments)


async def _ask_as(person: Person, arguments: argparse.Namespace) -> None:
    failed = 0
    for question in _questions(arguments):
        try:
            await _ask(person, question, arguments)
        except StewardError as error:
            if not arguments.stdin:
                raise
            failed += 1
            _tell_failure(question, error, as_json=arguments.json)
    if failed:
        raise StewardError(f"{failed} of the questions got no answer.")


def _questions(arguments: argparse.Namespace) -> Iterator[str]:
    return iter([arguments.text]) if arguments.text else filter(None, (line.strip() for line in sys.stdin))


async def _ask(person: Person, question: str, arguments: argparse.Namespace) -> None:
    asked = answer_once(user_id=person.id, question=question, model=arguments.model, dry_run=arguments.dry_run)
    async for event in asked:
        if isinstance(event, TextDelta):
            if not arguments.json:
                print(event.text, end="", flush=True)
        elif isinstance(event, CallMade):
            if not arguments.json:
                print(f"[{_STATUS.get(event.call.status, event.call.status)}] {event.call.summary}", flush=True)
        elif arguments.json:
            print(json.dumps(_describe(question, event), ensure_ascii=False), flush=True)
        else:
            print(flush=True)


def _describe(question: str, answer: Answer) -> dict[str, object]:
    return {
        "question": question,
        "text": answer.text,
        "tool_calls": [
            {"name": call.tool, "arguments": call.arguments, "status": call.status, "summary": call.summary}
            for call in answer.calls
        ],
        "suggestions": list(answer.suggestions),
        "model": answer.model,
        "usage": {
            "prompt_tokens": answer.prompt_tokens,
            "completion_tokens": answer.completion_tokens,
            "cost": answer.cost,
        },
        "duration": answer.duration_ms / 1000,
    }


def _tell_failure(question: str, error: StewardError, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"question": question, "error": str(error)}, ensure_ascii=False), flush=True)
    else:
        print(f"\n{error}", file=sys.stderr, flush=True)
