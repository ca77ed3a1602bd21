"""What may interrupt a user: their quiet hours, and which kinds of matters come on screen, with a sound or not."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, get_args

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError
from assistant_app.models import Notifications
from assistant_app.repositories import database
from assistant_app.repositories import notifications as queries
from assistant_app.services import inbox_items
from assistant_app.services.inbox_items import Kind
from assistant_app.services.task_views import zone_of
from assistant_app.times.zones import to_local, to_utc

TOPIC = "notifications"
KINDS: tuple[Kind, ...] = get_args(Kind)
Way = Literal["interrupting", "sounding"]
Verdict = Literal["now", "gathered", "never"]
_DAY = timedelta(days=1)
_TEST_KEY = "test"


@dataclass(frozen=True)
class Preferences:
    """How a user is told of what comes. Without both ends of the quiet hours there are none; they are wall times."""

    zone: str
    quiet_from: time | None
    quiet_until: time | None
    interrupting: frozenset[str]
    sounding: frozenset[str]
    in_browser: bool


def may_interrupt(preferences: Preferences, *, kind: str, came_at: datetime, now: datetime) -> Verdict:
    """Tell whether a matter may come on screen: `now`, or `gathered` in one line with what came in quiet hours."""
    if kind not in preferences.interrupting or is_quiet(preferences, now):
        return "never"
    return "gathered" if is_quiet(preferences, came_at) else "now"


def is_quiet(preferences: Preferences, moment: datetime) -> bool:
    """Tell whether a moment is in the quiet hours."""
    return any(begin <= moment < end for begin, end in _spans(preferences, moment))


def next_change(preferences: Preferences, now: datetime) -> datetime | None:
    """Return when it next becomes quiet, or quiet no more."""
    edges = [edge for begin, end in _spans(preferences, now) if begin < end for edge in (begin, end)]
    return min((edge for edge in edges if edge > now), default=None)


def _spans(preferences: Preferences, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return the quiet hours around a moment, in UTC: one span a day, whatever the clocks do in between."""
    begin, end = preferences.quiet_from, preferences.quiet_until
    if begin is None or end is None or begin == end:
        return
    today = to_local(moment, preferences.zone).date()
    for distance in (-1, 0, 1):
        first = today + distance * _DAY
        last = first if begin < end else first + _DAY
        yield (
            to_utc(datetime.combine(first, begin), preferences.zone),
            to_utc(datetime.combine(last, end), preferences.zone),
        )


async def get_preferences(*, user_id: str) -> Preferences:
    """Return what a user wants."""
    async with database.read() as session:
        row = await queries.find_notifications(session, user_id=user_id) or Notifications(user_id=user_id)
        return _view(row, await zone_of(session, user_id=user_id))


async def set_quiet_hours(*, user_id: str, quiet_from: time | None, quiet_until: time | None) -> Preferences:
    """Have it quiet from one wall time until another, on the next day if that is earlier; without both, never."""
    if (quiet_from is None) != (quiet_until is None):
        raise InvalidInputError("Quiet hours need a beginning and an end. Choose both times.")
    if quiet_from is not None and quiet_from == quiet_until:
        raise InvalidInputError("Quiet hours cannot begin when they end. Choose another time, or switch them off.")
    return await _save(user_id, quiet_from=quiet_from, quiet_until=quiet_until)


async def set_kind(*, user_id: str, kind: str, way: str, wanted: bool) -> Preferences:
    """Decide whether a kind of matter comes on screen, or makes a sound when it does."""
    if kind not in KINDS or way not in get_args(Way):
        raise InvalidInputError("Steward knows nothing of that kind. Load the page again and choose from the list.")
    preferences = await get_preferences(user_id=user_id)
    before = preferences.interrupting if way == "interrupting" else preferences.sounding
    after = _as_json(before | {kind} if wanted else before - {kind})
    return await _save(user_id, **{way: after})


async def set_in_browser(*, user_id: str, wanted: bool) -> Preferences:
    """Decide whether browsers that were allowed to show notifications do so."""
    return await _save(user_id, in_browser=wanted)


async def send_test(*, user_id: str) -> None:
    """Bring something that interrupts at once on every device, even in quiet hours; it takes the place of the last."""
    async with database.write() as session:
        await queries.remove_item(session, user_id=user_id, key=_TEST_KEY)
        await inbox_items.put_item(
            session,
            inbox_items.Matter(
                user_id=user_id,
                kind="result",
                key=_TEST_KEY,
                title="This is a test",
                text="This is how Steward tells you of what comes.",
                why="You asked for a test in Settings > Notifications.",
                data={"test": True},
            ),
        )
    bus.publish(user_id, inbox_items.TOPIC)


async def _save(user_id: str, **values: object) -> Preferences:
    async with database.write() as session:
        row = await queries.find_notifications(session, user_id=user_id, lock=True)
        if row is None:
            row = Notifications(user_id=user_id)
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.updated_at = clock.now()
        view = _view(row, await zone_of(session, user_id=user_id))
    bus.publish(user_id, TOPIC)
    return view


def _as_json(kinds: Iterable[str]) -> str:
    return json.dumps(sorted(kinds))


def _view(row: Notifications, zone: str) -> Preferences:
    return Preferences(
        zone=zone,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        interrupting=frozenset(json.loads(row.interrupting)),
        sounding=frozenset(json.loads(row.sounding)),
        in_browser=row.in_browser,
    )
