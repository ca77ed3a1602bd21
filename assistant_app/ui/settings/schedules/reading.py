"""Reads when a schedule comes from what is typed, such as "every weekday at 7", and says what was understood."""

from dataclasses import dataclass
from datetime import date, datetime, time

from assistant_app.errors import InvalidInputError
from assistant_app.language.rhythms import read_rhythm
from assistant_app.times import recurrence
from assistant_app.times.wording import moment_words, time_words

LONGEST = 200
_HINT = "Steward does not understand that time. Try “every weekday at 7” or “Fridays at 16:00”."


@dataclass(frozen=True)
class Timing:
    """The first wall time and the rule from there on, which is empty for once."""

    starts: datetime
    repeat: str

    @property
    def at(self) -> time:
        """The time of day."""
        return self.starts.time()


def read_timing(text: str, *, now: datetime, before: Timing | None = None, early: bool = False) -> Timing:
    """Return what a text means; what it does not say stays as it was `before`. `now` is in the schedule's zone."""
    found = read_rhythm(text[:LONGEST], now, early=early) if text.strip() else None
    if found is None:
        raise InvalidInputError(_HINT)
    if found.unclear:
        raise InvalidInputError(found.unclear)
    at = found.when.time or (before.at if before else None)
    if at is None:
        raise InvalidInputError("At what time? Say it as in “every day at 7”.")
    repeat = found.repeat if found.repeat is not None else before.repeat if before else ""
    says_day = found.repeat is not None or before is None
    day = _day(found.when.day, now) if says_day or before is None else before.starts.date()
    return Timing(datetime.combine(day, at), recurrence.check(repeat) if repeat else "")


def timing_words(timing: Timing, now: datetime) -> str:
    """Say what was understood: `Every weekday at 7:00, from Monday at 7:00`."""
    if not timing.repeat:
        return f"Once, {moment_words(timing.starts, now)}"
    often = recurrence.describe(timing.repeat)
    joint = "from" if timing.repeat.startswith("FREQ=HOURLY") else "at"
    words = f"{often[:1].upper()}{often[1:]} {joint} {time_words(timing.at)}"
    upcoming = recurrence.next_moment(timing.repeat, start=timing.starts, zone=str(now.tzinfo), after=now)
    return f"{words}, next run {moment_words(upcoming.astimezone(now.tzinfo), now)}" if upcoming else words


def _day(day: date | None, now: datetime) -> date:
    return day or now.date()
