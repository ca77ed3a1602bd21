"""When events take place: a span of time or whole days, once or again and again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant_app.errors import InvalidInputError
from assistant_app.models import Event
from assistant_app.services.due_times import due_of, moment_of, wall_time
from assistant_app.times import recurrence
from assistant_app.times.rules import DAYS
from assistant_app.times.zones import to_utc

USUAL = timedelta(hours=1)
_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)
ZONES_APART = timedelta(hours=26)  # Between the first and the last zone in which a day is the same.


@dataclass(frozen=True)
class Span:
    """From when to when, in UTC; of whole days `first` and `last`, both included, are set as well."""

    starts_at: datetime
    ends_at: datetime
    first: date | None = None
    last: date | None = None

    @property
    def all_day(self) -> bool:
        """Whether it is whole days."""
        return self.first is not None


def days_span(first: date, last: date, zone: str) -> Span:
    """Return the span of whole days, both included."""
    due_of(first, zone)  # Refuses years that are too far away.
    _check_order(datetime.combine(first, time()), datetime.combine(last, time()))
    return Span(_midnight(first, zone), _midnight(last + _DAY, zone), first, last)


def span_of(start: date | datetime, end: date | datetime | None, zone: str) -> Span:
    """Return the span from a start to an end; an hour, or the whole day, if there is no end."""
    if not isinstance(start, datetime):
        last = wall_date(end, zone) if end is not None else start
        return days_span(start, last, zone)
    starts_at = moment_of(start, zone)
    if end is None:
        return Span(starts_at, starts_at + USUAL)
    if not isinstance(end, datetime):  # Until a day: as long as that day is.
        return _checked(starts_at, _midnight(end + _DAY, zone))
    return _checked(starts_at, moment_of(end, zone))


def moved(event: Event, start: date | datetime, end: date | datetime | None, zone: str) -> Span:
    """Return the span of an event that begins at another time, or on another day at the same time of day.

    It keeps its length if there is no new end.
    """
    if not isinstance(start, datetime) and not event.all_day:
        start = datetime.combine(start, wall_time(event.starts_at, zone).time())
    if end is not None or isinstance(start, datetime) == event.all_day:
        return span_of(start, end, zone)  # A new end, or whole days in place of times: there is no length to keep.
    if isinstance(start, datetime):
        starts_at = moment_of(start, zone)
        return _checked(starts_at, starts_at + (event.ends_at - event.starts_at))
    assert event.starts_on is not None and event.ends_on is not None  # noqa: PT018, S101 - an all-day event has its days
    return days_span(start, start + (event.ends_on - event.starts_on), zone)


def set_span(event: Event, span: Span, zone: str) -> None:
    """Give an event a span, whose wall times are those of `zone`."""
    event.starts_at, event.ends_at, event.zone = span.starts_at, span.ends_at, zone
    event.all_day, event.starts_on, event.ends_on = span.all_day, span.first, span.last


def aligned(span: Span, repeat: str, zone: str) -> Span:
    """Return the first span of a recurrence: the one given may be on a day that the rule does not name."""
    start = local_start(span, zone)
    found = recurrence.following(repeat, start=start, after=start - timedelta.resolution)
    if found is None:
        raise InvalidInputError("That recurrence ends before it begins. Choose a later end or an earlier start.")
    if span.first is not None and span.last is not None:
        return days_span(found.date(), found.date() + (span.last - span.first), zone)
    starts_at = to_utc(found, zone)
    return Span(starts_at, starts_at + (span.ends_at - span.starts_at))


def local_start(span: Span | Event, zone: str) -> datetime:
    """Return the wall time of a start, naive; midnight of whole days."""
    first = span.starts_on if isinstance(span, Event) else span.first
    return datetime.combine(first, time()) if first is not None else wall_time(span.starts_at, zone)


def moved_repeat(event: Event, start: datetime) -> str:
    """Return the recurrence of an event whose first start moves to another wall time: a day that it names moves along.

    Of rules that name several days nobody can say what they become.
    """
    before = local_start(event, event.zone)
    parts = dict(part.split("=", 1) for part in event.repeat.split(";"))
    if parts.get("BYDAY") == DAYS[before.weekday()]:
        parts["BYDAY"] = DAYS[start.weekday()]
    if parts.get("BYMONTHDAY") == str(before.day):
        parts["BYMONTHDAY"] = str(start.day)
    if parts.get("BYMONTH") == str(before.month):
        parts["BYMONTH"] = str(start.month)
    rule = recurrence.check(";".join(f"{name}={value}" for name, value in parts.items()))
    if recurrence.following(rule, start=start, after=start - timedelta.resolution) != start:
        raise InvalidInputError(
            f"It takes place {recurrence.describe(event.repeat)}, which the new day does not fit. "
            "Say how it shall repeat from now on, then move it."
        )
    return rule


def spans_between(event: Event, first: datetime, last: datetime, *, days: tuple[date, date]) -> Iterable[Span]:
    """Return the spans of an event that overlap a time (UTC) or, if it is whole days, the days; both ends included."""
    for span in _all_spans(event, first, last):
        if span.first is not None and span.last is not None:
            if span.first <= days[1] and span.last >= days[0]:
                yield span
        elif span.starts_at <= last and (span.ends_at > first or span.starts_at == span.ends_at >= first):
            yield span


def find_span(event: Event, at: datetime, zone: str) -> Span | None:
    """Return the span of an event that begins at a moment or, if it is whole days, on that day in `zone`."""
    day = wall_date(at, zone)
    for span in spans_between(event, at - ZONES_APART, at + ZONES_APART, days=(day, day)):
        if span.starts_at == at or span.first == day:
            return span
    return None


def excluded_starts(event: Event) -> list[str]:
    """Return the local starts that a recurrence leaves out, as ISO days or wall times."""
    return json.loads(event.excluded)


def moved_excluded(event: Event, start: datetime, *, all_day: bool) -> str:
    """Return what a recurrence leaves out when its first start moves to another wall time: those move along."""
    distance = start - local_start(event, event.zone)
    moved = (datetime.fromisoformat(name) + distance for name in excluded_starts(event))
    return json.dumps([at.date().isoformat() if all_day else at.isoformat() for at in moved])


def start_name(event: Event, start: datetime) -> str:
    """Return how `excluded` names a local start."""
    return start.date().isoformat() if event.all_day else start.isoformat()


def wall_date(day: date | datetime, zone: str) -> date:
    """Return the day on which a moment is in a zone, or the day itself."""
    return wall_time(moment_of(day, zone), zone).date() if isinstance(day, datetime) else day


def _all_spans(event: Event, first: datetime, last: datetime) -> Iterable[Span]:
    if not event.repeat:
        yield Span(event.starts_at, event.ends_at, event.starts_on, event.ends_on)
        return
    start, zone = local_start(event, event.zone), event.zone
    length = event.ends_at - event.starts_at
    # A day more on both sides: whole days are looked up in the zone of whoever asks.
    begin, end = wall_time(first - length, zone) - _DAY, wall_time(last, zone) + _DAY
    starts = recurrence.between(event.repeat, start=start, first=begin, last=end)
    if begin <= start <= end and start not in starts:
        starts = [start, *starts]  # The first start counts, even where the rule does not name it.
    left_out = set(excluded_starts(event))
    for at in starts:
        if start_name(event, at) not in left_out:
            yield _span_from(event, at, length)


def _span_from(event: Event, at: datetime, length: timedelta) -> Span:
    if event.starts_on is not None and event.ends_on is not None:
        first, last = at.date(), at.date() + (event.ends_on - event.starts_on)
        return Span(_midnight(first, event.zone), _midnight(last + _DAY, event.zone), first, last)
    starts_at = to_utc(at, event.zone)
    return Span(starts_at, starts_at + length)


def _midnight(day: date, zone: str) -> datetime:
    return to_utc(datetime.combine(day, time()), zone)


def _checked(starts_at: datetime, ends_at: datetime) -> Span:
    _check_order(starts_at, ends_at)
    return Span(starts_at.astimezone(UTC), ends_at.astimezone(UTC))


def _check_order(start: datetime, end: datetime) -> None:
    if end < start:
        raise InvalidInputError("An event cannot end before it begins. Choose a later end.")
    if end - start > _LONGEST:
        raise InvalidInputError("An event can last up to a year. Choose an earlier end.")
