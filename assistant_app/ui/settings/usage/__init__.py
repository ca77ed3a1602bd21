"""The section that shows what model calls used and cost."""

from assistant_app.ui.settings.usage.parts import usage
from assistant_app.ui.settings.usage.state import UsageState

__all__ = ["UsageState", "usage"]
