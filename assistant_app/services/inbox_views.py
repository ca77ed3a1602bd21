"""A matter of the inbox as it is seen from outside, with what can be answered to it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from assistant_app import clock
from assistant_app.models import InboxItem
from assistant_app.times.zones import to_local


@dataclass(frozen=True)
class ItemAction:
    """An answer of the item's own beside done, snooze and dismiss: `write` changes something, `quiet` does not."""

    name: str
    label: str
    effect: Literal["write", "quiet"] = "write"


@dataclass(frozen=True)
class ItemView:
    """One matter. `state` is new, read, done or dismissed; `why` says what brought it, `data` what its actions need.

    `late` is a reminder that came later than it was due; `snoozed_until` is set while the matter is put off. What was
    put off and is back was `created_at` the moment at which it came back. Moments are aware and in the user's zone.
    """

    id: str
    kind: str
    title: str
    text: str
    why: str
    state: str
    subject_id: str
    data: dict[str, Any]
    actions: tuple[ItemAction, ...]
    snoozed_until: datetime | None
    late: bool
    created_at: datetime
    resolved_at: datetime | None


def view_item(row: InboxItem, zone: str) -> ItemView:
    """Return what is seen of a row."""
    data: dict[str, Any] = json.loads(row.data)
    is_off = row.resolved_at is None and row.snoozed_until is not None and row.snoozed_until > clock.now()
    return ItemView(
        id=row.id,
        kind=row.kind,
        title=row.title,
        text=row.text,
        why=row.why,
        state=row.state,
        subject_id=row.subject_id,
        data=data,
        actions=tuple(_action(each) for each in data.get("actions", ())),
        snoozed_until=to_local(row.snoozed_until, zone) if is_off and row.snoozed_until else None,
        late=bool(data.get("late")),
        created_at=to_local(row.created_at, zone),
        resolved_at=None if row.resolved_at is None else to_local(row.resolved_at, zone),
    )


def _action(said: dict[str, str]) -> ItemAction:
    return ItemAction(said["name"], said["label"], "quiet" if said.get("effect") == "quiet" else "write")
