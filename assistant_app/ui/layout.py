"""What all pages have around them."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.components.connection import connection_banner
from assistant_app.ui.components.fading import fading
from assistant_app.ui.components.hotkeys import hotkeys
from assistant_app.ui.components.shell import shell
from assistant_app.ui.components.theme_sync import theme_sync
from assistant_app.ui.help import HelpState, help_dialog
from assistant_app.ui.inbox.arrivals import arrivals
from assistant_app.ui.notices import Notice, NoticeState
from assistant_app.ui.panel.parts import panel
from assistant_app.ui.panel.state import PanelState
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.parts import search_dialog, sidebar
from assistant_app.ui.sidebar.search import SearchState


def page_frame(*children: rx.Component, is_chat: bool = False) -> rx.Component:
    """Put a page beside the sidebar, and the assistant beside the page unless that is the chat itself."""
    return rx.fragment(
        connection_banner(),
        shell(sidebar(is_chat=is_chat), *children),
        rx.fragment() if is_chat else panel(),
        search_dialog(),
        help_dialog(),
        rx.el.div(arrivals(), notices(), class_name="corner"),
        theme_sync(theme=SessionState.theme, density=SessionState.density),
        hotkeys(
            running=ChatState.running if is_chat else ChatState.running & PanelState.is_open,
            on_search=SearchState.open_dialog,
            on_new_chat=ChatState.new_chat,
            on_stop=ChatState.stop,
            on_help=HelpState.open_dialog,
        ),
    )


def notices() -> rx.Component:
    """Show what was done or went wrong, at the edge of the page."""
    return rx.el.div(
        rx.foreach(NoticeState.notices, notice),
        class_name="notices",
        role="status",
        aria_live="polite",
        aria_label="Notices",
    )


def notice(item: rx.Var[Notice]) -> rx.Component:
    """Show one message, with ways to take back what it tells of and to close it."""
    return fading(
        rx.cond(item.tone == "problem", rx.icon("circle-alert", size=18), rx.icon("circle-check", size=18)),
        rx.el.p(item.text),
        rx.cond(
            item.button != "",
            rx.el.button(item.button, on_click=NoticeState.undo(item.id), class_name="button-quiet notice-button"),
        ),
        rx.el.button(
            rx.icon("x", size=16),
            on_click=NoticeState.close(item.id),
            aria_label="Close notice",
            class_name="icon-button",
        ),
        class_name="notice",
        data_tone=item.tone,
        key=item.id,
        on_animation_end=NoticeState.close(item.id),
    )
