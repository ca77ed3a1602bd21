"""What the page knows of tasks and lists, in the words in which they are shown."""

from dataclasses import dataclass

from assistant_app import clock
from assistant_app.services.task_lists import TaskListView
from assistant_app.services.task_views import due_words
from assistant_app.services.tasks import TaskView
from assistant_app.times.wording import moment_words


@dataclass(frozen=True)
class TaskRow:
    """One task in a list. Words are empty where there is nothing to say; `list_title` is, too, within that list."""

    id: str
    number: int
    title: str
    due: str
    overdue: bool
    repeat: str
    remind: str
    priority: str
    list_title: str
    has_notes: bool
    done: bool
    finished: str


@dataclass(frozen=True)
class ListRow:
    """One list in the navigation; `count` is how many of its tasks are open."""

    id: str
    title: str
    count: int


@dataclass(frozen=True)
class Tally:
    """How many tasks each view has."""

    open: int = 0
    today: int = 0
    upcoming: int = 0
    overdue: int = 0
    done: int = 0


def row_of(task: TaskView, *, zone: str, shown_list_id: str) -> TaskRow:
    """Return what the page shows of a task."""
    return TaskRow(
        id=task.id,
        number=task.number,
        title=task.title,
        due=begin_large(due_phrase(task, zone)),
        overdue=task.overdue,
        repeat=begin_large(task.repeat_words),
        remind="" if task.remind_at is None else moment_words(task.remind_at, clock.local_now(zone)),
        priority="" if task.priority == "none" else task.priority.title(),
        list_title="" if task.list_id == shown_list_id else task.list_title,
        has_notes=bool(task.notes),
        done=task.done,
        finished="" if task.done_at is None else moment_words(task.done_at, clock.local_now(zone)),
    )


def due_phrase(task: TaskView, zone: str) -> str:
    """Say when a task is due; empty if it is never."""
    return due_words(task.due_on, task.due_at, zone)


def list_row(item: TaskListView) -> ListRow:
    """Return what the navigation shows of a list."""
    return ListRow(item.id, item.title, item.open)


def begin_large(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]
