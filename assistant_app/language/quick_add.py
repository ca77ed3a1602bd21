"""Reads a task from one line: `buy milk tomorrow 5pm #groceries !high every week`.

Says which pieces of the line were understood and where they stand, so that a page can show it while somebody types.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from assistant_app.language.extract import extract
from assistant_app.language.moments import read_when
from assistant_app.language.when import When

Priority = Literal["none", "low", "medium", "high"]
PieceKind = Literal["list", "priority", "when", "repeat", "remind", "notes"]

_PRIORITIES: dict[str, Priority] = {
    "high": "high", "hi": "high", "h": "high", "urgent": "high", "important": "high", "1": "high", "!!": "high",
    "top": "high", "highest": "high", "medium": "medium", "med": "medium", "m": "medium", "normal": "medium",
    "mid": "medium", "2": "medium", "!": "medium", "low": "low", "l": "low", "lowest": "low", "3": "low",
    "none": "none", "no": "none", "0": "none",
}  # fmt: skip
_TAG = re.compile(r"(?<!\S)#(?P<name>[^\W\d_][\w\-/&]*)")
_MARK = re.compile(r"(?<!\S)!(?P<word>\w+|!{1,2})(?!\S)|(?<=\s)(?P<bangs>!{2,3})(?=\s|$)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?:,|\bwith(?: an?)?|\bat)?\s*\b(?P<word>high|highest|top|medium|normal|low|lowest|no)[ -]priority\b\s*[,:]?"
    r"|\bpriority\s*[:=]?\s*(?P<after>high|medium|normal|low|none)\b",
    re.IGNORECASE,
)
_REMIND = re.compile(
    r"^\s*(?:please\s+)?remind me\s+(?:to\s+|about\s+|of\s+|that\s+)?|(?<!\S)!remind(?: me)?\b", re.IGNORECASE
)
_NOTES = re.compile(r"\s*(?:\n|\s//\s)\s*(?P<notes>.+)", re.DOTALL)
_OPENERS = re.compile(r"^\s*(?:add|new task|todo|to-do|task)\s*:\s*", re.IGNORECASE)
_ADDING = re.compile(r"^\s*(?:please\s+)?(?:add|put)\s+", re.IGNORECASE)  # In front of "to the groceries list".
_GAP = "\ue000"  # Stands for a piece that was taken out, so that no phrase reaches across it.
_LONGEST = 2_000


@dataclass(frozen=True)
class Piece:
    """A piece of a line that was understood, from character `start` to before `end`."""

    kind: PieceKind
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class QuickTask:
    """A task that was read from a line."""

    title: str
    notes: str = ""
    list_name: str = ""
    due_on: date | None = None
    due_time: time | None = None
    repeat: str = ""
    priority: Priority = "none"
    remind: bool = False
    understood: tuple[Piece, ...] = ()


def read_task(text: str, now: datetime, lists: Sequence[str] = ()) -> QuickTask:
    """Read a task as of `now` (aware, in the person's zone); `lists` are the titles of the lists that there are."""
    text = text[:_LONGEST]
    notes = _notes(text)
    line = text[: notes.start] if notes else text
    list_piece, list_name = _list_in(line, lists)
    priority_piece, priority = _priority_in(line)
    remind = _piece("remind", _REMIND.search(line))
    pieces = [piece for piece in (list_piece, priority_piece, remind, notes) if piece]
    rest, when, spans = _blanked(line, pieces), None, ()
    found = extract(rest, now)
    # What is unclear stays where it was typed, so that the person sees that it was not taken.
    if found.when and not found.when.unclear and found.when.day and found.rest.strip(f" {_GAP}"):
        rest, when, spans = found.rest, found.when, found.spans
    rest = _OPENERS.sub("", rest.replace(_GAP, " "))
    if list_piece and not list_piece.text.startswith("#"):
        rest = _ADDING.sub("", rest)
    return QuickTask(
        " ".join(rest.split()).rstrip(" ,;") or " ".join(line.split()),
        notes.text if notes else "",
        list_name,
        when.day if when else None,
        when.time if when else None,
        when.repeat if when else "",
        priority,
        remind is not None,
        tuple(sorted([*pieces, *_moments(text, spans, now)], key=lambda piece: piece.start)),
    )


def _piece(kind: PieceKind, found: re.Match[str] | None) -> Piece | None:
    return Piece(kind, found[0].strip(), found.start(), found.end()) if found else None


def _notes(text: str) -> Piece | None:
    found = _NOTES.search(text.rstrip())
    return Piece("notes", found["notes"].strip(), found.start(), found.end()) if found and found.start() else None


def _list_in(line: str, lists: Sequence[str]) -> tuple[Piece | None, str]:
    """Find `#groceries`, also for a list that is yet to be made, and `to groceries` at the end for one that exists."""
    if found := _TAG.search(line):
        name = re.sub(r"[-_]", " ", found["name"]).casefold()
        known = next((each for each in lists if re.sub(r"[-_]", " ", each).casefold() == name), found["name"])
        return _piece("list", found), known
    for each in sorted(lists, key=len, reverse=True):
        name = r"\s+".join(map(re.escape, each.split()))
        if not name:
            continue
        found = re.search(
            rf"(?<=\S)\s+(?:to|on|in|for|under)\s+(?:the\s+|my\s+|our\s+)?{name}(?P<list>\s+list)?(?=\s*[,.;!]|\s*$)",
            line,
            re.IGNORECASE,
        ) or re.search(rf"(?<=\S)\s+(?:to|on)\s+(?:the\s+|my\s+|our\s+)?{name}\s+list\b", line, re.IGNORECASE)
        if found:
            return _piece("list", found), each
    return None, ""


def _priority_in(line: str) -> tuple[Piece | None, Priority]:
    for pattern in (_MARK, _SPOKEN):
        for found in pattern.finditer(line):
            groups = found.groupdict()
            word = (groups.get("word") or groups.get("after") or "").lower()
            if bangs := groups.get("bangs"):
                word = bangs[1:]
            if word in _PRIORITIES:
                return _piece("priority", found), _PRIORITIES[word]
    return None, "none"


def _blanked(line: str, pieces: Sequence[Piece]) -> str:
    """Return the line with the pieces blanked, so that all else keeps its place."""
    for piece in pieces:
        line = line[: piece.start] + _GAP + " " * (piece.end - piece.start - 1) + line[piece.end :]
    return line


def _moments(text: str, spans: Sequence[tuple[int, int]], now: datetime) -> Iterator[Piece]:
    for start, end in spans:
        when: When | None = read_when(text[start:end], now)
        yield Piece("repeat" if when and when.repeat else "when", text[start:end], start, end)
