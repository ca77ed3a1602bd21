"""The section that shows what Steward does by itself: when it comes, how it went, and what can be changed."""

from assistant_app.ui.settings.schedules.form_state import ScheduleFormState
from assistant_app.ui.settings.schedules.parts import schedules
from assistant_app.ui.settings.schedules.state import SchedulesState

__all__ = ["ScheduleFormState", "SchedulesState", "schedules"]
