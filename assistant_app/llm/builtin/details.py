"""Takes what is to be added apart: title, time, list, priority, place, notes, and several things in one breath."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant_app.language.extract import extract
from assistant_app.language.moments import When
from assistant_app.llm.builtin.levels import read_level
from assistant_app.llm.builtin.list_names import find_list, plain_name
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.past_forms import PAST
from assistant_app.llm.builtin.sentences import Sentence, trimmed

_LEVEL = "very high|very low|high|top|highest|urgent|critical|medium|normal|low|lowest|no"
_PRIORITY = re.compile(
    rf"(?:,|\()?\s*\b(?:and )?(?:(?:with|at|as|of|is|it is|it's|make it|mark it(?: as)?) )?(?:an? "
    rf")?(?P<level>{_LEVEL})[- ]prio(?:rity)?\b\)?|\bprio(?:rity)?[: ]+(?P<level2>{_LEVEL})\b|(?:^"
    rf"|\s)!(?P<level3>high|medium|low|h|m|l|[123])\b"
    r"|(?:,|\s-)\s*(?:it is |it's |this is )?(?P<level4>urgent|important|very important|urgently)\s*$"
    r"|^(?P<level5>urgent|important)\s*:\s*",
    re.IGNORECASE,
)
_NOTES = re.compile(
    (
        r"(?:,|;|\s-)?\s+\(?(?:with (?:the |a )?(?:notes?|comment|description)|notes?:|and (?:add |put )?(?:the |a "
        r")?note)\s*[:,]?\s*(?:that |saying )?(?P<notes>.+?)\)?$"
    ),
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:^|\s)#(?P<list>[^\W\d_][\w-]*)")
_LIST = re.compile(
    (
        r"\s+(?:to|on|onto|in|into|under|for)\s+(?:(?:my|the|our)\s+)?(?P<list>[\w'-]+(?: "
        r"[\w'-]+)?)(?P<said>\s+list)?(?=$|\s*[,;])"
    ),
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s+(?:at|in|@)\s+(?P<place>(?!\d)(?:the |my |our )?[\w'’&.-]+(?:[ ,]+[\w'’&.-]+){0,5})$", re.IGNORECASE
)
# A title in quotes at the beginning ends where the quotes do: what stands behind it says more of it.
_IN_QUOTES = re.compile(
    r"""^(?:called |named |titled )?(?P<open>["'“])(?P<title>[^"“”]{2,}?)(?:"|”|'(?!\w))(?P<rest>[\s,;:(-].*)?$"""
)
_URGENT = re.compile(
    r"[\s,(]*\b(?:it is |it's |as )?(?P<level>urgent|urgently|important|very important)\b\)?", re.IGNORECASE
)
_NO_PLACES = frozenset(
    {"person", "advance", "time", "general", "case", "order", "all", "least", "once", "first", "last"}
)
_FOR = re.compile(
    (
        r"^(?:(?:an? )?(?:(?:new|recurring|repeating) )*(?:task|to-?do)s?(?:\s*(?:to|for|:|called|named|that "
        r"says))?|called|named|remember to|(?:do not|don't) forget(?: about| to)?:?|so (?:that )?i(?: can)?|re"
        r"|regarding|concerning|i (?:have|need) to|i (?:should|must)|to|that i should|that i need to"
        r"|that i have to"
        r"|that|about|of|for|:|-)\s+"
    ),
    re.IGNORECASE,
)
_ALL_DAY = re.compile(r"[\s,(]*\ball[- ]day\b\)?", re.IGNORECASE)
_TRAIL = re.compile(
    r"\s+(?:to|on|at|for|by|in|that|about|of|due|from|is|and|,?\s*(?:it|this|that|which)(?:['’]s| is)|due date is)$",
    re.IGNORECASE,
)
# "A weekly lesson on Tuesdays"; "weekly report" without an article is what something is called.
_RHYTHM = re.compile(
    r"^an?\s+(?:daily|weekly|monthly|yearly|annual|recurring|repeating|regular)\s+(?=\S)", re.IGNORECASE
)
# "Renew the permit, deadline 1 December"; "extend the deadline" is something to do.
_DEADLINE = re.compile(
    r"(?<!\bthe)(?<!\bmy)(?<!\ba)(?<!\bour)(?:,|\s-)?\s+(?:with (?:a )?)?(?:deadline|due date)(?: is| of| on)?:?\s*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^(?:[-–—]\s+)+|(?:\s+[-–—])+$")
_WHY = re.compile(
    r"\s*(?:,|;|\s[-–—]\s|\()\s*(?:(?:because|since|as|cos|coz|cause|for|so) )?(?P<why>[^,;()]+?)\)?\s*$", re.IGNORECASE
)
_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "there", "it", "that", "this"})
_OWNERS = frozenset({"the", "my", "our", "his", "her", "their", "your"})
# What says more of the thing itself: "it is urgent" is kept for who reads it.
_FACTS = frozenset({("that", "is"), ("this", "is")})
_FINITE = frozenset(
    {"is", "are", "was", "were", "has", "had", "have", "will", "wants", "needs", "can", "could", "would"}
)
_ITEMS = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s+&\s+|\s*;\s*|\s+as well as\s+|\s*\n\s*", re.IGNORECASE)
_COUNTED = re.compile(
    r"^(?:\d+|an?|two|three|four|five|six|some|half an?)\s+(?:(?:small|large|big)\s+)?(?:\w+\s+of\s+)?", re.IGNORECASE
)
# Lengths and hours that stand in front of an event's name or of its day.
_LENGTH = re.compile(
    r"(?:(?<=^)|(?<=\s))(?:an?\s+)?(?P<length>\d{1,3}|one|two|three|four|half|fifteen|thirty|forty-five|sixty"
    r"|ninety)(?:-an?)?[- ](?P<unit>minutes?|mins?|hours?|hrs?)[- ](?:long\s+)?(?=(?!(?:later|earlier|before|after|ago"
    r"|from|and|more|on|in|at|by|to|today|tomorrow|next|this|every|mon|tue|wed|thu|fri|sat|sun)\b|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day)[a-z])",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<![\w:./-])(?<!from )(\d{1,2}(?::\d\d)?)\s?(?:[-–]|to|till"
    r"|until)\s?(\d{1,2}(?::\d\d)?(?:\s?[ap]m)?)(?=\s+(?:today|tonight|tomorrow|on|this"
    r"|next|in the|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b)",
    re.IGNORECASE,
)
_LEAST_BEFORE = 3  # Words in front of "deadline"; of fewer it is a part: "visa deadline".
_ARTICLE = re.compile(
    r"^(?:an?|another|one more|(?:my|our)(?!.*\b(?:birthday|anniversary|wedding|party)))\s+(?=\w)", re.IGNORECASE
)
_OFTEN = re.compile(r"^(?:daily|weekly|fortnightly|biweekly|monthly|quarterly|yearly|annual)\s+(?=\w)", re.IGNORECASE)
# "A biweekly sync on Wednesdays" is on every other one.
_FORTNIGHTLY = re.compile(
    r"^(?:a\s+)?(?:bi-?weekly|fortnightly)\s+(?P<what>.+?)\s+(?:on\s+)?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
    re.IGNORECASE,
)
_HOUR_LONG = re.compile(r"\b(?:an?\s+)?(?:half[- ](?:an[- ])?(?P<half>hour)|hour)[- ]long\b", re.IGNORECASE)
_LONGEST_ITEM = 4  # Words; what is longer is a sentence with commas.


@dataclass(frozen=True)
class Details:
    """What was said about something new."""

    title: str
    when: When | None = None
    list: str = ""
    new_list: str = ""  # Named as a list, but there is none.
    priority: str = ""
    place: str = ""
    notes: str = ""


def read_details(text: str, moments: Moments, lists: Sequence[str], *, event: bool = False) -> Details:
    """Read all details out of the words for one new thing."""
    quote = _IN_QUOTES.match(text.strip())
    if quote and (quote["rest"] or "").strip():
        rest, level = quote["rest"], None if _PRIORITY.search(quote["rest"]) else _URGENT.search(quote["rest"])
        if level:
            rest = f"{rest[: level.start()]}{rest[level.end() :]}"
        said = f"x {rest.strip(' ,')}".strip() + (f", {level['level']}" if level else "")
        found = _details(said, moments, lists, event=event)
        if found.title == "x":
            return replace(found, title=as_title(quote["title"]))
    return _details(text, moments, lists, event=event)


def _details(text: str, moments: Moments, lists: Sequence[str], *, event: bool) -> Details:
    found = Details("")
    text = _lasting(text) if event else text
    if match := _NOTES.search(text):
        found, text = replace(found, notes=trimmed(match["notes"])), text[: match.start()]
    if match := _PRIORITY.search(text):
        level = next(value for value in match.groups() if value)
        found = replace(found, priority=read_level(level))
        text = f"{text[: match.start()]} {text[match.end() :]}".strip()
    found, text = _listed(found, text, lists)
    said, timed = text, extract(text, moments.now)
    if timed.when is not None and trimmed(timed.rest):
        text = timed.rest
        found = replace(found, when=timed.when)
        text = _RHYTHM.sub("", text) if timed.when.repeat else text
        if len(Sentence(text).words) > _LEAST_BEFORE and timed.spans[-1][1] >= len(said.rstrip(" .!")):
            text = _DEADLINE.sub("", text)
    elif timed.when is not None:
        found, text = replace(found, when=timed.when), ""
    found, text = _listed(found, text, lists) if not found.list else (found, text)
    text = _ALL_DAY.sub("", text) if event else text
    if event and (match := _PLACE.search(text)) and match["place"].split()[0].lower() not in _NO_PLACES:
        found, text = replace(found, place=trimmed(match["place"])), text[: match.start()]
    return replace(found, title=as_title(text))


def as_title(text: str) -> str:
    """Return text as the title of something: without "to" and "that" in front, and what was left of a time behind."""
    text = trimmed(_DASHES.sub("", trimmed(text)))
    while (shorter := _FOR.sub("", text)) != text:
        text = shorter
    while (shorter := trimmed(_TRAIL.sub("", text))) != text:
        text = shorter
    return text


def event_title(title: str, *, repeats: bool = False) -> str:
    """Return the title of an event without what only tells that it is new, or whose: "a haircut", "my flight".

    Of what repeats, "a weekly lesson" only says how often: the rule has that already.
    """
    bare = _ARTICLE.sub("", title)
    return (_OFTEN.sub("", bare) if repeats and bare != title else bare) or title


def without_reason(title: str) -> str:
    """Return a title without the clause behind it that only says why: "milk, the kids drank it all"."""
    found = _WHY.search(title)
    if found is None or not found.start():
        return title
    return trimmed(title[: found.start()]) if is_reason(found["why"]) else title


def is_reason(text: str) -> bool:
    """Tell whether words are a clause with somebody who does something, rather than one more thing."""
    words = Sentence(text).words
    if not words or (words[0] not in _SUBJECTS and words[0] not in _OWNERS) or words[:2] in _FACTS:
        return False
    behind = words[1:] if words[0] in _SUBJECTS else words[2:]
    return bool(behind) and (words[0] in _SUBJECTS or any(word in _FINITE or word in PAST for word in behind))


def _lasting(text: str) -> str:
    """Write how long an event lasts behind it, where it is said in front: "a 90 minute call", "9-11 tomorrow"."""
    text = _HOURS.sub(r"from \1 to \2", text)
    text = _FORTNIGHTLY.sub(r"\g<what> every other \g<day>", text)
    text = _HOUR_LONG.sub(lambda found: f"a {'30 minute' if found['half'] else '1 hour'}", text)
    if (match := _LENGTH.search(text)) and " for " + match["length"].lower() not in text.lower():
        count = "half an" if match["length"].lower() == "half" else match["length"]
        return f"{text[: match.start()]}{text[match.end() :]} for {count} {match['unit']}"
    return text


def items_of(text: str) -> list[str]:
    """Return the things of an enumeration such as "milk, eggs and bread"; the whole text if it is none."""
    parts = [trimmed(part) for part in _ITEMS.split(text)]
    parts = [part for part in parts if part]
    return (
        parts
        if len(parts) > 1 and all(len(_COUNTED.sub("", part).split()) <= _LONGEST_ITEM for part in parts)
        else [text]
    )


_NAMED_LIST = re.compile(
    r"(?:,|\.|;|\s-)\s*(?:(?:in|on|to|for) (?:the |my )?)?(?:list:? )?(?P<list>[\w'-]+(?: [\w'-]+)?)\s*$", re.IGNORECASE
)


def _listed(found: Details, text: str, lists: Sequence[str]) -> tuple[Details, str]:
    if match := _TAG.search(text):
        name = find_list(match["list"], lists)
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        return replace(found, list=name or match["list"]), rest
    if (match := _NAMED_LIST.search(text)) and (name := find_list(match["list"], lists)):
        return replace(found, list=name), text[: match.start()]
    for match in reversed(list(_LIST.finditer(text))):
        name = find_list(match["list"], lists)
        if not name and match["said"] and plain_name(match["list"]) not in ("to-do", "todo", "task", "to do", ""):
            return replace(found, list=match["list"]), f"{text[: match.start()]}{text[match.end() :]}"
        if name and match.start() > 0:
            return replace(found, list=name), f"{text[: match.start()]}{text[match.end() :]}"
    return found, text
