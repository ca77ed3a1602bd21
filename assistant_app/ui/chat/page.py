"""The chat page, for a new conversation and for one that has an address."""

import reflex as rx

from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.parts import compose, header, thread
from assistant_app.ui.chat.state import NEW_TITLE, ChatState
from assistant_app.ui.chat.welcome import lost, missing, welcome
from assistant_app.ui.follow import FollowState
from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState

_BEFORE = [SessionState.load]
_TITLE = rx.cond(ChatState.title == NEW_TITLE, "Steward", f"{ChatState.title} · Steward")
_AFTER = [ModelState.load, SidebarState.load, FollowState.follow(True)]


def chat_page() -> rx.Component:
    """Lay out the header, the messages and the composer."""
    return page_frame(
        header(),
        rx.cond(
            ChatState.is_missing,
            missing(),
            rx.fragment(rx.cond(ChatState.conversation_id == "", welcome(), thread()), compose()),
        ),
        is_chat=True,
    )


def lost_page() -> rx.Component:
    """Lay out what stands at an address that there is not."""
    return rx.el.main(lost(), class_name="lost")


def add_pages(app: rx.App) -> None:
    """Register the page under both of its addresses."""
    app.add_page(chat_page, route="/", title="Steward", on_load=[*_BEFORE, ChatState.open_new, *_AFTER])
    app.add_page(chat_page, route="/c/[conversation]", title=_TITLE, on_load=[*_BEFORE, ChatState.open, *_AFTER])
    app.add_page(lost_page, route="404", title="No such page · Steward")
