"""The inbox's page, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.components.key_list import key_list
from assistant_app.ui.components.local_time import local_time
from assistant_app.ui.components.message_text import message_text, text_feed
from assistant_app.ui.inbox.answers import answers
from assistant_app.ui.inbox.empty import empty
from assistant_app.ui.inbox.rows import KINDS, ItemRow, LinkRow
from assistant_app.ui.inbox.selection import selection_bar
from assistant_app.ui.inbox.state import InboxSelectionState, InboxState, ItemTextState
from assistant_app.ui.settings.in_view import in_view

_VIEWS = (("", "Open"), ("snoozed", "Snoozed"), ("answered", "Answered"))
_PLURALS = {"summary": "Summaries", "reminder": "Reminders", "approval": "Approvals", "conflict": "Conflicts",
            "suggestion": "Suggestions", "result": "Results", "error": "Errors"}  # fmt: skip
_ICONS = {"reminder": "bell", "approval": "shield-question", "error": "circle-alert", "suggestion": "lightbulb",
          "conflict": "triangle-alert", "summary": "newspaper"}  # fmt: skip


def header() -> rx.Component:
    """Name the page, with the ways to its views."""
    return rx.el.header(
        rx.el.h1("Inbox", class_name="inbox-title"),
        rx.el.nav(*[view_link(show, title) for show, title in _VIEWS], class_name="segments", aria_label="View"),
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
        rx.el.select(
            rx.el.option("All kinds", value=""),
            *[rx.el.option(_PLURALS[kind], value=kind) for kind in KINDS],
            value=InboxState.kind,
            on_change=InboxState.choose_kind,
            aria_label="Kind",
            name="kind",
            class_name="field inbox-kind",
        ),
        class_name="chat-header inbox-header",
    )


def view_link(show: str, title: str) -> rx.Component:
    """Link one view, of the kind that is shown."""
    name = f"show={show}" if show else ""
    return rx.link(
        title,
        href=rx.cond(
            InboxState.kind == "",
            f"/inbox?{name}" if name else "/inbox",
            f"/inbox?{name}{'&' if name else ''}kind={InboxState.kind}",
        ),
        underline="none",
        class_name="segment",
        custom_attrs={"aria-current": rx.cond(InboxState.show == show, "page", "false")},
    )


def item_list() -> rx.Component:
    """List the matters, the newest first."""
    return rx.cond(
        InboxState.loaded,
        rx.fragment(
            text_feed(pieces=ItemTextState.pieces),
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
            selection_bar(),
            in_view(selector=".item[data-unfolded=true]", nonce=InboxState.look_nonce),
        ),
        rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(6)], aria_hidden="true"),
    )


def item_line(item: rx.Var[ItemRow]) -> rx.Component:
    """Show one matter: what it is, why it is here, and what can be answered."""
    is_open = InboxState.open_id == item.id
    return rx.el.li(
        rx.el.div(kind_icon(item), rx.cond(item.can_select, select_button(item)), class_name="item-marks"),
        rx.el.div(
            rx.el.button(
                rx.el.span(item.title, class_name="item-title"),
                rx.cond(item.is_new, rx.el.span(" (new)", class_name="visually-hidden")),
                type="button",
                on_click=InboxState.toggle(item.id),
                aria_expanded=is_open,
                class_name="item-open",
                custom_attrs={"data-open": ""},
            ),
            rx.cond(
                item.is_markdown & is_open,
                rx.el.div(
                    message_text(message_id=item.id, role="assistant", running=False, on_gap=ItemTextState.send_text),
                    class_name="item-markdown",
                ),
                rx.cond(item.text != "", rx.el.p(item.text, class_name="item-text", data_late=item.is_late)),
            ),
            rx.el.p(
                item.kind_words,
                " · ",
                local_time(instant=item.at, display="relative"),
                rx.cond(item.ended != "", rx.fragment(" · ", item.ended)),
                rx.cond(item.off != "", rx.fragment(" · ", item.off)),
                class_name="item-facts",
            ),
            reason(item),
            rx.cond(item.ended == "", answers(item)),
            class_name="item-body",
        ),
        class_name="item",
        data_new=item.is_new,
        data_unfolded=is_open,
        data_selected=InboxSelectionState.ids.contains(item.id),
        key=item.id,
        custom_attrs={"data-row": ""},
    )


def reason(item: rx.Var[ItemRow]) -> rx.Component:
    """Say why a matter is here, with the ways to what it is about."""
    return rx.el.p(
        rx.cond(item.why != "", rx.fragment(rx.el.strong("Why this? "), item.why)),
        rx.foreach(item.links, item_link),
        class_name="item-why",
    )


def item_link(link: rx.Var[LinkRow]) -> rx.Component:
    """Lead to what a matter is about."""
    return rx.link(link.title, href=link.address, class_name="item-link", key=link.address)


def kind_icon(item: rx.Var[ItemRow]) -> rx.Component:
    """Show the kind of a matter."""
    return rx.el.span(
        rx.match(
            item.kind,
            *[(kind, rx.icon(icon, size=18)) for kind, icon in _ICONS.items()],
            rx.icon("file-text", size=18),
        ),
        class_name="item-kind",
    )


def select_button(item: rx.Var[ItemRow]) -> rx.Component:
    """Offer to select a matter, to answer several at once."""
    return rx.el.button(
        rx.icon("check", size=13),
        type="button",
        role="checkbox",
        aria_label=f"Select {item.title}",
        aria_checked=InboxSelectionState.ids.contains(item.id),
        on_click=InboxSelectionState.toggle(item.id),
        class_name="item-select",
        custom_attrs={"data-key": "x"},
    )


def keys() -> rx.Component:
    """Name the keys."""
    pairs = (
        ("J", "next"),
        ("K", "previous"),
        ("Enter", "open"),
        ("E", "done"),
        ("S", "snooze"),
        ("#", "dismiss"),
        ("X", "select"),
    )
    return rx.el.p(
        *[rx.el.span(rx.el.kbd(key), f" {what}") for key, what in pairs], class_name="inbox-keys", aria_hidden="true"
    )
