"""What people type into the fields of a task, read as days, moments and recurrences."""

from datetime import date, datetime, time

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.language.moments import When, read_when
from assistant_app.services.task_views import due_words
from assistant_app.times import recurrence
from assistant_app.times.wording import moment_words

_MORNING = time(9)
_TRY_DUE = "Try “tomorrow”, “friday at 5pm” or “3 December”."
_TRY_REPEAT = "Try “every week”, “every other Tuesday” or “every month on the 1st”."
_TRY_MOMENT = "Try “tomorrow at 9” or “in 2 hours”."


def read_due(text: str, zone: str) -> tuple[date | datetime | None, str]:
    """Return when something is due, and the recurrence if one was typed; the time is the user's wall time."""
    if not text.strip():
        return None, ""
    when = _read(text, zone, _TRY_DUE)
    return _due(when), when.repeat


def read_repeat(text: str, zone: str) -> tuple[str, date | datetime | None]:
    """Return a recurrence, and when it begins if that was typed."""
    if not text.strip():
        return "", None
    when = _read(text, zone, _TRY_REPEAT)
    if not when.repeat:
        raise InvalidInputError(f"“{text.strip()}” does not say how it repeats. {_TRY_REPEAT}")
    return when.repeat, _due(when)


def read_moment(text: str, zone: str) -> datetime | None:
    """Return a moment as the user's wall time; a day alone means its morning."""
    if not text.strip():
        return None
    when = _read(text, zone, _TRY_MOMENT)
    if when.day is None or when.repeat:
        raise InvalidInputError(f"“{text.strip()}” is not one moment. {_TRY_MOMENT}")
    return datetime.combine(when.day, when.time or _MORNING)


def due_hint(text: str, zone: str) -> str:
    """Say what is understood of a due time while it is typed."""
    due, repeat = read_due(text, zone)
    words = due_words(*split_due(due), zone)
    return ", ".join(filter(None, (words, recurrence.describe(repeat) if repeat else "")))


def repeat_hint(text: str, zone: str) -> str:
    """Say what is understood of a recurrence while it is typed."""
    rule, _ = read_repeat(text, zone)
    return recurrence.describe(rule) if rule else ""


def moment_hint(text: str, zone: str) -> str:
    """Say what is understood of a moment while it is typed."""
    at = read_moment(text, zone)
    return "" if at is None else moment_words(at, clock.local_now(zone))


def split_due(due: date | datetime | None) -> tuple[date | None, datetime | None]:
    """Return the day and the moment of what is due."""
    return (due.date(), due) if isinstance(due, datetime) else (due, None)


def _read(text: str, zone: str, advice: str) -> When:
    when = read_when(text.strip(), clock.local_now(zone))
    if when is None:
        raise InvalidInputError(f"“{text.strip()}” is not understood. {advice}")
    if when.unclear:
        raise InvalidInputError(f"{when.unclear} {advice}")
    return when


def _due(when: When) -> date | datetime | None:
    if when.day is None:
        return None
    return datetime.combine(when.day, when.time) if when.time is not None else when.day
