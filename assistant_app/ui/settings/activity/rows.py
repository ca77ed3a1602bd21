"""The lines of the ledger as the page shows them, by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from assistant_app.services.ledger import ActionView
from assistant_app.times.wording import day_words, time_words
from assistant_app.times.zones import to_local

KINDS = {"task": "Tasks", "task_list": "Lists", "reminder": "Reminders", "event": "Events", "schedule": "Schedules"}
_SOURCES = {
    "chat": "by the assistant",
    "page": "by you",
    "import": "by an import",
    "job": "by Steward itself",
}


@dataclass(frozen=True)
class ActivityRow:
    """One change. `button` takes it back, or does it again; empty where that was done already."""

    id: str
    number: int
    kind: str
    summary: str
    at: str
    source: str
    conversation_id: str
    conversation: str
    undone: str
    button: str


@dataclass(frozen=True)
class ActivityDay:
    """The changes of one day."""

    day: str
    rows: list[ActivityRow]


def days_of(actions: Sequence[ActionView], titles: Mapping[str, str], *, zone: str, now: datetime) -> list[ActivityDay]:
    """Return changes by the days of the user's calendar; `titles` are those of conversations that can be opened."""
    local = [(to_local(action.created_at, zone), action) for action in actions]
    return [
        ActivityDay(_heading(day_words(day, now.date())), [_row(action, at, titles) for at, action in found])
        for day, found in groupby(local, lambda one: one[0].date())
    ]


def _row(action: ActionView, at: datetime, titles: Mapping[str, str]) -> ActivityRow:
    conversation_id = action.conversation_id or ""
    return ActivityRow(
        id=action.id,
        number=action.number,
        kind=action.kind,
        summary=action.summary,
        at=time_words(at.time()),
        source=_SOURCES.get(action.source, ""),
        conversation_id=conversation_id if conversation_id in titles else "",
        conversation=titles.get(conversation_id, ""),
        undone=("Done again" if action.is_undo else "Undone") if action.undone else "",
        button="" if action.undone else "Do again" if action.verb == "undo" else "Undo",
    )


def _heading(words: str) -> str:
    return words[:1].upper() + words[1:]
