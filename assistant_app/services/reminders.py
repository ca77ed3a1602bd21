"""Reminders: something to be told at a time, once or again and again."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError
from assistant_app.models import Reminder
from assistant_app.repositories import database, numbers
from assistant_app.repositories import reminders as queries
from assistant_app.repositories import tasks as task_queries
from assistant_app.services import due_times, inbox_items, ledger, task_steps, texts
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.reminder_views import (
    ReminderChanges,
    ReminderView,
    day_bounds,
    excluded_times,
    is_snoozed,
    leave_out,
    moments_between,
    next_moment,
    shown_at,
    view_reminder,
    view_reminders,
)
from assistant_app.services.task_views import Keep, quoted, zone_of
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, moment_words
from assistant_app.times.zones import to_local

__all__ = [
    "ReminderChanges",
    "ReminderView",
    "add_reminder",
    "delete_reminder",
    "finish_reminder",
    "get_reminder",
    "list_reminders",
    "skip_reminder",
    "snooze_reminder",
    "update_reminder",
]

_TEXT_CHARS = 500


async def add_reminder(  # noqa: PLR0913 - a reminder has this many sides
    *,
    user_id: str,
    text: str,
    at: datetime,
    repeat: str = "",
    task_id: str | None = None,
    message_id: str | None = None,
    origin: Origin = PAGE,
) -> ReminderView:
    """Add a reminder, of a task if one is given. One that repeats comes first at the first of its times from `at`."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        if task_id is not None:
            await task_queries.get_task(step.session, user_id=user_id, task_id=task_id)
        zone = await zone_of(step.session, user_id=user_id)
        reminder = Reminder(
            user_id=user_id, number=0, text=_valid_text(text), starts_at=clock.now(), zone=zone, task_id=task_id,
            message_id=message_id,
        )  # fmt: skip
        _set_times(reminder, at, due_times.checked_repeat(repeat), zone)
        reminder.number = await numbers.take_number(step.session, user_id=user_id, kind="reminder")
        step.add(reminder)
        step.say("add", "reminder", reminder.id, f"Added the reminder {quoted(reminder.text)}, {_when(reminder)}")
        await step.session.flush()
        return await view_reminder(step.session, reminder)


async def update_reminder(
    *, user_id: str, reminder_id: str, changes: ReminderChanges, origin: Origin = PAGE
) -> ReminderView:
    """Change what `changes` names of a reminder; a new time wakes one that is done."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        reminder = await queries.get_reminder(step.session, user_id=user_id, reminder_id=reminder_id, lock=True)
        step.change(reminder)
        text = reminder.text
        said: list[str] = []
        if not isinstance(changes.text, Keep) and (valid := _valid_text(changes.text)) != text:
            reminder.text = valid
            said.append(f"now {quoted(valid)}")
        if not (isinstance(changes.at, Keep) and isinstance(changes.repeat, Keep)):
            zone = await zone_of(step.session, user_id=user_id)
            at = reminder.next_at or reminder.starts_at if isinstance(changes.at, Keep) else changes.at
            repeat = reminder.repeat if isinstance(changes.repeat, Keep) else due_times.checked_repeat(changes.repeat)
            _set_times(reminder, at, repeat, zone)
            await inbox_items.end_snoozes(step.session, user_id=user_id, subject_id=reminder.id, step=step)
            said.append(_when(reminder))
        reminder.updated_at = clock.now()
        step.say("update", "reminder", reminder.id, f"Changed the reminder {quoted(text)}: {', '.join(said)}")
        await step.session.flush()
        return await view_reminder(step.session, reminder)


async def snooze_reminder(*, user_id: str, reminder_id: str, until: datetime, origin: Origin = PAGE) -> ReminderView:
    """Have a reminder come at another moment once; what it left in the inbox is put off until then."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        reminder = await queries.get_reminder(step.session, user_id=user_id, reminder_id=reminder_id, lock=True)
        zone = await zone_of(step.session, user_id=user_id)
        step.change(reminder)
        reminder.next_at, reminder.done_at = due_times.future_moment(until, zone), None
        reminder.updated_at = clock.now()
        await inbox_items.put_off_items(step, subject_id=reminder.id, until=reminder.next_at)
        words = moment_words(to_local(reminder.next_at, zone), clock.local_now(zone))
        step.say("snooze", "reminder", reminder.id, f"Snoozed the reminder {quoted(reminder.text)} until {words}")
        await step.session.flush()
        view = await view_reminder(step.session, reminder)
    bus.publish(user_id, inbox_items.TOPIC)
    return view


async def skip_reminder(
    *, user_id: str, reminder_id: str, when: date | datetime | None = None, origin: Origin = PAGE
) -> ReminderView:
    """Leave out the next time of a reminder that repeats, that of a moment, or those of a day that are to come."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        reminder = await queries.get_reminder(step.session, user_id=user_id, reminder_id=reminder_id, lock=True)
        now, zone = clock.now(), await zone_of(step.session, user_id=user_id)
        if not reminder.repeat:
            raise InvalidInputError(f"{quoted(reminder.text)} comes only once. Delete it, or snooze it.")
        skipped = _to_come(reminder, when, zone, now)
        if not skipped:
            on = "" if when is None else f" {_day_said(when, zone, now)}"
            raise InvalidInputError(f"{quoted(reminder.text)} does not come{on}, so there is nothing to skip.")
        step.change(reminder)
        leave_out(reminder, [due_times.wall_time(at, reminder.zone) for at in skipped])
        if reminder.next_at is not None and reminder.next_at in skipped:
            reminder.next_at = next_moment(reminder, max(now, reminder.next_at))
            await inbox_items.end_snoozes(step.session, user_id=user_id, subject_id=reminder.id, step=step)
        reminder.done_at = now if reminder.next_at is None else None
        reminder.updated_at = now
        words = moment_words(to_local(skipped[0], zone), to_local(now, zone))
        step.say("skip", "reminder", reminder.id, f"Skipped the reminder {quoted(reminder.text)} {words}")
        await step.session.flush()
        view = await view_reminder(step.session, reminder)
    bus.publish(user_id, inbox_items.TOPIC)
    return view


async def finish_reminder(
    *, user_id: str, reminder_id: str, answer: Literal["done", "dismissed"] = "done", origin: Origin = PAGE
) -> ReminderView:
    """Note that a reminder has served; one that repeats goes on with its next time after today.

    `answer` is what then stands at that which it left in the inbox.
    """
    async with ledger.change(user_id=user_id, origin=origin) as step:
        reminder = await queries.get_reminder(step.session, user_id=user_id, reminder_id=reminder_id, lock=True)
        step.change(reminder)
        zone = await zone_of(step.session, user_id=user_id)
        _finish(reminder, zone)
        await inbox_items.close_items(step, subject_id=reminder.id, answer=answer)
        step.say("complete", "reminder", reminder.id, f"Completed the reminder {quoted(reminder.text)}")
        await step.session.flush()
        view = await view_reminder(step.session, reminder)
    bus.publish(user_id, inbox_items.TOPIC)
    return view


async def delete_reminder(*, user_id: str, reminder_id: str, origin: Origin = PAGE) -> ReminderView:
    """Delete a reminder with all times at which it would come; return it as it was."""
    async with ledger.change(user_id=user_id, origin=origin) as step:
        reminder = await queries.get_reminder(step.session, user_id=user_id, reminder_id=reminder_id, lock=True)
        view = await view_reminder(step.session, reminder)
        await task_steps.remove_reminder(step, reminder)
        step.say("delete", "reminder", reminder_id, f"Deleted the reminder {quoted(view.text)}")
    bus.publish(user_id, inbox_items.TOPIC)
    return view


async def get_reminder(*, user_id: str, reminder_id: str) -> ReminderView:
    """Return one reminder."""
    async with database.read() as session:
        row = await queries.get_reminder(session, user_id=user_id, reminder_id=reminder_id)
        return await view_reminder(session, row)


async def list_reminders(
    *,
    user_id: str,
    first: date | None = None,
    last: date | None = None,
    text: str = "",
    done: bool = False,
) -> list[ReminderView]:
    """Return reminders in the order of their times: those to come, then those delivered and not answered yet.

    With days, both included, those that come on any of them, each at its first moment there; a search that begins or
    ends nowhere goes from today or for a year. `text` is words that a reminder has.
    """
    words = text.casefold().split()
    async with database.read() as session:
        zone = await zone_of(session, user_id=user_id)
        rows = await queries.list_reminders(session, user_id=user_id, done=done)
        rows = [row for row in rows if all(word in row.text.casefold() for word in words)]
        views = await view_reminders(session, user_id=user_id, reminders=rows)
    if first is not None or last is not None:
        first = first or clock.local_now(zone).date()
        bounds = day_bounds(first, last or first + timedelta(days=366), zone)
        moments = [moments_between(row, *bounds) for row in rows]
        views = [shown_at(view, at[0], zone) for view, at in zip(views, moments, strict=True) if at]
    return sorted(views, key=lambda view: (not view.upcoming, view.at, view.number))


def _valid_text(text: str) -> str:
    text = texts.one_line(text)
    if not 1 <= len(text) <= _TEXT_CHARS:
        raise InvalidInputError(f"A reminder says something in 1 to {_TEXT_CHARS} characters.")
    return text


def _set_times(reminder: Reminder, at: datetime, repeat: str, zone: str) -> None:
    """Set when a reminder comes: at a moment, or at the times of a rule from this moment on that are still to come."""
    reminder.repeat, reminder.zone, reminder.done_at = repeat, zone, None
    if not repeat:
        reminder.starts_at = reminder.next_at = due_times.future_moment(at, zone)
        reminder.excluded = "[]"
        return
    reminder.starts_at = due_times.moment_of(at, zone)
    _keep_days_left_out(reminder)
    first = next_moment(reminder, max(reminder.starts_at - timedelta.resolution, clock.now() - timedelta(minutes=1)))
    if first is None:
        raise InvalidInputError("All times of that recurrence have passed already. Choose a later start or end.")
    reminder.next_at = first


def _keep_days_left_out(reminder: Reminder) -> None:
    """Have a reminder that comes at other times leave these out on the days of those that it left out."""
    days = {at.date() for at in excluded_times(reminder)}
    start, reminder.excluded = due_times.wall_time(reminder.starts_at, reminder.zone), "[]"
    for day in days:
        first, last = datetime.combine(day, time.min), datetime.combine(day, time.max)
        leave_out(reminder, recurrence.between(reminder.repeat, start=start, first=first, last=last))


def _to_come(reminder: Reminder, when: date | datetime | None, zone: str, now: datetime) -> list[datetime]:
    """Return the next moment of a reminder, or those on a day of the user's, or at a moment, that are to come."""
    if when is None:
        return [reminder.next_at] if reminder.next_at is not None else []
    bounds = (due_times.moment_of(when, zone),) * 2 if isinstance(when, datetime) else day_bounds(when, when, zone)
    return [at for at in moments_between(reminder, *bounds) if at > now]


def _day_said(when: date | datetime, zone: str, now: datetime) -> str:
    here = to_local(now, zone)
    if isinstance(when, datetime):
        return moment_words(to_local(due_times.moment_of(when, zone), zone), here)
    return day_words(when, here.date())


def _finish(reminder: Reminder, zone: str) -> None:
    """Let a reminder rest; of one that repeats only what is still to come today, or was put off, is left out."""
    reminder.updated_at = clock.now()
    if not reminder.repeat or reminder.next_at is None:
        reminder.next_at, reminder.done_at = None, clock.now()
        return
    if to_local(reminder.next_at, zone).date() <= clock.local_now(zone).date():
        reminder.next_at = next_moment(reminder, reminder.next_at)
    elif is_snoozed(reminder):
        reminder.next_at = next_moment(reminder, clock.now())
    reminder.done_at = clock.now() if reminder.next_at is None else None


def _when(reminder: Reminder) -> str:
    """Say when a reminder comes: `tomorrow at 9:00`, `every day, first tomorrow at 9:00`."""
    assert reminder.next_at is not None  # noqa: S101 - tells the type checker what was set before
    words = moment_words(to_local(reminder.next_at, reminder.zone), clock.local_now(reminder.zone))
    return f"{recurrence.describe(reminder.repeat)}, first {words}" if reminder.repeat else words
