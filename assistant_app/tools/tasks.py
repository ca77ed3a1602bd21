"""Tools for tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from assistant_app import clock
from assistant_app.services import tasks
from assistant_app.services.task_views import KEEP, Priority, TaskChanges, TaskView, counted
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools import previews
from assistant_app.tools.arguments import (
    DAY_FORM,
    DAY_OR_TIME_FORM,
    REPEAT_FORM,
    TIME_FORM,
    read_day,
    read_day_or_moment,
    read_moment,
    read_repeat,
)
from assistant_app.tools.changes import origin_of, said_of
from assistant_app.tools.list_names import known_list
from assistant_app.tools.objects import MOST_LISTED, task_object, when_words
from assistant_app.tools.ranges import range_words
from assistant_app.tools.references import NAMED, resolve

SUBJECT = "Tasks"
_ALL_DONE = 1_000  # Done tasks that are looked through for those of certain days.
Named = Annotated[str, described(f"The task. {NAMED}", max_length=500)]


@tool(title="Add a task", subject=SUBJECT, effect="write", preview=previews.of_new("task", "title"))
async def add_task(  # noqa: PLR0913 - a task has this many sides
    ctx: ToolContext,
    *,
    title: Annotated[str, described("What to do, in a few words, without its time or list.", max_length=500)],
    notes: Annotated[str | None, described("Details worth keeping.", max_length=20_000)] = None,
    list_title: Annotated[
        str | None, described("The list to put it into; made if it is new.", alias="list", max_length=100)
    ] = None,
    due: Annotated[str | None, described(DAY_OR_TIME_FORM, max_length=40)] = None,
    priority: Annotated[Priority | None, described("Only if the user said so.")] = None,
    repeat: Annotated[str | None, described(REPEAT_FORM, max_length=500)] = None,
    remind_at: Annotated[str | None, described(f"When to remind the user of it. {TIME_FORM}", max_length=40)] = None,
) -> ToolResult:
    """Add something that the user wants to get done, due at a time or not. One call for each task."""
    task = await tasks.add_task(
        user_id=ctx.user_id,
        title=title,
        notes=notes or "",
        list_title=list_title or "",
        due=read_day_or_moment(due, ctx.zone) if due else None,
        priority=priority or "none",
        repeat=read_repeat(repeat or ""),
        remind_at=read_moment(remind_at, ctx.zone) if remind_at else None,
        message_id=ctx.question_id,
        origin=origin_of(ctx),
    )
    now = clock.local_now(ctx.zone)
    reminder = f"reminder {when_words(task.remind_at, now)}" if task.remind_at else ""
    repeats = f"repeats {task.repeat_words}" if task.repeat else ""
    summary = await said_of(ctx, otherwise=f"Added “{task.title}”", also=(repeats, reminder))
    return _one(ctx, summary, task)


@tool(title="List tasks", subject=SUBJECT, effect="read")
async def list_tasks(  # noqa: PLR0913 - one filter each
    ctx: ToolContext,
    *,
    list_title: Annotated[str | None, described("Only of this list.", alias="list", max_length=100)] = None,
    due_from: Annotated[
        str | None, described(f"Due on this day or later; of done ones: done then. {DAY_FORM}", max_length=40)
    ] = None,
    due_to: Annotated[str | None, described(f"Due, or done, on this day or before. {DAY_FORM}", max_length=40)] = None,
    overdue: Annotated[bool | None, described("Only those that are late.")] = None,
    done: Annotated[bool | None, described("True for done tasks, instead of open ones.")] = None,
    text: Annotated[str | None, described("Words that the title or the notes have.", max_length=200)] = None,
    limit: Annotated[int | None, described("At most this many.", ge=1, le=MOST_LISTED)] = None,
) -> ToolResult:
    """Look up the user's tasks: the open ones unless `done` is set. Call it to learn their numbers, too."""
    first, last = read_day(due_from) if due_from else None, read_day(due_to) if due_to else None
    view: tasks.View = "done" if done else "overdue" if overdue else "open"
    of_days = view == "done" and (first or last)
    page = await tasks.list_tasks(
        user_id=ctx.user_id,
        view=view,
        list_id=(await known_list(ctx, list_title)).id if list_title else None,
        due_from=None if of_days else first,
        due_to=None if of_days else last,
        text=text or "",
        limit=_ALL_DONE if of_days else limit or MOST_LISTED,
    )
    found, total = list(page.tasks), page.total
    if of_days:
        found = [task for task in found if task.done_at and _within(task.done_at.date(), first, last)]
        total = len(found)
    found = found[: limit or MOST_LISTED]
    now = clock.local_now(ctx.zone)
    adjective = {"open": "open ", "overdue": "overdue ", "done": "done "}[view]
    days = range_words(first, last, now)
    said = [
        counted(total, f"{adjective}task") if total else f"No {adjective}tasks",
        f"in {list_title}" if list_title else "",
        f"with “{text}”" if text else "",
        days if view == "done" or not days else f"due {days}",
    ]
    more = f"; here are the first {len(found)}" if total > len(found) else ""
    return ToolResult(
        " ".join(filter(None, said)) + more,
        {"total": total, "objects": [task_object(task, now) for task in found]},
        shown=[("task", task.id) for task in found],
    )


@tool(title="Change a task", subject=SUBJECT, effect="write", preview=previews.of_object("Change", "task"))
async def update_task(  # noqa: PLR0913 - a task has this many sides
    ctx: ToolContext,
    *,
    task: Named,
    title: Annotated[str | None, described("Its new title.", min_length=1, max_length=500)] = None,
    notes: Annotated[str | None, described("Its new notes, in place of the old ones.", max_length=20_000)] = None,
    list_title: Annotated[
        str | None, described('The list to move it to; "" takes it out of its list.', alias="list", max_length=100)
    ] = None,
    due: Annotated[str | None, described(f'{DAY_OR_TIME_FORM} "" for not due any more.', max_length=40)] = None,
    priority: Annotated[Priority | None, described("Its new priority.")] = None,
    repeat: Annotated[str | None, described(f'{REPEAT_FORM} "" for once only.', max_length=500)] = None,
    remind_at: Annotated[str | None, described(f'{TIME_FORM} "" for no reminder.', max_length=40)] = None,
) -> ToolResult:
    """Change a task's title, notes, list, due time, priority, recurrence or reminder: give only what changes.

    To mark it done, call complete_task instead.
    """
    found = await resolve(ctx, "task", task)
    changes = TaskChanges(
        title=KEEP if title is None else title,
        notes=KEEP if notes is None else notes,
        list_title=KEEP if list_title is None else list_title,
        due=KEEP if due is None else read_day_or_moment(due, ctx.zone) if due else None,
        priority=KEEP if priority is None else priority,
        repeat=KEEP if repeat is None else read_repeat(repeat),
        remind_at=KEEP if remind_at is None else read_moment(remind_at, ctx.zone) if remind_at else None,
    )
    changed = await tasks.update_task(user_id=ctx.user_id, task_id=found.id, changes=changes, origin=origin_of(ctx))
    return _one(ctx, await said_of(ctx, otherwise=f"“{changed.title}” is like that already"), changed)


@tool(title="Complete a task", subject=SUBJECT, effect="write", preview=previews.of_object("Complete", "task"))
async def complete_task(ctx: ToolContext, task: Named) -> ToolResult:
    """Mark a task as done. One that repeats comes again by itself. One call for each task."""
    found = await resolve(ctx, "task", task)
    completed = await tasks.complete_task(user_id=ctx.user_id, task_id=found.id, origin=origin_of(ctx))
    summary = await said_of(ctx, otherwise=f"“{completed.task.title}” is done already")
    following = completed.following
    more = {"following": task_object(following, clock.local_now(ctx.zone))} if following else {}
    return _one(ctx, summary, completed.task, more)


@tool(title="Reopen a task", subject=SUBJECT, effect="write", preview=previews.of_object("Reopen", "task", done=True))
async def reopen_task(ctx: ToolContext, task: Named) -> ToolResult:
    """Make a task that was marked as done open again."""
    found = await resolve(ctx, "task", task, done=True)
    opened = await tasks.reopen_task(user_id=ctx.user_id, task_id=found.id, origin=origin_of(ctx))
    return _one(ctx, await said_of(ctx, otherwise=f"“{opened.title}” is open already"), opened)


@tool(title="Delete a task", subject=SUBJECT, effect="delete", preview=previews.of_object("Delete", "task"))
async def delete_task(ctx: ToolContext, task: Named) -> ToolResult:
    """Delete a task that the user does not want any more. A task that is finished is completed instead."""
    found = await resolve(ctx, "task", task)
    gone = await tasks.delete_task(user_id=ctx.user_id, task_id=found.id, origin=origin_of(ctx))
    shown = task_object(gone, clock.local_now(ctx.zone))
    return ToolResult(await said_of(ctx, otherwise=f"Deleted “{gone.title}”"), {"object": shown})


def _one(ctx: ToolContext, summary: str, task: TaskView, more: Mapping[str, Any] | None = None) -> ToolResult:
    shown = task_object(task, clock.local_now(ctx.zone))
    return ToolResult(summary, {"object": shown, **(more or {})}, touched=[("task", task.id)])


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
