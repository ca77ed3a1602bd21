"""What the page knows of each message; the texts come on their own way (see components/message_text.js)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant_app.services.views import MessageView
from assistant_app.ui.chat.calls import CallRow

_UNFINISHED = ("stopped", "interrupted", "failed")
_ENDS = {"stopped": "Stopped.", "interrupted": "Interrupted: Steward was restarted while this was being written."}


@dataclass(frozen=True)
class MessageRow:
    """One message without its text. `note` is the sentence below it, `tone` how grave that is.

    `said` stands for the text of an answer that has none, but did something.
    """

    id: str
    role: str
    running: bool
    note: str
    tone: str
    can_resume: bool
    can_retry: bool
    model: str
    at: str
    version: int
    versions: int
    previous_id: str
    next_id: str
    said: str = ""
    calls: list[CallRow] = field(default_factory=list[CallRow])


def rows_of(messages: Sequence[MessageView], calls: dict[str, list[CallRow]]) -> list[MessageRow]:
    """Return what the page shows around the texts of messages, the oldest first."""
    suggested = bool(messages) and bool(messages[-1].suggestions)
    return with_calls([row_of(message) for message in messages], calls, suggested=suggested)


def with_calls(rows: Sequence[MessageRow], calls: dict[str, list[CallRow]], *, suggested: bool) -> list[MessageRow]:
    """Return the rows with these calls.

    Only the last answer still asks which thing was meant, and only if it has not `suggested` what to say.
    """
    asking = rows[-1].id if rows and not suggested and not rows[-1].running else ""
    return [_with_calls(row, calls.get(row.id, ()), asks=row.id == asking) for row in rows]


def _with_calls(row: MessageRow, calls: Sequence[CallRow], *, asks: bool) -> MessageRow:
    shown = [call if asks else replace(call, choices=[]) for call in calls]
    return replace(row, calls=shown, said="\n".join(f"- {call.summary}" for call in calls))


def row_of(message: MessageView) -> MessageRow:
    """Return what the page shows around a message's text."""
    unfinished = message.role == "assistant" and message.status in _UNFINISHED
    return MessageRow(
        id=message.id,
        role=message.role,
        running=message.status == "running",
        note=message.error or _ENDS.get(message.status, ""),
        tone="problem" if message.status == "failed" else "quiet",
        can_resume=unfinished and bool(message.text),
        can_retry=unfinished,
        model=message.model,
        at=message.created_at.isoformat(),
        version=message.version,
        versions=message.versions,
        previous_id=message.previous_version_id or "",
        next_id=message.next_version_id or "",
    )
