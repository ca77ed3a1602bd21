"""What repeats: rules by RFC 5545, counted in the wall times of a person's zone.

A rule is the value of an RRULE without its name, such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`. Nothing repeats more often
than every hour: more would be a clock.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Literal

from dateutil import rrule

from assistant_app.errors import InvalidInputError
from assistant_app.times.repeat_words import words_for
from assistant_app.times.rules import DAYS, Rule, parse
from assistant_app.times.zones import to_local, to_utc

_MOST = 2_000  # Occurrences that anyone asks for at once.
# A rule can name days that never come. The search ends where the rarest of sensible rules would have come by.
_HORIZON = {"HOURLY": 3, "DAILY": 9, "WEEKLY": 40, "MONTHLY": 80, "YEARLY": 80}
_FREQUENCIES: dict[str, Literal[0, 1, 2, 3, 4]] = {
    "HOURLY": rrule.HOURLY,
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
_WEEKDAYS = dict(zip(DAYS, (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU), strict=True))
_STEPS = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_LAST_YEAR = 9990
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a wall time


def check(rule: str) -> str:
    """Return the rule in its canonical form, or raise `InvalidInputError` with a sentence if it cannot be used."""
    parsed = parse(rule)
    endless = parse(";".join(part for part in parsed.text.split(";") if not part.startswith(("COUNT=", "UNTIL="))))
    if next(iter(_occurrences(endless, _EPOCH, _EPOCH)), None) is None:
        raise InvalidInputError("A thing cannot repeat like this: such a day never comes. Choose other days.")
    return parsed.text


def following(rule: str, *, start: datetime, after: datetime) -> datetime | None:
    """Return the first occurrence strictly after `after`; both times are naive and local."""
    return next(iter(_occurrences(parse(rule), start, after)), None)


def between(rule: str, *, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """Return the occurrences from `first` to `last`, both included, all naive and local."""
    found = _occurrences(parse(rule), start, first - timedelta.resolution)
    return list(islice(takewhile(lambda at: at <= last, found), _MOST))


def next_moment(rule: str, *, start: datetime, zone: str, after: datetime) -> datetime | None:
    """Return the first occurrence strictly after the moment `after`, in UTC; `start` is naive and local.

    A wall time that the clocks jump over happens at the jump, one that they show twice at its first time.
    """
    # A jump of the clocks can move an occurrence behind one that is later on the wall: begin a day before.
    earlier = to_local(after, zone).replace(tzinfo=None) - timedelta(days=1)
    moments = (to_utc(at, zone) for at in _occurrences(parse(rule), start, earlier))
    return next((moment for moment in moments if moment > after), None)


def describe(rule: str) -> str:
    """Say a rule in words: `every other Tuesday`, `every month on the 3rd`."""
    return words_for(parse(rule))


def _occurrences(rule: Rule, start: datetime, after: datetime) -> Iterable[datetime]:
    """Return the occurrences strictly after `after`, up to where nobody waits for one any more."""
    begin = _nearer(rule, start, after)
    horizon = max(begin, after).year + _HORIZON[rule.frequency] * (rule.interval if rule.frequency == "YEARLY" else 1)
    end = datetime(min(horizon, _LAST_YEAR), 12, 31)  # noqa: DTZ001 - a wall time
    try:
        counter = _counter(rule, begin, end)
    except ValueError:
        return ()  # Its hours and its interval never meet.
    return takewhile(lambda at: at <= end, counter.xafter(after))


def _counter(rule: Rule, begin: datetime, end: datetime) -> rrule.rrule:
    return rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=begin,
        interval=rule.interval,
        wkst=_WEEKDAYS[rule.week_start],
        # A rule has one of the two ends; its times are counted from its start.
        count=rule.count,
        until=None if rule.count else min(end, rule.until or end),
        byweekday=[_WEEKDAYS[day](number) if number else _WEEKDAYS[day] for number, day in rule.days] or None,
        bymonth=rule.by.get("BYMONTH"),
        bymonthday=rule.by.get("BYMONTHDAY"),
        byyearday=rule.by.get("BYYEARDAY"),
        byweekno=rule.by.get("BYWEEKNO"),
        bysetpos=rule.by.get("BYSETPOS"),
        byhour=rule.by.get("BYHOUR"),
        byminute=rule.by.get("BYMINUTE"),
    )


def _nearer(rule: Rule, start: datetime, after: datetime) -> datetime:
    """Return a start in the rule's rhythm that is nearer to `after`, so that nobody counts through years of hours."""
    step = _STEPS.get(rule.frequency)
    if step is None or rule.count or after <= start:
        return start
    step *= rule.interval
    return start + (after - start) // step * step
