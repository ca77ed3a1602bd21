"""Arguments and results of calls, as lines that people read: a label, and what it says in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, moment_words
from assistant_app.times.zones import to_local

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?")
_LABELS = {"at": "When", "due": "Due", "remind_at": "Reminder", "to": "Until", "until": "Until", "which": "Of these"}
_OBJECTS_SHOWN = 20
_LONGEST = 600
# The rest of a result is for the model alone, or stands on the card already.
_NOT_SHOWN = frozenset({"summary", "kind", "error", "object", "objects", "following", "candidates"})

_OBJECTS = frozenset({"task", "reminder", "event"})
_FOR_MODELS = frozenset({"denied", "expired", "waiting"})  # What these say, the card says in its own words.


@dataclass(frozen=True)
class Fact:
    """One line; `said` may have several lines itself."""

    label: str
    said: str


def argument_facts(arguments: Mapping[str, Any], zone: str) -> list[Fact]:
    """Return what a tool was, or would be, called with; the number of an object is in the summary already."""
    return [
        Fact(label_of(name), say_value(name, value, zone))
        for name, value in arguments.items()
        if not (name in _OBJECTS and str(value).isdigit())
    ]


def result_facts(result: Mapping[str, Any], zone: str) -> list[Fact]:
    """Return what came of a call: the objects it is about by their own line, and whatever else is plain."""
    facts: list[Fact] = []
    if problem := problem_of(result):
        facts.append(Fact("Problem", problem))
    if shown := _lines(result.get("object")):
        facts.append(Fact("Result", shown))
    if shown := _lines(result.get("objects")):
        facts.append(Fact("Found", shown))
    if shown := _lines(result.get("following")):
        facts.append(Fact("Next time", shown))
    if shown := _lines(result.get("candidates")):
        facts.append(Fact("Could be", shown))
    return facts + [
        Fact(label_of(name), say_value(name, value, zone))
        for name, value in result.items()
        if name not in _NOT_SHOWN and isinstance(value, (str, int, float)) and value != ""
    ]


def problem_of(result: Mapping[str, Any]) -> str:
    """Return what went wrong, as far as it is told to people; the rest of it tells a model what to do about it."""
    error, kind = str(result.get("error") or ""), result.get("kind")
    if kind in _FOR_MODELS:
        return ""
    return error.split(". ", maxsplit=1)[0].rstrip(".") + "." if error and kind == "retry" else error


def label_of(name: str) -> str:
    """Return the name of an argument as it is shown."""
    words = name.replace("_", " ")
    return _LABELS.get(name, words[:1].upper() + words[1:])


def say_value(name: str, value: Any, zone: str) -> str:
    """Say a value: a day, a time or a recurrence as people would, anything else as it is."""
    if value is True or value is False:
        return "yes" if value else "no"
    if value is None or value == "":
        return "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(say_value(name, one, zone) for one in value)  # pyright: ignore[reportUnknownVariableType] - JSON
    text = str(value)
    if name == "repeat":
        return _say_repeat(text)
    return _say_when(text, zone) or (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _say_repeat(rule: str) -> str:
    try:
        return recurrence.describe(recurrence.check(rule))
    except InvalidInputError:
        return rule


def _say_when(text: str, zone: str) -> str:
    now = clock.local_now(zone)
    try:
        if _DAY.fullmatch(text):
            return day_words(date.fromisoformat(text), now.date())
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return moment_words(moment if moment.tzinfo is None else to_local(moment, zone), now)
    except ValueError:  # It looks like a day that there is not.
        pass
    return ""


def _lines(objects: Any) -> str:
    """Return an object, or each of several, as its own line for people."""
    found = [one for one in (objects if isinstance(objects, list) else [objects]) if isinstance(one, Mapping)]
    lines = [str(one.get("text") or one.get("title") or "") for one in found]
    more = len(lines) - _OBJECTS_SHOWN
    return "\n".join([*filter(None, lines[:_OBJECTS_SHOWN]), *([f"and {more} more"] if more > 0 else [])])
