"""Adding an event by what is typed in plain words, with what was understood shown meanwhile."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError, StewardError
from assistant_app.services import accounts, events
from assistant_app.services.ledger import Origin
from assistant_app.times.wording import day_words
from assistant_app.ui.calendar.pieces import event_field
from assistant_app.ui.calendar.reading import Reading, first_day, parts_of, read_event
from assistant_app.ui.calendar.state import CalendarState
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of

_LONGEST = 500


@dataclass(frozen=True)
class Part:
    """One thing that was understood; `kind` is title, day, time, place or repeat."""

    kind: str
    text: str


class AddingState(rx.State):
    """What is typed at this moment, as it was understood."""

    parts: list[Part] = []
    problem: str = ""
    added_nonce: str = ""
    refused_nonce: str = ""

    @rx.event
    async def forget(self) -> None:
        """Begin with nothing typed, as the field does."""
        self.parts, self.problem = [], ""

    @rx.event
    async def read(self, text: str) -> None:
        """Show what a text would become."""
        reading, today = await self._read(text)
        self.parts, self.problem = [Part(*part) for part in parts_of(reading, today)], reading.unclear

    @rx.event
    async def add(self, text: str, nonce: str) -> None:
        """Add what was typed; the field keeps it until it hears that this worked."""
        if nonce == self.added_nonce:
            return
        origin = click()
        try:
            said = await self._add(text, origin)
        except StewardError as error:
            self.problem, self.refused_nonce = str(error), nonce
            return
        self.parts, self.problem, self.added_nonce = [], "", nonce
        await say(self, said, undo=origin)

    @rx.event
    async def leave(self) -> Any:
        """Close the day without adding anything."""
        self.parts, self.problem = [], ""
        return CalendarState.close_day

    async def _add(self, text: str, origin: Origin) -> str:
        reading, today = await self._read(text)
        if reading.unclear:
            raise InvalidInputError(reading.unclear)
        if not reading.title or reading.start is None:
            raise InvalidInputError("Say what it is, too, such as “dentist 10–11 at Main St”.")
        added = await events.add_event(
            user_id=await user_of(self),
            title=reading.title,
            start=reading.start,
            end=reading.end,
            place=reading.place,
            repeat=reading.repeat,
            origin=origin,
        )
        return f"Added “{added.title}”, {day_words(first_day(added.start), today)}."

    async def _read(self, text: str) -> tuple[Reading, date]:
        now = clock.local_now((await accounts.get_person(user_id=await user_of(self))).zone)
        calendar = await self.get_state(CalendarState)
        chosen = now.date() if calendar.shown_view == "agenda" else date.fromisoformat(calendar.day)
        return read_event(text[:_LONGEST], now=now, chosen=chosen), now.date()


def add_field(label: str) -> rx.Component:
    """Show the field, and below it what was understood."""
    return rx.el.div(
        event_field(
            label=label,
            placeholder="Add an event, such as “dentist 10–11 at Main St”",
            added_nonce=AddingState.added_nonce,
            refused_nonce=AddingState.refused_nonce,
            focus_nonce=CalendarState.focus_nonce,
            open_nonce=CalendarState.open_nonce,
            on_read=AddingState.read,
            on_add=AddingState.add,
            on_leave=AddingState.leave,
        ),
        rx.el.div(
            rx.cond(
                AddingState.problem != "",
                rx.el.p(AddingState.problem, class_name="saved-problem"),
                rx.foreach(AddingState.parts, understood_part),
            ),
            id="event-understood",
            role="status",
            aria_live="polite",
            aria_label="Understood",
            class_name="understood",
        ),
        class_name="adding",
    )


def understood_part(part: rx.Var[Part]) -> rx.Component:
    """Show one thing that was understood."""
    return rx.el.span(
        rx.match(
            part.kind,
            ("day", rx.icon("calendar", size=13)),
            ("time", rx.icon("clock", size=13)),
            ("place", rx.icon("map-pin", size=13)),
            ("repeat", rx.icon("repeat", size=13)),
            rx.icon("pencil", size=13),
        ),
        part.text,
        class_name="understood-part",
        key=part.kind,
    )
