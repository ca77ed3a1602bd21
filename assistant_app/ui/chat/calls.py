"""What the page knows of the calls of tools: a card each, with what can be done about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant_app.agent.policy import find_tool
from assistant_app.services import approvals, tool_calls
from assistant_app.services.tool_calls import CallView
from assistant_app.ui.chat.call_words import Fact, argument_facts, problem_of, result_facts

_STATUS_WORDS = {
    "ok": "Done",
    "read": "Looked up",
    "failed": "Failed",
    "waiting": "Waits for your approval",
    "denied": "You said no",
    "expired": "Nobody answered within a day",
    "off": "Turned off under Settings > Tools",
    "undone": "Done, then undone",
    "mended": "Did not fit, so the model tried again",
}
_CHOICES = 6
_SLOW_MS = 1000


@dataclass(frozen=True)
class Choice:
    """One thing that could have been meant; `text` is what choosing it says."""

    label: str
    text: str


@dataclass(frozen=True)
class CallRow:
    """One call. `status` is the call's own, or read, undone, or mended for one that the model corrected itself.

    `approval_id`, `expires_at` and `facts` are there while it waits for a yes.
    """

    id: str
    message_id: str
    summary: str
    status: str
    status_words: str
    can_undo: bool = False
    can_redo: bool = False
    approval_id: str = ""
    expires_at: str = ""
    facts: list[Fact] = field(default_factory=list[Fact])
    choices: list[Choice] = field(default_factory=list[Choice])


@dataclass(frozen=True)
class CallDetails:
    """What an open card shows besides."""

    tool: str
    status: str
    at: str
    took: str
    asked: list[Fact]
    came: list[Fact]


async def read_calls(*, user_id: str, message_ids: Iterable[str], zone: str) -> dict[str, list[CallRow]]:
    """Return the cards of these answers, by answer and in order."""
    views = await tool_calls.list_calls(user_id=user_id, message_ids=list(message_ids))
    ends: dict[str, str] = {}
    if any(view.status == "waiting" for view in views):
        waiting = await approvals.list_waiting(user_id=user_id)
        ends = {approval.id: approval.expires_at.isoformat() for approval in waiting}
    by_message: dict[str, list[CallView]] = {}
    for view in views:
        by_message.setdefault(view.message_id, []).append(view)
    return {
        message_id: [row_of_call(view, of_answer, zone=zone, ends=ends) for view in of_answer]
        for message_id, of_answer in by_message.items()
    }


def question_of(calls: Mapping[str, Sequence[CallRow]]) -> str:
    """Return what waits for a yes, as it is told to those who do not see the card."""
    waiting = [row.summary for rows in calls.values() for row in rows if row.approval_id]
    return f"Steward asks for your approval: {'; '.join(waiting)}" if waiting else ""


def row_of_call(view: CallView, of_answer: Sequence[CallView], *, zone: str, ends: dict[str, str]) -> CallRow:
    """Return one card; the other calls of its answer tell whether the model mended it."""
    waits = view.status == "waiting"
    status = _status(view, of_answer)
    return CallRow(
        id=view.id,
        message_id=view.message_id,
        summary=problem_of(view.result) or view.summary or title_of(view.tool),
        status=status,
        status_words=_STATUS_WORDS[status],
        can_undo=bool(view.action_ids),
        can_redo=view.undone,
        approval_id=(view.approval_id or "") if waits else "",
        expires_at=ends.get(view.approval_id or "", "") if waits else "",
        facts=argument_facts(_in_order(view), zone) if waits else [],
        choices=[] if status == "mended" else _choices(view.result.get("candidates")),
    )


def details_of(view: CallView, of_answer: Sequence[CallView], *, zone: str) -> CallDetails:
    """Return what an open card shows."""
    return CallDetails(
        tool=title_of(view.tool),
        status=_STATUS_WORDS[_status(view, of_answer)],
        at=view.started_at.isoformat(),
        took="" if view.finished_at is None or view.approval_id else _took(view.milliseconds),
        asked=argument_facts(_in_order(view), zone),
        came=[] if view.status == "waiting" else result_facts(view.result, zone),
    )


def title_of(name: str) -> str:
    """Return how a tool is called; one that there is not any more keeps its bare name."""
    known = find_tool(name)
    return known.title if known else name.replace("_", " ")


def _in_order(view: CallView) -> dict[str, Any]:
    """Return the arguments in the order in which the tool has them; they are kept in the order of their names."""
    known = find_tool(view.tool)
    order = list(known.parameters.get("properties", ())) if known else []
    return {name: view.arguments[name] for name in sorted(view.arguments, key=lambda name: _place(order, name))}


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _status(view: CallView, of_answer: Sequence[CallView]) -> str:
    if view.undone:
        return "undone"
    known = find_tool(view.tool)
    if view.status == "ok" and known is not None and known.effect == "read":
        return "read"
    mended = view.result.get("kind") == "retry" and any(
        later.tool == view.tool and later.step > view.step and later.status != "failed" for later in of_answer
    )
    return "mended" if mended else view.status


def _choices(candidates: Any) -> list[Choice]:
    if not isinstance(candidates, list):
        return []
    named: list[dict[str, Any]] = [one for one in candidates if isinstance(one, dict) and one.get("number")]  # pyright: ignore[reportUnknownVariableType] - JSON
    return [
        Choice(str(one.get("text") or one["title"]), f"{one.get('kind', 'task')} {one['number']}".capitalize())
        for one in named[:_CHOICES]
    ]


def _took(milliseconds: int) -> str:
    return f"{milliseconds} ms" if milliseconds < _SLOW_MS else f"{milliseconds / 1000:.1f} s"
