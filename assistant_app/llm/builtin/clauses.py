"""Cuts a message into the clauses that say one thing each."""

import re

from assistant_app.llm.builtin.sentences import Sentence

_ENDS = re.compile(r"(?<=[.!?;])\s+(?=\S)|\s*\n+\s*(?:[-*•]\s+)?|;\s*")
_SHORT_BEFORE = re.compile(
    r"\b(?:dr|mr|mrs|ms|st|no|nr|vs|e\.g|i\.e|approx|[ap]\.m|jr|sr|prof|inc|\d{1,2}\.\d{1,2})\.$", re.IGNORECASE
)
_JOINTS = re.compile(
    (
        r"\s*(?:,\s*(?:and\s+|then\s+|but\s+)*|\s(?:and\s+|&\s+)(?:then\s+|also\s+|please\s+)*|\sthen\s+|\s-\s+"
        r"|\sbut\s+|\sso\s+(?=(?:please|you can|you could|you may|could you|can you|(?:mark|tick|check|cross|close"
        r"|complete|delete|remove|cancel|move|push|drop|set|reopen) (?:it|that|them|this|those"
        r"|the|my|our|task))\s)|\.\.\.\s*)"
    ),
    re.IGNORECASE,
)
# What a clause can begin with when it asks for one more thing.
_STARTS = re.compile(
    r" (?:(?:please|also|then|now|so|just|can you|could you|you can|you may|you could) )*(?:remind me|add|create|make"
    r"|mark|set|delete|remove|cancel|complete|finish|check (?:off|it|that|them)|tick"
    r"|cross|move|push|postpone|reschedule|rename|schedule|book|put|undo|snooze|reopen|show|list|change|clear|take|call"
    r"|what|when|how many|tell me|is|are|do i|i (?:am|have|need|did|finished|got|bought|paid)|it is|schedule"
    r"|(?:paid|bought|called|cleaned|watered|emailed|booked|renewed|sent|washed|fed|returned|fixed|submitted|ordered"
    r"|finished|did) (?:the|my|our|some|a|an|all)"
    r"|plan|drop|prioriti[sz]e|wake me|(?:ask|ping|nudge|tell|alert|notify) me|note|done|do not let me|new task|text"
    r"|give|update|bring|scratch|strike|give me|bump|skip|scrap|shift|delay|defer|extend|shorten"
    r"|open|close|untick|uncheck|unmark)(?= |$)"
)
_STRONG = re.compile(
    r" (?:(?:please|also|then|now|so|just|can you|could you|you can) )*(?:remind me|(?:alert|notify|ping|nudge) me"
    r"|set (?:a|an) (?:reminder|alarm)|add|create (?:a|an)|put .+ (?:on|in|to) |mark|delete|remove|undo"
    r"|schedule|reschedule|rename|snooze|move (?:it|that|the|\d)|push (?:it|that|the|\d)|cancel (?:it|that|the|my|\d)"
    r"|complete (?:it|that|\d|task)|finish (?:\d|task)|make it|wake me|what|show|do not let me|new task|note"
    r"|check (?:it|that|\d|.+ off)|tick|cross|set (?:it|the)|change it|list|drop (?:it|\d)|reopen)(?= |$)"
)
# "And please" begins anew, while what "and" alone joins is of a kind with what stands before it.
_EQUAL = re.compile(r"\b(?:and|or|then)\b(?!.*\bplease\b)|&", re.IGNORECASE)
# "Call the plumber, note: mention the noise" says more of the same task.
_NOTES = re.compile(r"notes?\s*:", re.IGNORECASE)
_TAG = re.compile(
    r",\s*(?:(?:do|does|did|is|are|was|were|has|have|had|should|shall|am|must|won't|don't|doesn't|didn't|isn't|aren't|wasn't"
    r"|hasn't|haven't|shouldn't) (?:i|we|you|he|she|it|they|there|that)(?: not)?|(?:right|correct|huh|eh|yes"
    r"|no))\?\W*$",
    re.IGNORECASE,
)
_FREE_TEXT = re.compile(
    r" (?:(?:please|can you|could you|will you|would you|hey|ok|steward|also|and|i (?:want|need|would like) you "
    r"to) )*(?:remind me|add|create|new|note|todo|to-do|task|i (?:need|have) to|do not (?:let me )?forget|remember"
    r"|schedule|book|plan|put|rename|wake me|set (?:a|an)|make a|write)(?= |$)"
)


def without_tag(sentence: Sentence) -> Sentence:
    """Write "I don't need it, do I?" as the question that it is; "add it, will you?" stays a wish."""
    found = _TAG.search(sentence.text)
    return Sentence(f"{sentence.text[: found.start()]}?") if found and found.start() else sentence


def sentences_of(text: str) -> list[Sentence]:
    """Cut a message at the ends of its sentences, and at line breaks."""
    parts: list[str] = []
    for part in _ENDS.split(text):
        if not part or not part.strip():
            continue
        if parts and (_SHORT_BEFORE.search(parts[-1]) or _opens_quote(parts[-1], text)):
            parts[-1] += f" {part}"
        else:
            parts.append(part.strip())
    return [sentence for part in parts if (sentence := Sentence(part)).words]


def _opens_quote(part: str, text: str) -> bool:
    """Tell whether a quotation begins in a part that ends behind it: what is quoted is one piece."""
    return part.count('"') % 2 == 1 and text.count('"') % 2 == 0


def clauses_of(sentence: Sentence) -> list[tuple[Sentence, bool]]:
    """Cut a sentence before every clause that asks for one more thing; tell of each whether "and" joins it as an equal.

    After a clause that takes any words, such as "remind me to", only what clearly starts anew ends it.
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    for joint in _JOINTS.finditer(sentence.text):
        rest = Sentence(sentence.text[joint.end() :]).plain
        free = _FREE_TEXT.match(Sentence(sentence.text[start : joint.start()]).plain)
        if (
            joint.start() > start
            and (_STRONG if free else _STARTS).match(rest)
            and _outside_quotes(sentence.text, joint)
            and not _NOTES.match(sentence.text, joint.end())
        ):
            cuts.append((joint.start(), joint.end()))
            start = joint.end()
    pieces, start, joined = list[tuple[str, bool]](), 0, False
    for first, last in cuts:
        pieces.append((sentence.text[start:first], joined))
        start, joined = last, bool(_EQUAL.search(sentence.text[first:last]))
    pieces.append((sentence.text[start:], joined))
    return [(clause, joined) for piece, joined in pieces if (clause := Sentence(piece)).words]


def _outside_quotes(text: str, joint: re.Match[str]) -> bool:
    return text[: joint.start()].count('"') % 2 == 0
