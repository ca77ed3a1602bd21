"""Days in English words, seen from today: `tomorrow`, `next Friday`, `the 3rd`, `in two weeks`, `end of the month`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from assistant_app.language import dates
from assistant_app.language.periods import (
    COMING,
    LAST,
    NEXT,
    THIS,
    Day,
    monday_of,
    read_edge,
    read_month_alone,
    read_period,
)
from assistant_app.language.scene import Scene
from assistant_app.language.spans import months_after, read_span
from assistant_app.language.tokens import Found, Tokens, may_start, read_ordinal, skip, tokenize, word_at
from assistant_app.language.vocabulary import MONTHS, ORDINALS, SMALL_NUMBERS, TENS, WEEKDAYS

_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1, "overmorrow": 2}
_NEAR_PHRASES = (
    (("the", "day", "after", "tomorrow"), 2), (("day", "after", "tomorrow"), 2),
    (("the", "day", "before", "yesterday"), -2), (("day", "before", "yesterday"), -2), (("tomorrow", "week"), 8),
    (("today", "week"), 7), (("later", "today"), 0), (("later", "tomorrow"), 1),
)  # fmt: skip
_UNKNOWN = "There is no such day in the calendar."


Reader = Callable[[Tokens, int, Scene], Found[Day] | None]


def parse_day(text: str, today: date) -> date | None:
    """Return the day that a whole text names, seen from `today`; None if it could be read in two ways."""
    scene = Scene(datetime.combine(today, time()), month_first=None)
    tokens = tokenize(text.strip())
    start = skip(tokens, 0, "on")
    if word_at(tokens, start) == "now" and len(tokens) == start + 1:
        return today
    found = read_day(tokens, start, scene) or read_day(tokens, skip(tokens, start, "the"), scene)
    if found is None or found.end != len(tokens) or found.value.unclear or found.value.last:
        return None
    return found.value.first


def read_day(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read the longest phrase for a day that starts at a token."""
    if at >= len(tokens) or not may_start(tokens[at], FIRST_WORDS):
        return None
    return _longest(tokens, at, scene, _READERS)


def _longest(tokens: Tokens, at: int, scene: Scene, readers: tuple[Reader, ...]) -> Found[Day] | None:
    try:
        found = [day for reader in readers if (day := reader(tokens, at, scene)) is not None]
    except (ValueError, OverflowError):
        return None  # Beyond the calendar.
    return max(found, key=lambda each: each.end, default=None)


def _near(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    for words, distance in _NEAR_PHRASES:
        if (end := skip(tokens, at, *words)) != at:
            return Found(end, Day(scene.today + timedelta(days=distance)))
    if (distance := _NEAR.get(word_at(tokens, at))) is not None:
        return Found(at + 1, Day(scene.today + timedelta(days=distance)))
    return None


def _figures(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    found = dates.read_figures(tokens, at, scene)
    return Found(found.end, Day(found.value, kind="date")) if found else None


def _named(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    found = dates.read_named(tokens, skip(tokens, at, "the"), scene)
    if found is None:
        return None
    if found.value is None:
        return Found(found.end, Day(scene.today, kind="date", unclear=_UNKNOWN))
    return Found(found.end, Day(found.value, kind="date"))


def _feast(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    found = dates.read_feast(tokens, at, scene)
    return Found(found.end, Day(found.value, kind="feast")) if found else None


def weekday_ahead(today: date, weekday: int) -> date:
    """Return the next such weekday behind today."""
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _weekday(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read a weekday with the words around it: `next Friday`, `Friday next week`, `Friday, 4 December`."""
    which = word_at(tokens, at)
    known = which in THIS | NEXT | COMING | LAST
    place = at + 1 if known else at
    place = place + 1 if which == "this" and word_at(tokens, place) in COMING else place
    if (weekday := WEEKDAYS.get(word_at(tokens, place))) is None:
        return None
    end = place + 1
    if word_at(tokens, end) == "." and tokens[end].glued and len(tokens[place].raw) <= 4 and end + 1 < len(tokens):
        end += 1
    if which == "this" and weekday == scene.today.weekday():
        return Found(end, Day(scene.today, kind="weekday"))
    if not known or which in THIS:
        return _weekday_with_date(tokens, end, scene, weekday) or _weekday_in_week(tokens, end, scene, weekday)
    if which not in LAST and (dated := _weekday_with_date(tokens, end, scene, weekday)):
        return dated  # "Next Saturday the 28th" says which one is meant.
    return Found(end, _which_weekday(which, weekday, scene.today))


def _which_weekday(which: str, weekday: int, today: date) -> Day:
    """Read "next Friday", said before Friday, as the one of next week; "Friday" and "coming Friday" as the next."""
    if which in LAST:
        return Day(today - timedelta(days=(today.weekday() - weekday) % 7 or 7), kind="weekday")
    if which in NEXT and weekday > today.weekday():
        return Day(weekday_ahead(today, weekday) + timedelta(days=7), kind="weekday")
    return Day(weekday_ahead(today, weekday), kind="weekday")


def _weekday_with_date(tokens: Tokens, at: int, scene: Scene, weekday: int) -> Found[Day] | None:
    """Read `Friday, 4 December` and `Friday the 13th`."""
    at = skip(tokens, at, ",")
    found = _figures(tokens, at, scene) or _named(tokens, at, scene) or _monthday(tokens, at, scene)
    if found is None:
        return None
    day = found.value
    if day.kind == "monthday":
        return _matching_monthday(found, scene, weekday)
    if day.first.weekday() != weekday and not day.unclear:
        day = replace(day, unclear=f"{day.first.day} {day.first:%B %Y} is a {day.first:%A}.")
    return Found(found.end, day)


def _matching_monthday(found: Found[Day], scene: Scene, weekday: int) -> Found[Day] | None:
    first = scene.today.replace(day=1)
    months = (months_after(first, ahead) for ahead in range(15))
    days = (dates.exists(month.year, month.month, found.value.number) for month in months)
    fits = (day for day in days if day and day >= scene.today and day.weekday() == weekday)
    return Found(found.end, Day(day, kind="date")) if (day := next(fits, None)) else None


def _weekday_in_week(tokens: Tokens, at: int, scene: Scene, weekday: int) -> Found[Day]:
    """Read `Friday next week`, `Friday week`, `Friday in two weeks`, `Friday after next`."""
    ahead = weekday_ahead(scene.today, weekday)
    behind = skip(tokens, skip(tokens, at, "of"), "in")
    week = read_period(tokens, behind, scene)
    if week and week.value.kind == "week":
        return Found(week.end, Day(week.value.first + timedelta(days=weekday), kind="weekday"))
    if word_at(tokens, at) == "week" and word_at(tokens, at + 1) not in ("of", "is", "in"):
        return Found(at + 1, Day(ahead + timedelta(days=7), kind="weekday"))
    if (end := skip(tokens, at, "after", "next")) != at:
        return Found(end, Day(ahead + timedelta(days=7), kind="weekday"))
    if word_at(tokens, at) == "in" and (span := read_span(tokens, at + 1)) and _weeks(span.value.days):
        monday = monday_of(scene.today) + timedelta(days=span.value.days)
        return Found(span.end, Day(monday + timedelta(days=weekday), kind="weekday"))
    return Found(at, Day(ahead, kind="weekday", or_today=weekday == scene.today.weekday()))


def _weeks(days: int) -> bool:
    return days > 0 and days % 7 == 0


def _monthday(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `the 3rd`, `the 3rd of next month`, `third of the month`."""
    start = skip(tokens, at, "the")
    ordinal = read_ordinal(tokens, start)
    if ordinal is None or not 1 <= ordinal.value <= 31:
        return None
    month = _month_behind(tokens, ordinal.end, scene)
    if month and month.value:
        day = dates.exists(month.value.year, month.value.month, ordinal.value)
        return Found(month.end, Day(day or scene.today, kind="monthday", unclear="" if day else _UNKNOWN))
    # "The first two" are no days: a word for a number needs its month, or "on" before it.
    before = word_at(tokens, at - 1) in ("on", "by", "until", "before", "from") and start != at
    if tokens[start].kind == "word" and not (before or month):
        return None
    day = dates.next_monthday(scene, ordinal.value)
    end = month.end if month else ordinal.end
    return Found(end, Day(day, kind="monthday", number=ordinal.value)) if day else None


def _month_behind(tokens: Tokens, at: int, scene: Scene) -> Found[date | None] | None:
    """Read `of the month` (any, so None), `of this month`, `of next month`."""
    of = skip(tokens, at, "of") if word_at(tokens, at) == "of" else skip(tokens, at, "in")
    of = skip(tokens, at, "day", "of") if word_at(tokens, at) == "day" else of
    if of != at and (end := skip(tokens, of, "the", "month")) != of:
        return Found(end, None)
    which = word_at(tokens, of)
    if which in ("this", "next", "following") and word_at(tokens, of + 1) == "month":
        return Found(of + 2, months_after(scene.today.replace(day=1), 0 if which == "this" else 1))
    return None


def _nth(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `the first Monday of the month`, `the last day of May`, `last Friday in next month`."""
    start = skip(tokens, at, "the")
    ordinal = Found(start + 1, -1) if word_at(tokens, start) == "last" else read_ordinal(tokens, start)
    if ordinal is None:
        return None
    wanted = word_at(tokens, ordinal.end)
    if wanted != "day" and wanted not in WEEKDAYS:
        return None
    joint = skip(tokens, ordinal.end + 1, "of") if word_at(tokens, ordinal.end + 1) == "of" else ordinal.end + 1
    joint = skip(tokens, joint, "in") if joint == ordinal.end + 1 else joint
    if joint == ordinal.end + 1:
        return None
    for months in _months_named(tokens, joint, scene):
        for month in months.value:
            day = _place_in(month, ordinal.value, wanted)
            if day and day >= scene.today:
                return Found(months.end, Day(day, kind="nth" if wanted != "day" else "monthday", number=ordinal.value))
    return None


def _place_in(month: date, number: int, wanted: str) -> date | None:
    if wanted == "day":
        return dates.exists(month.year, month.month, number)
    return dates.nth_weekday(month.year, month.month, number, WEEKDAYS[wanted])


def _months_named(tokens: Tokens, at: int, scene: Scene) -> list[Found[list[date]]]:
    """Read which month is meant, as the months that it can be: `the month`, `next month`, `May`, `May 2027`."""
    this = scene.today.replace(day=1)
    which = word_at(tokens, at)
    if word_at(tokens, at + 1) == "month" and which in THIS | NEXT:
        return [Found(at + 2, [months_after(this, 1)] if which in NEXT else [this, months_after(this, 1)])]
    if (month := dates.read_month(tokens, at)) is None:
        return []
    if year := dates.read_year(tokens, month.end):
        return [Found(year.end, [date(year.value, month.value, 1)])]
    return [Found(month.end, [date(scene.today.year + ahead, month.value, 1) for ahead in (0, 1)])]


def _ahead(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `in three days`, `a week from Friday`, `two days before Christmas`, `3 days ago`."""
    begin = skip(tokens, at, "in") if word_at(tokens, at) == "in" else skip(tokens, at, "within")
    span = read_span(tokens, begin)
    if span is None or not span.value.whole_days or word_at(tokens, at - 1) == "for":
        return None
    if (end := _behind_time(tokens, span.end)) is not None and begin != at:
        return Found(end, Day(span.value.after(scene.now).date()))
    if word_at(tokens, span.end) == "ago":
        return Found(span.end + 1, Day(span.value.times(-1).after(scene.now).date()))
    joint = word_at(tokens, span.end)
    if joint in ("from", "after", "on", "before") and begin == at:
        if word_at(tokens, span.end + 1) in ("now", "today") and joint == "from":
            return Found(span.end + 2, Day(span.value.after(scene.now).date()))
        base = _longest(tokens, span.end + 1, scene, _SIMPLE_READERS)
        if base and (joint != "on" or base.value.kind == "weekday"):
            start = datetime.combine(base.value.first, time())
            return Found(base.end, Day(span.value.times(-1 if joint == "before" else 1).after(start).date()))
    return None


def _behind_time(tokens: Tokens, at: int) -> int | None:
    """Return the index behind `time` in "in two weeks' time", or where the span ends."""
    behind = skip(tokens, at, "'", "time")
    return behind if behind != at else skip(tokens, at, "time")


def _around(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `the day before Christmas`, `the day after Friday`, `the Monday after Easter`."""
    start = skip(tokens, at, "the")
    which, side = word_at(tokens, start), word_at(tokens, start + 1)
    if side not in ("before", "after") or (which != "day" and which not in WEEKDAYS):
        return None
    base = _longest(tokens, start + 2, scene, _SIMPLE_READERS)
    if base is None or base.value.unclear:
        return None
    first = base.value.first
    if which == "day":
        return Found(base.end, Day(first + timedelta(days=1 if side == "after" else -1)))
    ahead = weekday_ahead(first, WEEKDAYS[which])
    before = first - timedelta(days=(first.weekday() - WEEKDAYS[which]) % 7 or 7)
    return Found(base.end, Day(ahead if side == "after" else before))


def _week_with_day(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `next week on Tuesday`, `next month on the 3rd`, `in two weeks on Tuesday`."""
    period = read_period(tokens, at, scene) or _ahead(tokens, at, scene)
    if period is None:
        return None
    behind = skip(tokens, period.end, "on")
    weekday = WEEKDAYS.get(word_at(tokens, behind))
    if weekday is not None and period.value.kind in ("week", "day"):
        day = monday_of(period.value.first) + timedelta(days=weekday)
        return Found(behind + 1, Day(day, kind="weekday")) if day >= scene.today else None
    ordinal = read_ordinal(tokens, skip(tokens, behind, "the"))
    if ordinal and period.value.kind == "month":
        day = dates.exists(period.value.first.year, period.value.first.month, ordinal.value)
        return Found(ordinal.end, Day(day, kind="date")) if day else None
    return None


_SIMPLE_READERS: tuple[Reader, ...] = (
    _near, _figures, _named, _feast, _weekday, _monthday, _nth, read_period, read_edge, read_month_alone,
)  # fmt: skip
_READERS: tuple[Reader, ...] = (*_SIMPLE_READERS, _ahead, _around, _week_with_day)
FIRST_WORDS = (
    frozenset(
        {"the", "in", "within", "half", "a", "an", "another", "couple", "few", "week", "month", "weekend", "rest"}
    )
    | {"later", "sometime", "early", "mid", "late", "end", "start", "beginning", "middle", "eow", "eom", "eoy"}
    | {"quarter", "day", "year"}
    | (THIS | NEXT | COMING | LAST)
    | (_NEAR.keys() | WEEKDAYS.keys() | MONTHS.keys() | dates.FEAST_FIRST_WORDS)
    | (SMALL_NUMBERS.keys() | TENS.keys() | ORDINALS.keys())
)
