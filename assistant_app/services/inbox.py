"""The inbox: what Steward brings on its own, until its person has answered it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import InboxItem
from assistant_app.repositories import database
from assistant_app.repositories import inbox as queries
from assistant_app.services import due_times, inbox_items, ledger, reminders
from assistant_app.services.inbox_items import TOPIC, Kind, Matter, close_items, put_item
from assistant_app.services.inbox_views import ItemAction, ItemView, view_item
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.task_views import quoted, zone_of
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local

__all__ = [
    "TOPIC",
    "Answer",
    "ItemAction",
    "ItemView",
    "Kind",
    "Matter",
    "State",
    "answer_items",
    "close_items",
    "count_new",
    "dismiss_item",
    "get_item",
    "list_items",
    "put_item",
    "read_all",
    "read_item",
    "read_items",
    "resolve_item",
    "snooze_item",
    "snooze_items",
]

State = Literal["open", "snoozed", "new", "read", "done", "dismissed", "closed", "all"]
Answer = Literal["done", "dismissed"]
_STATES: dict[str, tuple[str, ...]] = {
    "open": queries.OPEN,
    "snoozed": queries.OPEN,
    "closed": ("done", "dismissed"),
    "all": (*queries.OPEN, "done", "dismissed"),
}
_MOST = 1_000


async def list_items(*, user_id: str, kind: str = "", state: State = "open", limit: int = 100) -> list[ItemView]:
    """Return what lies in the inbox, the newest first; what is snoozed is listed only as such, until its time."""
    async with database.read() as session:
        rows = await queries.list_items(
            session,
            user_id=user_id,
            kind=kind,
            states=_STATES.get(state, (state,)),
            at=clock.now(),
            limit=limit,
            snoozed=state == "snoozed",
        )
        zone = await zone_of(session, user_id=user_id)
    return [view_item(row, zone) for row in rows]


async def get_item(*, user_id: str, item_id: str) -> ItemView:
    """Return one item."""
    async with database.read() as session:
        row = await queries.get_item(session, user_id=user_id, item_id=item_id)
        return view_item(row, await zone_of(session, user_id=user_id))


async def count_new(*, user_id: str) -> int:
    """Return how many items nobody has looked at yet."""
    async with database.read() as session:
        return await queries.count_new(session, user_id=user_id, at=clock.now())


async def read_item(*, user_id: str, item_id: str) -> ItemView:
    """Note that an item was looked at."""
    return (await read_items(user_id=user_id, item_ids=[item_id]))[0]


async def read_items(*, user_id: str, item_ids: Sequence[str]) -> list[ItemView]:
    """Note that several items were looked at."""
    async with database.write() as session:
        zone = await zone_of(session, user_id=user_id)
        rows = [await queries.get_item(session, user_id=user_id, item_id=item_id) for item_id in item_ids[:_MOST]]
        for row in rows:
            if row.state == "new":
                row.state, row.read_at = "read", clock.now()
        views = [view_item(row, zone) for row in rows]
    bus.publish(user_id, TOPIC)
    return views


async def read_all(*, user_id: str) -> int:
    """Note that everything was looked at; return how much was new."""
    async with database.write() as session:
        at = clock.now()
        rows = await queries.list_items(session, user_id=user_id, kind="", states=("new",), at=at, limit=_MOST)
        for row in rows:
            row.state, row.read_at = "read", at
    if rows:
        bus.publish(user_id, TOPIC)
    return len(rows)


async def resolve_item(*, user_id: str, item_id: str, origin: Origin = PAGE) -> ItemView:
    """Note that a matter is done; a reminder has served with that."""
    return await _answer(user_id, item_id, "done", origin)


async def dismiss_item(*, user_id: str, item_id: str, origin: Origin = PAGE) -> ItemView:
    """Put a matter aside for good; of a reminder only this one time."""
    return await _answer(user_id, item_id, "dismissed", origin)


async def answer_items(
    *, user_id: str, item_ids: Sequence[str], answer: Answer, origin: Origin = PAGE
) -> list[ItemView]:
    """Answer several matters at once; return those that were still open."""
    async with database.transaction() as session:
        open_ids = [each for each in item_ids[:_MOST] if await _is_open(session, user_id, each)]
        # One answer can close others about the same object.
        views = [
            await _close(user_id, each, answer, origin) for each in open_ids if await _is_open(session, user_id, each)
        ]
        bus.publish(user_id, TOPIC)
    return views


async def snooze_item(*, user_id: str, item_id: str, until: datetime, origin: Origin = PAGE) -> ItemView:
    """Put a matter off until a moment: a reminder comes again then, everything else comes back as new."""
    async with database.transaction() as session:
        await _get_open(session, user_id, item_id)
        view = await _snooze(user_id, item_id, until, origin)
        bus.publish(user_id, TOPIC)
    return view


async def snooze_items(
    *, user_id: str, item_ids: Sequence[str], until: datetime, origin: Origin = PAGE
) -> list[ItemView]:
    """Put several matters off at once; return those that were still open."""
    async with database.transaction() as session:
        open_ids = [each for each in item_ids[:_MOST] if await _is_open(session, user_id, each)]
        views = [
            await _snooze(user_id, each, until, origin) for each in open_ids if await _is_open(session, user_id, each)
        ]
        bus.publish(user_id, TOPIC)
    return views


async def _answer(user_id: str, item_id: str, answer: Answer, origin: Origin) -> ItemView:
    async with database.transaction() as session:
        await _get_open(session, user_id, item_id)
        view = await _close(user_id, item_id, answer, origin)
        bus.publish(user_id, TOPIC)
    return view


async def _close(user_id: str, item_id: str, answer: Answer, origin: Origin) -> ItemView:
    async with ledger.change(user_id=user_id, origin=origin) as step:
        row = await queries.get_item(step.session, user_id=user_id, item_id=item_id)
        is_reminder = row.kind == "reminder" and await _is_unfinished(user_id, row)
        if not is_reminder:
            step.change(row)
            row.state, row.resolved_at = answer, clock.now()
            verb, said = ("complete", "Answered") if answer == "done" else ("dismiss", "Dismissed")
            step.say(verb, row.kind, row.subject_id or row.id, f"{said} {quoted(row.title)} in the inbox")
    if is_reminder:
        await reminders.finish_reminder(user_id=user_id, reminder_id=row.subject_id, answer=answer, origin=origin)
    return await get_item(user_id=user_id, item_id=item_id)


async def _snooze(user_id: str, item_id: str, until: datetime, origin: Origin) -> ItemView:
    async with ledger.change(user_id=user_id, origin=origin) as step:
        row = await queries.get_item(step.session, user_id=user_id, item_id=item_id)
        zone = await zone_of(step.session, user_id=user_id)
        moment = due_times.future_moment(until, zone)
        if row.kind != "reminder":
            step.change(row)
            inbox_items.put_off(row, moment)
            words = moment_words(to_local(moment, zone), clock.local_now(zone))
            step.say("snooze", row.kind, row.subject_id or row.id, f"Snoozed {quoted(row.title)} until {words}")
    if row.kind == "reminder":
        await reminders.snooze_reminder(user_id=user_id, reminder_id=row.subject_id, until=moment, origin=origin)
    return await get_item(user_id=user_id, item_id=item_id)


async def _get_open(session: AsyncSession, user_id: str, item_id: str) -> InboxItem:
    """Return an item that nobody has answered yet, locked."""
    row = await queries.get_item(session, user_id=user_id, item_id=item_id)
    if row.state not in queries.OPEN:
        raise ConflictError(f"That was {row.state} already.")
    return row


async def _is_open(session: AsyncSession, user_id: str, item_id: str) -> bool:
    return (await queries.get_item(session, user_id=user_id, item_id=item_id)).state in queries.OPEN


async def _is_unfinished(user_id: str, row: InboxItem) -> bool:
    """Tell whether a reminder has yet to be finished; one that comes again by itself has not, unless it was put off."""
    try:
        reminder = await reminders.get_reminder(user_id=user_id, reminder_id=row.subject_id)
    except NotFoundError:
        return False  # It was deleted; what it left here can still be closed.
    is_off = row.snoozed_until is not None and reminder.snoozed
    return not reminder.done and (is_off or not reminder.upcoming)
