"""Phrases of time: reads the parts that stand beside each other as one, in whatever order they come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant_app.language import days, hours, repeats
from assistant_app.language.days import read_day
from assistant_app.language.hours import Hours, read_hours, read_part
from assistant_app.language.periods import Day
from assistant_app.language.repeats import Repeat, read_repeat
from assistant_app.language.scene import Scene
from assistant_app.language.spans import Span, read_span
from assistant_app.language.tokens import Found, Tokens, may_start, read_number, skip, skip_any, word_at

_DAY_PREPOSITIONS = frozenset({
    "on", "by", "before", "until", "from", "for", "around", "about", "during", "over", "after", "due", "at", "in", "or",
    "sometime", "anytime", "any", "some", "time", "no", "not", "later", "than", "starting", "beginning", "through", "@",
    "early", "late",
})  # fmt: skip
_TIME_PREPOSITIONS = frozenset({
    "at", "@", "by", "around", "about", "before", "after", "until", "from", "for", "between", "approximately", "approx",
    "roughly", "exactly", "precisely", "no", "not", "later", "than", "starting", "beginning", "circa", "or", "due",
})  # fmt: skip
_TO = frozenset({"to", "until", "-", "through"})
_STARTS = (("starting",), ("beginning",), ("from",), ("as", "of"), ("effective",), ("start",), ("begin",))
_TAILS = (
    ("at", "the", "latest"),
    ("latest",),
    ("or", "so"),
    ("sharp",),
    ("or", "earlier"),
    ("or", "before"),
    ("or", "two"),
    ("on", "the", "dot"),
    ("all", "day"),
    ("hrs",),
)
_SEPARATORS = frozenset({",", "("})
_PART_PREPOSITIONS = (("in", "the"), ("during", "the"), ("at",), ("by",))
_PARTS_OF_TODAY = frozenset({"this", "later"})


@dataclass(frozen=True)
class Draft:
    """What was read so far. `hours_at` is where the time stands, to be read again when a part of the day is said later.

    `first_word` is the preposition that a phrase starts with; `loose` marks a number that nothing marks as a time.
    """

    day: Day | None = None
    last_day: Day | None = None
    hours: Hours | None = None
    hours_at: int = -1
    last_hours: Hours | None = None
    part: str = ""
    repeat: Repeat | None = None
    ahead: Span | None = None
    length: Span | None = None
    until: Day | None = None
    count: int = 0
    first_word: str = ""
    loose: bool = False
    bare: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing was read yet."""
        return not (self.kinds or self.length)

    @property
    def kinds(self) -> frozenset[str]:
        """Return which questions it answers: `day`, `time`, `repeat`."""
        answers = {
            "day": self.day or self.ahead or (self.part == "tonight"),
            "time": self.hours or self.part or (self.ahead and not self.ahead.whole_days),
            "repeat": self.repeat,
        }
        return frozenset(kind for kind, answered in answers.items() if answered)


Reader = Callable[[Tokens, int, Scene, Draft], Found[Draft] | None]


def read_phrase(tokens: Tokens, at: int, scene: Scene) -> Found[Draft] | None:
    """Read the longest phrase of time that starts at a token."""
    if at >= len(tokens) or not may_start(tokens[at], FIRST_WORDS):
        return None
    draft, end = Draft(), at
    while (found := _part(tokens, end, scene, draft)) is not None:
        end, draft = found
        end = _tail(tokens, end)
    return None if draft.empty else Found(end, draft)


def _part(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read one more part, the longest that fits to those before."""
    starts = [at]
    if not draft.empty and word_at(tokens, at) in _SEPARATORS:
        starts.append(at + 1)
    found = [part for start in starts for reader in _READERS if (part := reader(tokens, start, scene, draft))]
    return max(found, key=lambda each: each.end, default=None)


def _tail(tokens: Tokens, at: int) -> int:
    """Skip what changes nothing behind a part: `at the latest`, a closing bracket."""
    for words in _TAILS:
        if (end := skip(tokens, at, *words)) != at:
            return end
    return at


def _repeat(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    if draft.repeat or draft.ahead:
        return None
    found = read_repeat(tokens, at, scene)
    if found is None:
        return None
    read = _opened(replace(draft, repeat=found.value), word_at(tokens, at))
    if found.value.part and draft.hours_at >= 0 and (again := read_hours(tokens, draft.hours_at, found.value.part)):
        read = replace(read, hours=again.value, bare=False)
    return Found(found.end, read)


def _opened(draft: Draft, word: str) -> Draft:
    return draft if draft.first_word else replace(draft, first_word=word)


def _ahead(tokens: Tokens, at: int, _scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read `in two hours`, `20 minutes from now`."""
    if not draft.empty:
        return None
    start = skip(tokens, at, "in") if word_at(tokens, at) == "in" else skip(tokens, at, "within")
    span = read_span(tokens, start)
    if span is None or span.value.whole_days:
        return None
    end = max(skip(tokens, span.end, "from", "now"), skip(tokens, span.end, "time"))
    if start == at and word_at(tokens, end - 1) != "now":
        return None
    return Found(end, Draft(ahead=span.value, first_word=word_at(tokens, at)))


def _day(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read a day or a range of days, and `this morning`, which is today."""
    if draft.day or draft.ahead or (draft.repeat and word_at(tokens, at) in _TO):
        return None
    start = skip_any(tokens, skip(tokens, at, "all", "day"), _DAY_PREPOSITIONS)
    found = None
    while found is None and start >= at:  # "In" and "after" can belong to the day itself.
        found = _first_of_range(tokens, start, scene) or read_day(tokens, start, scene)
        start -= 1
    if found is None:
        return None
    begin = start + 1
    if begin > at and word_at(tokens, begin - 1) == "in" and found.value.last is None:
        return None
    if found.value.kind == "month" and begin == at and word_at(tokens, at) not in ("next", "this"):
        draft = replace(draft, loose=True)
    draft = _opened(replace(draft, day=found.value), word_at(tokens, at))
    found = _repeated_day(tokens, found, scene)
    last = _end_of_range(tokens, found, scene)
    return Found(last.end, replace(draft, last_day=last.value)) if last else Found(found.end, draft)


def _repeated_day(tokens: Tokens, found: Found[Day], scene: Scene) -> Found[Day]:
    """Read past the same day said in other words: `tomorrow, the 19th`."""
    if word_at(tokens, found.end) not in (",", "(") or found.value.last:
        return found
    again = read_day(tokens, found.end + 1, scene)
    if again is None or again.value.first != found.value.first:
        return found
    return Found(again.end + 1 if word_at(tokens, again.end) in (",", ")") else again.end, found.value)


def _first_of_range(tokens: Tokens, at: int, scene: Scene) -> Found[Day] | None:
    """Read the `3` of "3-5 December" and of "3rd to 5th of May", whose month stands behind the range."""
    number = read_number(tokens, at)
    end = number.end if number else at + 1
    if at >= len(tokens) or tokens[at].number is None or word_at(tokens, end) not in _TO:
        return None
    last = read_day(tokens, end + 1, scene)
    if last is None or last.value.kind != "date" or tokens[end + 1].kind not in ("number", "ordinal"):
        return None
    try:
        first = last.value.first.replace(day=tokens[at].number or 0)
    except ValueError:
        return None
    return Found(end, Day(first, kind="date")) if first < last.value.first else None


def _end_of_range(tokens: Tokens, found: Found[Day], scene: Scene) -> Found[Day] | None:
    if word_at(tokens, found.end) not in _TO:
        return None
    first = found.value.first
    number = tokens[found.end + 1].number if found.end + 1 < len(tokens) else None
    last = read_day(tokens, found.end + 1, Scene(scene.now.replace(year=first.year, month=first.month, day=first.day)))
    if last and last.value.first > first:
        return last
    glued = word_at(tokens, found.end) == "-" or tokens[found.end - 1].kind == "ordinal"
    if number and found.value.kind == "date" and (glued or word_at(tokens, found.end) == "to"):
        return _same_month(first, number, found.end + 2)
    return None


def _same_month(first: date, number: int, end: int) -> Found[Day] | None:
    try:
        day = first.replace(day=number)
    except ValueError:
        return None
    return Found(end, Day(day, kind="date")) if day > first else None


def _hours(tokens: Tokens, at: int, _scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read a time or a range of times; a number alone needs a preposition or a day before it."""
    if draft.hours or draft.ahead:
        return None
    start = skip_any(tokens, at, _TIME_PREPOSITIONS)
    found = read_hours(tokens, start, draft.part or (draft.repeat.part if draft.repeat else ""))
    if found is None:
        return None
    marked = start != at and word_at(tokens, start - 1) not in ("for", "about", "or", "than")
    loose = found.value.bare and not marked and draft.empty
    if found.value.bare and not marked and not draft.empty and (start != at or not draft.kinds & {"day"}):
        return None
    part = "" if found.value.part in ("midnight", "end of day", "noon") else found.value.part
    opened = _opened(draft, word_at(tokens, at))
    bare = draft.bare or found.value.bare
    read = replace(
        opened, hours=found.value, hours_at=start, part=part or draft.part, bare=bare, loose=loose or draft.loose
    )
    return Found(found.end, read)


def _day_part(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read a part of the day: beside a day, as `in the evening`, `this morning`, `tonight`."""
    if draft.part or draft.ahead or (draft.hours and draft.hours.part):
        return None
    start, day = skip(tokens, at, "first", "thing"), draft.day
    start = max(skip(tokens, start, *words) for words in _PART_PREPOSITIONS)
    if word_at(tokens, start) in _PARTS_OF_TODAY and day is None:
        start, day = start + 1, Day(scene.today)
    found = read_part(tokens, start)
    if found is None or found.value in ("noon", "midday", "lunchtime", "noontime"):
        return None
    loose = start == at and draft.empty and found.value != "tonight"
    if start == at and found.value == "tonight" and draft.day:
        return None
    read = replace(_opened(draft, word_at(tokens, at)), part=found.value, day=day, loose=draft.loose or loose)
    if draft.hours_at >= 0 and (again := read_hours(tokens, draft.hours_at, found.value)):
        read = replace(read, hours=again.value, bare=False)
    return Found(found.end, read)


def _first_thing(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read `first thing tomorrow` and `first thing on Monday morning`."""
    start = skip(tokens, at, "first", "thing")
    day = read_day(tokens, skip(tokens, start, "on"), scene) if start != at and draft.empty else None
    if day is None:
        return None
    return Found(skip(tokens, day.end, "morning"), Draft(day=day.value, part="morning", first_word="first"))


def _length(tokens: Tokens, at: int, _scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read `for an hour`, and a length behind a time: `at 10, 30 min`."""
    if draft.length or draft.ahead:
        return None
    start = skip(tokens, at, "for")
    if start == at and not draft.hours:
        return None
    start = max(skip(tokens, start, "the", "next"), skip(tokens, start, "about"), start)
    span = read_span(tokens, start)
    if span is None or (start == at and span.value.whole_days):
        return None
    end = span.end + 1 if word_at(tokens, span.end) in ("long", ")") else span.end
    return Found(end, _opened(replace(draft, length=span.value), word_at(tokens, at)))


def _until(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read the end behind a start: `until 1 December` of what repeats, `to 5pm`, `until Saturday 2:00`."""
    word = word_at(tokens, at)
    if draft.empty or word not in _TO:
        return None
    start = skip(tokens, at + 1, "the", "end", "of") if word_at(tokens, at + 2) == "end" else at + 1
    day = read_day(tokens, start, scene)
    if draft.repeat and day and not draft.until:
        return Found(day.end, replace(draft, until=day.value))
    if not draft.hours or draft.hours.end or draft.last_hours:
        return None
    # Who starts in the evening does not end on the next afternoon.
    part = "morning" if day and draft.hours.start.hour >= 18 else ""
    hours = read_hours(tokens, skip(tokens, day.end, "at") if day else start, part)
    if hours is None:
        return None
    return Found(hours.end, replace(draft, last_day=day.value if day else None, last_hours=hours.value))


def _start(tokens: Tokens, at: int, scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read `starting next week` behind what repeats."""
    if not draft.repeat or draft.day:
        return None
    for words in _STARTS:
        if (start := skip(tokens, at, *words)) != at and (day := read_day(tokens, skip(tokens, start, "on"), scene)):
            return Found(skip(tokens, day.end, "on"), replace(draft, day=day.value))
    return None


def _count(tokens: Tokens, at: int, _scene: Scene, draft: Draft) -> Found[Draft] | None:
    """Read `10 times` behind what repeats."""
    number = read_number(tokens, skip(tokens, at, "for")) if draft.repeat and not draft.count else None
    if number and word_at(tokens, number.end) in ("times", "occurrences") and number.value > 0:
        return Found(number.end + 1, replace(draft, count=number.value))
    return None


_READERS: tuple[Reader, ...] = (_repeat, _ahead, _day, _hours, _day_part, _first_thing, _length, _until, _start, _count)
FIRST_WORDS = (
    days.FIRST_WORDS
    | repeats.FIRST_WORDS
    | hours.FIRST_WORDS
    | _DAY_PREPOSITIONS
    | _TIME_PREPOSITIONS
    | {"during", "first", "all"}
)
