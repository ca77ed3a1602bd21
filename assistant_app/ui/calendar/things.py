"""What is on a day, line by line, and what can be done with it there."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from datetime import datetime, time, timedelta

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.services import accounts, reminders, tasks
from assistant_app.times.wording import moment_words
from assistant_app.ui.calendar.editing import EditorState
from assistant_app.ui.calendar.rows import Thing
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of

_SNOOZES = (("10", "In 10 minutes"), ("60", "In an hour"), ("tomorrow", "Tomorrow morning"))
_MINUTES = {"10": 10, "60": 60}
_MORNING = time(9)


class ThingState(rx.State):
    """Has no variables: what is done shows once the calendar is told of it."""

    @rx.event
    async def complete(self, task_id: str) -> None:
        """Tick a task off."""
        origin = click()
        done = await tasks.complete_task(user_id=await user_of(self), task_id=task_id, origin=origin)
        await say(self, f"Completed “{done.task.title}”.", undo=origin)

    @rx.event
    async def reopen(self, task_id: str) -> None:
        """Take a tick back."""
        await tasks.reopen_task(user_id=await user_of(self), task_id=task_id)

    @rx.event
    async def finish(self, reminder_id: str) -> None:
        """Be done with a reminder."""
        origin = click()
        done = await reminders.finish_reminder(user_id=await user_of(self), reminder_id=reminder_id, origin=origin)
        await say(self, f"Done with “{done.text}”.", undo=origin)

    @rx.event
    async def skip(self, reminder_id: str, at: str) -> None:
        """Leave out one time of a reminder that repeats."""
        user_id, origin = await user_of(self), click()
        skipped = await reminders.skip_reminder(
            user_id=user_id, reminder_id=reminder_id, when=read_instant(at), origin=origin
        )
        await say(self, f"Skipped “{skipped.text}” this once.", undo=origin)

    @rx.event
    async def snooze(self, reminder_id: str, wait: str) -> None:
        """Be reminded later."""
        user_id, origin = await user_of(self), click()
        now = clock.local_now((await accounts.get_person(user_id=user_id)).zone)
        until = snoozed_until(wait, now)
        await reminders.snooze_reminder(user_id=user_id, reminder_id=reminder_id, until=until, origin=origin)
        await say(self, f"You will be reminded {moment_words(until, now)}.", undo=origin)


def read_instant(text: str) -> datetime:
    """Read a moment as the page names it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise InvalidInputError("The page is out of date. Load it again.")
    return at


def snoozed_until(wait: str, now: datetime) -> datetime:
    """Return when a reminder comes back, by the clock that shows `now`."""
    if wait == "tomorrow":
        return datetime.combine(now.date() + timedelta(days=1), _MORNING)
    if wait not in _MINUTES:
        raise InvalidInputError("Steward does not know how long that is. Choose one of the times.")
    return now + timedelta(minutes=_MINUTES[wait])


def thing_list(things: rx.Var[list[Thing]] | list[Thing]) -> rx.Component:
    """List what is on a day."""
    return rx.el.ul(rx.foreach(things, thing_line), class_name="things")


def thing_line(item: rx.Var[Thing]) -> rx.Component:
    """Show one thing with what can be done at once."""
    return rx.el.li(
        rx.match(item.kind, ("task", tick(item)), ("reminder", rx.icon("bell", size=18)), rx.el.span(class_name="bar")),
        rx.cond(
            item.kind == "event",
            rx.el.button(
                words(item),
                type="button",
                on_click=EditorState.open_event(item.id, item.occurrence),
                aria_label=item.label,
                class_name="thing-text thing-open",
            ),
            rx.el.div(words(item), class_name="thing-text"),
        ),
        rx.cond((item.kind == "reminder") & item.open, reminder_tools(item)),
        rx.cond((item.kind == "reminder") & (item.occurrence != ""), skip_button(item)),
        class_name="thing",
        data_kind=item.kind,
        data_done=item.done,
        data_overdue=item.overdue,
        key=item.key,
    )


def words(item: rx.Var[Thing]) -> rx.Component:
    """Say what it is, when, and what belongs to it."""
    return rx.fragment(
        rx.el.span(item.hours, class_name="thing-hours"),
        rx.el.span(item.title, class_name="thing-title"),
        rx.cond(item.facts != "", rx.el.span(item.facts, class_name="thing-facts")),
    )


def tick(item: rx.Var[Thing]) -> rx.Component:
    """Complete a task, or take that back."""
    return rx.el.button(
        rx.cond(item.done, rx.icon("circle-check", size=20), rx.icon("circle", size=20)),
        type="button",
        on_click=rx.cond(item.done, ThingState.reopen(item.id), ThingState.complete(item.id)),
        role="checkbox",
        aria_checked=item.done,
        aria_label=f"Complete {item.title}",
        class_name="icon-button tick",
    )


def skip_button(item: rx.Var[Thing]) -> rx.Component:
    """Leave out this one time of a reminder that repeats."""
    return rx.el.button(
        rx.icon("skip-forward", size=16),
        type="button",
        on_click=ThingState.skip(item.id, item.occurrence),
        aria_label=f"Skip {item.title} this once",
        title="Skip this once",
        class_name="icon-button",
    )


def reminder_tools(item: rx.Var[Thing]) -> rx.Component:
    """Finish a reminder, or have it come later."""
    return rx.fragment(
        rx.el.button(
            rx.icon("check", size=16),
            type="button",
            on_click=ThingState.finish(item.id),
            aria_label=f"Done with {item.title}",
            title="Done",
            class_name="icon-button",
        ),
        rx.menu.root(
            rx.menu.trigger(
                rx.el.button(
                    rx.icon("alarm-clock", size=16),
                    type="button",
                    aria_label=f"Snooze {item.title}",
                    title="Snooze",
                    class_name="icon-button",
                )
            ),
            rx.menu.content(
                *[rx.menu.item(title, on_select=ThingState.snooze(item.id, wait)) for wait, title in _SNOOZES]
            ),
        ),
    )
