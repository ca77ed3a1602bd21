"""Takes off what is said beside a wish and belongs to nothing in it: sighs, signatures, "no rush", capitals only."""

import re

_SIGH = r"(?:lol|haha+|hehe+|omg|rofl|lmao|tbh|fyi|ngl|smh|argh+|ugh+|phew|yikes)"
_SIGHS = re.compile(rf"^(?:{_SIGH}\b[!.,]*\s*)+|\s+{_SIGH}(?=\s*[,.!;]|\s*$|\s+(?:can|could|please) )", re.IGNORECASE)
_PLEAS = re.compile(r"\s+(?:pls|plz|plss|please)(?=\s*[,;]|\s*$)", re.IGNORECASE)
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
_LEAST_SHOUTED = 3  # Words; fewer in capitals can be a name.


def without_asides(text: str) -> str:
    """Return a message without what is said beside its wish; the message itself if nothing else is in it."""
    if text.isupper() and len(text.split()) >= _LEAST_SHOUTED:
        text = text.lower()
    bare = _SIGHS.sub("", text) if '"' not in text else text
    bare = _SIGNED.sub("", bare)
    while (shorter := _EASE.sub("", bare)) != bare:
        bare = shorter
    bare = _PLEAS.sub("", _FIGURE_TO.sub(r"\1 to ", bare))
    return bare if bare.strip(" .,!?") else text
