"""Cuts one wish for several things: "remind me to call Bo at 4 and to cook at 6", "tomorrow: iron, call Bo, cook"."""

import re
from dataclasses import dataclass

from assistant_app.language.extract import extract
from assistant_app.llm.builtin.details import items_of
from assistant_app.llm.builtin.intents.errands import ERRANDS, UNCLEAR
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.sentences import Sentence

_LEAD = re.compile(
    r"^(?P<lead>(?:(?:please|kindly|hey|hi|ok|okay|can you|could you|would you|will you|steward)[\s,]+)*"
    r"(?:remind|nudge|ping|alert|buzz)\s+me)\s+(?P<body>[^\n?]+?)(?P<end>\W*)$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:then\s+|also\s+|again\s+)*", re.IGNORECASE)
_TO = re.compile(r"^(?:to|about|of)\s+", re.IGNORECASE)


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
        and words[0] in ERRANDS - UNCLEAR | {"call", "email", "text"}
        and "?" not in text
    ):
        pieces = _pieces(f"to {text.strip(' .!')}", moments, days=True)
        if len(pieces) > 1:
            return "\n".join(f"add task {_TO.sub('', piece.text)}" for piece in pieces)
    if not (found := _DATED.fullmatch(text)) or not moments.when(found["when"]):
        return text
    items = items_of(found["what"])
    if len(items) < 2 or not all(Sentence(item).words[0] in ERRANDS for item in items):
        return text
    return "\n".join(f"add task {item} {found['when']}" for item in items)


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
    if _TO.match(text) or (len(words) > 1 and words[0] in ERRANDS):
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
