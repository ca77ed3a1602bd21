"""What the page knows of each message; the texts come on their own way (see components/message_text.js)."""

from dataclasses import dataclass

from assistant_app.services.views import MessageView

_UNFINISHED = ("stopped", "interrupted", "failed")
_ENDS = {"stopped": "Stopped.", "interrupted": "Interrupted: Steward was restarted while this was being written."}


@dataclass(frozen=True)
class MessageRow:
    """One message without its text. `note` is the sentence below it, `tone` how grave that is."""

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
