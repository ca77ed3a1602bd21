"""Titles of conversations, made by rule from their first message."""

import re

_MOST_WORDS = 8
_LONGEST = 48
_READ = 4000  # Characters of a message that are looked at.
_CODE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
_LINK = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*")
_MARKUP = re.compile(r"[*_`#>|~\[\]]+")
_OPENER = re.compile(
    r"(?:(?:hi|hello|hey|dear|ok|okay|so|well|please|thanks|steward|assistant|there)\b[\s,.!:;-]*)+"
    r"|(?:(?:can|could|would|will) you (?:please )?(?:help me (?:to |with )?|tell me |explain (?:to me )?)?"
    r"|(?:please )?(?:tell|show|give|help) me (?:about |with |to )?|i (?:want|need|would like|'d like) (?:you )?to "
    r"|(?:do you know|i wonder|i was wondering(?: if)?) )",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|there|steward|again)\b[\s,.!:;?-]*)+", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[^.\s\d][.!?])\s|\n")
_DANGLING = re.compile(
    r"\s+(?:a|an|the|of|to|in|on|at|for|and|or|with|by|from|my|your|is|are|that|this|as|but|if|so)$", re.IGNORECASE
)


def title_for(text: str) -> str:
    """Return a short title of one line; never empty."""
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", _CODE.sub(" ", text[:_READ]))).strip()
    sentence = _first_sentence(plain) or ("Code" if "```" in text else "")
    words = sentence.split()
    short = " ".join(words[:_MOST_WORDS])
    cut = len(words) > _MOST_WORDS
    while len(short) > _LONGEST:
        shorter = short.rpartition(" ")[0]
        short, cut = shorter or short[: _LONGEST - 1], True
    if cut:
        short = _DANGLING.sub("", short)
    short = short.strip(" ?!.,;:-\"'") or sentence[:_LONGEST].strip()
    return short[:1].upper() + short[1:] + ("…" if cut else "") if short else "New chat"


def is_greeting(text: str) -> bool:
    """Tell whether a message only greets, so that what comes after it makes a better title."""
    return bool(_GREETING.fullmatch(text.strip()))


def _first_sentence(text: str) -> str:
    """Return the first sentence that is more than a greeting, without its opening politeness."""
    sentences = [one for one in (" ".join(part.split()) for part in _SENTENCE_END.split(text)) if one]
    for sentence in sentences:
        rest = sentence
        while (opener := _OPENER.match(rest)) and opener.end() < len(rest):
            rest = rest[opener.end() :]
        if re.search(r"\w", rest) and not _OPENER.fullmatch(rest):
            return rest
    return sentences[0] if sentences else ""
