"""What puts matters into the inbox and closes them, as part of the transaction that the matter comes from.

Whoever calls these tells `TOPIC` when the transaction is over.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.models import InboxItem
from assistant_app.repositories import inbox as queries
from assistant_app.services import texts
from assistant_app.services.ledger import Step

TOPIC = "inbox"
SPEND = "spend:"  # So begin the keys of what says that a schedule would cost too much.
Kind = Literal["summary", "reminder", "approval", "conflict", "suggestion", "result", "error"]
_TITLE_CHARS = 500


@dataclass(frozen=True)
class Matter:
    """What the inbox is to say; the same `key` of a user is the same matter."""

    user_id: str
    kind: Kind
    key: str
    title: str
    text: str = ""
    why: str = ""
    subject_id: str = ""
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


async def put_item(session: AsyncSession, matter: Matter) -> InboxItem:
    """Bring a matter to its user; one that has been brought before is left as it is."""
    (item,) = await put_items(session, [matter])
    return item


async def put_items(session: AsyncSession, matters: Sequence[Matter]) -> list[InboxItem]:
    """Bring matters, each to its user, as `put_item` does; return their items in the same order."""
    if not matters:
        return []
    wanted = [(matter.user_id, matter.key) for matter in matters]
    users, keys = {user_id for user_id, _ in wanted}, {key for _, key in wanted}
    found = await queries.list_by_keys(session, user_ids=users, keys=keys)
    items = {(item.user_id, item.key): item for item in found}
    for matter in matters:
        place = matter.user_id, matter.key
        if place not in items:
            items[place] = _item(matter)
            session.add(items[place])
    await session.flush()
    return [items[place] for place in wanted]


def _item(matter: Matter) -> InboxItem:
    return InboxItem(
        user_id=matter.user_id,
        kind=matter.kind,
        key=matter.key,
        title=shown_title(matter.title),
        text=texts.storable(matter.text),
        why=texts.storable(matter.why),
        subject_id=matter.subject_id,
        data=json.dumps(matter.data),
    )


def shown_title(title: str) -> str:
    """Return a title as the inbox keeps it."""
    return texts.shortened(texts.one_line(title), _TITLE_CHARS)


async def close_items(
    step: Step, *, subject_id: str, answer: Literal["done", "dismissed"] = "done", at: datetime | None = None
) -> None:
    """Answer what the inbox says about an object, since the object is done; undoing the step brings it back."""
    for item in await queries.list_open_about(step.session, user_id=step.user_id, subject_id=subject_id):
        step.change(item)
        item.state, item.resolved_at = answer, at or clock.now()


def put_off(item: InboxItem, until: datetime) -> None:
    """Keep a matter out of sight until a moment."""
    item.state, item.snoozed_until, item.read_at = "read", until, item.read_at or clock.now()


async def put_off_items(step: Step, *, subject_id: str, until: datetime) -> None:
    """Put off the newest of what the inbox says about an object, and close what is older."""
    for place, item in enumerate(
        await queries.list_open_about(step.session, user_id=step.user_id, subject_id=subject_id)
    ):
        step.change(item)
        if place == 0:
            put_off(item, until)
        else:
            item.state, item.resolved_at = "done", clock.now()


async def end_snoozes(session: AsyncSession, *, user_id: str, subject_id: str, step: Step | None = None) -> None:
    """Close what was put off about an object that comes anew, or at another time than it was put off to."""
    for item in await queries.list_open_about(session, user_id=user_id, subject_id=subject_id):
        if item.snoozed_until is not None:
            if step is not None:
                step.change(item)
            item.state, item.resolved_at = "done", clock.now()


async def close_notices_of(
    session: AsyncSession, *, user_id: str, subject_id: str, beginning: str, step: Step | None = None
) -> None:
    """Close what was told about an object under keys that begin like this, since it does not hold any more."""
    for item in await queries.list_open_about(session, user_id=user_id, subject_id=subject_id):
        if item.key.startswith(beginning):
            if step is not None:
                step.change(item)
            item.state, item.resolved_at = "done", clock.now()
