"""Takes off what is said beside a wish and belongs to nothing in it: sighs, signatures, "no rush", capitals only."""

import re

from assistant_app.llm.builtin.intents.errands import ERRANDS

_SIGH = r"(?:lol|haha+|hehe+|omg|rofl|lmao|tbh|fyi|ngl|smh|argh+|ugh+|phew|yikes)"
_SIGHS = re.compile(rf"^(?:{_SIGH}\b[!.,]*\s*)+|\s+{_SIGH}(?=\s*[,.!;]|\s*$|\s+(?:can|could|please) )", re.IGNORECASE)
_PLEAS = re.compile(r"(?:\s+(?:pls|plz|plss|please))+(?=\s*[,;]|\s+[-–—]\s|\s*$)", re.IGNORECASE)
# Only thanks can stand behind a wish without a stop: "call my love, Anna" is no signature.
_SIGNED = re.compile(
    r"(?:(?<=[.!?,])\s*|(?<=[\w)])\s+(?=thank|thx|many thanks|cheers))(?:thank you|thanks|many thanks|thx|cheers"
    r"|kind regards|best regards|best wishes|best|regards|yours|sincerely|yours sincerely|love|all the best|with love"
    r"|warmly)(?: (?:so|very) much| again| a lot| in advance)?\s*[,!.\n]\s*-?\s*"
    r"(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+)?)\s*[.!]*\s*$",
    re.IGNORECASE,
)
_EASE = re.compile(
    r"\s*(?:[,;(]|\s[-–—]+\s|\.\s)\s*(?:it's |it is |there's |there is |but |and |so |really |that's )*"
    r"(?:nothing urgent|nothing pressing|nothing major|nothing fancy|nothing special|no (?:real |great |big )?(?:rush"
    r"|hurry|stress|pressure|worries|biggie|big deal)|not (?:that |very |really |so |too )?urgent|not in (?:a"
    r"|any) (?:rush|hurry)|not a big deal|whenever(?: (?:you can|you like|works|i can|is fine|i get to it))?"
    r"|take your time|(?:just )?so (?:that )?i (?:don't|do not|won't) forget(?: it)?"
    r"|before i forget|or i'll forget|that's all|that is all|you know the drill|ok|okay|alright|got it"
    r"|if that's ok(?:ay)?|for a change|you know)(?: (?:though|about it|at all|on (?:it|that|this)))?[\s).!]*$",
    re.IGNORECASE,
)
_FIGURE_TO = re.compile(
    r"\b(remind me|nudge me|ping me|need|have|got|forget|want) 2 (?!(?:more )?(?:min|hour|hr|day|week|month|year|time"
    r"|h\b|m\b|pm|am|of|and))(?=[a-z])",
    re.IGNORECASE,
)
_THIS_ONCE = re.compile(
    r"[\s,(]+(?:but\s+)?(?:(?:just|only)\s+(?:for\s+)?(?:this|that)\s+(?:once|time|week|one)|(?:just|only)\s+(?:for\s+)?once"
    r"|(?:for\s+)?this\s+once)\)?(?=\W*$)",
    re.IGNORECASE,
)
_THIS_ONCE_FIRST = re.compile(
    r"\s*(?:just |only )?(?:for )?(?:this|that) (?:once|time|one time)\s*,?\s+|\s*just (?:for )?once\s*,?\s+",
    re.IGNORECASE,
)
# "Just this Tuesday" is the one on Tuesday.
_JUST_ON = re.compile(
    r"\s+(?:just|only)(?=\s+(?:(?:this|next|on|for)\s+)+(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*$)", re.IGNORECASE
)
_SKIPPED_ONCE = re.compile(
    r"(?P<skip>\W*(?:(?:please|can you|could you|hey|ok|okay|steward)[\s,]+)*(?:skip|leave out|leave)\b.*?)"
    r"\s+(?:once|one time|a single time)(?P<end>\W*)",
    re.IGNORECASE,
)
_SKIPPED_NEXT = re.compile(r"(?P<skip>.*\bskip) (?:the )?next time (?:for|of|with) (?P<what>.+)", re.IGNORECASE)
_SKIPPED = re.compile(
    r"(?:^|[,;.!]\s*|\b(?:and|so|then)\s+)(?:(?:please|can you|could you|hey|ok|okay|steward|just|let's)[\s,]+)*skip\b",
    re.IGNORECASE,
)
_CHANGING = re.compile(
    r"\W*(?:(?:please|can you|could you|hey|ok|okay|steward)[\s,]+)*(?:move|push|shift|change|delete|cancel|skip"
    r"|postpone"
    r"|reschedule|take|put|drop|set|delay|bring|start|remove|snooze)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:(?:hey|hi|hello),?\s+)?steward[\s,!:]+|(?:ok|okay|alright)[\s,]+(?!then|so|done|good|thanks|thank|cool|great|got"
    r"|i\b|we\b|it\b|that\b)(?=[a-z])"
    r"|i(?:'d|’d| would) (?:like|love) you to\s+|i (?:want|need) you to\s+)+",
    re.IGNORECASE,
)
# Thanks behind a stop, dots that trail off and little pictures; a tick says that something is done.
_ENDING = re.compile(
    r"(?:[,.!;–—-]\s*(?:many\s+)?(?:thanks|thank you|thx|cheers|ty)(?:\s+(?:so much|very much|a lot"
    r"|in advance))?[\s!.]*"
    r"|\s*(?:\.{2,}|…)|\s*[\U0001F300-\U0001FAFF\u2600-\u2604\u2607-\u2610\u2620-\u2704\u2706-\u2712\u2715-\u27BF\uFE0F\u200D]+)+\s*$",
    re.IGNORECASE,
)
_REMINDED = re.compile(r"\b(?:remind|nudge|ping) me\b", re.IGNORECASE)
_LONE_TWO = re.compile(r"(?<=[a-z]) 2 ([a-z]+)(?= [a-z])", re.IGNORECASE)
_LEAST_SHOUTED = 3  # Words; fewer in capitals can be a name.


def without_once(text: str) -> tuple[str, bool]:
    """Return a wish to change something without "just this once", and whether it had that."""
    if skipped := _SKIPPED_ONCE.fullmatch(text):
        return skipped["skip"] + skipped["end"], True
    if named := _SKIPPED_NEXT.fullmatch(text):
        return f"{named['skip']} {named['what']}", True
    if _SKIPPED.search(text):
        return _JUST_ON.sub("", text), True  # Of what repeats, what is skipped is always one time.
    if (first := _THIS_ONCE_FIRST.match(text)) and _CHANGING.match(text[first.end() :]):
        return text[first.end() :], True
    text = _JUST_ON.sub("", text) if _CHANGING.match(text) else text
    shorter = _THIS_ONCE.sub("", text) if _CHANGING.match(text) else text
    return shorter, shorter != text


def without_asides(text: str) -> str:
    """Return a message without what is said beside its wish; the message itself if nothing else is in it."""
    if text.isupper() and len(text.split()) >= _LEAST_SHOUTED:
        text = text.lower()
    text = _ENDING.sub("", _OPENING.sub("", text)) or text
    bare = _SIGHS.sub("", text) if '"' not in text else text
    bare = _PLEAS.sub("", _SIGNED.sub("", bare))
    while (shorter := _EASE.sub("", bare)) != bare:
        bare = shorter
    bare = _FIGURE_TO.sub(r"\1 to ", bare)
    if _REMINDED.search(bare):
        bare = _LONE_TWO.sub(lambda found: f" to {found[1]}" if found[1].lower() in ERRANDS else found[0], bare)
    return bare if bare.strip(" .,!?") else text
