"""What a phrase of time comes to."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class When:
    """A moment, a day or a period, perhaps with an end and a recurrence, in wall times.

    `day` alone is a whole day. `end_day` is set where it differs from `day`; it is included. `through` is the last day
    of a period that was named, such as "next week". `repeat` is the value of an RRULE; `day` is its first occurrence.
    `unclear` is a sentence on what is missing, wrong or ambiguous: whoever acts must ask first.
    """

    day: date | None = None
    time: "time | None" = None
    end_day: date | None = None
    end_time: "time | None" = None
    duration: timedelta | None = None
    through: date | None = None
    repeat: str = ""
    unclear: str = ""

    @property
    def start(self) -> datetime | None:
        """Return the wall time of the beginning, None without a day or a time."""
        return datetime.combine(self.day, self.time) if self.day is not None and self.time is not None else None

    @property
    def end(self) -> datetime | None:
        """Return the wall time of the end, if one was said."""
        if self.day is not None and self.end_time is not None:
            return datetime.combine(self.end_day or self.day, self.end_time)
        if self.start is not None and self.duration is not None:
            return self.start + self.duration
        return None

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day that it covers."""
        return (self.day, self.through or self.end_day or self.day) if self.day is not None else None
