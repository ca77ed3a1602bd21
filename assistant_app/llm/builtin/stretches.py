"""Stretches of days in words, for questions: "this week", "the next 3 days", "between Monday and Friday"."""

import calendar
import re
from datetime import date, timedelta

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "couple of": 2, "few": 3}
_NEXT = re.compile(
    r"(?:(?:the )?(?:next|coming|following)|within|in|over) (?:the )?(?:next |coming )?"
    r"(?P<count>\d{1,3}|two|three|four|five|six|seven|ten|couple of|few|a couple of|a few) (?P<unit>day|week)s?"
)
_LAST = re.compile(
    r"(?:in )?(?:the )?(?:last|past) (?P<count>\d{1,3}|two|three|four|five|six|seven|ten|few) (?P<unit>day|week)s?"
)
_MONTHS = [name.lower() for name in calendar.month_name]
_LEAD = re.compile(
    r"^(?:(?:on|for|in|during|over|by|until|till|through|before|the|my|due|from|rest of|remainder of|of)\s+)+"
)


def read_stretch(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a stretch of several days, if the words are one."""
    plain = " ".join(re.sub(r"[,.?!]", " ", text.lower()).split())
    bare = _LEAD.sub("", plain).strip()
    monday = today - timedelta(days=today.weekday())
    fixed = {
        "week": (today, monday + timedelta(days=6)),
        "this week": (today, monday + timedelta(days=6)),
        "next week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "coming week": (today, today + timedelta(days=7)),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "weekend": _weekend(today, 0),
        "this weekend": _weekend(today, 0),
        "next weekend": _weekend(today, 1 if today.weekday() < 5 else 0) if today.weekday() < 5 else _weekend(today, 1),
        "month": (today, _last_of(today)),
        "this month": (today, _last_of(today)),
        "next month": _next_month(today),
        "year": (today, date(today.year, 12, 31)),
        "this year": (today, date(today.year, 12, 31)),
        "today and tomorrow": (today, today + timedelta(days=1)),
        "tonight": (today, today),
        "this evening": (today, today),
        "this morning": (today, today),
        "this afternoon": (today, today),
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "day": (today, today),
    }
    if bare in ("coming days", "next days"):
        return today, today + timedelta(days=3)
    return fixed.get(bare) or fixed.get(plain) or _counted(plain, today) or _month(bare, today)


def _weekend(today: date, ahead: int) -> tuple[date, date]:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 if today.weekday() != 6 else -1)
    saturday += timedelta(days=7 * ahead)
    return max(saturday, today), saturday + timedelta(days=1)


def _last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _next_month(today: date) -> tuple[date, date]:
    first = _last_of(today) + timedelta(days=1)
    return first, _last_of(first)


def _counted(plain: str, today: date) -> tuple[date, date] | None:
    if found := _NEXT.fullmatch(re.sub(r"^(?:for|on|during) ", "", plain)):
        if plain.startswith("in ") and not re.match(r"in the (?:next|coming)", plain):
            return None  # "In 3 days" is one day.
        return today, today + timedelta(days=_days(found) - 1)  # Today is the first of them.
    if found := _LAST.fullmatch(plain):
        return today - timedelta(days=_days(found)), today
    return None


def _days(found: re.Match[str]) -> int:
    word = found["count"].removeprefix("a ")
    return (_COUNTS.get(word) or int(word)) * (7 if found["unit"] == "week" else 1)


def _month(bare: str, today: date) -> tuple[date, date] | None:
    if bare not in _MONTHS or not bare:
        return None
    month = _MONTHS.index(bare)
    first = date(today.year + (month < today.month), month, 1)
    return max(first, today), _last_of(first)
