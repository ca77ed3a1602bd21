"""A task that is open for changes, where it stands in the list."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import reflex as rx

from assistant_app.errors import StewardError
from assistant_app.services import accounts, tasks
from assistant_app.services.task_views import PRIORITIES, quoted
from assistant_app.services.tasks import TaskChanges
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.in_view import in_view
from assistant_app.ui.tasks.changes import TaskText, changes_of, text_of
from assistant_app.ui.tasks.readings import due_hint, moment_hint, repeat_hint
from assistant_app.ui.tasks.rows import begin_large
from assistant_app.ui.tasks.state import TasksState

_LONGEST = 500
_MOST_NOTES = 20_000


class EditState(rx.State):
    """The open task as it was when it was opened, and what is understood of what is typed."""

    task_id: str = ""
    text: TaskText = TaskText()
    problem: str = ""
    hints: dict[str, str] = {}
    _address: str = ""

    @rx.event
    async def open(self, task_id: str) -> None:
        """Open a task, unless another one holds something that could not be saved."""
        shown = (await self.get_state(TasksState)).rows
        if self.problem and self.task_id != task_id and any(row.id == self.task_id for row in shown):
            return
        await self._open(task_id)

    async def _open(self, task_id: str) -> None:
        user_id = await user_of(self)
        task = await tasks.get_task(user_id=user_id, task_id=task_id)
        zone = (await accounts.get_person(user_id=user_id)).zone
        self.task_id, self.text, self.problem, self.hints = task_id, text_of(task, zone), "", {}

    @rx.event
    async def open_addressed(self) -> None:
        """Open the task that the address names, once."""
        address = str(self.router.url)
        task_id = parse_qs(urlsplit(address).query).get("task", [""])[0][:64]
        if address != self._address:
            self._address = address
            if task_id:
                await self._open(task_id)

    @rx.event
    async def close(self) -> None:
        """Leave the task as it was."""
        self._close()

    def _close(self) -> None:
        self.task_id, self.problem, self.hints = "", "", {}

    @rx.event
    async def look_at_due(self, text: str) -> None:
        """Show what is understood of a due time."""
        await self._look("due", text, due_hint)

    @rx.event
    async def look_at_repeat(self, text: str) -> None:
        """Show what is understood of a recurrence."""
        await self._look("repeat", text, repeat_hint)

    @rx.event
    async def look_at_remind(self, text: str) -> None:
        """Show what is understood of a time to be reminded at."""
        await self._look("remind", text, moment_hint)

    async def _look(self, field: str, text: str, hint: Callable[[str, str], str]) -> None:
        zone = (await accounts.get_person(user_id=await user_of(self))).zone
        try:
            words = hint(text[:_LONGEST], zone)
        except StewardError:
            words = "not understood yet"
        self.hints = {**self.hints, field: begin_large(words)}

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Save what was changed, and only that; what cannot be saved stays as it was typed."""
        user_id, task_id = await user_of(self), self.task_id
        if not task_id:
            return
        zone = (await accounts.get_person(user_id=user_id)).zone
        try:
            changes = changes_of(self.text, TaskText.from_form(form), zone)
            if changes == TaskChanges():
                self._close()
                return
            origin = click()
            task = await tasks.update_task(user_id=user_id, task_id=task_id, changes=changes, origin=origin)
        except StewardError as error:
            self.problem = str(error)
            return
        self._close()
        await say(self, f"Changed {quoted(task.title)}.", undo=origin)
        await (await self.get_state(TasksState))._refresh()


def editor(task_id: rx.Var[str]) -> rx.Component:
    """Show the fields of the open task."""
    text = EditState.text
    return rx.el.form(
        in_view(selector=".task-form", nonce=True),
        rx.el.input(
            name="title",
            default_value=text.title,
            aria_label="Title",
            max_length=_LONGEST,
            auto_focus=True,
            auto_complete="off",
            class_name="field task-form-title",
        ),
        rx.el.textarea(
            name="notes",
            default_value=text.notes,
            aria_label="Notes",
            placeholder="Notes",
            max_length=_MOST_NOTES,
            rows="2",
            class_name="field task-form-notes",
        ),
        rx.el.div(
            field("due", "Due", text.due, "friday at 5pm", EditState.look_at_due),
            field("repeat", "Repeats", text.repeat, "every week", EditState.look_at_repeat),
            field("remind", "Reminder", text.remind, "tomorrow at 9", EditState.look_at_remind),
            list_field(text.list_title),
            priority_field(text.priority),
            class_name="task-form-fields",
        ),
        rx.el.div(
            rx.cond(EditState.problem != "", rx.el.p(EditState.problem)), role="alert", class_name="task-problem"
        ),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="button-solid"),
            rx.el.button(
                "Cancel",
                type="button",
                on_click=EditState.close,
                class_name="button-quiet",
                custom_attrs={"data-cancel": ""},
            ),
            rx.el.div(class_name="grow"),
            rx.el.button(
                "Delete", type="button", on_click=TasksState.delete(task_id), class_name="button-quiet task-form-delete"
            ),
            class_name="task-form-end",
        ),
        on_submit=EditState.save,
        class_name="task-form",
        aria_label=f"Edit {text.title}",
        key=EditState.task_id,
    )


def field(name: str, label: str, value: rx.Var[str] | str, example: str, look: Any) -> rx.Component:
    """Ask for something in plain words, and say what is understood of it."""
    hint = EditState.hints.get(name, "")
    return rx.el.div(
        rx.el.label(label, html_for=f"task-{name}"),
        rx.el.input(
            id=f"task-{name}",
            name=name,
            default_value=value,
            placeholder=example,
            max_length=_LONGEST,
            auto_complete="off",
            on_change=look.debounce(150),
            class_name="field",
            custom_attrs={"aria-describedby": f"task-{name}-hint"},
        ),
        rx.el.p(hint, id=f"task-{name}-hint", class_name="field-hint", aria_live="polite"),
        class_name="task-form-field",
    )


def list_field(value: rx.Var[str] | str) -> rx.Component:
    """Ask for the list; a title that no list has makes a new one."""
    return rx.el.div(
        rx.el.label("List", html_for="task-list"),
        rx.el.input(
            id="task-list",
            name="list_title",
            default_value=value,
            placeholder="none",
            max_length=100,
            auto_complete="off",
            class_name="field",
            custom_attrs={"list": "task-lists"},
        ),
        rx.el.datalist(
            rx.foreach(TasksState.lists, lambda item: rx.el.option(value=item.title, key=item.id)), id="task-lists"
        ),
        class_name="task-form-field",
    )


def priority_field(value: rx.Var[str] | str) -> rx.Component:
    """Ask for the priority."""
    return rx.el.div(
        rx.el.label("Priority", html_for="task-priority"),
        rx.el.select(
            *[rx.el.option(begin_large(each), value=each) for each in PRIORITIES],
            id="task-priority",
            name="priority",
            default_value=value,
            class_name="field",
        ),
        class_name="task-form-field",
    )
