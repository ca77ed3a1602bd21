"""The panel, as it is seen."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.parts import compose, thread
from assistant_app.ui.chat.state import NEW_TITLE, ChatState
from assistant_app.ui.components.side_panel import side_panel
from assistant_app.ui.panel.state import PanelState

_EXAMPLES = ("What is on today?", "Remind me in 20 minutes to stretch", "What can you do?")


def panel() -> rx.Component:
    """Put the assistant beside a page: behind a button, until it is called."""
    return side_panel(
        header(),
        rx.cond(
            ChatState.is_missing,
            gone(),
            rx.fragment(rx.cond(ChatState.conversation_id == "", welcome(), thread()), compose(takes_focus=False)),
        ),
        open=PanelState.is_open,
        running=ChatState.running,
        focus_nonce=PanelState.focus_nonce,
        label="Assistant",
        open_label="Ask Steward",
        on_open=PanelState.open,
        on_close=PanelState.close,
    )


def header() -> rx.Component:
    """Name the conversation, with the ways to another one, to its page, and out."""
    return rx.el.header(
        rx.el.h2(rx.cond(ChatState.title == NEW_TITLE, "Steward", ChatState.title), class_name="side-title"),
        rx.cond(
            ChatState.conversation_id != "",
            rx.el.button(
                rx.icon("square-pen", size=18),
                type="button",
                on_click=PanelState.new_chat,
                aria_label="New chat here",
                title="New chat here",
                class_name="icon-button",
            ),
        ),
        rx.link(
            rx.icon("maximize-2", size=17),
            href=rx.cond(
                (ChatState.conversation_id == "") | ChatState.is_temporary, "/", f"/c/{ChatState.conversation_id}"
            ),
            on_click=PanelState.close,
            underline="none",
            title="Open as a page",
            class_name="icon-button",
            custom_attrs={"aria-label": "Open as a page"},
        ),
        rx.el.button(
            rx.icon("x", size=18),
            type="button",
            on_click=PanelState.close,
            aria_label="Close the assistant",
            title="Close (Esc)",
            class_name="icon-button",
        ),
        class_name="side-panel-header",
    )


def welcome() -> rx.Component:
    """Say that the page is in view here, and show by example what can be asked."""
    return rx.el.div(
        rx.el.p(
            rx.cond(
                PanelState.sees_list,
                "I see what this page lists: say “finish the first one” or “move the last one to Friday”.",
                "Ask for anything without leaving this page.",
            ),
            class_name="side-panel-line",
        ),
        rx.el.div(
            *[
                rx.el.button(text, type="button", on_click=ChatState.try_example(text), class_name="example")
                for text in _EXAMPLES
            ],
            class_name="side-panel-examples",
        ),
        class_name="side-panel-welcome",
    )


def gone() -> rx.Component:
    """Say that the conversation was deleted in the meantime."""
    return rx.el.div(
        rx.el.p("This conversation was deleted.", class_name="side-panel-line"),
        rx.el.button("Start a new chat", type="button", on_click=PanelState.new_chat, class_name="button-solid"),
        class_name="side-panel-welcome",
    )
