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
) -> bool:
    """Bring a matter to a user; tell whether it is new: one that has been brought before is left as it is."""
    if await queries.find_by_key(session, user_id=user_id, key=key) is not None:
        return False
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
    return True


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
