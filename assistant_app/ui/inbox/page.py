"""The inbox's page."""

import reflex as rx

from assistant_app.ui.follow import FollowState
from assistant_app.ui.inbox.parts import header, item_list
from assistant_app.ui.inbox.state import InboxState
from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState


def inbox_page() -> rx.Component:
    """Lay out the page."""
    return page_frame(header(), rx.el.div(rx.el.div(item_list(), class_name="column"), class_name="inbox"))


def add_pages(app: rx.App) -> None:
    """Register the page; its address names the view."""
    app.add_page(
        inbox_page,
        route="/inbox",
        title="Inbox · Steward",
        on_load=[SessionState.load, InboxState.load, SidebarState.load, InboxState.follow, FollowState.follow(False)],
    )
