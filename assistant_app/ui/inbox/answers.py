"""What can be answered to one matter in the inbox."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.inbox.rows import ActionRow, ItemRow
from assistant_app.ui.inbox.snoozing import SnoozeState, snooze_menu
from assistant_app.ui.inbox.state import InboxState


def answers(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer what can be answered to a matter."""
    return rx.el.div(
        rx.cond(item.kind == "approval", approval_answers(item), common_answers(item)),
        class_name="item-answers",
    )


def common_answers(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer what the matter itself proposes, to have it later, and to be done with it.

    Only what is asked of a person can be put aside beside being done; of everything else one answer is enough.
    """
    return rx.fragment(
        rx.foreach(item.actions, lambda action: own_action(item, action)),
        rx.match(
            item.kind,
            ("conflict", rx.fragment()),
            ("suggestion", rx.fragment()),
            ("reminder", answer("check", "Done", item, SnoozeState.finish(item.id), "e")),
            answer("check", "Done", item, SnoozeState.finish(item.id), "e #"),
        ),
        snooze_menu(
            item.id,
            rx.el.button(
                rx.icon("alarm-clock", size=15),
                "Snooze",
                type="button",
                aria_label=f"Snooze {item.title}",
                class_name="button-quiet with-icon",
                custom_attrs={"data-key": "s"},
            ),
        ),
        rx.match(
            item.kind,
            ("conflict", answer("x", "Ignore", item, InboxState.dismiss(item.id), "# e")),
            ("suggestion", answer("x", "Dismiss", item, InboxState.dismiss(item.id), "# e")),
            ("reminder", answer("x", "Dismiss", item, InboxState.dismiss(item.id), "#")),
            rx.fragment(),
        ),
    )


def own_action(item: rx.Var[ItemRow], action: rx.Var[ActionRow]) -> rx.Component:
    """Offer one answer of the item's own."""
    return rx.el.button(
        action.label,
        type="button",
        on_click=InboxState.act(item.id, action.name),
        aria_label=f"{action.label}: {item.title}",
        class_name=rx.cond(action.is_main, "button-solid", "button-quiet"),
        key=action.name,
    )


def approval_answers(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer yes and no."""
    return rx.fragment(
        rx.el.button(
            "Approve",
            type="button",
            on_click=InboxState.approve(item.id),
            aria_label=f"Approve: {item.title}",
            class_name="button-solid",
        ),
        answer("x", "Deny", item, InboxState.deny(item.id), "#"),
    )


def answer(icon: str, title: str, item: rx.Var[ItemRow], on_click: rx.event.EventType[()], key: str) -> rx.Component:
    """Return a button that answers a matter, also by keys: `"e"`, or `"e #"` for either of the two."""
    return rx.el.button(
        rx.icon(icon, size=15),
        title,
        type="button",
        on_click=on_click,
        aria_label=f"{title} {item.title}",
        class_name="button-quiet with-icon",
        custom_attrs={"data-key": key},
    )
