"""Reads calendar files (iCalendar), as other programs write them; what cannot be used is said, and left out.

A file can come from anywhere. Its own descriptions of time zones are not read: their rules can be made to count
for years. Zones are known by their names.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from assistant_app.errors import InvalidInputError
from assistant_app.services import event_times, texts
from assistant_app.services.calendar_zones import (
    local_times,
    moment_of_time,
    rule_from_file,
    to_wall,
    zone_named,
    zone_of_time,
)
from assistant_app.services.due_times import Due, due_of
from assistant_app.services.event_times import Span
from assistant_app.services.task_steps import LIST_CHARS, NOTES_CHARS, TITLE_CHARS

BYTES = 5_000_000
COMPONENTS = 5_000
_MOST_PROBLEMS = 50
_UID_CHARS = 500
_FOLD = re.compile(rb"(?:\r?\n)+[ \t]")
_LINE = re.compile(rb"\r?\n")
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, BrokenCalendarProperty)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FileEvent:
    """An event of a file; `excluded` has local starts as they are kept with events."""

    uid: str
    title: str
    place: str
    notes: str
    span: Span
    zone: str
    repeat: str = ""
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileTask:
    """A task of a file; moments are in UTC, `priority` from 0 to 3. Not all programs say when one was done."""

    uid: str
    title: str
    notes: str
    list_title: str
    due: Due | None
    priority: int
    repeat: str
    done: bool
    done_at: datetime | None
    remind_at: datetime | None


@dataclass
class CalendarFile:
    """What a file holds, and in sentences what was left out of it."""

    title: str = ""
    events: list[FileEvent] = field(default_factory=list[FileEvent])
    tasks: list[FileTask] = field(default_factory=list[FileTask])
    problems: list[str] = field(default_factory=list[str])


def read_file(data: bytes, zone: str) -> CalendarFile:
    """Read a file for a user who lives in `zone`; InvalidInputError if it is no calendar, or too large a one."""
    if len(data) > BYTES:
        raise InvalidInputError(f"A calendar file can have up to {BYTES // 1_000_000} MB. Export a shorter time.")
    lines = _LINE.split(_FOLD.sub(b"", data))
    if sum(_begins(line) for line in lines) > COMPONENTS:
        raise InvalidInputError(f"A calendar file can have up to {COMPONENTS:,} entries. Export a shorter time.")
    found = CalendarFile()
    for calendar in _parse(b"\r\n".join(_without_zones(lines))):
        found.title = found.title or texts.shortened(_text(calendar, "X-WR-CALNAME"), LIST_CHARS)
        _read_events(calendar.walk("VEVENT"), zone, found)
        _read_tasks(calendar.walk("VTODO"), zone, found)
    if len(found.problems) > _MOST_PROBLEMS:
        more = len(found.problems) - _MOST_PROBLEMS
        found.problems[_MOST_PROBLEMS:] = [f"{more} more entries have something that Steward cannot use."]
    return found


def _begins(line: bytes, component: bytes = b"") -> bool:
    return line[:5].upper() == b"BEGIN" and line.rstrip().upper().endswith(component)


def _without_zones(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Leave the file's own descriptions of time zones out."""
    inside = False
    for line in lines:
        inside = inside or _begins(line, b"VTIMEZONE")
        if not inside:
            yield line
        elif line[:3].upper() == b"END" and line.rstrip().upper().endswith(b"VTIMEZONE"):
            inside = False


def _parse(data: bytes) -> Sequence[Any]:
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (*_BROKEN, RecursionError):
        calendars = []
    calendars = [calendar for calendar in calendars if calendar.name == "VCALENDAR"]
    if not calendars:
        raise InvalidInputError("This is not a calendar file. Choose one that ends in .ics.")
    return calendars


def _read_events(components: Iterable[Any], zone: str, found: CalendarFile) -> None:
    """Read events; single times of a series that were changed become events of their own."""
    series: dict[str, FileEvent] = {}
    changed: list[tuple[str, str, FileEvent | None]] = []
    for component in components:
        title = _text(component, "SUMMARY")[:80] or "(no title)"
        try:
            event = _event(component, zone, found)
            cancelled = _text(component, "STATUS").upper() == "CANCELLED"
            if component.get("RECURRENCE-ID") is not None:
                start = _start_name(component.get("RECURRENCE-ID"), event.zone)
                changed.append((event.uid, start, None if cancelled else event))
            elif not cancelled:
                series[event.uid] = event
        except (*_BROKEN, InvalidInputError) as error:
            reason = f" {error}" if isinstance(error, InvalidInputError) else " It has a time that cannot be read."
            found.problems.append(f"“{title}” is left out.{reason}")
    for uid, start, event in changed:
        if uid in series and series[uid].repeat:
            series[uid] = replace(series[uid], excluded=tuple(sorted({*series[uid].excluded, start})))
        if event is not None:
            series[f"{uid}/{start}"] = replace(event, uid=f"{uid}/{start}", repeat="", excluded=())
    found.events += series.values()


def _event(component: Any, user_zone: str, found: CalendarFile) -> FileEvent:
    title = texts.shortened(_text(component, "SUMMARY"), TITLE_CHARS) or "(no title)"
    start = component.get("DTSTART")
    if start is None:
        raise InvalidInputError("It has no start.")
    zone = zone_of_time(start, user_zone)
    if (name := str(start.params.get("TZID", ""))) and not zone_named(name):
        found.problems.append(f"“{title}” is in the time zone {name[:60]!r}, which is not known; it is taken as yours.")
    repeat = _repeat(component, zone, title, found)
    span = _span(component, user_zone)
    if not repeat:
        zone = user_zone  # Only what repeats depends on the clocks of one place.
    days = isinstance(start.dt, datetime)
    return FileEvent(
        uid=_text(component, "UID")[:_UID_CHARS] or f"{title}/{span.starts_at.isoformat()}",
        title=title,
        place=texts.shortened(_text(component, "LOCATION"), TITLE_CHARS),
        notes=_notes(component),
        span=span,
        zone=zone,
        repeat=repeat,
        excluded=tuple(sorted(_name(at, all_day=not days) for at in local_times(component.get("EXDATE"), zone)))
        if repeat
        else (),
    )


def _span(component: Any, zone: str) -> Span:
    """Return from when to when: files have the day after the last one as the end of whole days."""
    start, end, length = component.get("DTSTART"), component.get("DTEND"), component.get("DURATION")
    if not isinstance(start.dt, datetime):
        last = start.dt
        if end is not None:
            last = event_times.wall_date(end.dt, zone) - (timedelta(0) if isinstance(end.dt, datetime) else _DAY)
        elif length is not None:
            last = start.dt + length.dt - _DAY
        return event_times.days_span(start.dt, max(start.dt, last), zone)
    starts_at = moment_of_time(start, zone)
    ends_at = starts_at  # What has no end takes no time.
    if end is not None:
        ends_at = moment_of_time(end, zone_of_time(start, zone))
    elif length is not None:
        ends_at = starts_at + length.dt
    return event_times.span_of(starts_at, max(starts_at, ends_at), zone)


def _repeat(component: Any, zone: str, title: str, found: CalendarFile) -> str:
    rules = component.get("RRULE")
    if component.get("RDATE") is not None:
        found.problems.append(f"“{title}” has extra dates beside its rule, which are left out.")
    if rules is None:
        return ""
    try:
        rule: Any = cast("list[Any]", rules)[0] if isinstance(rules, list) else rules
        return rule_from_file(rule.to_ical().decode(), zone)
    except (*_BROKEN, InvalidInputError):
        found.problems.append(f"“{title}” repeats in a way that Steward does not know; it comes once.")
        return ""


def _read_tasks(components: Iterable[Any], zone: str, found: CalendarFile) -> None:
    tasks: dict[str, FileTask] = {}
    for component in components:
        title = texts.shortened(_text(component, "SUMMARY"), TITLE_CHARS) or "(no title)"
        try:
            task = _task(component, title, zone, found)
            tasks[task.uid] = task
        except (*_BROKEN, InvalidInputError):
            found.problems.append(f"“{title[:80]}” is left out. It has a time that cannot be read.")
    found.tasks += tasks.values()


def _task(component: Any, title: str, zone: str, found: CalendarFile) -> FileTask:
    due = _due(component.get("DUE") or component.get("DTSTART"), zone)
    categories = component.categories
    priority = int(component.get("PRIORITY", 0))
    status = _text(component, "STATUS").upper()
    completed = component.get("COMPLETED")
    return FileTask(
        uid=_text(component, "UID")[:_UID_CHARS] or title,
        title=title,
        notes=_notes(component),
        list_title=texts.shortened(texts.one_line(str(categories[0])), LIST_CHARS) if categories else "",
        due=due,
        priority=0 if priority == 0 else 3 if priority < 5 else 2 if priority == 5 else 1,
        repeat=_repeat(component, zone, title, found) if due else "",
        done=completed is not None or status in ("COMPLETED", "CANCELLED"),
        done_at=moment_of_time(completed, zone) if completed is not None else None,
        remind_at=_alarm(component, due, zone),
    )


def _due(prop: Any, zone: str) -> Due | None:
    if prop is None:
        return None
    return due_of(moment_of_time(prop, zone) if isinstance(prop.dt, datetime) else prop.dt, zone)


def _alarm(component: Any, due: Due | None, zone: str) -> datetime | None:
    """Return when a task's first alarm rings."""
    for alarm in component.walk("VALARM"):
        trigger = alarm.get("TRIGGER")
        if trigger is None:
            continue
        if isinstance(trigger.dt, datetime):
            return moment_of_time(trigger, zone)
        if due is not None and due.at is not None and isinstance(trigger.dt, timedelta):
            return due.at + trigger.dt
    return None


def _start_name(prop: Any, zone: str) -> str:
    return _name(prop.dt if not isinstance(prop.dt, datetime) else to_wall(prop, zone), all_day=False)


def _name(at: date | datetime, *, all_day: bool) -> str:
    """Name a local start as events keep those that are left out."""
    return at.date().isoformat() if all_day and isinstance(at, datetime) else at.isoformat()


def _notes(component: Any) -> str:
    return texts.shortened(texts.storable(str(component.get("DESCRIPTION", ""))).strip(), NOTES_CHARS)


def _text(component: Any, name: str) -> str:
    value: Any = component.get(name, "")
    if isinstance(value, list):
        value = next(iter(cast("list[Any]", value)), "")
    return texts.one_line(str(value))
