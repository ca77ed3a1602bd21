"""What is shown of the usage, and of how many days."""

from typing import Literal

import reflex as rx

from assistant_app.services import usage
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.usage.chart import Bar, UsageRow, draw, list_rows, row_of

_NOTHING = UsageRow("", "", 0, "0", "0", "0", "—", "—")


class UsageState(rx.State):
    """The chart and the table."""

    loaded: bool = False
    days: str = "30"
    measure: str = "tokens"
    bars: list[Bar] = []
    most: str = ""
    first_day: str = ""
    last_day: str = ""
    said: str = ""
    rows: list[UsageRow] = []
    total: UsageRow = _NOTHING
    unpriced: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the usage as it is now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Count what is used while the page is open."""
        await follow_topic(self, usage.TOPIC, self._refresh)

    @rx.event
    async def choose_days(self, days: Literal["7", "30", "90"]) -> None:
        """Look further back, or less far."""
        self.days = days
        await self._refresh()

    @rx.event
    async def choose_measure(self, measure: Literal["tokens", "calls", "cost"]) -> None:
        """Draw something else."""
        self.measure = measure
        await self._refresh()

    async def _refresh(self) -> None:
        report = await usage.usage_by_day(user_id=await user_of(self), days=int(self.days))
        chart = draw(report, self.measure)
        self.bars, self.most, self.said = chart.bars, chart.most, chart.said
        self.first_day, self.last_day = chart.first_day, chart.last_day
        self.rows, self.total = list_rows(report.models), row_of(report.total)
        missing = report.total.unpriced_calls
        calls = "One call has" if missing == 1 else f"{missing:,} calls have"
        self.unpriced = f"{calls} no known price and no part in the costs." if missing else ""
        self.loaded = True
