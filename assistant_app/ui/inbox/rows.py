"""What pages know of a matter in the inbox, in the words in which it is shown."""

from dataclasses import dataclass

from assistant_app import clock
from assistant_app.services.approvals import ApprovalView
from assistant_app.services.inbox import ItemView
from assistant_app.services.temporary import is_temporary
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local

KINDS = {
    "reminder": "Reminder",
    "approval": "Approval",
    "summary": "Summary",
    "conflict": "Conflict",
    "suggestion": "Suggestion",
    "result": "Result",
    "error": "Error",
}
_ENDS = {"done": "Done", "dismissed": "Dismissed"}


@dataclass(frozen=True)
class ItemRow:
    """One matter. `at` is an ISO instant; `ended` says how a closed one was answered; `address` is where it belongs.

    `subject_kind` and `subject_id` name the object it is about, if it is about one.
    """

    id: str
    kind: str
    kind_words: str
    title: str
    text: str
    why: str
    at: str
    is_new: bool
    is_late: bool
    ended: str = ""
    address: str = ""
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True)
class DueRow:
    """A reminder that has come and that nobody has answered; `at` is the ISO instant at which it was due."""

    id: str
    title: str
    text: str
    at: str
    is_late: bool


def row_of(item: ItemView) -> ItemRow:
    """Return what the page shows of an item."""
    is_about_object = item.kind == "reminder"
    return ItemRow(
        id=item.id,
        kind=item.kind,
        kind_words=KINDS[item.kind],
        title=item.title,
        text=item.text,
        why=item.why,
        at=item.data.get("due_at", "") or item.created_at.isoformat(),
        is_new=item.state == "new",
        is_late=item.late,
        ended=_ENDS.get(item.state, ""),
        subject_kind="reminder" if is_about_object else "",
        subject_id=item.subject_id if is_about_object else "",
    )


def approval_row(waiting: ApprovalView, zone: str) -> ItemRow:
    """Return what the page shows of a call that waits for a yes: it is as open as if nobody had read it."""
    until = moment_words(to_local(waiting.expires_at, zone), clock.local_now(zone))
    lasts = not is_temporary(waiting.conversation_id)
    asked = (
        f"Your schedule “{waiting.schedule}” asked for this while nobody sat there, so that it waits for you."
        if waiting.schedule
        else "A chat asked for this, and your settings say to ask you first."
    )
    return ItemRow(
        id=waiting.id,
        kind="approval",
        kind_words=KINDS["approval"],
        title=waiting.summary,
        text="",
        why=f"{asked} The question stands until {until}.",
        at=waiting.created_at.isoformat(),
        is_new=True,
        is_late=False,
        address=f"/c/{waiting.conversation_id}?m={waiting.message_id}" if lasts else "",
    )


def due_row(item: ItemView) -> DueRow:
    """Return what every page shows of a reminder that has come."""
    return DueRow(item.id, item.title, item.text, item.data.get("due_at", ""), item.late)
