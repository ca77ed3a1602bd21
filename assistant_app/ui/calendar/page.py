"""The calendar's page."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.calendar.adding import AddingState
from assistant_app.ui.calendar.addresses import PATH
from assistant_app.ui.calendar.agenda import agenda_view
from assistant_app.ui.calendar.dragging import day_drop
from assistant_app.ui.calendar.editor import event_editor
from assistant_app.ui.calendar.month import month_view
from assistant_app.ui.calendar.pieces import calendar_keys
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.follow import FollowState
from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState
from assistant_app.ui.sidebar.state import SidebarState


def calendar_page() -> rx.Component:
    """Lay out the header and the chosen view."""
    return page_frame(
        header(),
        rx.el.div(
            rx.cond(
                CalendarState.loaded,
                rx.cond(CalendarState.view == "agenda", agenda_view(), month_view()),
                rx.el.div(*[rx.el.div(class_name="skeleton-line") for _ in range(8)], aria_hidden="true"),
            ),
            class_name="calendar",
            data_view=CalendarState.view,
        ),
        event_editor(),
        day_drop(),
        calendar_keys(day=CalendarState.day, month=CalendarState.title, on_choose=CalendarState.choose_day),
    )


def header() -> rx.Component:
    """Show which month it is, with the ways to others, to the other view and to a new event."""
    return rx.el.header(
        rx.el.h1(
            rx.el.span(CalendarState.title, class_name="wide-only"),
            rx.el.span(CalendarState.short_title, class_name="narrow-only"),
            class_name="calendar-title",
        ),
        rx.el.nav(
            step("chevron-left", "Previous month", CalendarState.previous_address, "k"),
            step("chevron-right", "Next month", CalendarState.next_address, "j"),
            rx.el.button(
                "Today",
                type="button",
                on_click=CalendarState.go_today,
                title="Today (T)",
                class_name="button-quiet calendar-today",
                custom_attrs={"data-key": "t"},
            ),
            class_name="calendar-steps",
            aria_label="Months",
        ),
        rx.el.div(class_name="grow"),
        rx.el.nav(
            view_link("calendar-days", "Month", "month", CalendarState.month_address, "m"),
            view_link("list", "Agenda", "agenda", CalendarState.agenda_address, "a"),
            class_name="segments",
            aria_label="View",
        ),
        rx.el.button(
            rx.icon("plus", size=16),
            rx.el.span("New event", class_name="wide-only"),
            type="button",
            on_click=CalendarState.new_event,
            aria_label="New event",
            title="New event (N)",
            class_name="button-solid with-icon calendar-new",
            custom_attrs={"data-key": "n"},
        ),
        class_name="chat-header calendar-header",
    )


def step(icon: str, label: str, href: rx.Var[str] | str, key: str) -> rx.Component:
    """Link another month."""
    return rx.link(
        rx.icon(icon, size=18),
        href=href,
        underline="none",
        title=f"{label} ({key.upper()})",
        class_name="icon-button",
        custom_attrs={"aria-label": label, "data-key": key},
    )


def view_link(icon: str, title: str, view: str, href: rx.Var[str] | str, key: str) -> rx.Component:
    """Link a view."""
    return rx.link(
        rx.icon(icon, size=16),
        rx.el.span(title, class_name="wide-only"),
        href=href,
        underline="none",
        title=f"{title} ({key.upper()})",
        class_name="segment view-link",
        custom_attrs={
            "aria-label": title,
            "aria-current": rx.cond(CalendarState.shown_view == view, "page", "false"),
            "data-key": key,
        },
    )


def add_pages(app: rx.App) -> None:
    """Register the page."""
    app.add_page(
        calendar_page,
        route=PATH,
        title="Calendar · Steward",
        on_load=[
            SessionState.load,
            AddingState.forget,
            CalendarState.load,
            SidebarState.load,
            CalendarState.follow,
            FollowState.follow(False),
        ],
    )
