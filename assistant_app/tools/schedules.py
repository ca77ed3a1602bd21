"""Tools for what Steward does by itself."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal

from assistant_app import clock
from assistant_app.services import schedule_offers, schedules
from assistant_app.services.schedule_views import Kind, ScheduleChanges, ScheduleView
from assistant_app.services.task_views import KEEP, counted, quoted
from assistant_app.times import recurrence
from assistant_app.times.wording import time_words
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, RetryTool, ToolResult
from assistant_app.toolkit.tool import PreviewFunction, described, tool
from assistant_app.tools import previews
from assistant_app.tools.arguments import REPEAT_FORM, TIME_FORM, read_moment, read_repeat
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.schedule_names import find_model, find_schedule, plain_name, schedule_object

SUBJECT = "Schedules"
_USUAL: Mapping[str, tuple[time, str]] = {
    "summary": (schedule_offers.SUMMARY_AT, schedule_offers.SUMMARY_REPEAT),
    "review": (schedule_offers.REVIEW_AT, schedule_offers.REVIEW_REPEAT),
}
_NAMES = {"summary": "the daily summary", "review": "the weekly review"}
Named = Annotated[str, described("The schedule: its title, or its id.", max_length=300)]
Silent = Annotated[bool | None, described("True to send nothing on a day with nothing to say.")]


def _preview_of(verb: str) -> PreviewFunction:
    """Preview a call that does something to one schedule."""

    async def preview(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
        found = await find_schedule(ctx, given["schedule"])
        said = {**given, "repeat": read_repeat(given["repeat"])} if given.get("repeat") else dict(given)
        changes = [
            f"now “{given['title']}”" if given.get("title") else "",
            recurrence.describe(said["repeat"]) if said.get("repeat") else "",
            f"at {time_words(_read_time(given['time']))}" if given.get("time") else "",
            f"ask “{given['prompt'][:120]}”" if given.get("prompt") else "",
            f"with {given['model']}" if given.get("model") else "",
        ]
        tail = ", ".join(filter(None, changes))
        summary = f"{verb} the schedule {quoted(found.title)}, {found.words}" + (f": {tail}" if tail else "")
        return Preview(summary, {**said, "schedule": await plain_name(ctx, found)})

    return preview


async def _preview_add(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
    pinned = previews.pin_times(ctx, given)
    name = _NAMES.get(given["what"]) or quoted(str(given.get("prompt", ""))[:120])
    rest = {key: value for key, value in {**given, **pinned}.items() if key in ("at", "repeat", "model") and value}
    said = previews.say(ctx, rest)
    return Preview(f"Schedule {name}" + (f", {said}" if said else ""), pinned)


@tool(title="List schedules", subject=SUBJECT, effect="read")
async def list_schedules(ctx: ToolContext) -> ToolResult:
    """Look up what is done for the user by itself: summaries, reviews and scheduled prompts, with their next runs."""
    found = await schedules.list_schedules(user_id=ctx.user_id)
    now = clock.local_now(ctx.zone)
    said = counted(len(found), "schedule") if found else "Nothing is done by itself: there are no schedules"
    return ToolResult(said, {"total": len(found), "objects": [schedule_object(view, now) for view in found]})


@tool(title="Add a schedule", subject=SUBJECT, effect="write", preview=_preview_add)
async def add_schedule(  # noqa: PLR0913 - a schedule has this many sides
    ctx: ToolContext,
    what: Annotated[
        Literal["summary", "review", "prompt"],
        described("summary of the day, review of the week, or prompt: a question to a model."),
    ],
    *,
    at: Annotated[str | None, described(f"The first time. {TIME_FORM}", max_length=40)] = None,
    repeat: Annotated[str | None, described(f"How it repeats from then on. {REPEAT_FORM}", max_length=500)] = None,
    prompt: Annotated[str | None, described("What to ask, for a prompt.", max_length=8_000)] = None,
    model: Annotated[str | None, described("Which model to ask, for a prompt.", max_length=200)] = None,
    silent_when_empty: Silent = None,
) -> ToolResult:
    """Have something done by itself regularly: a summary of the day, a review of the week, or a question to a model.

    A summary comes every day at 7, a review on Sundays at 18 if no time is given. For a mere text use add_reminder.
    """
    if what == "prompt" and not (prompt and at):
        raise RetryTool("A scheduled prompt needs both a prompt and at. Ask the user for what is missing.")
    usual = _USUAL.get(what)
    starts = read_moment(at, ctx.zone) if at else await _usual_start(ctx, usual[0] if usual else time(9))
    rule = usual[1] if repeat is None and usual else read_repeat(repeat or "")
    data: dict[str, Any] = {} if silent_when_empty is None else {"silent_when_empty": silent_when_empty}
    if what == "prompt":
        data |= {"prompt": prompt, "model": await find_model(ctx, model or "")}
    added = await schedules.create_schedule(
        user_id=ctx.user_id, kind=_kind(what), starts=starts, repeat=rule, data=data, alone=True, origin=origin_of(ctx)
    )
    return await _one(ctx, added, otherwise=f"Added the schedule {quoted(added.title)}")


@tool(title="Change a schedule", subject=SUBJECT, effect="write", preview=_preview_of("Change"))
async def change_schedule(  # noqa: PLR0913 - as above
    ctx: ToolContext,
    schedule: Named,
    *,
    title: Annotated[str | None, described("Its title from now on.", min_length=1, max_length=200)] = None,
    time: Annotated[str | None, described("Its time of day from now on, as 07:30.", max_length=8)] = None,
    repeat: Annotated[str | None, described(f"{REPEAT_FORM}", min_length=1, max_length=500)] = None,
    prompt: Annotated[str | None, described("What to ask from now on.", min_length=1, max_length=8_000)] = None,
    model: Annotated[str | None, described("Which model to ask from now on.", max_length=200)] = None,
    silent_when_empty: Silent = None,
) -> ToolResult:
    """Change a schedule's title, time, days, question or model: give only what changes."""
    found = await find_schedule(ctx, schedule)
    asked = {"prompt": prompt, "model": await find_model(ctx, model) if model else None}
    asked |= {"silent_when_empty": silent_when_empty}
    given = {name: value for name, value in asked.items() if value is not None}
    changed = await schedules.change_schedule(
        user_id=ctx.user_id,
        schedule_id=found.id,
        changes=ScheduleChanges(
            title=KEEP if title is None else title,
            at=_read_time(time) if time else KEEP,
            repeat=read_repeat(repeat) if repeat else KEEP,
            data={**found.data, **given} if given else KEEP,
        ),
        alone=True,
        origin=origin_of(ctx),
    )
    return await _one(ctx, changed, otherwise=f"The schedule {quoted(changed.title)} is like that already")


@tool(title="Pause a schedule", subject=SUBJECT, effect="write", preview=_preview_of("Pause"))
async def pause_schedule(ctx: ToolContext, schedule: Named) -> ToolResult:
    """Let a schedule rest until it is resumed; it keeps its time."""
    found = await find_schedule(ctx, schedule, enabled=True)
    paused = await schedules.pause_schedule(user_id=ctx.user_id, schedule_id=found.id, origin=origin_of(ctx))
    return await _one(ctx, paused, otherwise=f"Paused the schedule {quoted(paused.title)}")


@tool(title="Resume a schedule", subject=SUBJECT, effect="write", preview=_preview_of("Resume"))
async def resume_schedule(ctx: ToolContext, schedule: Named) -> ToolResult:
    """Let a paused schedule go on with its next time."""
    found = await find_schedule(ctx, schedule, enabled=False)
    resumed = await schedules.resume_schedule(user_id=ctx.user_id, schedule_id=found.id, origin=origin_of(ctx))
    return await _one(ctx, resumed, otherwise=f"Resumed the schedule {quoted(resumed.title)}")


@tool(title="Run a schedule now", subject=SUBJECT, effect="write", preview=_preview_of("Run now:"))
async def run_schedule(ctx: ToolContext, schedule: Named) -> ToolResult:
    """Have a schedule run once more at once, beside its regular times; what it makes comes into the inbox."""
    found = await find_schedule(ctx, schedule)
    await schedules.run_now(user_id=ctx.user_id, schedule_id=found.id)
    return ToolResult(
        f"{quoted(found.title)} runs now; what it makes comes into the inbox",
        {"object": schedule_object(found, clock.local_now(ctx.zone))},
    )


@tool(title="Delete a schedule", subject=SUBJECT, effect="delete", preview=_preview_of("Delete"))
async def delete_schedule(ctx: ToolContext, schedule: Named) -> ToolResult:
    """Delete a schedule for good; to stop it for a while, call pause_schedule instead."""
    found = await find_schedule(ctx, schedule)
    gone = await schedules.delete_schedule(user_id=ctx.user_id, schedule_id=found.id, origin=origin_of(ctx))
    return await _one(ctx, gone, otherwise=f"Deleted the schedule {quoted(gone.title)}")


async def _one(ctx: ToolContext, view: ScheduleView, *, otherwise: str) -> ToolResult:
    now = clock.local_now(ctx.zone)
    return ToolResult(await said_of(ctx, otherwise=otherwise), {"object": schedule_object(view, now)})


async def _usual_start(ctx: ToolContext, at: time) -> Any:
    return await schedule_offers.today_at(ctx.user_id, at)


def _kind(what: str) -> Kind:
    return "summary" if what == "summary" else "review" if what == "review" else "prompt"


def _read_time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise RetryTool(f"“{text[:20]}” is not a time of day. Write it as 07:30.") from None
