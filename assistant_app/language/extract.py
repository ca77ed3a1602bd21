"""Takes the time out of a sentence, wherever it stands, and leaves the rest as it was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant_app.language.belonging import is_attributive, is_past, is_time, names_something, quoted_ranges
from assistant_app.language.occasions import by_occasion
from assistant_app.language.phrases import Draft, read_phrase
from assistant_app.language.scene import Scene, scene_at
from assistant_app.language.settling import settle
from assistant_app.language.tokens import Tokens, tokenize, word_at
from assistant_app.language.when import When

_EDGES = re.compile(r"^[\s,;:.\-–—@]+|[\s,;:\-–—@]+$")
_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?)])")
_TWICE = re.compile(r"([,;])(?:\s*[,;])+")
_LEADING = re.compile(r"^(?:to|that|and|then)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"\s+(?:on|at|by|and|from|in|@)$", re.IGNORECASE)
_TWO = "That names more than one time: which one is it, or shall it repeat?"


@dataclass(frozen=True)
class Phrase:
    """A phrase of time in a text, from character `start` to before `end`.

    `attributive` ones say which thing is meant: `the 3pm meeting`. A phrase of a length alone has no day and no time.
    """

    start: int
    end: int
    when: When
    attributive: bool = False


@dataclass(frozen=True)
class Extract:
    """A sentence without its time; `spans` are the places in it that said when."""

    rest: str
    when: When | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Candidate:
    first: int
    end: int
    draft: Draft
    attributive: bool
    past: bool


def find_phrases(text: str, now: datetime) -> list[Phrase]:
    """Return all phrases of time in a text, in order, the attributive ones as well."""
    tokens, scene = tokenize(text), scene_at(now)
    return [
        Phrase(tokens[each.first].start, tokens[each.end - 1].end, settle(each.draft, scene), each.attributive)
        for each in _candidates(text, tokens, scene)
    ]


def extract(text: str, now: datetime) -> Extract:
    """Return the sentence without the phrases that say when, and what they say together."""
    tokens, scene = tokenize(text), scene_at(now)
    chosen, draft = _chosen(
        [each for each in _candidates(text, tokens, scene) if not each.attributive and not each.past]
    )
    if draft.empty or not draft.kinds:
        return Extract(text.strip())
    spans = tuple((tokens[each.first].start, tokens[each.end - 1].end) for each in chosen)
    when = settle(draft, scene)
    if _has_alternative(tokens, chosen[-1].end, scene):
        return Extract(_without(text, (*spans[:-1], (spans[-1][0], len(text)))), replace(when, unclear=_TWO), spans)
    return Extract(_without(text, spans), when, spans)


def _has_alternative(tokens: Tokens, at: int, scene: Scene) -> bool:
    """Tell whether the sentence ends with a second time: `today or tomorrow`, `at 9 and 5`."""
    if word_at(tokens, at) not in ("and", "or"):
        return False
    other = read_phrase(tokens, at + 1, scene)
    return other is not None and other.end == len(tokens) and bool(other.value.kinds)


def _candidates(text: str, tokens: Tokens, scene: Scene) -> list[_Candidate]:
    quoted = quoted_ranges(text)
    found: list[_Candidate] = []
    at = 0
    while at < len(tokens):
        phrase = read_phrase(tokens, at, scene)
        if phrase is None:
            at += 1
            continue
        end, draft = phrase
        inside = any(start < tokens[end - 1].end and tokens[at].start < stop for start, stop in quoted)
        if names_something(tokens, at, end, draft):
            at = end
            continue
        if inside or not is_time(tokens, at, end, draft):
            at += 1
            continue
        draft = by_occasion(tokens, draft)
        attributive = is_attributive(tokens, at, end, draft)
        found.append(_Candidate(at, end, draft, attributive, is_past(tokens, at, end, draft, scene.today)))
        at = end
    return found


def _chosen(candidates: Sequence[_Candidate]) -> tuple[list[_Candidate], Draft]:
    """Choose the phrases that go together; where two say a day, what the sentence is about keeps the other."""
    chosen: list[_Candidate] = []
    draft = Draft()
    for each in sorted(candidates, key=_weakness):
        merged = _merged(draft, each.draft)
        if merged is not None:
            draft = merged
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.first), draft


def _weakness(candidate: _Candidate) -> tuple[int, int]:
    """Order by how surely a phrase says when: "for Friday" may be what a table is booked for."""
    draft = candidate.draft
    return (3 if not draft.kinds else 1 if draft.first_word == "for" else 0, candidate.first)


def _merged(one: Draft, other: Draft) -> Draft | None:
    """Return both drafts as one, None if they contradict each other."""
    if one.empty:
        return other
    if one.ahead or other.ahead or one.kinds & other.kinds:
        return None
    if not other.kinds:
        length = other.length
        fits = length and not one.length and ("time" in one.kinds or (length.whole_days and one.kinds))
        return replace(one, length=length) if fits else None
    return replace(
        one,
        day=one.day or other.day,
        last_day=one.last_day or other.last_day,
        hours=one.hours or other.hours,
        last_hours=one.last_hours or other.last_hours,
        part=one.part or other.part,
        repeat=one.repeat or other.repeat,
        length=one.length or other.length,
        until=one.until or other.until,
        count=one.count or other.count,
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text without some places, and without what they leave dangling."""
    pieces, last = [""], 0
    for start, end in spans:
        pieces.append(text[last:start].rstrip())
        last = end
    pieces.append(text[last:])
    rest = " ".join(filter(None, (piece.strip() for piece in pieces)))
    rest = _TWICE.sub(r"\1", _BEFORE_MARK.sub(r"\1", _BRACKETS.sub("", rest)))
    rest = _EDGES.sub("", " ".join(rest.split()))
    if spans and not text[: spans[0][0]].strip():
        rest = _LEADING.sub("", rest)
    return _EDGES.sub("", _TRAILING.sub("", rest))
