"""Finds the phrases that a sentence can be: each is a reading, with what stands in its slots and how sure it is."""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant_app.llm.builtin.grammar import compile_phrase, first_words
from assistant_app.llm.builtin.intents.adding import ADDING, DOINGS, EVENT_NOUNS
from assistant_app.llm.builtin.intents.asking import ASKING
from assistant_app.llm.builtin.intents.changing import CHANGING
from assistant_app.llm.builtin.intents.errands import ERRANDS
from assistant_app.llm.builtin.intents.finishing import FINISHING
from assistant_app.llm.builtin.intents.frame import READS, Act, Frame
from assistant_app.llm.builtin.intents.words import WORDS
from assistant_app.llm.builtin.levels import read_level
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.past_forms import PAST, base_of
from assistant_app.llm.builtin.sentences import Sentence

FRAMES: tuple[Frame, ...] = (*ADDING, *FINISHING, *CHANGING, *ASKING)
_PER_WORD = 0.004  # Phrases that say more in words of their own are surer than those that leave more to their slots.
_MOST_WORDS = 80  # Longer texts are pasted ones, not wishes.
_LONGEST_OBJECT = 14
# Past forms that say something else of a task than that it is done.
_NO_ENDS = frozenset({"cancel", "stop", "start", "change", "delete", "plan", "schedule", "see", "keep", "leave", "try"})
_QUESTION_WORDS = frozenset({"what", "who", "whom", "whose", "which", "where", "why"})  # None of them names an object.
_PERSONS = frozenset({"i", "we", "he", "she", "i've", "we've", "i'm", "we're"})  # Nor does who does something.
_TIMES = frozenset({"when", "span", "at"})
_POINTING = re.compile(
    r" (?:first|second|third|fourth|fifth|sixth|last|other|next|that|this|middle|same|\d+(?:st|nd|rd|th))$"
)
# Where something can be moved to that is no list and no time.
_VENUES = frozenset({
    "room", "canteen", "kitchen", "library", "garden", "park", "pub", "bar", "lobby", "studio", "hall", "gym", "school",
    "church", "clinic", "terrace", "auditorium", "boardroom", "cafe", "café", "restaurant", "office", "hq", "hospital",
    "museum", "bistro", "cafeteria", "classroom", "courtyard", "rooftop", "basement", "lounge", "zoom", "online",
})  # fmt: skip
_LONGEST_VENUE = 4
_MACRO = re.compile(r"<(\w+)>")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Reading:
    """What a sentence can mean. `slots` hold text as it was typed, or what the phrase itself says."""

    act: Act
    kind: str
    slots: Mapping[str, str]
    score: float

    @property
    def only_reads(self) -> bool:
        """Tell whether nothing would change."""
        return self.act in READS

    @property
    def told(self) -> bool:
        """Tell whether it states something rather than asking for it."""
        return self.slots.get("told") == "yes"


@dataclass(frozen=True)
class Place:
    """What words are read against: the time, and the titles of the lists that there are."""

    moments: Moments
    lists: Sequence[str] = ()


def read(sentence: Sentence, place: Place) -> list[Reading]:
    """Return all readings of the whole sentence, the surest first."""
    if not sentence.words or len(sentence.words) > _MOST_WORDS:
        return []
    found = [
        reading
        for frame, phrase, words in _beginning_with(sentence.words[0])
        if (reading := _reading(frame, phrase, words, sentence, place))
    ]
    return sorted(found, key=lambda reading: reading.score, reverse=True)


def _reading(frame: Frame, phrase: str, words: int, sentence: Sentence, place: Place) -> Reading | None:
    """Match one phrase; its first slot takes ever more words until all slots hold what they should."""
    least = 1
    while match := compile_phrase(phrase, least).fullmatch(sentence.plain):
        slots = _slots(match, sentence, place)
        if slots is not None:
            return Reading(frame.act, frame.kind, {**frame.fixed, **slots}, frame.weight + words * _PER_WORD)
        least = max(least, len(next(filter(None, match.groups()), "").split())) + 1
        if least > _LONGEST_OBJECT:
            return None
    return None


def _slots(match: re.Match[str], sentence: Sentence, place: Place) -> dict[str, str] | None:
    slots: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value is None:
            continue
        text = sentence.typed(*match.span(name))
        if name in _TIMES and value.startswith(" one") and _POINTING.search(sentence.plain[: match.start(name)]):
            return None  # "The second one tomorrow" is no time of day.
        if sentence.text.count('"') > 1 and _raw_quotes(sentence, match, name) % 2:
            return None  # A quotation is one piece, whatever words are in it.
        checked = _CHECKS[name](text, place) if name in _CHECKS else text
        if not checked:
            return None
        slots[name] = checked
    return slots


def _raw_quotes(sentence: Sentence, match: re.Match[str], name: str) -> int:
    return sentence.raw(*match.span(name)).count('"')


def _known(text: str, place: Place) -> str:
    return find_list(text, place.lists)


def _when(text: str, place: Place) -> str:
    if place.moments.when(text):
        return text
    return f"at {text}" if text.isdigit() and place.moments.when(f"at {text}") else ""


def _range(text: str, place: Place) -> str:
    return text if place.moments.days(text) else ""


def _span(text: str, place: Place) -> str:
    return text if place.moments.span(text) else ""


def _noun(text: str, _place: Place) -> str:
    return text if text.lower() in EVENT_NOUNS else ""


def _occasion(text: str, _place: Place) -> str:
    return text if text.lower() in EVENT_NOUNS - DOINGS else ""


def _rhythm(text: str, place: Place) -> str:
    when = place.moments.when(text)
    return text if when and when.repeat else ""


def _list(text: str, _place: Place) -> str:
    words = text.lower().split()
    return (
        text
        if len(words) <= 3
        and words not in (["the"], ["my"])
        and not {"to", "on", "in", "for", "at", "by", "from"} & set(words)
        else ""
    )


def _deed(text: str, _place: Place) -> str:
    return text if text.lower() in PAST or text.lower() in PAST.values() else ""


def _participle(text: str, _place: Place) -> str:
    """Take what says that an errand is done: "paid", "booked"; not "cancelled", which says that it never will be."""
    word = text.lower()
    base = base_of(word)
    return text if base and base in (ERRANDS | {*PAST.values(), "reserve"}) - _NO_ENDS else ""


def _object(text: str, _place: Place) -> str:
    words = text.lower().split()
    return text if len(words) <= _LONGEST_OBJECT and words[0] not in _QUESTION_WORDS | _PERSONS else ""


def _venue(text: str, _place: Place) -> str:
    words = Sentence(text).words
    return text if len(words) <= _LONGEST_VENUE and words[-1] in _VENUES else ""


def _priority(text: str, _place: Place) -> str:
    return text if read_level(text) else ""


_CHECKS: dict[str, Callable[[str, Place], str]] = {
    "known": _known, "when": _when, "range": _range, "past": _range, "span": _span, "at": _when, "noun": _noun,
    "object": _object, "about": _object, "priority": _priority, "level": _priority, "occasion": _occasion,
    "rhythm": _rhythm, "list": _list, "venue": _venue,
    "deed": _deed, "participle": _participle,
}  # fmt: skip


@functools.lru_cache(maxsize=2_000)
def _beginning_with(word: str) -> tuple[tuple[Frame, str, int], ...]:
    """Return the phrases that can begin with a word: the others are not even compiled, which makes the start quick."""
    return tuple(
        (frame, phrase, words) for frame, phrase, words, firsts in _phrases() if firsts is None or word in firsts
    )


@functools.cache
def _phrases() -> tuple[tuple[Frame, str, int, frozenset[str] | None], ...]:
    """Return each phrase with the number of words that it says itself, and those that it can begin with."""
    return tuple(
        (frame, full, len(_OPTIONAL.sub(" ", _SLOT.sub(" ", phrase)).split()), first_words(full))
        for frame in FRAMES
        for phrase in frame.phrases
        for full in [expanded(phrase)]
    )


@functools.cache
def keywords() -> frozenset[str]:
    """Return the words of the phrases that are long enough to be recognised with a letter wrong."""
    texts: Iterable[str] = (expanded(phrase) for frame in FRAMES for phrase in frame.phrases)
    words = {word for text in texts for word in re.findall(r"[a-z]+", _SLOT.sub(" ", text))}
    return frozenset(word for word in words if len(word) >= 4)


def expanded(phrase: str) -> str:
    """Write the words of a macro out."""
    return _MACRO.sub(lambda found: f"({WORDS[found[1]]})", phrase)
