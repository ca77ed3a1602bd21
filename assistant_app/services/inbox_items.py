"""What puts matters into the inbox and closes them, as part of the transaction that the matter comes from.

Whoever calls these tells `TOPIC` when the transaction is over.
"""

import json
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.models import InboxItem
from assistant_app.repositories import inbox as queries
from assistant_app.services import texts
from assistant_app.services.ledger import Step

TOPIC = "inbox"
Kind = Literal["summary", "reminder", "approval", "conflict", "suggestion", "result", "error"]
_TITLE_CHARS = 500


async def put_item(  # noqa: PLR0913 - a matter has this many sides
    session: AsyncSession,
    *,
    user_id: str,
    kind: Kind,
    key: str,
    title: str,
    text: str = "",
    why: str = "",
    subject_id: str = "",
    data: dict[str, Any] | None = None,
) -> str:
    """Bring a matter to a user; return the item's id, or "" if it has been brought before, and is left as it is."""
    if await queries.find_by_key(session, user_id=user_id, key=key) is not None:
        return ""
    item = InboxItem(
        user_id=user_id,
        kind=kind,
        key=key,
        title=shown_title(title),
        text=texts.storable(text),
        why=texts.storable(why),
        subject_id=subject_id,
        data=json.dumps(data or {}),
    )
    session.add(item)
    await session.flush()
    return item.id


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
