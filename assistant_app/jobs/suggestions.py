"""Brings each person the day's suggestion in the morning, and the conflicts that have come into sight."""

from datetime import date

import structlog

from assistant_app import clock
from assistant_app.services import accounts, conflicts, suggestions

_FROM, _UNTIL = 9, 21  # Hours of the person's day.
_log = structlog.get_logger("steward.jobs")
_brought: dict[str, date] = {}  # The last day of each person; who is forgotten is only looked at once more.


async def bring() -> None:
    """Bring everybody whose day has begun what is new today."""
    for person in await accounts.list_active():
        local = clock.local_now(person.zone)
        if _brought.get(person.id) == local.date() or not _FROM <= local.hour < _UNTIL:
            continue
        _brought[person.id] = local.date()
        try:
            await conflicts.check_ahead(user_id=person.id)
            await suggestions.bring_suggestions(user_id=person.id, at=clock.now())
        except Exception:  # noqa: BLE001 - what breaks for one user must not keep the others from theirs
            _log.exception("suggestions_failed", user_id=person.id)
