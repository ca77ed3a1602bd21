"""The section that shows what model calls used and cost, and what Steward may spend by itself."""

from assistant_app.ui.settings.usage.budget import BudgetState
from assistant_app.ui.settings.usage.parts import usage
from assistant_app.ui.settings.usage.state import UsageState

__all__ = ["BudgetState", "UsageState", "usage"]
