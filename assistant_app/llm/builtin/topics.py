"""Writes messages that name their topic before they say what is to become of it as the wish alone."""

import re
from collections.abc import Callable

_LINK = r"(?:\s*[,;.!]|\s+-|\s+so)\s+(?:(?:please|pls|so|and|can you|could you|would you|you can|just|maybe)\s+)*"
_THEM = r"(?:it|them|that|those|this|these|some|both|both of them|all of (?:it|them))"
_NONE_LEFT = (
    r"(?:(?:all|nearly|almost|completely|totally|just|also|still|always|now|about)\s+)*"
    r"(?:out of|run out of|ran out of|running out of|low on|running low on|short of|short on|need|needed|want|used up"
    r"|finished|could use|could do with|have no more|have no|no more|(?:don't|do not) have any(?: more)?"
    r"|(?:haven't|have not) got any(?: more)?|missing|forgot|forgot about)"
)
# "We're out of eggs, pop them on the list": what is wanted is what there is none of.
_LACKING = re.compile(
    rf"(?:(?:hey|oh|ok|okay|so)\W+)?(?:(?:(?:i|we)(?:'m| am|'re| are|'ve| have)?\s+)?{_NONE_LEFT}"
    r"|there(?:'s| is| are|'re) (?:no more|no|hardly any|almost no))\s+"
    r"(?P<what>(?!to\b)[^\n;.?]+?)(?:\s+(?:left|again|at home|any more|anymore|now))*"
    rf"{_LINK}(?P<verb>add|put|pop|stick|throw|chuck|get|write|place|stash|toss)\s+(?:{_THEM}\s+)?"
    r"(?P<rest>(?:on|to|in|onto|into)\s+[^\n?]+)",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:(?:a|new|another)\s+)*(?:reminder|alarm|alert)\s*:\s+(?!your\b|you\b)(?P<to>to\s+)?(?P<what>[^\n]+)",
    re.IGNORECASE,
)
# "I keep forgetting my keys, remind me about them at 8": the reminder is about what is forgotten.
_FORGOTTEN = re.compile(
    r"(?:(?:hey|oh|ok|okay|so)\W+)?(?:i|we)(?:'m| am|'re| are)?\s+(?:(?:always|constantly|forever|often|also)\s+)*"
    r"(?:keep (?:on )?(?:forgetting|missing|losing)|forgetting|forget|never remember|can(?:'t|not) forget|must(?:n't"
    r"| not) forget|tend to forget|bad at remembering|terrible at remembering|worried about"
    r"|in charge of)\s+(?:about\s+)?"
    rf"(?P<to>to\s+)?(?P<what>[^\n,;.?]+?){_LINK}(?P<verb>remind|nudge|ping|alert|buzz)\s+me"
    r"(?:\s+(?:about|of|to (?:do|get|take|bring))\s+(?:it|them|that|those))?\s+(?P<when>[^\n?]+)",
    re.IGNORECASE,
)
# "Dinner is going to be at Nonna's, add that as the place".
_PLACED = re.compile(
    r"(?P<what>[^\n,;.?]+?)\s+(?:is|'s|will be|is going to be|takes place|happens|is happening|will take place"
    r"|is on)\s+(?:now\s+)?"
    rf"(?:at|in)\s+(?P<place>[^\n,;?]+?){_LINK}(?:add|put|set|save|note|use|enter|make|store|write)\s+(?:that|it"
    rf"|this)\s*"
    r"(?:down|in)?\s*(?:as|for)?\s*(?:the|its|a)?\s+(?:place|location|venue|address)\W*",
    re.IGNORECASE,
)
# "I need to pay the rent monthly, make that a task": what it is comes last.
_NOUN_LAST = re.compile(
    r"(?:(?:hey|oh|ok|okay|so)\W+)?(?:(?:(?:i|we)(?:'ve| have)?\s+)?(?:have to|need to|must|should|gotta|got to"
    r"|want to|ought to)\s+|(?:there(?:'s| is| are)|(?:i|we)(?:'ve| have)(?: got)?)\s+(?:an?\s+)?)?"
    rf"(?P<what>[^\n?;]+?){_LINK}(?:make|turn|add|save|note|put|log|keep|create|set|record|file)\s+(?:that|it|this)\s+"
    r"(?:(?:down|up)\s+)?(?:(?:as|into|in)\s+)?(?:an?|my)\s+(?:new\s+)?(?P<noun>task|to-?do|reminder|event|appointment"
    r"|calendar entry)(?:\s+(?:for me|please|then))*\W*",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    r"(?:(?:please\s+)?(?:add|create|new|make|set|put in|put|enter"
    r"|schedule)\s+)?(?:an?\s+)?(?:new\s+)?(?P<whole>all[- ]day\s+)?"
    r"(?P<noun>event|task|to[- ]?do|reminder|appointment)\s+(?P<when>(?:on|for|at)\s+[^:\n]+?):\s+(?P<title>[^\n]+)",
    re.IGNORECASE,
)
# "Rent: move to Wednesday": the topic is what the wish is for.
_TOPIC_FIRST = re.compile(
    r"(?P<what>(?!(?:task|to-?do|todo|note|reminder|event|remind me|tomorrow"
    r"|today)\b)[^\n:,;?]{2,60}):\s+(?:please\s+)?"
    r"(?P<wish>(?P<verb>move|push|postpone|reschedule|shift|delay|bump)\s+(?:(?:it|this|that)\s+)?"
    r"(?P<rest>(?:to|until|till|back|forward|by)\s[^\n?]+)|(?P<bare>delete|cancel|remove|drop)(?:\s+(?:it|this|that))?\W*)",
    re.IGNORECASE,
)
# "Task 9's title" is the title of task 9.
_POSSESSED = re.compile(
    r"(?P<lead>(?:(?:please|can you|could you)\s+)*(?:change|set|edit|update|correct))\s+(?P<what>[^\n,:;?]+?)['’]s\s+"
    r"(?P<side>title|name|text|wording|place|location|venue|due date|date|deadline|priority"
    r"|time)\s+to\s+(?P<to>[^\n]+)",
    re.IGNORECASE,
)
_ADDING = {
    "task": "add task {}",
    "to-do": "add task {}",
    "todo": "add task {}",
    "reminder": "remind me to {}",
    "event": "put {} on my calendar",
}
_COUNT = r"(?P<{}_count>\d{{1,3}}|half an|an?|one|two|five|ten|fifteen|twenty|thirty)"
_UNIT = r"(?P<{}_unit>minutes?|mins?|hours?|hrs?)"
_COUNTED = rf"{_COUNT.replace('{}_count', '{0}_count')}\s+{_UNIT.replace('{}_unit', '{0}_unit')}"
_MORE_TIME = re.compile(
    r"(?:not (?:now|yet)\W+)?(?:(?:give me|i need|another|just)\s+)*(?P<count>\d{1,3}|half an|an?|one|two|five|ten"
    r"|fifteen|twenty|thirty)(?:\s+more)?\s+(?P<unit>minutes?|mins?|hours?|hrs?)(?:\s+(?:more|longer|extra))?\s+(?:on"
    r"|for|with)\s+(?P<what>(?:the|my|that|this)\s[^\n?]+?\s(?:reminder|alarm)|it|that)\W*",
    re.IGNORECASE,
)
# "Another 15 minutes", which is said of what has just gone off.
_MORE_ALONE = re.compile(
    r"(?:not (?:now|yet)\W+)?(?:(?:please|just|give me|i need|i want|can i have|could i have|let me have)\s+)*"
    rf"(?:another\s+{_COUNTED.format('first')}|{_COUNT.format('second')}\s+more\s+{_UNIT.format('second')}"
    rf"|{_COUNTED.format('third')}\s+(?:more|longer|extra))(?:\s+please)?\W*",
    re.IGNORECASE,
)
_TIME_WORD = (
    r"\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|midday|morning|evening"
    r"|afternoon|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day|to(?:day|morrow)|week"
)
_RATHER_THAN = re.compile(
    rf"(?:,\s*)?\s+(?:instead of|rather than|not)\s+(?:(?:at|on|in|the|by|half|quarter|past|to|next"
    rf"|this)\s+)*(?:{_TIME_WORD})"
    r"[\w:.]*(?:\s*[ap]\.?m\b\.?)?(?P<rest>\W*$|(?=\s+(?:on|today|tonight|tomorrow|this|next)\b)[^,;]*$)",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r",?\s+(?:(?:at|but|and|with|keep(?:ing)?)\s+)*(?:the\s+)?same (?:time|hour)(?: (?:of (?:the )?day"
    r"|as before))?(?=\W*$)",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"(\b(?:to|at|for)\s+(?:noon|midnight|\d[\d:.]*(?:\s*[ap]\.?m\b\.?)?)),?\s+(?:(?:on|of)\s+)?(?:the"
    r"|that)\s+same day\b",
    re.IGNORECASE,
)


_MOVING = re.compile(
    r"\b(?:move|reschedule|shift|push|postpone|change|put|make)\b.*\b(?:to|on|for|until)\b", re.IGNORECASE
)


def rewritten_topic(text: str) -> str:
    """Return a message that names its topic before its wish as the wish alone, empty if it is none of these."""
    for pattern, wish in _WISHES:
        if found := pattern.fullmatch(text):
            return wish(found)
    return ""


def without_old_time(text: str) -> str:
    """Return a wish without the time that something had so far: "to 6pm instead of half 5", "to 4pm the same day"."""
    text = _SAME_TIME.sub("", text) if _MOVING.search(text) else text
    return _SAME_DAY.sub(r"\1", _RATHER_THAN.sub(lambda found: f"{found['rest'].rstrip()} instead", text))


def _topic_first(found: re.Match[str]) -> str:
    return f"{found['bare']} {found['what']}" if found["bare"] else f"{found['verb']} {found['what']} {found['rest']}"


def _possessed(found: re.Match[str]) -> str:
    return f"{found['lead']} the {found['side']} of {found['what']} to {found['to']}"


def _lacked(found: re.Match[str]) -> str:
    return f"{found['verb']} {found['what']} {found['rest']}"


def _forgotten(found: re.Match[str]) -> str:
    return f"{found['verb']} me {'to' if found['to'] else 'about'} {found['what']} {found['when']}"


def _headed(found: re.Match[str]) -> str:
    return f"remind me {'to' if found['to'] else 'that'} {found['what']}"


def _placed(found: re.Match[str]) -> str:
    return f"set the place of {found['what']} to {found['place']}"


def _snoozed(found: re.Match[str]) -> str:
    return f"snooze {found['what']} for {found['count']} {found['unit']}"


def _snoozed_more(found: re.Match[str]) -> str:
    which = next(name for name in ("first", "second", "third") if found[f"{name}_count"])
    return f"snooze it for {found[f'{which}_count']} {found[f'{which}_unit']}"


def _named_last(found: re.Match[str]) -> str:
    return _added(found["noun"], found["what"])


def _named_first(found: re.Match[str]) -> str:
    if found["noun"].lower() == "reminder":
        return f"remind me {found['when']} to {found['title']}"
    whole = ", all day" if found["whole"] else ""
    return _added(found["noun"], f"{found['title'].strip(' .!')} {found['when']}{whole}")


def _added(noun: str, what: str) -> str:
    return _ADDING.get(noun.lower().replace(" ", "-"), _ADDING["event"]).format(what)


_WISHES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_LACKING, _lacked),
    (_TOPIC_FIRST, _topic_first),
    (_POSSESSED, _possessed),
    (_HEADED, _headed),
    (_FORGOTTEN, _forgotten),
    (_PLACED, _placed),
    (_NOUN_LAST, _named_last),
    (_NOUN_FIRST, _named_first),
    (_MORE_TIME, _snoozed),
    (_MORE_ALONE, _snoozed_more),
)
