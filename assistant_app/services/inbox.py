"""The inbox: what Steward brings on its own, until its person has answered it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import InboxItem
from assistant_app.repositories import database
from assistant_app.repositories import inbox as queries
from assistant_app.services import due_times, ledger, reminders
from assistant_app.services.inbox_items import TOPIC, Kind, close_items, put_item
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.task_views import quoted, zone_of
from assistant_app.times.zones import to_local

__all__ = [
    "TOPIC",
    "ItemView",
    "Kind",
    "close_items",
    "count_new",
    "dismiss_item",
    "get_item",
    "list_items",
    "put_item",
    "read_all",
    "read_item",
    "resolve_item",
    "snooze_item",
]

State = Literal["open", "new", "read", "done", "dismissed", "closed", "all"]
_STATES: dict[str, tuple[str, ...]] = {
    "open": queries.OPEN,
    "closed": ("done", "dismissed"),
    "all": (*queries.OPEN, "done", "dismissed"),
}
_MOST_READ = 1_000


@dataclass(frozen=True)
class ItemView:
    """One matter. `state` is new, read, done or dismissed; `why` says what brought it, `data` what its actions need.

    `late` is a reminder that came later than it was due. Moments are aware and in the user's zone.
    """

    id: str
    kind: str
    title: str
    text: str
    why: str
    state: str
    subject_id: str
    data: dict[str, Any]
    snoozed_until: datetime | None
    late: bool
    created_at: datetime
    resolved_at: datetime | None


async def list_items(*, user_id: str, kind: str = "", state: State = "open", limit: int = 100) -> list[ItemView]:
    """Return what lies in the inbox, the newest first; what is snoozed stays away until its time."""
    async with database.read() as session:
        states = _STATES.get(state, (state,))
        at = clock.now()
        rows = await queries.list_items(session, user_id=user_id, kind=kind, states=states, at=at, limit=limit)
        zone = await zone_of(session, user_id=user_id)
    return [_view(row, zone) for row in rows]


async def get_item(*, user_id: str, item_id: str) -> ItemView:
    """Return one item."""
    async with database.read() as session:
        row = await queries.get_item(session, user_id=user_id, item_id=item_id)
        return _view(row, await zone_of(session, user_id=user_id))


async def count_new(*, user_id: str) -> int:
    """Return how many items nobody has looked at yet."""
    async with database.read() as session:
        return await queries.count_new(session, user_id=user_id, at=clock.now())


async def read_item(*, user_id: str, item_id: str) -> ItemView:
    """Note that an item was looked at."""
    async with database.write() as session:
        row = await queries.get_item(session, user_id=user_id, item_id=item_id)
        if row.state == "new":
            row.state, row.read_at = "read", clock.now()
        view = _view(row, await zone_of(session, user_id=user_id))
    bus.publish(user_id, TOPIC)
    return view


async def read_all(*, user_id: str) -> int:
    """Note that everything was looked at; return how much was new."""
    async with database.write() as session:
        at = clock.now()
        rows = await queries.list_items(session, user_id=user_id, kind="", states=("new",), at=at, limit=_MOST_READ)
        for row in rows:
            row.state, row.read_at = "read", at
    if rows:
        bus.publish(user_id, TOPIC)
    return len(rows)


async def resolve_item(*, user_id: str, item_id: str, origin: Origin = PAGE) -> ItemView:
    """Note that a matter is done; a reminder has served with that."""
    return await _close(user_id, item_id, "done", origin)


async def dismiss_item(*, user_id: str, item_id: str, origin: Origin = PAGE) -> ItemView:
    """Put a matter aside for good; of a reminder only this one time."""
    return await _close(user_id, item_id, "dismissed", origin)


async def snooze_item(*, user_id: str, item_id: str, until: datetime, origin: Origin = PAGE) -> ItemView:
    """Put a matter off until a moment: a reminder comes again then, everything else comes back as new."""
    async with database.transaction() as session:
        row = await _get_open(user_id, item_id)
        zone = await zone_of(session, user_id=user_id)
        moment = due_times.future_moment(until, zone)
        if row.kind == "reminder":
            await reminders.snooze_reminder(user_id=user_id, reminder_id=row.subject_id, until=moment, origin=origin)
            await session.refresh(row)
        else:
            row.snoozed_until = moment
        bus.publish(user_id, TOPIC)
        return _view(row, zone)


async def _close(user_id: str, item_id: str, answer: Literal["done", "dismissed"], origin: Origin) -> ItemView:
    async with database.transaction() as session:
        row = await _get_open(user_id, item_id)
        if row.kind == "reminder" and await _is_unfinished(user_id, row.subject_id):
            await reminders.finish_reminder(user_id=user_id, reminder_id=row.subject_id, answer=answer, origin=origin)
            await session.refresh(row)
        else:
            async with ledger.change(user_id=user_id, origin=origin) as step:
                step.change(row)
                row.state, row.resolved_at = answer, clock.now()
                verb, said = ("complete", "Answered") if answer == "done" else ("dismiss", "Dismissed")
                step.say(verb, row.kind, row.subject_id or row.id, f"{said} {quoted(row.title)} in the inbox")
        bus.publish(user_id, TOPIC)
        return _view(row, await zone_of(session, user_id=user_id))


async def _get_open(user_id: str, item_id: str) -> InboxItem:
    """Return an item that nobody has answered yet, locked."""
    async with database.write() as session:
        row = await queries.get_item(session, user_id=user_id, item_id=item_id)
    if row.state not in queries.OPEN:
        raise ConflictError(f"That was {row.state} already.")
    return row


async def _is_unfinished(user_id: str, reminder_id: str) -> bool:
    """Tell whether a reminder has nothing to come and has yet to be finished; one that repeats goes on by itself."""
    try:
        reminder = await reminders.get_reminder(user_id=user_id, reminder_id=reminder_id)
    except NotFoundError:
        return False  # It was deleted; what it left here can still be closed.
    return not reminder.upcoming and not reminder.done


def _view(row: InboxItem, zone: str) -> ItemView:
    data: dict[str, Any] = json.loads(row.data)
    return ItemView(
        id=row.id,
        kind=row.kind,
        title=row.title,
        text=row.text,
        why=row.why,
        state=row.state,
        subject_id=row.subject_id,
        data=data,
        snoozed_until=None if row.snoozed_until is None else to_local(row.snoozed_until, zone),
        late=bool(data.get("late")),
        created_at=to_local(row.created_at, zone),
        resolved_at=None if row.resolved_at is None else to_local(row.resolved_at, zone),
    )
