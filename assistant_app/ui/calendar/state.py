"""Which part of the calendar a tab shows, and which day is chosen in it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import reflex as rx

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError
from assistant_app.ids import new_id
from assistant_app.services import accounts, agenda
from assistant_app.ui.calendar.addresses import View, address_of, is_shown, month_after, read_place
from assistant_app.ui.calendar.drawing import day_title, days_of, grid_days, things_of, weeks_of
from assistant_app.ui.calendar.editing import EditorState
from assistant_app.ui.calendar.rows import Day, Thing, Week
from assistant_app.ui.session import user_of

_TOPICS = frozenset({"events", "tasks", "reminders", "profile"})
_AGENDA_DAYS = 28
_MOST_DAYS = 366


class CalendarState(rx.State):
    """The shown month, or the days from some day on; `view` is empty until the device has chosen one."""

    loaded: bool = False
    view: str = ""
    shown_view: str = "month"
    title: str = "Calendar"
    short_title: str = ""
    day: str = ""
    day_title: str = ""
    is_day_open: bool = False
    open_nonce: str = ""
    focus_nonce: str = ""
    weeks: list[Week] = []
    things: list[Thing] = []
    days: list[Day] = []
    is_empty: bool = False
    until: str = ""
    previous_address: str = ""
    next_address: str = ""
    month_address: str = ""
    agenda_address: str = ""
    _address: str = ""
    _place_view: View = ""
    _month: date = date.min
    _chosen: date = date.min
    _agenda_days: int = _AGENDA_DAYS

    @rx.event
    async def load(self) -> Any:
        """Show what the address names; a lost connection comes back with the address that it had."""
        url = urlsplit(str(self.router.url))
        address, today = f"{url.path}?{url.query}", await self._today()
        place = read_place(address, today=today)
        is_new = address != self._address
        if is_new:
            self._address, self._place_view, self._month = address, place.view, place.month
            self._agenda_days = _AGENDA_DAYS
            self._chosen = place.day or self._day_in_month(today)
            self._put(is_day_open=self.is_day_open or place.day is not None)
        await self._refresh()
        return EditorState.open_event(place.event_id, "") if is_new and place.event_id else None

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show changes as they happen, wherever they are made, and the new day when it begins."""
        async with self:
            user_id, now = await user_of(self), await self._now()
        if not user_id:
            return
        with bus.subscribe(user_id) as changes:
            while True:
                midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
                topics = await changes.changes(seconds=max(1.0, midnight.timestamp() - now.timestamp()))
                async with self:
                    if topics & _TOPICS or not topics:
                        await self._refresh()
                    now = await self._now()

    @rx.event
    async def choose_day(self, day: date) -> rx.event.EventSpec | None:
        """Go to a day, and to its month."""
        return await self._choose(day)

    @rx.event
    async def go_today(self) -> rx.event.EventSpec | None:
        """Go to today."""
        return await self._choose(await self._today())

    @rx.event
    async def open_day(self, day: date) -> rx.event.EventSpec | None:
        """Show all that is on a day."""
        self._put(is_day_open=True, open_nonce=new_id("day"))
        return await self._choose(day)

    @rx.event
    async def close_day(self) -> None:
        """Give the room back to the month."""
        self._put(is_day_open=False)

    @rx.event
    async def new_event(self) -> None:
        """Go to the field in which an event is typed."""
        self._put(is_day_open=True, focus_nonce=new_id("new"))

    @rx.event
    async def show_more(self) -> None:
        """Show later days of the agenda, too."""
        self._agenda_days = min(self._agenda_days + _AGENDA_DAYS, _MOST_DAYS)
        await self._refresh()

    async def _choose(self, day: date) -> rx.event.EventSpec | None:
        if not is_shown(day):
            raise InvalidInputError("The calendar does not reach that far. Choose another day.")
        self._chosen = day
        if day.replace(day=1) == self._month:
            await self._refresh()
            return None
        self._month = day.replace(day=1)
        self._address = address_of(self._place_view, self._month)
        await self._refresh()
        return rx.redirect(self._address, replace=True)

    def _day_in_month(self, today: date) -> date:
        """Return the day to choose in a month that is come to."""
        if self._chosen.replace(day=1) == self._month:
            return self._chosen
        return today if today.replace(day=1) == self._month else self._month

    async def _now(self) -> datetime:
        return clock.local_now((await accounts.get_person(user_id=await user_of(self))).zone)

    async def _today(self) -> date:
        return (await self._now()).date()

    async def _refresh(self) -> None:
        """Show what is planned as it is stored now; a page that is not opened yet reads it when it is."""
        if not self._address:
            return
        user_id, today = await user_of(self), await self._today()
        if self._place_view == "agenda":
            first = max(self._month, today) if self._month == today.replace(day=1) else self._month
            last = first + timedelta(days=self._agenda_days - 1)
            found = days_of(await agenda.list_agenda(user_id=user_id, first=first, last=last), today=today)
            self._put(
                days=found, is_empty=not any(day.things for day in found), until=f"Until {day_title(last, today)}"
            )
        else:
            grid = grid_days(self._month)
            planned = await agenda.list_agenda(user_id=user_id, first=grid[0], last=grid[-1])
            chosen = next((day for day in planned if day.day == self._chosen), None)
            self._put(weeks=weeks_of(planned, month=self._month, today=today), things=things_of(chosen, today=today))
        self._put_place(today)

    def _put_place(self, today: date) -> None:
        view: View = "agenda" if self._place_view == "agenda" else "month"
        self._put(
            loaded=True,
            view=self._place_view,
            shown_view=view,
            title=f"{self._month:%B %Y}",
            short_title=f"{self._month:%b %Y}",
            day=self._chosen.isoformat(),
            day_title=day_title(self._chosen, today),
            previous_address=address_of(view, month_after(self._month, -1)),
            next_address=address_of(view, month_after(self._month, 1)),
            month_address=address_of("month", self._month),
            agenda_address=address_of("agenda", self._month),
        )

    def _put(self, **values: object) -> None:
        """Set what is different: anything set is sent, and drawn again, even if it is the same."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
