"""Tasks: things to do, which may be due, repeat, and be reminded of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import NotFoundError
from assistant_app.models import Task
from assistant_app.repositories import database
from assistant_app.repositories import tasks as queries
from assistant_app.repositories.tasks import TaskFilter, View
from assistant_app.services import due_times, inbox_items, ledger, task_edits, task_steps
from assistant_app.services.ledger import PAGE, Origin, Step
from assistant_app.services.task_views import (
    KEEP,
    PRIORITIES,
    Completed,
    Counts,
    Keep,
    Priority,
    TaskChanges,
    TaskPage,
    TaskView,
    counted,
    due_words,
    quoted,
    view_task,
    view_tasks,
    zone_of,
)

__all__ = [
    "KEEP",
    "PRIORITIES",
    "Completed",
    "Counts",
    "Keep",
    "Priority",
    "TaskChanges",
    "TaskPage",
    "TaskView",
    "View",
    "add_task",
    "clear_tasks",
    "complete_task",
    "complete_tasks",
    "count_tasks",
    "delete_task",
    "delete_tasks",
    "get_task",
    "list_tasks",
    "move_task",
    "move_tasks_to_list",
    "reopen_task",
    "update_task",
]

_ALL = 100_000  # More tasks than anyone has.


async def add_task(  # noqa: PLR0913 - a task has this many sides
    *,
    user_id: str,
    title: str,
    notes: str = "",
    list_title: str = "",
    list_id: str | None = None,
    due: date | datetime | None = None,
    priority: str = "none",
    repeat: str = "",
    remind_at: datetime | None = None,
    message_id: str | None = None,
    origin: Origin = PAGE,
) -> TaskView:
    """Add a task. A list named by its title is made if there is none; a naive `due` is the user's wall time."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        zone = await zone_of(step.session, user_id=user_id)
        chosen = await task_steps.chosen_list(step, list_title=list_title, list_id=list_id)
        task = Task(
            user_id=user_id,
            number=0,
            title=task_steps.valid_title(title),
            notes=task_steps.valid_notes(notes),
            list_id=chosen.id if chosen else None,
            priority=task_edits.priority_number(priority),
            repeat=due_times.checked_repeat(repeat),
            message_id=message_id,
        )
        task_edits.set_due(task, due, zone)
        await task_steps.put_task(step, task)
        if remind_at is not None:
            await task_steps.set_reminder(step, task, due_times.future_moment(remind_at, zone), zone)
        step.say("add", "task", task.id, _added(task, chosen.title if chosen else "", zone))
        return await view_task(step.session, task)


async def update_task(*, user_id: str, task_id: str, changes: TaskChanges, origin: Origin = PAGE) -> TaskView:
    """Change what `changes` names of a task."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        task = await queries.get_task(step.session, user_id=user_id, task_id=task_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        title = task.title
        said = await task_edits.apply_changes(step, task, changes, zone)
        step.say("update", "task", task.id, f"Changed {quoted(title)}: {said}")
        await step.session.flush()
        return await view_task(step.session, task)


async def complete_task(*, user_id: str, task_id: str, origin: Origin = PAGE) -> Completed:
    """Complete a task; one that repeats comes again. One that is done already stays as it is."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        task = await queries.get_task(step.session, user_id=user_id, task_id=task_id, lock=True)
        following = None
        if task.done_at is None:
            zone = await zone_of(step.session, user_id=user_id)
            following = await task_steps.complete(step, task, zone)
            again = f"; it comes again {due_words(following.due_on, following.due_at, zone)}" if following else ""
            step.say("complete", "task", task.id, f"Completed {quoted(task.title)}{again}")
        completed = Completed(
            await view_task(step.session, task), await view_task(step.session, following) if following else None
        )
    bus.publish(user_id, inbox_items.TOPIC)
    return completed


async def complete_tasks(*, user_id: str, task_ids: Sequence[str], origin: Origin = PAGE) -> list[Completed]:
    """Complete several tasks as one change; those that are done already are left out."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        open_ones = [task for task in await _get_all(step, task_ids) if task.done_at is None]
        zone = await zone_of(step.session, user_id=user_id)
        pairs = [(task, await task_steps.complete(step, task, zone)) for task in open_ones]
        step.say("complete", "task", _one_id(open_ones), f"Completed {_named(open_ones)}")
        completed = [
            Completed(
                await view_task(step.session, task), await view_task(step.session, next_one) if next_one else None
            )
            for task, next_one in pairs
        ]
    bus.publish(user_id, inbox_items.TOPIC)
    return completed


async def reopen_task(*, user_id: str, task_id: str, origin: Origin = PAGE) -> TaskView:
    """Open a completed task again; the next one of a recurrence goes away, unless it was changed meanwhile."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        task = await queries.get_task(step.session, user_id=user_id, task_id=task_id, lock=True)
        if task.done_at is not None:
            await task_steps.reopen(step, task)
            step.say("reopen", "task", task.id, f"Reopened {quoted(task.title)}")
        return await view_task(step.session, task)


async def delete_task(*, user_id: str, task_id: str, origin: Origin = PAGE) -> TaskView:
    """Delete a task with its reminders; return it as it was."""
    return (await delete_tasks(user_id=user_id, task_ids=[task_id], origin=origin))[0]


async def delete_tasks(*, user_id: str, task_ids: Sequence[str], origin: Origin = PAGE) -> list[TaskView]:
    """Delete several tasks as one change; return them as they were."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        views = await _delete(step, await _get_all(step, task_ids))
    bus.publish(user_id, inbox_items.TOPIC)
    return views


async def clear_tasks(
    *, user_id: str, list_title: str = "", which: Literal["done", "all"] = "done", origin: Origin = PAGE
) -> list[TaskView]:
    """Delete the done tasks, or all, of one list or of all, as one change; return them as they were."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        wanted = await _filter(step.session, user_id, view=which, list_title=list_title)
        tasks = await queries.list_tasks(step.session, user_id=user_id, wanted=wanted, limit=_ALL, lock=True)
        views = await _delete(step, tasks)
    bus.publish(user_id, inbox_items.TOPIC)
    return views


async def move_tasks_to_list(
    *,
    user_id: str,
    task_ids: Sequence[str],
    list_title: str = "",
    list_id: str | None = None,
    origin: Origin = PAGE,
) -> list[TaskView]:
    """Put tasks into a list, or into none if neither its title nor its id is given, as one change."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        tasks = await _get_all(step, task_ids)
        chosen = await task_steps.chosen_list(step, list_title=list_title, list_id=list_id)
        for task in tasks:
            step.change(task)
            task.list_id, task.updated_at = chosen.id if chosen else None, clock.now()
        where = f"to {chosen.title}" if chosen else "out of their lists"
        step.say("update", "task", _one_id(tasks), f"Moved {_named(tasks)} {where}")
        await step.session.flush()
        return await view_tasks(step.session, user_id=user_id, tasks=tasks)


async def move_task(*, user_id: str, task_id: str, after_id: str | None, origin: Origin = PAGE) -> TaskView:
    """Put a task behind another one in the order by hand, or before all if `after_id` is None."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        task = await queries.get_task(step.session, user_id=user_id, task_id=task_id, lock=True)
        position = await _position(step, after_id) if after_id != task_id else task.position
        step.change(task)
        task.position, task.updated_at = position, clock.now()
        step.say("move", "task", task.id, f"Moved {quoted(task.title)} in the order")
        await step.session.flush()
        return await view_task(step.session, task)


async def get_task(*, user_id: str, task_id: str) -> TaskView:
    """Return one task."""
    async with database.read() as session:
        return await view_task(session, await queries.get_task(session, user_id=user_id, task_id=task_id))


async def list_tasks(  # noqa: PLR0913 - one filter each
    *,
    user_id: str,
    view: View = "open",
    list_id: str | None = None,
    list_title: str = "",
    due_from: date | None = None,
    due_to: date | None = None,
    text: str = "",
    limit: int = 200,
    offset: int = 0,
) -> TaskPage:
    """Return tasks: open ones by hand's order; what has a time in the order of time; done ones, the last first.

    `due_to` is included. `text` is words that the title or the notes have.
    """
    async with database.read() as session:
        wanted = await _filter(
            session,
            user_id,
            view=view,
            list_id=list_id,
            list_title=list_title,
            due_from=due_from,
            due_to=due_to,
            text=text,
        )
        rows = await queries.list_tasks(session, user_id=user_id, wanted=wanted, limit=limit, offset=offset)
        whole = offset == 0 and len(rows) < limit
        total = len(rows) if whole else await queries.count_wanted(session, user_id=user_id, wanted=wanted)
        return TaskPage(tuple(await view_tasks(session, user_id=user_id, tasks=rows)), total)


async def count_tasks(*, user_id: str) -> Counts:
    """Count a user's tasks for the views and the lists."""
    async with database.read() as session:
        now = clock.now()
        today = clock.local_now(await zone_of(session, user_id=user_id)).date()
        lists = await queries.count_open(session, user_id=user_id, today=today, now=now)
        done = await queries.count_done(session, user_id=user_id)
    return Counts(
        today=sum(each.today for each in lists),
        upcoming=sum(each.upcoming for each in lists),
        overdue=sum(each.overdue for each in lists),
        open=sum(each.open for each in lists),
        done=done,
        by_list={each.list_id: each.open for each in lists if each.list_id is not None},
    )


async def _filter(  # noqa: PLR0913 - one filter each
    session: AsyncSession,
    user_id: str,
    *,
    view: View,
    list_id: str | None = None,
    list_title: str = "",
    due_from: date | None = None,
    due_to: date | None = None,
    text: str = "",
) -> TaskFilter:
    if list_title.strip() and list_id is None:
        found = task_steps.matching_list(await queries.list_lists(session, user_id=user_id), list_title)
        if found is None:
            raise NotFoundError(f"There is no list {quoted(list_title.strip())}.")
        list_id = found.id
    ids = await _holding(session, user_id, text) if text.strip() else None
    today = clock.local_now(await zone_of(session, user_id=user_id)).date()
    return TaskFilter(view, today, clock.now(), list_id, due_from, due_to, ids)


async def _holding(session: AsyncSession, user_id: str, text: str) -> list[str]:
    """Return the ids of the tasks that have all the words; the databases do not agree on capitals beyond ASCII."""
    words = text.casefold().split()
    texts_of = await queries.list_texts(session, user_id=user_id)
    found = ((task_id, f"{title} {notes}".casefold()) for task_id, title, notes in texts_of)
    return [task_id for task_id, said in found if all(word in said for word in words)]


async def _get_all(step: Step, task_ids: Sequence[str]) -> Sequence[Task]:
    """Return the tasks, locked; all of them must be there."""
    tasks = await queries.list_by_ids(step.session, user_id=step.user_id, task_ids=task_ids, lock=True)
    if not tasks or len(tasks) < len(set(task_ids)):
        raise NotFoundError(queries.GONE)
    return tasks


async def _delete(step: Step, tasks: Sequence[Task]) -> list[TaskView]:
    views = await view_tasks(step.session, user_id=step.user_id, tasks=tasks)
    for task in tasks:
        await task_steps.remove_task(step, task)
    step.say("delete", "task", _one_id(tasks), f"Deleted {_named(tasks)}")
    return views


async def _position(step: Step, after_id: str | None) -> float:
    """Return a position right behind a task's, or before all."""
    if after_id is None:
        return await queries.first_position(step.session, user_id=step.user_id) - 1
    before = await queries.get_task(step.session, user_id=step.user_id, task_id=after_id, lock=True)
    position = await _between(step, before)
    if position is None:
        for number, task in enumerate(
            await queries.list_in_order(step.session, user_id=step.user_id, lock=True), start=1
        ):
            step.change(task)
            task.position = float(number)
        await step.session.flush()
        position = await _between(step, before)
    return before.position + 0.5 if position is None else position


async def _between(step: Step, before: Task) -> float | None:
    """Return a position between a task and the next one, None if numbers have none in between."""
    after = await queries.position_after(step.session, user_id=step.user_id, position=before.position)
    middle = before.position + 1 if after is None else (before.position + after) / 2
    return middle if before.position < middle and (after is None or middle < after) else None


def _added(task: Task, list_title: str, zone: str) -> str:
    to = f" to {list_title}" if list_title else ""
    due = due_words(task.due_on, task.due_at, zone)
    return f"Added {quoted(task.title)}{to}{f', due {due}' if due else ''}"


def _named(tasks: Sequence[Task]) -> str:
    return quoted(tasks[0].title) if len(tasks) == 1 else counted(len(tasks), "task")


def _one_id(tasks: Sequence[Task]) -> str:
    return tasks[0].id if len(tasks) == 1 else ""
