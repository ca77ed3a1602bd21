"""The event that is being changed, and what becomes of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import reflex as rx

from assistant_app import clock
from assistant_app.errors import StewardError
from assistant_app.ids import new_id
from assistant_app.services import accounts, event_edits, events
from assistant_app.services.event_views import EventChanges, EventView
from assistant_app.services.ledger import Origin
from assistant_app.ui.calendar.forms import Times, read_repeat, read_times, shifted
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of


class EditorState(rx.State):
    """The fields as the event has them; what is typed is the form's, so that a problem leaves it alone."""

    is_open: bool = False
    nonce: str = ""
    title: str = ""
    place: str = ""
    notes: str = ""
    all_day: bool = False
    start_day: str = ""
    start_time: str = ""
    end_day: str = ""
    end_time: str = ""
    repeat_words: str = ""
    is_recurring: bool = False
    asks_which: bool = False
    problem: str = ""
    _event: EventView | None = None
    _occurrence: str = ""

    @rx.event
    async def open_event(self, event_id: str, occurrence: str) -> None:
        """Show an event; of one that repeats, the one that begins at `occurrence` on the person's clock."""
        event = await events.get_event(user_id=await user_of(self), event_id=event_id)
        self._event, self._occurrence = event, occurrence or event.occurrence.isoformat()
        self.title, self.place, self.notes = event.title, event.place, event.notes
        self.repeat_words, self.is_recurring = event.repeat_words, bool(event.repeat)
        self._show_times(shown_times(event, self._occurrence))
        self.problem, self.asks_which = "", False
        self.is_open, self.nonce = True, new_id("edt")

    def _show_times(self, times: Times) -> None:
        self.all_day = times.all_day
        self.start_day, self.start_time = f"{times.start:%Y-%m-%d}", f"{times.start:%H:%M}"
        self.end_day, self.end_time = f"{times.end:%Y-%m-%d}", f"{times.end:%H:%M}"
        if times.all_day:  # What a tick less would begin with.
            self.start_time, self.end_time = "09:00", "10:00"

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        """Follow the dialog when it closes itself."""
        self.is_open = is_open

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep what the form says."""
        event = self._event
        if event is None:
            return
        origin = click()
        try:
            said = await self._save(event, form, origin)
        except StewardError as error:
            self.problem = str(error)
            return
        self.is_open = False
        await say(self, said, undo=origin)

    async def _save(self, event: EventView, form: dict[str, Any], origin: Origin) -> str:
        user_id = await user_of(self)
        now = clock.local_now((await accounts.get_person(user_id=user_id)).zone)
        shown = shown_times(event, self._occurrence)
        times = read_times(form, shown)
        if event.repeat and form.get("only_this"):
            start, end = (times.start, times.end) if times != shown else (None, None)
            saved = await events.change_occurrence(
                user_id=user_id,
                event_id=event.id,
                occurrence=datetime.fromisoformat(self._occurrence),
                changes=_texts(form),
                start=start,
                end=end,
                origin=origin,
            )
            return f"Saved only this “{saved.title}”."
        words = str(form.get("repeat", ""))
        repeat = read_repeat(words, before=(event.repeat, event.repeat_words), start=times.start, now=now)
        moved = shifted(times, shown=shown, series_start=shown_times(event, "").start) if times != shown else None
        saved = await event_edits.edit_event(
            user_id=user_id,
            event_id=event.id,
            changes=replace(_texts(form), repeat=repeat),
            times=(moved.start, moved.end) if moved else None,
            origin=origin,
        )
        return f"Saved “{saved.title}”."

    @rx.event
    async def delete(self) -> None:
        """Delete the event or, if it repeats, ask which ones."""
        if self.is_recurring:
            self.asks_which = True
        else:
            await self._delete(None)

    @rx.event
    async def keep(self) -> None:
        """Delete nothing after all."""
        self.asks_which = False

    @rx.event
    async def delete_this(self) -> None:
        """Delete only the one that was opened."""
        await self._delete(datetime.fromisoformat(self._occurrence))

    @rx.event
    async def delete_all(self) -> None:
        """Delete all of them."""
        await self._delete(None)

    async def _delete(self, occurrence: datetime | None) -> None:
        if self._event is None:
            return
        origin = click()
        try:
            deleted = await events.delete_event(
                user_id=await user_of(self), event_id=self._event.id, occurrence=occurrence, origin=origin
            )
        except StewardError as error:
            self.problem, self.asks_which = str(error), False
            return
        self.is_open = False
        await say(self, f"Deleted “{deleted.title}”.", undo=origin)


def shown_times(event: EventView, occurrence: str) -> Times:
    """Return the times of an event on the person's clock; of one that repeats those of the one named, or the first."""
    if event.all_day:
        first = datetime.fromisoformat(occurrence).date() if occurrence else event.start
        return Times(first, first + Times(event.start, event.end).length)
    start = datetime.fromisoformat(occurrence) if occurrence else event.starts_at
    end = start + (event.ends_at - event.starts_at)
    return Times(_wall(start), _wall(end.astimezone(event.starts_at.tzinfo)))


def _texts(form: dict[str, Any]) -> EventChanges:
    return EventChanges(
        title=str(form.get("title", "")), place=str(form.get("place", "")), notes=str(form.get("notes", ""))
    )


def _wall(at: datetime) -> datetime:
    return at.replace(tzinfo=None, second=0, microsecond=0)
