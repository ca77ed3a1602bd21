"""How events are seen from outside."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant_app import clock
from assistant_app.models import Event
from assistant_app.services.event_times import Span, days_span
from assistant_app.services.task_views import KEEP, Keep
from assistant_app.times import recurrence
from assistant_app.times.wording import day_words, moment_words, time_words
from assistant_app.times.zones import to_local


@dataclass(frozen=True)
class EventView:
    """One occurrence of an event. `start` and `end` are days, both included, of an all-day event, else moments.

    `starts_at`, `ends_at` and `occurrence` are aware and in the user's zone; whole days end at the next midnight.
    `occurrence` names this one among those of an event that repeats.
    """

    id: str
    number: int
    title: str
    place: str
    notes: str
    all_day: bool
    start: date | datetime
    end: date | datetime
    starts_at: datetime
    ends_at: datetime
    repeat: str
    repeat_words: str
    uid: str
    source: str
    occurrence: datetime
    message_id: str | None
    created_at: datetime


@dataclass(frozen=True)
class EventChanges:
    """What changes of an event; `repeat` "" lets it take place only once."""

    title: str | Keep = KEEP
    place: str | Keep = KEEP
    notes: str | Keep = KEEP
    repeat: str | Keep = KEEP


def view_event(event: Event, zone: str, span: Span | None = None) -> EventView:
    """Return an event at one of its times, at the first if none is given."""
    span = span or Span(event.starts_at, event.ends_at, event.starts_on, event.ends_on)
    if span.first is not None and span.last is not None:
        span = days_span(span.first, span.last, zone)  # Days are the same days in every zone.
    starts_at, ends_at = to_local(span.starts_at, zone), to_local(span.ends_at, zone)
    return EventView(
        id=event.id,
        number=event.number,
        title=event.title,
        place=event.place,
        notes=event.notes,
        all_day=event.all_day,
        start=span.first or starts_at,
        end=span.last or ends_at,
        starts_at=starts_at,
        ends_at=ends_at,
        repeat=event.repeat,
        repeat_words=recurrence.describe(event.repeat) if event.repeat else "",
        uid=event.uid,
        source=event.source,
        occurrence=starts_at,
        message_id=event.message_id,
        created_at=to_local(event.created_at, zone),
    )


def when_words(event: Event, zone: str) -> str:
    """Say when an event takes place: `Friday at 10:00 until 11:00`, `tomorrow`, `today until Friday`."""
    now = clock.local_now(zone)
    if event.starts_on is not None and event.ends_on is not None:
        first, last = day_words(event.starts_on, now.date()), day_words(event.ends_on, now.date())
        said = first if first == last else f"{first} until {last}"
    else:
        start, end = to_local(event.starts_at, zone), to_local(event.ends_at, zone)
        until = time_words(end.time()) if start.date() == end.date() else moment_words(end, now)
        said = f"{moment_words(start, now)} until {until}"
    return f"{recurrence.describe(event.repeat)}, first {said}" if event.repeat else said


def start_words(event: Event, zone: str) -> str:
    """Say when an event begins: `Friday at 10:00`, or the day alone of whole days."""
    now = clock.local_now(zone)
    if event.starts_on is not None:
        return day_words(event.starts_on, now.date())
    return moment_words(to_local(event.starts_at, zone), now)
