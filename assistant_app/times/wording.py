"""How days and times are said to a person: `tomorrow at 9:00`, `Friday, 4 December`.

The words are ones that `language` reads again, so that what was shown can be typed.
"""

from datetime import date, datetime, time, timedelta

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
_LONGEST_BARE = 6  # A weekday alone is said only where it cannot be today's, nor next week's.


def day_words(day: date, today: date) -> str:
    """Say a day as seen from `today`, as short as it stays unmistakable."""
    distance = (day - today).days
    if distance in _NEAR:
        return _NEAR[distance]
    if 0 < distance <= _LONGEST_BARE:
        return f"{day:%A}"
    words = f"{day:%A}, {day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def time_words(at: time) -> str:
    """Say a time of day by the 24-hour clock.

    Early hours get a leading zero, because "at 6:00" is read as the evening.
    """
    return f"{at.hour:02}:{at.minute:02}" if at.hour < 7 else f"{at.hour}:{at.minute:02}"


def moment_words(moment: datetime, now: datetime) -> str:
    """Say a moment; both are what the person's clocks show."""
    return f"{day_words(moment.date(), now.date())} at {time_words(moment.time())}"


def span_words(span: timedelta) -> str:
    """Say a length of time: `1 hour 30 minutes`, `2 days`."""
    minutes = round(span.total_seconds() / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, "day"), (hours, "hour"), (minutes, "minute"))
    said = [f"{count} {unit}" if count == 1 else f"{count} {unit}s" for count, unit in parts if count]
    return " ".join(said) or "no time"
