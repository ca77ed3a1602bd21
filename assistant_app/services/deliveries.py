"""Brings what is due to people: each reminder once, late ones with a word of it, and never a storm after a pause."""

from datetime import datetime, timedelta

import structlog

from assistant_app import bus, clock
from assistant_app.models import Reminder
from assistant_app.repositories import database
from assistant_app.repositories import inbox as inbox_queries
from assistant_app.repositories import reminders as queries
from assistant_app.services import inbox_items
from assistant_app.services.reminder_views import moments_between, next_moment
from assistant_app.services.task_views import zone_of
from assistant_app.times import recurrence
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local

LATE = timedelta(minutes=2)
MISSED = timedelta(hours=24)
_AT_ONCE = 500
# How far back the newest occurrence of a rule is looked for: most rules have one in the first of these.
_BACK = (timedelta(days=1), timedelta(days=32), timedelta(days=366 * 4))
_log = structlog.get_logger("steward.reminders")


async def deliver_due(now: datetime | None = None) -> int:
    """Bring everybody's reminders that are due into their inboxes; return how many. Several may do this at once."""
    now = now or clock.now()
    async with database.read() as session:
        due = await queries.list_due(session, at=now, limit=_AT_ONCE)
    return sum([await _deliver_safely(reminder_id, now) for reminder_id in due])


async def next_due(after: datetime | None = None) -> datetime | None:
    """Return when anybody's next reminder is due, after what is due already."""
    async with database.read() as session:
        return await queries.next_due(session, after=after or clock.now())


async def wake_snoozed(now: datetime | None = None) -> int:
    """Bring back what people put off in their inboxes until now; return how much."""
    async with database.write() as session:
        owners = await inbox_queries.wake_items(session, at=now or clock.now())
    for user_id in set(owners):
        bus.publish(user_id, inbox_items.TOPIC)
    return len(owners)


async def _deliver_safely(reminder_id: str, now: datetime) -> bool:
    try:
        return await _deliver(reminder_id, now)
    except Exception:  # noqa: BLE001 - one reminder that breaks must not keep the others from their people
        _log.exception("delivery_failed", reminder_id=reminder_id)
        return False


async def _deliver(reminder_id: str, now: datetime) -> bool:
    """Deliver one reminder in one transaction; tell whether it was still to be delivered."""
    async with database.write() as session:
        reminder = await queries.claim_due(session, reminder_id=reminder_id, at=now)
        if reminder is None or reminder.next_at is None:
            return False
        asked, at = reminder.next_at, _newest(reminder, reminder.next_at, now)
        zone = await zone_of(session, user_id=reminder.user_id)
        await inbox_items.end_snoozes(session, user_id=reminder.user_id, subject_id=reminder.id)
        await inbox_items.put_item(
            session,
            inbox_items.Matter(
                user_id=reminder.user_id,
                kind="reminder",
                key=f"reminder:{reminder.id}:{asked.isoformat()}",
                title=reminder.text,
                text=_lateness(at, now, zone),
                why=_why(reminder),
                subject_id=reminder.id,
                data={
                    "number": reminder.number,
                    "due_at": at.isoformat(),
                    "late": now - at > LATE,
                    "missed": now - at > MISSED,
                    "repeat": reminder.repeat,
                    "task_id": reminder.task_id or "",
                },
            ),
        )
        reminder.delivered_at = reminder.updated_at = now
        reminder.next_at = next_moment(reminder, now)
    _log.info("reminder_delivered", user_id=reminder.user_id, reminder_id=reminder.id, late=now - at > LATE)
    for topic in (inbox_items.TOPIC, "reminders", *(["tasks"] if reminder.task_id else [])):
        bus.publish(reminder.user_id, topic)
    return True


def _newest(reminder: Reminder, asked: datetime, now: datetime) -> datetime:
    """Return the last of the times that have come since `asked`: nobody wants a week of mornings at once."""
    if not reminder.repeat:
        return asked
    for back in _BACK:
        if found := [at for at in moments_between(reminder, max(asked, now - back), now) if at >= asked]:
            return found[-1]
    return asked


def _lateness(at: datetime, now: datetime, zone: str) -> str:
    if now - at <= LATE:
        return ""
    words = moment_words(to_local(at, zone), to_local(now, zone))
    if now - at > MISSED:
        return f"You missed this: it was due {words}, and Steward was not running then."
    return f"This was due {words}. Steward was not running then."


def _why(reminder: Reminder) -> str:
    often = f", to come {recurrence.describe(reminder.repeat)}" if reminder.repeat else ""
    return f"You set this reminder{often}."
