"""Writes what is said of several weekdays as one sentence for each: "remind me on Monday and Thursday to ..."."""

import re

_DAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAYS = re.compile(
    rf"\b(?:{_DAY})\b(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+)(?:on\s+)?(?:{_DAY})\b)+",
    re.IGNORECASE,
)
_EACH = re.compile(rf"\b(?:{_DAY})\b", re.IGNORECASE)
# With one of these the days are a rhythm, a span, or a choice.
_RHYTHM = re.compile(
    r"\b(?:every|each|weekly|fortnightly|biweekly|week|weeks|monthly|month|daily|repeat\w*|recur\w*|between|from|until"
    r"|till|either|or|through|both|not|never|to (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
    r"|n['’]t\b|[\"“?]",
    re.IGNORECASE,
)
# Who tells of days wants nothing, unless they say what they need to do.
_TELLS = re.compile(
    r"\s*(?:(?:and|so|but|well|oh|yes|no|ok|okay|hey)\W+)*(?:(?:i|we)\b(?!\s+(?:\w+\s+)?(?:need|have|want|must|should"
    r"|gotta)\s+to\b)|(?:i|we)['’]|(?:he|she|they|it|you|there|that|this|these|those|my|our|his|her|their|the|what|when"
    r"|who|how|why|where|which|is|are|was|were|do|does|did|am|if|list|show|tell|give|find)\b)",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"\s*(?:(?:and|so|ok|okay|hey)\W+)*(?:what|show|list|tell me what|am i|do i|is there|are there|how|anything)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\s+(?:on|for)?\s*$", re.IGNORECASE)
# "Move the rent to Monday and the bins to Friday": the verb is said once.
_TIME = (
    r"(?:(?:today|tonight|tomorrow|noon|midnight|next|this|the (?:\d|first|second|third|end)|in (?:an?|\d|two|three)|at"
    rf"|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|(?:{_DAY})\b)[^\n?]*?)"
)
_MOVES = re.compile(
    r"(?P<verb>\s*(?:(?:please|can you|could you)\s+)*"
    r"(?:move|push|postpone|reschedule|shift|bump|delay|put off|defer))\s+"
    rf"(?P<one>[^\n?,]+?)\s+(?P<to>to|until|till)\s+(?P<when>{_TIME})\s*(?:,\s*and|,|\s+and)\s+"
    rf"(?P<two>(?!(?:to|at|on|then|also)\b)[^\n?,]+?)\s+(?:to|until|till)\s+(?P<then>{_TIME})\W*",
    re.IGNORECASE,
)


def rewritten_days(text: str) -> str:
    """Return one sentence a line, each with a day of its own; empty if the text is not about several days."""
    if moved := _MOVES.fullmatch(text):
        verb, to = moved["verb"], moved["to"]
        return f"{verb} {moved['one']} {to} {moved['when']}\n{verb} {moved['two']} {to} {moved['then']}"
    found = _DAYS.search(text)
    if found is None or "\n" in text:
        return ""
    front, days, behind = text[: found.start()], _EACH.findall(found[0]), text[found.end() :]
    if _LOOKS.match(text) and len(days) == 2 and not _RHYTHM.search(text.rstrip("?")):
        return f"{_ON.sub('', front)} from {days[0]} to {days[1]}{behind}" if _follow(*days) else ""
    if _RHYTHM.search(text) or _TELLS.match(text):
        return ""
    return "\n".join(f"{front}{day}{behind}" for day in days)


def _follow(first: str, second: str) -> bool:
    """Tell whether a weekday is the one after another."""
    week = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return (week.index(second[:3].lower()) - week.index(first[:3].lower())) % len(week) == 1
