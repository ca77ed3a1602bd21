"""Times of day: `5`, `5pm`, `half past four`, `12-1pm`, `in the morning`."""

from dataclasses import dataclass, replace
from datetime import time
from typing import Literal

from assistant_app.language.tokens import Found, Tokens, may_start, read_number, skip, skip_any, word_at
from assistant_app.language.vocabulary import PARTS, SMALL_NUMBERS, TENS

Half = Literal["", "am", "pm", "exact"]
_HALVES: tuple[tuple[tuple[str, ...], Half], ...] = tuple(
    (words, half)
    for half in ("am", "pm")
    for words in ((half,), (half[0], ".", "m", "."), (half[0], ".", "m"), (half[0], "m"))
)
_BETWEEN = frozenset({"-", "to", "until"})
_EARLY_OR_LATE = frozenset({"early", "late", "mid", "-"})
_END_OF_DAY = (
    ("end", "of", "the", "day"), ("end", "of", "day"), ("close", "of", "business"), ("end", "of", "business"),
    ("eod",), ("cob",), ("end", "of", "the", "working", "day"), ("end", "of", "the", "workday"),
)  # fmt: skip
_END_OF_WORK = time(17, 0)


@dataclass(frozen=True)
class Clock:
    """What was said of a time: the half of the day can be open, and `bare` is a number that needs company."""

    hour: int
    minute: int = 0
    half: Half = ""
    bare: bool = False


@dataclass(frozen=True)
class Hours:
    """A time of day that was read, perhaps with its end.

    `next_day` and `end_next_day` tell that it lies behind midnight of the day that was said. `bare` says that it is a
    number that only its place in a sentence makes a time; `part` is the part of the day, if one was said.
    """

    start: time
    end: time | None = None
    next_day: bool = False
    end_next_day: bool = False
    bare: bool = False
    part: str = ""
    today: bool = False


def read_hours(tokens: Tokens, at: int, part: str = "") -> Found[Hours] | None:
    """Read a time or a range of times that starts at a token; `part` was said elsewhere, as in `tonight at 8`."""
    if at >= len(tokens) or not may_start(tokens[at], FIRST_WORDS):
        return None
    first = read_clock(tokens, at)
    if first is None:
        return _read_named(tokens, at)
    end, last = first.end, None
    joint = word_at(tokens, end)
    ranged = joint in _BETWEEN or (joint == "and" and word_at(tokens, at - 1) == "between")
    if ranged and (second := read_clock(tokens, end + 1)):
        end, last = second.end, second.value
    own = _read_part_behind(tokens, end)
    if own:
        end, part = own.end, own.value
    hours = _range(first.value, last, part) if last else _single(first.value, part)
    return Found(end, hours) if hours else None


def read_part(tokens: Tokens, at: int) -> Found[str] | None:
    """Read a part of a day that stands without a time: `morning`, `late afternoon`, `in the evening`."""
    at = skip_any(tokens, at, _EARLY_OR_LATE)
    if (word := word_at(tokens, at)) in PARTS:
        return Found(at + 1, word)
    return None


def part_time(part: str) -> time:
    """Return the time that a part of a day stands for."""
    return time(PARTS[part], 0)


def _read_named(tokens: Tokens, at: int) -> Found[Hours] | None:
    """Read a time that has a name: `noon`, `midnight`, `end of day`."""
    if word_at(tokens, at) == "midnight":
        return Found(at + 1, Hours(time(0, 0), next_day=True, part="midnight"))
    for words in _END_OF_DAY:
        if (end := skip(tokens, at, *words)) != at:
            return Found(end, Hours(_END_OF_WORK, part="end of day"))
    if word_at(tokens, at) in ("noon", "midday", "noontime", "lunchtime", "lunch") and _is_time(tokens, at):
        return Found(at + 1, Hours(time(12, 0), part="noon"))
    return None


def _is_time(tokens: Tokens, at: int) -> bool:
    """Lunch is a time only where something is said to be at it."""
    return tokens[at].word != "lunch" or word_at(tokens, at - 1) == "at"


def read_clock(tokens: Tokens, at: int) -> Found[Clock] | None:
    """Read one time: figures, words, or `quarter to six`."""
    if at >= len(tokens):
        return None
    if tokens[at].word in ("noon", "midday"):
        return Found(at + 1, Clock(12, 0, "pm"))
    found = _read_relative(tokens, at) or _read_figures(tokens, at) or _read_spoken(tokens, at)
    if found is None or found.value.hour > 24 or found.value.minute > 59:
        return None
    return _with_half(tokens, found)


def _read_figures(tokens: Tokens, at: int) -> Found[Clock] | None:
    """Read `17:30`, `5.30`, `17h30`, `1730`, `17h`."""
    token = tokens[at]
    if token.kind == "iso" and len(token.raw) >= 16:
        return Found(at + 1, Clock(int(token.raw[11:13]), int(token.raw[14:16]), "exact"))
    if token.kind == "clock":
        sign = next(sign for sign in ":.h" if sign in token.word)
        hour, minute = (int(part) for part in token.word.split(sign)[:2])
        exact = hour > 12 or token.word[0] == "0"
        return Found(at + 1, Clock(hour, minute, "exact" if exact else "", bare=sign == "."))
    if token.number is None or token.kind != "number":
        return None
    if len(token.raw) == 4 and token.number <= 2359:
        military = word_at(tokens, at + 1) in ("hours", "hrs")
        clock = Clock(*divmod(token.number, 100), half="exact", bare=not military)
        return Found(at + 2 if military else at + 1, clock)
    if len(token.raw) == 3 and 100 <= token.number <= 1259 and word_at(tokens, at + 1) in ("am", "pm"):
        return Found(at + 1, Clock(*divmod(token.number, 100)))
    return _hour(tokens, at + 1, token.number, leading_zero=token.raw[0] == "0") if len(token.raw) <= 2 else None


def _read_spoken(tokens: Tokens, at: int) -> Found[Clock] | None:
    """Read `five`, `five thirty`, `ten o'clock`."""
    hour = SMALL_NUMBERS.get(tokens[at].word)
    if hour is None or not 1 <= hour <= 12:
        return None
    behind = skip(tokens, at + 1, "-")
    minute = read_number(tokens, behind)
    if minute and tokens[behind].kind == "word" and minute.value in range(10, 60):
        return Found(minute.end, Clock(hour, minute.value))
    if word_at(tokens, at + 1) in ("oh", "o") and (minute := read_number(tokens, at + 2)) and minute.value < 10:
        return Found(minute.end, Clock(hour, minute.value))
    return _hour(tokens, at + 1, hour)


def _hour(tokens: Tokens, end: int, hour: int, *, leading_zero: bool = False) -> Found[Clock]:
    """Read what can follow a full hour."""
    exact = hour > 12 or hour == 0 or leading_zero
    if (behind := skip(tokens, end, "o", "clock")) != end:
        return Found(behind, Clock(hour, 0, "exact" if exact else ""))
    if word_at(tokens, end) in ("o'clock", "hrs", "uhr") or (
        hour > 12 and word_at(tokens, end) == "h" and tokens[end].glued
    ):
        exact = exact or word_at(tokens, end) in ("hrs", "uhr", "h")
        return Found(end + 1, Clock(hour, 0, "exact" if exact else ""))
    return Found(end, Clock(hour, 0, "exact" if exact else "", bare=True))


def _read_relative(tokens: Tokens, at: int) -> Found[Clock] | None:
    """Read `half past 4`, `quarter to six`, `ten past five`, `20 minutes to 8`, `half seven`."""
    at = skip(tokens, at, "a") if word_at(tokens, at + 1) == "quarter" else at
    if word_at(tokens, at) == "half":
        past = word_at(tokens, at + 1) in ("past", "after")
        hour = _plain_hour(tokens, at + 2 if past else at + 1)
        return Found(hour.end, Clock(hour.value, 30)) if hour else None
    minutes = Found(at + 1, 15) if word_at(tokens, at) == "quarter" else read_number(tokens, at)
    if minutes is None or minutes.value not in range(1, 31):
        return None
    spoken = tokens[at].kind == "word" or word_at(tokens, minutes.end) in ("minutes", "min", "mins")
    end = minutes.end + 1 if word_at(tokens, minutes.end) in ("minutes", "min", "mins") else minutes.end
    side = word_at(tokens, end)
    spoken = spoken or (word_at(tokens, at - 1) == "at" and minutes.value in (5, 10, 20, 25))
    # "5 to 6" is a range; "five to six" and "at 5 to 6" are times.
    if side not in ("past", "after", "to", "before", "of") or not (spoken or side == "past"):
        return None
    hour = _plain_hour(tokens, end + 1)
    if hour is None or (side in ("to", "before", "of") and minutes.value not in (5, 10, 15, 20, 25)):
        return None
    if side in ("past", "after"):
        return Found(hour.end, Clock(hour.value, minutes.value))
    return Found(hour.end, Clock(hour.value, -minutes.value))


def _plain_hour(tokens: Tokens, at: int) -> Found[int] | None:
    if word_at(tokens, at) in ("noon", "midday", "midnight"):
        return Found(at + 1, 12 if word_at(tokens, at) != "midnight" else 24)
    hour = read_number(tokens, at)
    if hour is None or not 0 <= hour.value <= 24:
        return None
    return Found(skip(tokens, hour.end, "o'clock"), hour.value)


def _with_half(tokens: Tokens, found: Found[Clock]) -> Found[Clock]:
    """Read the half of the day behind a time, and an `ish`."""
    end, clock = found
    for words, half in _HALVES:
        behind = skip(tokens, end, *words)
        if behind != end and clock.hour <= 24:
            exact = clock.half == "exact" and clock.hour > 12
            return Found(behind, replace(clock, half="exact" if exact else half, bare=False))
    if end < len(tokens) and tokens[end].glued and tokens[end].word in ("p", "a"):
        return Found(end + 1, replace(clock, half="pm" if tokens[end].word == "p" else "am", bare=False))
    if end < len(tokens) and tokens[end].word in ("ish", "sharp"):
        return Found(end + 1, replace(clock, bare=False))
    if word_at(tokens, end) == "-" and word_at(tokens, end + 1) == "ish":
        return Found(end + 2, replace(clock, bare=False))
    return found


def _read_part_behind(tokens: Tokens, at: int) -> Found[str] | None:
    """Read the part of the day behind a time: `8 in the morning`, `8 at night`, `8 tonight`."""
    for words in (("in", "the"), ("at",), ("this",), ()):
        start = skip(tokens, at, *words) if words else at
        part = read_part(tokens, start)
        allowed = ("night", "noon") if words == ("at",) else ("tonight",) if not words else tuple(PARTS)
        if part and part.value in allowed and (start != at or not words):
            return part
    return None


def _single(clock: Clock, part: str) -> Hours | None:
    hour, later = _hour_of(clock, part)
    return _at(hour, clock, part, later=later)


def _range(first: Clock, last: Clock, part: str) -> Hours | None:
    """Read a range; what one end leaves open, the other decides: 12-1pm starts at noon, 9-5 ends in the afternoon."""
    start = _hour_of(first, part)[0]
    end = _hour_of(last, part)[0] if last.half or part else None
    if end is None:
        end = next(
            (hour for hour in (last.hour, last.hour + 12) if (hour, last.minute) > (start, first.minute)), last.hour
        )
    elif not first.half and not part and first.hour <= 12:
        fits = [hour for hour in (first.hour % 12, first.hour % 12 + 12) if (hour, first.minute) < (end, last.minute)]
        start = max(fits, default=start)
    begun, ended = _at(start, first, part), _at(end, last, part)
    if begun is None or ended is None or begun.start == ended.start:
        return None
    bare = first.bare and last.bare
    return replace(begun, end=ended.start, end_next_day=ended.start < begun.start, bare=bare)


def _at(hour: int, clock: Clock, part: str, *, later: bool = False) -> Hours | None:
    minutes = hour * 60 + clock.minute
    days, minutes = divmod(minutes, 24 * 60)
    if days < 0:
        return None
    return Hours(
        time(*divmod(minutes, 60)), next_day=later or days > 0, bare=clock.bare, part=part, today=part == "tonight"
    )


def _hour_of(clock: Clock, part: str) -> tuple[int, bool]:
    """Decide the half of the day: by what was said, by the part of the day, or by when people are up."""
    hour = clock.hour
    if clock.half == "exact" or hour > 12:
        return hour, False
    if clock.half:
        return hour % 12 + (12 if clock.half == "pm" else 0), False
    if part in ("morning", "forenoon"):
        return hour % 12, False
    if part in ("night", "tonight") and (hour < 5 or hour == 12):
        return hour % 12, True
    if part in ("afternoon", "evening", "night", "tonight"):
        return hour % 12 + 12, False
    return (hour + 12 if 1 <= hour <= 6 else hour), False


FIRST_WORDS = (
    frozenset({"midnight", "lunch", "a", "half", "quarter", "in", "at", "this"})
    | _EARLY_OR_LATE | PARTS.keys() | SMALL_NUMBERS.keys() | TENS.keys() | {words[0] for words in _END_OF_DAY}
)  # fmt: skip
