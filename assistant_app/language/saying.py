"""Says a When in words that are read again as the same."""

from datetime import date, datetime, timedelta

from assistant_app.language.periods import monday_of
from assistant_app.language.spans import months_after
from assistant_app.language.when import When
from assistant_app.times.recurrence import describe
from assistant_app.times.wording import day_words, span_words, time_words


def words_for(when: When, now: datetime) -> str:
    """Say when something is, as seen from `now`: `Friday at 12:00 to 13:00`, `every other Tuesday at 9:00`."""
    if when.day is None:
        return ""
    today = now.date()
    said = describe(when.repeat) if when.repeat else _days(when, when.day, today)
    if when.time is not None:
        said += f" at {time_words(when.time)}{_end(when, when.day, today)}"
    if when.repeat and when.day != today:
        said += f" starting {_day(when.day, today)}"
    return said


def _days(when: When, day: date, today: date) -> str:
    if when.through:
        return _period(day, when.through, today)
    if when.end_day and when.time is None:
        return f"from {_day(day, today)} to {_day(when.end_day, today)}"
    return _day(day, today)


def _day(day: date, today: date) -> str:
    """Say a day with its year where a reader would take the next one."""
    words = day_words(day, today)
    past = day < today and day.year == today.year and words != "yesterday"
    return f"{words} {day.year}" if past else words


def _end(when: When, day: date, today: date) -> str:
    if when.end_time is not None:
        following = when.time is not None and when.end_time <= when.time
        usual = day + timedelta(days=1) if following else day
        last = when.end_day or day
        return f" to {time_words(when.end_time)}" if last == usual else f" to {_day(last, today)} {when.end_time:%H:%M}"
    return f" for {span_words(when.duration)}" if when.duration else ""


def _period(day: date, last: date, today: date) -> str:
    """Say a week, weekend, month or year by its name."""
    this_month = today.replace(day=1)
    names = {
        (max(today, monday_of(today)), monday_of(today) + timedelta(days=6)): "this week",
        (monday_of(today) + timedelta(days=7), monday_of(today) + timedelta(days=13)): "next week",
        (monday_of(today) + timedelta(days=14), monday_of(today) + timedelta(days=20)): "the week after next",
        (today, months_after(this_month, 1) - timedelta(days=1)): "this month",
    }
    if (day, last) in names:
        return names[(day, last)]
    if day.weekday() == 5 and last == day + timedelta(days=1):
        return "this weekend" if (day - today).days < 7 else "next weekend"
    if (day.month, last.month) == (1, 12) or (day == today and last == date(day.year, 12, 31)):
        return f"in {day.year}"
    return f"in {day:%B} {day.year}"
