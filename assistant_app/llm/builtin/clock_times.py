"""Says what time it is, here and in other places of the world."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant_app import clock
from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.grammar import match
from assistant_app.llm.builtin.hearing import Heard
from assistant_app.llm.builtin.places import Place, find_places, title

_ZERO = timedelta()
_SPAN = re.compile(r"(?P<count>\d+) (?P<unit>hours?|minutes?)")
_HERE = (
    "what time (is it|it is|do we have|have we got) [now|here|right now|at the moment|please|currently]",
    "what is the [current|exact|local] time [now|here|right now|please|is it]",
    "[the] [current|local] time [now|here|please]",
    "(do you have|have you got) the time",
    "(how late|what o'clock) is it [now]",
    "what [is] time [is] [it] now",
)
_THERE = (
    "what time (is it|it is) [now|right now|currently] (in|at) {place} [now|right now|currently|at the moment]",
    "what time will it be in {place}",
    "what is the [current|exact|local] time [now|right now] (in|at) {place} [now|right now|currently]",
    "[the] [current|local] time [now] (in|at) {place} [now|right now]",
    "what time [do] (they have|have they got|they got) in {place} [now]",
    "what is {place} time [now]",
    "how late is it in {place} [now]",
    "(and|what about|how about) in {place}",
)
_DAY_THERE = (
    "(what|which) (day|date) is it [now|today] in {place} [now|today]",
    "what is the date [now|today] in {place} [now|today]",
)
_DIFFERENCE = (
    "what is the time difference (between|from) {first} (and|to) {second}",
    "[the] time difference (between|from) {first} (and|to) {second}",
    "what is the time difference (to|with) {second}",
    "how many hours [ahead|behind|away] (is|are) {second}",
)


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer a question for the time."""
    here = clock.local_now(call.surroundings.zone)
    if match(heard, _HERE) is not None:
        day = f"{here:%A}, {here.day} {here:%B} {here.year}"
        return f"It is **{here:%H:%M}**, {day}, in your time zone ({call.surroundings.zone})."
    if found := match(heard, _THERE):
        return _later(found["place"], here) or _there(found["place"], here)
    if (found := match(heard, _DAY_THERE)) and find_places(found["place"]):
        return _there(found["place"], here)
    if found := match(heard, _DIFFERENCE):
        return _difference(found.get("first", ""), found["second"], here)
    return None


def _later(span: str, here: datetime) -> str | None:
    """Answer for a time to come: "in 2 hours" looks like a place."""
    found = _SPAN.fullmatch(span)
    if not found or len(found["count"]) > 4:
        return None
    minutes = int(found["count"]) * (60 if found["unit"].startswith("h") else 1)
    # Hours that pass, not hands of the clock: the two differ on the nights when the clocks change.
    then = (here.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(here.tzinfo)
    return f"In {span} it will be **{then:%H:%M}**, {_day(then, here)}."


def _there(name: str, here: datetime) -> str:
    places = find_places(name)
    if not places:
        return _unknown(name)
    if len(places) == 1:
        there = here.astimezone(ZoneInfo(places[0].zone))
        return f"In {places[0].title} it is **{there:%H:%M}**, {_day(there, here)}."
    lines = [f"- {place.title}: **{there:%H:%M}**, {_day(there, here)}" for place, there in _clocks(places, here)]
    return "There are several time zones:\n\n" + "\n".join(lines)


def _clocks(places: tuple[Place, ...], here: datetime) -> list[tuple[Place, datetime]]:
    return [(place, here.astimezone(ZoneInfo(place.zone))) for place in places]


def _day(there: datetime, here: datetime) -> str:
    days = (there.date() - here.date()).days
    note = {1: ", tomorrow", -1: ", yesterday"}.get(days, "")
    return f"{there:%A}, {there.day} {there:%B}{note}"


def _difference(first: str, second: str, here: datetime) -> str:
    start, end = _one_place(first, here), _one_place(second, here)
    if start is None or end is None:
        return _unknown(first if start is None else second)
    there = here.astimezone(ZoneInfo(end.zone))
    apart = (there.utcoffset() or _ZERO) - (here.astimezone(ZoneInfo(start.zone)).utcoffset() or _ZERO)
    if not apart:
        return f"{end.title} has the same time as {start.title} now: **{there:%H:%M}**."
    hours, minutes = divmod(round(abs(apart).total_seconds() / 60), 60)
    amount = f"{hours}:{minutes:02} hours" if minutes else "1 hour" if hours == 1 else f"{hours} hours"
    direction = "ahead of" if apart > _ZERO else "behind"
    return f"{end.title} is **{amount} {direction}** {start.title} now. It is {there:%H:%M} there."


def _one_place(name: str, here: datetime) -> Place | None:
    if not name:
        return Place("your time zone", str(here.tzinfo))
    return next(iter(find_places(name)), None)


def _unknown(name: str) -> str:
    return (
        f"I do not know the time zone of {title(name)}. "
        "Try a larger city nearby, a country, or a zone such as Europe/Rome."
    )
