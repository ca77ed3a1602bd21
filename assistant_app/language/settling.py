"""Makes one moment of what a phrase says, by what is usual where it leaves something open."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from assistant_app.language.dates import next_monthday
from assistant_app.language.hours import Hours, part_time
from assistant_app.language.periods import Day
from assistant_app.language.phrases import Draft
from assistant_app.language.repeats import Repeat
from assistant_app.language.scene import Scene
from assistant_app.language.when import When
from assistant_app.times.recurrence import following
from assistant_app.times.rules import DAYS


def settle(draft: Draft, scene: Scene) -> When:
    """Return what a draft means, seen from the scene."""
    if draft.ahead:
        moment = draft.ahead.after(scene.now)
        return When(moment.date(), moment.time())
    hours = _hours_of(draft)
    if draft.repeat:
        return _repeating(draft, draft.repeat, hours, scene)
    day = _day_of(draft, hours, scene)
    return _with_end(draft, hours, When(day, hours.start if hours else None, unclear=_unclear(draft)))


def _hours_of(draft: Draft) -> Hours | None:
    """Return the time, of a part of the day the one that it stands for."""
    if draft.hours:
        return draft.hours
    part = draft.part or (draft.repeat.part if draft.repeat else "")
    return Hours(part_time(part), part=part, today=part == "tonight") if part else None


def _unclear(draft: Draft) -> str:
    days = (draft.day, draft.last_day, draft.until)
    return next((day.unclear for day in days if day and day.unclear), draft.repeat.unclear if draft.repeat else "")


def _day_of(draft: Draft, hours: Hours | None, scene: Scene) -> date | None:
    """Return the first day: without one said, today if the time is still to come, else tomorrow."""
    if draft.day is None and hours is None:
        return None
    later = timedelta(days=1 if hours and hours.next_day else 0)
    ahead = hours is not None and (hours.next_day or hours.start > scene.now.time())
    if draft.day:
        return _said_day(draft.day, scene, ahead=ahead, passed=hours is not None and not ahead) + later
    if hours and (ahead or hours.today):
        return scene.today + later
    return scene.today + timedelta(days=1)


def _said_day(day: Day, scene: Scene, *, ahead: bool, passed: bool) -> date:
    if day.or_today and ahead:
        return scene.today
    if day.kind == "monthday" and passed and day.first == scene.today and day.number:
        tomorrow = Scene(scene.now + timedelta(days=1))
        return next_monthday(tomorrow, day.number) or day.first
    return day.first


def _with_end(draft: Draft, hours: Hours | None, when: When) -> When:
    """Add the end: a last day, a time, or what a length comes to."""
    day = when.day
    if day is None:
        return replace(when, duration=draft.length.as_timedelta(date.min) if draft.length else None)
    if draft.day and draft.day.last and not hours:
        when = replace(when, through=draft.day.last)
    if draft.last_day:
        when = replace(when, end_day=draft.last_day.last or draft.last_day.first)
    if hours and hours.end:
        end_day = (when.end_day or day) + timedelta(days=1) if hours.end_next_day else when.end_day
        when = replace(when, end_time=hours.end, end_day=end_day)
    if draft.last_hours:
        when = _until_hours(when, day, draft.last_hours)
    return _with_length(draft, when)


def _until_hours(when: When, day: date, last: Hours) -> When:
    """End at a time: one that is not behind the start is of the next day."""
    end_day = when.end_day or day
    passed = end_day == day and when.time is not None and last.start <= when.time
    if last.next_day or passed:
        end_day += timedelta(days=1)
    return replace(when, end_time=last.start, end_day=end_day if end_day != day else None)


def _with_length(draft: Draft, when: When) -> When:
    if draft.length is None or when.day is None:
        return when
    length = draft.length.as_timedelta(when.day)
    if when.time is not None or not draft.length.whole_days:
        return replace(when, duration=length)
    last = when.day + length - timedelta(days=1)
    return replace(when, through=None, end_day=last if last > when.day else None)


def _repeating(draft: Draft, repeat: Repeat, hours: Hours | None, scene: Scene) -> When:
    repeat = _with_said_day(draft, repeat)
    at = hours.start if hours else None
    first = _first(draft, repeat, hours, scene)
    when = When(first, at, repeat=repeat.rule, unclear=_unclear(draft))
    ended = _with_end(replace(draft, day=None, last_day=None, length=None), hours, when)
    length = draft.length
    if length and not length.whole_days:
        ended = replace(ended, duration=length.as_timedelta(first))
    last = draft.until and (draft.until.last if draft.until.kind in ("month", "year") else draft.until.first)
    if length and length.whole_days:
        last = first + length.as_timedelta(first) - timedelta(days=1)
    if draft.count:
        return replace(ended, repeat=f"{repeat.rule};COUNT={draft.count}")
    if last:
        past = "" if last >= first else "That would end before it begins."
        return replace(ended, repeat=f"{repeat.rule};UNTIL={last:%Y%m%d}", unclear=ended.unclear or past)
    return ended


def _with_said_day(draft: Draft, repeat: Repeat) -> Repeat:
    """Let a day that was said beside a plain recurrence be its day: "monthly on the 15th"."""
    day = draft.day
    if day is None or not repeat.plain:
        return repeat
    if repeat.frequency == "WEEKLY" and day.kind == "weekday":
        return replace(repeat, days=(DAYS[day.first.weekday()],))
    if repeat.frequency == "MONTHLY" and day.kind == "nth":
        return replace(repeat, days=(f"{day.number}{DAYS[day.first.weekday()]}",))
    if repeat.frequency == "MONTHLY" and day.kind == "monthday":
        return replace(repeat, monthdays=(day.number or day.first.day,))
    if repeat.frequency == "YEARLY" and day.kind in ("date", "feast"):
        return replace(repeat, months=(day.first.month,), monthdays=(day.first.day,))
    return repeat


def _first(draft: Draft, repeat: Repeat, hours: Hours | None, scene: Scene) -> date:
    """Return the day of the first occurrence that is still to come."""
    at = hours.start if hours else time()
    after = scene.now if hours else datetime.combine(scene.today, time()) - timedelta.resolution
    if draft.day and not draft.day.unclear:
        start = datetime.combine(draft.day.first, time())
        if draft.day.or_today and hours and at > scene.now.time():
            start -= timedelta(days=7)
        after = max(after, start - timedelta.resolution)
    elif repeat.frequency == "HOURLY" and not hours:
        return (scene.now + timedelta(hours=repeat.interval)).date()
    begin = datetime.combine(after.date(), at)
    # The interval counts from the first occurrence on: it must not decide which one that is.
    rule = replace(repeat, interval=1).rule if not repeat.plain else "FREQ=DAILY"
    found = following(rule, start=begin, after=after)
    return found.date() if found else scene.today
