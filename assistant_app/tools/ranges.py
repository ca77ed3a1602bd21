"""The days that a look covers: read, and said."""

from datetime import date, datetime, timedelta

from assistant_app.times.wording import day_words
from assistant_app.toolkit.outcomes import RetryTool
from assistant_app.tools.arguments import DAY_FORM, read_day

FROM = f"From this day on. {DAY_FORM}"
TO = f"To this day, included. {DAY_FORM}"
LONGEST = timedelta(days=366)  # What repeats is counted through day by day.


def read_range(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """Read the first and the last day of a look, either of which may be missing."""
    days = read_day(first) if first else None, read_day(last) if last else None
    if days[0] and days[1] and not timedelta() <= days[1] - days[0] <= LONGEST:
        raise RetryTool("Give a first day and a last day that is not before it, and at most a year after it.")
    return days


def range_words(first: date | None, last: date | None, now: datetime) -> str:
    """Say a range of days, both included: `today`, `from today to Friday`, `by Friday`; empty for all days."""
    today = now.date()
    if first and last:
        said = day_words(first, today)
        return said if first == last else f"from {said} to {day_words(last, today)}"
    if last:
        return f"by {day_words(last, today)}"
    return f"from {day_words(first, today)} on" if first else ""
