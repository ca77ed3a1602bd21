"""Finishes, opens again, deletes, empties and undoes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant_app.llm.base import KINDS, Thing, ThingKind
from assistant_app.llm.builtin.bulk import many_meant, plan_many
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.list_names import find_list, plain_name
from assistant_app.llm.builtin.plans import Call, Plan, ask_first, ask_which, call, not_found, one
from assistant_app.llm.builtin.questions import DELETE_TOLD, ONE_EVENT, SKIP_ONCE, SKIP_WHICH
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Found, Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_COUNTS = {
    "one": 1, "two": 2, "both": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_MANY_EVENTS = re.compile(
    r"(?:all|every|each)\b.*\b(?:meetings?|events?|appointments?)\b.*|(?:my|the|our|these|those) (?:meetings|events"
    r"|appointments)\b.*",
    re.IGNORECASE,
)
_SURELY = 0.9
_MOST_UNDONE = 50
_TAKES_BACK = "That takes back all that was changed in this conversation, and on the pages in the last hour."
_EVERYTHING = frozenset(
    {"everything", "all", "all tasks", "all my tasks", "all of my tasks", "all of them", "my tasks"}
)


async def complete(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that tasks are done. What was only told has to fit very well: nothing is found for mere talk."""
    words = reading.slots["object"]
    scope = reading.slots.get("known") or find_list(reading.slots.get("list", ""), talk.lists)
    many = None if reading.told or talk.points(words) else await many_meant(words, talk, scope=scope)
    if many is not None:
        return plan_many(many, lambda thing: call("complete_task", task=str(thing.number)), talk)
    found = await talk.resolve(words, ("task",))
    if not found.things and found.pointed:
        found = await talk.resolve(words, ("task", "event", "reminder"), done=None)
        found_tasks = tuple(thing for thing in found.things if thing.kind == "task")
        if not found_tasks:
            return None if reading.told else not_found(words, "open task")
        return Plan(tuple(call("complete_task", task=str(thing.number)) for thing in found_tasks), about=found_tasks)
    if not found.things or (not found.pointed and _names_verb_only(words, found.things[0])):
        return None if reading.told else not_found(found.missing or words, "open task")
    if len(found.rivals) > 1 and not reading.told:
        return ask_which("complete", found.rivals)
    return Plan(tuple(call("complete_task", task=str(thing.number)) for thing in found.things), about=found.things)


def _names_verb_only(words: str, thing: Thing) -> bool:
    """Tell whether words are the verb of a title only, as a noun: "finish the book" is not to book flights."""
    said = re.fullmatch(r"(?:the|my|a|that|this) (?P<word>[\w'-]+)", words.lower())
    title = Sentence(thing.title).words
    return bool(said) and len(title) > 1 and said["word"] == title[0] in ERRANDS | {"book"}


async def reopen(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that done tasks are open again."""
    words = reading.slots["object"]
    found = await talk.resolve(words, ("task",), done=True)
    things = tuple(thing for thing in found.things if thing.done)
    if not things:
        return None if reading.told else not_found(found.missing or words, "done task")
    return Plan(tuple(call("reopen_task", task=str(thing.number)) for thing in things), about=things)


async def delete(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that objects go away; where several fit, the person chooses."""
    if day := reading.slots.get("range"):
        reading = replace(reading, slots={**reading.slots, "object": f"{reading.slots['object']} on {day}"})
    words = reading.slots["object"]
    if _MANY_EVENTS.fullmatch(words) and not talk.points(words):
        return Plan(say=ONE_EVENT)
    scope = reading.slots.get("known") or reading.slots.get("list", "")
    if words.lower() in _EVERYTHING and (scope or not talk.focus.shown):
        name = find_list(scope, talk.lists)
        return one("clear_tasks", list=name, which="all") if name or not scope else None
    kinds = _kinds(reading)
    many = None if "task" not in kinds or talk.points(words) else await many_meant(words, talk)
    if many is not None:
        return _clear_many(many)
    if reading.told:
        return await _cancelled(words, kinds, talk)
    return await _delete_named(reading, kinds, talk)


async def _delete_named(reading: Reading, kinds: tuple[ThingKind, ...], talk: Talk) -> Plan:
    words = reading.slots["object"]
    found = await talk.resolve(words, kinds)
    if not found.things:
        found = await talk.resolve(words, kinds, done=None)
    if not found.things and reading.kind:
        found = await talk.resolve(words)
    if not found.things and talk.moments.names_one_time(words):
        found = await _repeating(words, talk)
    if not found.things:
        return not_found(found.missing or words)
    return ask_which("delete", found.rivals) if len(found.rivals) > 1 else _delete_all(found.things, reading, talk)


async def _repeating(words: str, talk: Talk) -> Found:
    """Return the reminder that words name with any day on which it may come: its tool knows whether it does."""
    found = await talk.resolve(talk.moments.split(words)[0], ("reminder",))
    return found if found.things and all(thing.repeats for thing in found.things) else Found(missing=words)


def _delete_all(things: Sequence[Thing], reading: Reading, talk: Talk) -> Plan:
    """Plan that things go away, or of what repeats only the one time that is meant."""
    words = reading.slots["object"]
    repeating = next((thing for thing in things if thing.kind == "reminder" and thing.repeats), None)
    if repeating and (talk.once or talk.moments.names_one_time(words)):
        return _skipped(repeating, reading, talk)
    if unclear := talk.unclear_days(things, words):
        return _which_day(unclear)
    comes_next = talk.moments.names_next(words)
    return Plan(tuple(_deleted(thing, once=comes_next) for thing in things), about=tuple(things))


async def _cancelled(words: str, kinds: Sequence[ThingKind], talk: Talk) -> Plan | None:
    """Plan that an event goes away of which it was only told that it does not take place: that is asked about first."""
    found = await talk.resolve(words, kinds)
    if len(found.things) != 1 or found.rivals or found.pointed or found.things[0].score < _SURELY:
        return None
    thing = found.things[0]
    if talk.unclear_days(found.things, words):
        return _which_day(thing)
    plan = Plan((_deleted(thing, once=False),), about=found.things)
    day = f" on {thing.on}" if thing.on else ""
    asked = ask_first(plan, DELETE_TOLD.format(what=quoted(thing.title) + day))
    return plan if talk.confirmed else asked


def _clear_many(things: Sequence[Thing]) -> Plan:
    if not things:
        return Plan(say="There are no such open tasks, so there is nothing to delete.")
    only = ",".join(str(thing.number) for thing in things)
    return Plan((call("clear_tasks", which="all", only=only),), about=tuple(things))


def _skipped(thing: Thing, reading: Reading, talk: Talk) -> Plan:
    """Plan that a reminder that repeats is left out once: on the day that was named, or the next time.

    Who only declines to be reminded may as well want it later: that is asked about first.
    """
    words = reading.slots["object"]
    day, reminder = talk.one_day(thing, words), str(thing.number)
    if day is None and talk.moments.names_stretch(words):
        return _which_day(thing)
    plan = Plan((call("skip_reminder", reminder=reminder, day=day.isoformat() if day else ""),), about=(thing,))
    asks = "declined" in reading.slots and not talk.confirmed
    return ask_first(plan, SKIP_ONCE.format(what=quoted(thing.title))) if asks else plan


def _which_day(thing: Thing) -> Plan:
    """Ask for the day on which something is left out that comes several times in the week named, or not at all."""
    return Plan(
        say=SKIP_WHICH.format(what=quoted(thing.title)),
        suggestions=(f"Skip {thing.kind} {thing.number} tomorrow", f"Delete {thing.kind} {thing.number}"),
        about=(thing,),
    )


def _kinds(reading: Reading) -> tuple[ThingKind, ...]:
    return tuple(kind for kind in KINDS if reading.kind in ("", kind))


def _deleted(thing: Thing, *, once: bool) -> Call:
    """Delete a thing or, of an event that repeats, only what was spoken of: a day, or the next time."""
    next_day = thing.when[:10] if once and thing.kind == "event" and thing.repeats else ""
    return call(f"delete_{thing.kind}", **{thing.kind: str(thing.number)}, day=thing.on or next_day)


async def clear(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that done tasks, or those of a list, go away."""
    which, said = reading.slots["which"], reading.slots.get("known") or reading.slots.get("list", "")
    name = find_list(said, talk.lists) if said else ""
    if said and not name and plain_name(said) not in ("", "to-do", "todo", "task", "tasks", "to do", "to-dos"):
        return Plan(say=f"There is no list “{said}”.", sure=False)
    return one("clear_tasks", list=name, which=which)


async def delete_list(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that a list goes away."""
    name = find_list(reading.slots["list"], talk.lists)
    return one("delete_list", name=name) if name else None


async def undo(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that the last gestures are taken back."""
    if reading.slots.get("count") == "all":
        plan = one("undo", count=_MOST_UNDONE)
        return plan if talk.confirmed else ask_first(plan, _TAKES_BACK)
    if talk.mentioned and talk.mentioned[0].done:  # "I did not return the books, put it back" speaks of the books.
        return Plan((call("reopen_task", task=str(talk.mentioned[0].number)),), about=(talk.mentioned[0],))
    said = reading.slots.get("count", "2").lower()
    said = said.split()[0] if said.split()[:1] != ["a"] else said.split()[-1]
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    return one("undo", count=count if count > 1 else None) if count else None
