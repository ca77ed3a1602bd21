"""The arguments of a call as fields of a form, made from the schema of its tool; and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.language.moments import read_when
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local
from assistant_app.ui.chat.call_words import label_of, say_value

_TIMES = frozenset({"at", "day", "due", "end", "from", "remind_at", "start", "to", "until"})
_LONG = frozenset({"notes"})
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?([+-]\d\d:\d\d|Z)?")
_TRY_WHEN = "Try “tomorrow at 5pm”, “Friday” or “2026-12-03 17:00”."
_TRY_REPEAT = "Try “every week”, “every other Tuesday” or “every month on the 1st”."
_NUMBERS = {"integer": int, "number": float}


@dataclass(frozen=True)
class Field:
    """One argument. `control` is line, text, choice or number; `value` is shown as a person would type it."""

    name: str
    label: str
    control: str
    value: str
    required: bool
    options: list[str] = field(default_factory=list[str])
    hint: str = ""


def fields_of(parameters: Mapping[str, Any], arguments: Mapping[str, Any], zone: str) -> list[Field]:
    """Return a field for each parameter of a tool, with what the call gives for it."""
    required = parameters.get("required", ())
    return [
        _field(name, schema, arguments.get(name), name in required, zone)
        for name, schema in parameters.get("properties", {}).items()
    ]


def arguments_of(
    fields: Sequence[Field], form: Mapping[str, Any], arguments: Mapping[str, Any], zone: str
) -> dict[str, Any]:
    """Return the arguments that a form says; what was not changed in it stays exactly as it was.

    What is emptied is left out. InvalidInputError tells what is not understood.
    """
    said: dict[str, Any] = {}
    for one in fields:
        typed = str(form.get(one.name, one.value)).strip()
        if typed == one.value:
            if one.name in arguments:
                said[one.name] = arguments[one.name]
        elif typed:
            said[one.name] = _read(one, typed, zone)
    return said


def _field(name: str, schema: Mapping[str, Any], value: Any, required: bool, zone: str) -> Field:
    kind, choices = schema.get("type", "string"), [str(one) for one in schema.get("enum", ())]
    control = "number" if kind in _NUMBERS else "text" if name in _LONG else "line"
    if kind == "boolean":
        choices = ["yes", "no"]
    return Field(
        name=name,
        label=label_of(name),
        control="choice" if choices else control,
        value=_shown(name, value, zone),
        required=required,
        options=choices if required else ["", *choices] if choices else [],
        hint="A day or a time, in plain words" if name in _TIMES else "",
    )


def _shown(name: str, value: Any, zone: str) -> str:
    if value is None or value == "":
        return ""
    if name == "repeat" or isinstance(value, bool):
        return say_value(name, value, zone)
    if name in _TIMES and _ISO.fullmatch(str(value)) and len(str(value)) > len("2026-11-24"):
        moment = datetime.fromisoformat(str(value))
        return f"{moment if moment.tzinfo is None else to_local(moment, zone):%Y-%m-%d %H:%M}"
    return str(value)


def _read(one: Field, typed: str, zone: str) -> Any:
    if one.options[-2:] == ["yes", "no"]:
        return typed == "yes"
    if one.control == "number":
        return _read_number(one, typed)
    if one.name == "repeat":
        return _read_repeat(typed, zone)
    return _read_time(typed, zone) if one.name in _TIMES else typed


def _read_number(one: Field, typed: str) -> float:
    try:
        return int(typed) if typed.lstrip("-").isdigit() else float(typed)
    except ValueError:
        raise InvalidInputError(f"{one.label} takes a number, and “{typed[:40]}” is none.") from None


def _read_time(typed: str, zone: str) -> str:
    if _ISO.fullmatch(typed):
        return typed
    when = read_when(typed, clock.local_now(zone))
    if when is None or when.unclear or when.day is None:
        raise InvalidInputError(f"“{typed[:80]}” is not understood as a time. {_TRY_WHEN}")
    day: date = when.day
    return day.isoformat() if when.time is None else datetime.combine(day, when.time).isoformat(timespec="minutes")


def _read_repeat(typed: str, zone: str) -> str:
    if "=" in typed:
        return recurrence.check(typed)
    when = read_when(typed, clock.local_now(zone))
    if when is None or not when.repeat:
        raise InvalidInputError(f"“{typed[:80]}” does not say how it repeats. {_TRY_REPEAT}")
    return when.repeat
