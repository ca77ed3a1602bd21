"""Times as calendar files write them, in zones that go by many names."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, cast

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from assistant_app.services.accounts import list_zones
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc

_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")
_UNTIL_LOCAL = re.compile(r"UNTIL=(\d{8}T\d{6})(?!Z)")
_STAMP = "%Y%m%dT%H%M%S"


def zone_named(name: str) -> str:
    """Return the zone that a calendar program means by a name, such as Outlook's; empty if it is none known."""
    name = WINDOWS_TO_OLSON.get(name.strip('" '), name.strip('" '))
    parts = name.split("/")
    for count in (len(parts), 3, 2, 1):  # Some programs write their own name in front.
        if (found := "/".join(parts[-count:])) in list_zones():
            return found
    return ""


def zone_of_time(prop: Any, user_zone: str) -> str:
    """Return the zone of a time in a file: the one it names, UTC, or the user's."""
    if name := str(prop.params.get("TZID", "")):
        return zone_named(name) or user_zone
    return "UTC" if isinstance(prop.dt, datetime) and prop.dt.tzinfo is not None else user_zone


def moment_of_time(prop: Any, user_zone: str) -> datetime:
    """Return the moment that a time or day in a file is, in UTC."""
    at = prop.dt if isinstance(prop.dt, datetime) else datetime.combine(prop.dt, time())
    return to_utc(at, zone_of_time(prop, user_zone)) if at.tzinfo is None else at.astimezone(UTC)


def local_times(lists: Any, zone: str) -> Iterable[date | datetime]:
    """Return the days and naive wall times of one property, or of several, that hold lists of times."""
    several = cast("list[Any]", lists) if isinstance(lists, list) else [lists] if lists is not None else []
    for each in several:
        for prop in each.dts:
            prop.params.update(each.params)
            yield prop.dt if not isinstance(prop.dt, datetime) else to_wall(prop, zone)


def to_wall(prop: Any, zone: str) -> datetime:
    """Return the naive wall time in `zone` of a time in a file."""
    return to_local(moment_of_time(prop, zone), zone).replace(tzinfo=None)


def rule_from_file(rule: str, zone: str) -> str:
    """Return a recurrence as it is kept: the end, which files have in UTC, is a wall time."""

    def local(match: re.Match[str]) -> str:
        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
        return f"UNTIL={to_local(at, zone):{_STAMP}}"

    # The end of a day is kept as the day.
    return recurrence.check(_UNTIL.sub(local, rule.upper()).replace("T235959", ""))


def rule_for_file(rule: str, zone: str, *, all_day: bool) -> str:
    """Return a recurrence as files have it: the end in UTC, or a day for what has only days."""

    def written(match: re.Match[str]) -> str:
        if all_day:
            return f"UNTIL={match[1][:8]}"
        at = datetime.strptime(match[1], _STAMP)  # noqa: DTZ007 - a wall time
        return f"UNTIL={to_utc(at, zone):{_STAMP}}Z"

    if not all_day:
        rule = re.sub(r"UNTIL=(\d{8})(?!T)", r"UNTIL=\1T235959", rule)
    return _UNTIL_LOCAL.sub(written, rule)
