"""The section of calendar files: one to bring, one to take away, and the feed."""

from assistant_app.ui.settings.calendar_files.parts import calendar_files
from assistant_app.ui.settings.calendar_files.state import CalendarFilesState

__all__ = ["CalendarFilesState", "calendar_files"]
