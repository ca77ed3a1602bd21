"""What of the inbox is told on every page: how much is new, and what interrupts its user at this moment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant_app import clock
from assistant_app.services import approvals, inbox, notifications
from assistant_app.services.approvals import ApprovalView
from assistant_app.services.inbox import ItemView
from assistant_app.services.notifications import Preferences

TOPICS = frozenset({inbox.TOPIC, approvals.TOPIC, notifications.TOPIC, "profile"})
_FRESH = timedelta(minutes=1)
_MOST = 100


@dataclass(frozen=True)
class Arrival:
    """One matter that interrupts. Only what is `fresh` sounds: nobody wants to hear what came while they were away.

    `due_at` is the ISO instant at which a reminder was due. A test is told whatever holds for its kind.
    """

    id: str
    kind: str
    title: str
    text: str
    came_at: datetime
    due_at: str = ""
    conversation_id: str = ""
    is_late: bool = False
    is_test: bool = False
    is_fresh: bool = False
    sounds: bool = False


@dataclass(frozen=True)
class Arrivals:
    """What is told: `count` is of all that is new, `gathered` came in quiet hours, and both are the newest first.

    `changes_at` is when this will be another without anything coming: quiet hours begin or end.
    """

    count: int
    now: tuple[Arrival, ...]
    gathered: tuple[Arrival, ...]
    in_browser: bool
    changes_at: datetime | None


async def list_arrivals(*, user_id: str) -> Arrivals:
    """Return what interrupts a user now."""
    preferences, now = await notifications.get_preferences(user_id=user_id), clock.now()
    waiting = await approvals.list_waiting(user_id=user_id)
    new = await inbox.list_items(user_id=user_id, state="new", limit=_MOST)
    came = [_of_approval(one) for one in waiting] + [_of_item(one) for one in new]
    came.sort(key=lambda arrival: arrival.came_at, reverse=True)
    told = [(_with_sound(each, preferences, now), _verdict(each, preferences, now)) for each in came]
    return Arrivals(
        count=await inbox.count_new(user_id=user_id) + len(waiting),
        now=tuple(arrival for arrival, verdict in told if verdict == "now"),
        gathered=tuple(arrival for arrival, verdict in told if verdict == "gathered"),
        in_browser=preferences.in_browser,
        changes_at=notifications.next_change(preferences, now),
    )


def _verdict(arrival: Arrival, preferences: Preferences, now: datetime) -> notifications.Verdict:
    if arrival.is_test:
        return "now"
    return notifications.may_interrupt(preferences, kind=arrival.kind, came_at=arrival.came_at, now=now)


def _with_sound(arrival: Arrival, preferences: Preferences, now: datetime) -> Arrival:
    sounds = arrival.is_test or arrival.kind in preferences.sounding
    return replace(arrival, is_fresh=now - arrival.came_at < _FRESH, sounds=sounds)


def _of_item(item: ItemView) -> Arrival:
    return Arrival(
        id=item.id,
        kind=item.kind,
        title=item.title,
        text=item.text,
        came_at=item.created_at,
        due_at=item.data.get("due_at", ""),
        is_late=item.late,
        is_test=bool(item.data.get("test")),
    )


def _of_approval(waiting: ApprovalView) -> Arrival:
    return Arrival(
        id=waiting.id,
        kind="approval",
        title=waiting.summary,
        text="",
        came_at=waiting.created_at,
        conversation_id=waiting.conversation_id,
    )
