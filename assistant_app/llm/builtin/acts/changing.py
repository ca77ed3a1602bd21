"""Moves, renames, weighs, files and snoozes what is there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from assistant_app.language.moments import When
from assistant_app.llm.base import Thing, ThingKind
from assistant_app.llm.builtin.bulk import many_meant, plan_many
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.levels import read_level
from assistant_app.llm.builtin.list_names import find_list, plain_name
from assistant_app.llm.builtin.plans import Call, Plan, ask_first, call, not_found
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.questions import ASK_TIME, CHANGE_WHICH, DAY_OR_HOUR, ENDS_EARLY
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

Change = Callable[[Thing], Call]
_KIND_ARGUMENT: dict[ThingKind, str] = {"task": "task", "reminder": "reminder", "event": "event"}
# A rhythm that names no day goes on from the day that there is, unless another one is to begin it.
_EVERY = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=\d+)?")
_FROM = re.compile(r"\b(?:from|starting|beginning|since|first)\b", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+", re.IGNORECASE)
_IDIOMS = frozenset({"a day", "a night", "quits", "off", "even", "what you like", "whatever", "done", "finished"})
# "From December 3 to 5" can end with an hour as well as with a day.
_FROM_DATE = re.compile(
    r"\bfrom (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?$|\bfrom the \d{1,2}(?:st|nd|rd|th)$",
    re.IGNORECASE,
)
_SURELY = 0.9
_SNOOZED = 10  # Minutes, if nothing is said.


async def move(reading: Reading, talk: Talk) -> Plan | None:
    """Plan another time, another rhythm or another list."""
    slots = reading.slots
    if slots.get("to") == "list":
        return await _file(reading, talk)
    return await (_retime(reading, talk) if slots.get("when") else _each(reading, talk, None))


async def _retime(reading: Reading, talk: Talk) -> Plan | None:
    """Plan another time, asking first where it was only told, and where the words can mean two times."""
    slots = reading.slots
    if slots["when"].isdigit() and _FROM_DATE.search(slots["object"]):
        return Plan(say=DAY_OR_HOUR.format(number=slots["when"]))
    when = talk.moments.when(slots["when"])
    if when is None or (slots.get("pointing") and not _points_at_one(slots["object"], talk)):
        return None
    if when.end_day and when.time is None and await _has_an_hour(slots["object"], talk):
        return await _move_of_day(reading, talk)
    plan = await _each(reading, talk, lambda thing: _moved(thing, when, slots["when"], talk))
    if reading.told and not talk.confirmed:
        return ask_first(plan) if plan and plan.calls and when.time else None
    return plan


async def _move_of_day(reading: Reading, talk: Talk) -> Plan | None:
    """Plan another hour: "the dentist on December 3rd to 11" does not go on until the 11th."""
    day, _, hour = reading.slots["when"].rpartition(" to ")
    if not day or not talk.moments.hour(f"at {hour}"):
        return None
    named = {**reading.slots, "object": f"{reading.slots['object']} on {day}", "when": f"at {hour}"}
    return await move(replace(reading, slots=named), talk)


async def _has_an_hour(words: str, talk: Talk) -> bool:
    """Tell whether words mean something that takes place at a time of day."""
    return any("T" in thing.when for thing in (await talk.resolve(words)).things)


def _moved(thing: Thing, when: When, words: str, talk: Talk) -> Call:
    keeps = thing.when and _EVERY.fullmatch(when.repeat) and when.time is None and not _FROM.search(words)
    moved = "" if keeps else talk.moments.moved(thing.when, words) if when.day or when.time else ""
    if thing.kind == "task":
        return call("update_task", task=str(thing.number), due=moved, repeat=when.repeat)
    if thing.kind == "reminder":
        at = moved if "T" in moved or not moved else talk.moments.at(when)
        if talk.once and thing.repeats and at:
            return call("snooze_reminder", reminder=str(thing.number), until=at)
        return call("update_reminder", reminder=str(thing.number), at=at, repeat=when.repeat)
    if when.repeat:
        return call("update_event", event=str(thing.number), repeat=when.repeat)
    end = talk.moments.end(_on(when, talk.moments.local(moved))) if when.time else ""
    return call("move_event", event=str(thing.number), start=moved, end=end, day=thing.on)


def _on(when: When, start: date) -> When:
    """Return hours on the day of what is moved, where they were read for another day."""
    day = start.date() if isinstance(start, datetime) else start
    if when.day is None or when.day == day:
        return replace(when, day=day)
    return replace(when, day=day, end_day=day + (when.end_day - when.day) if when.end_day else None)


async def shift(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a time earlier or later by a length of time."""
    span = talk.moments.span(reading.slots["span"])
    if span is None:
        return None
    if "curt" in reading.slots and not await _is_surely_there(reading.slots["object"], talk):
        return None
    sign = -1 if reading.slots["way"] == "earlier" else 1

    def change(thing: Thing) -> Call:
        moved = talk.moments.shifted(thing.when, span, sign)
        moved = talk.moments.moved(moved, reading.slots["at"]) if "at" in reading.slots else moved
        if thing.kind == "event":
            return call("move_event", event=str(thing.number), start=moved, day=thing.on)
        if thing.kind == "reminder" and talk.once and thing.repeats:
            return call("snooze_reminder", reminder=str(thing.number), until=moved)
        if thing.kind == "reminder":
            return call("update_reminder", reminder=str(thing.number), at=moved)
        return call("update_task", task=str(thing.number), due=moved)

    return await _each(reading, talk, change, timed=True)


async def _is_surely_there(words: str, talk: Talk) -> bool:
    """Tell whether words without a verb mean something that there is: the "dentist" of "dentist a week later"."""
    found = await talk.resolve(words)
    return len(found.things) == 1 and (found.pointed or found.things[0].score >= _SURELY)


def _points_at_one(words: str, talk: Talk) -> bool:
    """Tell whether words such as "the second one" mean what was shown: "call them on Monday" is something to do."""
    pointer = point(" ".join(Sentence(words).words))
    return pointer is not None and (pointer.which != "all") and talk.points(words)


async def last(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that an event lasts longer, or shorter, from the time on when it begins, or that it ends at another time."""
    span, way = talk.moments.span(reading.slots.get("span", "")), reading.slots.get("way")
    hour = talk.moments.hour(reading.slots.get("at", ""))
    if (span is None or span.whole_days) and hour is None:
        return None
    found = await talk.resolve(reading.slots["object"], ("event",))
    thing = found.things[0] if len(found.things) == 1 else None
    if thing is None or len(found.rivals) > 1 or "T" not in thing.when or (way and not thing.ends):
        return None if found.pointed else not_found(found.missing or reading.slots["object"], "event")
    if span is not None:
        end = talk.moments.shifted(thing.ends if way else thing.when, span, -1 if way == "shorter" else 1)
    else:
        end = talk.moments.ending(thing.when, hour) if hour else ""
    if not end or talk.moments.local(end) <= talk.moments.local(thing.when):
        return Plan(say=ENDS_EARLY.format(what=quoted(thing.title)), about=(thing,)) if hour else None
    plan = Plan((call("move_event", event=str(thing.number), start=thing.when, end=end, day=thing.on),), about=(thing,))
    return ask_first(plan) if reading.told and not talk.confirmed else plan


async def snooze(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that a reminder comes again later."""
    slots = reading.slots
    words = slots.get("object", "it")
    found = await talk.resolve(words, ("reminder",), done=None if found_pointer(words) else False)
    things = found.things
    if not things and "object" not in slots:
        things = tuple(await talk.book.find("", kinds=("reminder",)))[:1]
    if not things:
        return not_found(words, "reminder")
    return Plan(
        tuple(call("snooze_reminder", reminder=str(thing.number), **_until(thing, slots, talk)) for thing in things),
        about=things,
    )


def _until(thing: Thing, slots: Mapping[str, str], talk: Talk) -> dict[str, object]:
    """Return when a reminder comes again: in so many minutes, at a time, or so many days after its own time."""
    said = slots.get("span") or slots.get("when", "")
    if said and (span := talk.moments.span(said)):
        if not span.whole_days:
            return {"minutes": int(span.minutes)}
        now = talk.moments.now.replace(second=0, microsecond=0).isoformat()
        own = talk.moments.local(thing.when) if thing.when else None
        later = thing.when if isinstance(own, datetime) and own > talk.moments.now else now
        return {"until": talk.moments.shifted(later, span, 1)}
    when = talk.moments.when(said) if said else None
    if when is None:
        return {"minutes": _SNOOZED}
    if when.duration and when.day is None and when.time is None:
        return {"minutes": int(when.duration.total_seconds() // 60)}
    return {"until": talk.moments.at(when)}


def found_pointer(words: str) -> bool:
    """Tell whether the words are "it" or the like, which can mean a reminder that has gone off already."""
    return words.lower() in ("it", "that", "this", "that one", "this one")


async def alert(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that the person is reminded of a task that there is."""
    found = await talk.resolve(reading.slots["object"], ("task",))
    at = talk.moments.at(talk.moments.when(reading.slots["when"]))
    if not found.things:
        return not_found(found.missing or reading.slots["object"], "open task")
    calls = tuple(call("update_task", task=str(thing.number), remind_at=at) for thing in found.things)
    return Plan(calls, about=found.things) if at and len(calls) == 1 else None


async def undue(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that a task is not due at any time."""
    return await _each(reading, talk, lambda thing: Call("update_task", {"task": str(thing.number), "due": ""}))


async def steady(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that something comes once only."""
    return await _each(
        reading, talk, lambda thing: Call(f"update_{thing.kind}", {thing.kind: str(thing.number), "repeat": ""})
    )


async def unlist(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that a task is in no list."""
    return await _each(reading, talk, lambda thing: Call("update_task", {"task": str(thing.number), "list": ""}))


async def rename(reading: Reading, talk: Talk) -> Plan | None:
    """Plan another title."""
    name = reading.slots["name"]
    if name.lower() in _IDIOMS:
        return None
    if reading.score < 0.9 and (talk.moments.when(name) or find_list(name, talk.lists)):
        return None
    reading, name = await _parted(reading, talk)

    def change(thing: Thing) -> Call:
        if thing.kind == "reminder":
            return call("update_reminder", reminder=str(thing.number), text=name)
        return call(f"update_{thing.kind}", **{_KIND_ARGUMENT[thing.kind]: str(thing.number)}, title=name)

    return await _each(reading, talk, change)


async def _parted(reading: Reading, talk: Talk) -> tuple[Reading, str]:
    """Return the reading with its object as long as one is called, and the new name: titles have "to" in them, too."""
    words, name = reading.slots["object"], reading.slots["name"]
    found = await talk.book.find(words)
    best, parted = found[0].score if found else 0.0, (reading, name)
    for joint in _TO.finditer(name):
        longer = f"{words} to {name[: joint.start()]}"
        found = await talk.book.find(longer)
        if found and found[0].score >= best:
            best, parted = (
                found[0].score,
                (replace(reading, slots={**reading.slots, "object": longer}), name[joint.end() :]),
            )
    return parted


async def note(reading: Reading, talk: Talk) -> Plan | None:
    """Plan notes of a task or an event."""
    text = reading.slots["note"]

    def change(thing: Thing) -> Call:
        return call(f"update_{thing.kind}", **{_KIND_ARGUMENT[thing.kind]: str(thing.number)}, notes=text)

    return await _each(reading, talk, change, kinds=("task", "event"))


async def place(reading: Reading, talk: Talk) -> Plan | None:
    """Plan where an event is."""
    where = reading.slots.get("place") or reading.slots["venue"]
    if (
        where.lower().endswith(" instead")
        or point(" ".join(Sentence(where).words))
        or talk.moments.when(where)
        or talk.moments.when(f"at {where}")
    ):
        return None
    return await _each(reading, talk, lambda thing: call("update_event", event=str(thing.number), place=where))


async def prioritise(reading: Reading, talk: Talk) -> Plan | None:
    """Plan another priority."""
    level = read_level(reading.slots["priority"])
    words = reading.slots["object"]
    if reading.told and "priority" not in words and not is_named(words) and not await _is_title(words, talk):
        return None  # "Milk is important" is an opinion.
    plan = await _each(
        reading, talk, lambda thing: call("update_task", task=str(thing.number), priority=level), kinds=("task",)
    )
    return None if reading.told and not (plan and plan.calls) else plan


async def _is_title(words: str, talk: Talk) -> bool:
    """Tell whether words are the whole title of a task and begin with its verb, which nobody says of the thing."""
    found = await talk.book.find(words, kinds=("task",))
    return (
        bool(found) and found[0].score >= 1 and Sentence(words).words[:1] != () and Sentence(words).words[0] in ERRANDS
    )


def is_named(words: str) -> bool:
    """Tell whether words point at an object or name it by its number or kind, rather than by its title."""
    return bool(point(" ".join(Sentence(words).words)) or re.search(r"\d|\b(?:task|one|to-?do)\b", words.lower()))


async def _file(reading: Reading, talk: Talk) -> Plan | None:
    said = reading.slots.get("known") or reading.slots.get("list", "")
    name = find_list(said, talk.lists)
    if not name and (not plain_name(said) or talk.moments.when(said)):
        return None
    return await _each(
        reading, talk, lambda thing: call("update_task", task=str(thing.number), list=name or said), kinds=("task",)
    )


async def _each(
    reading: Reading,
    talk: Talk,
    change: Change | None,
    *,
    kinds: tuple[ThingKind, ...] | None = None,
    timed: bool = False,
) -> Plan | None:
    """Plan a change of every object that is meant; of several that fit the best is taken, and the card shows it.

    `timed` tells that it changes the time that something has, so that of several those with one are meant.
    """
    words = reading.slots["object"]
    wanted: tuple[ThingKind, ...] = kinds or (("task",) if reading.kind == "task" else ("task", "reminder", "event"))
    if reading.kind == "event":
        wanted = ("event",)
    severally = change and "task" in wanted and not reading.told and not talk.points(words)
    many = (
        await many_meant(words, talk, scope=find_list(reading.slots.get("old", ""), talk.lists)) if severally else None
    )
    if change and many is not None:
        return plan_many(many, change, talk)
    found = await talk.resolve(words, wanted)
    if not found.things:
        return not_found(found.missing or words, "open task" if wanted == ("task",) else "open task, reminder or event")
    if timed and (having := [thing for thing in found.rivals if thing.when]):
        found = replace(found, things=(having[0],))
    if unclear := talk.unclear_days(found.things, words):
        return Plan(say=CHANGE_WHICH.format(what=quoted(unclear.title)), about=(unclear,))
    if change is None:
        title = found.things[0].title
        return Plan(
            say=ASK_TIME.format(what=quoted(title)), suggestions=("tomorrow", "Friday", "next week"), sure=False
        )
    return Plan(tuple(change(thing) for thing in found.things), about=found.things)
