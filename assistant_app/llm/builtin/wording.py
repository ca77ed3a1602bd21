"""How the built-in model writes what it found: one line for each object, in Markdown that shows titles as they are."""

import re
from collections.abc import Mapping
from typing import Any

from assistant_app.llm.base import Thing

_MARKS = re.compile(r"([\\`*_{}\[\]#+!|<>~$]|&(?=#?\w+;)|^[-=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")  # What would begin a list.


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))


def quoted(text: str) -> str:
    """Return text in quotes."""
    return f"“{escaped(text)}”"


def line_of(thing: Thing) -> str:
    """Write an object that can be meant: its number first, so that it can be named by it."""
    kind = "" if thing.kind == "task" else f" ({thing.kind})"
    return f"{thing.number} · {escaped(thing.title)}{kind}"


def result_line(shown: Mapping[str, Any]) -> str:
    """Write an object of a tool's result."""
    text = str(shown.get("text") or shown.get("title") or "")
    number = shown.get("number")
    if number is None or text.startswith((f"{number} ", f"#{number}")):
        return escaped(text)
    return f"{number} · {escaped(text)}"
