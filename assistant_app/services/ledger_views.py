"""What the ledger is made of: where a change comes from, how a row was and is, and a line of it as others see it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from assistant_app.models import Action

Source = Literal["chat", "page", "import", "job", "undo"]


@dataclass(frozen=True)
class Origin:
    """Where a change comes from. `gesture` joins the changes of one message or click; empty makes each its own."""

    source: Source = "page"
    conversation_id: str | None = None
    message_id: str | None = None
    tool_call_id: str | None = None
    gesture: str = ""


PAGE = Origin()


@dataclass(frozen=True)
class ActionView:
    """One line of the ledger. `undone` tells that it was taken back, `is_undo` that it took something back."""

    id: str
    number: int
    verb: str
    kind: str
    object_id: str
    summary: str
    source: str
    conversation_id: str | None
    message_id: str | None
    tool_call_id: str | None
    gesture: str
    undone: bool
    is_undo: bool
    created_at: datetime


@dataclass(frozen=True)
class Change:
    """How one row was before and is after; None where there is none."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def inverse(self) -> "Change":
        """Return the change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def changes_of(action: Action) -> list[Change]:
    """Return what an action changed, row by row."""
    return [Change(**change) for change in json.loads(action.changes)]


def view_action(action: Action) -> ActionView:
    """Return an action as a line of the ledger."""
    return ActionView(
        id=action.id,
        number=action.number or 0,
        verb=action.verb,
        kind=action.kind,
        object_id=action.object_id,
        summary=action.summary,
        source=action.source,
        conversation_id=action.conversation_id,
        message_id=action.message_id,
        tool_call_id=action.tool_call_id,
        gesture=action.gesture,
        undone=action.undone_by_id is not None,
        is_undo=action.source == "undo",
        created_at=action.created_at,
    )
