"""Finds what many tasks at once are meant by: "everything due today", "all tasks in groceries", "my overdue ones"."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.loosely.looks import Parts, take_days, take_list
from assistant_app.llm.builtin.loosely.words import BULK
from assistant_app.llm.builtin.plans import Call, Plan, ask_first
from assistant_app.llm.builtin.readings import Place
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_ASKED_FROM = 6  # So many at once are asked about before they are changed.
_NAMED = 5


async def many_meant(words: str, talk: Talk, *, scope: str = "") -> Sequence[Thing] | None:
    """Return the open tasks that the words mean all together, None if they do not mean many.

    `scope` is the list that was named beside them.
    """
    parts = Parts(list(Sentence(words).words))
    quantified = bool(set(parts.words) & BULK["all"])
    place = Place(talk.moments, talk.lists)
    if scope:
        parts.slots["known"] = scope
    else:
        take_list(parts, place)
    take_days(parts, place)
    overdue = bool(set(parts.words) & BULK["overdue"])
    limited = overdue or bool(parts.slots)
    plural = bool(set(parts.words) & BULK["many"])
    rest = set(parts.words) - BULK["all"] - BULK["many"] - BULK["overdue"] - BULK["neutral"]
    if rest or not (quantified or (plural and limited)) or not (limited or plural):
        return None
    days = talk.moments.days(parts.slots["range"]) if "range" in parts.slots else None
    name = find_list(parts.slots["known"], talk.lists) if "known" in parts.slots else ""
    if name and name not in talk.lists:
        return ()
    last = talk.moments.today - timedelta(days=1) if overdue else days[1] if days else None
    return await talk.book.open_tasks(in_list=name, first=days[0] if days else None, last=last)


def plan_many(things: Sequence[Thing], change: Callable[[Thing], Call], talk: Talk) -> Plan:
    """Plan the same change of many tasks; where they are a good many, it is asked about first."""
    if not things:
        return Plan(say="There are no such open tasks, so I changed nothing.")
    plan = Plan(tuple(change(thing) for thing in things), about=tuple(things))
    if len(things) < _ASKED_FROM or talk.confirmed:
        return plan
    titles = ", ".join(quoted(thing.title) for thing in things[:_NAMED])
    more = f" and {len(things) - _NAMED} more" if len(things) > _NAMED else ""
    return ask_first(plan, f"That changes {len(things)} tasks: {titles}{more}.")
