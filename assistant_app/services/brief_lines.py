"""One line of a brief for each kind of object: its time first, its title as it is."""

from datetime import date, datetime

from assistant_app.models import Task
from assistant_app.services.briefs import Line, escaped
from assistant_app.services.conflict_finding import Conflict
from assistant_app.services.conflict_words import day_in_full
from assistant_app.services.event_views import EventView
from assistant_app.times.wording import time_words
from assistant_app.times.zones import to_local


def event_line(event: EventView, day: date, *, with_day: bool = False) -> Line:
    """Say when and where an event is on a day."""
    words, times = _event_times(event, day)
    when = f"{day_in_full(day)}, {words[0].lower()}{words[1:]}" if with_day else words
    place = f", at {escaped(event.place)}" if event.place else ""
    days = (f"{day:%A}",) if with_day else ()
    return Line(
        f"{when}: {escaped(event.title)}{place}",
        (event.title,),
        (*days, *times),
        _about("event", event.id, event.title),
    )


def due_line(task: Task, zone: str, *, with_day: bool = False) -> Line:
    """Say a task that is due, with its time if it has one."""
    at = None if task.due_at is None else time_words(to_local(task.due_at, zone).time())
    times = [f"{task.due_on:%A}"] if with_day and task.due_on else []
    said = [day_in_full(task.due_on)] if with_day and task.due_on else []
    if at is not None:
        times.append(at)
        said.append(f"at {at}" if said else at)
    when = f"{' '.join(said)}: " if said else ""
    return Line(f"{when}{escaped(task.title)}", (task.title,), tuple(times), _about("task", task.id, task.title))


def overdue_line(task: Task, zone: str, today: date) -> Line:
    """Say a task that is late, and since when."""
    if task.due_on is None:
        return done_line(task)
    about = _about("task", task.id, task.title)
    if task.due_on == today and task.due_at is not None:
        at = time_words(to_local(task.due_at, zone).time())
        return Line(f"{escaped(task.title)}, since {at} today", (task.title,), (at,), about)
    day = f"{task.due_on.day} {task.due_on:%B}"
    return Line(f"{escaped(task.title)}, since {task.due_on:%A}, {day}", (task.title,), (day,), about)


def done_line(task: Task) -> Line:
    """Say a task alone."""
    return Line(escaped(task.title), (task.title,), (), _about("task", task.id, task.title))


def reminder_line(text: str, reminder_id: str, at: datetime) -> Line:
    """Say a reminder and when it comes."""
    words = time_words(at.time())
    return Line(f"{words}: {escaped(text)}", (text,), (words,), _about("reminder", reminder_id, text))


def conflict_line(conflict: Conflict) -> Line:
    """Say a conflict; of two that clash, both must be named again."""
    titles = tuple(each["title"] for each in conflict.data["objects"]) if conflict.data["rule"] != "crowded" else ()
    return Line(escaped(f"{conflict.title}."), titles)


def _about(kind: str, object_id: str, title: str) -> dict[str, str]:
    return {"kind": kind, "id": object_id, "title": title}


def _event_times(event: EventView, day: date) -> tuple[str, tuple[str, ...]]:
    """Say the part of an event that is on a day, and return its times."""
    start, end = event.starts_at, event.ends_at
    begins, ends = time_words(start.time()), time_words(end.time())
    if event.all_day or (start.date() < day < end.date()):
        return "All day", ()
    if start.date() < day:
        return f"Until {ends}", (ends,)
    if end.date() > day:
        return f"From {begins}", (begins,)
    return (begins, (begins,)) if start == end else (f"{begins}–{ends}", (begins, ends))
