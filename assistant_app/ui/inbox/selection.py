"""The bar with what can be answered to several matters at once."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.inbox.snoozing import times_menu
from assistant_app.ui.inbox.state import InboxSelectionState


def selection_bar() -> rx.Component:
    """Show how many items are selected, and what can be answered to them."""
    count = InboxSelectionState.ids.length()
    return rx.cond(
        count > 0,
        rx.el.div(
            rx.el.span(f"{count} selected", role="status", class_name="task-bar-count"),
            bar_button("check", "Done", InboxSelectionState.finish, "e"),
            times_menu(
                rx.el.button(
                    rx.icon("alarm-clock", size=16),
                    "Snooze",
                    type="button",
                    class_name="button-quiet with-icon",
                    custom_attrs={"data-key": "s"},
                ),
                InboxSelectionState.snooze,
                InboxSelectionState.ask,
            ),
            bar_button("x", "Dismiss", InboxSelectionState.dismiss, "#"),
            bar_button("mail-open", "Read", InboxSelectionState.read, "u"),
            bar_button("list-checks", "All", InboxSelectionState.choose_all, "a"),
            rx.el.button(
                rx.icon("x", size=16),
                type="button",
                on_click=InboxSelectionState.clear,
                aria_label="Select none",
                title="Select none (Esc)",
                class_name="icon-button",
                custom_attrs={"data-key": "escape"},
            ),
            class_name="task-bar inbox-bar",
            role="toolbar",
            aria_label="Selected items",
            custom_attrs={"data-bulk": ""},
        ),
    )


def bar_button(icon: str, title: str, on_click: rx.event.EventType[()], key: str) -> rx.Component:
    """Return a button of the bar, that a key presses as well."""
    return rx.el.button(
        rx.icon(icon, size=16),
        title,
        type="button",
        on_click=on_click,
        class_name="button-quiet with-icon",
        custom_attrs={"data-key": key},
    )
