"""Writes messages of a form of their own as plain sentences: lists with bullets, arrows, orders that come last."""

import re
from collections.abc import Sequence

from assistant_app.llm.builtin.list_names import find_list

_FILLERS = re.compile(
    r"(?<![\w'-])(?:uh+|um+|uhm+|erm+|hmm+)(?![\w'-])[,.]*\s*|(?<=\bin )like |(?<=\bat )like |(?<=\blike )like ",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"(?<=\w)[?.!]\s+(?=(?:as (?:an? )?(?:task|to-?do|reminder|event|appointment)|(?:to|on|in) (?:my|the) [\w-]+(?: list)?)"
    r"(?: please| thanks| thank you)*\W*$)",
    re.IGNORECASE,
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
    r"([^\n?]+?)[,.;]\s*(?:(?:please|pls|and|can you|could you)\s+)*(?:add|put|stick|pop|enter)\s+(?:(?:it|that"
    r"|this)\s+)?"
    r"(?:as an event|(?:to|in|into|on)\s+(?:(?:my|the)\s+)?(?:calendar|diary))\W*",
    re.IGNORECASE,
)
_IT_LAST = re.compile(
    r"(?:(?:so|hey|ok|okay)\W+)?(?:(?:i|we)(?:'ve| have)(?: got)?|there(?:'s| is)|i'm having"
    r"|we're having)\s+(?:an? |my |our )?"
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
_LISTED = re.compile(
    r"((?:please |can you |could you )*(?:create|make|start|add|set up|open) (?:me )?(?:an? |another )?(?:new )?"
    r"(?:list (?:called |named |for )?(?P<one>[\w-]+)|(?P<other>[\w-]+) list))\s*(?:,|;|\.|\band\b"
    r"|\bthen\b)[\s,]*(?:and |then )?"
    r"((?:add|put)\s.+?)\s+(?:to|on|in|onto) (?:it|there|that list)\W*",
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
    (_REMIND_LAST, r"remind me to \1"),
    (_ADD_LAST, r"\1"),
)
# "The flight now leaves at 7, please change it": what it is now is what it is to become.
_CHANGE_LAST = re.compile(
    r"(?:(?:so|hey|ok|okay|oh|actually)\W+)?(?P<what>[^\n,?]+?)\s+(?:(?:is|was|has been|got|were)\s+)?(?:now\s+|actually\s+)?"
    r"(?:leaves|departs|starts|begins|takes place|happens|is|are|moved|rescheduled|postponed|shifted|changed)\s+"
    r"(?:now\s+)?(?P<when>(?:(?:to|on|at|for|until|from)\s+)?[^\n?;]+?)[,.;!]\s*(?:(?:please|pls|so|and|can you|could you"
    r"|would you)\s+)*(?:change|update|adjust|correct|fix|move|reschedule|edit|amend|shift)\s+(?:it|that|this)"
    r"(?:\s+(?:please|accordingly|for me|too|there|in (?:my|the) calendar))*\W*",
    re.IGNORECASE,
)
# "The car doesn't need a due date, clear it": what is cleared is the date.
_ATTRIBUTE_LAST = re.compile(
    r"(?P<what>[^\n,?;]+?)\s+(?:does(?:n't| not)|should(?:n't| not)|need(?:n't| not)|no longer)\s+(?:needs?|has|have|to have)\s+"
    r"(?:an?|any|the|its|that)?\s*(?P<side>due date|deadline|date|priority)[^,.;]*[,.;]\s*"
    r"(?:(?:please|pls|so|and|can you|could you|just)\s+)*(?:clear|remove|delete|drop|take|erase|unset|get rid of|lose)\s+"
    r"(?:it|that|the (?:due )?date|the deadline)(?:\s+(?:off|out|away|please|for me|from it))*\W*",
    re.IGNORECASE,
)
_TWO_LISTS = re.compile(
    r"(?P<verb>(?:(?:please|can you|could you)\s+)*(?:add|put|stick|write))\s+(?P<one>[^,;?\n]+?)\s+(?:to|on|in|into|onto)\s+"
    r"(?P<first>(?:(?:the|my|our)\s+)?[\w-]+(?:\s+list)?)\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:(?:also|add|put)\s+)*"
    r"(?P<two>[^,;?\n]+?)\s+(?:to|on|in|into|onto)\s+(?P<second>(?:(?:the|my|our)\s+)?[\w-]+(?:\s+list)?)(?P<rest>\W*)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r",\s*(?:and )?not (?:(?:on|at|for|the) )*[\w:]+\s*$", re.IGNORECASE)
_THERE = re.compile(
    (
        r"((?:please |can you |could you )*(?:add|put|stick|pop|throw)\s.+?)\s+(?:to it|on it|to that|to that list"
        r"|on there|there|in it)\W*"
    ),
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:oh,? |oops,? )?(?:and|also|plus)\s+((?:[\w'-]+ ?){1,4}?)(?:,?\s*\b(?:too|as well|also|please|pls|thanks))*[.!]*",
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
    text = _FRAGMENT.sub(" ", text)
    text = _TOPIC.sub(", ", _TIME_COLON.sub(r"\1,", _ARROW.sub(" to ", _FILLERS.sub("", text))))
    if rewritten := _rewritten(text, lists):
        return rewritten
    if found := _LISTED.fullmatch(text):
        return f"{found[1]}\n{found[4]} to the {found['one'] or found['other']} list"
    for pattern, order in _ORDERS_LAST:
        if found := pattern.fullmatch(text):
            return found.expand(order)
    if found := _HEADED.fullmatch(text):
        return "\n".join(f"add task {item}" for item in re.split(r",\s*(?:and\s+)?|;\s*", found[1]) if item.strip())
    if (found := _LIST_FIRST.fullmatch(text)) and (name := find_list(found[1], lists)):
        return f"add {found[2]} to {name}"
    if last_list and (there := _added_there(text)):
        return f"{there} to the {last_list} list"
    return _CORRECTED.sub("", _PARTICULARS.sub(lambda found: f", {found[1]}", text))


def _rewritten(text: str, lists: Sequence[str]) -> str:
    """Return a message of two halves as what it comes to, empty if it is none of these."""
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


def _added_there(text: str) -> str:
    """Return the wish that goes on adding to the list that was talked about, empty if it does not."""
    if found := _THERE.fullmatch(text):
        return found[1]
    if (found := _MORE.fullmatch(text)) and not _OWN.match(found[1]):
        return f"add {found[1]}"
    return ""
