"""Dragging an event to another day of the month."""

from datetime import date, datetime, timedelta

import reflex as rx

from assistant_app import clock
from assistant_app.services import accounts, events
from assistant_app.times.wording import day_words
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of

_JS = rx.asset("day_drop.js", shared=True).importable_path


class DragState(rx.State):
    """Has no variables: what moved shows once the calendar is told of it."""

    @rx.event
    async def move(self, event_id: str, occurrence: str, day: date) -> None:
        """Have an event begin on another day; of one that repeats all go as many days along."""
        user_id, origin = await user_of(self), click()
        event = await events.get_event(user_id=user_id, event_id=event_id)
        moved_by: timedelta = day - datetime.fromisoformat(occurrence).date()
        first = event.starts_at.date() + moved_by
        moved = await events.move_event(user_id=user_id, event_id=event_id, start=first, origin=origin)
        today = clock.local_now((await accounts.get_person(user_id=user_id)).zone).date()
        what = f"all of “{moved.title}”: this one is" if moved.repeat else f"“{moved.title}”, now"
        await say(self, f"Moved {what} {day_words(day, today)}.", undo=origin)


def _move_spec(
    event_id: rx.Var[str], occurrence: rx.Var[str], day: rx.Var[date]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[date]]:
    return (event_id, occurrence, day)


class DayDrop(rx.Component):
    """Shows nothing; what carries `data-event` and `data-occurrence` can be dropped on a cell with `data-day`."""

    library = _JS
    tag = "DayDrop"

    on_move: rx.EventHandler[_move_spec]


def day_drop() -> rx.Component:
    """Connect what is dropped to what it does."""
    return DayDrop.create(on_move=DragState.move)
