"""Dragging an event to another day of the month."""

from datetime import date, datetime

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
        """Have an event begin on another day; of one that repeats, only the one that was dragged."""
        user_id, origin = await user_of(self), click()
        event = await events.get_event(user_id=user_id, event_id=event_id)
        if event.repeat:
            at = datetime.fromisoformat(occurrence)
            await events.change_occurrence(user_id=user_id, event_id=event_id, occurrence=at, start=day, origin=origin)
        else:
            await events.move_event(user_id=user_id, event_id=event_id, start=day, origin=origin)
        today = clock.local_now((await accounts.get_person(user_id=user_id)).zone).date()
        what = f"only this “{event.title}”" if event.repeat else f"“{event.title}”"
        await say(self, f"Moved {what} to {day_words(day, today)}.", undo=origin)


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
