"""Finds the conflicts of some days, each as the inbox shows it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app.repositories import conflicts as queries
from assistant_app.services import conflict_words as words
from assistant_app.services.conflict_fixes import DAYS_AHEAD, Fix, fix_clash, fix_crowded
from assistant_app.services.conflict_rules import MOST_DUE, Clash, crowded_key, find_clashes
from assistant_app.services.engagements import DAY, Engagement, list_engagements
from assistant_app.times.zones import to_local

_NAMED = 20  # So many tasks of a crowded day are named.


@dataclass(frozen=True)
class Conflict:
    """A matter as it stands now. `data` names its rule, day, objects and actions, and the calls that would fix it.

    Of two that clash it has also the moment `at` which they do, and whether both are a `series`.
    """

    key: str
    day: date
    title: str
    text: str
    why: str
    data: dict[str, Any]


async def find_conflicts(
    session: AsyncSession,
    *,
    user_ids: Collection[str],
    zone: str,
    days: Collection[date],
    now: datetime,
    full_days: Collection[date] = (),
) -> dict[str, list[Conflict]]:
    """Return, by user, the conflicts of the days that are still to come, in the order of time.

    Of `full_days`, only whether they have too many tasks. All of the users live in one zone.
    """
    counted = {*days, *full_days}
    if not counted:
        return {user_id: [] for user_id in user_ids}
    around = {day + DAY * number for day in days for number in (0, 1)}  # A fix may be on the day after.
    engagements = await list_engagements(session, user_ids=user_ids, zone=zone, days=around)
    first, last = min(counted), max(counted) + DAY * DAYS_AHEAD
    due = await queries.count_due(session, user_ids=user_ids, first=first, last=last)
    conflicts: dict[str, list[Conflict]] = {}
    for user_id in user_ids:
        full = [day for day in sorted(counted) if due[user_id].get(day, 0) > MOST_DUE]
        crowded = [await _crowded(session, user_id, day, due[user_id], zone) for day in full]
        found = [*_clashes(engagements[user_id], days, zone, now), *crowded]
        conflicts[user_id] = sorted(found, key=lambda conflict: conflict.day)
    return conflicts


def _clashes(engagements: Sequence[Engagement], days: Collection[date], zone: str, now: datetime) -> Iterable[Conflict]:
    found: dict[str, Conflict] = {}
    for clash in find_clashes(engagements):
        day = to_local(clash.at, zone).date()
        if clash.at > now and day in days and clash.key(day) not in found:  # Of those that come again: the first.
            found[clash.key(day)] = _clash(clash, day, engagements, zone, now)
    return found.values()


def _clash(clash: Clash, day: date, engagements: Sequence[Engagement], zone: str, now: datetime) -> Conflict:
    fix = fix_clash(clash, engagements, zone=zone, now=now)
    objects = [{"kind": each.kind, "id": each.id, "title": each.title} for each in (clash.first, clash.second)]
    return Conflict(
        key=clash.key(day),
        day=day,
        title=words.clash_title(clash, zone),
        text=words.clash_text(clash, zone),
        why=words.WHY[clash.rule],
        data=_data(clash.rule, day, objects, fix) | {"at": clash.at.isoformat(), "series": clash.is_series},
    )


async def _crowded(session: AsyncSession, user_id: str, day: date, due: Mapping[date, int], zone: str) -> Conflict:
    tasks = await queries.list_due_on(session, user_id=user_id, day=day, limit=_NAMED)
    objects = [{"kind": "task", "id": task.id, "title": task.title} for task in tasks]
    return Conflict(
        key=crowded_key(day),
        day=day,
        title=words.crowded_title(day, due[day]),
        text=words.crowded_text([task.title for task in tasks], due[day]),
        why=words.WHY["crowded"],
        data=_data("crowded", day, objects, fix_crowded(day, tasks, due, zone)),
    )


def _data(rule: str, day: date, objects: list[dict[str, str]], fix: Fix | None) -> dict[str, Any]:
    return {
        "rule": rule,
        "day": day.isoformat(),
        "series": False,
        "objects": objects,
        "actions": [{"name": "fix", "label": fix.label}] if fix else [],
        "fix": fix.as_data() if fix else None,
    }
