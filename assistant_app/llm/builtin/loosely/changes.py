"""Loose readings of wishes that change what is there: finish, delete, move, weigh, file, rename, open again."""

import re
from collections.abc import Iterator, Sequence

from assistant_app.language.extract import find_phrases
from assistant_app.llm.builtin.intents.frame import Act
from assistant_app.llm.builtin.levels import read_level
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.loosely.words import Deed
from assistant_app.llm.builtin.readings import Place, Reading
from assistant_app.llm.builtin.sentences import Sentence, trimmed

_SCORE = 0.8
_DONE = re.compile(
    r",?\s*\b(?:(?:to be|to|as being|as|is|it's|now|all|already)\s+)*(?:done|complete|completed|finished"
    r"|ticked(?: off)?"
    r"|checked(?: off)?|closed|resolved|off)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r",?\s*\b(?:(?:to be|to|as|back|is|it's|again)\s+)*(?:not done|undone|open|incomplete|unfinished|not finished"
    r"|not complete|not completed|to-?do|active|pending|on (?:my|the) (?:to-?do )?list|uncompleted|unchecked)\b"
    r"(?: again| yet)?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s+(?:from|off|off of|out of|on|in)\s+(?:(?:my|the|our)\s+)?(?:[\w-]+\s+)?(?:to-?do list|list|lists|tasks?"
    r"|to-?dos"
    r"|calendar|diary|schedule|planner|agenda|reminders|plate|app|books)\s*$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:\s*[,;.(]\s*|\s+)(?:because|since|as i|as it|cos|cause|coz|it's been|it has|it's|it is|i've|i have|i just|i am"
    r"|i'm|they|he|she|we|no longer|not needed|already did|that's|which)\b.*$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:all|every|everything|each|anything|whatever|those|tasks|to-?dos|todos|items|things|ones)\b", re.IGNORECASE
)
_TRAILING = re.compile(
    r"\s+(?:for good|for me|altogether|entirely|completely|as well|too|again|now|already|today|anymore|any more"
    r"|instead|then|away|out|up|off|back|forever|permanently|thanks|thank you|straight away|clean|asap|right now)\s*$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:about|off|out|up|down|away|back|forward|on|with|ahead|over|of)\s+", re.IGNORECASE)
_INSTEAD = re.compile(
    r",?\s+(?:instead of|rather than|and not|not|instead)(?:\s+(?:on|at|for|the|by))*(?:\s+[\w:.]+){0,3}\s*$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:,|\s)*\b(?:(?:to|as|at|with|on|a|an|the|be|of|is|it|it's|priority|prio|importance)[:\s]+)*"
    r"(?P<level>very high|very low|high|low|top|medium|normal|urgent|important|highest|lowest|critical|no)"
    r"(?:[- ]?(?:priority|prio|importance))?\s*$",
    re.IGNORECASE,
)
_LEVEL_FIRST = re.compile(
    r"^(?:an?\s+|the\s+)?(?P<level>high|low|top|medium|normal|highest|lowest)(?:er)? (?:priority|prio|importance)\s+"
    r"(?:to|on|for)\s+",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"^(?:the\s+)?(?:priority|prio|importance)\s+(?:of|on|for)\s+", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"^(?:the\s+|its\s+)?(?:due date|date|deadline|time|start(?: time)?|due time|day|due)\s+(?:of|for|on)\s+",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\s+(?:to|on|onto|in|into|under|for)\s+(?:(?:my|the|our)\s+)?(?P<list>[\w' -]+?)(?:\s+list)?\s*$", re.IGNORECASE
)
_BEFORE_TIME = re.compile(
    r"(?:[\s,:]+(?:to|until|till|til|for|on|at|by|due|be|is|so|that|it's|it|start|starts|begin|happen|from|back|out|up"
    r"|forward|over|ahead|off|along|as|a|the|of|date|deadline))+$",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:\s+(?:back|forward|out|up|off|ahead|on|along))?(?:\s+(?:by|for))?\s+(?P<span>(?:an?|another|one|two|three|four"
    r"|five|six|ten|fifteen|twenty|thirty|half an?|a couple of|a few|\d+)\s*(?:more\s+)?(?:minutes?|mins?|hours?"
    r"|hrs?|days?"
    r"|weeks?|months?|fortnight)(?: and a half)?)\s*(?P<way>earlier|later|sooner|ahead|forward|back|out)?\s*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?:the (?:title|name|text|wording) of )?(?P<object>.+?)\s+(?:to|as|into|->|to be called|to say|to read|say"
    r"|read)\s+"
    r"(?P<name>(?P<quote>[\"'“]).+[\"'”]|.+)$",
    re.IGNORECASE,
)


def change_readings(deeds: Sequence[Deed], rest: Sentence, place: Place) -> Iterator[Reading]:
    """Return what the wish can change, the more telling first."""
    text = rest.text.rstrip("?!. ")
    if not text:
        return
    if "reopen" in deeds and (found := _NOT_DONE.search(text)):
        yield from _about("reopen", f"{text[: found.start()]} {text[found.end() :]}", kind="task")
        return
    if "complete" in deeds:
        yield from _completing(text)
    if "move" in deeds:
        yield from _moving(text, place)
    if "rename" in deeds and (found := _NAMED.match(text)) and found["quote"]:
        yield Reading("rename", "", {"object": found["object"], "name": trimmed(found["name"])}, 1.0)
    if "reopen" in deeds and not {"add", "move"} & set(deeds):
        yield from _about("reopen", text, kind="task")
    if "delete" in deeds and not {"complete", "look"} & set(deeds):
        yield from _about("delete", text)


def _completing(text: str) -> Iterator[Reading]:
    done = _DONE.search(text)
    words = f"{text[: done.start()]} {text[done.end() :]}" if done else text
    if done:
        yield from _about("complete", words, kind="task")


def _moving(text: str, place: Place) -> Iterator[Reading]:
    if found := _LEVEL_FIRST.match(text):
        yield Reading("prioritise", "task", {"object": text[found.end() :], "priority": found["level"]}, _SCORE)
    if (found := _LEVEL.search(text)) and read_level(found["level"]) and found.start():
        words = _WEIGHT.sub("", text[: found.start()])
        yield Reading("prioritise", "task", {"object": _bare(words), "priority": found["level"]}, _SCORE)
    if (found := _INTO.search(text)) and (name := find_list(found["list"], place.lists)):
        yield Reading("move", "task", {"object": _bare(text[: found.start()]), "known": name, "to": "list"}, _SCORE)
    if (found := _SPAN.search(text)) and place.moments.span(found["span"]) and found.start():
        way = "earlier" if (found["way"] or "").lower() in ("earlier", "sooner", "ahead", "forward") else "later"
        yield Reading("shift", "", {"object": _bare(text[: found.start()]), "span": found["span"], "way": way}, _SCORE)
    yield from _timed(text, place)


def _timed(text: str, place: Place) -> Iterator[Reading]:
    """Read which time something is to have: the one behind it, or else the one before it."""
    text = _INSTEAD.sub("", text)
    phrases = [each for each in find_phrases(text, place.moments.now) if not each.attributive]
    for phrase in reversed(phrases):
        said = text[phrase.start : phrase.end]
        words = f"{text[: phrase.start]} {text[phrase.end :]}" if phrase.start else text[phrase.end :]
        words = _ATTRIBUTE.sub("", _BEFORE_TIME.sub("", words.strip()))
        if words and place.moments.when(said):
            yield Reading("move", "", {"object": _bare(words), "when": said}, _SCORE)


def _about(act: Act, words: str, kind: str = "") -> Iterator[Reading]:
    """Return readings of an act with ever fewer of the words that may name the object."""
    seen: set[str] = set()
    # Of many things, what stands behind says which: "all the tasks which I have completed" are not all.
    core = words if _MANY.search(words) else _REASON.sub("", words)
    for each in (_bare(words), _bare(_FROM.sub("", words)), _bare(_FROM.sub("", core))):
        if act == "delete" and _TODAY.search(words) and not _TODAY.search(each):
            continue  # What is to be cancelled today is none of another day.
        if each and each not in seen:
            seen.add(each)
            yield Reading(act, kind, {"object": each}, _SCORE)


def _bare(words: str) -> str:
    words = trimmed(words)
    while (shorter := trimmed(_LEADING.sub("", _TRAILING.sub("", words)))) != words:
        words = shorter
    return words
