"""The section that lists everything that was changed, with Undo on each change."""

from assistant_app.ui.settings.activity.parts import activity
from assistant_app.ui.settings.activity.state import ActivityState

__all__ = ["ActivityState", "activity"]
