"""Cuts one wish for several things: "remind me to call Bo at 4 and to cook at 6", "tomorrow: iron, call Bo, cook"."""

import re
from dataclasses import dataclass

from assistant_app.language.extract import extract
from assistant_app.llm.builtin.details import items_of
from assistant_app.llm.builtin.intents.errands import ERRANDS, UNCLEAR
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.sentences import Sentence

# "Book the hall" is no word of the assistant's here: it stands among errands.
_ERRANDS = ERRANDS | {"book", "reserve", "arrange"}
_LEAD = re.compile(
    r"^(?P<lead>(?:(?:please|kindly|hey|hi|ok|okay|can you|could you|would you|will you|steward)[\s,]+)*"
    r"(?:remind|nudge|ping|alert|buzz)\s+me)\s+(?P<body>[^\n?]+?)(?P<end>\W*)$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:then\s+|also\s+|again\s+)*", re.IGNORECASE)
_TO = re.compile(r"^(?:to|about|of)\s+", re.IGNORECASE)


# "I need to call Bo on Monday and iron the shirts on Tuesday", "to do: book the hall; order the cake; call Ida".
_NEEDED = re.compile(
    r"^(?P<lead>(?:(?:please|kindly|hey|hi|ok|okay|so|also|can you|could you|would you|steward)[\s,]+)*"
    r"(?:add(?: (?:\w+ )?tasks?| to-?dos?)?(?: to|:)?|(?:(?:i|we)(?:['’]ve| have)?\s+)?(?:(?:still|also"
    r"|really)\s+)?(?:need"
    r"|have|got|ought) to|(?:i |we )?(?:must|gotta)|(?:to-?do|to do|to-?dos|tasks?)(?: list)?:|(?:do not"
    r"|don['’]t) let me forget to|remember to))\s+"
    r"(?P<body>[^\n?]+?)\W*$",
    re.IGNORECASE,
)
_TODO_MARK = re.compile(r"(?:to-?do|to do|to-?dos|tasks?)(?: list)?:$", re.IGNORECASE)
_EXPLICIT = re.compile(r"\b(?:and|&) also\b|\bas well as\b|\band then also\b", re.IGNORECASE)
_LEAST_ITEMS = 3  # "Wash and iron the shirts" is one errand, and so may two be.
_MOST_WORDS = 7
# What goes on with the same thing, or leads up to it: "go to the shop and get milk", "wash the car and wax it".
_GOING_ON = frozenset({"it", "them", "him", "her", "there", "one", "then"})
_LEADING_UP = frozenset({"go", "come", "take", "bring", "try", "check", "see", "look"})
_DATED = re.compile(r"(?P<when>[^:\n]{2,40}):\s+(?P<what>[^\n:?]+)")


@dataclass(frozen=True)
class _Piece:
    """One of the reminders: its words, and the day that they say."""

    text: str
    day: str


def separate_reminders(text: str, moments: Moments) -> str:
    """Return a wish for several reminders as one sentence each; the text itself if it is none."""
    if not (found := _LEAD.match(text)):
        return text
    pieces = _pieces(found["body"], moments)
    if len(pieces) < 2:
        return text
    day, sentences = "", list[str]()
    for piece in pieces:
        day = piece.day or day
        on = f" on {day}" if day and not piece.day else ""
        sentences.append(f"{found['lead']} {piece.text}{on}")
    return "\n".join(sentences)


def separate_errands(text: str, moments: Moments) -> str:
    """Return errands with a time each, or under one day, as one sentence each; the text itself if it is none."""
    if (
        (words := Sentence(text).words)
        and words[0]
        in ERRANDS - UNCLEAR | {"call", "email", "text", "post", "phone", "ring", "mail", "sign", "print", "book"}
        and not {"?", '"'} & set(text)
    ):
        pieces = _pieces(f"to {text.strip(' .!')}", moments, days=True)
        if len(pieces) > 1:
            return "\n".join(f"add task {_TO.sub('', piece.text)}" for piece in pieces)
    if "?" not in text and (needed := _NEEDED.match(text)) and (errands := _several(needed, moments)):
        return "\n".join(f"add task {errand}" for errand in errands)
    if not (found := _DATED.fullmatch(text)) or not moments.when(found["when"]):
        return text
    items = items_of(found["what"])
    if len(items) < 2 or not all(Sentence(item).words[0] in ERRANDS for item in items):
        return text
    return "\n".join(f"add task {item} {found['when']}" for item in items)


def _several(needed: re.Match[str], moments: Moments) -> list[str]:
    """Return the errands of one need: each with a time of its own, or at least three with none before the last."""
    body = needed["body"]
    begins = (words := Sentence(body).words) and words[0] in _ERRANDS
    if not begins:
        return []
    pieces = _pieces(f"to {body}", moments, days=True)
    if len(pieces) > 1:
        return [_TO.sub("", piece.text) for piece in pieces]
    marked = bool(_TODO_MARK.search(needed["lead"]))
    items = [
        item.strip() for item in (re.split(r"\s*;\s*", body) if ";" in body else _JOINT.split(body)) if item.strip()
    ]
    pair = marked or _EXPLICIT.search(body)
    if len(items) < (2 if pair else _LEAST_ITEMS) or not all(_is_errand(item) for item in items):
        return []
    timed = [bool(extract(item, moments.now).spans) for item in items]
    if any(timed[:-1]) or not timed[-1]:
        return items
    found = extract(items[-1], moments.now)
    said = " ".join(items[-1][begin:end] for begin, end in found.spans)
    return [*(f"{item} {said}" for item in items[:-1]), items[-1]]


def _is_errand(text: str) -> bool:
    words = Sentence(text).words
    return (
        1 < len(words) <= _MOST_WORDS
        and words[0] in _ERRANDS
        and words[0] not in _LEADING_UP
        and _GOING_ON.isdisjoint(words[1:])
    )


def _pieces(body: str, moments: Moments, *, days: bool = False) -> list[_Piece]:
    """Cut where something else to do begins, while each piece has an hour of its own, or with `days` a day."""
    pieces = list[_Piece]()
    start = 0
    for joint in _JOINT.finditer(body):
        behind = body[joint.end() :]
        if _begins_anew(behind, moments) and (piece := _piece(body[start : joint.start()], moments, days=days)):
            pieces.append(piece)
            start = joint.end()
    last = _piece(body[start:], moments, days=days)
    return [*pieces, last] if last else []


def _begins_anew(text: str, moments: Moments) -> bool:
    """Tell whether words are an errand of their own, or the time of one."""
    words = Sentence(text).words
    if _TO.match(text) or (len(words) > 1 and words[0] in _ERRANDS):
        return True
    spans = extract(text, moments.now).spans
    return bool(spans) and not spans[0][0] and bool(_TO.match(text[spans[0][1] :].lstrip()))


def _piece(text: str, moments: Moments, *, days: bool) -> _Piece | None:
    found = extract(text, moments.now)
    when = found.when
    if (
        when is None
        or not (when.time or (days and when.day))
        or when.unclear
        or when.repeat
        or not Sentence(found.rest).words
    ):
        return None
    said = " ".join(text[begin:end] for begin, end in found.spans)
    named = when.day is not None and moments.says_day(said)
    words = text if _TO.match(text) or found.spans[0][0] == 0 else f"to {text}"
    return _Piece(words.strip(), when.day.isoformat() if named and when.day else "")
