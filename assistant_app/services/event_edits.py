"""Changing several sides of an event at once: all of it or, if something cannot be, nothing."""

from datetime import date, datetime

from assistant_app.repositories import database
from assistant_app.services import events
from assistant_app.services.event_views import EventChanges, EventView
from assistant_app.services.ledger import PAGE, Origin


async def edit_event(
    *,
    user_id: str,
    event_id: str,
    changes: EventChanges,
    times: tuple[date | datetime, date | datetime] | None = None,
    origin: Origin = PAGE,
) -> EventView:
    """Change what `changes` names, and from when to when the event is if `times` are given, of all its times.

    How it repeats is changed first: a day that a new rule names may be one that the old rule does not.
    """
    async with database.transaction():
        event = await events.update_event(user_id=user_id, event_id=event_id, changes=changes, origin=origin)
        if times is not None:
            event = await events.move_event(
                user_id=user_id, event_id=event_id, start=times[0], end=times[1], origin=origin
            )
    return event
