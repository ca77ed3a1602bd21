"""Looks things up: tasks, reminders, events and whole days."""

import re
from datetime import date, timedelta

from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.past_forms import base_of
from assistant_app.llm.builtin.plans import Plan, one
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import escaped

_FRONT = re.compile(r"^(?:to|the|my|our|a|an|with|for|at|on|in|from|of)\s+", re.IGNORECASE)
_NO_SUBJECTS = frozenset({
    "it", "that", "this", "they", "them", "he", "she", "you", "we", "i", "there", "everything", "anything", "something",
    "nothing", "time", "all", "the time", "lunch time", "dinner time",
})  # fmt: skip
_DETERMINERS = frozenset(
    {"the", "my", "a", "an", "our", "any", "task", "tasks", "appointment", "meeting", "event", "next"}
)


async def list_objects(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a look at tasks, reminders or events."""
    slots = reading.slots
    if slots.get("lists"):
        return _lists(talk)
    if slots.get("shopping"):
        return _shopping(talk)
    days = _past(slots["past"], talk) if "past" in slots else None
    days = talk.moments.days(slots["range"]) if "range" in slots else days
    text = _subject(slots.get("about", ""))
    if "about" in slots and (not text or (talk.moments.days(text) and not ("found" in slots and text.isdigit()))):
        return None
    if reading.kind == "reminder":
        return one("list_reminders", text=text, **_span(days, "from_", "to"))
    look = _events if reading.kind == "event" else _tasks
    return await look(reading, talk, text, days)


async def _tasks(reading: Reading, talk: Talk, text: str, days: tuple[date, date] | None) -> Plan | None:
    """Look among the tasks; what a question supposes to be there has to be."""
    slots = reading.slots
    if "deed" in slots:
        return await _deed(slots["deed"], text, slots["about"], talk)
    if "found" in slots:
        return await _named(text, talk)
    return one(
        "list_tasks",
        list=slots.get("known", ""),
        overdue=True if slots.get("overdue") else None,
        done=True if slots.get("done") == "yes" else None,
        text=text,
        **_span(days, "due_from", "due_to"),
    )


async def _deed(verb: str, text: str, about: str, talk: Talk) -> Plan | None:
    """Look for what the person may have done: by the whole errand first, and among the done ones if it is there."""
    base = base_of(verb.lower()) or verb.lower()
    for words in (f"{base} {about}", text):
        if found := await talk.book.find(words, kinds=("task",), done=None):
            return one("list_tasks", text=words, done=True if found[0].done else None)
    return one("list_tasks", text=text) if await talk.book.find(text, done=None) else None


async def _events(reading: Reading, talk: Talk, text: str, days: tuple[date, date] | None) -> Plan | None:
    """Look among the events; a bare "when is X" only if there is something called so."""
    if text and reading.score < 1:
        found = await _found(text, talk)
        if not found:
            return None
        text = found[1]
        if found[0].kind != "event":
            return one(f"list_{found[0].kind}s", text=text)
    return one("list_events", text=text, **_span(days, "from_", "to"))


async def _found(text: str, talk: Talk) -> tuple[Thing, str] | None:
    """Return what a question is about, and the words that name it.

    A verb that the title has not, or has in another form, is left away: "fly to Lisbon" names the flight to Lisbon.
    """
    words = text.split()
    for start in range(min(3, len(words))):
        if start and words[start - 1].lower() in _NO_SUBJECTS:
            break
        named = " ".join(words[start:])
        if start and (len(named) < 4 or named.lower() in _NO_SUBJECTS):
            break
        kept = _subject(_FRONT.sub("", named))
        if kept and (found := await talk.book.find(kept)):
            best = [thing for thing in found if thing.score >= found[0].score]
            return next((thing for thing in best if thing.kind == "event"), found[0]), kept
    return None


async def _named(text: str, talk: Talk) -> Plan | None:
    """Plan a look at the one task that a question names, by its number or by words."""
    found = await talk.book.find(text, kinds=("task",), done=None)
    if not found:
        return None
    done = True if found[0].done else None
    return one("list_tasks", text=found[0].title if text.isdigit() or len(found) == 1 else text, done=done)


async def agenda(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a look at days: what is due, what takes place, and what will be reminded of."""
    days = talk.moments.days(reading.slots["range"])
    return one("list_agenda", **_span(days, "from_", "to")) if days else None


def _shopping(talk: Talk) -> Plan:
    """Look at the list for the shop or, without one, at what is to be bought."""
    name = find_list("groceries", talk.lists)
    return one("list_tasks", list=name) if name in talk.lists else one("list_tasks", text="buy")


def _span(days: tuple[date, date] | None, first: str, last: str) -> dict[str, str]:
    return {first: days[0].isoformat(), last: days[1].isoformat()} if days else {}


def _past(words: str, talk: Talk) -> tuple[date, date] | None:
    """Read days that are over, up to today: "this week" began on its Monday."""
    days, today = talk.moments.days(words), talk.moments.today
    if days and words.lower().endswith("week") and days[0] == today:
        return today - timedelta(days=today.weekday()), today
    if days and words.lower().endswith("month") and days[0] == today:
        return today.replace(day=1), today
    return (days[0], min(days[1], today)) if days else None


def _subject(words: str) -> str:
    """Return the words of a title in a question, empty if it can't be one."""
    plain = " ".join(Sentence(words).words)
    if not plain or plain in _NO_SUBJECTS or plain.split()[0] in ("there", "anything", "something", "i", "you", "we"):
        return ""
    kept = words.split()
    while kept and kept[0].lower() in _DETERMINERS:
        kept = kept[1:]
    while (
        kept
        and kept[-1].lower() in ("task", "tasks", "appointment", "meeting", "event", "already", "yet")
        and len(kept) > 1
    ):
        kept = kept[:-1]
    return " ".join(kept)


def _lists(talk: Talk) -> Plan:
    if not talk.lists:
        return Plan(say="You have no lists yet. Say *create a list called groceries* to start one.")
    lines = "\n".join(f"- {escaped(title)}" for title in talk.lists)
    return Plan(say=f"Your lists:\n\n{lines}", suggestions=tuple(f"Show {title}" for title in talk.lists[:3]))
