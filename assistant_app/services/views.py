"""What callers see of conversations and messages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant_app.models import Conversation, Message
from assistant_app.repositories.conversations import Cursor

Versions = Mapping[str | None, Sequence[str]]


@dataclass(frozen=True)
class ConversationRow:
    """One line of the list of conversations. `running` means that an answer is being written."""

    id: str
    title: str
    touched_at: datetime
    pinned: bool
    unread: bool
    archived: bool
    deleted_at: datetime | None
    model: str
    running: bool

    @property
    def cursor(self) -> Cursor:
        """Where the page after this row starts."""
        return Cursor(pinned=self.pinned, touched_at=self.touched_at, id=self.id)


@dataclass(frozen=True)
class MessageView:
    """One message. `role` is user or assistant; `status` is complete, running, stopped, interrupted or failed.

    `version` of `versions` counts the messages that follow the same parent, from 1; the ids of the neighbours
    are None at the ends.
    """

    id: str
    parent_id: str | None
    role: str
    text: str
    reasoning: str
    status: str
    error: str
    error_kind: str
    model: str
    created_at: datetime
    suggestions: tuple[str, ...] = ()
    version: int = 1
    versions: int = 1
    previous_version_id: str | None = None
    next_version_id: str | None = None


@dataclass(frozen=True)
class Thread:
    """A conversation with a window of its shown branch, oldest message first.

    `run_id` is the run that writes an answer now, empty if there is none. `title_by` is default, model or user.
    """

    id: str
    title: str
    title_by: str
    model: str
    messages: tuple[MessageView, ...]
    has_earlier: bool
    has_later: bool
    leaf_id: str | None
    run_id: str
    pinned: bool
    unread: bool
    archived: bool
    deleted: bool
    temporary: bool
    created_at: datetime


@dataclass(frozen=True)
class RunStart:
    """A run that begins. `text` and `reasoning` are what the answer already holds when it is continued.

    With a `schedule_id` it is unattended: that schedule asked, and no person waits for the answer.
    """

    run_id: str
    message_id: str
    parent_id: str | None
    conversation_id: str
    user_id: str
    model: str
    text: str = ""
    reasoning: str = ""
    schedule_id: str = ""


@dataclass(frozen=True)
class Asked:
    """A question that is stored, and the run that shall answer it."""

    conversation_id: str
    question: MessageView
    run: RunStart


@dataclass(frozen=True)
class Turn:
    """One message as a model shall see it; `id` names it, so that the calls of its tools can be found."""

    role: Literal["user", "assistant"]
    text: str
    id: str = ""


def is_unread(conversation: Conversation) -> bool:
    """Tell whether an answer came after the last look."""
    answered, read = conversation.answered_at, conversation.read_at
    return answered is not None and (read is None or read < answered)


def row_of(conversation: Conversation, *, running: bool = False) -> ConversationRow:
    """Return the conversation as a line of the list."""
    return ConversationRow(
        id=conversation.id,
        title=conversation.title,
        touched_at=conversation.touched_at,
        pinned=conversation.pinned_at is not None,
        unread=is_unread(conversation),
        archived=conversation.archived_at is not None,
        deleted_at=conversation.deleted_at,
        model=conversation.model,
        running=running,
    )


def message_of(message: Message, versions: Versions) -> MessageView:
    """Return the message with its place among its versions."""
    siblings = versions.get(message.parent_id) or (message.id,)
    at = siblings.index(message.id)
    return MessageView(
        id=message.id,
        parent_id=message.parent_id,
        role=message.role,
        text=message.text,
        reasoning=message.reasoning,
        status=message.status,
        error=message.error,
        error_kind=message.error_kind,
        model=message.model,
        created_at=message.created_at,
        suggestions=tuple(json.loads(message.suggestions)),
        version=at + 1,
        versions=len(siblings),
        previous_version_id=siblings[at - 1] if at else None,
        next_version_id=siblings[at + 1] if at + 1 < len(siblings) else None,
    )


def thread_of(
    conversation: Conversation,
    shown: Sequence[MessageView],
    *,
    has_earlier: bool = False,
    has_later: bool = False,
    run_id: str = "",
    temporary: bool = False,
) -> Thread:
    """Return the conversation with the messages that are shown of it."""
    return Thread(
        id=conversation.id,
        title=conversation.title,
        title_by=conversation.title_by,
        model=conversation.model,
        messages=tuple(shown),
        has_earlier=has_earlier,
        has_later=has_later,
        leaf_id=conversation.leaf_id,
        run_id=run_id,
        pinned=conversation.pinned_at is not None,
        unread=is_unread(conversation),
        archived=conversation.archived_at is not None,
        deleted=conversation.deleted_at is not None,
        temporary=temporary,
        created_at=conversation.created_at,
    )


def run_of(run_id: str, message: Message) -> RunStart:
    """Return what a run needs to know that writes this message."""
    return RunStart(
        run_id=run_id,
        message_id=message.id,
        parent_id=message.parent_id,
        conversation_id=message.conversation_id,
        user_id=message.user_id,
        model=message.model,
        text=message.text,
        reasoning=message.reasoning,
        schedule_id=message.schedule_id,
    )


def turns_of(said: Iterable[tuple[str, str, str]]) -> list[Turn]:
    """Return what a model shall see of a branch, given as id, role and text; an answer may have called tools alone."""
    return [
        Turn("user" if role == "user" else "assistant", text, message_id)
        for message_id, role, text in said
        if text.strip() or role == "assistant"
    ]
