"""The schedules of a person and how their runs went, in step with every other device."""

from datetime import time

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.services import accounts, schedule_offers, schedules
from assistant_app.services.task_views import quoted
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.schedules.rows import RunRow, ScheduleRow, run_row, schedule_row

_RUNS = 10


class SchedulesState(rx.State):
    """What comes by itself; of the schedule `open_id` also its last `runs`."""

    loaded: bool = False
    rows: list[ScheduleRow] = []
    open_id: str = ""
    runs: list[RunRow] = []
    offered_at: str = f"{schedule_offers.SUMMARY_AT:%H:%M}"

    @rx.event
    async def load(self) -> None:
        """Show what there is now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what runs, and what is changed on another device."""
        await follow_topic(self, schedules.TOPIC, self._refresh)

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        now = clock.local_now((await accounts.get_person(user_id=user_id)).zone)
        found = await schedules.list_schedules(user_id=user_id)
        self.rows = [schedule_row(view, now) for view in found]
        if all(view.id != self.open_id for view in found):
            self.open_id, self.runs = "", []
        else:
            runs = await schedules.list_occurrences(user_id=user_id, schedule_id=self.open_id, limit=_RUNS)
            self.runs = [run_row(run, now) for run in runs]
        self.loaded = True

    @rx.event
    async def toggle_runs(self, schedule_id: str) -> None:
        """Show the last runs of a schedule, or fold them again."""
        self.open_id = "" if self.open_id == schedule_id else schedule_id
        await self._refresh()

    @rx.event
    async def choose_hour(self, at: str) -> None:
        """Choose when the summary that is offered comes."""
        self.offered_at = at[:8]

    @rx.event
    async def accept_summary(self) -> None:
        """Add the daily summary that is offered."""
        origin = click()
        added = await schedule_offers.add_daily_summary(
            user_id=await user_of(self), at=read_hour(self.offered_at), origin=origin
        )
        await say(self, f"Added the {added.title.lower()}, {added.words}.", undo=origin)
        await self._refresh()

    @rx.event
    async def run(self, schedule_id: str) -> None:
        """Have a schedule run at once."""
        await schedules.run_now(user_id=await user_of(self), schedule_id=schedule_id)
        await self._refresh()

    @rx.event
    async def pause(self, schedule_id: str) -> None:
        """Let a schedule rest."""
        origin = click()
        paused = await schedules.pause_schedule(user_id=await user_of(self), schedule_id=schedule_id, origin=origin)
        await say(self, f"Paused {quoted(paused.title)}.", undo=origin)
        await self._refresh()

    @rx.event
    async def resume(self, schedule_id: str) -> None:
        """Let a paused schedule go on."""
        origin = click()
        resumed = await schedules.resume_schedule(user_id=await user_of(self), schedule_id=schedule_id, origin=origin)
        await say(self, f"Resumed {quoted(resumed.title)}.", undo=origin)
        await self._refresh()

    @rx.event
    async def delete(self, schedule_id: str) -> None:
        """Delete a schedule, with a way back."""
        origin = click()
        gone = await schedules.delete_schedule(user_id=await user_of(self), schedule_id=schedule_id, origin=origin)
        await say(self, f"Deleted {quoted(gone.title)}.", undo=origin)
        await self._refresh()


def read_hour(text: str) -> time:
    """Read a time of day as a browser's field gives it."""
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise InvalidInputError("Choose the time of day at which it comes, such as 07:00.") from None
