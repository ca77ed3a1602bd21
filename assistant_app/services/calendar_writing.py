"""Writes events and tasks as a calendar file (iCalendar), as other programs read them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Todo, vRecur
from icalendar import Event as CalendarEvent

from assistant_app import __version__
from assistant_app.models import Event, Task
from assistant_app.services import event_times
from assistant_app.services.calendar_zones import rule_for_file
from assistant_app.times.zones import to_local

_PRIORITIES = {1: 9, 2: 5, 3: 1}


def write_file(
    events: Iterable[Event],
    tasks: Iterable[Task],
    *,
    zone: str,
    lists: Mapping[str, str],
    reminders: Mapping[str, datetime],
) -> bytes:
    """Return the file; `lists` has titles by the ids of lists, `reminders` the next reminder by the ids of tasks."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Steward//Steward {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Steward")
    for event in events:
        calendar.add_component(_event(event))
    for task in tasks:
        calendar.add_component(_task(task, zone, lists.get(task.list_id or "", ""), reminders.get(task.id)))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(event: Event) -> CalendarEvent:
    found = CalendarEvent()
    _add_texts(found, uid=event.uid, title=event.title, notes=event.notes)
    _add_stamps(found, event)
    if event.place:
        found.add("location", event.place)
    if event.starts_on is not None and event.ends_on is not None:
        found.add("dtstart", event.starts_on)
        found.add("dtend", event.ends_on + timedelta(days=1))  # Files have the day after the last one.
    else:
        found.add("dtstart", to_local(event.starts_at, event.zone))
        found.add("dtend", to_local(event.ends_at, event.zone))
    if event.repeat:
        found.add("rrule", vRecur.from_ical(rule_for_file(event.repeat, event.zone, all_day=event.all_day)))
        left_out = [_excluded(event, name) for name in event_times.excluded_starts(event)]
        if left_out:
            found.add("exdate", left_out)
    return found


def _task(task: Task, zone: str, list_title: str, remind_at: datetime | None) -> Todo:
    found = Todo()
    _add_texts(found, uid=task.id, title=task.title, notes=task.notes)
    _add_stamps(found, task)
    due: date | datetime | None = task.due_on if task.due_at is None else to_local(task.due_at, zone)
    if due is not None:
        if task.repeat:
            found.add("dtstart", due)  # A rule counts from a start.
            found.add("rrule", vRecur.from_ical(rule_for_file(task.repeat, zone, all_day=task.due_at is None)))
        found.add("due", due)
    if list_title:
        found.add("categories", [list_title])
    if task.priority:
        found.add("priority", _PRIORITIES[task.priority])
    found.add("status", "NEEDS-ACTION" if task.done_at is None else "COMPLETED")
    if task.done_at is not None:
        found.add("completed", task.done_at)
    if remind_at is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", task.title)
        alarm.add("trigger", remind_at)
        found.add_component(alarm)
    return found


def _add_texts(component: Any, *, uid: str, title: str, notes: str) -> None:
    component.add("uid", uid)
    component.add("summary", title)
    if notes:
        component.add("description", notes)


def _add_stamps(component: Any, row: Event | Task) -> None:
    component.add("dtstamp", row.updated_at)
    component.add("created", row.created_at)
    component.add("last-modified", row.updated_at)


def _excluded(event: Event, name: str) -> date | datetime:
    if event.all_day:
        return date.fromisoformat(name[:10])
    return datetime.fromisoformat(name).replace(tzinfo=ZoneInfo(event.zone))
