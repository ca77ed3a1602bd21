"""What people say, a great many phrasings of it: every one comes to its calls, and what only resembles one to none."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import time_machine

from assistant_app.llm.base import ChatMessage, ToolCallRequested
from assistant_app.llm.builtin import BuiltinModel
from tests.llm.builtin.notebook import Notebook
from tests.llm.builtin.scenery import NOW, TOOLS, notebook
from tests.llm.conftest import call

_LEAST_RECALL = 0.97
_LEAST_PRECISION = 0.99
_READS = ("list_tasks", "list_reminders", "list_events", "list_agenda", "list_schedules")

Calls = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Phrasing:
    """A sentence in its conversation, and the calls that it means."""

    text: str
    calls: Calls
    book: Notebook


def phrasings(kind: str) -> list[Phrasing]:
    """Read the phrasings that do something, or those that leave everything as it is."""
    files = [Path(__file__).with_name(name) for name in ("phrasings.toml", "scheduling.toml")]
    groups = [group for file in files for group in tomllib.loads(file.read_text("utf-8"))[kind]]
    return [
        Phrasing(text, _calls(group), _book(group)) for group in groups for text in group["say"].strip().splitlines()
    ]


def _calls(group: dict[str, Any]) -> Calls:
    parts = [line.partition(" ") for line in group.get("calls", ())]
    return [(name, json.loads(arguments)) for name, _, arguments in parts]


def _book(group: dict[str, Any]) -> Notebook:
    return notebook(**{name: tuple(group.get(name, ())) for name in ("touched", "shown", "offered")})


async def calls_of(phrasing: Phrasing) -> Calls:
    """Return the calls that the model asks for."""
    messages = [ChatMessage("user", phrasing.text)]
    stream = BuiltinModel().stream(messages, TOOLS, call=call(book=phrasing.book))
    return [(event.name, event.arguments) async for event in stream if isinstance(event, ToolCallRequested)]


def told(wrong: Sequence[tuple[Phrasing, Calls]]) -> str:
    """Name every sentence that was taken for something else."""
    return "\n".join(f"{one.text!r}: {calls} instead of {one.calls}" for one, calls in wrong)


@time_machine.travel(NOW, tick=False)
async def test_what_people_ask_for_is_understood() -> None:
    said = phrasings("do")
    made = [(one, await calls_of(one)) for one in said]
    wrong = [(one, calls) for one, calls in made if calls != one.calls]
    assert len(said) >= 500
    acted = [one for one in made if one[1]]
    assert (len(said) - len(wrong)) / len(said) >= _LEAST_RECALL, told(wrong)
    right = sum(calls == one.calls for one, calls in acted)
    assert right / len(acted) >= _LEAST_PRECISION, told(wrong)


@time_machine.travel(NOW, tick=False)
async def test_what_is_no_instruction_changes_nothing() -> None:
    said = phrasings("leave")
    assert len(said) >= 200
    made = [(one, await calls_of(one)) for one in said]
    changed = [(one, calls) for one, calls in made if any(name not in _READS for name, _ in calls)]
    assert not changed, told(changed)
    wrong = [(one, calls) for one, calls in made if one.calls and calls != one.calls]
    assert not wrong, told(wrong)
