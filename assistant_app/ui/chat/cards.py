"""The cards of calls: what was done in a line, with Undo; open, with everything about it."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.approval_card import approval_card
from assistant_app.ui.chat.call_words import Fact
from assistant_app.ui.chat.calls import CallRow, Choice
from assistant_app.ui.chat.card_state import CardState, DoingState
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.components.local_time import local_time


def call_cards(calls: rx.Var[list[CallRow]]) -> rx.Component:
    """Show what an answer did, in order."""
    return rx.cond(
        calls.length() > 0,
        rx.el.ul(
            rx.foreach(calls, lambda row: rx.fragment(call_card(row=row), key=row.id)),
            class_name="calls",
            aria_label="What was done",
        ),
    )


def doing_line() -> rx.Component:
    """Tell which tool works at this moment."""
    return rx.cond(
        DoingState.title != "",
        rx.el.p(
            rx.icon("loader-circle", size=16), DoingState.title, "…", class_name="call-doing", aria_label="Working"
        ),
    )


@rx.memo
def call_card(row: rx.Var[CallRow]) -> rx.Component:
    """Show one call; one that waits asks for its answer."""
    return rx.el.li(
        rx.cond(row.approval_id != "", approval_card(row), made_call(row)),
        class_name="call",
        custom_attrs={"data-status": row.status, "data-call-id": row.id},
    )


def made_call(row: rx.Var[CallRow]) -> rx.Component:
    """Show a call that has ended."""
    is_open = CardState.opened.contains(row.id)
    return rx.fragment(
        rx.el.div(
            rx.el.button(
                status_icon(row),
                rx.cond(row.status != "ok", rx.el.span(row.status_words, ": ", class_name="visually-hidden")),
                rx.el.span(row.summary, class_name="call-summary"),
                rx.icon("chevron-down", size=14, class_name="call-chevron"),
                type="button",
                on_click=CardState.toggle(row.message_id, row.id),
                aria_expanded=is_open,
                class_name="call-open",
            ),
            rx.cond(row.can_undo, card_button("Undo", row, CardState.undo(row.id, False))),
            rx.cond(
                row.can_redo,
                rx.fragment(
                    rx.el.span("Undone", class_name="badge", aria_hidden="true"),
                    card_button("Redo", row, CardState.redo(row.id, False)),
                ),
            ),
            class_name="call-line",
        ),
        rx.cond(CardState.asked.contains(row.id), changed_since(row)),
        rx.cond(is_open, details(row)),
        rx.cond(row.choices.length() > 0, choices(row)),
    )


def status_icon(row: rx.Var[CallRow]) -> rx.Component:
    """Show how a call ended."""
    return rx.fragment(
        rx.match(
            row.status,
            ("ok", rx.icon("check", size=16)),
            ("read", rx.icon("search", size=16)),
            ("undone", rx.icon("undo-2", size=16)),
            ("mended", rx.icon("rotate-ccw", size=16)),
            ("denied", rx.icon("ban", size=16)),
            ("off", rx.icon("power-off", size=16)),
            ("expired", rx.icon("timer-off", size=16)),
            ("waiting", rx.icon("hourglass", size=16)),
            rx.icon("circle-alert", size=16),
        )
    )


def card_button(label: str, row: rx.Var[CallRow], on_click: rx.event.EventType[()]) -> rx.Component:
    """Return the button that takes a call back, or does it again."""
    return rx.el.button(
        label,
        type="button",
        on_click=on_click,
        aria_label=f"{label}: {row.summary}",
        class_name="button-quiet call-button",
    )


def changed_since(row: rx.Var[CallRow]) -> rx.Component:
    """Ask before a later change is lost."""
    return rx.el.div(
        rx.el.p(CardState.asked[row.id]),
        rx.el.button(
            rx.cond(row.can_redo, "Redo anyway", "Undo anyway"),
            type="button",
            on_click=rx.cond(row.can_redo, CardState.redo(row.id, True), CardState.undo(row.id, True)),
            class_name="button-quiet call-button",
        ),
        rx.el.button(
            "Leave it",
            type="button",
            on_click=CardState.leave(row.id),
            class_name="button-quiet call-button",
        ),
        class_name="call-question",
        role="alert",
    )


def details(row: rx.Var[CallRow]) -> rx.Component:
    """Show with what a tool was called, and what came of it."""
    shown = CardState.opened[row.id]
    return rx.el.div(
        rx.el.p(
            rx.el.strong(shown.tool),
            " · ",
            shown.status,
            " · ",
            local_time(instant=shown.at, display="full"),
            rx.cond(shown.took != "", rx.fragment(" · ", shown.took)),
            class_name="call-about",
        ),
        facts("Asked for", shown.asked),
        facts("What came of it", shown.came),
        class_name="call-details",
        role="region",
        aria_label=f"Details of: {row.summary}",
    )


def facts(title: str, shown: rx.Var[list[Fact]] | list[Fact]) -> rx.Component:
    """List labels with what they say."""
    return rx.cond(
        rx.Var.create(shown).to(list[Fact]).length() > 0,
        rx.fragment(
            rx.el.h4(title, class_name="call-heading"), rx.el.dl(rx.foreach(shown, fact_line), class_name="facts")
        ),
    )


def fact_line(fact: rx.Var[Fact], index: rx.Var[int]) -> rx.Component:
    """Show one label with what it says."""
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.said, dir="auto"), key=index)


def choices(row: rx.Var[CallRow]) -> rx.Component:
    """Offer what could have been meant; a click says which."""
    return rx.el.div(
        rx.foreach(row.choices, choice_chip),
        class_name="suggestions",
        role="group",
        aria_label="Which one do you mean?",
    )


def choice_chip(choice: rx.Var[Choice]) -> rx.Component:
    """Offer one thing that could have been meant."""
    return rx.el.button(
        choice.label,
        type="button",
        on_click=ChatState.try_example(choice.text),
        class_name="suggestion",
        key=choice.text,
    )


def suggestions() -> rx.Component:
    """Offer under the last answer what could be said next."""
    return rx.cond(
        ChatState.suggestions.length() > 0,
        rx.el.div(
            rx.foreach(
                ChatState.suggestions,
                lambda text: rx.el.button(
                    text, type="button", on_click=ChatState.try_example(text), class_name="suggestion", key=text
                ),
            ),
            class_name="suggestions",
            role="group",
            aria_label="Suggestions",
        ),
    )


def asking() -> rx.Component:
    """Tell those who listen that an answer waits for them; the place is there before the words."""
    return rx.el.p(ChatState.asks, role="status", aria_live="polite", class_name="visually-hidden")
