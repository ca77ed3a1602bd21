"""Says what day it is, was or will be, and counts the days between two."""

from datetime import date

from assistant_app import clock
from assistant_app.language.days import parse_day
from assistant_app.language.vocabulary import WEEKDAYS
from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.grammar import match
from assistant_app.llm.builtin.hearing import Heard

_TODAY = (
    "(what|which) (day|date|weekday) is (it|today|it today) [now|here]",
    "(what|which) day of the week is (it|today|it today)",
    "what is [the] [current] date [today|now]",
    "what is today [date]",
    "what is (today's date|the day|the day today|the date today|today's day)",
    "what day (it is|today is) [today]",
    "[the] [current] date [today]",
    "(today's date|date today|the date)",
    "(what|which) (day|date) (are we|do we have) [today]",
)
_YEAR = ("(what|which) year (is it|are we in|do we have) [now]", "what is the [current] year", "[the] current year")
_MONTH = ("(what|which) month (is it|are we in) [now]", "what is the [current] month", "[the] current month")
_WEEK = (
    "(what|which) (week|week number|calendar week) (is it|are we in) [now]",
    "what is the [current] [calendar] week [number]",
)
_THAT_DAY = (
    "(what|which) (day|date|weekday) (is|was|will|would) [it] [be] {day}",
    "(what|which) (day|date|weekday) (is|was) (it|that) {day}",
    "(what|which) (day|date|weekday) will (it be {day}|{later} be)",
    "(what|which) day of the week (is|was|will be) [it] {day}",
    "(what|which) day of the week will {day} be",
    "(what|which) (day|weekday|day of the week) (does|did|will) {day} (fall|be) [on]",
    "on (what|which) (day|weekday|day of the week) (does|did|will|is|was) {day} (fall|be|on) [on]",
    "(what is|what was|what will be) the (date|day|weekday) [for|on|of] {day}",
    "[the] date (of|for|on) {day}",
    "when (is|was) {day}",
)
_DAYS_TO = (
    "how many (days|sleeps) [are there|are left|is it|left|to go] (until|till|to|before|til) {day}",
    "how long [is it|is there] (until|till|to|before|til) {day}",
    "[number of] days (until|till|to|before|left until|left till) {day}",
    "how (far|far away|far off|long away) is {day}",
)
_DAYS_SINCE = (
    "how many days [has it been|have passed|is it|are there|ago] (since|after|from) {day}",
    "how long [has it been|is it] since {day}",
    "days since {day}",
    "how (many days|long) ago (was|is) {day}",
)
_DAYS_BETWEEN = (
    "how many days [are|are there|is it|lie|were there] (between|from) {first} (and|to|until|till) {second}",
    "[number of] days (between|from) {first} (and|to|until|till) {second}",
)


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer a question for a day or a number of days, if all its words are understood."""
    today = clock.local_now(call.surroundings.zone).date()
    return _now(heard, today) or _day(heard, today) or _count(heard, today)


def _now(heard: Heard, today: date) -> str | None:
    if match(heard, _TODAY) is not None:
        return f"Today is **{written(today)}**."
    if match(heard, _YEAR) is not None:
        return f"It is the year **{today.year}**."
    if match(heard, _MONTH) is not None:
        return f"It is **{today:%B} {today.year}**."
    if match(heard, _WEEK) is not None:
        return f"It is calendar week **{today.isocalendar().week}**, by the ISO count."
    return None


def _day(heard: Heard, today: date) -> str | None:
    found = match(heard, _THAT_DAY)
    if not found:
        return None
    words = found.get("day") or found.get("later") or ""
    day = parse_day(words, today)
    if day is None:
        return None
    verb = "is" if day >= today else "was"
    subject = words.capitalize() if words in ("today", "tomorrow", "yesterday") else "That"
    answer = f"{subject} {verb} **{written(day)}**."
    weekday = words.removeprefix("next ")
    if weekday != words and weekday in WEEKDAYS and (coming := parse_day(weekday, today)) not in (None, day):
        answer += f" If you meant the one of this week: that is {written(coming or day)}."
    return answer


def _count(heard: Heard, today: date) -> str | None:
    if found := match(heard, _DAYS_BETWEEN):
        first, second = parse_day(found["first"], today), parse_day(found["second"], today)
        if first and second:
            days = _days(abs((second - first).days))
            return f"From {written(first)} to {written(second)} it is **{days}**."
    if found := match(heard, _DAYS_TO):
        day = parse_day(found["day"], today)
        if day:
            return _distance(day, today)
    if found := match(heard, _DAYS_SINCE):
        day = _latest(found["day"], today)
        if day:
            return _distance(day, today)
    return None


def _latest(words: str, today: date) -> date | None:
    """Read a day for counting from it: without a year, it is the last such day and not the next."""
    day = parse_day(words, today)
    if day and day > today:
        return parse_day(f"{words} {day.year - 1}", today) or parse_day(f"last {words}", today) or day
    return day


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return f"That is **today**, {written(day)}."
    if days < 0:
        return f"{written(day)} was **{_days(-days)}** ago."
    return f"It is **{_days(days)}** until {written(day)}."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def written(day: date) -> str:
    """Write a day in full, in the order that most of the world reads."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"
