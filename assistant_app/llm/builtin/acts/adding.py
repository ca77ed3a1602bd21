"""Adds tasks, reminders, events and lists."""

import re
from dataclasses import replace

from assistant_app.language.extract import Extract, extract
from assistant_app.language.moments import When
from assistant_app.language.rhythms import every_weekday_of, in_the_morning
from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.acts.novelty import FINITE, names_something_new
from assistant_app.llm.builtin.details import (
    Details,
    as_title,
    event_title,
    is_reason,
    items_of,
    read_details,
    without_reason,
)
from assistant_app.llm.builtin.intents.adding import OF_BOOKS
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.loosely.framing import says_twice, unframed
from assistant_app.llm.builtin.loosely.news import is_occasion
from assistant_app.llm.builtin.plans import Call, Plan, ask_which, call, one
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.questions import ASK_EVENT, ASK_REMINDER, ASK_TITLE
from assistant_app.llm.builtin.readings import Reading
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_LOOSE = 0.85  # Score of readings by parts.
_SOON = ("in an hour", "this evening", "tomorrow at 9:00")
_DAYS = ("today at 15:00", "tomorrow at 9:00", "next Monday at 10:00")
# How people name a task that there is: "put the garage task on the home list".
_MEANT = re.compile(r"^(?:task |number |#)\d+$|^the .+ task$", re.IGNORECASE)
_QUESTION = re.compile(r"(?:what|what's|why|who|how|whether)\s+(?!to\b)", re.IGNORECASE)  # "Tell me who won."
_DEADLINE = re.compile(r"(?:by|before|until|no later than|not later than|due|at the latest)\b", re.IGNORECASE)
# What a reminder is "for 8 every morning", where the phrase took the "for".
_BARE_HOUR = re.compile(
    r"^\d{1,2}(?::[0-5]\d)?(?= (?:every|each|daily|today|tonight|tomorrow|in the|on|this|next)\b)", re.IGNORECASE
)
_MORNINGS = re.compile(
    r"\b(?:tomorrow|every|each|daily|weekdays|workdays|weekends|(?:mon|tues|wednes|thurs|fri)days)\b", re.IGNORECASE
)
# "I had lunch on Friday" is no title, whatever is said behind it.
_TELLERS = frozenset({"i", "we", "he", "she", "they"})
_FOR_A_TIME = re.compile(r"(?:by|before|until|no later than|not later than|due|at the latest|for)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|my|that|this)\s", re.IGNORECASE)
_NOUN = re.compile(r"^(?:task|to-?do)\s+(?=\S)", re.IGNORECASE)
_NO_NAMES = frozenset({"new", "another", "list", "to-do", "todo"})
_NO_TITLES = frozenset(
    {
        "task",
        "a task",
        "calendar",
        "my calendar",
        "the calendar",
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
    body = _body(reading, talk)
    body = _BARE_HOUR.sub(r"at \g<0>", every_weekday_of(body)) if reading.kind == "reminder" else body
    if not names_something_new(reading, body, talk):
        return None
    if (tail := reading.slots.get("tail", "")).lower().startswith(("it's ", "it is ", "urgent")):
        body = f"{reading.slots.get('body', '')}, {tail}"
    kind, body = _kind(reading, body, talk)
    if _is_alarm(reading, body):
        body = in_the_morning(body)
    details = read_details(body, talk.moments, talk.lists, event=kind == "event")
    if noun := reading.slots.get("noun") or reading.slots.get("occasion"):
        body = f"{noun} {body}"
        details = read_details(body, talk.moments, talk.lists, event=True)
    if kind == "reminder":
        return await _reminder(reading, details, talk)
    if kind == "event":
        arranged = reading.slots.get("keeps") in ("verb", "noun") or reading.score < _LOOSE
        return None if arranged and _has_deadline(body, talk) else await _event(reading, details, talk)
    return await _tasks(reading, body, replace(details, title=without_reason(details.title)), talk)


def _body(reading: Reading, talk: Talk) -> str:
    """Return all words that say what is new, without a reason behind them."""
    slots = reading.slots
    tail = slots.get("tail", "")
    tail = "" if is_reason(tail) and extract(tail, talk.moments.now).when is None else tail
    if level := slots.get("level", ""):
        tail = f"{tail}, {level} priority"
    body = " ".join(filter(None, (slots.get("body", ""), slots.get("when", ""), tail)))
    rhythm = slots.get("rhythm", "")
    return body if not rhythm or says_twice(rhythm, body) else f"{body} {rhythm}".strip()


def _has_deadline(body: str, talk: Talk) -> bool:
    """Tell whether what is to be arranged is to be so by a time: "book flights by Friday" is something to do."""
    return any(_DEADLINE.match(body[start:]) for start, _ in extract(body, talk.moments.now).spans)


def _is_alarm(reading: Reading, body: str) -> bool:
    """Tell whether something rings to wake the person: at 6 that is in the morning."""
    return "title" in reading.slots or (reading.slots.get("bare") == "Alarm" and bool(_MORNINGS.search(body)))


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
        occasion = is_occasion(timed.rest, ranged=ranged) or _is_at_an_hour(framed.text, timed)
        said = "event" if timed.when is not None and occasion else None
    return said or reading.kind, framed.text


def _is_at_an_hour(text: str, timed: Extract) -> bool:
    """Tell whether something that no verb begins has a day and an hour: "an eye test on Monday at 8:45" takes place."""
    words = Sentence(timed.rest).words
    if timed.when is None or timed.when.day is None or timed.when.time is None or len(words) < 2:
        return False
    return words[0] in ("a", "an") and not any(_FOR_A_TIME.match(text[start:]) for start, _ in timed.spans)


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
        title = _waking_to(title) or "Wake up"
    if not title or title.lower() in ("again", "later", "something"):
        return Plan(say=ASK_TITLE.format(what="remind you of"), sure=False)
    if _QUESTION.match(title):
        return None
    if details.when is not None and details.when.unclear:
        return Plan(say=f"{_unclear(details.when)} {ASK_REMINDER.format(what=quoted(title))}", suggestions=_SOON)
    at = talk.moments.at(details.when)
    if not at and bare == "Timer":
        return None
    if not at:
        return Plan(say=ASK_REMINDER.format(what=quoted(title)), suggestions=_SOON)
    return one("add_reminder", text=title, at=at, repeat=_repeat(details.when))


def _waking_to(title: str) -> str:
    """Return what the person is to be woken for, empty if that is no errand: "wake me at 6 to leave early"."""
    words = Sentence(title).words
    errand = len(words) > 1 and words[0] in (ERRANDS | {"leave", "catch", "go"}) and words[0] not in ("up", "wake")
    return title if errand else ""


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
    at = talk.moments.moved(at, _hour(reading)) if at and reading.slots.keys() & {"at", "part"} else at
    moment = talk.moments.when(at) if at and "T" not in at else None
    at = talk.moments.at(moment) if moment else at
    if not at or talk.moments.local(at) <= talk.moments.now:
        return Plan(say=ASK_REMINDER.format(what=quoted(thing.title)), suggestions=_SOON)
    return Plan((call("add_reminder", text=thing.title, at=at),), about=found.things)


def _hour(reading: Reading) -> str:
    """Return the hour that was said; of the evening before, "at 8" is in the evening."""
    at, part = reading.slots.get("at", ""), reading.slots.get("part", "")
    return f"{at} in the {part}" if at and part and at[-1].isdigit() else at or f"in the {part}"


def _is_no_event(reading: Reading, details: Details, title: str) -> bool:
    """Tell whether words that could be put on the calendar tell of something, or need a time to be a wish at all."""
    first = set(title.lower().split()[:1])
    if first & _TELLERS or (reading.score < _LOOSE and FINITE & set(Sentence(title).words)):
        return True
    if details.when is None:
        return reading.slots.get("keeps") == "verb" or "curt" in reading.slots
    return reading.slots.get("keeps") == "verb" and bool(first & OF_BOOKS)


async def _event(reading: Reading, details: Details, talk: Talk) -> Plan | None:
    title = event_title(details.title, repeats=bool(_repeat(details.when)))
    if _is_no_event(reading, details, title):
        return None
    if not title:
        return Plan(say=ASK_TITLE.format(what="put on your calendar"))
    if reading.slots.get("keeps") == "verb" and (planned := await _planned(title, details, talk)):
        return planned
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


async def _planned(title: str, details: Details, talk: Talk) -> Plan | None:
    """Plan when a task that there is gets done: "schedule finish the report for Thursday" names it as a whole."""
    found = await talk.book.find(title, kinds=("task",))
    named = bool(found) and found[0].score >= 1 and Sentence(title).words[0] in ERRANDS
    due = talk.moments.due(details.when)
    if not named or details.when is None or not due or talk.moments.end(details.when):
        return None
    return Plan((call("update_task", task=str(found[0].number), due=due),), about=(found[0],))


async def _tasks(reading: Reading, body: str, details: Details, talk: Talk) -> Plan | None:
    if not details.title or len(details.title) > 300:
        return Plan(say=ASK_TITLE.format(what="add to your tasks"), sure=False)
    if details.title in ("a", "an", "the"):
        return None
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
    titles = [_NOUN.sub("", title) for title in items_of(details.title)]
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
    if _DEFINITE.match(title) and len(found) == 1 and found[0].list != name:
        return found[0]  # "The plants" are those that there are.
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


def _repeat(when: When | None) -> str:
    return when.repeat if when is not None else ""


def _unclear(when: When) -> str:
    return f"I am not sure what you mean: {when.unclear.rstrip('.')}." if when.unclear else ""
