"""Reading an event from what is typed on a day: "dentist 10-11 at Main St"."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from assistant_app.language.extract import extract
from assistant_app.language.when import When
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, time_words

_PLACE = re.compile(r"(?P<title>.*\S)\s+(?:at|@)\s+(?P<place>\S.*)", re.IGNORECASE | re.DOTALL)
_TODAY = re.compile(r"\b(today|tonight|now|this (morning|afternoon|evening))\b", re.IGNORECASE)
# Beside an event's name figures such as "10-11" are a time; anywhere else they could be anything.
_BARE_RANGE = re.compile(r"(?<![\w:.,/–-])(\d{1,2}(?::\d\d)?\s?[-–]\s?\d{1,2}(?::\d\d)?)(?![\w:/–-])")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Reading:
    """An event as it was typed; days for one that lasts all day, naive wall times for any other.

    `unclear` is the sentence to show where a time can be read in more than one way.
    """

    title: str = ""
    place: str = ""
    start: date | datetime | None = None
    end: date | datetime | None = None
    repeat: str = ""
    unclear: str = ""


def read_event(text: str, *, now: datetime, chosen: date) -> Reading:
    """Return what a text says; without a day in it the event is on the chosen one."""
    text = _with_range(text, now)
    found = extract(text, now if _names_day(text, now) else _beginning(chosen, now))
    title, place = _split_place(" ".join(found.rest.split()))
    reading = Reading(title, place)
    if found.when is None:
        return replace(reading, start=chosen)
    if found.when.unclear:
        return replace(reading, start=chosen, unclear=found.when.unclear)
    start, end = _bounds(found.when, chosen)
    return replace(reading, start=start, end=end, repeat=found.when.repeat)


def first_day(start: date | datetime) -> date:
    """Return the day on which something begins."""
    return start.date() if isinstance(start, datetime) else start


def times_words(start: date | datetime, end: date | datetime | None) -> str:
    """Say from when to when an event lasts on its days, such as 10:00 to 11:00; nothing of whole days."""
    if not isinstance(start, datetime):
        return ""
    if not isinstance(end, datetime) or end == start:
        return time_words(start.time())
    return f"{time_words(start.time())} – {time_words(end.time())}"


def parts_of(reading: Reading, today: date) -> list[tuple[str, str]]:
    """Return what was understood, each with what kind of thing it is."""
    if not reading.title or reading.start is None:
        return []
    start, end = reading.start, reading.end
    first = first_day(start)
    days = _capital(day_words(first, today))
    if end is not None and not isinstance(end, datetime) and end > first:
        days = f"{days} – {day_words(end, today)}"
    hours = times_words(start, end or (start + _HOUR if isinstance(start, datetime) else None)) or "All day"
    parts = [("title", reading.title), ("day", days), ("time", hours)]
    parts += [("place", reading.place)] if reading.place else []
    return parts + ([("repeat", _capital(recurrence.describe(reading.repeat)))] if reading.repeat else [])


def _names_day(text: str, now: datetime) -> bool:
    """Tell whether a text says a day: if not, it means another day when it is read on another one."""
    if _TODAY.search(text):
        return True
    days = [now.date(), now.date() + timedelta(days=1)]
    read = [extract(text, _beginning(day, now)).when for day in days]
    return any(
        when is not None and when.day is not None and when.day != day for when, day in zip(read, days, strict=True)
    )


def _with_range(text: str, now: datetime) -> str:
    """Return a text whose time can be seen, if figures are all that say it."""
    when = extract(text, now).when
    if when is not None and (when.time is not None or when.unclear):
        return text
    marked = _BARE_RANGE.sub(r"from \1", text, count=1)
    seen = extract(marked, now).when
    return marked if seen is not None and seen.time is not None else text


def _beginning(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


def _bounds(when: When, chosen: date) -> tuple[date | datetime, date | datetime | None]:
    here = when if when.day is not None else replace(when, day=chosen)
    if here.start is not None:
        return here.start, here.end
    first, last = here.days or (chosen, chosen)
    return first, last if last > first else None


def _split_place(rest: str) -> tuple[str, str]:
    match = _PLACE.fullmatch(rest)
    return (match["title"], match["place"]) if match else (rest, "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
