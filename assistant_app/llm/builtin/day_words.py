"""Days in English words. A text is a day only if every word of it is used; else it is none."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year": (1, 1),
    "new years": (1, 1),
    "new year's": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "valentines day": (2, 14),
}
_NEAR = {
    "today": 0,
    "now": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_MONTH = "|".join(f"{month}|{month[:3]}" for month in _MONTHS) + "|sept"
_WEEKDAY = "|".join(WEEKDAYS)
_FEAST = "|".join(sorted(map(re.escape, _FEASTS), key=len, reverse=True))
_COUNT = r"(?P<count>\d{1,4}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_COUNTS = {"a": 1, "an": 1} | {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905 - twelve words
}
_SPAN = rf"{_COUNT} (?P<unit>day|week|month|year)s?"


def parse_day(text: str, today: date) -> date | None:
    """Return the day that the words name, seen from `today`."""
    text = re.sub(r"^(?:on |the )+", "", text.strip().lower().replace(",", " "))
    text = " ".join(text.split())
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    for pattern, read in _PATTERNS:
        if found := pattern.fullmatch(text):
            try:
                return read(found, today)
            except (ValueError, OverflowError):
                return None  # The 31st of February, or a year beyond the calendar.
    return None


def _ahead(found: re.Match[str], today: date) -> date:
    return _moved(today, found, 1)


def _back(found: re.Match[str], today: date) -> date:
    return _moved(today, found, -1)


def _moved(today: date, found: re.Match[str], sign: int) -> date:
    count = sign * int(_COUNTS.get(found["count"], 0) or found["count"])
    if found["unit"] in ("day", "week"):
        return today + timedelta(days=count * (7 if found["unit"] == "week" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if found["unit"] == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(found: re.Match[str], today: date) -> date:
    """Read "friday" and "this friday" as the coming one, today included only for "this"; "next" skips this week's."""
    which, wanted = found["which"] or "", WEEKDAYS.index(found["weekday"])
    if which in ("last", "past"):
        return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
    ahead = (wanted - today.weekday()) % 7
    if which == "this":
        return today + timedelta(days=ahead)
    if which == "next" and wanted > today.weekday():
        return today + timedelta(days=ahead + 7)
    return today + timedelta(days=ahead or 7)


def _iso(found: re.Match[str], _today: date) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _figures(found: re.Match[str], _today: date) -> date | None:
    """Read 25.12.2026 and 25/12/2026; with slashes only where the two readings of the world cannot differ."""
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if found["sign"] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    return date(year, first, second) if second > 12 else date(year, second, first)


def _named(found: re.Match[str], today: date) -> date:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(found["month"][:3]))
    return _in_year(found, today, month, int(found["day"]))


def _feast(found: re.Match[str], today: date) -> date:
    return _in_year(found, today, *_FEASTS[found["feast"]])


def _in_year(found: re.Match[str], today: date, month: int, day: int) -> date:
    """Without a year it is the next such day, today included."""
    if found["year"]:
        return date(int(found["year"]), month, day)
    if found["which"]:
        return date(today.year + {"this": 0, "next": 1, "last": -1}[found["which"]], month, day)
    years = (today.year + ahead for ahead in range(9))
    return next(at for year in years if (at := _exists(year, month, day)) is not None and at >= today)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_YEAR = r"(?: (?:(?:in |of )?(?P<year>\d{4})|(?P<which>this|next|last) year))?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(rf"in {_SPAN}(?: time)?"), _ahead),
    (re.compile(rf"{_SPAN} from (?:now|today)"), _ahead),
    (re.compile(rf"{_SPAN} ago"), _back),
    (re.compile(rf"(?:(?P<which>this|next|coming|last|past) )?(?P<weekday>{_WEEKDAY})"), _weekday),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"), _iso),
    (re.compile(r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})"), _figures),
    (re.compile(rf"{_DAY} (?:of )?(?P<month>{_MONTH}){_YEAR}"), _named),
    (re.compile(rf"(?P<month>{_MONTH}) (?:the )?{_DAY}{_YEAR}"), _named),
    (re.compile(rf"(?P<feast>{_FEAST}){_YEAR}"), _feast),
)
