"""Reads when something comes by itself, such as "every weekday at 7"; what is left out may stay as it was."""

import re
from dataclasses import dataclass
from datetime import datetime

from assistant_app.language.moments import read_when
from assistant_app.language.when import When

# An hour that could be one of the evening as well: nobody wants the day's summary at half past six in the evening.
_EARLY = re.compile(
    r"(?<![\d:.])([56])((?::[0-5]\d)?)(?![\d:.])(?!\s*(?:[ap]\.?m|o'clock|times|days|weeks|months|hours))"
)
_EARLY_WORDS = re.compile(
    r"(?P<lead>\b(?:at|past|to)\s+|^)(?P<hour>(?:five|six)(?:[ -](?:fifteen|thirty|forty-five))?)\b"
    r"(?!\s*(?:[ap]\.?m|to\b|past\b|o'clock|times|days|weeks|months|hours|minutes))",
    re.IGNORECASE,
)
_HALF = re.compile(r"\d\s*[ap]\.?m\b|morning|noon|evening|night", re.IGNORECASE)
_DATED = re.compile(r"\b(?:on|every|of|the|\w+uary|march|april|may|june|july|august|\w+ber)\s+[56]\b", re.IGNORECASE)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_WEEKDAYS = re.compile(
    rf"(?<!every )(?<!each )(?:\b(?:on|from) )?"
    rf"\b(?P<days>{_DAY_NAME}\s?(?:to|through|thru|till|until|-|–)\s?{_DAY_NAME})\b"
    r"(?! (?:next|this|of|in)\b)",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\s*(?:only\s+)?once\b[\s,:]*", re.IGNORECASE)


@dataclass(frozen=True)
class Rhythm:
    """When something comes. `repeat` is empty for once only, and None where only a time of day was said."""

    when: When
    repeat: str | None = None

    @property
    def unclear(self) -> str:
        """What is missing, or can be read in more than one way."""
        return self.when.unclear


def read_rhythm(text: str, now: datetime, *, early: bool = False) -> Rhythm | None:
    """Return what a whole text means, None if it is no time; `early` takes 5 and 6 for hours of the morning."""
    once = _ONCE.match(text)
    said = text[once.end() :] if once else text
    when = read_when(in_the_morning(said) if early else said, now)
    if when is None:
        return None
    says_day = when.repeat or once or _names_day(said, now)
    return Rhythm(when, when.repeat if says_day else None)


def in_the_morning(text: str) -> str:
    """Write 6 and 6:30 as 06:00 and 06:30, and six as six am, unless the text says which half of the day it means."""
    if _HALF.search(text) or _DATED.search(text):
        return text
    text = _EARLY.sub(lambda found: f"0{found[1]}{found[2] or ':00'}", text)
    return _EARLY_WORDS.sub(r"\g<lead>\g<hour> am", text)


def every_weekday_of(text: str) -> str:
    """Write "Monday to Friday" as "every Monday to Friday", for what can only come on each of these days."""
    return _WEEKDAYS.sub(lambda found: f"every {found['days']}", text)


def _names_day(text: str, now: datetime) -> bool:
    """Tell whether a text names a day: a time alone is the next one that comes, whatever day that is."""
    early, late = now.replace(hour=0, minute=0, second=0), now.replace(hour=23, minute=59)
    first, second = read_when(text, early), read_when(text, late)
    if first is None or second is None or first.time is None:
        return True
    return first.day == second.day
