"""The settings: one page a section, under one navigation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from assistant_app.ui.follow import FollowState
from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.activity import ActivityState, activity
from assistant_app.ui.settings.appearance import appearance
from assistant_app.ui.settings.calendar_files import CalendarFilesState, calendar_files
from assistant_app.ui.settings.devices import DevicesState, device_list
from assistant_app.ui.settings.in_view import in_view
from assistant_app.ui.settings.members import MembersState, members
from assistant_app.ui.settings.models import ModelsState, models
from assistant_app.ui.settings.notifications import NotificationsState, notification_settings
from assistant_app.ui.settings.profile import ProfileState, profile
from assistant_app.ui.settings.saved import SavedState
from assistant_app.ui.settings.schedules import ScheduleFormState, SchedulesState, schedules
from assistant_app.ui.settings.suggestions import SuggestionsState
from assistant_app.ui.settings.tools import ToolsState, tools
from assistant_app.ui.settings.usage import BudgetState, UsageState, usage
from assistant_app.ui.sidebar.state import SidebarState


@dataclass(frozen=True)
class Section:
    """One page of the settings."""

    id: str
    title: str
    icon: str
    content: Callable[[], rx.Component]
    on_load: list[Any] = field(default_factory=list[Any])
    owners: bool = False


SECTIONS = (
    Section("profile", "Profile", "user", profile, [ProfileState.load]),
    Section("appearance", "Appearance", "palette", appearance),
    Section("models", "Models", "brain", models, [ModelsState.load, ModelsState.follow]),
    Section(
        "calendar",
        "Calendar files",
        "calendar-days",
        calendar_files,
        [CalendarFilesState.load, CalendarFilesState.follow],
    ),
    Section(
        "schedules",
        "Schedules",
        "calendar-clock",
        schedules,
        [ScheduleFormState.close, SchedulesState.load, SchedulesState.follow],
    ),
    Section(
        "notifications",
        "Notifications",
        "bell",
        notification_settings,
        [NotificationsState.load, NotificationsState.follow, SuggestionsState.load, SuggestionsState.follow],
    ),
    Section("tools", "Tools", "wrench", tools, [ToolsState.load, ToolsState.follow]),
    Section("activity", "Activity", "history", activity, [ActivityState.load, ActivityState.follow]),
    Section("devices", "Devices", "monitor-smartphone", device_list, [DevicesState.load, DevicesState.follow]),
    Section(
        "usage",
        "Usage",
        "chart-column",
        usage,
        [UsageState.load, UsageState.follow, BudgetState.load, BudgetState.follow],
    ),
    Section("members", "Members", "users", members, [MembersState.load], owners=True),
)


def section_page(section: Section) -> rx.Component:
    """Lay out one section beside the navigation."""
    return page_frame(
        rx.el.header(rx.el.h1("Settings"), class_name="chat-header settings-header"),
        rx.el.div(
            rx.el.div(
                navigation(section),
                rx.el.div(section.content(), class_name="settings-column"),
                class_name="settings-body",
            ),
            class_name="settings",
        ),
    )


def navigation(current: Section) -> rx.Component:
    """Link the sections: a column on a wide screen, tabs on a phone."""
    return rx.el.nav(
        *[
            rx.cond(SessionState.is_owner, link(section, current)) if section.owners else link(section, current)
            for section in SECTIONS
        ],
        in_view(selector=".settings-link[aria-current=page]", nonce=SessionState.is_owner),
        class_name="settings-nav",
        aria_label="Settings",
    )


def link(section: Section, current: Section) -> rx.Component:
    """Link one section."""
    return rx.link(
        rx.icon(section.icon, size=16),
        section.title,
        href=f"/settings/{section.id}",
        underline="none",
        class_name="settings-link",
        custom_attrs={"aria-current": "page"} if section is current else {},
    )


def add_pages(app: rx.App) -> None:
    """Register the sections, and an address that leads to the first."""
    for section in SECTIONS:
        app.add_page(
            lambda section=section: section_page(section),
            route=f"/settings/{section.id}",
            title=f"{section.title} · Steward",
            on_load=[
                SessionState.load,
                SidebarState.load,
                SavedState.forget,
                *section.on_load,
                FollowState.follow(False),
            ],
        )
    app.add_page(
        page_frame,
        route="/settings",
        title="Settings · Steward",
        on_load=[rx.redirect("/settings/profile", replace=True)],
    )
