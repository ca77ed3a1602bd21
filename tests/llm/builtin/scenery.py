"""The person of these tests: what they have to do, and what moment it is."""

from datetime import UTC, datetime, timedelta

from assistant_app.llm.base import Focus, Thing, ToolSpec
from tests.llm.builtin.notebook import Notebook

# A Saturday morning: 09:18 in Rome.
NOW = datetime(2026, 11, 21, 8, 18, tzinfo=UTC)
TOOLS = tuple(
    ToolSpec(name, name, {"type": "object"})
    for name in (
        "add_task", "list_tasks", "update_task", "complete_task", "reopen_task", "delete_task", "clear_tasks",
        "add_reminder", "list_reminders", "update_reminder", "skip_reminder", "snooze_reminder", "delete_reminder",
        "add_event", "list_events", "move_event", "update_event", "delete_event", "list_agenda", "add_list",
        "delete_list", "undo",
        "add_schedule", "list_schedules", "change_schedule", "pause_schedule", "resume_schedule", "run_schedule",
        "delete_schedule",
    )
)  # fmt: skip

_WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def _task(number: int, title: str, *, done: bool = False, in_list: str = "", when: str = "") -> Thing:
    return Thing("task", number, f"tsk_{number}", title, done, 1.0, in_list, when)


def _reminder(number: int, title: str, when: str, *, repeat: str = "") -> Thing:
    return Thing("reminder", number, f"rem_{number}", title, when=when, repeats=bool(repeat), repeat=repeat)


def _event(number: int, title: str, when: str) -> Thing:
    ends = (datetime.fromisoformat(when) + timedelta(hours=1)).isoformat()
    return Thing("event", number, f"evt_{number}", title, when=when, ends=ends)


THINGS = (
    _task(1, "buy milk", in_list="groceries"),
    _task(2, "prepare for test"),
    _task(3, "pay the rent", when="2026-11-23"),
    _task(4, "call mom", when="2026-11-22T17:00:00+01:00"),
    _task(5, "finish the quarterly report", in_list="work", when="2026-11-20"),
    _task(6, "buy groceries"),
    _task(7, "water the plants"),
    _task(8, "clean the garage"),
    _task(9, "book flights to Lisbon"),
    _task(10, "renew passport"),
    _task(11, "email Sarah about the budget", in_list="work"),
    _task(12, "email Tom about the contract", in_list="work"),
    _task(13, "fix the leaking tap", done=True),
    _task(14, "return library books", done=True),
    _task(15, "renew car insurance", when="2026-11-30"),
    _task(16, "pay the electricity bill", when="2026-11-25"),
    _task(17, "reserve train tickets to Hamburg"),
    _task(18, "feed the orchids"),
    _task(19, "return the drill", done=True),
    _reminder(20, "take the pills", "2026-11-21T20:00:00+01:00"),
    _reminder(21, "call the plumber", "2026-11-23T09:00:00+01:00"),
    _reminder(22, "take out the bins", "2026-11-24T19:00:00+01:00", repeat="FREQ=WEEKLY;BYDAY=TU"),
    _reminder(23, "pick up the dry cleaning", "2026-11-22T17:00:00+01:00"),
    _event(30, "doctor appointment", "2026-11-24T10:00:00+01:00"),
    _event(31, "team meeting", "2026-11-23T15:00:00+01:00"),
    _event(32, "lunch with Sam", "2026-11-27T12:00:00+01:00"),
    _event(33, "dentist", "2026-12-03T10:00:00+01:00"),
    _event(35, "train to Vienna", "2026-12-04T06:50:00+01:00"),
    Thing("event", 36, "evt_36", "squad stand-up", when="2026-11-23T09:15:00+01:00", repeats=True, repeat=_WORKDAYS),
    Thing(
        "event", 34, "evt_34", "choir", when="2026-11-24T19:30:00+01:00", repeats=True, repeat="FREQ=WEEKLY;BYDAY=TU"
    ),
)
BY_NUMBER = {thing.number: thing for thing in THINGS}


def notebook(*, touched: tuple[int, ...] = (), shown: tuple[int, ...] = (), offered: tuple[int, ...] = ()) -> Notebook:
    """Return the person's notebook in a conversation about some of its objects."""
    about = Focus(*(tuple(BY_NUMBER[number] for number in numbers) for numbers in (shown, touched, offered)))
    return Notebook(THINGS, about=about)
