"""Takes off what people say around a wish: words that only fill, and what sort of thing is meant."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant_app.llm.base import ThingKind
from assistant_app.llm.builtin.loosely.words import ADJECTIVES, EVENT_LINKS, LINKS, NOUNS, RHYTHMS, TELLING

_FILLERS = re.compile(
    r"(?<![\w'-])(?:(?:please|pls|plz|kindly|uh+|um+|uhm+|er+|erm+|hmm+|basically|i guess|you know"
    r"|if (?:you can|you could|you do(?:n't| not) mind|possible|that's ok)|when you (?:can|get a (?:chance|minute|sec))"
    r"|real quick|quickly|right away|straight away|would you|could you|will you)(?![\w'-])[,\s]*)+",
    re.IGNORECASE,
)
_LEVELS = r"(?:very |super |really )?(?:high|low|top|medium|urgent|highest|lowest|normal)"
_PRIORITY = re.compile(rf"{_LEVELS}[- ]prio(?:rity)?,?\s+|(?:very )?(?:urgent|important),?\s+", re.IGNORECASE)
_CALENDAR = re.compile(
    r",?\s*(?:\b(?:to|in|on|into|onto|for|at)\s+(?:(?:my|the|our)\s+)?(?:(?:family|work|google|personal|shared)\s+)?"
    r"(?:calendar|diary|planner|agenda|schedule)|\bin the books)\b(?=$|[\s,;:.!?])",
    re.IGNORECASE,
)
_TODOS = re.compile(
    r",?\s*\b(?:to|on|in|into|onto|under)\s+(?:the (?:end|top|bottom) of\s+)?(?:(?:my|the|our)\s+)?(?:(?:running"
    r"|own)\s+)?"
    r"(?:to[- ]?do(?:[- ]list)?s?|todos|tasks?(?:[- ]list)?|list of (?:to-?dos|tasks)|list|things to do)\b"
    r"(?=$|[\s,;:.!?])",
    re.IGNORECASE,
)
_AS = re.compile(
    r",?\s*\b(?:as|like)\s+(?:an?|my|another|one)\s+(?P<words>(?:[\w-]+ )*?)"
    r"(?P<noun>task|to-?do|reminder|alarm|event|appointment|meeting|calendar entry|chore|errand)\b",
    re.IGNORECASE,
)
_WHOLE_DAY = re.compile(
    r",?\s*\b(?:(?:for |it'?s |it is |lasts? )?(?:all[- ]day(?: long)?|the whole day|the entire day)|full[- ]day)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r'"[^"]*"|“[^”]*”|(?<!\w)\'[^\']{3,}\'(?!\w)')
_SAID_TWICE = {
    "weekly": re.compile(r"\b(?:every|each)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b", re.IGNORECASE),
    "daily": re.compile(r"\b(?:every|each) (?:day|morning|evening|night|afternoon)\b", re.IGNORECASE),
}
_MARKS = ":,-–—.;"


@dataclass(frozen=True)
class Framed:
    """What is left of a wish when its frame is off; `kind` is what the frame said it is, empty if it did not."""

    text: str
    kind: ThingKind | None = None
    calendar: bool = False


def unfilled(text: str) -> str:
    """Return the text without words that only fill; what is quoted stays as it is."""
    return " ".join(_outside(text, lambda piece: _FILLERS.sub(" ", piece)).split()).strip(" ,")


def unframed(text: str) -> Framed:
    """Take the noun in front, and "as a task" or "to my calendar" wherever they stand, off something new."""
    kind: ThingKind | None = None
    calendar = False
    extra: list[str] = []
    if found := _AS.search(text):
        kind = NOUNS[found["noun"].lower()]
        extra += [word for word in found["words"].lower().split() if word in RHYTHMS]
        text = _cut(text, found)
    for pattern, meant in ((_CALENDAR, "event"), (_TODOS, "task")):
        found = next((each for each in pattern.finditer(text) if not _is_quoted(text, each)), None)
        if found and kind in (None, meant):
            kind = "event" if meant == "event" else "task"
            calendar = meant == "event"
            text = _cut(text, found)
    front = _unfronted(text.strip())
    if front is not None:
        text, noun, words = front
        kind, extra = kind or noun, extra + words
    if found := _WHOLE_DAY.search(text):
        kind, calendar = kind or "event", True
        text = _cut(text, found)
    # "A weekly event on Thursdays" says twice how often.
    extra = [word for word in extra if not says_twice(word, text)]
    return Framed(" ".join([text.strip(" ,:;-"), *extra]).strip(), kind, calendar)


def says_twice(rhythm: str, text: str) -> bool:
    """Tell whether a text says how often itself, so that a word such as "weekly" beside it adds nothing."""
    return rhythm.lower() in _SAID_TWICE and bool(_SAID_TWICE[rhythm.lower()].search(text))


def _unfronted(text: str) -> tuple[str, ThingKind, list[str]] | None:
    """Read "a weekly task to" in front: what is behind it, what it is, and words of it that say more."""
    extra: list[str] = []
    rest = text
    while rest:
        if level := _PRIORITY.match(rest):
            extra.append(f", {_priority(level[0])}")
            rest = rest[level.end() :]
            continue
        word, _, behind = rest.partition(" ")
        plain = word.lower().strip(_MARKS)
        if plain in RHYTHMS:
            extra.append(plain)
        elif plain not in ADJECTIVES or not behind:
            break
        rest = behind.lstrip()
    noun, behind = _noun(rest)
    if not noun:
        return None
    links = EVENT_LINKS if noun in TELLING else LINKS
    marked = behind[:1] in _MARKS
    bare = _unlinked(behind.strip(_MARKS + " "), links)
    linked = bare != behind.strip(_MARKS + " ")
    keeps = noun in TELLING and not marked and not (linked and behind.split()[0].lower() not in ("for", "to"))
    title = f"{rest[: len(noun)]} {behind.strip(_MARKS + ' ')}" if keeps else bare
    return title.strip(), NOUNS[noun], extra


def _noun(rest: str) -> tuple[str, str]:
    """Return the noun that a text begins with, and what is behind it."""
    for count in (3, 2, 1):
        found = re.match(rf"\S+(?: \S+){{{count - 1}}}", rest)
        if found and (noun := found[0].lower().rstrip(_MARKS + "s")) and noun in NOUNS:
            return noun, rest[len(noun) :].removeprefix("s").lstrip()
    return "", rest


def _unlinked(text: str, links: Iterable[str]) -> str:
    for _ in range(2):
        link = next((each for each in links if text.lower().startswith((f"{each} ", f"{each}:"))), "")
        if not link:
            break
        text = text[len(link) :].lstrip(_MARKS + " ")
    return text


def _priority(words: str) -> str:
    plain = words.strip(" ,").lower().replace("-", " ")
    return plain if "prio" in plain else f"{plain} priority"


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :].lstrip(' ,')}".strip()


def _is_quoted(text: str, found: re.Match[str]) -> bool:
    return any(start <= found.start() < stop for start, stop in (each.span() for each in _OUTSIDE.finditer(text)))


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change a text except for what is quoted."""
    pieces: list[str] = []
    last = 0
    for quoted in _OUTSIDE.finditer(text):
        pieces += [change(text[last : quoted.start()]), quoted[0]]
        last = quoted.end()
    return "".join([*pieces, change(text[last:])])
