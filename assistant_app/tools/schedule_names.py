"""Finds the schedule, and the model, that words name."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from assistant_app.services import providers, schedules
from assistant_app.services.providers import ModelChoice
from assistant_app.services.schedule_views import ScheduleView
from assistant_app.services.task_views import quoted
from assistant_app.times.wording import moment_words
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool

_SMALL = frozenset(
    {"the", "my", "all", "every", "a", "an", "of", "to", "for", "schedule", "schedules", "day", "week", "job"}
)
_POINTERS = frozenset({"it", "that", "this", "them", "that one"})
# What a kind is called, whatever its schedule was named.
_KIND_WORDS = {
    "summary": {"summary", "summarie", "daily", "morning", "briefing"},
    "review": {"review", "weekly"},
    "prompt": set[str](),
}
_MOST_NAMED = 12


async def find_schedule(ctx: ToolContext, words: str, *, enabled: bool | None = None) -> ScheduleView:
    """Return the one schedule meant; ask the model to try again if there is none, or one of several.

    `enabled` prefers those that run, or that are paused: that is all that "it" can mean where one is to be resumed.
    """
    found = await schedules.list_schedules(user_id=ctx.user_id)
    if not found:
        raise RetryTool("There are no schedules yet.")
    fitting = _fitting(found, words)
    preferred = [view for view in fitting if enabled is None or view.enabled is enabled]
    fitting = preferred or fitting
    if len(fitting) == 1:
        return fitting[0]
    titles = ", ".join(quoted(view.title) for view in (fitting or found)[:_MOST_NAMED])
    if fitting:
        raise RetryTool(f"Several schedules could be meant: {titles}. Say which one by its title.")
    raise RetryTool(f"There is no schedule {quoted(words.strip()[:80])}. These are there: {titles}.")


async def plain_name(ctx: ToolContext, view: ScheduleView) -> str:
    """Return what names this schedule and no other: its title, or its id if another one has that, too."""
    titles = [one.title.casefold() for one in await schedules.list_schedules(user_id=ctx.user_id)]
    return view.title if titles.count(view.title.casefold()) == 1 else view.id


def _fitting(found: Sequence[ScheduleView], words: str) -> list[ScheduleView]:
    said = words.strip().casefold()
    if said in _POINTERS or not _words(said):
        return list(found)
    exact = [view for view in found if words.strip() == view.id or said == view.title.casefold()]
    wanted = _words(said)
    of_kind = [view for view in found if wanted and wanted <= _KIND_WORDS[view.kind]]
    titled = [view for view in found if wanted and wanted <= _words(f"{view.title} {view.words}")]
    return exact or of_kind or titled


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[\w-]+", text.casefold())} - _SMALL


async def find_model(ctx: ToolContext, words: str) -> str:
    """Return the id of the model meant, the default one if none is named; say which there are if it is not there."""
    if not words.strip():
        return await providers.default_model(user_id=ctx.user_id)
    choices = await providers.list_models(user_id=ctx.user_id)
    said = words.strip().casefold()
    exact = [choice for choice in choices if said in _names(choice)]
    fitting = exact or [
        choice for choice in choices if all(word in f"{choice.id} {choice.title}".casefold() for word in said.split())
    ]
    if exact or len(fitting) == 1:
        return fitting[0].id
    titles = ", ".join(dict.fromkeys(choice.title for choice in (fitting or choices)[:_MOST_NAMED]))
    if fitting:
        raise RetryTool(f"Several models could be meant by {quoted(words.strip()[:80])}: {titles}. Say which one.")
    raise RetryTool(
        f"The model {quoted(words.strip()[:80])} is not connected. These are there: {titles}. "
        "More are connected under Settings > Models."
    )


def _names(choice: ModelChoice) -> set[str]:
    built_in = (
        {"built-in", "builtin", "steward", "yourself", "the built-in assistant"}
        if choice.kind == "builtin"
        else set[str]()
    )
    return {choice.id.casefold(), choice.title.casefold(), choice.id.rpartition("/")[2].casefold()} | built_in


def schedule_object(view: ScheduleView, now: datetime) -> dict[str, Any]:
    """Return a schedule as models read it; `text` is its line for people."""
    upcoming = f"next run {moment_words(view.next_at, now)}" if view.next_at else ""
    rests = f"paused, goes on by itself {moment_words(view.rests_until, now)}" if view.rests_until else "paused"
    state = upcoming if view.enabled else rests
    return {
        "kind": "schedule",
        "id": view.id,
        "title": view.title,
        "what": view.kind,
        "when": view.words,
        "next": view.next_at.isoformat() if view.next_at else "",
        "paused": not view.enabled,
        "text": ", ".join(filter(None, [view.title, view.words, state])),
    }
