"""What of the inbox is seen on every page: how much is new, and reminders that have just come."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.services import approvals, inbox
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.title_count import title_count
from assistant_app.ui.inbox.rows import DueRow, due_row
from assistant_app.ui.inbox.snoozing import SnoozeState, snooze_dialog, snooze_menu
from assistant_app.ui.session import user_of

TOPICS = frozenset({inbox.TOPIC, approvals.TOPIC})
_MOST = 3


class ArrivalState(rx.State):
    """The newest reminders that nobody has answered, and how many `more` there are; `count` is of all that is new."""

    count: int = 0
    due: list[DueRow] = []
    more: int = 0

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        waiting = await approvals.list_waiting(user_id=user_id)
        count = await inbox.count_new(user_id=user_id) + len(waiting)
        due = await inbox.list_items(user_id=user_id, kind="reminder", state="new")
        for name, value in {
            "count": count,
            "due": [due_row(item) for item in due[:_MOST]],
            "more": len(due[_MOST:]),
        }.items():
            if getattr(self, name) != value:  # What is set is sent, and drawn again, even if it is the same.
                setattr(self, name, value)

    @rx.event
    async def leave(self, item_id: str) -> None:
        """Take a reminder off the screen; it waits in the inbox."""
        await inbox.read_item(user_id=await user_of(self), item_id=item_id)
        await self._refresh()


def unread_badge() -> rx.Component:
    """Show how much is new, at the end of a line."""
    return rx.cond(
        ArrivalState.count > 0,
        rx.el.span(ArrivalState.count, rx.el.span(" new", class_name="visually-hidden"), class_name="unread"),
    )


def arrivals() -> rx.Component:
    """Show the reminders that have come, until they are answered on one of the person's devices."""
    return rx.fragment(
        rx.el.section(
            rx.foreach(ArrivalState.due, due_card),
            rx.cond(ArrivalState.more > 0, more_link(ArrivalState.more, "due-more wide-only")),
            rx.cond(
                ArrivalState.due.length() > 1,  # A phone has room for one of them.
                more_link(ArrivalState.more + ArrivalState.due.length() - 1, "due-more narrow-only"),
            ),
            class_name="due-cards",
            aria_live="polite",
            aria_label="Reminders",
        ),
        snooze_dialog(),
        title_count(count=ArrivalState.count),
    )


def more_link(count: rx.Var[int] | int, class_name: str) -> rx.Component:
    """Say how many reminders are not on the screen, and lead to them."""
    return rx.link(f"{count} more in the inbox", href="/inbox", class_name=class_name)


def due_card(item: rx.Var[DueRow]) -> rx.Component:
    """Show one reminder with what can be answered to it."""
    return rx.el.article(
        rx.icon("bell-ring", size=18),
        rx.el.div(
            rx.el.h3(item.title),
            rx.el.p(
                rx.cond(
                    item.text != "", item.text, rx.fragment("Due at ", local_time(instant=item.at, display="time"))
                ),
                class_name="due-when",
            ),
            class_name="due-text",
        ),
        rx.el.button(
            rx.icon("x", size=16),
            type="button",
            on_click=ArrivalState.leave(item.id),
            aria_label=f"Leave {item.title} in the inbox",
            title="Leave it in the inbox",
            class_name="icon-button",
        ),
        rx.el.div(
            rx.el.button("Done", type="button", on_click=SnoozeState.finish(item.id), class_name="button-solid"),
            snooze_menu(item.id, rx.el.button("Snooze", type="button", class_name="button-quiet")),
            class_name="due-buttons",
        ),
        class_name="due-card",
        aria_label=f"Reminder: {item.title}",
        key=item.id,
    )
