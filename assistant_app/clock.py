"""The only reader of the system's clock, so that tests can move time."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(UTC)


def local_now(zone: str) -> datetime:
    """Return the current moment in the IANA zone `zone`."""
    return datetime.now(ZoneInfo(zone))


def monotonic() -> float:
    """Return seconds that only ever grow, for measuring durations."""
    return time.monotonic()
