"""Days by the calendar: `3 December`, `Dec 3rd, 2026`, `the 3rd of next month`, `2026-12-03`, `3/12`, `Christmas`."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateutil.easter import easter

from assistant_app.language.scene import Scene
from assistant_app.language.spans import months_after
from assistant_app.language.tokens import Found, Tokens, read_ordinal, skip, word_at
from assistant_app.language.vocabulary import EASTER_FEASTS, FIXED_FEASTS, MONTHS, WEEKDAYS

_WHICH = {"this": 0, "next": 1, "following": 1, "coming": 1, "last": -1}
_LONGEST_FEAST = 3
_THANKSGIVING = "thanksgiving"
FEAST_FIRST_WORDS = frozenset(name.split()[0] for name in (*FIXED_FEASTS, *EASTER_FEASTS, _THANKSGIVING))


def exists(year: int, month: int, day: int) -> date | None:
    """Return the day, None if no calendar has it; days below zero count from the end of the month."""
    try:
        return date(year, month, day if day > 0 else calendar.monthrange(year, month)[1] + 1 + day)
    except ValueError:
        return None


def next_date(scene: Scene, month: int, day: int) -> date | None:
    """Return the next such day of a year, today included."""
    years = (exists(scene.today.year + ahead, month, day) for ahead in range(9))
    return next((at for at in years if at is not None and at >= scene.today), None)


def next_monthday(scene: Scene, day: int) -> date | None:
    """Return the next such day of a month, today included."""
    first = scene.today.replace(day=1)
    months = (months_after(first, ahead) for ahead in range(13))
    days = (exists(month.year, month.month, day) for month in months)
    return next((at for at in days if at is not None and at >= scene.today), None)


def nth_weekday(year: int, month: int, number: int, weekday: int) -> date | None:
    """Return the first, second, ... or (below zero, from the end) last such weekday of a month."""
    days = [at for at in _days_of(year, month) if at.weekday() == weekday]
    place = number - 1 if number > 0 else number
    return days[place] if -len(days) <= place < len(days) else None


def _days_of(year: int, month: int) -> Iterator[date]:
    return (date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1))


def read_figures(tokens: Tokens, at: int, scene: Scene) -> Found[date] | None:
    """Read a date that is all figures, in the order of the person's country where that is open."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "iso" and len(token.raw) <= 10:
        day = exists(*(int(part) for part in token.word.split("-")))
        return Found(at + 1, day) if day else None
    if token.kind != "date":
        return None
    sign = next(sign for sign in "/.-" if sign in token.word)
    figures = [int(part) for part in token.word.split(sign) if part]
    first, second = figures[0], figures[1]
    year = (figures[2] + 2000 if figures[2] < 100 else figures[2]) if len(figures) > 2 else None
    month_first = scene.month_first if sign != "." else False
    if month_first is None and first <= 12 and second <= 12 and first != second:
        return None
    month, day = (first, second) if month_first else (second, first)
    if month > 12 and day <= 12:
        month, day = day, month
    if not 1 <= month <= 12:
        return None
    found = exists(year, month, day) if year else next_date(scene, month, day)
    return Found(at + 1, found) if found and day else None


def read_month(tokens: Tokens, at: int) -> Found[int] | None:
    """Read the name of a month."""
    if (month := MONTHS.get(word_at(tokens, at))) is None:
        return None
    # A full stop belongs to a short form, as in "Dec. 3".
    short = len(tokens[at].raw) <= 4 and word_at(tokens, at + 1) == "." and tokens[at + 1].glued
    return Found(at + 2 if short and at + 2 < len(tokens) else at + 1, month)


def read_named(tokens: Tokens, at: int, scene: Scene) -> Found[date | None] | None:
    """Read a day with the name of its month. The value is None for a day that the month does not have."""
    found = _day_then_month(tokens, at) or _month_then_day(tokens, at)
    if found is None:
        return None
    month, day = found.value
    year = _read_year(tokens, found.end, scene)
    if year:
        return Found(year.end, exists(year.value, month, day))
    return Found(found.end, next_date(scene, month, day))


def _day_then_month(tokens: Tokens, at: int) -> Found[tuple[int, int]] | None:
    """Read `3 December`, `3rd of Dec`, `third of December`, `3. December`."""
    day = read_ordinal(tokens, at) or _figure(tokens, at)
    if day is None:
        return None
    behind = skip(tokens, day.end, ".") if tokens[at].kind == "number" else day.end
    month = read_month(tokens, skip(tokens, behind, "of"))
    if month is None or not 1 <= day.value <= 31:
        return None
    return Found(month.end, (month.value, day.value))


def _month_then_day(tokens: Tokens, at: int) -> Found[tuple[int, int]] | None:
    """Read `December 3`, `Dec the 3rd`, `December third`."""
    month = read_month(tokens, at)
    if month is None:
        return None
    behind = skip(tokens, month.end, "the")
    day = read_ordinal(tokens, behind) or _figure(tokens, behind)
    # "May 5pm" and "on December 10:30" name no day of the month.
    if day is None or not 1 <= day.value <= 31 or word_at(tokens, day.end) in ("am", "pm", "o'clock"):
        return None
    return Found(day.end, (month.value, day.value))


def _figure(tokens: Tokens, at: int) -> Found[int] | None:
    token = tokens[at] if at < len(tokens) else None
    if token and token.kind == "number" and len(token.raw) <= 2 and token.number:
        return Found(at + 1, token.number)
    return None


def _read_year(tokens: Tokens, at: int, scene: Scene) -> Found[int] | None:
    """Read the year behind a date: `, 2027`, `of next year`."""
    at = skip(tokens, at, ",") if _is_year(tokens, at + 1) else at
    behind = skip(tokens, skip(tokens, at, "of"), "in")
    if _is_year(tokens, behind):
        return Found(behind + 1, int(tokens[behind].raw))
    if word_at(tokens, behind) in _WHICH and word_at(tokens, behind + 1) == "year":
        return Found(behind + 2, scene.today.year + _WHICH[tokens[behind].word])
    return None


def _is_year(tokens: Tokens, at: int) -> bool:
    return (
        at < len(tokens)
        and tokens[at].kind == "number"
        and len(tokens[at].raw) == 4
        and tokens[at].raw[:2] in ("19", "20", "21")
        and word_at(tokens, at + 1) not in ("hrs", "h", "hours")
        and not (word_at(tokens, at - 1) in ("at", "@") and int(tokens[at].raw[2:]) < 60)
    )


def read_year(tokens: Tokens, at: int) -> Found[int] | None:
    """Read the number of a year."""
    return Found(at + 1, int(tokens[at].raw)) if _is_year(tokens, at) else None


def read_feast(tokens: Tokens, at: int, scene: Scene) -> Found[date] | None:
    """Read the name of a day that every calendar has."""
    if word_at(tokens, at) not in FEAST_FIRST_WORDS:
        return None
    for length in range(_LONGEST_FEAST, 0, -1):
        words = " ".join(token.word for token in tokens[at : at + length])
        if len(tokens) < at + length or (day := _feast(words, scene, None)) is None:
            continue
        year = _read_year(tokens, at + length, scene)
        if year:
            day = _feast(words, scene, year.value)
        end = year.end if year else at + length
        return Found(end, day) if day else None
    return None


def _feast(words: str, scene: Scene, year: int | None) -> date | None:
    if words in FIXED_FEASTS:
        month, day = FIXED_FEASTS[words]
        return exists(year, month, day) if year else next_date(scene, month, day)
    if words in EASTER_FEASTS:
        moved = EASTER_FEASTS[words]
        return _next_of(lambda each: easter(each) + timedelta(days=moved), scene, year)
    if words in (_THANKSGIVING, f"{_THANKSGIVING} day"):
        return _next_of(lambda each: nth_weekday(each, 11, 4, WEEKDAYS["thursday"]), scene, year)
    return None


def _next_of(day_of: Callable[[int], date | None], scene: Scene, year: int | None) -> date | None:
    if year:
        return day_of(year) if 1583 <= year <= 4099 else None
    days = (day_of(scene.today.year + ahead) for ahead in (0, 1))
    return next((day for day in days if day and day >= scene.today), None)
