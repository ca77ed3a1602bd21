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
    r"(?:(?:so|hey|ok|okay|oh|actually)\W+)?(?:(?:i (?:think|believe|hear|heard|see)|it seems"
    r"|apparently)(?: that)?,?\s+)?(?P<what>[^\n,?]+?)\s+(?:(?:is|was|has been|got"
    r"|were)\s+)?(?:now\s+|actually\s+)?"
    r"(?:leaves|departs|starts|begins|takes place|happens|is|are|moved|rescheduled|postponed|shifted|changed)\s+"
    r"(?:now\s+)?(?P<when>(?:(?:to|on|at|for|until|from)\s+)?[^\n?;]+?)[,.;!]\s*(?:(?:please|pls|so|and"
    r"|can you|could you"
    r"|would you)\s+)*(?:change|update|adjust|correct|fix|move|reschedule|edit|amend|shift|alter)\s+(?:it|that|this)"
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
