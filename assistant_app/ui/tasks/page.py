"""The tasks page: views and lists at the side, the quick add on top, the tasks below it."""

import reflex as rx

from assistant_app.ui.follow import FollowState
from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState
from assistant_app.ui.tasks.editor import EditState
from assistant_app.ui.tasks.lists import navigation
from assistant_app.ui.tasks.parts import header, task_rows
from assistant_app.ui.tasks.quick_add import quick_add
from assistant_app.ui.tasks.selection import selection_bar
from assistant_app.ui.tasks.state import TasksState


def tasks_page() -> rx.Component:
    """Lay out the page."""
    return page_frame(
        header(),
        rx.el.div(
            rx.el.div(
                navigation(),
                rx.el.div(quick_add(), task_rows(), selection_bar(), class_name="task-column"),
                class_name="task-body",
            ),
            class_name="task-scroll",
        ),
    )


def add_pages(app: rx.App) -> None:
    """Register the page; its address names the view or the list, and a task that is to be open."""
    app.add_page(
        tasks_page,
        route="/tasks",
        title="Tasks · Steward",
        on_load=[
            SessionState.load,
            TasksState.load,
            EditState.open_addressed,
            SidebarState.load,
            TasksState.follow,
            FollowState.follow(False),
        ],
    )
