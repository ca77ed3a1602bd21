"""Weeks, weekends, months and years, and their edges: `next week`, `the weekend`, `end of the month`, `in December`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant_app.language import dates
from assistant_app.language.scene import Scene
from assistant_app.language.spans import months_after
from assistant_app.language.tokens import Found, Tokens, skip, word_at

Kind = Literal["day", "weekday", "monthday", "nth", "date", "feast", "week", "weekend", "month", "year"]
THIS = frozenset({"this", "the", "current"})
NEXT = frozenset({"next", "following"})
COMING = frozenset({"coming", "upcoming"})
LAST = frozenset({"last", "past", "previous"})


@dataclass(frozen=True)
class Day:
    """A day that was read, or a period by its first and `last` day.

    `or_today`: words that also mean today, if a time is said with them that is still to come. `unclear` says what is
    wrong with a day that cannot be. `number` is the place of a weekday in its month, or the day of a month.
    """

    first: date
    last: date | None = None
    kind: Kind = "day"
    or_today: bool = False
    unclear: str = ""
    number: int = 0


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def read_period(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read a week, weekend, month or year: `next week`, `the weekend`, `this month`, `the week after next`."""
    which, unit = word_at(tokens, at), word_at(tokens, at + 1)
    if which == "weekend":
        return Found(at + 1, _weekend(scene.today, 0))
    later = which in ("later", "sometime", "early", "mid", "late") and unit in THIS | NEXT
    if later and (found := read_period(tokens, at + 1, scene)):
        return found
    if unit not in _PERIODS or which not in THIS | NEXT | COMING | LAST | {"rest"}:
        return _week_after_next(tokens, at, scene)
    if which == "the" and unit != "weekend":
        return _week_after_next(tokens, at, scene)
    step = 1 if which in NEXT or (which in COMING and unit != "weekend") else -1 if which in LAST else 0
    return Found(at + 2, _PERIODS[unit](scene.today, step))


def _week_after_next(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    at = skip(tokens, at, "the")
    unit = word_at(tokens, at)
    if unit in _PERIODS and (end := skip(tokens, at + 1, "after", "next")) != at + 1:
        return Found(end, _PERIODS[unit](scene.today, 2))
    return None


def _weekend(today: date, step: int) -> Day:
    """Return a weekend by its Saturday; on a Sunday this weekend is the one that ends."""
    saturday = monday_of(today) + timedelta(days=5 + 7 * step)
    first = max(saturday, today) if step == 0 else saturday
    return Day(first, saturday + timedelta(days=1), "weekend")


def _week(today: date, step: int) -> Day:
    monday = monday_of(today) + timedelta(days=7 * step)
    return Day(max(monday, today) if step == 0 else monday, monday + timedelta(days=6), "week")


def _month(today: date, step: int) -> Day:
    first = months_after(today.replace(day=1), step)
    return Day(max(first, today) if step == 0 else first, months_after(first, 1) - timedelta(days=1), "month")


def _year(today: date, step: int) -> Day:
    first = date(today.year + step, 1, 1)
    return Day(max(first, today) if step == 0 else first, date(first.year, 12, 31), "year")


_PERIODS: dict[str, Callable[[date, int], Day]] = {"week": _week, "weekend": _weekend, "month": _month, "year": _year}
_EDGES = {"end": -1, "start": 1, "beginning": 1, "middle": 0, "mid": 0, "half": 0}
_UNTIL = frozenset({"by", "before", "until", "at"})
_FARTHEST = 50  # Years ahead; a later one stands for a time of day: "2130".
_EDGE_WORDS = {"eow": "week", "eom": "month", "eoy": "year"}


def read_edge(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `the end of the month`, `start of next week`, `mid-December`, `eom`."""
    if unit := _EDGE_WORDS.get(word_at(tokens, at)):
        return Found(at + 1, _edge_of(_PERIODS[unit](scene.today, 0), -1, scene))
    if unit_end := _named_end(tokens, at):
        return Found(unit_end.end, _edge_of(_PERIODS[unit_end.value](scene.today, 0), -1, scene))
    start = skip(tokens, at, "the")
    which = _EDGES.get(word_at(tokens, start))
    if which is None:
        return None
    behind = start + 1
    of = skip(tokens, behind, "of") if word_at(tokens, behind) == "of" else skip(tokens, behind, "-")
    if of == behind and word_at(tokens, start) != "mid":
        return None
    period = read_period(tokens, of, scene) or _the_period(tokens, of, scene) or read_month_alone(tokens, of, scene)
    return Found(period.end, _edge_of(period.value, which, scene)) if period else None


def _named_end(tokens: Tokens, at: int) -> Found[str] | None:
    """Read the unit of `by month end` and `before year-end`; without a preposition it is a part of a name."""
    if (unit := word_at(tokens, at)) not in ("week", "month", "year") or word_at(tokens, at - 1) not in _UNTIL:
        return None
    end = skip(tokens, at + 1, "-")
    return Found(end + 1, unit) if word_at(tokens, end) == "end" else None


def _the_period(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `the month` and `month`: the current one, as in its end."""
    at = skip(tokens, at, "the")
    unit = word_at(tokens, at)
    return Found(at + 1, _PERIODS[unit](scene.today, 0)) if unit in _PERIODS else None


def _edge_of(period: Day, which: int, scene: Scene) -> Day:
    """Return the first, middle or last day; a week ends with its Friday, for it is said of work."""
    last = period.last or period.first
    if period.kind == "week":
        monday = monday_of(last)
        day = monday + timedelta(days=4 if which < 0 else 2 if which == 0 else 0)
        return Day(day if day >= scene.today else last)
    if which < 0:
        return Day(last)
    if which == 0:
        return Day(last.replace(day=15) if period.kind == "month" else date(last.year, 7, 1))
    return Day(period.first)


def read_month_alone(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read `December`, `next March`, `December 2027`, `2027` as periods."""
    which = word_at(tokens, at)
    month = dates.read_month(tokens, at + 1 if which in ("next", "this", "coming") else at)
    if month is None:
        year = dates.read_year(tokens, at)
        if year is None or not scene.today.year <= year.value <= scene.today.year + _FARTHEST:
            return None
        return Found(year.end, Day(date(year.value, 1, 1), date(year.value, 12, 31), "year"))
    year = dates.read_year(tokens, month.end)
    ahead = 1 if month.value < scene.today.month or (which == "next" and month.value == scene.today.month) else 0
    first = date(year.value if year else scene.today.year + ahead, month.value, 1)
    last = months_after(first, 1) - timedelta(days=1)
    begin = max(first, scene.today) if last >= scene.today else first
    return Found(year.end if year else month.end, Day(begin, last, "month"))
