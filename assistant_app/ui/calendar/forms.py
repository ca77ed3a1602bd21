"""What the editor's form says of an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant_app.errors import InvalidInputError
from assistant_app.language.moments import read_when
from assistant_app.times import recurrence
from assistant_app.ui.calendar.reading import first_day

_LONGEST_REPEAT = 200


@dataclass(frozen=True)
class Times:
    """From when to when; days, both inclusive, for an event that lasts all day, else naive wall times."""

    start: date | datetime
    end: date | datetime

    @property
    def all_day(self) -> bool:
        """Tell whether it lasts whole days."""
        return not isinstance(self.start, datetime)

    @property
    def length(self) -> timedelta:
        """Return how long it lasts, a single day being nothing."""
        return beginning(self.end) - beginning(self.start)


def beginning(at: date | datetime) -> datetime:
    """Return a wall time, which of a day is its midnight."""
    return at if isinstance(at, datetime) else datetime.combine(at, time())


def read_times(form: Mapping[str, Any], before: Times) -> Times:
    """Return the times of a form; whoever changes only the start keeps the length."""
    if form.get("all_day"):
        times = Times(_day(form, "start"), _day(form, "end"))
    else:
        times = Times(_moment(form, "start"), _moment(form, "end"))
    if times.all_day == before.all_day and times.end == before.end and times.start != before.start:
        times = Times(times.start, times.start + before.length)
    if times.end < times.start:
        raise InvalidInputError("It ends before it starts. Choose a later end.")
    return times


def read_repeat(words: str, *, before: tuple[str, str], start: date | datetime, now: datetime) -> str:
    """Return the rule that words such as "every other Tuesday" mean; `before` is the rule and the words it had."""
    said = " ".join(words.split())[:_LONGEST_REPEAT]
    rule, shown = before
    if said.casefold() == shown.casefold():
        return rule
    when = read_when(said, beginning(start).replace(tzinfo=now.tzinfo)) if said else None
    if said and (when is None or not when.repeat):
        raise InvalidInputError("Steward does not understand how that repeats. Try “every other Tuesday”.")
    return recurrence.check(when.repeat) if when else ""


def shifted(times: Times, *, shown: Times, series_start: date | datetime) -> Times:
    """Return the times of the first of a series, another one of which goes from `shown` to `times`."""
    day = first_day(series_start) + (first_day(times.start) - first_day(shown.start))
    start = datetime.combine(day, times.start.time()) if isinstance(times.start, datetime) else day
    return Times(start, start + times.length)


def _day(form: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(str(form.get(f"{name}_day", "")))
    except ValueError:
        raise InvalidInputError(f"Choose the day on which it {name}s.") from None


def _moment(form: Mapping[str, Any], name: str) -> datetime:
    try:
        at = time.fromisoformat(str(form.get(f"{name}_time", "")))
    except ValueError:
        raise InvalidInputError(f"Choose the time at which it {name}s, or tick “All day”.") from None
    return datetime.combine(_day(form, name), at.replace(tzinfo=None))
