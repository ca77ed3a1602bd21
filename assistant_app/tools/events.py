"""Tools for events: what is on the calendar."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from assistant_app import clock
from assistant_app.services import events
from assistant_app.services.event_views import EventChanges, EventView
from assistant_app.services.references import FoundThing
from assistant_app.services.task_views import KEEP, counted
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, RetryTool, ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools import previews
from assistant_app.tools.arguments import (
    DAY_FORM,
    DAY_OR_TIME_FORM,
    REPEAT_FORM,
    read_day,
    read_day_or_moment,
    read_repeat,
)
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.objects import MOST_LISTED, event_object, when_words
from assistant_app.tools.ranges import FROM, LONGEST, TO, range_words, read_range
from assistant_app.tools.references import NAMED, resolve

SUBJECT = "Events"
Named = Annotated[str, described(f"The event. {NAMED}", max_length=500)]


async def _preview_delete(ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
    """Say whether all occurrences would go, or which one."""
    found = await resolve(ctx, "event", given["event"])
    event = await events.get_event(user_id=ctx.user_id, event_id=found.id)
    pinned = {"event": str(found.number), **previews.pin_times(ctx, given)}
    start = event.start
    if day := given.get("day"):
        start = (await _occurrence(ctx, found, day)).start
    which = f", all of them ({event.repeat_words})" if event.repeat and not day else ""
    when = "" if which else f", {when_words(start, clock.local_now(ctx.zone))}"
    return Preview(f"Delete event {found.number} “{event.title}”{when}{which}", pinned, [("event", found.id)])


@tool(title="Add an event", subject=SUBJECT, effect="write", preview=previews.of_new("event", "title"))
async def add_event(  # noqa: PLR0913 - an event has this many sides
    ctx: ToolContext,
    *,
    title: Annotated[str, described("What takes place, in a few words, without time and place.", max_length=500)],
    start: Annotated[str, described(f"{DAY_OR_TIME_FORM} A day alone is an event of whole days.", max_length=40)],
    end: Annotated[
        str | None, described("Its end, or its last day, in the same form; else an hour, or one day.", max_length=40)
    ] = None,
    place: Annotated[str | None, described("Where.", max_length=500)] = None,
    notes: Annotated[str | None, described("Details worth keeping.", max_length=20_000)] = None,
    repeat: Annotated[str | None, described(f"How it repeats from then on. {REPEAT_FORM}", max_length=500)] = None,
) -> ToolResult:
    """Put something that takes place at a time on the user's calendar: an appointment, a meeting, a trip."""
    event = await events.add_event(
        user_id=ctx.user_id,
        title=title,
        start=read_day_or_moment(start, ctx.zone),
        end=read_day_or_moment(end, ctx.zone) if end else None,
        place=place or "",
        notes=notes or "",
        repeat=read_repeat(repeat or ""),
        message_id=ctx.question_id,
        origin=origin_of(ctx),
    )
    at = f"at {event.place}" if event.place else ""
    return _one(ctx, await said_of(ctx, otherwise=f"Added “{event.title}”", also=(at,)), event)


@tool(title="List events", subject=SUBJECT, effect="read")
async def list_events(
    ctx: ToolContext,
    *,
    first: Annotated[str | None, described(f"{FROM} Today if left out.", alias="from", max_length=40)] = None,
    last: Annotated[
        str | None, described(f"{TO} If left out, each is shown at its next time.", alias="to", max_length=40)
    ] = None,
    text: Annotated[str | None, described("Words of the title, the place or the notes.", max_length=200)] = None,
) -> ToolResult:
    """Look up what is on the user's calendar. Call it to learn the numbers of events, too."""
    now = clock.local_now(ctx.zone)
    begin, end = read_range(first, last)
    start = begin or (min(now.date(), end) if end else now.date())
    found = await events.list_events(user_id=ctx.user_id, first=start, last=end or start + LONGEST, text=text or "")
    if end is None:
        found = _next_ones(found, None if begin else now)
    said = [
        counted(len(found), "event") if found else "No events",
        f"with “{text}”" if text else "",
        range_words(begin, end, now),
    ]
    shown = found[:MOST_LISTED]
    more = f"; here are the first {len(shown)}" if len(found) > len(shown) else ""
    return ToolResult(
        " ".join(filter(None, said)) + more,
        {"total": len(found), "objects": [event_object(event, now) for event in shown]},
        shown=list(dict.fromkeys(("event", event.id) for event in shown)),
    )


@tool(title="Move an event", subject=SUBJECT, effect="write", preview=previews.of_object("Move", "event"))
async def move_event(
    ctx: ToolContext,
    event: Named,
    start: Annotated[str, described(f"{DAY_OR_TIME_FORM} On a day alone it keeps its time of day.", max_length=40)],
    end: Annotated[str | None, described("Only if it gets another length.", max_length=40)] = None,
    day: Annotated[
        str | None, described(f"Of one that repeats: move only the one of this day. {DAY_FORM}", max_length=40)
    ] = None,
) -> ToolResult:
    """Have an event begin at another time. One that repeats moves with all its times, unless a day is given."""
    found = await resolve(ctx, "event", event)
    begins, ends = read_day_or_moment(start, ctx.zone), read_day_or_moment(end, ctx.zone) if end else None
    one = await _occurrence(ctx, found, day) if day else None
    if one is not None and one.repeat:
        moved = await events.change_occurrence(
            user_id=ctx.user_id,
            event_id=found.id,
            occurrence=one.occurrence,
            start=begins,
            end=ends,
            origin=origin_of(ctx),
        )
    else:
        moved = await events.move_event(
            user_id=ctx.user_id, event_id=found.id, start=begins, end=ends, origin=origin_of(ctx)
        )
    return _one(ctx, await said_of(ctx, otherwise=f"“{moved.title}” is at that time already"), moved)


@tool(title="Change an event", subject=SUBJECT, effect="write", preview=previews.of_object("Change", "event"))
async def update_event(
    ctx: ToolContext,
    *,
    event: Named,
    title: Annotated[str | None, described("Its new title.", min_length=1, max_length=500)] = None,
    place: Annotated[str | None, described('Where; "" for no place.', max_length=500)] = None,
    notes: Annotated[str | None, described("Its new notes, in place of the old ones.", max_length=20_000)] = None,
    repeat: Annotated[str | None, described(f'{REPEAT_FORM} "" for once only.', max_length=500)] = None,
) -> ToolResult:
    """Change an event's title, place, notes or recurrence: give only what changes.

    To change its time, call move_event instead.
    """
    found = await resolve(ctx, "event", event)
    changes = EventChanges(
        title=KEEP if title is None else title,
        place=KEEP if place is None else place,
        notes=KEEP if notes is None else notes,
        repeat=KEEP if repeat is None else read_repeat(repeat),
    )
    changed = await events.update_event(user_id=ctx.user_id, event_id=found.id, changes=changes, origin=origin_of(ctx))
    return _one(ctx, await said_of(ctx, otherwise=f"“{changed.title}” is like that already"), changed)


@tool(title="Delete an event", subject=SUBJECT, effect="delete", preview=_preview_delete)
async def delete_event(
    ctx: ToolContext,
    event: Named,
    day: Annotated[
        str | None, described(f"Of one that repeats: delete it only on this day. {DAY_FORM}", max_length=40)
    ] = None,
) -> ToolResult:
    """Take an event off the calendar. Of one that repeats all times, unless a day is given."""
    found = await resolve(ctx, "event", event)
    gone = await events.delete_event(
        user_id=ctx.user_id,
        event_id=found.id,
        occurrence=(await _occurrence(ctx, found, day)).occurrence if day else None,
        origin=origin_of(ctx),
    )
    shown = event_object(gone, clock.local_now(ctx.zone))
    return ToolResult(await said_of(ctx, otherwise=f"Deleted “{gone.title}”"), {"object": shown})


async def _occurrence(ctx: ToolContext, found: FoundThing, day: str) -> EventView:
    """Return the occurrence of an event on a day."""
    on = read_day(day)
    taking_place = await events.list_events(user_id=ctx.user_id, first=on, last=on)
    occurrence = next((event for event in taking_place if event.id == found.id), None)
    if occurrence is None:
        raise RetryTool(f"“{found.title}” does not take place on {on.isoformat()}. The calendar shows when it does.")
    return occurrence


def _next_ones(found: Sequence[EventView], now: datetime | None) -> list[EventView]:
    """Return each event once, at its first time or, with `now`, at the first that is not over."""
    first: dict[str, EventView] = {}
    for event in found:
        if now is None or event.ends_at > now:
            first.setdefault(event.id, event)
    return list(first.values())


def _one(ctx: ToolContext, summary: str, event: EventView) -> ToolResult:
    shown = event_object(event, clock.local_now(ctx.zone))
    return ToolResult(summary, {"object": shown}, touched=[("event", event.id)])
