"""Objects as models read them: a dict with all that a call could need next, and a line for people in `text`."""

from datetime import date, datetime, timedelta
from typing import Any

from assistant_app.services.agenda import AgendaItem
from assistant_app.services.event_views import EventView
from assistant_app.services.references import FoundThing
from assistant_app.services.reminder_views import ReminderView
from assistant_app.services.task_views import TaskView
from assistant_app.times.wording import day_words, moment_words, time_words

MOST_LISTED = 50
_NOTES_SHOWN = 500


def when_words(when: date | datetime | None, now: datetime) -> str:
    """Say a day or a moment; empty for none."""
    if when is None:
        return ""
    return moment_words(when, now) if isinstance(when, datetime) else day_words(when, now.date())


def iso(when: date | datetime | None) -> str:
    """Write a day or a moment as models read and write it; empty for none."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds")
    return when.isoformat() if when else ""


def task_object(task: TaskView, now: datetime) -> dict[str, Any]:
    """Return a task."""
    shown = {
        "kind": "task",
        "number": task.number,
        "id": task.id,
        "title": task.title,
        "due": iso(task.due_at or task.due_on),
        "list": task.list_title,
        "repeat": task.repeat,
        "priority": task.priority,
        "done": task.done,
        "text": task_line(task, now),
    }
    if task.notes:
        shown["notes"] = task.notes[:_NOTES_SHOWN]
    if task.remind_at:
        shown["remind_at"] = iso(task.remind_at)
    if task.done_at:
        shown["done_at"] = iso(task.done_at)
    return shown


def task_line(task: TaskView, now: datetime) -> str:
    """Say a task in a line."""
    title = f"{task.title} ({task.list_title})" if task.list_title else task.title
    due = when_words(task.due_at or task.due_on, now)
    if task.done_at:
        return f"{title}, done {when_words(task.done_at, now)}"
    said = [title, (f"overdue since {due}" if task.overdue else f"due {due}") if due else "", task.repeat_words]
    said.append(f"{task.priority} priority" if task.priority != "none" else "")
    return ", ".join(filter(None, said))


def reminder_object(reminder: ReminderView, now: datetime) -> dict[str, Any]:
    """Return a reminder; its title is what it says."""
    shown = {
        "kind": "reminder",
        "number": reminder.number,
        "id": reminder.id,
        "title": reminder.text,
        "at": iso(reminder.at),
        "repeat": reminder.repeat,
        "done": reminder.done,
        "text": reminder_line(reminder, now),
    }
    return shown | ({"task": reminder.task_title} if reminder.task_title else {})


def reminder_line(reminder: ReminderView, now: datetime) -> str:
    """Say a reminder in a line."""
    at = moment_words(reminder.at, now)
    when = at if reminder.upcoming else f"was due {at}"
    said = [reminder.text, f"snoozed until {at}" if reminder.snoozed else when, reminder.repeat_words]
    return ", ".join(filter(None, [*said, "done" if reminder.done else ""]))


def event_object(event: EventView, now: datetime) -> dict[str, Any]:
    """Return one occurrence of an event."""
    shown = {
        "kind": "event",
        "number": event.number,
        "id": event.id,
        "title": event.title,
        "start": iso(event.start),
        "end": iso(event.end),
        "place": event.place,
        "repeat": event.repeat,
        "text": event_line(event, now),
    }
    return shown | ({"notes": event.notes[:_NOTES_SHOWN]} if event.notes else {})


def event_line(event: EventView, now: datetime) -> str:
    """Say one occurrence of an event in a line."""
    said = [event.title, span_words(event.start, event.end, now)]
    return ", ".join(filter(None, [*said, f"at {event.place}" if event.place else "", event.repeat_words]))


def span_words(start: date | datetime, end: date | datetime | None, now: datetime) -> str:
    """Say from when to when: `Friday at 10:00 until 11:00`, `tomorrow`, `today until Friday`."""
    said = when_words(start, now)
    if end is None or start == end:
        return said
    if isinstance(start, datetime) and isinstance(end, datetime) and start.date() == end.date():
        return f"{said} until {time_words(end.time())}"
    return f"{said} until {when_words(end, now)}"


def agenda_object(item: AgendaItem, now: datetime) -> dict[str, Any]:
    """Return something of a day: an event, a task that is due, or a reminder."""
    start, end = _agenda_span(item)
    shown = {
        "kind": item.kind,
        "number": item.number,
        "id": item.id,
        "title": item.title,
        "start": iso(start),
        "done": item.done,
        "text": _agenda_line(item, start, end, now),
    }
    more = {"end": iso(end), "place": item.place, "list": item.list_title}
    return shown | {name: value for name, value in more.items() if value}


def _agenda_span(item: AgendaItem) -> tuple[date | datetime, date | datetime | None]:
    """Return when something begins and ends; whole days as days, the last one included."""
    if item.all_day and item.starts_at and item.ends_at:
        return item.starts_at.date(), (item.ends_at - timedelta.resolution).date()
    return item.starts_at or item.day, item.ends_at


def _agenda_line(item: AgendaItem, start: date | datetime, end: date | datetime | None, now: datetime) -> str:
    """Say something of a day in a line that tells what kind of thing it is."""
    when = span_words(start, end, now)
    due = f"overdue since {when}" if item.overdue else f"due {when}"
    said = {"event": when, "task": due, "reminder": f"reminder {when}"}[item.kind]
    title = f"{item.title} ({item.list_title})" if item.list_title else item.title
    place = f"at {item.place}" if item.place else ""
    priority = f"{item.priority} priority" if item.priority != "none" else ""
    return ", ".join(filter(None, [title, said, place, item.repeat_words, priority, "done" if item.done else ""]))


def found_object(thing: FoundThing, now: datetime) -> dict[str, Any]:
    """Return one of several objects that a name could mean."""
    title = f"{thing.title} ({thing.list})" if thing.list else thing.title
    said = [title, when_words(_when(thing.when), now), "done" if thing.done else ""]
    return {
        "kind": thing.kind,
        "number": thing.number,
        "id": thing.id,
        "title": thing.title,
        "when": thing.when,
        "list": thing.list,
        "done": thing.done,
        "text": ", ".join(filter(None, said)),
    }


def _when(text: str) -> date | datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
