"""What a conflict is: pure rules over what takes place, without a clock or a database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from assistant_app.services.engagements import Engagement

Rule = Literal["overlap", "task", "travel", "crowded"]
BREAK = timedelta(minutes=15)  # Between two places; less is no time to get from one to the other.
MOST_DUE = 8  # More open tasks than this on one day are too many.


@dataclass(frozen=True)
class Clash:
    """Two engagements that cannot both be kept; `second` begins later, which is when they clash."""

    rule: Rule
    first: Engagement
    second: Engagement

    @property
    def at(self) -> datetime:
        """The moment from which both cannot be kept."""
        return self.second.starts_at

    @property
    def is_series(self) -> bool:
        """Whether both come again and again, so that they clash more than once."""
        return self.first.is_series and self.second.is_series

    def key(self, day: date) -> str:
        """Return what names this matter: the two and the day, or only the two if they clash again and again."""
        ids = "+".join(sorted((self.first.id, self.second.id)))
        return f"conflict:{self.rule}:{ids}:{'series' if self.is_series else day.isoformat()}"


def crowded_key(day: date) -> str:
    """Return what names too much on one day."""
    return f"conflict:crowded:{day.isoformat()}"


def find_clashes(engagements: Iterable[Engagement]) -> list[Clash]:
    """Return all pairs that clash, in the order of time."""
    found: list[Clash] = []
    near: list[Engagement] = []  # What began before, and has not been over for long.
    for each in sorted(engagements, key=_order):
        near = [other for other in near if end_of(other) + BREAK > each.starts_at]
        for other in near:
            rule = _rule(other, each)
            if rule is not None:
                found.append(Clash(rule, other, each))
        near.append(each)
    return found


def end_of(engagement: Engagement) -> datetime:
    """Return from when on nothing else is kept from its time; what takes no time has its moment to itself."""
    return max(engagement.ends_at, engagement.starts_at + timedelta.resolution)


def are_apart(one: str, other: str) -> bool:
    """Tell whether two places are known, and not the same."""
    here, there = " ".join(one.casefold().split()), " ".join(other.casefold().split())
    return bool(here and there) and here != there


def free_from(
    taken: Sequence[tuple[datetime, datetime]], *, first: datetime, last: datetime, length: timedelta, step: timedelta
) -> datetime | None:
    """Return the first moment of the clock's `step`s from which `length` is free and over by `last`."""
    start = _rounded_up(first, step)
    for begins, ends in sorted(taken):
        if begins >= start + length:
            break
        if ends > start:
            start = _rounded_up(ends, step)
    return start if start + length <= last else None


def _order(engagement: Engagement) -> tuple[datetime, datetime, str, str]:
    return engagement.starts_at, engagement.ends_at, engagement.kind, engagement.id


def _rule(earlier: Engagement, later: Engagement) -> Rule | None:
    """Return the rule by which two clash, None if both can be kept."""
    if earlier.id == later.id or earlier.kind == later.kind == "task":
        return None
    if later.starts_at < end_of(earlier):
        return "task" if "task" in (earlier.kind, later.kind) else "overlap"
    is_near = later.starts_at - earlier.ends_at < BREAK
    return "travel" if is_near and are_apart(earlier.place, later.place) else None


def _rounded_up(moment: datetime, step: timedelta) -> datetime:
    """Return the next moment that a clock shows in whole steps, or the moment itself if it is one."""
    over = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % step
    return moment + (step - over) if over else moment
