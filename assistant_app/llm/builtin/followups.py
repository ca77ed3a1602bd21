"""Understands the answer to a question that the built-in model has asked itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant_app.language.decisions import read_decision
from assistant_app.llm.base import ChatMessage
from assistant_app.llm.builtin.instructions import hear_wish
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.pointers import point
from assistant_app.llm.builtin.questions import (
    ASK_EVENT,
    ASK_REMINDER,
    ASK_TIME,
    ASK_TITLE,
    DO_IT,
    OFFER,
    OFFER_EVENT,
    WHICH,
)
from assistant_app.llm.builtin.sentences import Sentence

_LINE = re.compile(r"^- (\d+) · (.+)$", re.MULTILINE)
_QUOTE = r"“(?P<what>.+)”"
_NUMBER = re.compile(r"#?\d{1,6}(?:(?:,| and|, and| &) #?\d{1,6})*")
_TODAY = re.compile(r"\s+(?:for |later )?today\b", re.IGNORECASE)
_MOST_WORDS = 6
_LONGEST = 1_000  # Characters; what is longer answers no question of ours.


@dataclass(frozen=True)
class FollowUp:
    """What a message means as an answer: a whole instruction, and what its object is if that was asked."""

    text: str = ""
    meaning: str = ""
    refused: bool = False
    confirmed: bool = False


def read_followup(messages: Sequence[ChatMessage], moments: Moments) -> FollowUp | None:
    """Return what the last message means as an answer to our question before it, None if it is none."""
    said = [message for message in messages if message.role in ("user", "assistant") and message.text]
    if len(said) < 3 or [message.role for message in said[-3:]] != ["user", "assistant", "user"]:
        return None
    before, question, answer = (message.text.strip() for message in said[-3:])
    if len(answer) > _LONGEST or not _asks(question):
        return None
    decision = read_decision(answer)
    if decision == "no":
        return FollowUp(refused=True)
    if WHICH in question:
        return _chosen(before, question, answer)
    if decision == "yes":
        return _agreed(before, question)
    return _completed(before, question, answer, moments)


def _asks(question: str) -> bool:
    patterns = (ASK_REMINDER, ASK_EVENT, ASK_TIME, ASK_TITLE, OFFER, OFFER_EVENT, DO_IT)
    return WHICH in question or any(_pattern(one).search(question) for one in patterns)


def _pattern(question: str) -> re.Pattern[str]:
    return re.compile(re.escape(question).replace(re.escape("{what}"), "(?P<what>.+)"))


def _chosen(before: str, question: str, answer: str) -> FollowUp | None:
    """Take one of the lines that were offered: by its number, its place, or words of it."""
    lines = _LINE.findall(question)
    plain = " ".join(Sentence(answer).words)
    numbers = [number for number, _ in lines]
    if _NUMBER.fullmatch(plain):
        return FollowUp(before, plain)
    if pointer := point(plain):
        if pointer.which in ("all", "both"):
            return FollowUp(before, " and ".join(numbers))
        row = numbers[: pointer.count] if pointer.which == "first" else numbers[-pointer.count :]
        if pointer.which == "nth":
            row = numbers[pointer.count : pointer.count + 1] if pointer.count >= 0 else numbers[pointer.count :][:1]
        return (
            FollowUp(before, " and ".join(row)) if row and pointer.which in ("first", "last", "recent", "nth") else None
        )
    words = set(plain.removeprefix("the ").removesuffix(" one").split())
    fitting = [number for number, title in lines if words <= set(Sentence(title).words)]
    return FollowUp(before, fitting[0]) if len(fitting) == 1 and words else None


def _agreed(before: str, question: str) -> FollowUp | None:
    for pattern, wish in ((OFFER, "Add {what} to my tasks"), (OFFER_EVENT, "Put {what} on my calendar")):
        if found := _pattern(pattern.replace("{what}", "“{what}”")).search(question):
            return FollowUp(wish.format(what=found["what"].replace("\\", "")))
    return FollowUp(before.rstrip("?! ."), confirmed=True) if DO_IT in question else None


def _completed(before: str, question: str, answer: str, moments: Moments) -> FollowUp | None:
    """Put a time, or a title, behind the instruction that it was missing in."""
    core = hear_wish(Sentence(answer)).sentence.text.strip(" .!")
    core = core[:1].lower() + core[1:]  # It stands inside a sentence now, where a capital would make it a name.
    wish = before.rstrip(" .!?")
    if _pattern(ASK_REMINDER).search(question):  # "Today" alone was no time yet, and the answer may say another day.
        wish = _TODAY.sub("", wish)
    if _pattern(ASK_TITLE).search(question):
        return FollowUp(f"{wish} {core}") if len(core.split()) <= 2 * _MOST_WORDS else None
    if len(core.split()) > 2 * _MOST_WORDS or not moments.when(core):
        return None
    return FollowUp(
        f"{wish} to {core.removeprefix('to ')}" if _pattern(ASK_TIME).search(question) else f"{wish} {core}"
    )
