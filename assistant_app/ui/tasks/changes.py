"""A task as the texts in its fields, and what a person changed in them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from assistant_app import clock
from assistant_app.services.tasks import KEEP, TaskChanges, TaskView
from assistant_app.times.wording import moment_words
from assistant_app.ui.tasks.readings import read_due, read_moment, read_repeat
from assistant_app.ui.tasks.rows import due_phrase


@dataclass(frozen=True)
class TaskText:
    """The fields of a task, each as one text that a person can read and type."""

    title: str = ""
    notes: str = ""
    due: str = ""
    repeat: str = ""
    remind: str = ""
    list_title: str = ""
    priority: str = "none"

    @classmethod
    def from_form(cls, form: Mapping[str, Any]) -> Self:
        """Return what a form holds."""
        return cls(**{each.name: str(form.get(each.name, "")) for each in fields(cls)})


def text_of(task: TaskView, zone: str) -> TaskText:
    """Return a task as it stands in its fields."""
    return TaskText(
        title=task.title,
        notes=task.notes,
        due=due_phrase(task, zone),
        repeat=task.repeat_words,
        remind="" if task.remind_at is None else moment_words(task.remind_at, clock.local_now(zone)),
        list_title=task.list_title,
        priority=task.priority,
    )


def changes_of(before: TaskText, after: TaskText, zone: str) -> TaskChanges:
    """Return what differs; a text that was not touched keeps what it stood for, whatever it would mean if typed now."""
    typed = {name: text for name, text in vars(after).items() if text.strip() != getattr(before, name).strip()}
    due, repeat, remind_at = KEEP, KEEP, KEEP
    if "repeat" in typed:
        repeat, begins = read_repeat(typed["repeat"], zone)
        if begins is not None and "due" not in typed and not before.due:
            due = begins
    if "due" in typed:
        due, said_repeat = read_due(typed["due"], zone)
        repeat = said_repeat or repeat
    if "remind" in typed:
        remind_at = read_moment(typed["remind"], zone)
    return TaskChanges(
        title=typed.get("title", KEEP),
        notes=typed.get("notes", KEEP),
        list_title=typed.get("list_title", KEEP),
        due=due,
        priority=typed.get("priority", KEEP),
        repeat=repeat,
        remind_at=remind_at,
    )
