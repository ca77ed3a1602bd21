"""Lengths of time: `an hour and a half`, `90 min`, `two weeks`."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant_app.language.tokens import Found, Tokens, read_number, skip, word_at
from assistant_app.language.vocabulary import GLUED_UNITS, UNITS

_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_COUNTS = (
    (("half", "an"), 0.5),
    (("half", "a"), 0.5),
    (("a", "half"), 0.5),
    (("half",), 0.5),
    (("quarter", "of", "an"), 0.25),
    (("a", "quarter", "of", "an"), 0.25),
    (("a", "couple"), 2),
    (("couple",), 2),
    (("a", "few"), 3),
    (("few",), 3),
    (("a",), 1),
    (("an",), 1),
    (("another",), 1),
)
_LONGEST = 1_200  # Months; nobody plans for later centuries.


@dataclass(frozen=True)
class Span:
    """A length: months are kept apart, because they differ in length."""

    months: int = 0
    days: int = 0
    minutes: float = 0

    @property
    def whole_days(self) -> bool:
        """Tell whether the length is said in days or more, so that it says nothing of a time of day."""
        return self.minutes == 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.months + other.months, self.days + other.days, self.minutes + other.minutes)

    def times(self, sign: int) -> "Span":
        """Return the length a number of times."""
        return Span(self.months * sign, self.days * sign, self.minutes * sign)

    def after(self, start: datetime) -> datetime:
        """Return the moment that lies this much behind `start`, on the wall."""
        moved = datetime.combine(months_after(start.date(), self.months), start.time(), start.tzinfo)
        return moved + timedelta(days=self.days, minutes=self.minutes)

    def as_timedelta(self, start: date) -> timedelta:
        """Return the length from a day on."""
        return months_after(start, self.months) - start + timedelta(days=self.days, minutes=self.minutes)


def months_after(day: date, months: int) -> date:
    """Return the same day of another month, or its last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def read_span(tokens: Tokens, at: int) -> Found[Span] | None:
    """Read a length; `half an hour`, `1h30`, `two and a half hours` and `1 hour and 30 minutes` are some as well."""
    first = _read_one(tokens, at)
    if first is None:
        return None
    behind = skip(tokens, first.end, "and")
    if halved := _read_and_half(tokens, behind, first.value):
        return halved
    second = _read_one(tokens, behind)
    if second and second.value.minutes and first.value.minutes > second.value.minutes:
        return Found(second.end, first.value + second.value)
    return first


def _read_and_half(tokens: Tokens, at: int, span: Span) -> Found[Span] | None:
    """Read the rest of `an hour and a half`."""
    end = skip(tokens, at, "a", "half")
    if end == at or word_at(tokens, at - 1) != "and":
        return None
    if span.minutes == 60:
        return Found(end, Span(minutes=90))
    return Found(end, span + Span(minutes=30)) if span.minutes else None


def _read_one(tokens: Tokens, at: int) -> Found[Span] | None:
    if at < len(tokens) and tokens[at].kind == "clock" and "h" in tokens[at].word:
        hours, _, minutes = tokens[at].word.partition("h")
        return Found(at + 1, Span(minutes=int(hours) * 60 + int(minutes)))
    count = _read_count(tokens, at)
    if count is None:
        return None
    unit = _unit(tokens, count.end)
    if unit is None:
        return None
    span = _measured(count.value, unit)
    return Found(count.end + 1, span) if span else None


def _read_count(tokens: Tokens, at: int) -> Found[float] | None:
    """Read how many: `3`, `1.5`, `a`, `half an`, `a couple of`, `two and a half`."""
    if at < len(tokens) and tokens[at].kind == "decimal":
        return Found(at + 1, float(tokens[at].word.replace(",", ".")))
    if (end := skip(tokens, at, "three", "quarters", "of", "an")) != at:
        return Found(end, 0.75)
    for words, value in _COUNTS:
        if (end := skip(tokens, at, *words)) != at:
            return Found(skip(tokens, end, "of") if value > 1 else end, value)
    number = read_number(tokens, at)
    if number and (end := skip(tokens, number.end, "and", "a", "half")) != number.end and _unit(tokens, end):
        return Found(end, number.value + 0.5)
    return Found(number.end, number.value) if number else None


def _unit(tokens: Tokens, at: int) -> str | None:
    if at >= len(tokens):
        return None
    if tokens[at].glued and tokens[at].word in GLUED_UNITS and tokens[at - 1].kind in ("number", "decimal"):
        return GLUED_UNITS[tokens[at].word]
    return UNITS.get(tokens[at].word)


def _measured(count: float, unit: str) -> Span | None:
    if unit in _MINUTES:
        return Span(minutes=count * _MINUTES[unit]) if count * _MINUTES[unit] <= 60 * 24 * 366 else None
    if unit in _DAYS and (count * _DAYS[unit]) % 1 == 0:
        return Span(days=int(count * _DAYS[unit])) if count * _DAYS[unit] <= 30 * _LONGEST else None
    if unit in _MONTHS and (count * _MONTHS[unit]) % 1 == 0:
        return Span(months=int(count * _MONTHS[unit])) if count * _MONTHS[unit] <= _LONGEST else None
    return None
