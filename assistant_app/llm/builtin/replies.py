"""Words what tools gave back: lists where one was asked for, errors and questions as they are.

What a change did stands on its card already, so the reply only says that it is done, and what was understood of it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from assistant_app.llm.base import ChatMessage, Decided
from assistant_app.llm.builtin.questions import WHICH
from assistant_app.llm.builtin.wording import escaped, result_line

_READS = frozenset({"list_tasks", "list_reminders", "list_events", "list_agenda", "list_schedules"})
_NOTHING = {
    "list_tasks": "No tasks there.",
    "list_reminders": "No reminders there.",
    "list_events": "No events there.",
    "list_agenda": "Nothing is on.",
    "list_schedules": "I do nothing by myself yet. Say *send me a daily summary at 7*, for example.",
}
_VERBS = {"complete": "complete", "delete": "delete", "update": "change", "move": "move", "reopen": "open again",
          "snooze": "snooze", "skip": "skip"}  # fmt: skip
_COME_AGAIN = frozenset({"complete_task", "skip_reminder"})
_MOST_LINES = 30
_HOURS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24), "tonight": (17, 24)}
_ALREADY = re.compile(r"\balready$")  # Nothing had to change, and that is all that there is to say.
_IN_LIST = re.compile(r"^\(([^)]+)\)")
_WAITING = "That needs your yes first."
_DENIED = "All right, I left it as it is."
_BROKEN = "Something went wrong with that, and nothing was changed. Try again."


@dataclass(frozen=True)
class Answer:
    """What the model says, and what it offers to say next."""

    text: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What one call gave back."""

    name: str
    value: Mapping[str, Any]


def results_of(messages: Sequence[ChatMessage]) -> list[Result]:
    """Return the results at the end of a conversation, if the calls before them were the last that was said."""
    ended = len(messages)
    while ended and messages[ended - 1].role == "tool":
        ended -= 1
    if ended == len(messages) or not ended or not messages[ended - 1].tool_calls:
        return []
    names = {one.id: one.name for one in messages[ended - 1].tool_calls}
    return [Result(names.get(message.tool_call_id, ""), read_result(message.text)) for message in messages[ended:]]


def results_decided(decided: Sequence[Decided]) -> list[Result]:
    """Return the results of calls that the person has just approved or denied."""
    return [
        Result(one.name, read_result(one.result) if one.approved else {"error": _DENIED, "kind": "denied"})
        for one in decided
    ]


def read_result(text: str) -> Mapping[str, Any]:
    """Read a result; one that is no object is an error of ours, for which there is a sentence."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return {"error": _BROKEN, "kind": "failed"}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {"error": _BROKEN, "kind": "failed"}


def word(results: Sequence[Result], *, question: str = "") -> Answer:
    """Word the results of all calls. `question` tells how a look was asked for: to count, for free time, and so on."""
    changes = [result for result in results if _is_change(result)]
    answers = [_worded(result, question) for result in results if result not in changes]
    if changes:
        answers.insert(0, _done(changes))
    joiner = "\n\n" if any("\n" in answer.text for answer in answers) else " "
    texts = dict.fromkeys(answer.text for answer in answers if answer.text)
    suggestions = next((answer.suggestions for answer in reversed(answers) if answer.suggestions), ())
    return Answer(joiner.join(texts) or "Done.", suggestions)


def _worded(result: Result, question: str) -> Answer:
    if "error" in result.value:
        return _error(result)
    if result.name in _READS:
        return _look(result, question)
    return Answer(_sentence(str(result.value.get("summary") or "Done")))


def _is_change(result: Result) -> bool:
    return "error" not in result.value and result.value.get("kind") != "waiting" and result.name not in _READS


def _done(changes: Sequence[Result]) -> Answer:
    """Say that changes were made; of one, what is worth a look: when it is, in which list, and how to have it back."""
    if any(_ALREADY.search(str(one.value.get("summary") or "")) for one in changes):
        return Answer(" ".join(dict.fromkeys(_sentence(str(one.value.get("summary"))) for one in changes)))
    head = "Done" if len(changes) == 1 else "Done, both" if len(changes) == 2 else f"Done, all {len(changes)}"
    said = list(dict.fromkeys(_particulars(one) for one in changes))
    head = f"{head}: {said[0]}." if len(said) == 1 and said[0] else f"{head}."
    if any(one.name.startswith(("delete", "clear")) for one in changes):
        head += " Say *undo that* to have it back." if len(changes) == 1 else " Say *undo that* to have them back."
    return Answer(head)


def _particulars(result: Result) -> str:
    """Return what a line says of an object behind its title, such as "in groceries, due tomorrow"."""
    shown = result.value.get("following") or result.value.get("object")
    if not isinstance(shown, dict) or result.name.startswith(("delete", "clear", "undo")):
        return ""
    line = cast("dict[str, Any]", shown)
    text, title = str(line.get("text") or ""), str(line.get("title") or "")
    if result.name == "complete_task" and "following" not in result.value:
        return ""
    rest = _IN_LIST.sub(r"in \1", text.removeprefix(title).lstrip(" ,")) if text.startswith(title) else ""
    return ", ".join(filter(None, ("it comes again" if result.name in _COME_AGAIN else "", escaped(rest))))


def _error(result: Result) -> Answer:
    candidates = _objects(result.value, "candidates")
    kind = result.value.get("kind")
    sentence = _sentence(str(result.value.get("error") or _BROKEN))
    if candidates:
        verb = _VERBS.get(result.name.partition("_")[0], "take")
        lines = "\n".join(f"- {result_line(one)}" for one in candidates[:6])
        offered = tuple(f"{verb.capitalize()} {one['number']}" for one in candidates[:4] if "number" in one)
        return Answer(f"{WHICH}{verb}?\n\n{lines}", offered)
    if kind == "waiting":
        return Answer(_WAITING if not result.value.get("error") else sentence, ("Yes", "No"))
    return Answer(_DENIED if kind == "denied" and not result.value.get("error") else sentence)


def _look(result: Result, question: str) -> Answer:
    objects = _objects(result.value, "objects")
    if question in _HOURS:
        objects = [one for one in objects if _is_in(one, *_HOURS[question])]
        question = "free"
    if question == "high":
        objects = [one for one in objects if one.get("priority") == "high"]
        result = Result(result.name, {"summary": "" if objects else "No open task has high priority."})
    summary = _sentence(str(result.value.get("summary") or ""))
    if not objects:
        return Answer(
            "Yes, you are free: nothing is on then." if question == "free" else summary or _NOTHING[result.name]
        )
    if question == "count":
        return Answer(summary or f"That makes {len(objects)}.", ("Show them",))
    if question == "next":
        return Answer(f"Next: {result_line(objects[0])}")
    if question == "free":
        summary = "Not entirely, there is this:" if len(objects) == 1 else "Not entirely, there are these:"
    lines = [f"- {result_line(one)}" for one in objects[:_MOST_LINES]]
    if len(objects) > _MOST_LINES:
        lines.append(f"- … and {len(objects) - _MOST_LINES} more")
    head = summary.removesuffix(".") + ":" if summary and not summary.endswith(":") else summary
    return Answer("\n\n".join(filter(None, (head, "\n".join(lines)))))


def _is_in(shown: Mapping[str, Any], first: int, last: int) -> bool:
    """Tell whether something takes time in some hours of its day; what takes the whole day does."""
    start, end = str(shown.get("start") or ""), str(shown.get("end") or "")
    if "T" not in start:
        return True
    begin = datetime.fromisoformat(start)
    until = datetime.fromisoformat(end) if "T" in end else begin
    opens = begin.replace(hour=first, minute=0)
    closes = opens + timedelta(hours=last - first)
    return begin < closes and (until > opens or begin == until == opens)


def _objects(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = value.get(name)
    return [one for one in cast("list[Any]", found) if isinstance(one, dict)] if isinstance(found, list) else []


def _sentence(text: str) -> str:
    text = escaped(text.strip()) if "\n" not in text else text.strip()
    return text if not text or text[-1] in ".!?:…" else f"{text}."
