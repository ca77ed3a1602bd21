"""The settings pages."""

import reflex as rx

from assistant_app.ui.layout import page_frame
from assistant_app.ui.session import SessionState


def settings_page() -> rx.Component:
    """Lay out one section."""
    return page_frame(rx.heading("Settings"))


def add_pages(app: rx.App) -> None:
    """Register the sections."""
    app.add_page(settings_page, route="/settings/profile", title="Settings", on_load=[SessionState.load])
