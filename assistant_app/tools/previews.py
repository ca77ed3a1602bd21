"""Says what a call would do, and pins what it would do it to: an object by its number, a time with its offset."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant_app import clock
from assistant_app.times import recurrence
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview
from assistant_app.toolkit.tool import PreviewFunction
from assistant_app.tools.arguments import read_day, read_day_or_moment, read_moment, read_repeat
from assistant_app.tools.objects import iso, span_words, when_words
from assistant_app.tools.references import Kind, resolve

_DAYS = frozenset({"day"})
_MOMENTS = frozenset({"at", "until", "remind_at"})
_DAYS_OR_MOMENTS = frozenset({"due", "start", "end"})
# How an argument is said; what stands after the bar is said where it is empty, which takes the thing away.
_SAID: Mapping[str, str] = {
    "due": "due {}|no longer due", "start": "{}", "end": "until {}", "at": "{}", "until": "until {}",
    "day": "only {}", "remind_at": "reminder {}|no reminder", "repeat": "{}|no longer repeating",
    "list": "in {}|in no list", "priority": "{} priority", "title": "now “{}”", "text": "now “{}”",
    "place": "at {}|at no place", "notes": "notes “{}”|no notes", "minutes": "for {} minutes",
}  # fmt: skip
_LONGEST = 120


def of_new(kind: str, name: str) -> PreviewFunction:
    """Preview a call that adds something whose title is the argument `name`."""

    async def preview(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
        pinned = pin_times(ctx, given)
        rest = {key: value for key, value in {**given, **pinned}.items() if key != name and value}
        return Preview(_joined(f"Add {kind} “{given[name]}”", say(ctx, rest)), pinned)

    return preview


def of_object(verb: str, kind: Kind, *, done: bool | None = None) -> PreviewFunction:
    """Preview a call that does something to the object named by the argument `kind`."""

    async def preview(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
        found = await resolve(ctx, kind, given[kind], done=done)
        pinned = {kind: str(found.number), **pin_times(ctx, given)}
        rest = {key: value for key, value in {**given, **pinned}.items() if key != kind}
        summary = _joined(f"{verb} {kind} {found.number} “{found.title}”", say(ctx, rest), ": ")
        return Preview(summary, pinned, [(found.kind, found.id)])

    return preview


def pin_times(ctx: ToolContext, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the days, times and recurrences among the arguments as they are meant, whatever zone holds later."""
    readers: tuple[tuple[frozenset[str], Callable[[str], str]], ...] = (
        (_DAYS, lambda text: iso(read_day(text))),
        (_MOMENTS, lambda text: iso(read_moment(text, ctx.zone))),
        (_DAYS_OR_MOMENTS, lambda text: iso(read_day_or_moment(text, ctx.zone))),
        (frozenset({"repeat"}), read_repeat),
    )
    return {name: read(given[name]) for names, read in readers for name in sorted(names & given.keys()) if given[name]}


def say(ctx: ToolContext, arguments: Mapping[str, Any]) -> str:
    """Say pinned arguments in words: `due tomorrow at 17:00, high priority`."""
    said = {name: _say(ctx, name, value) for name, value in arguments.items()}
    if arguments.get("start") and arguments.get("end"):
        start, end = (read_day_or_moment(arguments[name], ctx.zone) for name in ("start", "end"))
        said |= {"start": span_words(start, end, clock.local_now(ctx.zone)), "end": ""}
    return ", ".join(filter(None, said.values()))


def _say(ctx: ToolContext, name: str, value: Any) -> str:
    said, _, emptied = _SAID.get(name, f"{name.replace('_', ' ')} {{}}").partition("|")
    if value == "":
        return emptied
    if name in _DAYS | _MOMENTS | _DAYS_OR_MOMENTS:
        value = when_words(read_day_or_moment(value, ctx.zone), clock.local_now(ctx.zone))
    elif name == "repeat":
        value = recurrence.describe(value)
    words = str(value)
    return said.format(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…")


def _joined(head: str, rest: str, mark: str = ", ") -> str:
    return f"{head}{mark}{rest}" if rest else head
