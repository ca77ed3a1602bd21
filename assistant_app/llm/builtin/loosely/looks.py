"""Loose readings of questions and wishes to see: what sort of thing, of which days, in which list, about what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant_app.llm.builtin.intents.frame import Act
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.loosely.words import LOOKS
from assistant_app.llm.builtin.readings import Place, Reading
from assistant_app.llm.builtin.sentences import Sentence

_SCORE = 0.95
_WEIGHTS = frozenset({"high", "top", "high-priority", "top-priority", "priority", "priorities", "important", "urgent"})
_LONGEST_TIME = 8
_OPENERS = LOOKS["openers"]
_TASKS = LOOKS["tasks"]
_REMINDERS = LOOKS["reminders"]
_EVENTS = LOOKS["events"]
_DAYS = LOOKS["days"]
_NEUTRAL = LOOKS["neutral"]
_DONE = re.compile(
    r"\b(?:done|completed?|finish(?:ed)?|ticked(?: off)?|checked off|crossed off|closed|accomplish(?:ed)?|get done"
    r"|got done)\b"
)
_OPEN = re.compile(
    r"\b(?:not|without|w/o|excluding|except|un)[ -]?(?:the |yet )?(?:done|completed|finished)\b|\bto be done\b"
    r"|\bunfinished\b|\bneeds? to\b|\bget done\b"
)
_OVERDUE = re.compile(r"\b(?:overdue|late|past due|behind|past (?:its|their) (?:due date|deadline)|missed|slipped)\b")
_HIGH = re.compile(r"\b(?:high[- ]priority|top[- ]priority|important|urgent|priorities)\b")
_COUNT = re.compile(r"\b(?:how many|count|number of)\b")
_FREE = re.compile(r"\b(?:free|available|busy|booked|any time)\b")
_WHEN = re.compile(
    r" (?:so )?(?:when|what time|at what time|what day|which day|on what day|where|how long|until when)(?: exactly)? "
    r"(?:is|are|does|do|did|will|am|was|has|was|s)\b"
)
_SEARCH = re.compile(
    r" (?:find|search|search for|look up|look for|locate|is there|are there|do i have|did i|have i|any|anything"
    r"|show|which|what)\b"
)
_VERBS = re.compile(
    r"^(?:(?:the|my|our|a|an|any|i|we|have|having|set|start|starts|next|this|scheduled|put|add|added|got|with|about"
    r"|for|called"
    r"|mentioning|regarding|containing|related to|on|in|to|of)\s+)+|(?:\s+(?:start|starts|begin|begins|leave|leaves|end"
    r"|ends|finish|take place|happen|happening|again|scheduled|on|at|due|in|with|for|is|are|held|planned|go|going|open"
    r"|depart|arrive|over|meeting|appointment|event|task|reminder|already|yet|my|the|i|list|set|have|has))+$",
    re.IGNORECASE,
)


@dataclass
class Parts:
    """A question taken apart: what is left of its words, and what the others said."""

    words: list[str]
    slots: dict[str, str] = field(default_factory=dict[str, str])


def look_readings(sentence: Sentence, place: Place) -> Iterator[Reading]:
    """Return what a question can be after; nothing if words are left that say something else."""
    if not sentence.words or sentence.words[0] not in _OPENERS:
        return
    parts = Parts(list(sentence.words))
    plain = sentence.plain
    take_list(parts, place)
    take_days(parts, place)
    said = set(sentence.words)
    slots = parts.slots | _flags(plain)
    act, kind = _kind(said, slots, plain)
    if act is None:
        return
    weights = _WEIGHTS if "priority" in slots else frozenset[str]()
    left = [word for word in parts.words if word not in weights | _NEUTRAL | _TASKS | _REMINDERS | _EVENTS | _DAYS]
    if left and (not _WHEN.match(plain)) and not _SEARCH.match(plain):
        return
    if left:
        about = _subject(parts.words, left)
        if about:
            yield Reading("list", kind or "event", {**slots, "about": about, "found": "yes"}, _SCORE)
        return
    yield Reading(act, kind, slots, _SCORE)


def _subject(words: list[str], left: list[str]) -> str:
    """Return the words from the first to the last that say something of their own."""
    first = words.index(left[0])
    last = len(words) - 1 - words[::-1].index(left[-1])
    return _VERBS.sub("", " ".join(words[first : last + 1])).strip()


def take_list(parts: Parts, place: Place) -> None:
    """Take the list that is named, where it stands behind a preposition, in front of a noun, or at the end."""
    for at, word in enumerate(parts.words):
        for count in (2, 1):
            words = parts.words[at : at + count]
            if len(words) < count or not (name := find_list(" ".join(words), place.lists)):
                continue
            before, after = "".join(parts.words[at - 1 : at]), "".join(parts.words[at + count : at + count + 1])
            near = before in ("in", "on", "from", "under", "at", "for", "my", "the", "of", "finished", "done", "open")
            last = at + count == len(parts.words) and (before in _TASKS | {"ones"} or len(parts.words) <= 3)
            if (near and word not in ("list", "lists")) or after in _TASKS or last:
                parts.slots["known"] = name
                del parts.words[at : at + count]
                return


def take_days(parts: Parts, place: Place) -> None:
    """Take the longest stretch of words that says a day or several."""
    for count in range(min(_LONGEST_TIME, len(parts.words)), 0, -1):
        for at in range(len(parts.words) - count + 1):
            text = " ".join(parts.words[at : at + count])
            if parts.words[at] in ("what", "the", "a", "list") or text in (
                "day",
                "now",
                "may",
                "due",
                "open",
                "on",
                "next",
            ):
                continue
            if place.moments.days(text) and place.moments.says_day(text):
                parts.slots["range"] = text
                del parts.words[at : at + count]
                return


def _flags(plain: str) -> dict[str, str]:
    flags = {
        "overdue": _OVERDUE.search(plain),
        "done": _DONE.search(plain) if not _OPEN.search(plain) else None,
        "count": _COUNT.search(plain),
        "free": _FREE.search(plain),
    }
    found = {name: "yes" for name, match in flags.items() if match}
    return found | ({"priority": "high"} if _HIGH.search(plain) else {})


def _kind(said: set[str], slots: dict[str, str], plain: str) -> tuple[Act | None, str]:
    """Decide what is looked at: the noun tells, or else the list, the day and the verb."""
    if said & _REMINDERS:
        return "list", "reminder"
    if said & _EVENTS and not said & (_TASKS - {"list", "due"}):
        return "list", "event"
    what_was_done = "done" in slots and said & {"i", "everything", "all", "things", "stuff"}
    what_is_open = "count" in slots and said & {"open", "left"}
    if said & (_TASKS - {"list"}) or slots.keys() & {"known", "overdue", "priority"} or what_was_done or what_is_open:
        return "list", "task"
    if "range" in slots and said & _DAYS:
        return "agenda", ""
    if _WHEN.match(plain) or re.match(r" (?:find|search|search for|look up|look for|locate)\b", plain):
        return "list", "event"
    return None, ""
