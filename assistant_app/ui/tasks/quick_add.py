"""Adding a task in one line of plain words, with what is understood of it shown while it is typed."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from assistant_app import clock
from assistant_app.errors import StewardError
from assistant_app.ids import new_id
from assistant_app.language.quick_add import QuickTask, read_task
from assistant_app.services import accounts, tasks
from assistant_app.services.task_views import quoted
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, time_words
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.tasks.quick_field import quick_field
from assistant_app.ui.tasks.rows import begin_large
from assistant_app.ui.tasks.state import TasksState

_LONGEST = 2_000
EXAMPLES = (
    "Buy milk tomorrow 5pm #groceries",
    "Call mom every Sunday at 11",
    "Pay rent on the 1st of every month !high",
)


@dataclass(frozen=True)
class Chip:
    """One thing that was understood."""

    kind: str
    words: str


class QuickAddState(rx.State):
    """What is understood of the line that is being typed, and what became of the last one."""

    title: str = ""
    chips: list[Chip] = []
    problem: str = ""
    added_nonce: str = ""
    refused_nonce: str = ""
    prefill: str = ""
    prefill_nonce: str = ""

    @rx.event
    async def look(self, text: str) -> None:
        """Show what is understood so far."""
        self.problem = ""
        if not text.strip():
            self.title, self.chips = "", []
            return
        now = await self._now()
        shown = await self.get_state(TasksState)
        lists = [each.title for each in shown.lists]
        task = read_task(text[:_LONGEST], now, lists)
        self.title, self.chips = task.title, chips_of(task, now, lists)

    @rx.event
    async def add(self, text: str, nonce: str) -> None:
        """Add the task, to the shown list or for today if the line does not say otherwise."""
        if nonce == self.added_nonce:
            return
        now = await self._now()
        shown = await self.get_state(TasksState)
        task = read_task(text[:_LONGEST], now, [each.title for each in shown.lists])
        due = task.due_on or (now.date() if shown.view == "today" and not task.repeat else None)
        if due is not None and task.due_time is not None:
            due = datetime.combine(due, task.due_time)
        origin = click()
        try:
            added = await tasks.add_task(
                user_id=await user_of(self),
                title=task.title,
                notes=task.notes,
                list_title=task.list_name,
                list_id=None if task.list_name else shown.list_id or None,
                due=due,
                priority=task.priority,
                repeat=task.repeat,
                remind_at=due if task.remind and isinstance(due, datetime) else None,
                origin=origin,
            )
        except StewardError as error:
            self.refused_nonce, self.problem = nonce, str(error)
            return
        self.added_nonce, self.title, self.chips, self.problem = nonce, "", [], ""
        await shown._refresh()
        if added.id not in [row.id for row in shown.rows]:
            where = f"to {added.list_title}" if added.list_title else "to your tasks"
            await say(self, f"Added {quoted(added.title)} {where}.", undo=origin)

    @rx.event
    async def try_example(self, text: str) -> None:
        """Put an example into the field."""
        self.prefill, self.prefill_nonce = text, new_id("try")

    async def _now(self) -> datetime:
        return clock.local_now((await accounts.get_person(user_id=await user_of(self))).zone)


def chips_of(task: QuickTask, now: datetime, lists: list[str]) -> list[Chip]:
    """Return what was understood of a line besides the title."""
    is_known = any(task.list_name.casefold() == each.casefold() for each in lists)
    said = {
        "day": day_words(task.due_on, now.date()) if task.due_on else "",
        "time": time_words(task.due_time) if task.due_time else "",
        "repeat": recurrence.describe(task.repeat) if task.repeat else "",
        "remind": "with a reminder" if task.remind else "",
        "list": f"{task.list_name}{'' if is_known else ', a new list'}" if task.list_name else "",
        "priority": f"{task.priority} priority" if task.priority != "none" else "",
    }
    return [Chip(kind, begin_large(words) if kind != "list" else words) for kind, words in said.items() if words]


def quick_add() -> rx.Component:
    """Show the field, and under it what is understood."""
    return rx.el.div(
        quick_field(
            rx.icon("plus", size=18, class_name="quick-add-plus"),
            label="Add a task",
            placeholder="Add a task, such as “water the plants every other day”",
            longest=_LONGEST,
            described_by="understood",
            added_nonce=QuickAddState.added_nonce,
            refused_nonce=QuickAddState.refused_nonce,
            prefill=QuickAddState.prefill,
            prefill_nonce=QuickAddState.prefill_nonce,
            on_look=QuickAddState.look,
            on_add=QuickAddState.add,
        ),
        rx.el.div(
            rx.cond(
                QuickAddState.chips.length() > 0,
                rx.el.p(
                    rx.el.span("Understood:", class_name="visually-hidden"),
                    rx.el.span(QuickAddState.title, class_name="quick-understood-title"),
                    rx.foreach(QuickAddState.chips, chip),
                    class_name="quick-understood-line",
                ),
            ),
            id="understood",
            class_name="quick-understood",
            role="status",
            aria_label="Understood",
        ),
        rx.el.div(
            rx.cond(QuickAddState.problem != "", rx.el.p(QuickAddState.problem)),
            role="alert",
            class_name="task-problem",
        ),
        class_name="quick-add-place",
    )


def chip(item: rx.Var[Chip]) -> rx.Component:
    """Show one thing that was understood."""
    return rx.el.span(
        rx.match(
            item.kind,
            ("day", rx.icon("calendar", size=13)),
            ("time", rx.icon("clock", size=13)),
            ("repeat", rx.icon("repeat", size=13)),
            ("remind", rx.icon("bell", size=13)),
            ("priority", rx.icon("flag", size=13)),
            rx.icon("hash", size=13),
        ),
        item.words,
        class_name="chip",
        data_kind=item.kind,
        key=item.kind,
    )
