"""Schedules and their runs, in the words in which the page shows them."""

from dataclasses import dataclass, field
from datetime import datetime

from assistant_app.services.providers import BUILTIN
from assistant_app.services.schedule_views import OccurrenceView, ScheduleView
from assistant_app.times.wording import moment_words
from assistant_app.ui.settings.usage.chart import money, title_of

_STATES = {
    "due": "About to run",
    "running": "Running",
    "ok": "Done",
    "empty": "Nothing to say",
    "partial": "Partly done",
    "failed": "Failed",
    "missed": "Missed",
    "waiting": "Waits for your approval",
}
_TONES = {"ok": "good", "failed": "problem", "missed": "warning", "partial": "warning", "waiting": "warning"}
_SLOW_MS = 1000


@dataclass(frozen=True)
class RunRow:
    """One run. `tone` is good, warning, problem or plain; the links are empty where nothing was made."""

    id: str = ""
    state: str = ""
    words: str = ""
    tone: str = "plain"
    when: str = ""
    facts: str = ""
    error: str = ""
    item_link: str = ""
    chat_link: str = ""


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule; `busy` while a run of it is under way. `detail` is what a prompt asks, and whom.

    One that is not enabled and `rests` goes on by itself.
    """

    id: str
    kind: str
    title: str
    words: str
    next_words: str
    enabled: bool
    rests: bool
    paused_why: str
    detail: str
    busy: bool
    last: RunRow = field(default_factory=RunRow)


def schedule_row(view: ScheduleView, now: datetime) -> ScheduleRow:
    """Return how a schedule is shown; `now` is what the person's clocks show."""
    return ScheduleRow(
        id=view.id,
        kind=view.kind,
        title=view.title,
        words=_words(view, now),
        next_words=_next(view, now),
        enabled=view.enabled,
        rests=view.rests_until is not None,
        paused_why="" if view.enabled else view.paused_why,
        detail=_detail(view),
        busy=view.last is not None and view.last.state in ("due", "running"),
        last=run_row(view.last, now) if view.last else RunRow(),
    )


def run_row(view: OccurrenceView, now: datetime) -> RunRow:
    """Return how a run is shown."""
    again = f"tried again {moment_words(view.retry_at, now)}" if view.retry_at else ""
    facts = [again, _took(view.duration_ms), money(view.cost) if view.cost else ""]
    return RunRow(
        id=view.id,
        state=view.state,
        words=_STATES[view.state],
        tone=_TONES.get(view.state, "plain"),
        when=moment_words(view.due_at, now),
        facts=" · ".join(filter(None, facts)),
        error=view.error,
        item_link=f"/inbox?item={view.item_id}" if view.item_id else "",
        chat_link=f"/c/{view.conversation_id}" if view.conversation_id else "",
    )


def _words(view: ScheduleView, now: datetime) -> str:
    words = view.words[:1].upper() + view.words[1:]
    return words if view.zone == str(now.tzinfo) else f"{words}, {view.zone.replace('_', ' ')} time"


def _next(view: ScheduleView, now: datetime) -> str:
    if view.rests_until is not None:
        return f"goes on by itself {moment_words(view.rests_until, now)}"
    if not view.enabled:
        return ""
    return f"next run {moment_words(view.next_at, now)}" if view.next_at else "has come for the last time"


def _detail(view: ScheduleView) -> str:
    if view.kind != "prompt":
        model = str(view.data.get("model") or BUILTIN)
        worded = f"Worded by {title_of(model)}" if model != BUILTIN else ""
        silent = "Says nothing on empty days" if view.data.get("silent_when_empty") else ""
        return " · ".join(filter(None, (worded, silent)))
    asked = " ".join(str(view.data.get("prompt", "")).split())
    return f"Asks {title_of(str(view.data.get('model', '')))}: {asked[:160]}{'…' if len(asked) > 160 else ''}"


def _took(milliseconds: int | None) -> str:
    if milliseconds is None:
        return ""
    return f"{milliseconds} ms" if milliseconds < _SLOW_MS else f"{milliseconds / 1000:.1f} s"
