"""What happens to a task, as part of one step of the ledger; each function leaves saying it to its caller."""

from collections.abc import Sequence
from datetime import datetime

from assistant_app import clock
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.models import Reminder, Task, TaskList
from assistant_app.repositories import numbers
from assistant_app.repositories import tasks as queries
from assistant_app.services import due_times, inbox_items, texts
from assistant_app.services.due_times import Due
from assistant_app.services.ledger import Step

TITLE_CHARS = 500
NOTES_CHARS = 20_000
LIST_CHARS = 100
MOST_LISTS = 500


def valid_title(title: str) -> str:
    """Return the title of an object as it is kept."""
    title = texts.one_line(title)
    if not title:
        raise InvalidInputError("It needs a title. Say in a few words what it is.")
    if len(title) > TITLE_CHARS:
        raise InvalidInputError(
            f"A title can have up to {TITLE_CHARS} characters, and this one has {len(title)}. "
            "Shorten it, and put the rest into the notes."
        )
    return title


def valid_notes(notes: str) -> str:
    """Return notes as they are kept."""
    notes = texts.storable(notes).strip()
    if len(notes) > NOTES_CHARS:
        raise InvalidInputError(f"Notes can have up to {NOTES_CHARS:,} characters, and these have {len(notes):,}.")
    return notes


def valid_list_title(title: str) -> str:
    """Return the title of a list as it is kept."""
    title = texts.one_line(title)
    if not 1 <= len(title) <= LIST_CHARS:
        raise InvalidInputError(f"A list's title has 1 to {LIST_CHARS} characters.")
    return title


def matching_list(lists: Sequence[TaskList], title: str) -> TaskList | None:
    """Return the list that people mean by this title: capitals do not count."""
    wanted = texts.one_line(title).casefold()
    return next((row for row in lists if row.title.casefold() == wanted), None)


async def find_or_add_list(step: Step, title: str) -> TaskList:
    """Return the list with this title; it is made if there is none."""
    title = valid_list_title(title)
    lists = await queries.list_lists(step.session, user_id=step.user_id)
    return matching_list(lists, title) or await put_list(step, title, lists)


async def put_list(step: Step, title: str, lists: Sequence[TaskList]) -> TaskList:
    """Add a list after the others."""
    if len(lists) >= MOST_LISTS:
        raise ConflictError(f"You have {MOST_LISTS} lists, and there can be no more. Delete one that you do not need.")
    row = TaskList(user_id=step.user_id, title=title, position=max((each.position for each in lists), default=0.0) + 1)
    step.add(row)
    await step.session.flush()
    return row


async def chosen_list(step: Step, *, list_title: str, list_id: str | None) -> TaskList | None:
    """Return the list that was chosen by its id or title, None if neither was given."""
    if list_id:
        return await queries.get_list(step.session, user_id=step.user_id, list_id=list_id)
    return await find_or_add_list(step, list_title) if list_title.strip() else None


async def put_task(step: Step, task: Task) -> Task:
    """Add a task after the others, with the next number."""
    task.number = await numbers.take_number(step.session, user_id=step.user_id, kind="task")
    task.position = await queries.last_position(step.session, user_id=step.user_id) + 1
    task.created_at = task.updated_at = clock.now()
    step.add(task)
    await step.session.flush()
    return task


async def set_reminder(step: Step, task: Task, at: datetime | None, zone: str) -> bool:
    """Have a task reminded of at one moment (UTC) only, or not at all; tell whether that is something new."""
    reminders = await queries.list_reminders_of(step.session, user_id=task.user_id, task_id=task.id)
    for reminder in reminders if at is None else reminders[1:]:
        await remove_reminder(step, reminder)
    if at is None:
        return bool(reminders)
    if [reminder.next_at for reminder in reminders] == [at]:
        return False
    if not reminders:
        number = await numbers.take_number(step.session, user_id=task.user_id, kind="reminder")
        reminder = Reminder(
            user_id=task.user_id, number=number, text=task.title, starts_at=at, zone=zone, next_at=at,
            task_id=task.id, message_id=task.message_id,
        )  # fmt: skip
        step.add(reminder)
    else:
        step.change(reminders[0])
        reminders[0].starts_at = reminders[0].next_at = at
        reminders[0].zone, reminders[0].done_at, reminders[0].updated_at = zone, None, clock.now()
    await step.session.flush()
    return True


async def retitle_reminders(step: Step, task: Task) -> None:
    """Have a task's reminders say its title."""
    for reminder in await queries.list_reminders_of(step.session, user_id=task.user_id, task_id=task.id):
        step.change(reminder)
        reminder.text, reminder.updated_at = task.title, clock.now()


async def remove_reminder(step: Step, reminder: Reminder) -> None:
    """Delete a reminder, and what it left in the inbox with it."""
    await inbox_items.close_items(step, subject_id=reminder.id)
    await step.delete(reminder)


async def remove_task(step: Step, task: Task) -> None:
    """Delete a task with its reminders."""
    for reminder in await queries.list_reminders_of(step.session, user_id=task.user_id, task_id=task.id):
        await remove_reminder(step, reminder)
    await step.delete(task)


async def complete(step: Step, task: Task, zone: str) -> Task | None:
    """Complete a task; return the next one if it repeats."""
    step.change(task)
    task.done_at = task.updated_at = clock.now()
    reminders = await queries.list_reminders_of(step.session, user_id=task.user_id, task_id=task.id)
    for reminder in reminders:
        await _silence(step, reminder, task.done_at)
    following = await _add_following(step, task, zone)
    await step.session.flush()
    if following is not None and reminders and task.due_on is not None:
        reminded_at = _moved(reminders[0], Due(task.due_on, task.due_at), following, zone)
        if reminded_at > task.done_at:
            await set_reminder(step, following, reminded_at, zone)
    return following


async def reopen(step: Step, task: Task) -> None:
    """Open a completed task again; the next one goes away unless somebody has changed it."""
    follower = await queries.find_follower(step.session, user_id=task.user_id, task_id=task.id)
    if follower is not None and follower.updated_at == follower.created_at:
        await remove_task(step, follower)
    step.change(task)
    done_at, task.done_at, task.updated_at = task.done_at, None, clock.now()
    for reminder in await queries.list_reminders_of(step.session, user_id=task.user_id, task_id=task.id):
        if reminder.done_at == done_at and reminder.starts_at > clock.now():
            step.change(reminder)
            reminder.next_at, reminder.done_at, reminder.updated_at = reminder.starts_at, None, clock.now()
    await step.session.flush()


async def _silence(step: Step, reminder: Reminder, at: datetime) -> None:
    """Let a reminder rest with its task; that its `done_at` is the task's tells that it can wake with it."""
    await inbox_items.close_items(step, subject_id=reminder.id, at=at)
    if reminder.done_at is None:
        step.change(reminder)
        reminder.next_at, reminder.done_at, reminder.updated_at = None, at, at


async def _add_following(step: Step, task: Task, zone: str) -> Task | None:
    if not task.repeat or task.due_on is None:
        return None
    if await queries.find_follower(step.session, user_id=task.user_id, task_id=task.id) is not None:
        return None  # It was completed before, and opened again; the next one has come already.
    coming = due_times.next_due(task.repeat, Due(task.due_on, task.due_at), zone)
    if coming is None:
        return None
    due, repeat = coming
    following = Task(
        user_id=task.user_id, number=0, title=task.title, notes=task.notes, list_id=task.list_id, due_on=due.on,
        due_at=due.at, priority=task.priority, repeat=repeat, follows_id=task.id, message_id=task.message_id,
    )  # fmt: skip
    return await put_task(step, following)


def _moved(reminder: Reminder, due: Due, following: Task, zone: str) -> datetime:
    """Return the moment that is as far before the next due time, on the clocks, as the reminder was before its own."""
    assert following.due_on is not None  # noqa: S101 - tells the type checker what makes a task follow
    before = due.local(zone) - due_times.wall_time(reminder.starts_at, zone)
    return due_times.moment_of(Due(following.due_on, following.due_at).local(zone) - before, zone)
