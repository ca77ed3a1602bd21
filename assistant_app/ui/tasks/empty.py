"""What stands where there are no tasks: why, and what to do about it."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.tasks.quick_add import EXAMPLES, QuickAddState
from assistant_app.ui.tasks.state import TasksState


def empty() -> rx.Component:
    """Say why there are no tasks here."""
    return rx.el.div(
        rx.cond(
            TasksState.is_missing,
            told("This list is not there any more.", "It was deleted; its tasks are in All tasks."),
            rx.cond(
                TasksState.list_id != "",
                told("This list is empty.", "What you add above goes into it."),
                rx.match(
                    TasksState.view,
                    (
                        "today",
                        told("Nothing is due today.", "What you add above is due today, if you do not say when."),
                    ),
                    (
                        "upcoming",
                        told(
                            "Nothing is planned for the days to come.",
                            "Give a task a day: “renew passport in 3 weeks”.",
                        ),
                    ),
                    ("overdue", told("Nothing is overdue.", "What was not done in time would be listed here.")),
                    (
                        "done",
                        told("Nothing is done yet.", "What you complete is listed here, and can be opened again."),
                    ),
                    examples(),
                ),
            ),
        ),
        class_name="task-empty",
    )


def told(what: str, advice: str) -> rx.Component:
    """Say something, and what can be done."""
    return rx.fragment(rx.el.h2(what), rx.el.p(advice))


def examples() -> rx.Component:
    """Teach by example what can be typed."""
    return rx.fragment(
        told("Nothing to do.", "Write a task above as you would say it. Try one of these:"),
        rx.el.div(
            *[
                rx.el.button(text, type="button", on_click=QuickAddState.try_example(text), class_name="example")
                for text in EXAMPLES
            ],
            class_name="task-examples",
        ),
        rx.el.p("You can also say it in a chat: “remind me to water the plants tomorrow at 9”."),
    )
