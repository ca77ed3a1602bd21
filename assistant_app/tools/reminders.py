"""Tools for reminders."""

from datetime import timedelta
from typing import Annotated

from assistant_app import clock
from assistant_app.services import reminders
from assistant_app.services.reminder_views import ReminderChanges, ReminderView
from assistant_app.services.task_views import KEEP, counted
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import RetryTool, ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools import previews
from assistant_app.tools.arguments import DAY_FORM, REPEAT_FORM, TIME_FORM, read_day, read_moment, read_repeat
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.objects import MOST_LISTED, reminder_object
from assistant_app.tools.ranges import FROM, TO, range_words, read_range
from assistant_app.tools.references import NAMED, resolve

SUBJECT = "Reminders"
_WEEK = 7 * 24 * 60
Named = Annotated[str, described(f"The reminder. {NAMED}", max_length=500)]


@tool(title="Add a reminder", subject=SUBJECT, effect="write", preview=previews.of_new("reminder", "text"))
async def add_reminder(
    ctx: ToolContext,
    text: Annotated[str, described('What to remind of, such as "call mom", without the time.', max_length=500)],
    at: Annotated[str, described(f"When. {TIME_FORM} Ask the user if they did not say it.", max_length=40)],
    repeat: Annotated[str | None, described(f"How it repeats from then on. {REPEAT_FORM}", max_length=500)] = None,
) -> ToolResult:
    """Remind the user of something at a time: whenever they say "remind me"."""
    reminder = await reminders.add_reminder(
        user_id=ctx.user_id,
        text=text,
        at=read_moment(at, ctx.zone),
        repeat=read_repeat(repeat or ""),
        message_id=ctx.question_id,
        origin=origin_of(ctx),
    )
    return await _one(ctx, reminder, otherwise=f"Added the reminder “{reminder.text}”")


@tool(title="List reminders", subject=SUBJECT, effect="read")
async def list_reminders(
    ctx: ToolContext,
    *,
    text: Annotated[str | None, described("Words that the reminder has.", max_length=200)] = None,
    first: Annotated[str | None, described(FROM, alias="from", max_length=40)] = None,
    last: Annotated[str | None, described(TO, alias="to", max_length=40)] = None,
    done: Annotated[bool | None, described("True for those that are over, instead of those to come.")] = None,
) -> ToolResult:
    """Look up the user's reminders, those to come unless `done` is set. Call it to learn their numbers, too."""
    days = read_range(first, last)
    found = await reminders.list_reminders(
        user_id=ctx.user_id, first=days[0], last=days[1], text=text or "", done=bool(done)
    )
    now = clock.local_now(ctx.zone)
    noun = "done reminder" if done else "reminder"
    said = [
        counted(len(found), noun) if found else f"No {noun}s",
        f"with “{text}”" if text else "",
        range_words(*days, now),
    ]
    shown = found[:MOST_LISTED]
    more = f"; here are the first {len(shown)}" if len(found) > len(shown) else ""
    return ToolResult(
        " ".join(filter(None, said)) + more,
        {"total": len(found), "objects": [reminder_object(reminder, now) for reminder in shown]},
        shown=[("reminder", reminder.id) for reminder in shown],
    )


@tool(title="Change a reminder", subject=SUBJECT, effect="write", preview=previews.of_object("Change", "reminder"))
async def update_reminder(
    ctx: ToolContext,
    reminder: Named,
    text: Annotated[str | None, described("What it says from now on.", min_length=1, max_length=500)] = None,
    at: Annotated[str | None, described(f"When it comes from now on. {TIME_FORM}", max_length=40)] = None,
    repeat: Annotated[str | None, described(f'{REPEAT_FORM} "" for once only.', max_length=500)] = None,
) -> ToolResult:
    """Change what a reminder says, when it comes or how it repeats: give only what changes.

    To have it come again later, call snooze_reminder instead.
    """
    found = await resolve(ctx, "reminder", reminder)
    changes = ReminderChanges(
        text=KEEP if text is None else text,
        at=read_moment(at, ctx.zone) if at else KEEP,
        repeat=KEEP if repeat is None else read_repeat(repeat),
    )
    changed = await reminders.update_reminder(
        user_id=ctx.user_id, reminder_id=found.id, changes=changes, origin=origin_of(ctx)
    )
    return await _one(ctx, changed, otherwise=f"The reminder “{changed.text}” is like that already")


@tool(title="Snooze a reminder", subject=SUBJECT, effect="write", preview=previews.of_object("Snooze", "reminder"))
async def snooze_reminder(
    ctx: ToolContext,
    reminder: Named,
    until: Annotated[str | None, described(f"When it comes again. {TIME_FORM}", max_length=40)] = None,
    minutes: Annotated[int | None, described("Or: in how many minutes it comes again.", ge=1, le=_WEEK)] = None,
) -> ToolResult:
    """Have a reminder come again later, once. Give either `until` or `minutes`."""
    if bool(until) == bool(minutes):
        raise RetryTool("Give either until or minutes, so that it is clear when the reminder comes again.")
    moment = read_moment(until, ctx.zone) if until else clock.now() + timedelta(minutes=minutes or 0)
    found = await resolve(ctx, "reminder", reminder)
    snoozed = await reminders.snooze_reminder(
        user_id=ctx.user_id, reminder_id=found.id, until=moment, origin=origin_of(ctx)
    )
    return await _one(ctx, snoozed, otherwise=f"The reminder “{snoozed.text}” comes then already")


@tool(title="Skip a reminder once", subject=SUBJECT, effect="write", preview=previews.of_object("Skip", "reminder"))
async def skip_reminder(
    ctx: ToolContext,
    reminder: Named,
    day: Annotated[
        str | None, described(f"Which day to leave out; else its next time. {DAY_FORM}", max_length=40)
    ] = None,
) -> ToolResult:
    """Leave out one time of a reminder that repeats: "skip tomorrow's pills". All others stay."""
    found = await resolve(ctx, "reminder", reminder)
    skipped = await reminders.skip_reminder(
        user_id=ctx.user_id, reminder_id=found.id, when=read_day(day) if day else None, origin=origin_of(ctx)
    )
    return await _one(ctx, skipped, otherwise=f"Skipped the reminder “{skipped.text}”")


@tool(title="Delete a reminder", subject=SUBJECT, effect="delete", preview=previews.of_object("Delete", "reminder"))
async def delete_reminder(ctx: ToolContext, reminder: Named) -> ToolResult:
    """Delete a reminder, with all times at which it would come. For one time of many, call skip_reminder instead."""
    found = await resolve(ctx, "reminder", reminder)
    gone = await reminders.delete_reminder(user_id=ctx.user_id, reminder_id=found.id, origin=origin_of(ctx))
    summary = await said_of(ctx, otherwise=f"Deleted the reminder “{gone.text}”")
    return ToolResult(summary, {"object": reminder_object(gone, clock.local_now(ctx.zone))})


async def _one(ctx: ToolContext, reminder: ReminderView, *, otherwise: str) -> ToolResult:
    shown = reminder_object(reminder, clock.local_now(ctx.zone))
    return ToolResult(await said_of(ctx, otherwise=otherwise), {"object": shown}, touched=[("reminder", reminder.id)])
