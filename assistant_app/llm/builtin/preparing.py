"""Writes messages of a form of their own as plain sentences: lists with bullets, arrows, orders that come last."""

import re
from collections.abc import Sequence

from assistant_app.llm.builtin.each_day import rewritten_days
from assistant_app.llm.builtin.list_names import find_list
from assistant_app.llm.builtin.plainly import is_errand, rewritten_order
from assistant_app.llm.builtin.rewriting import rewritten_halves
from assistant_app.llm.builtin.topics import rewritten_topic, without_old_time

_FILLERS = re.compile(
    r"(?<![\w'-])(?:uh+|um+|uhm+|erm+|hmm+)(?![\w'-])[,.]*\s*|(?<=\bin )like |(?<=\bat )like |(?<=\blike )like ",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"(?<=\w)[?.!]\s+(?=(?:as (?:an? )?(?:task|to-?do|reminder|event|appointment)|(?:to|on|in) (?:my|the)"
    r" [\w-]+(?: list)?)"
    r"(?: please| thanks| thank you)*\W*$)",
    re.IGNORECASE,
)
_NOTED_DOWN = re.compile(
    r"^(?:(?:please|can you|could you|pls)\s+)*(?:jot|note|write|take|put)\s+(?:this|that|it"
    r"|the following)(?: one)? down"
    r"(?:\s+(?:for me|please|quickly))*\s*[:,–—-]\s*(?:i (?:need|have) to\s+)?",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\s*[,;–—-]\s*(?:with (?:a |the )?)?(?:deadline|due date|due by)(?: is| of| on)?:?\s+", re.IGNORECASE
)
_TIME_COLON = re.compile(r"(\d[:.]\d\d):(?=\s)")
_ARROW = re.compile(r"\s*(?:->|=>|→)\s*")
_BULLETS = re.compile(r":\s*\n\s*[-*•]\s+")
_BULLET = re.compile(r"\s*\n\s*[-*•]\s+")
_LIST_FIRST = re.compile(r"\s*([\w-]+(?: list)?)\s*:\s*(?:add |put )?([^\n]+)", re.IGNORECASE)
_PARTICULARS = re.compile(
    r"\.\s+((?:it's |it is )?(?:due|list|high priority|low priority|priority|prio|urgent)\b)", re.IGNORECASE
)
_HEADED = re.compile(
    r"\s*(?:please )?(?:(?:can you |could you )?(?:add|create|note|put)\s+)?(?:(?:the|these|following|new|my"
    r"|some|two|three|four"
    r"|five|\d)\s+)*(?:tasks|to-?dos)\s*:\s*([^\n]+)",
    re.IGNORECASE,
)
_CALENDAR_LAST = re.compile(
    r"([^\n?]+?)(?:[,.;]|\s[-–—])\s*(?:(?:please|pls|and|can you|could you)\s+)*(?:add|put|stick|pop|enter)\s+"
    r"(?:(?:it|that|this)\s+)?"
    r"(?:as an event|(?:to|in|into|on)\s+(?:(?:my|the)\s+)?(?:calendar|diary))\W*",
    re.IGNORECASE,
)
# Said in one breath, the order to put it in begins behind a time.
_CALENDAR_SPOKEN = re.compile(
    r"([^\n?]+?(?:\d(?:\s?[ap]\.?m\.?|\s?h|st|nd|rd|th)?|noon|midnight|today|tomorrow|tonight|morning|afternoon"
    r"|evening|(?:mon|tues|wednes|thurs|fri|satur|sun)day|o'clock))\s+(?:(?:please|pls|and|can you|could you)\s+)*"
    r"(?:add|put|stick|pop|enter)\s+(?:(?:it|that|this)\s+(?:as an event|(?:to|in|into|on)\s+(?:(?:my|the)\s+)?"
    r"(?:calendar|diary))|(?:to|in|into|on)\s+(?:(?:my|the)\s+)?(?:calendar|diary))\W*",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"(?:not (?:now|yet)|later)\W+(?:please\s+)?(remind|ask|ping|nudge|tell) me\s+(?!again|of|about|to\b)(.+)",
    re.IGNORECASE,
)
# "Remind me in five" means minutes.
_IN_FIVE = re.compile(
    r"\b(remind|ping|nudge|wake|ask|tell|bug|nag|poke)( me\b.*?)\bin (five|ten|fifteen|twenty|thirty|5|10|15|20|30)"
    r"(?=\W*$|,? to\b)",
    re.IGNORECASE,
)
# "Call mom - done!", though "well - done" names nothing.
_DONE_ANSWERED = re.compile(
    r"((?:[\w'’-]+ ){0,7}[\w'’]{3,})\?\s+(?:all\s+|already\s+|now\s+)?(done|finished|completed|bought|paid|booked"
    r"|sorted|sent|called|fixed)\W*",
    re.IGNORECASE,
)
# "On Tuesday's list" is the list of all, for Tuesday.
_ON_DAYS_LIST = re.compile(
    r"\b(?:on|onto|to|in)\s+(?:(?:my|the)\s+)?(today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)['’]s\s+"
    r"(?:(?:to-?do|task)\s+)?list\b",
    re.IGNORECASE,
)
_DONE_LAST = re.compile(
    r"((?:[\w'’-]+ ){1,7}[\w'’]+)(?:\s*[:–—]|\s+-)\s*(?:is\s+)?(?:all\s+|already\s+|now\s+)?"
    r"(?:done|finished|completed|✓|✔)\W*",
    re.IGNORECASE,
)
_IT_LAST = re.compile(
    r"(?:(?:so|hey|ok|okay)\W+)?(?:(?:i|we)(?:'ve| have)(?: got)?|got|there(?:'s| is)|(?:i'm|i am|we're|we are)"
    r" (?:having|on|at|attending|going to|doing|in))\s+(?:an? |my |our )?"
    r"([^\n?]+?)[,.;!]\s*(?:(?:please|pls|and|can you|could you|so)\s+)*(?:add|put|stick|pop|enter|note|write|get"
    r"|save)\s+"
    r"(?:it|that|this)\s*(?:in|down|up|(?:to|in|into|on)\s+(?:(?:my|the)\s+)?(?:calendar|diary|schedule|agenda))?"
    r"(?:\s+(?:for me|please))*\W*",
    re.IGNORECASE,
)
_REMIND_LAST = re.compile(
    r"(?:(?:i|we) (?:have to|need to|must|should|gotta|'ve got to|have got to)\s+)?([^\n?]+?)(?:[,.;!]"
    r"|\s-)\s*(?:(?:please|pls|and"
    r"|can you|could you|so)\s+)*(?:remind|ping|nudge) me(?: (?:of|about) (?:it|that)| then| please)*\W*",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r":\s+(?=(?:please )?(?:make|set|push|move|mark|change|delete|cancel|postpone|call|rename|tick"
    r"|reschedule) (?:it|that|this)\b)",
    re.IGNORECASE,
)
_ADD_LAST = re.compile(r"([^\n?]+?),?\s+(?:please|pls|plz)\s+add\W*", re.IGNORECASE)
_ORDERS_LAST = (
    (_IT_LAST, r"put \1 on my calendar"),
    (_CALENDAR_LAST, r"put \1 on my calendar"),
    (_CALENDAR_SPOKEN, r"put \1 on my calendar"),
    (_NOT_NOW, r"\1 me again \2"),
    (_DONE_LAST, r"\1 is done"),
    (_DONE_ANSWERED, r"\1 is \2"),
    (_REMIND_LAST, r"remind me to \1"),
    (_ADD_LAST, r"\1"),
)
_CORRECTED = re.compile(r",\s*(?:and )?not (?:(?:on|at|for|the) )*[\w:]+\s*$", re.IGNORECASE)
_THERE = re.compile(
    (
        r"((?:please |can you |could you )*(?:add|put|stick|pop|throw)\s.+?)\s+(?:to it|on it|to that|to that list"
        r"|on there|there|in it)\W*"
    ),
    re.IGNORECASE,
)
# "Delete the list" means the one that was talked about.
_THE_LIST = re.compile(
    r"^(?P<lead>(?:(?:please|can you|could you|now|ok|okay)[\s,]+)*(?:(?:delete|remove|empty|clear|wipe|erase|show|open"
    r"|read)(?: me)?"
    r"|what(?:'s|’s| is)(?: left| still)? on|how many (?:things|items|tasks) are on) )(?:the|that|this) list(?=\W|$)",
    re.IGNORECASE,
)
_LIST_LAST = re.compile(r",\s*list:?\s+(?P<list>[\w-]+)\W*$", re.IGNORECASE)
# "No. 3 is done" names a number, and "ad milk to my list" lacks a letter that is too short a word to be missed.
_NUMBER_FIRST = re.compile(r"^(?:no|nr|num)\.?\s*#?(?=\d{1,6}\b(?![:.,]\d))", re.IGNORECASE)
# "Due 15.12." is a day, as nobody says 15:12 of what is due; "due 15.30" is a time.
_DOTTED = re.compile(
    r"\b(?P<lead>on|due|by|until|before|deadline)\s+(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])(?P<dot>\.?)"
    r"(?=\s|$|,)(?!\s*(?:am|pm|h\b|uhr))",
    re.IGNORECASE,
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_AD = re.compile(
    r"^((?:please |can you |could you )*)(?:ad|addd|dad|aad)(?= .+ (?:to|on|in) (?:my|the|our) )", re.IGNORECASE
)
_FOR_ME = re.compile(r"(?<=\w)\s+for me(?=\s*:)", re.IGNORECASE)
_TICKED = re.compile(
    r"^(?:[✓✔✅☑]\uFE0F?|\[x\])\s*(?P<front>[^\n]+)$|^(?P<behind>[^\n]+?)\s*(?:[✓✔✅☑]\uFE0F?|\[x\])$", re.IGNORECASE
)
# "Add wash the towels, repeats every Monday", "a task that repeats daily: ...": the rhythm says it all. "Can you do
# reminders that repeat every week?" asks about a sort of them.
_REPEATS = re.compile(
    r"(?<!\breminders)(?<!\btasks)(?<!\bevents)(?<!\bschedules)"
    r"(?:\s*,\s*(?:and )?(?:it |which |that )?|\s+(?:that|which|and it|and)\s+)(?:should\s+)?(?:repeat(?:s"
    r"|ing)?|recur(?:s|ring)?)\s+"
    r"(?=(?:every|each|daily|weekly|monthly|yearly|annually)\b)",
    re.IGNORECASE,
)
# "Postpone everything due on Monday to Tuesday" is not until Tuesday.
_ALL_OF_DAY = re.compile(
    r"(?<=\w )everything (?:that(?:['’]s| is) )?(?:due |planned )?(?:on|for|from) "
    r"(?=(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:to|until|till)\b)",
    re.IGNORECASE,
)
# "Block two hours on Thursday at 2 for deep work".
_SPAN_FIRST = re.compile(
    r"^(?:(?:please|can you|could you)\s+)*(?:block|reserve|schedule|book|set aside|plan|keep)"
    r"(?:\s+(?:off|out|me))?\s+"
    r"(?P<span>(?:an?|\d+|one|two|three|four|half an|one and a half)\s?(?:hours?|minutes?|mins?|h))\s+"
    r"(?P<when>(?:on|at|tomorrow|today|this|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[^\n?]*?)\s+"
    r"(?:for|to do)\s+(?P<what>[^\n?\d]+?)\W*$",
    re.IGNORECASE,
)
# "Lunch with Kim at 1 with a reminder 30 minutes before".
_WITH_REMINDER = re.compile(
    r",?\s+(?:with|and)\s+(?:set\s+)?an?\s+(?:reminder|alert|alarm|notification)\s+"
    r"(?P<span>[^\s,]+(?:\s+[^\s,]+){0,2}?)\s+(?:before|beforehand|earlier|ahead|in advance|prior)\b(?:\s+it\b)?",
    re.IGNORECASE,
)
_WHEN_IT_IS = re.compile(
    r"(?<=\bme )when it(?:['’]s| is| gets to be) (?=\d|noon\b|midnight\b|half\b|quarter\b)", re.IGNORECASE
)
# "Remind me every day at noon to eat until Friday": what ends the rhythm stands behind the errand.
_UNTIL_LAST = re.compile(
    r"^(?P<lead>[^\n?]*\bremind me\s+(?:every|each|daily|weekly)\b[^\n?]*?)\s+(?P<errand>to\s+[^\n?]+?)\s+"
    r"(?P<until>(?:until|till)\s+(?:the (?:\d|end)|next|this|tomorrow|tonight|\d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[^\n?]*?)\W*$",
    re.IGNORECASE,
)
_DAYS_LIST = re.compile(
    r"^((?:please |can you |could you )*(?:add|put|stick|pop|write|note)\s.+?)\s+(?:on|to|in|onto)\s+(today|tomorrow"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)['’]?s\s+(?:to-?do |task )?list\b",
    re.IGNORECASE,
)
_DOWN_ON = re.compile(
    r"^((?:please |can you |could you )*(?:put|write|jot|note)\s.+?)\s+down(?=\s+(?:on|in|to)\s)", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:ai|a\.i\.|bot|assistant|steward)\s*:\s+", re.IGNORECASE)
_MORE = re.compile(
    r"(?:oh,? |oops,? )?(?:and|also|plus)\s+((?:[\w'-]+ ?){1,4}?)(?:,?\s*\b(?:too|as well|also|please|pls"
    r"|thanks))*[.!]*",
    re.IGNORECASE,
)
# What begins a sentence of its own rather than one more thing for the list.
_OWN = re.compile(
    r"(?:on|for|what|when|how|is|are|do|did|remind|mark|delete|remove|complete|finish|show|list|undo|move|push"
    r"|make|set|it"
    r"|that|then|tomorrow|today|the next|i|you|we|add|put|cancel|create|schedule|now|this|so|yes|no)\b",
    re.IGNORECASE,
)


def prepared(text: str, lists: Sequence[str], last_list: str = "") -> str:
    """Return the message as sentences that the phrases know; `last_list` is the list that was talked about last."""
    text = _BULLET.sub(", ", _BULLETS.sub(": ", text)) if _BULLETS.search(text) else text
    text = _NOTED_DOWN.sub("add task ", _DUE.sub(", due ", _FRAGMENT.sub(" ", text)))
    text = _TICKED.sub(lambda found: f"{found['front'] or found['behind']} done", _FOR_ME.sub("", text.strip()))
    text = _DAYS_LIST.sub(r"\1 to my list for \2", _DOWN_ON.sub(r"\1", _REPEATS.sub(" ", text)))
    text = _AD.sub(r"\1add", _NUMBER_FIRST.sub("number ", text))
    text = _in_list(_LABEL.sub("", _DOTTED.sub(_dated, text)), lists)
    text = _TOPIC.sub(", ", _TIME_COLON.sub(r"\1,", _ARROW.sub(" to ", _FILLERS.sub("", text))))
    text = _IN_FIVE.sub(r"\1\2in \3 minutes", without_old_time(_ON_DAYS_LIST.sub(r"to my to-do list for \1", text)))
    text = _ALL_OF_DAY.sub("everything due ", text)
    text = _SPAN_FIRST.sub(r"put \g<what> on my calendar \g<when> for \g<span>", text)
    text = _WITH_REMINDER.sub(r", remind me \g<span> before", _WHEN_IT_IS.sub("at ", text))
    text = _UNTIL_LAST.sub(r"\g<lead> \g<until> \g<errand>", text)
    if rewritten := (
        rewritten_halves(text, lists) or rewritten_topic(text) or rewritten_order(text, lists) or rewritten_days(text)
    ):
        return rewritten
    for pattern, order in _ORDERS_LAST:
        if found := pattern.fullmatch(text):
            return found.expand(order)
    if found := _HEADED.fullmatch(text):
        items = [item for item in re.split(r",\s*(?:and\s+)?|;\s*", found[1]) if item.strip()]
        pair = re.split(r"\s+(?:and|&)\s+", found[1], flags=re.IGNORECASE) if len(items) == 1 else []
        return "\n".join(f"add task {item}" for item in (pair if pair and all(map(is_errand, pair)) else items))
    if (found := _LIST_FIRST.fullmatch(text)) and (name := find_list(found[1], lists)):
        return f"add {found[2]} to {name}"
    if last_list and (there := _added_there(text)):
        return f"{there} to the {last_list} list"
    text = _THE_LIST.sub(rf"\g<lead>the {last_list} list", text) if last_list else text
    return _CORRECTED.sub("", _PARTICULARS.sub(lambda found: f", {found[1]}", text))


def _dated(found: re.Match[str]) -> str:
    """Write a day in figures with a dot with the name of its month, unless it can be a time of day."""
    month = int(found["month"])
    timed = found["lead"].lower() != "on" and not found["dot"] and len(found["month"]) == 2 and month % 5 == 0
    return found[0] if timed else f"{found['lead']} {int(found['day'])} {_MONTHS[month - 1]}"


def _in_list(text: str, lists: Sequence[str]) -> str:
    """Write ", list work" behind a wish as ", in work"."""
    found = _LIST_LAST.search(text)
    name = find_list(found["list"], lists) if found else ""
    return f"{text[: found.start()]}, in {name}" if found and name else text


def _added_there(text: str) -> str:
    """Return the wish that goes on adding to the list that was talked about, empty if it does not."""
    if found := _THERE.fullmatch(text):
        return found[1]
    if (found := _MORE.fullmatch(text)) and not _OWN.match(found[1]):
        return f"add {found[1]}"
    return ""
