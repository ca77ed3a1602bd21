"""What a phrase of time is seen from: the moment on the person's wall, and the order of figures in their dates."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

# Who lives there writes the month first.
_MONTH_FIRST = frozenset({
    "America/New_York", "America/Detroit", "America/Chicago", "America/Menominee", "America/Denver", "America/Boise",
    "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Juneau", "America/Sitka",
    "America/Metlakatla", "America/Yakutat", "America/Nome", "America/Adak", "Pacific/Honolulu", "America/Louisville",
    "America/Indianapolis", "America/Fort_Wayne", "America/Shiprock", "America/Atka", "America/Knox_IN", "EST5EDT",
    "CST6CDT", "MST7MDT", "PST8PDT",
})  # fmt: skip
_MONTH_FIRST_AREAS = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")


@dataclass(frozen=True)
class Scene:
    """`now` is the wall time; `month_first` None leaves dates unread that could be either."""

    now: datetime
    month_first: bool | None = False

    @property
    def today(self) -> date:
        """Return the day."""
        return self.now.date()


def scene_at(now: datetime) -> Scene:
    """Return the scene of a moment that is aware, in the person's zone."""
    zone = now.tzinfo.key if isinstance(now.tzinfo, ZoneInfo) else ""
    wall = now.replace(tzinfo=None, second=0, microsecond=0)
    return Scene(wall, zone in _MONTH_FIRST or zone.startswith(_MONTH_FIRST_AREAS))
