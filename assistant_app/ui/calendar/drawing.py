"""What the page shows of the agenda's days."""

from collections.abc import Sequence
from datetime import date, timedelta

from assistant_app import clock
from assistant_app.services.agenda import AgendaDay, AgendaItem
from assistant_app.times.wording import day_words, time_words
from assistant_app.ui.calendar.rows import Cell, Day, Thing, Week

_FIT = 3  # So many things stand in a cell of the month.
_KINDS = {"event": "Event", "task": "Task", "reminder": "Reminder"}


def day_title(day: date, today: date) -> str:
    """Return a day in full, with its year if that is not this one."""
    words = f"{day:%A}, {day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def grid_days(month: date) -> list[date]:
    """Return the days of the weeks, from Monday to Sunday, that a month touches."""
    first = month - timedelta(days=month.weekday())
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    weeks = -(-(after - first).days // 7)
    return [first + timedelta(days=number) for number in range(weeks * 7)]


def weeks_of(days: Sequence[AgendaDay], *, month: date, today: date) -> list[Week]:
    """Return the lines of a month's grid."""
    cells = [_cell(day, month=month, today=today) for day in days]
    return [Week(cells[at].day, cells[at : at + 7]) for at in range(0, len(cells), 7)]


def days_of(days: Sequence[AgendaDay], *, today: date) -> list[Day]:
    """Return the days of the agenda: those that hold something, and today."""
    return [_day(day, today) for day in days if day.items or day.day == today]


def things_of(day: AgendaDay | None, *, today: date) -> list[Thing]:
    """Return what a day holds."""
    return [_thing(item, today) for item in day.items] if day else []


def _cell(day: AgendaDay, *, month: date, today: date) -> Cell:
    things = things_of(day, today=today)
    fit = _FIT if len(things) <= _FIT else _FIT - 1
    count = f", {len(things)} thing{'s' if len(things) > 1 else ''}" if things else ""
    return Cell(
        day=day.day.isoformat(),
        number=day.day.day,
        label=f"{day_title(day.day, today)}{count}",
        is_today=day.day == today,
        is_outside=day.day.replace(day=1) != month,
        shown=things[:fit],
        more=len(things) - fit if len(things) > fit else 0,
    )


def _day(day: AgendaDay, today: date) -> Day:
    title, words = day_title(day.day, today), day_words(day.day, today)
    is_near = words in ("today", "tomorrow", "yesterday")
    return Day(
        day=day.day.isoformat(),
        name=words.capitalize() if is_near else title,
        date=title if is_near else "",
        is_today=day.day == today,
        things=things_of(day, today=today),
    )


def _thing(item: AgendaItem, today: date) -> Thing:
    time = "" if item.all_day or item.starts_at is None else time_words(item.starts_at.time())
    hours = _hours(item)
    facts = [
        item.place,
        item.list_title,
        _priority(item),
        "Overdue" if item.overdue else "",
        _capital(item.repeat_words),
    ]
    said = ", ".join(part for part in (f"{_KINDS[item.kind]}: {item.title}", hours, *facts) if part)
    return Thing(
        key=f"{item.id} {item.starts_at or item.day}",
        kind=item.kind,
        id=item.id,
        day=item.day.isoformat(),
        title=item.title,
        time="" if item.starts_at is not None and item.starts_at.date() != item.day else time,
        hours=hours,
        facts=" · ".join(part for part in facts if part),
        label=f"{said}, done" if item.done else said,
        done=item.done,
        overdue=item.overdue,
        # Of one that repeats only what has come can be answered.
        open=item.kind == "reminder" and not item.done and (not item.repeat_words or item.day <= today),
        occurrence=item.starts_at.isoformat() if _is_one_of_many(item) and item.starts_at is not None else "",
    )


def _is_one_of_many(item: AgendaItem) -> bool:
    """Tell whether what is shown can be changed for this one time alone."""
    if item.kind == "reminder":
        return bool(item.repeat_words) and not item.done and item.starts_at is not None and item.starts_at > clock.now()
    return item.kind == "event"


def _hours(item: AgendaItem) -> str:
    """Say which part of its day an item takes; a day in the middle of a long event is taken whole."""
    if item.starts_at is None:
        return ""
    if item.all_day or item.ends_at is None:
        return "All day" if item.all_day else time_words(item.starts_at.time())
    begins, ends = item.starts_at.date() == item.day, item.ends_at.date() == item.day
    start, end = time_words(item.starts_at.time()), time_words(item.ends_at.time())
    if begins:
        return f"{start} – {end}" if ends or item.ends_at - item.starts_at < timedelta(days=1) else f"from {start}"
    return f"until {end}" if ends else "All day"


def _priority(item: AgendaItem) -> str:
    return "" if item.priority in ("", "none") else f"{_capital(item.priority)} priority"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
