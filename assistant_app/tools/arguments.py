"""Days, times and recurrences as models write them.

A day is `2026-11-24`, a time `2026-11-24T17:00:00+01:00`; one without an offset is meant in the user's zone. What is
neither asks the model to try again.
"""

import re
from datetime import date, datetime

from assistant_app.errors import InvalidInputError
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc
from assistant_app.toolkit.outcomes import RetryTool

DAY_FORM = "A day as 2026-11-24."
TIME_FORM = "A time as 2026-11-24T17:00."
DAY_OR_TIME_FORM = "A day as 2026-11-24, or a time as 2026-11-24T17:00."
REPEAT_FORM = "An iCalendar RRULE such as FREQ=WEEKLY;INTERVAL=2;BYDAY=TU."
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEARS = (1900, 2200)


def read_day(text: str) -> date:
    """Read a day."""
    if not _DAY.fullmatch(text.strip()):
        raise RetryTool(f"“{text[:40]}” is not a day. Write it as 2026-11-24.")
    return _read(text).date()


def read_moment(text: str, zone: str) -> datetime:
    """Read a time on a day; return it aware, as the user's clocks show it."""
    if _DAY.fullmatch(text.strip()):
        raise RetryTool(f"“{text.strip()}” has no time of day. Add one, as in 2026-11-24T17:00, or ask for it.")
    moment = _read(text)
    return to_local(to_utc(moment, zone) if moment.tzinfo is None else moment, zone)


def read_day_or_moment(text: str, zone: str) -> date | datetime:
    """Read a day, or a time on a day."""
    return read_day(text) if _DAY.fullmatch(text.strip()) else read_moment(text, zone)


def read_repeat(text: str) -> str:
    """Return a recurrence in its canonical form; empty for none."""
    try:
        return recurrence.check(text) if text.strip() else ""
    except InvalidInputError as error:
        raise RetryTool(f"{error} Write it as FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.") from None


def _read(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise RetryTool(
            f"“{text[:40]}” is not a time. Write a day as 2026-11-24, and a time as 2026-11-24T17:00."
        ) from None
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise RetryTool(f"The year {moment.year} is too far away. Choose a nearer time.")
    return moment
