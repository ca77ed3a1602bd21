"""The inbox's page, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.components.key_list import key_list
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.inbox.rows import ItemRow
from assistant_app.ui.inbox.snoozing import SnoozeState, snooze_menu
from assistant_app.ui.inbox.state import CLOSED, InboxState

_VIEWS = (("", "All"), ("reminder", "Reminders"), ("approval", "Approvals"), (CLOSED, "Answered"))


def header() -> rx.Component:
    """Name the page, with the ways to its views."""
    return rx.el.header(
        rx.el.h1("Inbox", class_name="inbox-title"),
        rx.el.nav(*[view_link(view, title) for view, title in _VIEWS], class_name="segments", aria_label="View"),
        rx.el.div(class_name="grow"),
        rx.cond(
            InboxState.has_new,
            rx.el.button(
                rx.icon("check-check", size=18),
                type="button",
                on_click=InboxState.read_all,
                aria_label="Mark all as read",
                title="Mark all as read",
                class_name="icon-button",
            ),
        ),
        class_name="chat-header inbox-header",
    )


def view_link(view: str, title: str) -> rx.Component:
    """Link one view."""
    return rx.link(
        title,
        href=f"/inbox?view={view}" if view else "/inbox",
        underline="none",
        class_name="segment",
        custom_attrs={"aria-current": rx.cond(InboxState.view == view, "page", "false")},
    )


def item_list() -> rx.Component:
    """List the matters, the newest first."""
    return rx.cond(
        InboxState.loaded,
        rx.fragment(
            rx.cond(
                InboxState.rows.length() > 0,
                key_list(rx.foreach(InboxState.rows, item_line), label="Inbox", class_name="items"),
                empty(),
            ),
            rx.cond(
                InboxState.has_more,
                rx.el.button(
                    "Show more", type="button", on_click=InboxState.show_more, class_name="button-quiet thread-more"
                ),
            ),
            rx.cond(InboxState.rows.length() > 0, keys()),
        ),
        rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(6)], aria_hidden="true"),
    )


def item_line(item: rx.Var[ItemRow]) -> rx.Component:
    """Show one matter: what it is, why it is here, and what can be answered."""
    return rx.el.li(
        kind_icon(item),
        rx.el.div(
            rx.el.button(
                rx.el.span(item.title, class_name="item-title"),
                rx.cond(item.is_new, rx.el.span(" (new)", class_name="visually-hidden")),
                type="button",
                on_click=InboxState.toggle(item.id),
                aria_expanded=InboxState.open_id == item.id,
                class_name="item-open",
                custom_attrs={"data-open": ""},
            ),
            rx.cond(item.text != "", rx.el.p(item.text, class_name="item-text", data_late=item.is_late)),
            rx.el.p(
                item.kind_words,
                " · ",
                local_time(instant=item.at, display="relative"),
                rx.cond(item.ended != "", rx.fragment(" · ", item.ended)),
                class_name="item-facts",
            ),
            rx.el.p(item.why, class_name="item-why"),
            rx.cond(item.ended == "", answers(item)),
            class_name="item-body",
        ),
        class_name="item",
        data_new=item.is_new,
        data_unfolded=InboxState.open_id == item.id,
        key=item.id,
        custom_attrs={"data-row": ""},
    )


def kind_icon(item: rx.Var[ItemRow]) -> rx.Component:
    """Show the kind of a matter."""
    return rx.el.span(
        rx.match(
            item.kind,
            ("reminder", rx.icon("bell", size=18)),
            ("approval", rx.icon("shield-question", size=18)),
            ("error", rx.icon("circle-alert", size=18)),
            ("suggestion", rx.icon("lightbulb", size=18)),
            ("conflict", rx.icon("triangle-alert", size=18)),
            rx.icon("file-text", size=18),
        ),
        class_name="item-kind",
    )


def answers(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer what can be answered to a matter."""
    return rx.el.div(
        rx.cond(item.kind == "approval", approval_answers(item), common_answers(item)),
        rx.cond(item.address != "", rx.link("Open the chat", href=item.address, class_name="item-link")),
        class_name="item-answers",
    )


def common_answers(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer to be done with it, to have it later, or to put it aside."""
    return rx.fragment(
        answer("check", "Done", item, SnoozeState.finish(item.id), "e"),
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
        answer("x", "Dismiss", item, InboxState.dismiss(item.id), "#"),
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
    """Return a button that answers a matter, also by a key."""
    return rx.el.button(
        rx.icon(icon, size=15),
        title,
        type="button",
        on_click=on_click,
        aria_label=f"{title} {item.title}",
        class_name="button-quiet with-icon",
        custom_attrs={"data-key": key},
    )


def empty() -> rx.Component:
    """Say what comes here."""
    return rx.el.div(
        rx.icon("inbox", size=28),
        rx.match(
            InboxState.view,
            (CLOSED, told("Nothing is answered yet.", "What you are done with, or dismiss, is listed here.")),
            (
                "approval",
                told(
                    "Nothing waits for your yes.",
                    "Before Steward deletes something, it asks; the question stands here too.",
                ),
            ),
            told(
                "All clear.",
                "Reminders come here when they are due, and questions that Steward has to you. "
                "Try “remind me in 10 minutes to stretch” in a chat.",
            ),
        ),
        class_name="inbox-empty",
    )


def told(what: str, more: str) -> rx.Component:
    """Say something, and what it means."""
    return rx.fragment(rx.el.h2(what), rx.el.p(more))


def keys() -> rx.Component:
    """Name the keys."""
    pairs = (("J", "next"), ("K", "previous"), ("E", "done"), ("S", "snooze"), ("#", "dismiss"))
    return rx.el.p(
        *[rx.el.span(rx.el.kbd(key), f" {what}") for key, what in pairs], class_name="inbox-keys", aria_hidden="true"
    )
