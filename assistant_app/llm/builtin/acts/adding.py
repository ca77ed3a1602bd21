"""Adds tasks, reminders, events and lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant_app.language.extract import extract
from assistant_app.language.moments import When
from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.details import Details, as_title, items_of, read_details
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.loosely.framing import unframed
from assistant_app.llm.builtin.loosely.news import is_occasion
from assistant_app.llm.builtin.plans import Call, Plan, ask_which, call, one
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.questions import ASK_EVENT, ASK_REMINDER, ASK_TITLE
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_SOON = ("in an hour", "this evening", "tomorrow at 9:00")
_DAYS = ("today at 15:00", "tomorrow at 9:00", "next Monday at 10:00")
# Not errands, though they come after "I need to": the person talks about themself.
_TALK_VERBS = frozenset({
    "know", "think", "ask", "say", "talk", "vent", "go", "sleep", "rest", "admit", "understand", "believe", "feel",
    "see",
    "learn", "relax", "stop", "be", "hear", "confess", "tell", "agree", "disagree", "decide", "wonder", "focus", "cry",
    "laugh", "breathe", "wait", "live", "calm", "get over", "have", "work", "improve", "become", "lose", "change",
})  # fmt: skip

# How people name a task that there is: "put the garage task on the home list".
_MEANT = re.compile(r"^(?:task |number |#)\d+$|^the .+ task$", re.IGNORECASE)
# "Schedule is tight" states something, and "add 2 and 3" is a sum.
_STATING = frozenset({"is", "are", "was", "were", "has", "had", "will", "isn't", "would", "seems", "means"})
# "The reminder you set was loud" speaks of one, and "remind me what is due" asks.
_RELATING = frozenset({"you", "which", "is", "was", "were", "has", "had", "did", "does", "isn't", "never"})
_TOLD_OF = frozenset(
    {"is", "are", "was", "were", "went", "came", "goes", "comes", "would", "sounds", "sounded", "woke", "rang"}
)
_ASKING = frozenset({"what", "which", "who", "whom", "whose", "where", "why", "how", "whether", "if"})
_SUM = re.compile(r"[\d\s.,+]*\d(?:\s*(?:and|to|plus|,|\+)\s*\d[\d.,]*)+", re.IGNORECASE)
# "Put it back" and "get rid of" begin so: neither names anything new.
_NOTHING_NEW = re.compile(
    r"(?:(?:it|them|that one|this one)(?: back)?\b|rid of\b|everything\b(?! bagel))", re.IGNORECASE
)
# What is said behind something that there is, to change it.
_CHANGING = frozenset({"repeat", "recur", "repeating", "recurring", "instead"})
_NO_NAMES = frozenset({"new", "another", "list", "to-do", "todo"})
_NO_TITLES = frozenset(
    {
        "task",
        "a task",
        "tasks",
        "a to-do",
        "to-do",
        "todo",
        "a todo",
        "an item",
        "something",
        "one",
        "a new task",
        "new task",
        "another",
        "another one",
        "another task",
        "an event",
        "a reminder",
        "a list",
        "some",
        "more",
        "stuff",
        "things",
    }
)


async def add(reading: Reading, talk: Talk) -> Plan | None:
    """Plan what a phrase with something new in it comes to."""
    body = " ".join(
        filter(None, (reading.slots.get("body", ""), reading.slots.get("tail", ""), reading.slots.get("rhythm", "")))
    )
    if not _names_something_new(reading, body):
        return None
    if (tail := reading.slots.get("tail", "")).lower().startswith(("it's ", "it is ", "urgent")):
        body = f"{reading.slots.get('body', '')}, {tail}"
    kind, body = _kind(reading, body, talk)
    details = read_details(body, talk.moments, talk.lists, event=kind == "event")
    if noun := reading.slots.get("noun") or reading.slots.get("occasion"):
        body = f"{noun} {body}"
        details = read_details(body, talk.moments, talk.lists, event=True)
    if kind == "reminder":
        return await _reminder(reading, details, talk)
    if kind == "event":
        return await _event(reading, details, talk)
    return await _tasks(reading, body, details, talk)


def _names_something_new(reading: Reading, body: str) -> bool:
    """Tell whether what would be added can be something new at all."""
    if reading.slots.get("wish") == "need" and not _is_errand(body):
        return False
    words = Sentence(body).words
    if (words and words[0] in _STATING) or _SUM.fullmatch(body):
        return False
    if reading.kind == "reminder":
        return not (words and (words[0] in _RELATING or _only_told(reading, words)))
    # "Note that water boils" states something.
    return not (
        body.lower().startswith("that ")
        or (words and words[-1] in _CHANGING)
        or _NOTHING_NEW.match(body)
        or _goes_back(reading, body)
    )


def _only_told(reading: Reading, words: Sequence[str]) -> bool:
    """Tell whether what could be a reminder's words ask for something, or state something of a reminder."""
    if "asking" in reading.slots:
        return next((word for word in words if word != "again"), "") in _ASKING
    return "stated" in reading.slots and bool(_TOLD_OF & set(words))


def _goes_back(reading: Reading, body: str) -> bool:
    """Tell whether something is to be put back rather than added: "the drill back", though not "call Bo back"."""
    words = Sentence(reading.slots.get("body", body)).words
    return len(words) > 1 and words[-1] == "back" and words[0] not in ERRANDS


def _kind(reading: Reading, body: str, talk: Talk) -> tuple[str, str]:
    """Return what something new is, and its words without the frame that says so."""
    if reading.slots.keys() & {"noun", "occasion", "title", "bare", "wish"}:
        return reading.kind, body
    framed = unframed(body)
    if not framed.text or reading.kind == "reminder":
        return reading.kind, framed.text if framed.text and framed.kind in (None, "reminder") else body
    said = framed.kind if framed.calendar or not reading.kind else None
    named = reading.slots.get("list") or reading.slots.get("known")
    if reading.kind != "event" and not said and not named:
        timed = extract(framed.text, talk.moments.now)
        ranged = timed.when is not None and timed.when.end is not None
        said = "event" if timed.when is not None and is_occasion(timed.rest, ranged=ranged) else None
    return said or reading.kind, framed.text


async def add_list(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a new list."""
    name = re.sub(r"^(?:the|my|our) ", "", as_title(reading.slots["name"]), flags=re.IGNORECASE)
    if (known := find_list(name, talk.lists)) in talk.lists:
        return Plan(say=f"There is a list {quoted(known)} already.")
    return one("add_list", name=name) if name and name.lower() not in _NO_NAMES and len(name.split()) <= 6 else None


async def _reminder(reading: Reading, details: Details, talk: Talk) -> Plan | None:
    title = details.title or reading.slots.get("title", "")
    pointed = point(" ".join(Sentence(title).words)) if title else None
    if pointed:
        found = await talk.resolve(title)
        title = found.things[0].title if found.things else ""
    bare = reading.slots.get("bare", "")
    if (
        bare
        and details.when is None
        and (when := talk.moments.when(f"at {details.title}") or talk.moments.when(f"in {details.title}"))
    ):
        details = replace(details, title="", when=when)
        title = ""
    if bare and (title.lower() in ("", "alarm", "timer", "an alarm", "a timer", "me") or not details.when):
        title = title if title and details.when else bare
    if reading.slots.get("title") == "Wake up":
        title = "Wake up"
    if not title or title.lower() in ("again", "later", "something"):
        return Plan(say=ASK_TITLE.format(what="remind you of"), sure=False)
    if details.when is not None and details.when.unclear:
        return Plan(say=f"{_unclear(details.when)} {ASK_REMINDER.format(what=quoted(title))}", suggestions=_SOON)
    at = talk.moments.at(details.when)
    if not at and bare == "Timer":
        return None
    if not at:
        return Plan(say=ASK_REMINDER.format(what=quoted(title)), suggestions=_SOON)
    return one("add_reminder", text=title, at=at, repeat=_repeat(details.when))


async def remind_ahead(reading: Reading, talk: Talk) -> Plan | None:
    """Plan a reminder some time before something that has a time."""
    span = talk.moments.span(reading.slots["span"])
    found = await talk.resolve(reading.slots["object"], ("event", "task"))
    if span is None or not found.things:
        return None
    if len(found.rivals) > 1:
        return ask_which("remind you of", found.rivals)
    thing = found.things[0]
    if "T" not in thing.when and not span.whole_days:
        return Plan(say=ASK_REMINDER.format(what=quoted(thing.title)), suggestions=_SOON)
    at = talk.moments.shifted(thing.when, span, -1) if thing.when else ""
    moment = talk.moments.when(at) if at and "T" not in at else None
    at = talk.moments.at(moment) if moment else at
    if not at or talk.moments.local(at) <= talk.moments.now:
        return Plan(say=ASK_REMINDER.format(what=quoted(thing.title)), suggestions=_SOON)
    return Plan((call("add_reminder", text=thing.title, at=at),), about=found.things)


async def _event(reading: Reading, details: Details, talk: Talk) -> Plan | None:
    title = details.title
    if reading.slots.get("keeps") == "verb" and details.when is None:
        return None
    if not title:
        return Plan(say=ASK_TITLE.format(what="put on your calendar"))
    if details.when is not None and details.when.unclear:
        return Plan(say=f"{_unclear(details.when)} {ASK_EVENT.format(what=quoted(title))}", suggestions=_DAYS)
    start = talk.moments.due(details.when)
    if details.when is None or not start:
        return Plan(say=ASK_EVENT.format(what=quoted(title)), suggestions=_DAYS)
    return one(
        "add_event",
        title=title,
        start=start,
        end=talk.moments.end(details.when),
        place=details.place,
        notes=details.notes,
        repeat=_repeat(details.when),
    )


async def _tasks(reading: Reading, body: str, details: Details, talk: Talk) -> Plan | None:
    if not details.title or len(details.title) > 300:
        return Plan(say=ASK_TITLE.format(what="add to your tasks"), sure=False)
    if point(" ".join(Sentence(details.title).words)) or details.title.lower() in _NO_TITLES:
        return Plan(say=ASK_TITLE.format(what="add to your tasks"), sure=False)
    name = reading.slots.get("known") or details.list
    said = reading.slots.get("list", "")
    if said and not name:
        name = find_list(said, talk.lists) or said
    if details.when is not None and details.when.unclear:
        return Plan(
            say=f"{_unclear(details.when)} When is {quoted(details.title)} due?", suggestions=("tomorrow", "Friday")
        )
    if name and (same := await _existing(details.title, name, talk)):
        return one("update_task", task=str(same.number), list=name)
    titles = items_of(details.title)
    several = len(titles) > 2 or bool(name) or "tasks" in body.lower()
    if reading.slots.get("wish") or not several:
        titles = [details.title]
    due = talk.moments.due(details.when)
    nudged = reading.slots.get("wish") == "nudge" and details.when is not None and details.when.time is not None
    return Plan(tuple(_task(title, name, due, details, nudged=nudged) for title in titles))


async def _existing(title: str, name: str, talk: Talk) -> Thing | None:
    """Return the task of that very title in another list: putting it on a list means to move it."""
    if _MEANT.search(title) and (meant := await talk.resolve(title, ("task",))).things:
        return meant.things[0]
    found = await talk.book.find(title, kinds=("task",))
    return next((thing for thing in found[:1] if thing.title.lower() == title.lower() and thing.list != name), None)


def _task(title: str, name: str, due: str, details: Details, *, nudged: bool) -> Call:
    return call(
        "add_task",
        title=title,
        notes=details.notes,
        list=name,
        due=due,
        priority=details.priority,
        repeat=_repeat(details.when),
        remind_at=due if nudged else "",
    )


def _is_errand(body: str) -> bool:
    words = Sentence(body).words
    return bool(words) and words[0] not in _TALK_VERBS and words[0] not in ("you", "a", "the", "some", "not", "my")


def _repeat(when: When | None) -> str:
    return when.repeat if when is not None else ""


def _unclear(when: When) -> str:
    return f"I am not sure what you mean: {when.unclear.rstrip('.')}." if when.unclear else ""
