"""What the inbox says where nothing is: what would come there, and how."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.inbox.state import InboxState

_OPEN = {
    "reminder": (
        "No reminder is due.",
        "Try “remind me in 10 minutes to stretch” in a chat. It comes here, and on every open page.",
    ),
    "approval": (
        "Nothing waits for your yes.",
        "Before Steward deletes something, it asks; the question stands here too.",
    ),
    "summary": ("No summary is new.", "A summary of your day or week lies here when it has been written."),
    "conflict": ("Nothing is in conflict.", "Events that overlap, or a day with too much due, are told of here."),
    "suggestion": ("No suggestion.", "What Steward notices in your tasks and lists is suggested here, one at a time."),
    "result": ("No result is new.", "What Steward did for you at a set time is told of here."),
    "error": ("Nothing went wrong.", "If Steward cannot do what you set up, it says here why, and what you can do."),
}


def empty() -> rx.Component:
    """Say what comes here."""
    return rx.el.div(
        rx.icon("inbox", size=28),
        rx.match(
            InboxState.show,
            ("answered", told("Nothing is answered yet.", "What you are done with, dismiss or decide is listed here.")),
            ("snoozed", told("Nothing is snoozed.", "What you put off waits here until its time. Press S on an item.")),
            rx.match(
                InboxState.kind,
                *[(kind, told(*words)) for kind, words in _OPEN.items()],
                told(
                    "All clear.",
                    "Reminders come here when they are due, with summaries of your day, what clashes, and questions "
                    "that wait for your yes. Try “remind me in 10 minutes to stretch” in a chat.",
                ),
            ),
        ),
        class_name="inbox-empty",
    )


def told(what: str, more: str) -> rx.Component:
    """Say something, and what it means."""
    return rx.fragment(rx.el.h2(what), rx.el.p(more))
