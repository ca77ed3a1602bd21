"""Loose readings of wishes for something new: a task, a reminder or an event."""

import re
from collections.abc import Iterator, Sequence

from assistant_app.language.extract import extract
from assistant_app.llm.base import ThingKind
from assistant_app.llm.builtin.intents.adding import DOINGS, EVENT_NOUNS, OF_BOOKS
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.loosely.framing import Framed, unframed
from assistant_app.llm.builtin.loosely.words import Deed
from assistant_app.llm.builtin.readings import Place, Reading
from assistant_app.llm.builtin.sentences import Sentence

_SCORE = 0.8
_FOR_OTHERS = frozenset({"remind", "nudge", "ping", "notify", "alert", "wake", "warn", "bug", "nag", "poke", "prod"})
# What these are done to is there already, where no noun says that it is a task: "set the table at 6".
_HANDLING = frozenset({
    "set", "put", "make", "get", "drop", "give", "place", "throw", "toss", "chuck", "fit", "key", "slip", "slot",
    "take", "assign",
})  # fmt: skip
_DOING = frozenset({"make", "get", "take", "give", "drop", "throw", "toss", "fit"})
_DETERMINED = re.compile(r"(?:the|my|our|his|her|their|your)\s", re.IGNORECASE)
_ME = re.compile(
    r"^(?:me|us|myself)\b[,:]?\s*(?:up\s+)?(?:(?:with\s+)?(?:an?\s+)?(?:reminder|alarm|alert|nudge|shout|call|ping"
    r"|heads[- ]up|buzz|message|text)\b\s*)?",
    re.IGNORECASE,
)
# "Tell me what is due by Monday" wants to know it.
_ASKED = re.compile(r"(?:about\s+)?(?:what|which|who|whom|whose|where|why|how|whether|if|when)\b", re.IGNORECASE)
# "Give me until Friday to think" asks for time.
_TIME_TO = re.compile(
    r"(?:me|us|him|her|them)\s+(?:until|till|time|more time|a (?:moment|second|minute|break))\b", re.IGNORECASE
)
_ABOUT = re.compile(r"^(?:to|about|of|that|for|so i)\s+", re.IGNORECASE)
_DOWN = re.compile(r"\s+(?:down|in)(?=\s+(?:for|on|as|at)\s)", re.IGNORECASE)
_PARTICLE = re.compile(r"^(?:down|in|up|out|off|me|us)\s+", re.IGNORECASE)
# Of these only the last word makes one: "Mia's birthday" and "movie night", though not "birthday card".
_LAST = frozenset({"birthday", "anniversary", "night", "club"})
_KNOWN = re.compile(
    r"(?:the|that|this|my|those|these) (?:\S+ ){1,4}(?:task|to-?do|reminder|alarm|event|appointment|meeting)s?\b(?!:)",
    re.IGNORECASE,
)


def new_readings(deeds: Sequence[Deed], verb: str, rest: Sentence, place: Place) -> Iterator[Reading]:
    """Return what can be new in a wish whose verb may mean so."""
    text = rest.text
    # "Remind Tom about the meeting" is a wish that nobody here can fulfil.
    for_others = verb in _FOR_OTHERS and not _ME.match(text)
    if for_others or not {"add", "schedule", "remind"} & set(deeds):
        return
    if verb == "give" and _TIME_TO.match(text):
        return
    if "remind" in deeds and (found := _ME.match(text)):
        body = _ABOUT.sub("", text[found.end() :].lstrip(" ,:"))
        if _ASKED.match(text[found.end() :].lstrip(" ,:")):
            return
        if extract(text, place.moments.now).when and body:
            yield Reading("add", "reminder", {"body": body}, _SCORE)
            return
    text = f"{verb} {text}" if verb == "book" and rest.words[:1] and rest.words[0] in OF_BOOKS else text
    framed = unframed(_DOWN.sub("", _PARTICLE.sub("", text)))
    if not framed.text or names_known(text):
        return
    kind = kind_of(framed, deeds, place)
    handled = verb in _HANDLING and (verb in _DOING or _DETERMINED.match(text))
    if kind == "task" and framed.kind is None and handled:
        return
    if kind:
        yield Reading("add", kind, {"body": framed.text} | ({"stated": "no"} if verb == "new" else {}), _SCORE)


def names_known(text: str) -> bool:
    """Tell whether the words name something that there is rather than something new: "the bins reminder"."""
    return bool(_KNOWN.match(text))


def kind_of(framed: Framed, deeds: Sequence[Deed], place: Place) -> ThingKind | None:
    """Decide what something new is; None if nothing tells that it is to be kept at all."""
    if framed.kind == "task" and not framed.calendar:
        return "task"
    if framed.kind:
        return framed.kind
    timed = extract(framed.text, place.moments.now)
    if timed.when is not None and is_occasion(
        timed.rest, ranged=timed.when.end is not None and timed.when.time is not None
    ):
        return "event"
    if "schedule" in deeds and "add" not in deeds:
        return "event" if timed.when is not None else None
    return "task" if "add" in deeds and timed.when is not None else None


def is_occasion(title: str, *, ranged: bool) -> bool:
    """Tell whether a title is that of an event: it names one, or it goes from one time to another."""
    words = Sentence(re.sub(r"'s\b", "", title)).words
    if not words:
        return False
    if words[0] in ERRANDS and words[0] not in EVENT_NOUNS:
        return False
    if ranged:
        return True
    solid = EVENT_NOUNS - DOINGS
    return words[0] in solid or words[-1] in solid | _LAST or any(word in solid for word in words[1:3])
