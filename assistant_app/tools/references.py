"""Finds the one object that a model names: by its number, its id, or words of its title."""

import contextlib
from typing import Literal

from assistant_app import clock
from assistant_app.errors import NotFoundError
from assistant_app.services import references
from assistant_app.services.references import FoundThing
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool
from assistant_app.tools.objects import found_object

Kind = Literal["task", "reminder", "event"]
NAMED = "Its number (best, from the list tools), its id, or words of its title."
# Both read such a sentence: the model, and the person on the card of the call.
_PLACES = {"task": "The list of tasks", "reminder": "The list of reminders", "event": "The calendar"}
_MOST_OFFERED = 8


async def resolve(ctx: ToolContext, kind: Kind, words: str, *, done: bool | None = None) -> FoundThing:
    """Return the object meant; ask the model to try again if there is none, or one of several.

    `done` asks for open or for done ones; None for open ones, and done ones if no open one is meant.
    """
    for state in (False, True) if done is None and kind != "event" else (bool(done),):
        with contextlib.suppress(NotFoundError):
            return await _find(ctx, kind, words, done=state)
    adjective = {True: "done ", False: "open ", None: ""}[done]
    raise RetryTool(f"There is no {adjective}{kind} “{words[:80]}”. {_PLACES[kind]} shows what there is.")


async def _find(ctx: ToolContext, kind: Kind, words: str, *, done: bool) -> FoundThing:
    try:
        return await references.resolve(user_id=ctx.user_id, words=words, kind=kind, done=done)
    except references.AmbiguousError as error:
        now = clock.local_now(ctx.zone)
        offered = error.candidates[:_MOST_OFFERED]
        raise RetryTool(
            f"Several {kind}s could be meant by “{words[:80]}”. Say which one, by its number.",
            candidates=[found_object(thing, now) for thing in offered],
            offered=[(thing.kind, thing.id) for thing in offered],
        ) from None
