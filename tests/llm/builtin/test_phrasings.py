"""What people say, a great many phrasings of it: every one comes to its calls, and what only resembles one to none."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import time_machine

from assistant_app.llm.base import ChatMessage, ToolCallRequested
from assistant_app.llm.builtin import BuiltinModel
from tests.llm.builtin.notebook import Notebook
from tests.llm.builtin.scenery import NOW, TOOLS, notebook
from tests.llm.conftest import call

_LEAST_RECALL = 0.97
_LEAST_PRECISION = 0.99
_READS = ("list_tasks", "list_reminders", "list_events", "list_agenda", "list_schedules")

# Plain orders of one clause, and what makes something else of them, or the same.
_ORDER = re.compile(
    r"(?i:add|create|put|remind|set|move|push|delete|remove|complete|mark|cancel|schedule|rename|change|finish|tick|cross"
    r"|snooze|postpone|reschedule|reopen)\s(?!.*\b(?:and|then)\b)[^,;:.?!\n]+"
)
_VEILED = (
    "he said: {}", 'my wife said "{}" yesterday', "Tom told me to {}", "please don't {}", "never {}",
    "if I had time I would {}", "what if I {}?", "should I {}?", "why would I {}?", "yesterday I wanted to {}",
    "I was thinking about whether to {}", "how do I {}?", "From: Bob\nSubject: hi\n\n{}", "Hi team, {}",
    '"{}" is what the manual says', "what happens when I say {}?", "she wants me to {}", "maybe I'll {}",
    "I'm not going to {}", "I used to {} every day",
)  # fmt: skip
_POLITE = (
    "please {}", "{} please", "could you please {}", "hey steward, {}", "{}, thanks!", "ok {}", "I'd like you to {}",
    "{}...", "{} 🙂",
)  # fmt: skip

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


@pytest.mark.parametrize("frame", _VEILED)
@time_machine.travel(NOW, tick=False)
async def test_an_order_that_is_told_refused_or_imagined_changes_nothing(frame: str) -> None:
    orders = [one for one in phrasings("do") if _ORDER.fullmatch(one.text)][:: len(_VEILED)]
    assert len(orders) >= 20
    veiled = [replace(one, text=frame.format(f"{one.text[0].lower()}{one.text[1:]}")) for one in orders]
    made = [(one, await calls_of(one)) for one in veiled]
    changed = [(one, calls) for one, calls in made if any(name not in _READS for name, _ in calls)]
    assert not changed, told(changed)


@pytest.mark.parametrize("frame", _POLITE)
@time_machine.travel(NOW, tick=False)
async def test_an_order_stays_the_same_in_other_manners(frame: str) -> None:
    orders = [one for one in phrasings("do") if _ORDER.fullmatch(one.text)][:: len(_POLITE)]
    made = [(one, await calls_of(replace(one, text=frame.format(one.text)))) for one in orders]
    wrong = [(one, calls) for one, calls in made if calls != one.calls]
    assert not wrong, told(wrong)
