"""Cuts a message into the clauses that say one thing each."""

import re

from assistant_app.llm.builtin.sentences import Sentence

_ENDS = re.compile(r"(?<=[.!?;])\s+(?=\S)|\s*\n+\s*(?:[-*•]\s+)?|;\s*")
_SHORT_BEFORE = re.compile(r"\b(?:dr|mr|mrs|ms|st|no|nr|vs|e\.g|i\.e|approx|[ap]\.m|jr|sr|prof|inc)\.$", re.IGNORECASE)
_JOINTS = re.compile(
    (
        r"\s*(?:,\s*(?:and\s+|then\s+|but\s+)*|\s(?:and\s+|&\s+)(?:then\s+|also\s+|please\s+)*|\sthen\s+|\s-\s+"
        r"|\sbut\s+|\sso\s+(?=(?:please|you can|you could|you may|could you|can you|(?:mark|tick|check|cross|close"
        r"|complete|delete|remove|cancel|move|push|drop|set|reopen) (?:it|that|them|this|those))\s)|\.\.\.\s*)"
    ),
    re.IGNORECASE,
)
# What a clause can begin with when it asks for one more thing.
_STARTS = re.compile(
    r" (?:(?:please|also|then|now|so|just|can you|could you|you can|you may|you could) )*(?:remind me|add|create|make"
    r"|mark|set|delete|remove|cancel|complete|finish|check (?:off|it|that|them)|tick"
    r"|cross|move|push|postpone|reschedule|rename|schedule|book|put|undo|snooze|reopen|show|list|change|clear|take|call"
    r"|what|when|how many|tell me|is|are|do i|i (?:am|have|need|did|finished|got|bought|paid)|it is|schedule"
    r"|plan|drop|prioriti[sz]e|wake me|note|done|do not let me|new task|text|give|update|bring|scratch|strike|give me"
    r"|open|close)(?= |$)"
)
_STRONG = re.compile(
    r" (?:(?:please|also|then|now|so|just|can you|could you|you can) )*(?:remind me|set (?:a|an) (?:reminder|alarm)"
    r"|add|create (?:a|an)|put .+ (?:on|in|to) |mark|delete|remove|undo"
    r"|schedule|reschedule|rename|snooze|move (?:it|that|the|\d)|push (?:it|that|the|\d)|cancel (?:it|that|the|my|\d)"
    r"|complete (?:it|that|\d|task)|finish (?:\d|task)|make it|wake me|what|show|do not let me|new task|note"
    r"|check (?:it|that|\d|.+ off)|tick|cross|set (?:it|the)|change it|list|drop (?:it|\d)|reopen)(?= |$)"
)
_FREE_TEXT = re.compile(
    r" (?:(?:please|can you|could you|will you|would you|hey|ok|steward|also|and|i (?:want|need|would like) you "
    r"to) )*(?:remind me|add|create|new|note|todo|to-do|task|i (?:need|have) to|do not (?:let me )?forget|remember"
    r"|schedule|book|plan|put|rename|wake me|set (?:a|an)|make a|write)(?= |$)"
)


def sentences_of(text: str) -> list[Sentence]:
    """Cut a message at the ends of its sentences, and at line breaks."""
    parts: list[str] = []
    for part in _ENDS.split(text):
        if not part or not part.strip():
            continue
        if parts and _SHORT_BEFORE.search(parts[-1]):
            parts[-1] += f" {part}"
        else:
            parts.append(part.strip())
    return [sentence for part in parts if (sentence := Sentence(part)).words]


def clauses_of(sentence: Sentence) -> list[Sentence]:
    """Cut a sentence before every clause that asks for one more thing.

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
        ):
            cuts.append((joint.start(), joint.end()))
            start = joint.end()
    pieces, start = list[str](), 0
    for first, last in cuts:
        pieces.append(sentence.text[start:first])
        start = last
    pieces.append(sentence.text[start:])
    return [clause for piece in pieces if (clause := Sentence(piece)).words]


def _outside_quotes(text: str, joint: re.Match[str]) -> bool:
    return text[: joint.start()].count('"') % 2 == 0
