"""Days and moments as the tools take them, read from words: ISO days, and ISO moments with the offset of the zone."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant_app.language.extract import extract, find_phrases
from assistant_app.language.moments import When, read_when
from assistant_app.language.spans import Span, read_span
from assistant_app.language.tokens import tokenize
from assistant_app.llm.builtin.stretches import read_stretch
from assistant_app.times.recurrence import between, next_moment
from assistant_app.times.zones import to_utc

MORNING = time(9)
_BETWEEN = re.compile(r"(?:in )?between\s+(.+?)\s+and\s+(.+)", re.IGNORECASE)
_ONCE = re.compile(
    r"\b(?:today|tonight|tomorrow|once|this (?:time|week|month|evening|morning|one time))\b", re.IGNORECASE
)
_NEXT = re.compile(r"\bnext (?:time|one)\b|^(?:the |my |our )?next\b(?! (?:week|month|year))", re.IGNORECASE)
_STRETCH = re.compile(r"\b(?:this|next|the coming|the following) (?:week|month|weekend)\b", re.IGNORECASE)
# What comes every so many hours begins that many from now, as nothing was said of its first time.
_HOURLY = re.compile(r"FREQ=HOURLY(?:;INTERVAL=(?P<count>\d+))?")
_UNTIL = re.compile(r"(?:due\s+)?(before|by|until|till|up to)\s+", re.IGNORECASE)


# What tells which half of the day an hour is in.
_HALF = re.compile(r"\d\s*[ap]\.?m|morning|noon|evening|night|\b0\d|\b1[3-9]|\b2\d:", re.IGNORECASE)


def _nearest(at: time, old: time) -> time:
    """Take an hour such as 7:30 for the half of the day that is nearer to the time it was: of an evening, 19:30."""
    if old.hour < 12 or at.hour >= 12:
        return at
    later = at.replace(hour=at.hour + 12)
    return later if abs(later.hour - old.hour) < abs(at.hour - old.hour) else at


@dataclass(frozen=True)
class Moments:
    """Reads words against one local moment."""

    now: datetime

    @property
    def today(self) -> date:
        """The day that it is for the person."""
        return self.now.date()

    @property
    def zone(self) -> str:
        """The person's zone."""
        return str(self.now.tzinfo)

    def when(self, text: str) -> When | None:
        """Read a phrase of time; the whole text has to be one."""
        return read_when(text, self.now)

    def days(self, text: str) -> tuple[date, date] | None:
        """Read a day or a stretch of days, its first and its last."""
        text = re.sub(r"['’]s$", "", text.strip())
        if until := _UNTIL.match(text):
            days = self.days(text[until.end() :])
            last = days[0] - timedelta(days=1) if days and until[1].lower() == "before" else days[1] if days else None
            return (self.today, last) if last and last >= self.today else None
        if stretch := read_stretch(text, self.today):
            return stretch
        if between := _BETWEEN.fullmatch(text):
            text = f"from {between[1]} to {between[2]}"
        when = self.when(text)
        if when is None or when.repeat or when.unclear:
            return None
        return when.days

    def span(self, text: str) -> Span | None:
        """Read a length of time such as "an hour"; the whole text has to be one."""
        tokens = tokenize(text)
        start = next((at for at, token in enumerate(tokens) if token.word not in ("for", "by", "in", "about")), 0)
        found = read_span(tokens, start)
        return found.value if found and found.end == len(tokens) else None

    def split(self, text: str) -> tuple[str, str]:
        """Return the text without the time that tells which one is meant, and that time; empty if there is none."""
        text = re.sub(r"['’]s\b", "", text)  # "Monday's meeting" is the one on Monday.
        phrases = find_phrases(text, self.now)
        if not phrases:
            return text, ""
        first = phrases[0]
        # "The 10 o'clock dentist on Friday" is told by two of them, where they make one time.
        joined = " on ".join(text[each.start : each.end].removeprefix("on ") for each in phrases[:2])
        chosen = phrases[:2] if len(phrases) == 2 and self.when(joined) else phrases[:1]
        rest, last = "", 0
        for each in chosen:
            rest += f" {text[last : each.start]}"
            last = each.end
        return " ".join(f"{rest} {text[last:]}".split()), joined if len(chosen) == 2 else text[first.start : first.end]

    def fits(self, iso: str, words: str) -> bool:
        """Tell whether an object's time is the one that words name, as in "the 3pm meeting"."""
        when = self.when(words) or extract(words, self.now).when
        if when is None or not iso:
            return False
        moment = self.local(iso)
        at = moment.time() if isinstance(moment, datetime) else None
        day = moment.date() if isinstance(moment, datetime) else moment
        exact = when.time and (re.search(r"\d", words) or "noon" in words)  # "Tonight" names no minute.
        if when.time and exact and (at is None or (at.hour, at.minute) != (when.time.hour, when.time.minute)):
            return False
        days = when.days
        return days is None or not self.says_day(words) or days[0] <= day <= days[1]

    def named_day(self, words: str) -> date | None:
        """Return the one day that words name, as in "the standup on Friday"; None if they name none, or several."""
        phrase = self.split(words)[1]
        days = self.days(phrase) if phrase and self.says_day(phrase) else None
        return days[0] if days and days[0] == days[1] else None

    def names_one_time(self, words: str) -> bool:
        """Tell whether words speak of one time only of what may repeat: "today", "just this once", "on Friday"."""
        return bool(_ONCE.search(words) or _STRETCH.search(words) or _NEXT.search(words) or self.named_day(words))

    def names_next(self, words: str) -> bool:
        """Tell whether words speak of the next time of what repeats: "the next yoga", "pills next time"."""
        return bool(_NEXT.search(words))

    def names_stretch(self, words: str) -> bool:
        """Tell whether words speak of a week or a month, in which something may come several times."""
        return bool(_STRETCH.search(words))

    def times_in_stretch(self, iso: str, repeat: str, words: str) -> list[date]:
        """Return the days of a week or month that words name on which something comes, by its rule."""
        named = _STRETCH.search(words)
        days = self.days(named[0]) if named and iso and repeat else None
        if days is None:
            return []
        moment = self.local(iso)
        begins = moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())
        early, late = datetime.combine(days[0], time()), datetime.combine(days[1], time.max)
        return [each.date() for each in between(repeat, start=begins, first=early, last=late)]

    def on_day(self, iso: str, day: date) -> str:
        """Return the same time of day on another day."""
        old = self.local(iso)
        return self.iso(day, old.time() if isinstance(old, datetime) else None)

    def says_day(self, words: str) -> bool:
        """Tell whether a phrase names a day: a time alone is the next one that comes, so it depends on the time now."""
        early, late = self.now.replace(hour=0, minute=0, second=0), self.now.replace(hour=23, minute=59)
        first, second = read_when(words, early), read_when(words, late)
        if first is None or second is None or first.day is None or second.day is None:
            return True
        return not (first.time and first.day == self.today and second.day == self.today + timedelta(days=1))

    def local(self, iso: str) -> datetime | date:
        """Return the day or the local moment that is written in ISO 8601."""
        return datetime.fromisoformat(iso).astimezone(self.now.tzinfo) if "T" in iso else date.fromisoformat(iso)

    def iso(self, day: date, at: time | None) -> str:
        """Write a day, or a moment of it in the person's zone."""
        if at is None:
            return day.isoformat()
        moment = to_utc(datetime.combine(day, at), self.zone).astimezone(ZoneInfo(self.zone))
        return moment.isoformat(timespec="seconds")

    def hour(self, words: str) -> time | None:
        """Read a time of day that says no day; None for anything else."""
        when = (self.when(words) or self.when(f"at {words}")) if words else None
        plain = when is not None and not (when.repeat or when.unclear or when.end)
        return when.time if when and plain and not self.says_day(words) else None

    def ending(self, start: str, hour: time) -> str:
        """Return the moment at which something that starts then ends: the next such hour, be it of the afternoon."""
        begins = self.local(start)
        if not isinstance(begins, datetime):
            return ""
        later = hour.replace(hour=hour.hour + 12) if hour.hour < 12 and hour <= begins.time() else hour
        return self.iso(begins.date(), later)

    def due(self, when: When | None) -> str:
        """Write when something is due: a day or a moment, the first of them if it repeats; empty without any."""
        if when is None or (when.day is None and when.time is None and not when.repeat):
            return ""
        return self.iso(self._day(when), when.time)

    def at(self, when: When | None, *, default: time | None = MORNING) -> str:
        """Write the moment of a reminder; a day alone is its morning.

        Empty if no time was said at all, or only "today" when its morning is over.
        """
        if when is None or (when.day is None and when.time is None and not when.repeat):
            return ""
        if when.day == self.today and when.time is None and not when.repeat and default and default <= self.now.time():
            return ""
        if when.time is None and when.day in (None, self.today) and (hours := _HOURLY.match(when.repeat)):
            begin = self.now.replace(second=0, microsecond=0) + timedelta(hours=int(hours["count"] or 1))
            return self.iso(begin.date(), begin.time())
        day = self._day(when, default)
        if when.repeat and when.time is None and default and day == self.today and default <= self.now.time():
            day = self._day(replace(when, day=None), default)  # What repeats begins with the next time.
        return self.iso(day, when.time or default)

    def end(self, when: When) -> str:
        """Write when an event ends, empty if that was not said."""
        day = self._day(when)
        if when.time is None:
            return when.end_day.isoformat() if when.end_day and when.end_day != day else ""
        if when.duration:
            start = to_utc(datetime.combine(day, when.time), self.zone)
            return (start + when.duration).astimezone(ZoneInfo(self.zone)).isoformat(timespec="seconds")
        if when.end_time is None:
            return ""
        last = when.end_day or (day if when.end_time > when.time else day + timedelta(days=1))
        return self.iso(last, when.end_time)

    def _day(self, when: When, default: time | None = None) -> date:
        if when.day:
            return when.day
        at = when.time or default or time(23, 59)
        if when.repeat:
            start = datetime.combine(self.today, at)
            first = next_moment(when.repeat, start=start, zone=self.zone, after=self.now - timedelta(seconds=1))
            return first.astimezone(self.now.tzinfo).date() if first else self.today
        return self.today if at > self.now.time() else self.today + timedelta(days=1)

    def moved(self, iso: str, words: str) -> str:
        """Move what is at `iso` to another time: what was not said, the day or the time of day, stays as it is."""
        when = self.when(words) or When()
        old = self.local(iso) if iso else None
        at = when.time or (old.time().replace(second=0, microsecond=0) if isinstance(old, datetime) else None)
        if at and old and isinstance(old, datetime) and not _HALF.search(words):
            at = _nearest(at, old.time())
        if when.day and self.says_day(words):
            return self.iso(when.day, at)
        kept = old.date() if isinstance(old, datetime) else old
        day = kept if kept and kept > self.today else self._day(when)
        return self.iso(day, at)

    def instead(self, old: str, new: str) -> str:
        """Say a time that was corrected, "5pm" and "6", as what it is in the end; empty if one of them is no such time.

        What was not said again, the day or the hour, stays.
        """
        was, now = self.when(old), self.when(new)
        if was is None or now is None or any(each.repeat or each.unclear or each.end for each in (was, now)):
            return ""
        at = now.time or was.time
        if now.time and was.time and not _HALF.search(new):
            at = _nearest(now.time, was.time)
        days = (each.day for each, said in ((now, new), (was, old)) if each.day and self.says_day(said))
        day = next(days, None)
        on = f"on {day.isoformat()}" if day else ""
        return f"{on} at {at:%H:%M}".strip() if at else on

    def shifted(self, iso: str, span: Span, sign: int) -> str:
        """Move what is at `iso` by a length of time; what has no time is moved from now on."""
        length = span.times(sign)
        old = self.local(iso) if iso else (self.today if span.whole_days else self.now.replace(second=0, microsecond=0))
        if not isinstance(old, datetime):
            if span.whole_days:
                return length.after(datetime.combine(old, MORNING)).date().isoformat()
            old = datetime.combine(old, MORNING, self.now.tzinfo)
        if span.whole_days:
            moved = length.after(old.replace(tzinfo=None))
            return self.iso(moved.date(), moved.time())
        # Hours that pass, not hands of the clock: the two differ on the nights when the clocks change.
        return length.after(old.astimezone(UTC)).astimezone(self.now.tzinfo).isoformat(timespec="seconds")
