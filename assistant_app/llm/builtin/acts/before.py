"""Reminds some time before what the same message has just named: "lunch at 1, remind me 30 minutes before"."""

import re
from collections.abc import Sequence

from assistant_app.llm.builtin.details import event_title, read_details
from assistant_app.llm.builtin.plans import Call, Plan, one
from assistant_app.llm.builtin.questions import ASK_REMINDER
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import quoted

_BEFORE = re.compile(
    r" (?:(?:and|also|then|please|so|can you|could you) )*(?:remind|alert|ping|notify|warn|nudge) me"
    r" (?:(?:about|of) (?:it|that|this) )?(?P<span>\S+(?: \S+){0,3}?) (?:before|beforehand|earlier|ahead|prior"
    r"|in advance|ahead of time)(?: (?:it|that|then|this|it starts))?(?: please)?"
)
_TELLING = re.compile(
    r"\s*(?:(?:and|so|but|also|hey|ok)\W+)*"
    r"(?:(?:i|we)\s+(?:have|have got|got|am|are)|(?:i|we)['’](?:ve|m|re)(?:\s+got)?"
    r"|there(?:['’]s|\s+is)|got)\s+(?:(?:to|having|going\s+to|at)\s+)?(?:(?:an?|my|our|the)\s+)?",
    re.IGNORECASE,
)
_OURS = re.compile(r"\s*(?:(?:and|so|but|also|hey|ok)\W+)*(?:my|our|the)\s+", re.IGNORECASE)
_IS = re.compile(
    r"\s+(?:is|starts|begins|leaves|departs)\s+(?=(?:on|at|from|this|next|today|tonight|tomorrow)\b|\d)", re.IGNORECASE
)
_WHEN = {"add_event": "start", "add_task": "due", "move_event": "start", "update_task": "due"}


def plan_before(sentence: Sentence, said: Sequence[Call], told: str, talk: Talk) -> Plan | None:
    """Plan the reminder that a sentence asks for before what was said last; nothing for all other sentences.

    `said` are the calls that the message has come to so far, `told` is the text in front if it only tells something.
    """
    found = _BEFORE.fullmatch(sentence.plain)
    span = talk.moments.span(found["span"]) if found else None
    if span is None:
        return None
    title, at = _of_call(said[-1], talk) if said else _of_news(told, talk)
    if not title or not at:
        return None
    moment = talk.moments.shifted(at, span, -1) if "T" in at else ""
    if not moment or talk.moments.local(moment) <= talk.moments.now:
        return Plan(say=ASK_REMINDER.format(what=quoted(title)))
    return one("add_reminder", text=title, at=moment)


def _of_call(last: Call, talk: Talk) -> tuple[str, str]:
    """Return what a call is about, and when that is."""
    title = last.arguments.get("title") or (talk.mentioned[0].title if talk.mentioned else "")
    return title, last.arguments.get(_WHEN.get(last.name, ""), "")


def _of_news(told: str, talk: Talk) -> tuple[str, str]:
    """Return what somebody tells that they have, and when: "I have a dentist appointment on Friday at 3".

    So does who says "my flight is at 6".
    """
    told, stated = _IS.subn(" ", told)
    news = (_OURS if stated else _TELLING).match(told)
    details = read_details(told[news.end() :], talk.moments, talk.lists, event=True) if news else None
    if details is None or details.when is None or details.when.time is None:
        return "", ""
    return event_title(details.title, repeats=False), talk.moments.at(details.when)
