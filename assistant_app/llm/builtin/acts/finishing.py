"""Finishes, opens again, deletes, empties and undoes."""

from assistant_app.llm.base import KINDS, Thing, ThingKind
from assistant_app.llm.builtin.list_names import find_list, plain_name
from assistant_app.llm.builtin.plans import Call, Plan, ask_which, call, not_found, one
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk

_COUNTS = {
    "one": 1, "two": 2, "both": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_EVERYTHING = frozenset(
    {"everything", "all", "all tasks", "all my tasks", "all of my tasks", "all of them", "my tasks"}
)


async def complete(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that tasks are done. What was only told has to fit very well: nothing is found for mere talk."""
    words = reading.slots["object"]
    found = await talk.resolve(words, ("task",))
    if not found.things and found.pointed:
        found = await talk.resolve(words, ("task", "event", "reminder"), done=None)
        found_tasks = tuple(thing for thing in found.things if thing.kind == "task")
        if not found_tasks:
            return None if reading.told else not_found(words, "open task")
        return Plan(tuple(call("complete_task", task=str(thing.number)) for thing in found_tasks), about=found_tasks)
    if not found.things:
        return None if reading.told else not_found(found.missing or words, "open task")
    return Plan(tuple(call("complete_task", task=str(thing.number)) for thing in found.things), about=found.things)


async def reopen(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that done tasks are open again."""
    words = reading.slots["object"]
    found = await talk.resolve(words, ("task",), done=True)
    if not found.things:
        return None if reading.told else not_found(found.missing or words, "done task")
    return Plan(tuple(call("reopen_task", task=str(thing.number)) for thing in found.things), about=found.things)


async def delete(reading: Reading, talk: Talk) -> Plan | None:
    """Plan that objects go away; where several fit, the person chooses."""
    words = reading.slots["object"]
    if words.lower() in _EVERYTHING and not talk.focus.shown:
        return one("clear_tasks", which="all")
    kinds = _kinds(reading)
    found = await talk.resolve(words, kinds)
    if not found.things:
        found = await talk.resolve(words, kinds, done=None)
    if not found.things and reading.kind:
        found = await talk.resolve(words)
    if not found.things:
        return not_found(found.missing or words)
    if len(found.rivals) > 1:
        return ask_which("delete", found.rivals)
    return Plan(tuple(_deleted(thing) for thing in found.things), about=found.things)


def _kinds(reading: Reading) -> tuple[ThingKind, ...]:
    return tuple(kind for kind in KINDS if reading.kind in ("", kind))


def _deleted(thing: Thing) -> Call:
    return call(f"delete_{thing.kind}", **{thing.kind: str(thing.number)}, day=thing.on)


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


async def undo(reading: Reading, talk: Talk) -> Plan | None:  # noqa: ARG001 - of the protocol
    """Plan that the last gestures are taken back."""
    said = reading.slots.get("count", "2").lower()
    said = said.split()[0] if said.split()[:1] != ["a"] else said.split()[-1]
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    return one("undo", count=count if count > 1 else None) if count else None
