"""Conflicts in the inbox: each matter once, closed by itself when it is gone, fixed or ignored by its person.

They are looked for around what changed, and never in what did not.
"""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.models import InboxItem
from assistant_app.repositories import conflicts as queries
from assistant_app.repositories import database
from assistant_app.repositories import inbox as inbox_queries
from assistant_app.services import events, inbox, inbox_items, tasks
from assistant_app.services.conflict_finding import Conflict, find_conflicts
from assistant_app.services.engagements import DAY, days_of
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.task_views import TaskChanges, zone_of
from assistant_app.times.zones import to_local

DAYS_AHEAD = 60
_GONE = "That is not in conflict any more, so nothing was changed."
_OTHER_FIX = "Your calendar has changed since this was proposed, so nothing was moved. Look at the new proposal."


async def check(*, user_id: str, changed: Collection[str], at: datetime | None = None) -> int:
    """Look for conflicts near tasks and events that changed, and at open ones; return how many came or came back.

    `changed` are the ids of objects.
    """
    return await _check(user_id, changed, at or clock.now(), everywhere=False)


async def check_ahead(*, user_id: str, at: datetime | None = None) -> int:
    """Look at all of the coming days: what repeats comes into sight day by day, without any change."""
    return await _check(user_id, (), at or clock.now(), everywhere=True)


async def list_conflicts(*, user_ids: Collection[str], zone: str, day: date, at: datetime) -> dict[str, list[Conflict]]:
    """Return, by user, the conflicts of a day that are still to come and that their person has not answered.

    All of the users live in one zone.
    """
    async with database.read() as session:
        found = await find_conflicts(session, user_ids=user_ids, zone=zone, days=[day], now=at)
        keys = {conflict.key for own in found.values() for conflict in own}
        items = await inbox_queries.list_by_keys(session, user_ids=user_ids, keys=keys)
    known = {(item.user_id, item.key): item for item in items}
    return {
        user_id: [conflict for conflict in own if not _is_answered(known.get((user_id, conflict.key)))]
        for user_id, own in found.items()
    }


async def act(*, user_id: str, item_id: str, action: str, origin: Origin = PAGE) -> str:
    """Fix a conflict as the item proposes; return what was done in a sentence. Who ignores one dismisses its item."""
    if action != "fix":
        raise InvalidInputError("A conflict can be fixed or ignored. Choose one of the two.")
    seen = await inbox.get_item(user_id=user_id, item_id=item_id)
    await check(user_id=user_id, changed=[each["id"] for each in seen.data.get("objects", [])])
    async with database.transaction() as session:
        item = await inbox_queries.get_item(session, user_id=user_id, item_id=item_id)
        fix = _data(item)["fix"]
        if item.state not in inbox_queries.OPEN:
            raise ConflictError(_GONE if _closed_itself(item) else f"That was {item.state} already.")
        if fix is None or fix != seen.data.get("fix"):
            raise ConflictError(_OTHER_FIX)
        for call in fix["calls"]:
            await _carry_out(user_id, call, origin)
        await check(user_id=user_id, changed=[call["object_id"] for call in fix["calls"]])
    return f"{_past(fix['label'])}."


async def _check(user_id: str, changed: Collection[str], now: datetime, *, everywhere: bool) -> int:
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        today = to_local(now, zone).date()
        open_items = await queries.list_open_items(session, user_id=user_id)
        days = (
            {today + DAY * number for number in range(DAYS_AHEAD + 1)}
            if everywhere
            else await _days_near(session, (user_id, zone), changed, open_items, now)
        )
        # Not all tasks of a crowded day are named in its item, so that each change may be one of its.
        full = {_day(item) for item in open_items if _data(item)["rule"] == "crowded" and _day(item) >= today}
        found_by_user = await find_conflicts(session, user_ids=[user_id], zone=zone, days=days, now=now, full_days=full)
        found = found_by_user[user_id]
        keys = {conflict.key for conflict in found}
        stale = {item.key for item in open_items if _was_seen(item, days, today)} - keys
        known = {item.key: item for item in await queries.list_items(session, user_id=user_id, keys=keys)}
    news = [conflict for conflict in found if _is_news(conflict, known.get(conflict.key))]
    return await _bring(user_id, news, stale) if news or stale else 0


async def _days_near(
    session: AsyncSession, user: tuple[str, str], changed: Collection[str], items: Collection[InboxItem], now: datetime
) -> set[date]:
    """Return the days to look at: those of the objects, and those of what the inbox says of them.

    `user` is the id and the zone.
    """
    user_id, zone = user
    first = to_local(now, zone).date()
    last = first + DAY * DAYS_AHEAD
    near = [item for item in items if _is_near(item, changed, now)]
    # Of what clashes again and again, the next time is looked for once this one is over.
    over = [_data(item) for item in near if _data(item)["series"] and _is_over(item, now)]
    again = {each["id"] for data in over for each in data["objects"]}
    days = await days_of(session, user_id=user_id, zone=zone, ids={*changed, *again}, first=first, last=last)
    days |= {_day(item) for item in near}
    return {day for day in days if first <= day <= last}


def _is_near(item: InboxItem, changed: Collection[str], now: datetime) -> bool:
    """Tell whether what an item says may have changed: with its objects, or with the time that has passed."""
    return _is_over(item, now) or any(each["id"] in changed for each in _data(item)["objects"])


def _was_seen(item: InboxItem, days: Collection[date], today: date) -> bool:
    """Tell whether an item would have been found again if it were still true."""
    return _day(item) < today or _day(item) in days or _data(item)["rule"] == "crowded"


def _is_over(item: InboxItem, now: datetime) -> bool:
    at = _data(item).get("at")
    return at is not None and datetime.fromisoformat(at) <= now


async def _bring(user_id: str, news: Collection[Conflict], stale: Collection[str]) -> int:
    """Have the inbox say what is new, and close what is gone; return how many came or came back."""
    came = 0
    async with database.write() as session:
        keys = {*stale, *(conflict.key for conflict in news)}
        rows = await queries.list_items(session, user_id=user_id, keys=keys, lock=True)
        known = {row.key: row for row in rows}
        for conflict in news:
            item = known.pop(conflict.key, None)
            if _is_news(conflict, item):
                came += item is None or item.state not in inbox_queries.OPEN
                await _put(session, user_id, conflict, item)
        for item in known.values():
            if item.state in inbox_queries.OPEN:
                item.state, item.resolved_at = "done", clock.now()
                item.data = json.dumps(_data(item) | {"gone": True})
    bus.publish(user_id, inbox_items.TOPIC)
    return came


async def _put(session: AsyncSession, user_id: str, conflict: Conflict, item: InboxItem | None) -> None:
    if item is None:
        await inbox_items.put_item(
            session,
            inbox_items.Matter(
                user_id=user_id,
                kind="conflict",
                key=conflict.key,
                title=conflict.title,
                text=conflict.text,
                why=conflict.why,
                subject_id=conflict.data["objects"][0]["id"],
                data=conflict.data,
            ),
        )
        return
    if item.state not in inbox_queries.OPEN:
        item.state, item.resolved_at, item.read_at = "new", None, None
    item.title, item.text, item.data = inbox_items.shown_title(conflict.title), conflict.text, json.dumps(conflict.data)


def _is_news(conflict: Conflict, item: InboxItem | None) -> bool:
    """Tell whether the inbox does not say this yet, and its person has not answered it."""
    return not _is_answered(item) and (item is None or _data(item) != conflict.data or item.text != conflict.text)


def _is_answered(item: InboxItem | None) -> bool:
    return item is not None and item.state not in inbox_queries.OPEN and not _closed_itself(item)


def _closed_itself(item: InboxItem) -> bool:
    return bool(_data(item).get("gone"))


def _day(item: InboxItem) -> date:
    return date.fromisoformat(_data(item)["day"])


def _data(item: InboxItem) -> dict[str, Any]:
    return json.loads(item.data)


async def _carry_out(user_id: str, call: dict[str, Any], origin: Origin) -> None:
    arguments: dict[str, str] = call["arguments"]
    if call["tool"] == "move_event":
        start = datetime.fromisoformat(arguments["start"])
        await events.move_event(user_id=user_id, event_id=call["object_id"], start=start, origin=origin)
        return
    due = arguments["due"]
    changes = TaskChanges(due=datetime.fromisoformat(due) if "T" in due else date.fromisoformat(due))
    await tasks.update_task(user_id=user_id, task_id=call["object_id"], changes=changes, origin=origin)


def _past(label: str) -> str:
    """Say what was done: `Move “Lunch” to 15:00` as `Moved “Lunch” to 15:00`."""
    return label.replace("Move ", "Moved ", 1) if label.startswith("Move ") else label
