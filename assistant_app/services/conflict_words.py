"""How conflicts are said. What the inbox keeps is read on later days, so that no day is called today."""

from datetime import date, datetime

from assistant_app.services.conflict_rules import MOST_DUE, Clash
from assistant_app.services.engagements import Engagement
from assistant_app.services.task_views import quoted
from assistant_app.times.wording import time_words
from assistant_app.times.zones import to_local

WHY = {
    "overlap": "Two events of yours take place at the same time.",
    "task": "A task of yours is due at a time when an event takes place.",
    "travel": "Two events of yours at different places have less than 15 minutes between them.",
    "crowded": f"More than {MOST_DUE} open tasks of yours are due on one day.",
}


def clash_title(clash: Clash, zone: str) -> str:
    """Say two that clash: `“Dentist” and “Lunch” overlap on Tuesday, 24 November`."""
    first, second = quoted(clash.first.title), quoted(clash.second.title)
    again = "again and again, first on " if clash.is_series else ""
    day = f"{again}{day_in_full(to_local(clash.at, zone).date())}"
    if clash.rule == "task":
        task, event = (first, second) if clash.first.kind == "task" else (second, first)
        return f"{task} is due during {event}, {day}"
    if clash.rule == "travel":
        return f"Little time to get from {first} to {second}, {day}"
    return f"{first} and {second} overlap, {day}"


def clash_text(clash: Clash, zone: str) -> str:
    """Say when and where both are."""
    return f"{_when(clash.first, zone)} {_when(clash.second, zone)}"


def crowded_title(day: date, count: int) -> str:
    """Say that a day has too many tasks."""
    return f"{count} tasks are due on {day_in_full(day)}"


def crowded_text(titles: list[str], count: int) -> str:
    """Name some of the tasks of a day."""
    more = count - len(titles)
    return f"{', '.join(map(quoted, titles))}{f' and {more} more' if more else ''}."


def day_in_full(day: date) -> str:
    """Say a day as it is unmistakable within the year: `Tuesday, 24 November`."""
    return f"{day:%A}, {day.day} {day:%B}"


def span_words(start: datetime, end: datetime) -> str:
    """Say from when to when on the clocks of the person, or one time if it takes none."""
    if start == end:
        return time_words(start.time())
    until = time_words(end.time())
    return (
        f"{time_words(start.time())}–{until if start.date() == end.date() else f'{until} on {day_in_full(end.date())}'}"
    )


def new_times(moved: Engagement, start: datetime, zone: str) -> str:
    """Say when something is once it is moved; the day only if it is another one."""
    length = moved.ends_at - moved.starts_at
    words = span_words(start, to_local(start + length, zone))
    is_same_day = start.date() == to_local(moved.starts_at, zone).date()
    return words if is_same_day else f"{day_in_full(start.date())}, {words}"


def _when(engagement: Engagement, zone: str) -> str:
    times = span_words(to_local(engagement.starts_at, zone), to_local(engagement.ends_at, zone))
    if engagement.kind == "task":
        return f"{quoted(engagement.title)} is due at {times}."
    place = f" at {engagement.place}" if engagement.place else ""
    return f"{quoted(engagement.title)} is {times}{place}."
