"""Understands what goes on from the last answer: "and the day after?", "and work?", a bare time as a correction."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from assistant_app.llm.base import ChatMessage, ToolCallRequested
from assistant_app.llm.builtin.instructions import hear_wish
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.sentences import Sentence

_AND = re.compile(
    r"(?:(?:ok|okay|so|great|thanks|thank you)\W+)?(?:and|what about|how about|and what about|and how about|then)\s+"
    r"(?P<what>[^?.!\n]+?)(?:\s+then)?[?.!\s]*",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:(?:on|in|for)\s+)?the\s+(?:next\s+)?(?P<unit>day|week)\s*(?P<way>after|afterwards|before|following)?"
    r"(?:\s+(?:that|it|this))?|the following (?P<other>day|week)",
    re.IGNORECASE,
)
# What is asked again of other days, lists and words, by the tool that answered last.
_ASKED_OF_DAYS: Mapping[str, str] = {
    "list_agenda": "what is on {days}", "list_events": "events for {days}", "list_tasks": "what is due {days}",
    "list_reminders": "reminders for {days}",
}  # fmt: skip
_TIMED = frozenset({"add_reminder", "add_event", "add_task", "move_event", "update_reminder", "snooze_reminder"})
_AROUND = re.compile(
    r"^(?:(?:let's (?:say|do|make it)|let us (?:say|do|make it)|no|sorry|oh|actually|rather|i mean|i meant|make it"
    r"|make that|better|wait|hm+|and|please)[\s,]+)+"
    r"|[\s,]+(?:instead|please|rather|then|i mean|sorry|thanks)$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d{1,2}")
_MOST_WORDS = 6


def read_continued(messages: Sequence[ChatMessage], moments: Moments) -> str:
    """Return the whole wish that a message stands for after the answer before it, empty if it stands for itself."""
    calls = _calls_before(messages)
    if not calls or messages[-1].role != "user":
        return ""
    said = messages[-1].text.strip()
    last = calls[-1]
    if last.name in _ASKED_OF_DAYS:
        found = _AND.fullmatch(said) or _LATER.fullmatch(said.rstrip("?!. "))
        return _asked_again(last, found.groupdict().get("what") or said.rstrip("?!. "), moments) if found else ""
    return _corrected(said, moments) if len(calls) == 1 and last.name in _TIMED else ""


def _calls_before(messages: Sequence[ChatMessage]) -> tuple[ToolCallRequested, ...]:
    """Return the calls of the answer before the last message."""
    for message in reversed(messages[:-1]):
        if message.role == "user":
            return ()
        if message.tool_calls:
            return message.tool_calls
    return ()


def _asked_again(last: ToolCallRequested, what: str, moments: Moments) -> str:
    if days := _later_days(what, last.arguments):
        return _ASKED_OF_DAYS[last.name].format(days=_written(*days))
    words = what.removeprefix("for ").removeprefix("on ")
    if moments.days(words) and moments.says_day(words):
        return _ASKED_OF_DAYS[last.name].format(days=words)
    if last.arguments.get("text"):
        return f"when is {words}" if last.name == "list_events" else ""
    if last.name == "list_tasks" and last.arguments.get("list"):
        return f"show {words.removesuffix(' list')} list" if len(words.split()) <= 4 else ""
    return ""


def _later_days(what: str, arguments: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the days behind those that were asked of, or before them."""
    found = _LATER.fullmatch(what)
    first = next((arguments[name] for name in ("from", "due_from") if name in arguments), None)
    last = next((arguments[name] for name in ("to", "due_to") if name in arguments), first)
    if found is None or not isinstance(first, str) or not isinstance(last, str):
        return None
    begin, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    length = timedelta(days=7 if (found["unit"] or found["other"]).lower() == "week" else 1)
    if (found["way"] or "").lower() == "before":
        return (begin - length, begin - timedelta(days=1))
    return (end + timedelta(days=1), end + length)


def _written(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"from {first.isoformat()} to {last.isoformat()}"


def _corrected(said: str, moments: Moments) -> str:
    """Return a bare time as another time for what has just been set."""
    words = said if _AROUND.match(said) else hear_wish(Sentence(said)).sentence.text
    while (shorter := _AROUND.sub("", words.strip(" .!,"))) != words:
        words = shorter
    words = f"at {words}" if _HOUR.fullmatch(words) else words
    when = moments.when(words) if words and len(words.split()) <= _MOST_WORDS and not said.endswith("?") else None
    if when is None or when.unclear or not (when.day or when.time or when.repeat):
        return ""
    if when.repeat:
        return f"make it repeat {words}"
    return f"move it to {words.removeprefix('at ').removeprefix('on ').removeprefix('to ')}"
