"""Changing a task: what is asked for, put into its row, and said in a sentence."""

from datetime import date, datetime

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.models import Task
from assistant_app.services import due_times, task_steps
from assistant_app.services.ledger import Step
from assistant_app.services.task_views import PRIORITIES, Keep, TaskChanges, due_words, quoted
from assistant_app.times import recurrence
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local


async def apply_changes(step: Step, task: Task, changes: TaskChanges, zone: str) -> str:
    """Change a task as asked; return what changed in words, empty if nothing did."""
    step.change(task)
    said = [_retitle(task, changes.title)]
    if said[0]:
        await task_steps.retitle_reminders(step, task)
    said += [_renote(task, changes.notes), await _relist(step, task, changes.list_title)]
    said += [_reschedule(task, changes, zone), _reprioritize(task, changes.priority)]
    said.append(await _remind(step, task, changes.remind_at, zone))
    if any(said):
        task.updated_at = clock.now()
    return ", ".join(filter(None, said))


def priority_number(priority: str) -> int:
    """Return a priority as it is kept."""
    if priority not in PRIORITIES:
        raise InvalidInputError(f"The priority is one of {', '.join(PRIORITIES)}, not {priority[:40]!r}.")
    return PRIORITIES.index(priority)


def set_due(task: Task, due: date | datetime | None, zone: str) -> None:
    """Set when a task is due. One that repeats always is: on the first day of its recurrence if none is given."""
    found = due_times.due_of(due, zone) if due is not None else None
    if found is None and task.repeat:
        found = due_times.first_due(task.repeat, zone)
    task.due_on, task.due_at = (found.on, found.at) if found else (None, None)


def _retitle(task: Task, title: str | Keep) -> str:
    if isinstance(title, Keep) or (valid := task_steps.valid_title(title)) == task.title:
        return ""
    task.title = valid
    return f"now {quoted(valid)}"


def _renote(task: Task, notes: str | Keep) -> str:
    if isinstance(notes, Keep) or (valid := task_steps.valid_notes(notes)) == task.notes:
        return ""
    task.notes = valid
    return "new notes" if valid else "no notes"


async def _relist(step: Step, task: Task, title: str | Keep) -> str:
    if isinstance(title, Keep):
        return ""
    row = await task_steps.chosen_list(step, list_title=title, list_id=None)
    if task.list_id == (row.id if row else None):
        return ""
    task.list_id = row.id if row else None
    return f"in {row.title}" if row else "in no list"


def _reschedule(task: Task, changes: TaskChanges, zone: str) -> str:
    """Change when a task is due and how it repeats, which belong together."""
    before = task.due_on, task.due_at
    repeated = task.repeat
    if not isinstance(changes.repeat, Keep):
        task.repeat = due_times.checked_repeat(changes.repeat)
    if not isinstance(changes.due, Keep):
        set_due(task, changes.due, zone)
    elif task.repeat and task.due_on is None:
        set_due(task, None, zone)
    said: list[str] = []
    if (task.due_on, task.due_at) != before:
        said.append(f"due {due_words(task.due_on, task.due_at, zone)}" if task.due_on else "no longer due")
    if task.repeat != repeated:
        said.append(recurrence.describe(task.repeat) if task.repeat else "no longer repeating")
    return ", ".join(said)


def _reprioritize(task: Task, priority: str | Keep) -> str:
    if isinstance(priority, Keep) or (number := priority_number(priority)) == task.priority:
        return ""
    task.priority = number
    return f"{priority} priority" if number else "no priority"


async def _remind(step: Step, task: Task, at: datetime | Keep | None, zone: str) -> str:
    if isinstance(at, Keep):
        return ""
    moment = None if at is None else due_times.future_moment(at, zone)
    if not await task_steps.set_reminder(step, task, moment, zone):
        return ""
    if moment is None:
        return "no reminder"
    return f"reminder {moment_words(to_local(moment, zone), clock.local_now(zone))}"
