"""Recurrence rules as text: reads, checks and writes the value of an RRULE."""

import functools
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from assistant_app.errors import InvalidInputError

FREQUENCIES = ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST = 500
_GREATEST = 1_000  # Of intervals and counts.
_RANGES = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSETPOS": (-366, 366),
}
_ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE",
          "BYSETPOS", "WKST", "COUNT", "UNTIL")  # fmt: skip
_FINE = {"HOURLY": {"BYMONTH", "BYHOUR"}, "DAILY": {"BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"}}
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True)
class Rule:
    """A recurrence that was read: `text` is canonical, `by` has the lists of numbers, `days` the weekdays.

    A weekday has its number in the month or year beside it, 0 for each. `until` is naive: the last wall time.
    """

    text: str
    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    days: tuple[tuple[int, str], ...] = ()
    week_start: str = "MO"


@functools.lru_cache(maxsize=512)
def parse(text: str) -> Rule:
    """Read a rule, or raise `InvalidInputError` with a sentence."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in FREQUENCIES:
        raise InvalidInputError(
            f"The recurrence {text[:80]!r} does not say how often: start with FREQ=, then {', '.join(FREQUENCIES)}."
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise InvalidInputError("A recurrence ends after a number of times (COUNT) or on a day (UNTIL), not both.")
    interval = _number("INTERVAL", parts.get("INTERVAL", "1"), 1, _GREATEST)
    by = {name: _numbers(name, parts[name], *limits) for name, limits in _RANGES.items() if name in parts}
    _refuse_impossible(frequency, by)
    days = _days(parts["BYDAY"], frequency) if "BYDAY" in parts else ()
    until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    written = {"FREQ": frequency, "INTERVAL": str(interval) if interval > 1 else ""}
    written |= {name: ",".join(map(str, numbers)) for name, numbers in by.items()}
    written["BYDAY"] = ",".join(f"{number or ''}{day}" for number, day in days)
    written |= {name: parts.get(name, "") for name in ("COUNT", "UNTIL")}
    week_start = parts.get("WKST", "MO")
    if week_start not in DAYS:
        raise InvalidInputError(f"A week cannot start on {week_start!r}: use one of {', '.join(DAYS)}.")
    written["WKST"] = week_start if week_start != "MO" else ""
    return Rule(
        ";".join(f"{name}={written[name]}" for name in _ORDER if written.get(name)),
        frequency,
        interval,
        _number("COUNT", parts["COUNT"], 1, _GREATEST) if "COUNT" in parts else None,
        until,
        by,
        days,
        week_start,
    )


def _parts(text: str) -> dict[str, str]:
    """Split a rule into its parts, each named once."""
    if len(text) > _LONGEST:
        raise InvalidInputError("The recurrence is too long to be one.")
    parts: dict[str, str] = {}
    for part in filter(None, text.strip().upper().removeprefix("RRULE:").split(";")):
        name, _, value = part.partition("=")
        if name not in _ORDER or not value:
            raise InvalidInputError(f"The recurrence has a part that Steward does not know: {part[:40]!r}.")
        if name in parts:
            raise InvalidInputError(f"The recurrence says {name} twice.")
        parts[name] = value
    return parts


def _number(name: str, value: str, least: int, most: int) -> int:
    number = int(value) if re.fullmatch(r"[+-]?\d{1,5}", value) else None
    if number is None or not least <= number <= most or (number == 0 and least < 0):
        raise InvalidInputError(f"In a recurrence, {name} is a number from {least} to {most}, not {value[:20]!r}.")
    return number


def _numbers(name: str, value: str, least: int, most: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_number(name, part, least, most) for part in value.split(",")))


def _refuse_impossible(frequency: str, by: dict[str, tuple[int, ...]]) -> None:
    """Refuse what would be searched for through all years of the calendar, and never found."""
    if odd := sorted(set(by) - _FINE.get(frequency, set(by))):
        raise InvalidInputError(f"A recurrence with FREQ={frequency} cannot have {odd[0]}.")
    months, days = by.get("BYMONTH", range(1, 13)), by.get("BYMONTHDAY", (1,))
    if min(map(abs, days)) > max(_MONTH_LENGTHS[month - 1] for month in months):
        raise InvalidInputError("A thing cannot repeat on a day that no such month has: choose another day.")


def _days(value: str, frequency: str) -> tuple[tuple[int, str], ...]:
    """Read BYDAY; weekdays come in the order of a week."""
    found: set[tuple[int, str]] = set()
    for part in value.split(","):
        match = _DAY.fullmatch(part)
        if match is None or (match[1] and (frequency not in ("MONTHLY", "YEARLY") or int(match[1]) == 0)):
            raise InvalidInputError(
                f"In a recurrence, {part[:20]!r} is no day: use {', '.join(DAYS)}, or 1MO in months."
            )
        found.add((int(match[1] or 0), match[2]))
    return tuple(sorted(found, key=lambda day: (day[0], DAYS.index(day[1]))))


def _until(value: str) -> datetime:
    """Read the end as a wall time: a day ends with its last second."""
    match = _UNTIL.fullmatch(value)
    try:
        day = date.fromisoformat(match[1] if match else "")
        at = time.fromisoformat(match[2]) if match and match[2] else time(23, 59, 59)
    except ValueError:
        raise InvalidInputError(f"A recurrence cannot end on {value[:20]!r}: write the day as 20261201.") from None
    return datetime.combine(day, at)
