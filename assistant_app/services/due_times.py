"""When things are due: what was asked for as it is kept, and when something that repeats comes next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant_app import clock
from assistant_app.errors import InvalidInputError
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc

_JUST_NOW = timedelta(minutes=1)  # Who says "now" means a moment that has passed when it arrives here.
_YEARS = (1900, 2200)


@dataclass(frozen=True)
class Due:
    """A day in the user's zone, and the moment in UTC if a time was given as well."""

    on: date
    at: datetime | None = None

    def local(self, zone: str) -> datetime:
        """Return the naive wall time, the beginning of the day if there is no time."""
        return datetime.combine(self.on, time()) if self.at is None else wall_time(self.at, zone)


def wall_time(moment: datetime, zone: str) -> datetime:
    """Return what the user's clocks show at a moment, naive."""
    return to_local(moment, zone).replace(tzinfo=None)


def moment_of(at: datetime, zone: str) -> datetime:
    """Return a moment in UTC, to the second; one without an offset is a wall time of the user's."""
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise InvalidInputError(f"The year {at.year} is too far away. Choose a nearer time.")
    moment = to_utc(at, zone) if at.tzinfo is None else at.astimezone(UTC)
    return moment.replace(microsecond=0)


def due_of(due: date | datetime, zone: str) -> Due:
    """Return when something is due, from a day or a moment."""
    if isinstance(due, datetime):
        at = moment_of(due, zone)
        return Due(to_local(at, zone).date(), at)
    if not _YEARS[0] <= due.year <= _YEARS[1]:
        raise InvalidInputError(f"The year {due.year} is too far away. Choose a nearer day.")
    return Due(due)


def future_moment(at: datetime, zone: str) -> datetime:
    """Return a moment in UTC that is still to come, or refuse it."""
    moment = moment_of(at, zone)
    if moment < clock.now() - _JUST_NOW:
        raise InvalidInputError("That time has passed already. Choose one that is still to come.")
    return moment


def checked_repeat(repeat: str) -> str:
    """Return a recurrence in its canonical form; empty stays empty."""
    return recurrence.check(repeat) if repeat.strip() else ""


def first_due(repeat: str, zone: str) -> Due | None:
    """Return the first day, from today on, of a recurrence for which no day was given."""
    today = datetime.combine(clock.local_now(zone).date(), time())
    found = recurrence.following(repeat, start=today, after=today - timedelta.resolution)
    return None if found is None else Due(found.date())


def next_due(repeat: str, due: Due, zone: str) -> tuple[Due, str] | None:
    """Return when a recurring task that is done now comes next, and the recurrence from there on; None at its end.

    What was due on an earlier day comes after today: nobody wants all that they missed.
    """
    now = clock.local_now(zone).replace(tzinfo=None)
    start = due.local(zone)
    after = start if due.at is None else max(start, now)
    if due.on < now.date():
        after = now if repeat.startswith("FREQ=HOURLY") else datetime.combine(now.date(), time.max)
    found = recurrence.following(repeat, start=start, after=after)
    if found is None:
        return None
    at = None if due.at is None else to_utc(found, zone)
    return Due(found.date(), at), _rest(repeat, start, found)


def _rest(repeat: str, start: datetime, found: datetime) -> str:
    """Return the recurrence as it counts from `found` on: what is past is no more to come."""
    parts = dict(part.split("=", 1) for part in repeat.split(";"))
    if "COUNT" not in parts:
        return repeat
    past = len(recurrence.between(repeat, start=start, first=start, last=found)) - 1
    parts["COUNT"] = str(max(1, int(parts["COUNT"]) - past))
    return ";".join(f"{name}={value}" for name, value in parts.items())
