"""Wall times and the moments that they are, in a person's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def to_utc(local: datetime, zone: str) -> datetime:
    """Return the moment at which the clocks of `zone` show the naive time `local`.

    A time that the clocks jump over is the moment of the jump; of one that they show twice it is the first.
    """
    place = ZoneInfo(zone)
    early = local.replace(tzinfo=place, fold=0)
    moment = early.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == local.replace(fold=0):
        return moment
    return _jump(local, place)


def to_local(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of `zone` show at a moment, aware."""
    return moment.astimezone(ZoneInfo(zone))


def _jump(local: datetime, place: ZoneInfo) -> datetime:
    """Return the moment at which the clocks jump over `local`, to the second.

    The two offsets around a jump, both applied to a time inside of it, give a moment before it and one after it.
    """
    low, high = sorted(local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    before = low.astimezone(place).utcoffset()
    while (high - low).total_seconds() > 1:
        middle = low + (high - low) / 2
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
