"""The settings, one page a section."""

from assistant_app.ui.settings.page import add_pages

__all__ = ["add_pages"]
