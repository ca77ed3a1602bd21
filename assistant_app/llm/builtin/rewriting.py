"""Writes messages of two halves as one plain wish: what was told first, and then what is to become of it."""

import re
from collections.abc import Sequence

from assistant_app.llm.builtin.list_names import find_list

_LISTED = re.compile(
    r"((?:please |can you |could you )*(?:create|make|start|add|set up|open) (?:me )?(?:an? |another )?(?:new )?"
    r"(?:list (?:called |named |for )?(?P<one>[\w-]+)|(?P<other>[\w-]+) list))\s*(?:,|;|\.|\band\b"
    r"|\bthen\b)[\s,]*(?:and |then )?"
    r"((?:add|put)\s.+?)\s+(?:to|on|in|onto) (?:it|there|that list)\W*",
    re.IGNORECASE,
)
# "The flight now leaves at 7, please change it": what it is now is what it is to become.
_CHANGE_LAST = re.compile(
    r"(?:(?:so|hey|ok|okay|oh|actually)\W+)?(?P<what>[^\n,?]+?)\s+(?:(?:is|was|has been|got"
    r"|were)\s+)?(?:now\s+|actually\s+)?"
    r"(?:leaves|departs|starts|begins|takes place|happens|is|are|moved|rescheduled|postponed|shifted|changed)\s+"
    r"(?:now\s+)?(?P<when>(?:(?:to|on|at|for|until|from)\s+)?[^\n?;]+?)[,.;!]\s*(?:(?:please|pls|so|and"
    r"|can you|could you"
    r"|would you)\s+)*(?:change|update|adjust|correct|fix|move|reschedule|edit|amend|shift)\s+(?:it|that|this)"
    r"(?:\s+(?:please|accordingly|for me|too|there|in (?:my|the) calendar))*\W*",
    re.IGNORECASE,
)
# "The car doesn't need a due date, clear it": what is cleared is the date.
_ATTRIBUTE_LAST = re.compile(
    r"(?P<what>[^\n,?;]+?)\s+(?:does(?:n't| not)|should(?:n't| not)|need(?:n't| not)|no"
    r" longer)\s+(?:needs?|has|have|to have)\s+"
    r"(?:an?|any|the|its|that)?\s*(?P<side>due date|deadline|date|priority)[^,.;]*[,.;]\s*"
    r"(?:(?:please|pls|so|and|can you|could you|just)\s+)*(?:clear|remove|delete|drop|take|erase|unset"
    r"|get rid of|lose)\s+"
    r"(?:it|that|the (?:due )?date|the deadline)(?:\s+(?:off|out|away|please|for me|from it))*\W*",
    re.IGNORECASE,
)
_TWO_LISTS = re.compile(
    r"(?P<verb>(?:(?:please|can you|could you)\s+)*(?:add|put|stick|write))\s+(?P<one>[^,;?\n]+?)\s+(?:to"
    r"|on|in|into|onto)\s+"
    r"(?P<first>(?:(?:the|my|our)\s+)?[\w-]+(?:\s+list)?)\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:(?:also|add|put)\s+)*"
    r"(?P<two>[^,;?\n]+?)\s+(?:to|on|in|into|onto)\s+(?P<second>(?:(?:the|my|our)\s+)?[\w-]+(?:\s+list)?)(?P<rest>\W*)",
    re.IGNORECASE,
)
_LINK = r"(?:\s*[,;.!]|\s+-|\s+so)\s+(?:(?:please|pls|so|and|can you|could you|would you|you can|just|maybe)\s+)*"
# "We're out of eggs, pop them on the list": what is wanted is what there is none of.
_LACKING = re.compile(
    r"(?:(?:hey|oh|ok|okay|so)\W+)?(?:(?:i|we)(?:'m| am|'re| are|'ve| have)?\s+(?:(?:all|nearly|almost|completely|totally"
    r"|just|also|still|always|now|about)\s+)*(?:out of|run out of|ran out of|low on|running low on|running out of|short of"
    r"|short on|need|needed|want|used up|finished|could use|could do with|have no|have no more|missing|forgot|forgot about)"
    r"|there(?:'s| is| are|'re) (?:no|hardly any|almost no|no more))\s+(?P<what>(?!to\b)[^\n,;.?]+?)(?:\s+(?:left|again|at home"
    r"|any more|anymore|now))*"
    rf"{_LINK}(?P<verb>add|put|pop|stick|throw|chuck|get|write|place|stash|toss)\s+(?:it|them|that|those|this|these|some)\s+"
    r"(?P<rest>(?:on|to|in|onto|into)\s+[^\n?]+)",
    re.IGNORECASE,
)
# "I keep forgetting my keys, remind me about them at 8": the reminder is about what is forgotten.
_FORGOTTEN = re.compile(
    r"(?:(?:hey|oh|ok|okay|so)\W+)?(?:i|we)(?:'m| am|'re| are)?\s+(?:(?:always|constantly|forever|often|also)\s+)*"
    r"(?:keep (?:on )?(?:forgetting|missing|losing)|forgetting|forget|never remember|can(?:'t|not) forget|must(?:n't| not) forget"
    r"|tend to forget|bad at remembering|terrible at remembering|worried about|in charge of)\s+(?:about\s+)?"
    rf"(?P<to>to\s+)?(?P<what>[^\n,;.?]+?){_LINK}(?P<verb>remind|nudge|ping|alert|buzz)\s+me"
    r"(?:\s+(?:about|of|to (?:do|get|take|bring))\s+(?:it|them|that|those))?\s+(?P<when>[^\n?]+)",
    re.IGNORECASE,
)
# "Dinner is going to be at Nonna's, add that as the place".
_PLACED = re.compile(
    r"(?P<what>[^\n,;.?]+?)\s+(?:is|'s|will be|is going to be|takes place|happens|is happening|will take place|is on)\s+(?:now\s+)?"
    rf"(?:at|in)\s+(?P<place>[^\n,;?]+?){_LINK}(?:add|put|set|save|note|use|enter|make|store|write)\s+(?:that|it|this)\s*"
    r"(?:down|in)?\s*(?:as|for)?\s*(?:the|its|a)?\s+(?:place|location|venue|address)\W*",
    re.IGNORECASE,
)
# "I need to pay the rent monthly, make that a task": what it is comes last.
_NOUN_LAST = re.compile(
    r"(?:(?:hey|oh|ok|okay|so)\W+)?(?:(?:i|we)(?:'ve| have)? (?:have to|need to|must|should|gotta|got to|want to|ought to)\s+)?"
    rf"(?P<what>[^\n?;]+?){_LINK}(?:make|turn|add|save|note|put|log|keep|create|set|record|file)\s+(?:that|it|this)\s+"
    r"(?:(?:down|up)\s+)?(?:(?:as|into|in)\s+)?(?:an?|my)\s+(?:new\s+)?(?P<noun>task|to-?do|reminder|event|appointment"
    r"|calendar entry)(?:\s+(?:for me|please|then))*\W*",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    r"(?:(?:please\s+)?(?:add|create|new|make|set|put in)\s+)?(?:an?\s+)?(?:new\s+)?(?P<whole>all[- ]day\s+)?"
    r"(?P<noun>event|task|to-?do|reminder|appointment)\s+(?P<when>(?:on|for|at)\s+[^:\n]+?):\s+(?P<title>[^\n]+)",
    re.IGNORECASE,
)
_ADDING = {"task": "add task {}", "reminder": "remind me to {}", "event": "put {} on my calendar"}
_MORE_TIME = re.compile(
    r"(?:not (?:now|yet)\W+)?(?:(?:give me|i need|another|just)\s+)*(?P<count>\d{1,3}|an?|one|two|five|ten|fifteen|twenty|thirty)"
    r"(?:\s+more)?\s+(?P<unit>minutes?|mins?|hours?|hrs?)(?:\s+(?:more|longer|extra))?\s+(?:on|for|with)\s+"
    r"(?P<what>(?:the|my|that|this)\s[^\n?]+?\s(?:reminder|alarm)|it|that)\W*",
    re.IGNORECASE,
)
_TIME_WORD = r"\d|noon|midnight|midday|morning|evening|afternoon|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day|to(?:day|morrow)|week"
_RATHER_THAN = re.compile(
    rf"(?:,\s*)?\s+(?:instead of|rather than|not)\s+(?:(?:at|on|in|the|by|half|quarter|past|to|next|this)\s+)*(?:{_TIME_WORD})"
    r"[\w:.]*(?:\s*[ap]\.?m\b\.?)?\W*$",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"(\b(?:to|at|for)\s+(?:noon|midnight|\d[\d:.]*(?:\s*[ap]\.?m\b\.?)?)),?\s+(?:(?:on|of)\s+)?(?:the|that)\s+same day\b", re.IGNORECASE
)


def rewritten_topic(text: str) -> str:
    """Return a message that names its topic before its wish as the wish alone, empty if it is none of these."""
    if found := _LACKING.fullmatch(text):
        return f"{found['verb']} {found['what']} {found['rest']}"
    if found := _FORGOTTEN.fullmatch(text):
        return f"{found['verb']} me {'to' if found['to'] else 'about'} {found['what']} {found['when']}"
    if found := _PLACED.fullmatch(text):
        return f"set the place of {found['what']} to {found['place']}"
    if found := _NOUN_LAST.fullmatch(text):
        return _added(found["noun"], found["what"])
    if found := _NOUN_FIRST.fullmatch(text):
        whole = ", all day" if found["whole"] else ""
        return _added(found["noun"], f"{found['title'].strip(' .!')} {found['when']}{whole}")
    if found := _MORE_TIME.fullmatch(text):
        return f"snooze {found['what']} for {found['count']} {found['unit']}"
    return ""


def _added(noun: str, what: str) -> str:
    kind = "task" if noun.lower() in ("task", "to-do", "todo") else "reminder" if noun.lower() == "reminder" else "event"
    return _ADDING[kind].format(what)


def without_old_time(text: str) -> str:
    """Return a wish without the time that something had so far: "to 6pm instead of half 5", "to 4pm the same day"."""
    return _SAME_DAY.sub(r"\1", _RATHER_THAN.sub(" instead", text))


def rewritten_halves(text: str, lists: Sequence[str]) -> str:
    """Return a message of two halves as what it comes to, empty if it is none of these."""
    if found := _LISTED.fullmatch(text):
        return f"{found[1]}\n{found[4]} to the {found['one'] or found['other']} list"
    if found := _CHANGE_LAST.fullmatch(text):
        when = found["when"].split(maxsplit=1)
        plain = when[1] if when[0].lower() in ("to", "on", "at", "for") and len(when) > 1 else found["when"]
        return f"move {found['what']} to {plain}"
    if found := _ATTRIBUTE_LAST.fullmatch(text):
        return f"remove the {found['side'].lower()} from {found['what']}"
    found = _TWO_LISTS.fullmatch(text)
    if found and (first := find_list(found["first"], lists)) and (second := find_list(found["second"], lists)):
        return f"{found['verb']} {found['one']} to {first}\n{found['verb']} {found['two']} to {second}"
    return ""
