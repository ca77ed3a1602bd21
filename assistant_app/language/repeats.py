"""What repeats, in English: `every other Tuesday`, `daily`, `Mondays and Thursdays`, `the 1st of every month`."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant_app.language import dates
from assistant_app.language.scene import Scene
from assistant_app.language.spans import read_span
from assistant_app.language.tokens import Found, Tokens, may_start, read_number, read_ordinal, skip, skip_any, word_at
from assistant_app.language.vocabulary import ORDINALS, SMALL_NUMBERS, UNITS, WEEKDAY_PLURALS, WEEKDAYS
from assistant_app.times.rules import DAYS

_EVERY = frozenset({"every", "each"})
_OTHER = frozenset({"other", "second", "alternate"})
_AND = frozenset({",", "and", "&", "+", "/"})
_WORKING = ("MO", "TU", "WE", "TH", "FR")
_UNITS = {"hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_TOO_OFTEN = "Nothing can repeat more often than every hour."
_NOT_WHEN = "On which days, or at what times? How often it happens does not say when."
_MOST = 400


@dataclass(frozen=True)
class Repeat:
    """A recurrence that was read; `part` is a part of the day said with it, as in "every morning".

    `plain` tells that no day was said, so that one said nearby belongs to it: "monthly on the 15th".
    """

    frequency: str
    interval: int = 1
    months: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    days: tuple[str, ...] = ()
    part: str = ""
    unclear: str = ""

    @property
    def plain(self) -> bool:
        """Tell whether it names no days."""
        return not (self.months or self.monthdays or self.days)

    @property
    def rule(self) -> str:
        """Return the rule without its end."""
        numbers = (("BYMONTH", self.months), ("BYMONTHDAY", self.monthdays), ("BYDAY", self.days))
        parts = [f"FREQ={self.frequency}", *([f"INTERVAL={self.interval}"] if self.interval > 1 else [])]
        parts += [f"{name}={','.join(map(str, values))}" for name, values in numbers if values]
        return ";".join(parts)


_ADVERBS = {
    "hourly": Repeat("HOURLY"), "daily": Repeat("DAILY"), "weekly": Repeat("WEEKLY"), "monthly": Repeat("MONTHLY"),
    "yearly": Repeat("YEARLY"), "annually": Repeat("YEARLY"), "everyday": Repeat("DAILY"),
    "fortnightly": Repeat("WEEKLY", 2), "biweekly": Repeat("WEEKLY", 2), "bimonthly": Repeat("MONTHLY", 2),
    "quarterly": Repeat("MONTHLY", 3), "nightly": Repeat("DAILY", part="night"),
    "weekdays": Repeat("WEEKLY", days=_WORKING), "workdays": Repeat("WEEKLY", days=_WORKING),
    "weekends": Repeat("WEEKLY", days=("SA", "SU")),
    "mornings": Repeat("DAILY", part="morning"), "evenings": Repeat("DAILY", part="evening"),
}  # fmt: skip
_EVERY_WORDS = {
    "weekday": Repeat("WEEKLY", days=_WORKING), "workday": Repeat("WEEKLY", days=_WORKING),
    "weekend": Repeat("WEEKLY", days=("SA",)), "morning": Repeat("DAILY", part="morning"),
    "afternoon": Repeat("DAILY", part="afternoon"), "evening": Repeat("DAILY", part="evening"),
    "night": Repeat("DAILY", part="night"), "quarter": Repeat("MONTHLY", 3), "fortnight": Repeat("WEEKLY", 2),
    "noon": Repeat("DAILY", part="noon"), "lunchtime": Repeat("DAILY", part="noon"),
}  # fmt: skip
_PLURAL_PARTS = {"mornings": "morning", "afternoons": "afternoon", "evenings": "evening", "nights": "night"}
_WORKING_DAY = frozenset({"working", "work", "business"})

Reader = Callable[[Tokens, int, Scene], Found[Repeat] | None]


def read_repeat(tokens: Tokens, at: int, scene: Scene) -> Found[Repeat] | None:
    """Read the longest recurrence that starts at a token."""
    if at >= len(tokens) or not may_start(tokens[at], FIRST_WORDS):
        return None
    found = [repeat for reader in _READERS if (repeat := reader(tokens, at, scene)) is not None]
    longest = max(found, key=lambda each: each.end, default=None)
    return _with_days(tokens, longest, scene) if longest and longest.value.plain else longest


def _with_days(tokens: Tokens, found: Found[Repeat], scene: Scene) -> Found[Repeat]:
    """Read the days behind a plain recurrence: `every two weeks on Monday and Thursday`."""
    start = skip(tokens, skip(tokens, found.end, ","), "on")
    if found.value.frequency == "WEEKLY" and start != found.end and (days := _weekday_list(tokens, start)):
        return Found(days.end, replace(found.value, days=days.value))
    if found.value.frequency == "YEARLY" and start != found.end and (date := _every_date(tokens, start, scene)):
        return Found(date.end, replace(date.value, interval=found.value.interval))
    place = _place_list(tokens, skip(tokens, start, "the")) if found.value.frequency == "MONTHLY" else None
    if place and start != found.end:
        return Found(_of_the_month(tokens, place.end), replace(place.value, interval=found.value.interval))
    return found


def _adverb(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    at = skip(tokens, at, "on")
    repeat = _ADVERBS.get(word_at(tokens, at))
    if word_at(tokens, at) == "bi" and word_at(tokens, at + 1) == "-" and word_at(tokens, at + 2) == "weekly":
        return Found(at + 3, Repeat("WEEKLY", 2))
    if repeat and repeat.part and word_at(tokens, at) != "nightly" and word_at(tokens, at - 1) not in ("in", "on"):
        return None
    return Found(at + 1, repeat) if repeat else None


def _every(tokens: Tokens, at: int, scene: Scene) -> Found[Repeat] | None:
    """Read what starts with `every`."""
    at = skip(tokens, at, "once") if word_at(tokens, at + 1) in _EVERY else at
    if word_at(tokens, at) not in _EVERY:
        return None
    at += 1
    if (end := skip(tokens, at, "single")) != at:
        at = end
    readers: tuple[Reader, ...] = (_every_unit, _every_weekdays, _every_place, _every_date, _every_count)
    found = [repeat for reader in readers if (repeat := reader(tokens, at, scene)) is not None]
    return max(found, key=lambda each: each.end, default=None)


def _every_unit(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `day`, `other week`, `third month`, `working day`, `morning`, `day except Sunday`."""
    interval, place = 1, at
    if word_at(tokens, at) in _OTHER:
        interval, place = 2, at + 1
    elif number := read_ordinal(tokens, at):
        interval, place = number.value, number.end
    word = word_at(tokens, place)
    if word in _WORKING_DAY and word_at(tokens, place + 1) == "day":
        return Found(place + 2, _EVERY_WORDS["weekday"])
    if word in _EVERY_WORDS:
        repeat = replace(_EVERY_WORDS[word], interval=_EVERY_WORDS[word].interval * interval)
        return _except(tokens, place + 1, repeat) or Found(place + 1, repeat)
    unit = UNITS.get(word)
    if unit in ("minute", "second"):
        return Found(place + 1, Repeat("HOURLY", unclear=_TOO_OFTEN))
    if unit not in _UNITS or (interval > 2 and unit == "day"):
        return None
    repeat = Repeat(_UNITS[unit], interval)
    return _except(tokens, place + 1, repeat) or Found(place + 1, repeat)


def _except(tokens: Tokens, at: int, repeat: Repeat) -> Found[Repeat] | None:
    """Read `except Sunday` and `from Monday to Friday` behind `every day`."""
    daily = repeat == Repeat("DAILY")
    if not daily and repeat != _EVERY_WORDS["weekday"]:
        return None
    if word_at(tokens, at) in ("except", "but"):
        behind = skip(tokens, skip(tokens, skip(tokens, at + 1, "for"), "on"), "the")
        if word_at(tokens, behind) in ("weekends", "weekend"):
            return Found(behind + 1, _EVERY_WORDS["weekday"])
        spared = _weekday_list(tokens, behind)
        if spared:
            days = tuple(day for day in (DAYS if daily else repeat.days) if day not in spared.value)
            return Found(spared.end, Repeat("WEEKLY", days=days))
    return _weekday_range(tokens, skip(tokens, at, "from")) if daily else None


def _weekday_range(tokens: Tokens, at: int) -> Found[Repeat] | None:
    first, joint, last = (word_at(tokens, at + place) for place in range(3))
    numbers = WEEKDAYS | WEEKDAY_PLURALS
    if first in numbers and last in numbers and joint in ("to", "through", "until", "-"):
        length = (numbers[last] - numbers[first]) % 7 + 1
        days = {DAYS[(numbers[first] + step) % 7] for step in range(length)}
        return Found(at + 3, Repeat("WEEKLY", days=tuple(day for day in DAYS if day in days)))
    return None


def _every_weekdays(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `Monday and Thursday`, `other Tuesday`, `3rd Friday`, `Monday to Friday`."""
    interval, place = 1, at
    if word_at(tokens, at) in _OTHER:
        interval, place = 2, at + 1
    elif (number := read_number(tokens, at)) and number.value <= 52:
        interval, place = number.value, number.end
    days = _weekday_list(tokens, place)
    if days is None or (interval == 1 and (span := _weekday_range(tokens, place)) and span.end > days.end):
        return _weekday_range(tokens, place) if days else None
    return Found(days.end, Repeat("WEEKLY", interval, days=days.value))


def _weekday_list(tokens: Tokens, at: int) -> Found[tuple[str, ...]] | None:
    """Read weekdays with their plurals, in the order of a week."""
    found: set[str] = set()
    end = at
    while True:
        place = end if not found else skip(tokens, skip_any(tokens, end, _AND), "every")
        word = word_at(tokens, place)
        listed = word in WEEKDAY_PLURALS or (word in WEEKDAYS and word_at(tokens, at - 1) in _EVERY)
        if found and place == end and not listed:
            break
        number = WEEKDAYS.get(word, WEEKDAY_PLURALS.get(word))
        if number is None:
            break
        found.add(DAYS[number])
        end = place + 1
    return Found(end, tuple(day for day in DAYS if day in found)) if found else None


def _every_place(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `first Monday of the month`, `last day of the month`, `15th`, `1st and 15th of the month`."""
    place = _place_list(tokens, at)
    if place is None:
        return None
    end = _of_the_month(tokens, place.end)
    if place.value.days and end == place.end and word_at(tokens, at) in _OTHER:
        return None  # "Every second Tuesday" is every other one.
    return Found(end, place.value)


def _place_list(tokens: Tokens, at: int) -> Found[Repeat] | None:
    """Read places in a month: `first Monday`, `last Friday`, `last day`, `1st`, `1st and 15th`."""
    numbers: list[int] = []
    end = at
    while number := _place_number(tokens, skip(tokens, skip_any(tokens, end, _AND) if numbers else end, "the")):
        numbers.append(number.value)
        end = number.end
    if not numbers:
        return None
    weekday = WEEKDAYS.get(word_at(tokens, end))
    if weekday is not None:
        if any(abs(number) > 5 for number in numbers):
            return None
        return Found(end + 1, Repeat("MONTHLY", days=tuple(f"{number}{DAYS[weekday]}" for number in numbers)))
    end = skip(tokens, end, "day")
    if any(number > 31 for number in numbers) or (tokens[at].kind == "word" and end == at + 1 and numbers[0] == -1):
        return None
    return Found(end, Repeat("MONTHLY", monthdays=tuple(numbers)))


def _place_number(tokens: Tokens, at: int) -> Found[int] | None:
    return Found(at + 1, -1) if word_at(tokens, at) == "last" else read_ordinal(tokens, at)


def _of_the_month(tokens: Tokens, at: int) -> int:
    for words in (("of", "the", "month"), ("in", "the", "month"), ("of", "month"), ("of", "a", "month")):
        if (end := skip(tokens, at, *words)) != at:
            return end
    return at


def _of_every_month(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Return the index behind `of every month`, and its interval."""
    behind = skip(tokens, at, "of") if word_at(tokens, at) == "of" else skip(tokens, at, "in")
    if word_at(tokens, behind) not in _EVERY:
        return None
    other = word_at(tokens, behind + 1) in _OTHER
    end = behind + 2 if other else behind + 1
    return (end + 1, 2 if other else 1) if word_at(tokens, end) == "month" else None


def _place_of_every_month(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `the 15th of every month`, `the first Monday of each month`, `the end of every month`."""
    start = skip(tokens, skip(tokens, at, "on"), "the")
    if word_at(tokens, start) in ("end", "start", "beginning") and word_at(tokens, start + 1) == "of":
        number = -1 if word_at(tokens, start) == "end" else 1
        month = _of_every_month(tokens, start + 1)
        return Found(month[0], Repeat("MONTHLY", month[1], monthdays=(number,))) if month else None
    place = _place_list(tokens, start)
    month = _of_every_month(tokens, place.end) if place else None
    return Found(month[0], replace(place.value, interval=month[1])) if place and month else None


def _every_date(tokens: Tokens, at: int, scene: Scene) -> Found[Repeat] | None:
    """Read `4 May`, `May 4th`, `Christmas`, `December`: once a year."""
    if day := dates.read_named(tokens, at, scene):
        return (
            Found(day.end, Repeat("YEARLY", months=(day.value.month,), monthdays=(day.value.day,)))
            if day.value
            else None
        )
    if feast := dates.read_feast(tokens, at, scene):
        return Found(feast.end, Repeat("YEARLY", months=(feast.value.month,), monthdays=(feast.value.day,)))
    month = dates.read_month(tokens, at)
    return Found(month.end, Repeat("YEARLY", months=(month.value,), monthdays=(1,))) if month else None


def _every_count(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `3 days`, `two weeks`, `six months`, `90 minutes`; `few days` is no number."""
    span = read_span(tokens, at)
    if span is None or word_at(tokens, at) in ("a", "an", "other"):
        return None
    value = span.value
    if word_at(tokens, at) in ("few", "couple"):
        return Found(span.end, Repeat("DAILY", unclear="How often exactly: every how many days?"))
    if value.minutes:
        whole = value.minutes % 60 == 0 and not value.days
        if not whole:
            return Found(
                span.end, Repeat("HOURLY", unclear=_TOO_OFTEN if value.minutes < 60 else "Only whole hours repeat.")
            )
        return Found(span.end, Repeat("HOURLY", int(value.minutes // 60)))
    return Found(span.end, _of_length(value.months, value.days)) if max(value.months, value.days) <= _MOST else None


def _of_length(months: int, days: int) -> Repeat:
    if months:
        return Repeat("YEARLY", months // 12) if months % 12 == 0 else Repeat("MONTHLY", months)
    return Repeat("WEEKLY", days // 7) if days % 7 == 0 else Repeat("DAILY", days)


def _plurals(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `Mondays`, `on Tuesdays and Thursdays`, `Mon/Wed/Fri`, `Mondays to Fridays`."""
    at = skip(tokens, at, "on")
    days = _weekday_list(tokens, at)
    if days is None:
        return None
    words = {token.word for token in tokens[at : days.end]}
    if not words & set(WEEKDAY_PLURALS):
        listed = "/" in words and len(days.value) > 1
        return Found(days.end, Repeat("WEEKLY", days=days.value)) if listed else None
    span = _weekday_range(tokens, at)
    return span if span and span.end > days.end else Found(days.end, Repeat("WEEKLY", days=days.value))


def _plural_parts(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `Sunday evenings`, `weekday mornings`, `Tuesday and Thursday nights`."""
    at = skip(tokens, at, "on")
    if (word := word_at(tokens, at)) in ("weekday", "weekend", "workday"):
        end, days = at + 1, ("SA", "SU") if word == "weekend" else _EVERY_WORDS[word].days
    elif found := _weekday_list(tokens, at):
        end, days = found
    else:
        return None
    part = _PLURAL_PARTS.get(word_at(tokens, end))
    return Found(end + 1, Repeat("WEEKLY", days=days, part=part)) if part else None


def _times_per(tokens: Tokens, at: int, _scene: Scene) -> Found[Repeat] | None:
    """Read `once a week`; `twice a week` does not say when."""
    count, end = {"once": 1, "twice": 2, "thrice": 3}.get(word_at(tokens, at), 0), at + 1
    if not count:
        number = read_number(tokens, at)
        if number is None or word_at(tokens, number.end) != "times":
            return None
        count, end = number.value, number.end + 1
    adverb = _ADVERBS.get(word_at(tokens, end))
    if adverb and adverb.plain and count > 1:
        return Found(end + 1, replace(adverb, unclear=_NOT_WHEN))
    if word_at(tokens, end) not in ("a", "per", "an", "every", "each"):
        return None
    unit = UNITS.get(word_at(tokens, end + 1))
    if unit not in _UNITS:
        return None
    return Found(end + 2, Repeat(_UNITS[unit], unclear="" if count == 1 else _NOT_WHEN))


_READERS: tuple[Reader, ...] = (_adverb, _every, _place_of_every_month, _plurals, _plural_parts, _times_per)
FIRST_WORDS = (
    frozenset({
        "every", "each", "once", "twice", "thrice", "on", "bi", "the", "end", "start", "beginning", "last", "weekday",
        "weekend", "workday",
    })
    | _ADVERBS.keys() | WEEKDAYS.keys() | WEEKDAY_PLURALS.keys() | SMALL_NUMBERS.keys() | ORDINALS.keys()
)  # fmt: skip
